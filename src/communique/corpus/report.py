"""Checks, counts and agreement as lines of text; doors print them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from communique.corpus.agree import Measure
from communique.corpus.annotation import AnnotatedArticle, MarkedEvent, MarkedStatement, Party
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
        f"{len(checked.rows)} rows, {len(checked.briefs)} briefs: {failed} errors, "
        f"{len(checked.complaints) - failed} notes, {len(checked.excesses)} breaches of variety"
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


def article_lines(article: AnnotatedArticle) -> Iterator[str]:
    """What an annotated file comes to, sentence by sentence, in words of the text."""
    text = article.text
    yield f"{article.id}: {article.article.title}"
    for chain in article.chains:
        code = "/".join(each for each in (chain.country or "", ",".join(chain.sectors)) if each)
        spans = [each for each in article.mentions if each.chain == chain.name]
        yield f"  {chain.name} {chain.kind} {code}: " + "; ".join(f"{m.span.of(text)} [{m.kind}]" for m in spans)
    for number, sentence in enumerate(article.sentences, start=1):
        yield f"{number}. {sentence.of(text)}"
        for statement in article.statements:
            if sentence.contains(statement.cue or statement.content[0]):
                yield f"     {_statement_line(statement, text)}"
        for event in article.events:
            if sentence.contains(event.trigger):
                yield f"     {_event_line(event, text)}"
    for entry in article.ledger:
        what = " … ".join(each.of(text) for each in entry.what)
        moves = ", ".join(f"{each.kind} {each.by}" for each in entry.moves)
        parties = f"{', '.join(entry.sources) or '-'} > {', '.join(entry.targets) or '-'}"
        yield f"  {entry.id} {entry.kind} {parties} [{entry.opened}]: {what} ({moves or 'no moves'})"


def _statement_line(statement: MarkedStatement, text: str) -> str:
    speaker = _party(statement.speaker, text)
    cue = statement.cue.of(text) if statement.cue else "-"
    to = f" > {_party(statement.addressee, text)}" if statement.addressee else ""
    attitude = " attitude" if statement.attitude else ""
    content = " | ".join(f"“{each.of(text)}”" for each in statement.content)
    return f"{statement.id} {speaker} {cue}{to} [{statement.act}{attitude}, {statement.form}]: {content}"


def _event_line(event: MarkedEvent, text: str) -> str:
    sources = ", ".join(_party(each, text) for each in event.sources) or "-"
    targets = ", ".join(_party(each, text) for each in event.targets) or "-"
    extras = [event.modality if event.modality != "actual" else "", "hist" if event.historical else ""]
    extras += [f"on {event.when.of(text)} {event.day or ''}".strip() if event.when else ""]
    extras += [f"at {_party(event.where, text)}" if event.where else "", *event.contexts, f"plv {event.plv}"]
    extras += [f"in {event.statement}" if event.statement else "", f"by {event.performed}" if event.performed else ""]
    extras += [f"same as {event.same}" if event.same else ""]
    kind = "/".join((event.type, *event.modes))
    return f"{event.id} {kind} “{event.trigger.of(text)}”: {sources} > {targets}; " + ", ".join(filter(None, extras))


def _party(party: Party | None, text: str) -> str:
    return "-" if party is None else f"{party.mention.of(text)} ({party.chain})"


def _listed(table: Counter[str]) -> str:
    shown = [f"{value} {number}" for value, number in table.most_common(_SHOWN)]
    rest = len(table) - len(shown)
    return ", ".join(shown) + (f", and {rest} more" if rest > 0 else "")
