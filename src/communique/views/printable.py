"""Text of others, made safe to show: no terminal commands, no reordering of what stands beside it, no formulas."""

import re

# C0 and C1 controls but tab and line end, DEL, and the marks that turn the direction of everything after them.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A spreadsheet takes a cell that begins so for a formula, and may run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """`text` with every character that could command a terminal replaced by U+FFFD; length and offsets stay."""
    return _COMMANDS.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`text` printable and on one line, with single spaces."""
    return printable(" ".join(text.split()))


def shortened(text: str, limit: int) -> str:
    """`text` on one line with at most `limit` characters; where it is longer, whole words of it and dots."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:") + "…"


def cell(text: str) -> str:
    """`text` for a cell of a CSV file: an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def json_safe(told: str) -> str:
    """JSON text whose C1 controls are escaped, which JSON leaves as they are and some terminals obey."""
    return re.sub("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found[0]):04x}", told)
