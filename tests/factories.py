"""Coded articles for tests: one written by hand (`border_article`), and a Hypothesis strategy for all of them."""

import datetime as dt
import hashlib
from typing import Any

from hypothesis import strategies as st

from communique.records import (
    Actor,
    Article,
    CodedArticle,
    Event,
    Evidence,
    Interval,
    Mention,
    Participant,
    Place,
    Problem,
    Removed,
    Run,
    Span,
    Statement,
)

RUN = Run("run-1", "communique 0.1", "codebook-1", "model-1", "registry-1", (("modes", "on"),))

BORDER = (
    "The United States asked Pakistan on Tuesday to reopen the Torkham crossing.\n\n"
    "“We will act within days,” Pakistani foreign ministry spokesman Abdul Basit told reporters in Islamabad."
)


def span(text: str, words: str, after: int = 0) -> Span:
    """Where `words` stand in `text`, looking from `after` on."""
    start = text.index(words, after)
    return Span(start, start + len(words))


def article(text: str, *, title: str | None = "A test", outlet: str | None = "The Courier", **more: Any) -> Article:
    """An article whose ids follow from its content, as intake makes them."""
    published = more.pop("published", "2010-10-06T09:30+05:00")
    name = hashlib.sha256(f"{outlet}|{(published or '')[:10]}|{title}".encode(errors="surrogatepass")).hexdigest()[:16]
    version = hashlib.sha256(f"{name}|{text}".encode(errors="surrogatepass")).hexdigest()[:16]
    return Article(id=name, version=version, text=text, title=title, outlet=outlet, published=published, **more)


def border_article(*, run: Run = RUN, text: str = BORDER, **more: Any) -> CodedArticle:
    """Two events, one statement, four actors, one problem; `text` may go on after `BORDER`."""
    names = {
        "m1": ("The United States", "GPE"),
        "m2": ("Pakistan", "GPE"),
        "m3": ("Tuesday", "DATE"),
        "m4": ("the Torkham crossing", "FAC"),
        "m5": ("We", "PRONOUN"),
        "m6": ("Pakistani foreign ministry spokesman Abdul Basit", "PERSON"),
        "m7": ("reporters", "GROUP"),
        "m8": ("Islamabad", "GPE"),
    }
    mentions = tuple(
        Mention(key, span(text, words), kind, number, "c1" if key in {"m5", "m6"} else None)  # type: ignore[arg-type]
        for number, (key, (words, kind)) in enumerate(names.items())
    )
    actors = (
        Actor("a1", "United States", "USA", ("GOV",), None, "country:USA", "resolved", ("m1",), "name of a country"),
        Actor("a2", "Pakistan", "PAK", ("GOV",), None, "country:PAK", "resolved", ("m2",), "name of a country"),
        Actor(
            "a3", "Abdul Basit", "PAK", ("GOV",), "foreign ministry spokesman", None, "country-only", ("m5", "m6"),
            "demonym and role noun", ("Q1", "Q2"),
        ),
        Actor("a4", "reporters", None, ("MED",), None, None, "unresolved", ("m7",), "role noun"),
    )  # fmt: skip
    statement = Statement(
        "s1", "direct", Participant("m6", "a3"), Participant("m7", "a4"), span(text, "told"),
        (span(text, "We will act within days,"),), 0.91, "promised",
    )  # fmt: skip
    asked, act = span(text, "asked"), span(text, "act")
    request = Event(
        id="e1", type="REQUEST", mode=None, contexts=("trade", "diplomatic"), cameo="025",
        sources=(Participant("m1", "a1"),), targets=(Participant("m2", "a2"),), trigger=asked,
        quad="verbal-conflict", goldstein=-0.3, modality="actual",
        when=Interval("2010-10-05", "2010-10-05", "day", "stated", mentions[2].span),
        where=Place("Torkham", "PAK", 1163968, 34.12, 71.09, "point", mentions[3].span),
        statement=None, confidence=0.8,
        evidence=(
            Evidence(mentions[0].span, "source"), Evidence(asked, "trigger"), Evidence(mentions[1].span, "target"),
            Evidence(span(text, "to reopen the Torkham crossing"), "content"),
        ),
        why="ask (verb): subject asks object to do something",
    )  # fmt: skip
    promise = Event(
        id="e2", type="AGREE", mode=None, contexts=(), cameo="030", sources=(Participant("m5", "a3"),), targets=(),
        trigger=act, quad="verbal-cooperation", goldstein=4.0, modality="planned",
        when=Interval("2010-10-06", "2010-10-06", "day", "document"), where=None, statement="s1", confidence=0.6,
        evidence=(Evidence(act, "trigger"),), why="act (verb) under will", historical=False,
    )  # fmt: skip
    problem = Problem("odd-date", "The page names two dates.", "intake", "border.txt")
    return CodedArticle(
        run, article(text, problems=(problem,), **more), mentions, actors, (statement,), (request, promise), (problem,)
    )


