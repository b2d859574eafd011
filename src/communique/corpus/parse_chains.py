"""The section `chains`: lines such as `DEL GROUP PAK/GOV: the delegation; they@s3` → chains, mentions and roles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from communique.corpus.annotation import Chain, MarkedMention, Party, RoleMark
from communique.corpus.complaint import Complaints
from communique.corpus.quoting import QuotedText
from communique.corpus.vocabulary import BODIES, KINDS, POSSESSIVES, PRONOUNS, codebook, one_of
from communique.errors import CorpusError
from communique.records import Kind, Span

if TYPE_CHECKING:
    from communique.corpus.parse import Line

_HEAD = re.compile(
    r"(?P<name>[A-Z][A-Z0-9_]*)(?: (?P<kind>[A-Z]+))?"
    r"(?: (?P<code>[A-Z]{3}[A-Z/,]*|/[A-Z,]+))?(?: =(?P<sum>[A-Z0-9_+]+))?"
)
# A semicolon or colon parts clauses as much as about this many characters.
_WALL = 40
_PARTY = re.compile(r'(?P<name>[A-Z][A-Z0-9_]*)?(?:"(?P<quote>[^"]+)")?')


@dataclass
class Cast:
    """Everybody and everything mentioned in one article, while it is being read."""

    text: QuotedText
    chains: dict[str, Chain] = field(default_factory=dict)
    mentions: list[MarkedMention] = field(default_factory=list)
    roles: list[RoleMark] = field(default_factory=list)
    none: list[Span] = field(default_factory=list)

    def mention_at(self, span: Span) -> MarkedMention | None:
        """The mention with exactly this span."""
        return next((each for each in self.mentions if each.span == span), None)

    def party(self, written: str, *, near: Span, outside: Iterable[Span] = (), ahead: bool = False) -> Party:
        """The participant that `NAME`, `NAME"quote"` or `"quote"` means beside the words `near`.

        The mention of a bare name is the nearest in the same sentence, not in `outside`; `ahead` prefers those before
        `near`, where sources stand. Raises `CorpusError` for unknown names and for quotes that are no mention.
        """
        found = _PARTY.fullmatch(written.strip())
        if not found or not written.strip():
            raise CorpusError(f'{written!r} is no participant; write a chain name, NAME"quote" or "quote" of a mention')
        name, quote = found.group("name"), found.group("quote")
        if name is not None and name not in self.chains:
            known = ", ".join(each for each in self.chains if not each.startswith("~")) or "none yet"
            raise CorpusError(f"there is no chain {name!r}; there are {known}")
        if quote is not None:
            mention = self._quoted(quote, near)
            if name is not None and mention.chain != name:
                raise CorpusError(f"the mention {quote!r} belongs to chain {mention.chain}, not to {name}")
            return Party(mention.chain, mention.span)
        assert name is not None  # the pattern leaves no third case
        return Party(name, self._nearest(name, near, tuple(outside), ahead))

    def _quoted(self, quote: str, near: Span) -> MarkedMention:
        span = self.text.find(quote, near=near.start)
        mention = self.mention_at(span)
        if mention is None:
            raise CorpusError(f"{quote!r} is no mention; add it to the chains, or quote the whole mention")
        return mention

    def _nearest(self, name: str, near: Span, outside: tuple[Span, ...], ahead: bool) -> Span:
        spans = [each.span for each in self.mentions if each.chain == name]
        spans = [each for each in spans if not any(other.contains(each) for other in outside)] or spans
        if not spans:
            raise CorpusError(f"the chain {name} has no mention; quote at least one")
        home = self.text.sentence_at(near.start)
        inside = [each for each in spans if self.text.sentence_at(each.start) == home]
        if inside:
            return min(
                inside, key=lambda each: (*self._lowly(each, name, near), self._far(each, near, ahead), each.start)
            )
        before = [each for each in spans if each.end <= near.start]
        return min(before or spans[:1], key=lambda each: (*self._lowly(each, name, near), near.start - each.end))

    def _lowly(self, span: Span, name: str, near: Span) -> tuple[bool, bool]:
        """Whether the mention lies inside another's, and whether it is a possessive that does not belong to `near`."""
        possessive = span.of(self.text.text).lower() in POSSESSIVES and not 0 <= near.start - span.end <= 1
        return self._nested(span, name), possessive

    def _far(self, span: Span, near: Span, ahead: bool) -> int:
        """Characters between, counted double behind `near` for sources, and more across a semicolon or colon."""
        between = self.text.text[min(span.end, near.end) : max(span.start, near.start)]
        wall = _WALL * sum(mark in between for mark in ";:")
        return _distance(span, near) * (2 if ahead and span.start >= near.end else 1) + wall

    def _nested(self, span: Span, name: str) -> bool:
        return any(each.chain != name and each.span != span and each.span.contains(span) for each in self.mentions)


def read_chains(lines: "list[Line]", text: QuotedText, complaints: Complaints) -> Cast:
    """Reads the section; mentions come out in order of text, longer first."""
    cast = Cast(text)
    for line in lines:
        with complaints.at(line.number):
            _read_line(line.text, cast, complaints, line.number)
    _check_sums(cast, complaints, lines[0].number if lines else 1)
    cast.mentions.sort(key=lambda each: (each.span.start, -each.span.end))
    _check_crossing(cast, complaints, lines[0].number if lines else 1)
    return cast


