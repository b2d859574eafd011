"""A series of a dyad as a drawing: bars of events by quad class, cooperation up and conflict down, and mean Goldstein.

The drawing is SVG 1.1, written here: no plotting library, no fonts but the reader's own, same series, same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from communique.views.printable import one_line

Row = Mapping[str, Any]

WIDTH, HEIGHT = 900, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 50, 56, 66
# Colours that people who see no red or no green tell apart (after Okabe and Ito, 2008).
_UP = (
    ("verbal_cooperation", "#56b4e9", "verbal cooperation"),
    ("material_cooperation", "#0072b2", "material cooperation"),
)
_DOWN = (("verbal_conflict", "#e69f00", "verbal conflict"), ("material_conflict", "#d55e00", "material conflict"))
# At most so many steps are named under the axis.
_NAMED = 12


def dyad(rows: Iterable[Row], *, step: str, title: str) -> str:
    """The series as an SVG document; `step` is the name of the column with the days ("month").

    Cooperation is drawn above the line and conflict below it, both in events; the black line is the mean Goldstein
    value of each step (right-hand scale, -10 to 10), broken where nothing happened.
    """
    told = list(rows)
    most = max((max(_sum(row, _UP), _sum(row, _DOWN)) for row in told), default=0) or 1
    drawn = [_frame(title), _scale(most), *_bars(told, most), _line(told), _days(told, step), _legend()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img"><title>{_text(title)}</title>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _frame(title: str) -> str:
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<text x="{_LEFT}" y="24" font-size="16" font-weight="bold">{_text(title)}</text>'
        f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_middle():.1f}" y2="{_middle():.1f}" stroke="#333"/>'
    )


def _scale(most: int) -> str:
    drawn = []
    for share in (-1.0, -0.5, 0.0, 0.5, 1.0):
        height = _middle() - share * _half()
        drawn.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#ddd" '
            f'stroke-dasharray="2 3"/><text x="{_LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">'
            f'{abs(share) * most:g}</text><text x="{WIDTH - _RIGHT + 8}" y="{height + 4:.1f}" fill="#555">'
            f"{share * 10:+g}</text>"
        )
    return "".join(drawn)


def _bars(told: Sequence[Row], most: int) -> list[str]:
    drawn = []
    width = max(0.5, _step(told) * 0.8)
    for number, row in enumerate(told):
        left = _LEFT + (number + 0.1) * _step(told)
        for parts, way in ((_UP, -1), (_DOWN, 1)):
            start = _middle()
            for name, colour, _ in parts:
                height = row[name] / most * _half()
                if height:
                    top = start - height if way < 0 else start
                    place = f'x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"'
                    drawn.append(f'<rect {place} fill="{colour}"/>')
                start += way * height
    return drawn


def _line(told: Sequence[Row]) -> str:
    drawn: list[str] = []
    pen = "M"
    for number, row in enumerate(told):
        if row["goldstein"] is None:
            pen = "M"
            continue
        across = _LEFT + (number + 0.5) * _step(told)
        drawn.append(f"{pen}{across:.2f} {_middle() - row['goldstein'] / 10 * _half():.2f}")
        pen = "L"
    return f'<path d="{" ".join(drawn)}" fill="none" stroke="black" stroke-width="1.5"/>' if drawn else ""


def _days(told: Sequence[Row], step: str) -> str:
    every = max(1, -(-len(told) // _NAMED))
    return "".join(
        f'<text x="{_LEFT + (number + 0.5) * _step(told):.1f}" y="{HEIGHT - _BOTTOM + 20}" text-anchor="middle">'
        f"{_text(_name(row[step], step))}</text>"
        for number, row in enumerate(told)
        if number % every == 0
    )


def _legend() -> str:
    drawn, left = [], _LEFT
    for _, colour, name in (*_UP, *_DOWN):
        drawn.append(
            f'<rect x="{left}" y="{HEIGHT - 28}" width="12" height="12" fill="{colour}"/>'
            f'<text x="{left + 18}" y="{HEIGHT - 18}">{name}</text>'
        )
        left += 30 + 7 * len(name)
    drawn.append(
        f'<line x1="{left}" x2="{left + 18}" y1="{HEIGHT - 22}" y2="{HEIGHT - 22}" stroke="black" stroke-width="1.5"/>'
        f'<text x="{left + 24}" y="{HEIGHT - 18}">mean Goldstein (right)</text>'
    )
    return "".join(drawn)


def _name(day: dt.date, step: str) -> str:
    if step == "year":
        return str(day.year)
    if step == "quarter":
        return f"{day.year} Q{(day.month + 2) // 3}"
    return f"{day:%Y-%m}" if step == "month" else day.isoformat()


def _sum(row: Row, parts: Iterable[tuple[str, str, str]]) -> int:
    return sum(row[name] for name, _, _ in parts)


def _step(told: Sequence[Row]) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(1, len(told))


def _half() -> float:
    return (HEIGHT - _TOP - _BOTTOM) / 2


def _middle() -> float:
    return _TOP + _half()


def _text(told: str) -> str:
    return escape(one_line(told))
