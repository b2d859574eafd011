"""What an annotated article is: text, mentions in chains, roles, statements, events, ledger, all with spans."""

from dataclasses import dataclass

from communique.records import Article, EventType, Form, Kind, Modality, Span


@dataclass(frozen=True, slots=True)
class Chain:
    """One referent of an article.

    `name` is the annotator's ("DEL"; "~7" for an unnamed one of a single mention); `country` an ISO 3166-1 alpha-3 code
    or None; `sectors` PLOVER's sectors and, first, the body without a country if it is one (UNO, NGO …); `members` the
    names of the chains of which a plural is the sum.
    """

    name: str
    kind: Kind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether the chain has an actor code, itself or through its members."""
        return self.country is not None or bool(self.sectors) or bool(self.members)


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A mention: its span, what its words literally name, and the name of its chain."""

    span: Span
    kind: Kind
    chain: str


@dataclass(frozen=True, slots=True)
class RoleMark:
    """The words of an office, and the chain of its holder."""

    span: Span
    chain: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: a chain and the mention of it that stands there."""

    chain: str
    mention: Span


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A statement; fields as in :class:`communique.records.Statement`, parties by chain and mention."""

    id: str
    speaker: Party | None
    addressee: Party | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    act: str
    attitude: bool
    line: int


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event as told by one trigger.

    `modes` are all modes given, the main one first; `sources` and `targets` as in :class:`communique.records.Event`;
    `when` the words of time and `day` their calendar days ("2010-10-11/2010-10-17"); `where` the words of place;
    `statement` the innermost statement whose content holds the trigger, `performed` the one whose cue is the trigger;
    `same` the first telling of the same act; `plv` the label under the CAMEO policy.
    """

    id: str
    type: EventType
    modes: tuple[str, ...]
    trigger: Span
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    contexts: tuple[str, ...]
    when: Span | None
    day: str | None
    where: Party | None
    modality: Modality
    historical: bool
    plv: str
    cameo: str | None
    same: str | None
    statement: str | None
    performed: str | None
    line: int


@dataclass(frozen=True, slots=True)
class MoveMark:
    """A later move of an entry: its kind and the id of the event or statement that makes it."""

    kind: str
    by: str


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """A demand, request, commitment, threat or offer: its parties, what opens it (an id), and what it is about."""

    id: str
    kind: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    opened: str
    what: tuple[Span, ...]
    moves: tuple[MoveMark, ...]
    line: int


@dataclass(frozen=True)
class AnnotatedArticle:
    """A file of the corpus, compiled.

    `sentences` and `paragraphs` are spans of `article.text`; `page` is the page with its furniture where it has any;
    `none` are spans looked at and found to be no mentions; mentions are in order of text, longer first.
    """

    article: Article
    voice: str
    region: str
    brief: str
    annotator: str | None
    page: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    chains: tuple[Chain, ...]
    mentions: tuple[MarkedMention, ...]
    roles: tuple[RoleMark, ...]
    statements: tuple[MarkedStatement, ...]
    events: tuple[MarkedEvent, ...]
    ledger: tuple[LedgerMark, ...]
    none: tuple[Span, ...] = ()
    first_line: int = 1

    @property
    def id(self) -> str:
        """The article's id: its file name without ending."""
        return self.article.id

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def chain(self, name: str) -> Chain | None:
        """The chain with this name, if there is one."""
        return next((each for each in self.chains if each.name == name), None)

    def sentence_at(self, offset: int) -> int:
        """The number (from 0) of the sentence that holds the character."""
        return sum(each.start <= offset for each in self.sentences) - 1
