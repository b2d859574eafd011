"""`Statement`: who said what, to whom, in which words."""

from dataclasses import dataclass
from typing import Literal

from communique.records.actor import Participant
from communique.records.span import Span

Form = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution.

    `content` has one span per uninterrupted part, in order of text; quotation marks are outside the spans of a direct
    quotation. `cue` is the word of saying ("told", "according to") or None. `act` is what was done by saying it
    ("asserted", "asked", "promised", "warned", "denied", "praised", "apologised", "declined"); `attitude` marks thought
    and feeling (believes, fears) apart from speech. `topic` marks an attribution whose content is no more than what the
    words were about, or the act that they did: "condemned *the raid*", "agreed *to mark the border*"; the speaker is
    not given these words. `joint` are further speakers of the same words ("the minister *and the general* said").
    """

    id: str
    form: Form
    speaker: Participant
    addressee: Participant | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float
    act: str = "asserted"
    attitude: bool = False
    topic: bool = False
    joint: tuple[Participant, ...] = ()

    @property
    def speakers(self) -> tuple[Participant, ...]:
        """All who speak, the one whom the words name first in front."""
        return (self.speaker, *self.joint)
