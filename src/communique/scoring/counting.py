"""Counts of right, found and marked items, and the measures that follow from them."""

from dataclasses import dataclass


@dataclass
class Count:
    """Right, found and marked items of one measure."""

    right: int = 0
    found: int = 0
    marked: int = 0

    def add(self, right: int, found: int, marked: int) -> None:
        """Adds the counts of one article."""
        self.right, self.found, self.marked = self.right + right, self.found + found, self.marked + marked

    def measures(self, name: str) -> dict[str, float]:
        """Precision, recall and F1, per cent."""
        return {
            f"{name}.precision": percent(self.right, self.found),
            f"{name}.recall": percent(self.right, self.marked),
            f"{name}.f1": percent(2 * self.right, self.found + self.marked),
        }


def percent(part: int, whole: int) -> float:
    """The share in per cent, two decimals; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0
