"""Deriving: coded articles become stories, happenings and the ledger, as tables that stand beside the archive.

    windows   stories and happenings, decided again around the days on which something changed
    accounts  the ledger, joined again from the latest articles on
    entries   its entries and moves as rows

What was derived before is used for all that cannot have changed, so that a day's articles cost about as much in a large
archive as in a small one; the outcome is the same as of deriving everything anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from communique import __version__
from communique.ledger.copies import stories_of
from communique.library import windows
from communique.library.accounts import READ, keep_accounts
from communique.library.entries import entry_rows, later_stories, move_rows
from communique.records import Happening, Story
from communique.store import Archive
from communique.store.shards import PARTICIPANTS

Row = dict[str, Any]

# Raised when the rules of the ledger, of stories or of happenings change: what was derived before is then made anew.
RULES = 6
MADE_BY = f"communique {__version__}, rules {RULES}"

_TEXT, _NUMBER, _FLOAT, _DAY, _FLAG = pa.string(), pa.int32(), pa.float64(), pa.date32(), pa.bool_()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


SCHEMAS: Mapping[str, pa.Schema] = {
    "stories": _schema(story=_TEXT, article=_TEXT, shared=_FLOAT, copied_from=_TEXT, update=_FLAG),
    "happenings": _schema(happening=_TEXT, event=_TEXT, joined_to=_TEXT, score=_FLOAT, relation=_TEXT, reasons=_TEXT),
    "entries": _schema(
        entry=_TEXT, kind=_TEXT, source=_TEXT, source_name=_TEXT, target=_TEXT, target_name=_TEXT, matter=_TEXT,
        words=_TEXT, opened=_DAY, standing=_TEXT, told=_TEXT, since=_DAY, is_open=_FLAG, moves=_NUMBER,
        repeats=_NUMBER, silent=_NUMBER, last=_DAY,
        near=pa.list_(pa.struct([("entry", _TEXT), ("score", _FLOAT)])), sources=PARTICIPANTS, targets=PARTICIPANTS,
    ),
    "moves": _schema(
        move_id=_TEXT, entry=_TEXT, place=_NUMBER, move=_TEXT, day=_DAY, by_code=_TEXT, by_name=_TEXT, words=_TEXT,
        article=_TEXT, version=_TEXT, start=_NUMBER, end=_NUMBER, record=_TEXT, score=_FLOAT, why=_TEXT,
        reports=_NUMBER, articles=pa.list_(_TEXT),
    ),
    "board": _schema(part=_NUMBER, form=_TEXT),
}  # fmt: skip


def derive(archive: Archive) -> Mapping[str, pa.Table]:
    """The derived tables of the archive as it is now. The last three are for deriving the next time."""
    made = archive.derived()
    standing = made is not None and made.made_by == MADE_BY
    stories = windows.stories(archive, standing=standing)
    happened = windows.happened(archive, standing=standing)
    accounts = keep_accounts(archive, standing=standing)
    silence = later_stories(archive, stories_of(stories))
    return {
        "stories": _table("stories", _story_rows(stories)),
        "happenings": _table("happenings", _happening_rows(happened)),
        "entries": _table("entries", entry_rows(accounts.ledger, silence)),
        "moves": _table("moves", move_rows(accounts.ledger)),
        "read": accounts.read.cast(READ),
        "board": _table("board", [{"part": part, "form": form} for part, form in enumerate(accounts.board)]),
        "placed": windows.placed(archive),
    }


def _story_rows(stories: Iterable[Story]) -> list[Row]:
    return [
        {"story": story.id, "article": article, "shared": shared, "copied_from": earlier,
         "update": article in story.updates}
        for story in stories
        for article, shared, earlier in zip(story.articles, story.shared, story.copied_from, strict=True)
    ]  # fmt: skip


def _happening_rows(happenings: Iterable[Happening]) -> list[Row]:
    found: list[Row] = []
    for happening in happenings:
        found.append({"happening": happening.id, "event": happening.reports[0], "reasons": "the first report"})
        found += [
            {"happening": happening.id, "event": joint.joined, "joined_to": joint.event, "score": joint.score,
             "relation": joint.relation, "reasons": joint.why}
            for joint in happening.joints
        ]  # fmt: skip
    return found


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])
