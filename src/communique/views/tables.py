"""Tables for people: who, whom, what, in which words; made for 100 columns, coloured only where a terminal shows it.

Each function takes flat rows (:mod:`communique.store.rows`, or the same from the archive) and gives a rich renderable.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.records import Article
from communique.views.printable import one_line, shortened

Row = Mapping[str, Any]

QUAD_STYLE = {
    "verbal-cooperation": "green",
    "material-cooperation": "bold green",
    "verbal-conflict": "yellow",
    "material-conflict": "bold red",
}
# Longer words are cut in a table; JSON, CSV and `explain` have all of them.
WORDS = 280


def article_head(article: Article, events: int, statements: int) -> RenderableType:
    """Title, and in one line where and when it appeared and what was found in it."""
    origin = [article.outlet, article.byline, moment(article.published), _count(events, "event"),
              _count(statements, "statement")]  # fmt: skip
    title = Text(one_line(article.title or "(no title)"), style="bold")
    return Group(title, Text(" · ".join(one_line(each) for each in origin if each), style="dim"))


def events(rows: Iterable[Row], *, origin: bool) -> Table:
    """Events as a table; with `origin`, each row also says in which article it stands and under which id."""
    table = _table(("when" if origin else "", 11 if origin else 4), ("who → whom", 28), ("what", 16), ("words", None))
    for row in rows:
        first = _when(row) if origin else Text(row["number"], style="bold cyan")
        table.add_row(first, _parties(row), _what(row, dated=not origin), _words(row, origin))
    return table


def statements(rows: Iterable[Row], *, origin: bool) -> Table:
    """Statements as a table; `origin` as in :func:`events`."""
    table = _table(("when" if origin else "", 11 if origin else 4), ("who → to whom", 28), ("how", 16), ("words", None))
    for row in rows:
        first = Text(str(row.get("day") or "")) if origin else Text(row["number"], style="bold cyan")
        table.add_row(first, _speakers(row), _how(row), _said(row, origin))
    return table


def problems(rows: Iterable[Row]) -> Table:
    """Problems as a table."""
    table = _table(("problem", 20), ("where", 34), ("what happened", None))
    for row in rows:
        where = row["place"] or row.get("title") or ""
        table.add_row(
            Text(one_line(row["code"]), style="bold red" if row["fatal"] else "yellow"),
            Text(one_line(where)),
            Text(one_line(row["message"])),
        )
    return table


def corrections(rows: Iterable[Row]) -> Table:
    """What people decided, and what it meets."""
    table = _table(("when", 16), ("who", 12), ("what", 22), ("words and reason", None))
    for row in rows:
        what = Text(one_line(row["kind"]), style="bold").append("\n" + one_line(row["changes"]), style="")
        words = Text(f"“{shortened(row['passage'], 160)}”").append("\n" + one_line(row["reason"]), style="italic")
        if row["event"] is None:
            words.append("\nthese words are not found any more; nothing is changed", style="bold red")
        words.append(f"\n[{row['event'] or row['target']}]", style="dim cyan")
        table.add_row(one_line(row["at"])[:16].replace("T", " "), one_line(row["by"]), what, words)
    return table


def runs(rows: Iterable[Row]) -> Table:
    """Runs: with what each coded how many articles."""
    table = _table(("run", 17), ("articles", 9), ("software", 18), ("codebook, model, registry", None))
    for row in rows:
        parts = ", ".join(one_line(row[part])[:12] for part in ("codebook", "model", "registry"))
        settings = "" if row["settings"] in (None, "{}") else f"\n{one_line(row['settings'])}"
        table.add_row(Text(row["run"], style="cyan"), str(row["articles"]), one_line(row["software"]), parts + settings)
    return table


def stories(rows: Iterable[Row]) -> Table:
    """Stories: since when, the title of the first article, who carried it, and as what."""
    table = _table(("first day", 11), ("story", None), ("told by", 34))
    for row in rows:
        told = [_count(row["articles"], "article")]
        told += [_count(row[name], noun) for name, noun in (("copies", "copy"), ("updates", "update")) if row[name]]
        what = Text(one_line(row["title"] or "(without title)"))
        what.append(f"\n{', '.join(told)} [{row['story']}]", style="dim")
        by = Text("\n").join(
            Text(one_line(outlet or "(outlet not known)")).append("" if kind == "first" else f", {kind}", style="dim")
            for outlet, kind in zip(row["outlets"], row["kinds"], strict=True)
        )
        table.add_row(str(row["day"] or "undated"), what, by)
    return table


def series(rows: Iterable[Row]) -> Table:
    """A series: one row for each step, in order."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    for number, name in enumerate(("", "events", "verbal coop.", "material coop.", "verbal confl.", "material confl.",
                                   "Goldstein", "stories")):  # fmt: skip
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        first, *counts = row.values()
        table.add_row(str(first), *("–" if each is None else f"{each:+.2f}" if isinstance(each, float) else str(each)
                                    for each in counts))  # fmt: skip
    return table


