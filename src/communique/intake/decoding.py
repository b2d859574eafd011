"""Bytes of unknown encoding → text, or the problem that says why not.

Order: byte order mark; UTF-16 without one (every other byte NUL); other NUL bytes and known magic numbers mean a binary
file; UTF-8; the encoding that an HTML page declares; mixed UTF-8 and Windows-1252, line by line; Windows-1252 where
only few bytes are beyond ASCII, as in English; else the guess of charset-normalizer.
"""

import codecs
import re

from charset_normalizer import from_bytes

from communique.intake.refusals import LARGEST_FILE, refuse
from communique.records import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
# Names under which pages declare what is in truth Windows-1252 (the WHATWG encoding standard).
_AS_1252 = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"})
# English text in Windows-1252 has quotes, dashes and a few accents: at most some 3 bytes in a hundred.
_FEW_HIGH_BYTES = 0.05
_MOST_CONTROLS = 0.01
_MOST_REPLACED = 0.005
_GUESS_ON = 20_000
_MOJIBAKE = re.compile("â€|[ÃÂ].")


def decode(data: bytes, *, place: str = "", is_html: bool = False) -> str | Problem:
    """The text of `data`, or a fatal problem (too-large, empty-file, binary-file, wrong-encoding)."""
    if len(data) > LARGEST_FILE:
        return refuse("too-large", found=f"{len(data):,} bytes", place=place)
    if not data.strip(b" \t\r\n\x0b\x0c"):
        return refuse("empty-file", found=f"{len(data)} bytes, all blank" if data else "0 bytes", place=place)
    text = _by_mark(data)
    if text is None:
        if (kind := _binary(data)) is not None:
            return refuse("binary-file", found=kind, place=place)
        text = _without_mark(data, is_html=is_html)
    return _checked(text, place)


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:2000]
    if len(sample) >= 8 and b"\0" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        # Latin letters in UTF-16 have a zero high byte: nearly all of one half, none of the other.
        if max(even, odd) > 0.8 * (len(sample) // 2) and min(even, odd) == 0:
            return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    return None


def _binary(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if b"\0" in data:
        return f"{data.count(0):,} NUL bytes"
    controls = len(data) - len(data.translate(None, bytes([*range(9), *range(14, 27), 28, 29, 30, 31])))
    return f"{controls:,} control characters" if controls > _MOST_CONTROLS * len(data) else None


def _without_mark(data: bytes, *, is_html: bool) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if is_html and (match := _DECLARED.search(data[:4096])) is not None:
        declared = _declared(data, match[1].decode("ascii", "replace").lower())
        if declared is not None:
            return declared
    if (mixed := _mixed(data)) is not None:
        return mixed
    if sum(byte >= 0x80 for byte in data) <= _FEW_HIGH_BYTES * len(data):
        return _windows_1252(data)
    best = from_bytes(data[:_GUESS_ON]).best()
    if best is None:
        return None
    return data.decode(best.encoding, "replace")


def _declared(data: bytes, name: str) -> str | None:
    try:
        return _windows_1252(data) if name in _AS_1252 else data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _mixed(data: bytes) -> str | None:
    """UTF-8 with some lines of Windows-1252: the text if most lines that are not ASCII are UTF-8, else None."""
    decoded, good, bad = [], 0, 0
    for line in data.split(b"\n"):
        try:
            decoded.append(line.decode("utf-8"))
            good += not line.isascii()
        except UnicodeDecodeError:
            decoded.append(_windows_1252(line))
            bad += 1
    return "\n".join(decoded) if good >= bad and good else None


def _windows_1252(data: bytes) -> str:
    # The five bytes without a meaning in Windows-1252 stand for controls, as browsers read them.
    return "".join(
        part.decode("latin-1") if part in _UNDEFINED else part.decode("cp1252") for part in _SPLIT.split(data)
    )


_SPLIT = re.compile(rb"([\x81\x8d\x8f\x90\x9d])")
_UNDEFINED = frozenset({b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"})


def _checked(text: str | None, place: str) -> str | Problem:
    if text is None:
        return refuse("wrong-encoding", found="no known encoding fits the bytes", place=place)
    if "\0" in text:
        return refuse("binary-file", found=f"{text.count(chr(0)):,} NUL characters", place=place)
    replaced = text.count("\ufffd")
    if replaced > max(2, _MOST_REPLACED * len(text)):
        return refuse("wrong-encoding", found=f"{replaced:,} characters are damaged", place=place)
    return "\n".join(_mended(line) for line in text.split("\n")) if _MOJIBAKE.search(text) else text


def _mended(line: str) -> str:
    """The line with UTF-8 that was once read as Windows-1252 ("â€™" for an apostrophe) put right, if all of it was."""
    if not _MOJIBAKE.search(line):
        return line
    try:
        return b"".join(_byte(character) for character in line).decode("utf-8")
    except UnicodeError:
        return line


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
