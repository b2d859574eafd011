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
- `infinitive` the same where it is an infinitive with "to" ("told them to withdraw", not "told them that it withdrew")
- any preposition by its own word: `with`, `against`, `on`, `from`, `to`, `for`, `over`, `at`, `in`, `into` …
- dotted: a role of the word that fills a role: `object.of`, `object.poss`, `object.on`, `clause.subject`,
  `clause.object`, `clause.with`; `poss` is a possessor, `mod` a nationality adjective or compound of a noun.

**Conditions** (`if`): role → list of fillers, any of which may hold: a lemma (`talks`), a class from
`codebook/data/lexicon/classes.yaml` (`$talks`), a kind of mention (`@PERSON`, `@GPE`, `@actor` for anybody who can
act), `"*"` (filled by anything), `"-"` (not filled), a type of event that the filler itself is coded as (`=ASSAULT`).
`mod` as a condition of a noun is any adjective or compound before it (`mod: [heart]` of "heart attack").

**`reciprocal: true`**: all participants of `source` and `target` are sources ("X and Y met", "X met with Y").
**`embeds`**: predicates of promising, threatening, asking, refusing and the like take their type from what is
promised: a mapping from the type of the clause's (or object's) own event to the type of the whole, `"*"` for any other.
The target `"="` keeps the embedded event's own type ("voted to impeach" tells of an ACCUSE); `NONE` says that the
embedding tells of nothing. With `embeds`, `mode` is left out: `Codebook.embedded` gives mode and CAMEO code from what
is promised, asked, refused or threatened.
**`historical`, `modality`**: set where the word itself decides ("planned", "averted").
**`absorbs`**: roles whose filler tells of no event of its own, since this frame has told it ("called off the talks" is
one REJECT, no CONSULT). Left out in a file, it is every role of `if` that asks for a lemma, a class or a type, and
`clause` (or `object`) where the frame embeds; `absorbs: []` keeps the filler's event ("condemned the attack" is two).
A role counts as filled for `source` and `target` only by a mention that can act; else the next role is tried.

**Short cuts of the files**, undone by the loader, so that the events room never sees them:

- `lemma` may be a list of words that share all frames; `noun` (a word or a list) names event nouns that share them too;
  an `example` may then be a list, in the order of these words ("" where a word has none);
- a single role or filler needs no brackets;
- in the lists and conditions of a verb or noun, a bare preposition `with` stands for `object.with` too, because a
  parser may hang the phrase on either; a noun's `subject` also finds the `by` phrase of what it is done to;
- `@somebody` among fillers stands for every kind of mention that can act;
- a plural among lemmas stands for its singular too ("arms": arms, arm);
- `cameo` left out is the default of type and mode.

**Light verbs** (class `$light`, verbs with their particle as "carry_out"): "launched an attack on X", "held talks with
X", "imposed sanctions on X", "came under attack by X" (`$light_passive`) need no frames of their own; the noun's frames
decide, with the verb's subject as `subject` (as `object` for `$light_passive`) and the verb's prepositional phrases as
the noun's. A verb that has a frame of its own whose conditions hold for that object goes first.
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
    historical: bool = False
    absorbs: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word (with its particle) that may tell of an event, and its frames in order."""

    lemma: str
    tag: Tag
    frames: tuple[Frame, ...]
    particle: str | None = None
    origin: str = ""