def _read_line(line: str, cast: Cast, complaints: Complaints, number: int) -> None:
    head, colon, rest = line.partition(":")
    if not colon:
        raise CorpusError(f"{line!r} has no colon; write NAME KIND CODE: mention; mention")
    quotes = [each.strip() for each in rest.split(";") if each.strip()]
    if head.strip() == "NONE":
        for quote in quotes:
            with complaints.at(number):
                cast.none.extend(cast.text.find_all(quote))
        return
    for chain, group in _chains_of(head.strip(), quotes, cast):
        cast.chains[chain.name] = chain
        _add_mentions(chain, group, cast, complaints, number)


def _chains_of(head: str, quotes: list[str], cast: Cast) -> list[tuple[Chain, list[str]]]:
    found = _HEAD.fullmatch(head)
    if not found:
        raise CorpusError(f"{head!r} is no chain head; write NAME KIND CODE (DEL GROUP PAK/GOV) or KIND CODE")
    members = tuple(found.group("sum").split("+")) if found.group("sum") else ()
    name, kind, code = found.group("name"), found.group("kind"), found.group("code")
    if name in KINDS:  # unnamed chains: what stands where a name has its kind is their code
        country, sectors = _code(code or kind)
        count = len(cast.chains)
        kind_of = cast_kind(name)
        return [
            (Chain(f"~{count + index}", kind_of, country, sectors, members), [quote])
            for index, quote in enumerate(quotes, start=1)
        ]
    if name in cast.chains:
        raise CorpusError(f"the chain {name} stands twice; give all its mentions in one line")
    if kind is None:
        raise CorpusError(f"the chain {name} has no kind; write {name} KIND: … with one of {', '.join(KINDS)}")
    country, sectors = _code(code)
    return [(Chain(name, cast_kind(kind), country, sectors, members), quotes)]


def cast_kind(value: str) -> Kind:
    """`value` as a kind of mention; raises `CorpusError` if it is none."""
    return cast(Kind, one_of(value, KINDS, "kind of mention"))


def _code(code: str | None) -> tuple[str | None, tuple[str, ...]]:
    if code is None:
        return None, ()
    country, _, listed = code.partition("/")
    sectors = tuple(each for each in listed.split(",") if each)
    for sector in sectors:
        if sector in BODIES:
            raise CorpusError(f"{sector} stands where a country does; write {sector} or {sector}/SECTORS")
        one_of(sector, tuple(codebook().sectors), "sector")
    if country in BODIES:
        return None, (country, *sectors)
    if country and (len(country) != 3 or country in codebook().sectors):
        raise CorpusError(
            f"{code!r} is no actor code; write COUNTRY/SECTORS (PAK/MIL), /SECTORS or {', '.join(BODIES)}"
        )
    return country or None, sectors


def _add_mentions(chain: Chain, quotes: list[str], cast: Cast, complaints: Complaints, number: int) -> None:
    own: list[Span] = []
    # Longer quotes first, so that a bare surname inside a full name is not taken for a second occurrence.
    for quote in sorted(quotes, key=len, reverse=True):
        with complaints.at(number):
            words, kind = _kind_of(quote, chain.kind)
            role, plain = _role_of(words)
            for span in cast.text.find_all(plain, inside=own):
                taken = cast.mention_at(span)
                if taken is not None:
                    raise CorpusError(
                        f"{span.of(cast.text.text)!r} in sentence {cast.text.sentence_at(span.start)} is a mention of "
                        f"two chains, {taken.chain} and {chain.name}; leave it in one"
                    )
                own.append(span)
                form = span.of(cast.text.text).lower()
                cast.mentions.append(MarkedMention(span, "PRONOUN" if form in PRONOUNS else kind, chain.name))
                if role is not None:
                    cast.roles.append(RoleMark(Span(span.start + role[0], span.start + role[1]), chain.name))


def _kind_of(quote: str, default: Kind) -> tuple[str, Kind]:
    words, slash, kind = quote.rpartition(" /")
    return (words.strip(), cast_kind(kind.strip())) if slash else (quote, default)


def _role_of(words: str) -> tuple[tuple[int, int] | None, str]:
    start, end = words.find("["), words.find("]")
    if start < 0 and end < 0:
        return None, words
    if start < 0 or end < start or words.count("[") > 1 or words.count("]") > 1 or "{" in words:
        raise CorpusError(f"{words!r}: write one pair of brackets around the role title, and no braces with it")
    return (start, end - 1), words[:start] + words[start + 1 : end] + words[end + 1 :]


def _distance(one: Span, other: Span) -> int:
    if one.overlaps(other):
        return 0
    return other.start - one.end if one.end <= other.start else one.start - other.end


def _check_sums(cast: Cast, complaints: Complaints, line: int) -> None:
    for chain in cast.chains.values():
        for member in chain.members:
            if member not in cast.chains:
                complaints.error(line, f"chain {chain.name} is a sum over {member!r}, which is no chain")


def _check_crossing(cast: Cast, complaints: Complaints, line: int) -> None:
    for index, one in enumerate(cast.mentions):
        for other in cast.mentions[index + 1 :]:
            if other.span.start >= one.span.end:
                break
            if not one.span.contains(other.span):
                text = cast.text.text
                complaints.error(
                    line,
                    f"the mentions {one.span.of(text)!r} and {other.span.of(text)!r} cross; let one hold the other",
                )
