"""The ledger for people: entries in a table, and the life of one entry with its dated quotations."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.views.printable import one_line, shortened
from communique.views.tables import party

Row = Mapping[str, Any]

STANDING_STYLE = {
    "open": "bold yellow", "acknowledged": "yellow", "accepted": "cyan", "partly met": "cyan", "met": "bold green",
    "rejected": "bold red", "broken": "bold red", "withdrawn": "dim", "lapsed": "dim", "disputed": "magenta",
}  # fmt: skip
# Words of a quotation that are shown.
_QUOTED = 260


def entries(rows: Iterable[Row], *, target: str | None = None) -> Table:
    """Entries as a table: since when, who of whom, what, and how it stands.

    Where those to a `target` were asked for, the ones whose words name nobody stand apart, behind a line.
    """
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True, header_style="dim")
    for name, width in (("opened", 11), ("who → whom", 26), ("kind", 11), ("what", None), ("how it stands", 24)):
        table.add_column(name, width=width, overflow="fold", ratio=1 if width is None else None)
    table.expand = True
    apart = False
    for row in rows:
        if target is not None and not row["targets"] and not apart:
            apart = True
            table.add_section()
            told = f"to nobody named, in articles that tell of {one_line(target)}:"
            table.add_row("", "", "", Text(told, style="dim italic"), "")
        moves = "1 move" if row["moves"] == 1 else f"{row['moves']} moves"
        what = Text(one_line(row["matter"])).append(f"\n{moves} [{row['entry']}]", style="dim")
        table.add_row(str(row["opened"] or "undated"), sides(row), row["kind"], what, standing(row))
    return table


def life(entry: Row, moves: Iterable[Row]) -> RenderableType:
    """One entry: its sides, matter and standing, each move with its day, words and outlet, and the entries near it."""
    head = Text(f"{entry['kind']}  ", style="bold cyan").append(one_line(entry["matter"]), style="bold")
    head.append("\n").append_text(_in_line(entry)).append("\n").append_text(standing(entry))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=10, style="dim")
    grid.add_column(width=13)
    grid.add_column(overflow="fold")
    for row in moves:
        grid.add_row(
            str(row["day"] or "undated"), Text(row["move"], style=_MOVE_STYLE.get(row["move"], "bold")), _told(row)
        )
    parts: list[RenderableType] = [head, Text(), grid, Text(f"id {entry['entry']}", style="dim")]
    near = [f"{each['entry']} ({each['score']:.2f})" for each in entry["near"] or ()]
    if near:
        parts.append(Text(f"near, but below the margin when it opened: {', '.join(near)}", style="dim italic"))
    return Group(*parts)


def lives(told: Iterable[tuple[Row, Iterable[Row]]]) -> RenderableType:
    """Several entries, each with its moves in one line each; for a dossier that is read at one sitting."""
    parts: list[RenderableType] = []
    for entry, moves in told:
        head = Text(one_line(entry["matter"]), style="bold").append(f"  {entry['kind']}, ", style="dim")
        head.append_text(_in_line(entry)).append("  ").append_text(standing(entry))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=10, style="dim")
        grid.add_column(width=12)
        grid.add_column(overflow="fold")
        for row in moves:
            style = _MOVE_STYLE.get(row["move"], "bold")
            grid.add_row(
                str(row["day"] or "undated"), Text(row["move"], style=style), Text(f"“{shortened(row['words'], 180)}”")
            )
        parts += [head, Padding(grid, (0, 0, 1, 2))]
    return Group(*parts)


def sides(row: Row) -> Text:
    """Who wants or owes, and of whom or to whom."""
    text = Text("\n").join(map(party, row["sources"])) if row["sources"] else Text("(nobody named)", style="dim")
    for each in row["targets"]:
        text.append("\n→ ").append_text(party(each))
    if not row["targets"] and len(row["sources"]) < 2:
        # Of several sources, each is the other's side.
        text.append("\n→ nobody named", style="dim")
    return text


def standing(row: Row) -> Text:
    """How an entry stands, since when, and in how many later stories no answer was found."""
    style = STANDING_STYLE.get(row["standing"], "")
    told, semicolon, silence = row["told"].partition("; ")
    text = Text(told, style=style)
    if row["since"] is not None:
        text.append(f" since {row['since']}", style="dim")
    return text.append(semicolon + silence, style=style)


_MOVE_STYLE = {
    "raised": "bold yellow", "repeated": "yellow", "accepted": "cyan", "partly-met": "cyan", "met": "bold green",
    "rejected": "bold red", "broken": "bold red", "withdrawn": "dim", "acknowledged": "green", "disputed": "magenta",
}  # fmt: skip


def _move(row: Row) -> Text:
    return Text(row["move"], style=_MOVE_STYLE.get(row["move"], "bold"))


def _in_line(row: Row) -> Text:
    told = " and ".join(one_line(f"{each['name']} ({each['code']})" if each["code"] else each["name"])
                        for each in row["sources"])  # fmt: skip
    aimed = " and ".join(one_line(f"{each['name']} ({each['code']})" if each["code"] else each["name"])
                         for each in row["targets"])  # fmt: skip
    return Text(f"{told} → {aimed}" if aimed else told)


def _told(row: Row) -> Text:
    text = Text(f"“{shortened(row['words'], _QUOTED)}”")
    origin = [row.get("outlet"), row.get("title")]
    text.append("\n" + shortened(", ".join(each for each in origin if each) or row["article"], 100), style="dim")
    by = one_line(f"{row['by_name']} ({row['by_code']})" if row["by_code"] else row["by_name"] or "")
    told = [f"by {by}" if by else "", f"fits {row['score']:.2f}: {row['why']}"]
    if row["reports"] > 1:
        told.append(f"told by {row['reports']} articles")
    return text.append("\n" + re.sub(r"\s+", " ", "; ".join(each for each in told if each)), style="dim italic")
