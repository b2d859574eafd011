"""Checks, counts and agreement as lines of text; doors print them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from communique.corpus.agree import Measure
from communique.corpus.check import Checked, errors
from communique.corpus.stats import MODE_FLOOR, Coverage

# How many values of a table are shown before the rest is summed up.
_SHOWN = 40


def check_lines(checked: Checked, *, notes: bool = True) -> Iterator[str]:
    """One line per complaint and excess, and a summary."""
    for complaint in checked.complaints:
        if notes or complaint.level == "error":
            yield str(complaint)
    for excess in checked.excesses:
        yield f"variety: {excess}"
    failed = len(errors(checked.complaints))
    yield (
        f"{len(checked.articles)} articles, {sum(len(each.sentences) for each in checked.articles)} sentences, "
        f"{len(checked.rows)} rows: {failed} errors, {len(checked.complaints) - failed} notes, "
        f"{len(checked.excesses)} breaches of variety"
    )


def stats_lines(coverage: Coverage) -> Iterator[str]:
    """Totals, then one paragraph per table."""
    width = max(len(name) for name in coverage.totals)
    for name, number in coverage.totals.items():
        yield f"{name:<{width}}  {number}"
    for name, table in coverage.tables.items():
        if table:
            yield ""
            yield f"{name} ({len(table)}): {_listed(table)}"
    if coverage.missing_modes:
        yield ""
        yield f"modes below {MODE_FLOOR}: " + ", ".join(f"{name} {n}" for name, n in coverage.missing_modes.items())


def agree_lines(measures: Iterable[Measure]) -> Iterator[str]:
    """A table of layers: items of either side, of both, F1."""
    yield f"{'layer':<26}{'first':>7}{'second':>8}{'both':>7}{'F1':>8}"
    for each in measures:
        yield f"{each.layer:<26}{each.first:>7}{each.second:>8}{each.both:>7}{each.f1:>8.1f}"


def _listed(table: Counter[str]) -> str:
    shown = [f"{value} {number}" for value, number in table.most_common(_SHOWN)]
    rest = len(table) - len(shown)
    return ", ".join(shown) + (f", and {rest} more" if rest > 0 else "")
