"""Whether confidences mean what they say: reliability table and expected calibration error.

The expected calibration error (Naeini and others, 2015) is the mean distance, over tenths of confidence, between the
mean confidence of the answers in a tenth and the share of them that is right, weighted by their number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with a confidence of `low` to `high`: how many, their mean confidence and the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The table, tenths without answers left out, and the error, 0 to 1."""

    bins: tuple[Bin, ...]
    error: float

    def as_dict(self) -> dict[str, object]:
        """For a score: the error and one line per tenth."""
        lines = {
            f"{each.low:.1f}-{each.high:.1f}": f"{each.count} answers, {each.confidence:.3f} sure, {each.right:.3f} so"
            for each in self.bins
        }
        return {"calibration_error": round(self.error, 4), "reliability": lines}


def reliability(answers: Iterable[tuple[float, bool]]) -> Reliability:
    """The reliability of answers, each with its confidence (0 to 1) and whether it was right."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in answers:
        held[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    bins = tuple(
        Bin(
            number / _BINS, (number + 1) / _BINS, len(each), sum(one for one, _ in each) / len(each),
            sum(right for _, right in each) / len(each),
        )
        for number, each in enumerate(held) if each
    )  # fmt: skip
    whole = sum(each.count for each in bins)
    return Reliability(bins, sum(each.count * abs(each.confidence - each.right) for each in bins) / max(1, whole))