def measures(told: Mapping[str, Any]) -> Table:
    """Measures by name; groups of them are flattened with dots."""
    table = _table(("measure", 40), ("value", None))
    for name, value in _flat(told):
        number = f"{value:.4f}" if isinstance(value, float) else str(value)
        table.add_row(Text(one_line(name)), Text(one_line(number)))
    return table


def moment(published: str | None) -> str | None:
    """ "2010-10-21T09:43+05:30" as "2010-10-21 09:43 +05:30"."""
    return None if published is None else re.sub(r"(?<=\d)([+-]\d\d:\d\d)$", r" \1", published.replace("T", " "))


def party(row: Row) -> Text:
    """One participant: code, and the name beside it where the name says more."""
    text = Text(row["code"], style="bold")
    name = one_line(row["name"])
    if name and name != row["code"]:
        text.append(" " if text else "").append(name, style="" if row["code"] else "bold")
    return text


def _table(*columns: tuple[str, int | None]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True, header_style="dim")
    for name, width in columns:
        table.add_column(name, width=width, overflow="fold", ratio=1 if width is None else None)
    table.expand = True
    return table


def _parties(row: Row) -> Text:
    sources, targets = list(row["sources"]), list(row["targets"])
    if not targets and len(sources) > 1:
        return Text("\n– ").join(map(party, sources))
    text = Text("\n").join(map(party, sources)) if sources else Text("(nobody named)", style="dim")
    for each in targets:
        text.append("\n→ ").append_text(party(each))
    return text


def _speakers(row: Row) -> Text:
    text = Text("\n").join(map(party, row["speakers"]))
    for each in row["addressees"]:
        text.append("\n→ ").append_text(party(each))
    return text


def _what(row: Row, *, dated: bool) -> Text:
    text = Text(row["type"], style=QUAD_STYLE[row["quad"]])
    for word in (row["mode"], *row["contexts"]):
        if word:
            text.append("\n" + one_line(word), style="dim")
    marks = [row["modality"]] if row["modality"] != "actual" else []
    marks += ["past"] if row["historical"] else []
    if marks:
        text.append("\n" + ", ".join(marks), style="italic")
    if dated and row["first_day"]:
        text.append("\n").append_text(_when(row))
    if row["place"]:
        text.append("\n" + one_line(row["place"]))
    return text


def _when(row: Row) -> Text:
    first, last = row["first_day"], row["last_day"]
    if first is None:
        return Text("undated", style="dim")
    # A day that no word states is the article's own: shown, but paler.
    text = Text(str(first), style="" if row["time_basis"] == "stated" else "dim")
    return text if last in (None, first) else text.append(f"\n–{last}")


def _words(row: Row, origin: bool) -> Text:
    text = Text(f"“{shortened(row['passage'], WORDS)}”")
    trigger = one_line(row["trigger"])
    if trigger:
        text.highlight_regex(rf"(?<!\w){re.escape(trigger)}(?!\w)", style="bold underline")
    if origin:
        _add_origin(text, row, row["event"])
    return text


def _how(row: Row) -> Text:
    text = Text(row["form"])
    if row["act"] != "asserted":
        text.append("\n" + one_line(row["act"]), style="italic")
    if row["attitude"]:
        text.append("\nthought or feeling", style="italic")
    if row["topic"]:
        text.append("\ntopic only", style="italic")
    if row["cue"]:
        text.append(f"\n“{one_line(row['cue'])}”", style="dim")
    return text


def _said(row: Row, origin: bool) -> Text:
    words = shortened(row["words"], WORDS)
    # Words reported in part keep their own marks; a paraphrase never gets any.
    text = Text(f"“{words}”" if row["form"] == "direct" else words)
    if origin:
        _add_origin(text, row, row["statement"])
    return text


def _add_origin(text: Text, row: Row, name: str) -> None:
    told = [row["outlet"], str(row["day"]) if row["day"] else None, row["title"]]
    text.append("\n" + shortened(", ".join(each for each in told if each), 110), style="dim")
    if row.get("reports", 1) > 1:
        text.append(f"\n{row['reports']} reports in {_count(row['stories'], 'story')}", style="dim")
    if row.get("corrections"):
        text.append("\ncorrected", style="dim italic")
    text.append(f" [{name}]", style="dim cyan")


def _count(number: int, noun: str) -> str:
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {several}"


def _flat(told: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
