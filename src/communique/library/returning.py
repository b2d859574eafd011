"""What people annotated in another program, as corrections: an article's events as they stand, and as they came back.

An event is found again by its long id, else by the same trigger, else by a trigger that shares letters with it. One
that is gone is rejected, one that is new is added, one that differs in type, mode or words is set.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from communique.errors import InputError
from communique.library.library import Library
from communique.records import CodedArticle, Correction, CorrectionKind, Span
from communique.store.rows import code
from communique.views.marked import ROLES, Mark, Marked, marked

Fields = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of one article: the `corrections` that were kept, and in `untold` what could not be one, in words."""

    article: str
    corrections: tuple[Correction, ...]
    untold: tuple[str, ...]


def keep(
    library: Library, came: Iterable[Marked], *, because: str, by: str, at: str | None = None, accept: bool = False
) -> Iterator[Returned]:
    """Keep as corrections what differs in articles that came back; with `accept`, what does not is accepted.

    Raises `InputError` for an article that is not in the archive, or whose text is another one there.
    """
    for told in came:
        coded = _article(library, told)
        query = "SELECT * FROM events WHERE version = ? AND run = ? ORDER BY start, event"
        rows = library.archive.ask(query, [coded.article.version, coded.run.id]).to_pylist()
        yield _Decisions(library, coded, because, by, at).keep(marked(coded, rows), told, accept=accept)


def _article(library: Library, told: Marked) -> CodedArticle:
    coded = library.archive.coded(told.version) if told.version else None
    if coded is None:
        same = (each for each in library.archive.all_coded() if each.article.text == told.text)
        coded = next(same, None)
    if coded is None:
        start = " ".join(told.text.split())[:60]
        raise InputError(f"the article “{start}…” is not in {library.archive.root}; import into the one it came from")
    # Programs that keep line ends and letters outside XML otherwise do not move a place; a changed length would.
    if len(coded.article.text) != len(told.text):
        raise InputError(f"the text of article {coded.article.id} was changed; annotate it as it was exported")
    return coded


class _Decisions:
    """Keeps the decisions about one article."""

    def __init__(self, library: Library, coded: CodedArticle, because: str, by: str, at: str | None) -> None:
        self._library, self._coded, self._text = library, coded, coded.article.text
        self._because, self._by, self._at = because, by, at
        self._kept: list[Correction] = []
        self._untold: list[str] = []
        names = {each.id: each for each in coded.actors}
        self._codes: dict[Span, str] = {}
        spans = {each.id: each.span for each in coded.mentions}
        for actor in names.values():
            for each in actor.mentions:
                if each in spans and code(actor.country, actor.sectors):
                    self._codes.setdefault(spans[each], code(actor.country, actor.sectors))

    def keep(self, was: Marked, told: Marked, *, accept: bool) -> Returned:
        """Compare and keep."""
        pairs, new = _paired(list(was.triggers()), list(told.triggers()))
        for mark, match in pairs:
            if match is None:
                self._decide(mark.id, "reject")
                continue
            fields = self._differences(was, mark, told, match)
            if fields:
                self._decide(mark.id, "set", fields)
            elif accept:
                self._decide(mark.id, "accept")
        for mark in new:
            self._add(told, mark)
        return Returned(self._coded.article.id, tuple(self._kept), tuple(self._untold))

    def _differences(self, was: Marked, mark: Mark, told: Marked, match: Mark) -> Fields:
        fields: dict[str, str | None] = {}
        if match.label != mark.label:
            fields.update(_coded(match.label))
        if match.span != mark.span:
            fields["trigger_span"] = self._place(match.span)
        for role in ROLES:
            before, after = was.parties(mark.id, role), told.parties(match.id, role)
            if set(before) != set(after):
                fields.update(self._parties(role, after, known=bool(before)))
        return fields

    def _parties(self, role: str, spans: Sequence[Span], *, known: bool) -> Fields:
        """The fields that put the words in `spans` in a role; what no actor stands for can only move known ones."""
        if not spans:
            return {role: None}
        codes = [self._codes.get(each, "") for each in spans]
        if all(codes):
            return {role: "; ".join(dict.fromkeys(codes)), f"{role}_span": self._place(spans[0])}
        if known and len(spans) == 1:
            return {f"{role}_span": self._place(spans[0])}
        words = ", ".join(" ".join(each.of(self._text).split()) for each, told in zip(spans, codes, strict=True)
                          if not told)  # fmt: skip
        self._untold.append(
            f"who “{words}” is, as {role}, is not known: say it with communique correct --set {role}=CODE"
        )
        return {}

    def _add(self, told: Marked, mark: Mark) -> None:
        fields: dict[str, str | None] = {**_coded(mark.label), "trigger_span": self._place(mark.span)}
        for role in ROLES:
            spans = told.parties(mark.id, role)
            fields.update(self._parties(role, spans, known=False) if spans else {})
        self._kept.append(
            self._library.add_event(
                self._coded.article.version, mark.span.of(self._text), fields=fields, because=self._because,
                by=self._by, at=self._at,
            )
        )  # fmt: skip

    def _decide(self, event: str, kind: CorrectionKind, fields: Fields | None = None) -> None:
        self._kept.append(
            self._library.correct(
                event, kind=kind, fields=fields or {}, because=self._because, by=self._by, at=self._at
            )
        )

    def _place(self, span: Span) -> str:
        return f"{span.start}-{span.end} {span.of(self._text)}"


def _coded(label: str) -> dict[str, str | None]:
    kind, _, mode = label.partition("/")
    return {"type": kind.strip().upper(), "mode": mode.strip() or None}


def _paired(was: Sequence[Mark], told: Sequence[Mark]) -> tuple[list[tuple[Mark, Mark | None]], list[Mark]]:
    """Each event as it stands with what came back of it, and what came back besides."""
    free, found = list(told), dict[str, Mark]()
    ways: tuple[Callable[[Mark, Mark], bool], ...] = (
        lambda one, other: one.id == other.id,
        lambda one, other: one.span == other.span and one.label == other.label,
        lambda one, other: one.span == other.span,
        lambda one, other: one.span.overlaps(other.span),
    )
    for same in ways:
        for mark in was:
            match = None if mark.id in found else next((each for each in free if same(mark, each)), None)
            if match is not None:
                found[mark.id] = match
                free.remove(match)
    return [(each, found.get(each.id)) for each in was], free