# Letters that have broken tables and files before: escapes, quotes, NUL, combining and right-to-left characters.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=24)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)).map(dt.date.isoformat)
SHARES = st.floats(0, 1, allow_nan=False).map(lambda share: round(share, 3))
COUNTRIES = st.none() | st.sampled_from(["USA", "PAK", "AFG", "XKX"])
SECTORS = st.lists(st.sampled_from(["GOV", "MIL", "MED", "IGO", "REB"]), unique=True, max_size=3).map(tuple)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A stretch of `text` with at least one character."""
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A way of coding."""
    settings = draw(st.dictionaries(WORDS, LINE, max_size=2))
    name, software, codebook, model, registry = (draw(WORDS) for _ in range(5))
    return Run(name, software, codebook, model, registry, tuple(sorted(settings.items())))


@st.composite
def problems(draw: st.DrawFn, text: str = "") -> Problem:
    """A problem; with spans where there is a text to point into."""
    places = tuple(draw(st.lists(spans(text), max_size=2))) if text else ()
    step = draw(st.sampled_from(["intake", "reading"]))
    return Problem(draw(WORDS), draw(LINE), step, draw(LINE), False, places)


@st.composite
def coded_articles(draw: st.DrawFn) -> CodedArticle:
    """Any coded article that keeps the contract, however strange its words."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=120))
    troubles = tuple(draw(st.lists(problems(text), max_size=2)))
    source = article(
        text,
        title=draw(st.none() | LINE),
        outlet=draw(st.none() | LINE),
        published=draw(st.none() | DAYS | DAYS.map(lambda day: f"{day}T09:43+05:30")),
        byline=draw(st.none() | LINE),
        url=draw(st.none() | LINE),
        removed=tuple(Removed(draw(LINE), "share-line") for _ in range(draw(st.integers(0, 2)))),
        problems=tuple(each for each in troubles if each.step == "intake"),
    )
    kinds = st.sampled_from(["PERSON", "ORG", "GPE", "PRONOUN"])
    mentions = tuple(
        Mention(f"m{number}", draw(spans(text)), draw(kinds), number, draw(st.none() | st.just("c1")))  # type: ignore[arg-type]
        for number in range(draw(st.integers(1, 4)))
    )
    actors = tuple(
        Actor(
            f"a{number}", draw(LINE), draw(COUNTRIES), draw(SECTORS), draw(st.none() | LINE), draw(st.none() | LINE),
            draw(st.sampled_from(["resolved", "country-only", "unresolved"])),
            tuple(draw(st.lists(st.sampled_from([each.id for each in mentions]), max_size=2))), draw(LINE),
            tuple(draw(st.lists(WORDS, max_size=2))),
        )
        for number in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    taking_part = st.builds(
        Participant,
        st.sampled_from([each.id for each in mentions]),
        st.none() | st.sampled_from([each.id for each in actors]) if actors else st.none(),
    )
    statements = tuple(
        Statement(
            f"s{number}", draw(st.sampled_from(["direct", "indirect", "mixed"])), draw(taking_part),
            draw(st.none() | taking_part), draw(st.none() | spans(text)),
            tuple(draw(st.lists(spans(text), min_size=1, max_size=2))), draw(SHARES), "asserted", draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    reports = st.none() | st.sampled_from([each.id for each in statements]) if statements else st.none()
    events = tuple(draw(_events(f"e{number}", text, taking_part, reports)) for number in range(draw(st.integers(0, 3))))
    return CodedArticle(draw(runs()), source, mentions, actors, statements, events, troubles)


@st.composite
def _events(
    draw: st.DrawFn,
    name: str,
    text: str,
    taking_part: st.SearchStrategy[Participant],
    reports: st.SearchStrategy[str | None],
) -> Event:
    kind, quad = draw(
        st.sampled_from(
            [("REQUEST", "verbal-conflict"), ("AID", "material-cooperation"), ("ASSAULT", "material-conflict")]
        )
    )
    trigger = draw(spans(text))
    first, last = sorted([draw(DAYS), draw(DAYS)])
    when = st.builds(
        Interval, st.just(first), st.just(last), st.sampled_from(["day", "month"]),
        st.sampled_from(["stated", "document"]), st.none() | spans(text),
    )  # fmt: skip
    where = st.builds(
        Place, LINE, COUNTRIES, st.none() | st.integers(1, 10**7), st.none() | st.floats(-90, 90),
        st.none() | st.floats(-180, 180), st.sampled_from(["city", "country"]), spans(text),
    )  # fmt: skip
    return Event(
        name, kind, draw(st.none() | LINE), tuple(draw(st.lists(WORDS, max_size=2))),  # type: ignore[arg-type]
        draw(st.sampled_from([None, "025", "0211", "190"])), tuple(draw(st.lists(taking_part, max_size=2))),
        tuple(draw(st.lists(taking_part, max_size=2))), trigger, quad,  # type: ignore[arg-type]
        draw(st.sampled_from([-10.0, -0.3, 7.4])), draw(st.sampled_from(["actual", "planned", "negated"])),
        draw(st.none() | when), draw(st.none() | where), draw(reports), draw(SHARES),
        (Evidence(trigger, "trigger"), *(Evidence(each, "target") for each in draw(st.lists(spans(text), max_size=2)))),
        draw(LINE), draw(st.booleans()),
    )  # fmt: skip
