"""The form of the predicate lexicon: which words tell of an event, and which of their arguments take part in it.

A lexicon file (`codebook/data/lexicon/*.yaml`) is a list of predicates:

    - lemma: call                  # lemma of the trigger word, lower case
      tag: verb                    # verb | noun | adj
      particle: off                # optional: a compound:prt child ("call off"), or a fixed first word
      frames:                      # tried in order; the first whose `if` holds decides, so put the narrow ones first
        - if:                      # optional; all conditions must hold
            object: [$talks, visit]
          type: REJECT             # one of the 16 types, or NONE (this use tells of no political event)
          mode: meet               # optional
          cameo: "134"             # optional; a string, leading zero kept
          source: [subject]        # roles in order of preference; the first that is filled gives the participants
          target: [object.with, with, object.poss]
          contexts: [diplomatic]   # optional
          example: "Tehran called off the talks with Paris."

**Roles** are those of deep syntax; the events room undoes passives, control, relative clauses, nominalisation and
coordination before it asks for them:

- `subject`   who does it: active subject; `by` of a passive; of a noun: its possessor, nationality adjective, compound
              or `by` ("Israel's attack", "the Israeli attack", "an attack by Israel")
- `object`    what it is done to: object; subject of a passive; of a noun: its `of` phrase ("the arrest of X")
- `recipient` indirect object ("gave Kabul aid") or its `to` twin
- `clause`    the verb of a complement clause or infinitive ("promised to withdraw", "said that it attacked")
- any preposition by its own word: `with`, `against`, `on`, `from`, `to`, `for`, `over`, `at`, `in`, `into` …
- dotted: a role of the word that fills a role: `object.of`, `object.poss`, `object.on`, `clause.subject`,
  `clause.object`, `clause.with`; `poss` is a possessor, `mod` a nationality adjective or compound of a noun.

**Conditions** (`if`): role → list of fillers, any of which may hold: a lemma (`talks`), a class from
`codebook/data/lexicon/classes.yaml` (`$talks`), a kind of mention (`@PERSON`, `@GPE`, `@actor` for anybody who can act),
`"*"` (filled by anything), `"-"` (not filled), a type of event that the filler itself is coded as (`=ASSAULT`).

**`reciprocal: true`**: all participants of `source` and `target` are sources ("X and Y met", "X met with Y").
**`embeds`**: predicates of promising, threatening, asking, refusing and the like take their type from what is promised:
a mapping from the type of the clause's (or object's) own event to the type of the whole, `"*"` for any other.
**`historical`, `modality`**: set where the word itself decides ("planned", "averted").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tag = Literal["verb", "noun", "adj"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of a predicate; see the module's text for the meaning of each field."""

    type: str
    mode: str | None = None
    cameo: str | None = None
    source: tuple[str, ...] = ("subject",)
    target: tuple[str, ...] = ()
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()
    reciprocal: bool = False
    embeds: Mapping[str, str] = field(default_factory=dict)
    modality: str | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word (with its particle) that may tell of an event, and its frames in order."""

    lemma: str
    tag: Tag
    frames: tuple[Frame, ...]
    particle: str | None = None
    origin: str = ""
