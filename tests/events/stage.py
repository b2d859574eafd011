"""A small stage for tests of event coding: hand-made trees, actors by name, and a lexicon of a few predicates."""

from pathlib import Path
from types import MappingProxyType

from communique.codebook import Codebook
from communique.events import code
from communique.grounding import Grounding
from communique.records import Actor, Event, Interval, Participant, Place, Statement
from tests.trees import document, mention

LEXICON = """
- lemma: meet
  frames:
    - {type: CONSULT, reciprocal: true, source: [subject], target: [object, with]}
- lemma: [talk, meeting]
  tag: noun
  frames:
    - {type: CONSULT, reciprocal: true, source: [subject, between, of], target: [with]}
- lemma: attack
  noun: attack
  frames:
    - {type: ASSAULT, target: [object, on, against]}
- lemma: kill
  frames:
    - {type: ASSAULT, target: [object]}
- lemma: arrest
  frames:
    - {type: COERCE, mode: arrest, target: [object]}
- lemma: withdraw
  frames:
    - {if: {object: [glass]}, type: NONE}
    - {type: RETREAT, mode: withdraw, target: [from]}
- lemma: condemn
  frames:
    - {type: ACCUSE, mode: disapprove, target: [object, object.subject, object.by], absorbs: []}
- lemma: promise
  frames:
    - type: AGREE
      target: [recipient]
      embeds: {ASSAULT: THREATEN, RETREAT: CONCEDE, CONSULT: AGREE, "*": AGREE}
- lemma: ask
  frames:
    - {type: REQUEST, target: [object, recipient], embeds: {"*": REQUEST}}
- lemma: accuse
  frames:
    - {type: ACCUSE, mode: allege, target: [object], absorbs: []}
- lemma: call
  particle: "off"
  frames:
    - {if: {object: [talk]}, type: REJECT, target: [object.with, with]}
- lemma: rally
  frames:
    - {type: PROTEST, mode: demo, target: [against]}
"""

ACTORS = {
    "Obama": ("USA", "GOV"), "Gates": ("USA", "MIL"), "Kayani": ("PAK", "MIL"), "Karzai": ("AFG", "GOV"),
    "Paris": ("FRA", "GOV"), "Tehran": ("IRN", "GOV"), "Israeli": ("ISR", "GOV"), "Israel": ("ISR", "GOV"),
    "rebels": ("SYR", "REB"), "army": ("SYR", "MIL"), "officials": ("USA", "GOV"), "students": ("FRA", "CVL"),
    "Merkel": ("DEU", "GOV"), "Mullen": ("USA", "MIL"),
}  # fmt: skip


def small_codebook(folder: Path) -> Codebook:
    """Our codebook with only the predicates above."""
    lexicon = folder / "lexicon"
    lexicon.mkdir(parents=True)
    (lexicon / "few.yaml").write_text(LEXICON, encoding="utf-8")
    return Codebook.load(folder)


def ground(rows: str, *, published: str | None = "2010-10-21") -> Grounding:
    """The rows as a grounded document: mentions named in `ACTORS` act, everybody else does not."""
    read = document(rows, published=published)
    actors: dict[str, Actor] = {}
    ids: dict[str, str] = {}
    for each in read.mentions:
        name = read.words[each.head].form
        if name in ACTORS:
            country, sector = ACTORS[name]
            actor = actors.setdefault(
                name, Actor(f"a{len(actors)}", name, country, (sector,), None, None, "resolved", (), "test")
            )
            ids[each.id] = actor.id
    return Grounding(read, tuple(actors.values()), MappingProxyType(ids))


def with_time(grounding: Grounding, text: str, start: str, end: str) -> Grounding:
    """The grounding with an interval for the mention whose words are `text`."""
    found = mention(grounding.document, text)
    times = {**grounding.intervals, found.id: Interval(start, end, "day", "stated", found.span)}
    return Grounding(grounding.document, grounding.actors, grounding.actor_ids, grounding.places, times)


def with_place(grounding: Grounding, text: str, country: str) -> Grounding:
    """The grounding with a place for the mention whose words are `text`."""
    found = mention(grounding.document, text)
    places = {**grounding.places, found.id: Place(text, country, None, None, None, "city", found.span)}
    return Grounding(grounding.document, grounding.actors, grounding.actor_ids, places, grounding.intervals)


def participant(grounding: Grounding, text: str) -> Participant:
    """The participant whose mention is `text`."""
    found = mention(grounding.document, text)
    return Participant(found.id, grounding.actor_ids.get(found.id))


def names(grounding: Grounding, side: tuple[Participant, ...]) -> list[str]:
    """The names of the actors of a side."""
    return [actor.name if (actor := grounding.actor(each.actor or "")) else "?" for each in side]


def told(grounding: Grounding, codebook: Codebook, statements: tuple[Statement, ...] = ()) -> list[str]:
    """Events as lines "sources > TYPE > targets", the modality added unless actual."""
    lines = []
    for event in code(grounding, statements, codebook):
        sides = ",".join(names(grounding, event.sources)), ",".join(names(grounding, event.targets))
        mark = "" if event.modality == "actual" else f" {event.modality}"
        lines.append(f"{sides[0] or '-'} > {event.type} > {sides[1] or '-'}{mark}")
    return lines


def only(grounding: Grounding, codebook: Codebook, statements: tuple[Statement, ...] = ()) -> Event:
    """The one event of the document."""
    (event,) = code(grounding, statements, codebook)
    return event
