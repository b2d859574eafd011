"""`Sign`: what the model says of one word that may tell of an act or a saying, before any rule has its say."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sign:
    """Probabilities, 0 to 1, of one word; what is hardly likely is left out.

    `word` is an index of the document. `types` are PLOVER types of the act that the word tells of; what their sum lacks
    to 1 says that it tells of none. `labels` (of the CAMEO policy), `modes` ("TYPE/mode"), `contexts`, `modalities` and
    `past` (long ago) hold if it tells of one. `acts` are acts of saying of which the word is the cue, in the same way,
    with `attitude`. `links` give for each role ("source", "target", "speaker", "addressee", "first", "last") the words
    that may fill it.
    """

    word: int
    types: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, float] = field(default_factory=dict)
    modes: Mapping[str, float] = field(default_factory=dict)
    contexts: Mapping[str, float] = field(default_factory=dict)
    modalities: Mapping[str, float] = field(default_factory=dict)
    past: float = 0.0
    acts: Mapping[str, float] = field(default_factory=dict)
    attitude: float = 0.0
    links: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    @property
    def tells(self) -> float:
        """The probability that the word tells of an act at all."""
        return sum(self.types.values())

    @property
    def says(self) -> float:
        """The probability that the word is the cue of a saying."""
        return sum(self.acts.values())

    def link(self, role: str, word: int) -> float:
        """The probability that the other word fills the role."""
        return self.links.get(role, {}).get(word, 0.0)
