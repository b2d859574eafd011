"""`codebook check` and `codebook try`: a user's own types, before anything is coded with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from communique.cli import coding
from communique.cli.output import console
from communique.codebook import Codebook, OwnTypes
from communique.codebook.checking import Remark, remarks
from communique.errors import InputError
from communique.records import Article, CodedArticle, Event, Problem

if TYPE_CHECKING:
    from communique.events.own import OwnHead, Trial


def check(path: Path) -> int:
    """Say what is wrong with a file of types and what could be better; gives 1 where something is wrong."""
    codebook, own = _own(path)
    told = list(remarks(own))
    if not any(each.fault for each in told):
        told += _by_head(_fitted(codebook))
    for each in sorted(told, key=lambda each: each.line):
        print(f"{path}, line {each.line}: {'' if each.fault else 'advice: '}{each.text}")
    faults = sum(each.fault for each in told)
    counts = ", ".join(f"{each.name} {len(each.examples)} + {len(each.others)}" for each in own.types)
    verdict = f"{faults} to mend" if faults else f"fit for use, {len(told)} pieces of advice" if told else "all well"
    print(f"{path}: {counts}; {verdict}")
    return 1 if faults else 0


def attempt(path: Path, text: str | None) -> int:
    """Show how each sentence of a file is coded without itself, or how a text is coded; gives the exit status."""
    codebook, own = _own(path)
    if text is None:
        _show_trials(own, _fitted(codebook).trials)
        return 0
    for article in _articles(text):
        _show_text(path, article)
    return 0


def _own(path: Path) -> tuple[Codebook, OwnTypes]:
    if not path.exists():
        raise InputError(f"{path} does not exist; name the YAML file of your types")
    codebook = Codebook.load(path)
    if codebook.own is None:
        raise InputError(f"{path} holds no own types; name a file that begins with “types:”, or a folder with own.yaml")
    return codebook, codebook.own


def _fitted(codebook: Codebook) -> "OwnHead":
    from communique.encoder import Encoder
    from communique.events.own import fit

    assert codebook.own is not None
    return fit(codebook.own, Encoder.load(), ours=codebook.shown())


def _by_head(head: "OwnHead") -> list[Remark]:
    from communique.events.own import advice

    return [Remark(line, text) for line, text in advice(head)]


def _show_trials(own: OwnTypes, trials: Sequence["Trial"]) -> None:
    shown = console()
    for kind in own.types:
        mine = [each for each in trials if each.type == kind.name]
        examples, others = [each for each in mine if each.tells], [each for each in mine if not each.tells]
        found, left = sum(each.right for each in examples), sum(each.right for each in others)
        shown.print(Text(f"{kind.name}, {kind.label} ({kind.quad})", style="bold"))
        grid = Table.grid(padding=(0, 2))
        for style, width in (("", 2), ("dim", 12), ("", 22)):
            grid.add_column(style=style, min_width=width)
        grid.add_column(overflow="fold")
        for each in mine:
            right = Text("✓", style="green") if each.right else Text("✗", style="red")
            word = f"{each.word} {each.probability:.2f}"
            grid.add_row(right, "example" if each.tells else "other", f"{each.found or 'nothing'} ({word})",
                         each.sentence.shown)  # fmt: skip
        shown.print(grid)
        shown.print(Text(f"found {found} of {len(examples)} examples, left alone {left} of {len(others)} others\n"))
    shown.print(Text("Each sentence was coded by what was learnt from all the others.", style="dim"))


def _articles(text: str) -> list[Article]:
    if text == coding.STDIN or Path(text).exists():
        found = list(coding.articles([text]))
    elif " " in text.strip():
        from communique import intake

        found = [intake.from_text(text, source="the command line")]
    else:
        raise InputError(f"{text} is no file; give a file, - for standard input, or a sentence in quotation marks")
    for each in found:
        if isinstance(each, Problem):
            raise InputError(f"{text}: {each.message}")
    return [each for each in found if isinstance(each, Article)]


def _show_text(path: Path, article: Article) -> None:
    """The events with the user's types, and what became of those that are coded without them."""
    coded, before = coding.load_coder(path).code(article), coding.load_coder().code(article)
    shown = console()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    for event in coded.events:
        grid.add_row(event.type, _told(coded, event))
        grid.add_row("", Text(f"{event.confidence:.2f}: {event.why}", style="dim"))
    shown.print(grid if coded.events else Text("nothing found"))
    for line in _changes(coded, before):
        shown.print(Text(line))


def _told(coded: CodedArticle, event: Event) -> str:
    text = coded.article.text
    words = {
        field: [" ".join(each.span.of(text).split()) for each in event.evidence if each.field == field]
        for field in ("source", "target")
    }
    sides = " → ".join(", ".join(words[field]) or "nobody" for field in ("source", "target"))
    return f"“{event.trigger.of(text)}”  {sides}  ({event.modality})"


def _changes(coded: CodedArticle, before: CodedArticle) -> list[str]:
    text = coded.article.text
    now = {event.trigger.start: event for event in coded.events}
    was = {event.trigger.start: event for event in before.events}
    lines: list[str] = []
    for start in sorted(now.keys() | was.keys()):
        new, old = now.get(start), was.get(start)
        if new is not None and old is not None and new.type == old.type:
            continue
        event = new or old
        assert event is not None
        lines.append(
            f"“{event.trigger.of(text)}”: without your types {old.type if old else 'nothing'}, "
            f"with them {new.type if new else 'nothing'}"
        )
    return lines
