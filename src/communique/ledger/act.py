"""`Act`: what one clause of an article does to demands and promises, and when."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from communique.records import Party, Span

Deed = Literal[
    "demand", "ask", "promise", "offer", "threaten", "accept", "refuse", "acknowledge", "withdraw", "fail", "deny",
    "lapse", "do", "repeat",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What one clause does: `deed`, `by` whom `to` whom about `matter` (words of the text), on `day`.

    `words` at `span` are the evidence; `refers` the kind of entry that a noun in the matter stands for ("the demand");
    `again` says that it is not the first time, `part` that it was not the whole, `echo` that it is done "as promised"
    or "as demanded"; `record` the event or statement coded there ("e3", "s1"); `order` sorts acts by the moment of
    publication and the place in the text; `named` are the people of the article that have a code, told with its first
    act.
    """

    deed: Deed
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    matter: str
    refers: str | None
    again: bool
    part: bool
    echo: bool
    day: str | None
    stated: bool
    words: str
    span: Span
    article: str
    version: str
    record: str | None
    order: tuple[str, str, int]
    named: tuple[Party, ...] = ()


def moment(published: str | None) -> str:
    """A moment of publication as sortable text in universal time; a bare day counts as its noon, none as the last."""
    if published is None:
        return "9999"
    try:
        when = dt.datetime.fromisoformat(published)
    except ValueError:
        return published
    if len(published) <= 10:
        return when.replace(hour=12).isoformat()
    return (when if when.tzinfo is None else when.astimezone(dt.UTC).replace(tzinfo=None)).isoformat()
