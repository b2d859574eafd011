"""WARC files (ISO 28500:2017), plain or gzipped record by record → the pages in them.

Every byte of the file is accounted for: it lies in a record that was read or in a stretch that was rejected, with its
offsets. After a broken record reading goes on at the next one that can be told by its first bytes.
"""

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.intake.inputs import Given, Input
from communique.intake.refusals import LARGEST_FILE, refuse
from communique.records import Problem

_MEMBER, _RECORD = b"\x1f\x8b\x08", b"WARC/1."
# A record's own lines and those of the answer of a server, beside its body.
_LARGEST_RECORD = LARGEST_FILE + 100_000
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `end` of the file: the records in them, or with `fault` why there are none."""

    start: int
    end: int
    records: tuple[bytes, ...] = ()
    fault: str = ""


def stretches(path: Path) -> Iterator[Stretch]:
    """The whole file in order, each byte in one stretch. Raises `OSError` where it cannot be opened."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        zipped = data[:2] == _MEMBER[:2]
        start = 0
        while start < len(data):
            stretch = _member(data, start) if zipped else _plain(data, start)
            if stretch.fault:
                stretch = Stretch(start, _next(data, start + 1, zipped), (), stretch.fault)
            yield stretch
            start = stretch.end


def pages(path: Path, place: str) -> Iterator[Input | Problem]:
    """The pages in the file, and a problem for each stretch that could not be read."""
    seen = False
    try:
        for stretch in stretches(path):
            where = f"{place}, bytes {stretch.start} to {stretch.end}"
            if stretch.fault:
                seen = True
                yield refuse("broken-record", found=stretch.fault, place=where)
            for record in stretch.records:
                if (page := _page(record, f"{place}, byte {stretch.start}")) is not None:
                    seen = True
                    yield page
    except OSError as error:
        yield refuse("unreadable-file", found=error.strerror or type(error).__name__, place=place)
        return
    if not seen:
        yield refuse("no-records", found="no page in a web archive", place=place)


def _next(data: mmap.mmap, start: int, zipped: bool) -> int:
    """Where the next record begins that begins like one; the end of the file if none does."""
    while (found := data.find(_MEMBER if zipped else _RECORD, start)) >= 0:
        if not zipped and data[found - 1 : found] == b"\n":
            return found
        if zipped and _begins(data[found : found + 512]):
            return found
        start = found + 1
    return len(data)


def _begins(member: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(member, len(_RECORD)) == _RECORD
    except zlib.error:
        return False


def _member(data: mmap.mmap, start: int) -> Stretch:
    """One member of gzip, which holds one record or several."""
    engine = zlib.decompressobj(31)
    parts, size, place = [], 0, start
    try:
        while not engine.eof:
            part = data[place : place + 65_536]
            if not part and not engine.unconsumed_tail:
                return Stretch(start, len(data), (), "the file ends within the record")
            told = engine.decompress(engine.unconsumed_tail + part, _LARGEST_RECORD + 1 - size)
            place += len(part)
            size += len(told)
            parts.append(told)
            if size > _LARGEST_RECORD:
                return Stretch(start, start, (), f"more than {_LARGEST_RECORD:,} bytes unzipped")
    except zlib.error as error:
        return Stretch(start, start, (), f"damaged gzip: {error}")
    whole, records, at = b"".join(parts), [], 0
    while at < len(whole):
        end = _end(whole, at)
        if isinstance(end, str):
            return Stretch(start, start, (), end)
        records.append(whole[at:end])
        at = end
    return Stretch(start, place - len(engine.unused_data), tuple(records))


def _plain(data: mmap.mmap, start: int) -> Stretch:
    end = _end(data, start)
    if isinstance(end, str):
        return Stretch(start, start, (), end)
    return Stretch(start, end, (data[start:end],))


def _end(data: bytes | mmap.mmap, start: int) -> int | str:
    """Where the record that begins at `start` ends, or what is wrong with it."""
    if data[start : start + len(_RECORD)] != _RECORD:
        return "no record begins here"
    head = data.find(b"\r\n\r\n", start, start + 65_536)
    length = _LENGTH.search(data[start:head]) if head >= 0 else None
    if length is None:
        return "a record without its length"
    end = head + 4 + int(length[1])
    if end > len(data):
        return "the file ends within the record"
    if end - start > _LARGEST_RECORD:
        return f"{end - start:,} bytes"
    if data[end : end + 4] != b"\r\n\r\n":
        return "the record does not end where it says"
    return end + 4


def _page(record: bytes, place: str) -> Input | None:
    """The page of a record; None for records of other kinds, pictures and answers that are no page."""
    head, _, body = record.removesuffix(b"\r\n\r\n").partition(b"\r\n\r\n")
    told = _fields(head)
    kind = told.get("warc-type")
    if kind == "response":
        head, _, body = body.partition(b"\r\n\r\n")
        answer = _fields(head)
        if not re.match(rb"HTTP/\d(?:\.\d)? 200\b", head):
            return None
        body = _unpacked(body, answer)
        type_ = answer.get("content-type", "text/html")
    elif kind in ("resource", "conversion"):
        type_ = told.get("content-type", "")
    else:
        return None
    if not type_.lower().startswith(("text/html", "application/xhtml", "text/plain")):
        return None
    url = told.get("warc-target-uri", "").strip("<>") or None
    suffix = ".txt" if type_.lower().startswith("text/plain") else ".html"
    return Input(f"{place} {url or ''}".strip(), data=body, suffix=suffix, given=Given(url=url))


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _unpacked(body: bytes, answer: dict[str, str]) -> bytes:
    if answer.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    if answer.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        try:
            # More than is accepted, so that the page is refused as too large and not cut.
            return zlib.decompressobj(47).decompress(body, LARGEST_FILE + 1)
        except zlib.error:
            return body
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one; as it is where it has none, since some archives take them off."""
    parts: list[bytes] = []
    at = 0
    while match := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n").match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
    return b"".join(parts) if parts and at >= len(body) else body
