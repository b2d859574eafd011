"""The difference between two runs for people and programs: counts by cause, then the rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.views.printable import one_line, shortened

Row = Mapping[str, Any]
_STYLE = {"came": "green", "went": "red", "changed": "yellow"}


class Difference(Protocol):
    """What is shown of one difference; see `communique.library.differences`."""

    @property
    def status(self) -> str:
        """Came, went or changed."""

    @property
    def cause(self) -> str:
        """The part of the run."""

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """Fields with their values before and after."""

    @property
    def row(self) -> Row:
        """The event."""


def rows(differences: Iterable[Difference]) -> Iterator[dict[str, Any]]:
    """The differences as flat rows."""
    for each in differences:
        yield {
            "cause": each.cause, "status": each.status, "event": each.row["event"], "article": each.row["article"],
            "version": each.row["version"], "type": each.row["type"], "source": each.row["source"],
            "target": each.row["target"], "trigger": each.row["trigger"], "passage": each.row["passage"],
            "changes": "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in each.fields),
            "outlet": each.row["outlet"], "title": each.row["title"], "day": each.row["day"],
        }  # fmt: skip


def summary(
    *, first: str, second: str, parts: Iterable[str], articles: int, same: int,
    counts: Mapping[tuple[str, str], int],
) -> RenderableType:  # fmt: skip
    """The head: which runs, in what they differ, and how many rows came, went and changed by each cause."""
    told = ", ".join(parts) or "nothing"
    head = Text(f"{first} → {second}: ", style="bold").append(
        f"{told} differ; {articles} articles in both, {same} events the same", style="not bold"
    )
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    for name in ("cause", "came", "went", "changed"):
        table.add_column(name, justify="left" if name == "cause" else "right")
    for cause in dict.fromkeys(cause for cause, _ in sorted(counts)):
        table.add_row(cause, *(str(counts.get((cause, status), 0)) for status in ("came", "went", "changed")))
    return Group(head, Text(), table)


def listing(found: Iterable[Row]) -> Table:
    """The rows, grouped by cause."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True, header_style="dim")
    for name, width in (("cause", 10), ("", 8), ("event", 26), ("words", None)):
        table.add_column(name, width=width, overflow="fold", ratio=1 if width is None else None)
    table.expand = True
    for row in sorted(found, key=lambda each: (each["cause"], each["status"])):
        what = Text(row["type"], style="bold").append(f"\n{row['source'] or '?'} → {row['target'] or '?'}", style="")
        words = Text(f"“{shortened(row['passage'], 160)}”")
        if row["changes"]:
            words.append("\n" + one_line(row["changes"]), style="italic")
        words.append(
            "\n" + shortened(", ".join(each for each in (row["outlet"], row["title"]) if each), 90), style="dim"
        )
        table.add_row(row["cause"], Text(row["status"], style=_STYLE[row["status"]]), what, words)
    return table
