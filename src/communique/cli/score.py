"""`score`: the program as it ships against hand-coded files; what each kind needs of the program is run here.

The measures are those of :mod:`communique.scoring`; nothing of the hand-coded file is given to the program but what the
protocol of its kind gives.
"""

import dataclasses
import gzip
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.cli.coding import failure
from communique.cli.output import console
from communique.errors import InputError, ScoringError
from communique.records import Article, CodedArticle, Document, Span, Statement

if TYPE_CHECKING:
    from communique.codebook import Codebook
    from communique.encoder import Encoder
    from communique.grounding import Grounding, Registry
    from communique.pipeline import Coder
    from communique.scoring import attribution

Measures = Mapping[str, Any]


class Program:
    """The shipped model, registry and codebook, each loaded when a kind of score needs it."""

    @cached_property
    def encoder(self) -> "Encoder":
        """The shipped encoder."""
        from communique.encoder import Encoder

        return Encoder.load()

    @cached_property
    def registry(self) -> "Registry":
        """The shipped registry."""
        from communique.grounding import Registry

        return Registry.load()

    @cached_property
    def codebook(self) -> "Codebook":
        """The shipped codebook."""
        from communique.codebook import Codebook

        return Codebook.load()

    @cached_property
    def coder(self) -> "Coder":
        """All of them together."""
        from communique.pipeline import Coder

        return Coder(self.encoder, self.registry, self.codebook)

    def read(self, article: Article) -> Document:
        """The article read."""
        from communique.reading import read

        return read(article, self.encoder)

    def ground(self, article: Article) -> "Grounding":
        """The article read and grounded."""
        from communique.grounding import ground

        return ground(self.read(article), self.registry)

    def code(self, text: str, *, published: str | None = None) -> CodedArticle:
        """The text coded. Raises `ScoringError` where the program fails on it: a score must not hide that."""
        coded = self.coder.code(as_article(text, published=published))
        if (trouble := failure(coded)) is not None:
            raise ScoringError(f"{trouble.message}; the text begins {text[:60]!r}")
        return coded


def score(kind: str, files: Sequence[Path], *, form: str, mistakes: int = 0) -> int:
    """Score the program on `files` by the protocol of `kind` and print the measures, with so many of the most telling
    `mistakes` where the kind lists them; gives the exit status.

    Raises `InputError` for an unknown kind or a missing file, `ScoringError` for a file that breaks its form.
    """
    run = KINDS.get(kind)
    if run is None:
        raise InputError(f"there is no score of “{kind}”; there are {', '.join(KINDS)}")
    for file in files:
        if not file.is_file():
            raise InputError(f"{file} is no file; a score needs hand-coded files, see the documentation of scoring")
    program = Program()
    try:
        measures = dict(run(program, files))
    except (UnicodeDecodeError, gzip.BadGzipFile, json.JSONDecodeError) as error:
        raise ScoringError(f"{files[0]} cannot be read as a file of kind {kind}: {error}") from error
    wrong = measures.pop("mistakes", None)
    if mistakes and wrong is None:
        raise InputError(f"the score “{kind}” lists no mistakes; those of events do: corpus, relations")
    told = {"kind": kind, "files": [file.name for file in files], **_used(program), **measures}
    if wrong is not None and mistakes:
        told["mistakes"] = wrong[:mistakes]
    if form == "json":
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        from communique.views.tables import measures as table

        listed = told.pop("mistakes", [])
        console().print(table({**told, "files": ", ".join(told["files"])}))
        for row in listed:
            console().print(_mistake(row), highlight=False, markup=False)
    return 0


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(each.of(text) for each in spans)


def _mistake(row: Measures) -> str:
    sure = "" if row["confidence"] is None else f" ({row['confidence']:.2f})"
    told = f"{row['marked'] or 'nothing'}, found {row['found'] or 'nothing'}{sure}: {row['trigger']}"
    return f"\n{told}\n  {row['sentence']}"


def as_article(text: str, *, published: str | None = None) -> Article:
    """A hand-coded text as an article, character for character: offsets must stay those of the file."""
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Article(id=name, version=name, text=text, published=published)


def lines(files: Sequence[Path]) -> Iterator[tuple[str, Any]]:
    """Each line of JSON Lines files, plain or gzipped, with its place for messages.

    Raises `ScoringError` where a line is no JSON object.
    """
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as opened:
            for number, line in enumerate(opened, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except json.JSONDecodeError as error:
                    raise ScoringError(f"{file}, line {number}: no JSON ({error})") from error
                yield f"{file}, line {number}", row


def _used(program: Program) -> Measures:
    """What was scored: the program's version and the digests of its parts, as far as they were used."""
    from communique import __version__

    used = vars(program)
    digests: dict[str, Any] = {}
    for part in ("encoder", "registry", "codebook"):
        if part in used:
            digests[part] = used[part].digest
    return {"software": f"communique {__version__}", **digests}


def _relations(program: Program, files: Sequence[Path]) -> Measures:
    from communique.events.relation import Answer, between
    from communique.scoring.calibration import reliability
    from communique.scoring.relations import read_rows, score_relations
    from communique.statements import find

    def answer(text: str, source: Any, target: Any) -> Answer:
        grounding = program.ground(as_article(text))
        said = find(grounding)
        return between(grounding, said, program.codebook, source=source, target=target)

    rows = [row for file in files for row in read_rows(file)]
    answers = [answer(row.text, row.source, row.target) for row in rows]
    scores = score_relations((row.gold, given.label) for row, given in zip(rows, answers, strict=True))
    sure = reliability((given.confidence, row.gold == given.label) for row, given in zip(rows, answers, strict=True))
    confusion: dict[str, dict[str, int]] = {}
    for (gold, given), count in sorted(scores.confusion.items()):
        confusion.setdefault(gold, {})[given] = count
    wrong = [
        {"marked": row.gold, "found": given.label, "confidence": given.confidence, "sentence": row.text,
         "trigger": f"{_words(row.text, row.source)} → {_words(row.text, row.target)}"}
        for row, given in sorted(zip(rows, answers, strict=True), key=lambda each: -each[1].confidence)
        if row.gold != given.label
    ]  # fmt: skip
    return {
        **_flat(scores), **sure.as_dict(), "by_root": dict(scores.by_root), "confusion": confusion, "mistakes": wrong
    }  # fmt: skip


def _events(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring.events import read_texts, score_events, triples

    def answer(text: str, published: str | None) -> Any:
        coded = program.code(text, published=published)
        return triples(coded.events, coded.actors)

    texts = (text for file in files for text in read_texts(file))
    return dataclasses.asdict(score_events((each.triples, answer(each.text, each.published)) for each in texts))


def _attribution(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring import attribution
    from communique.statements import find

    def pairs() -> Iterator[tuple[attribution.AttributedText, list[attribution.Attribution]]]:
        for place, row in lines(files):
            try:
                text = attribution.from_form(row, is_attitude=_is_attitude)
            except ScoringError as error:
                raise ScoringError(f"{place}: {error}") from error
            grounding = program.ground(as_article(text.text))
            mentions, found = grounding.document.mentions, find(grounding)
            speakers = {each.mention for statement in found for each in statement.speakers}
            phrases = {
                each.id: attribution.named(each, mentions, text.text) for each in mentions if each.id in speakers
            }
            yield text, [_as_attribution(each, phrases) for each in found]

    return attribution.score(pairs())


def _quotes(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring import quotes

    def pairs() -> Iterator[tuple[quotes.QuotedText, CodedArticle]]:
        for place, row in lines(files):
            try:
                document = quotes.from_form(row)
            except ScoringError as error:
                raise ScoringError(f"{place}: {error}") from error
            yield document, program.code(document.text)

    return quotes.score(pairs())


def _as_attribution(statement: Statement, phrases: Mapping[str, tuple[Span, ...]]) -> "attribution.Attribution":
    from communique.scoring.attribution import Attribution

    return Attribution(
        source=tuple(span for each in statement.speakers for span in phrases.get(each.mention, ())),
        cue=() if statement.cue is None else (statement.cue,),
        content=statement.content,
        form=statement.form,
        attitude=statement.attitude,
    )


def _is_attitude(cue: str) -> bool:
    """Whether the first word of a hand-marked cue that the lexicon knows as a verb is one of thought."""
    from communique.reading.lemmas import lemma
    from communique.statements.lexicon import Lexicon

    cues = Lexicon.load().cues
    for word in cue.split():
        for xpos in ("VBD", "VBZ", "VBG", "VB"):
            known = cues.get(("verb", lemma(word.strip(".,;:"), "VERB", xpos)))
            if known:
                return known[0].attitude
    return False


def _parse(program: Program, files: Sequence[Path]) -> Measures:
    from communique.reading import reread
    from communique.scoring import parse

    gold = [document for file in files for document in _treebank(file, _text_lines(file))]
    return {
        "gold_words": parse.score((each, reread(each, program.encoder)) for each in gold),
        "raw_text": parse.score((each, program.read(each.article)) for each in gold),
    }


def _mentions(program: Program, files: Sequence[Path]) -> Measures:
    from communique.records import Span
    from communique.scoring import mentions

    def treebank(file: Path) -> Iterator[tuple[list[mentions.Marked], Document]]:
        content = _text_lines(file)
        for gold, column in zip(_treebank(file, content), mentions.entity_columns(content), strict=True):
            yield list(mentions.gum_mentions(gold, column)), program.read(gold.article)

    def entities(file: Path) -> Iterator[tuple[list[mentions.Marked], Document]]:
        for place, row in lines([file]):
            try:
                kinds = ((each, mentions.RE3D_KINDS.get(each["type"])) for each in row["entities"])
                marked = [
                    mentions.Marked(Span(each["start"], each["end"]), kind)
                    for each, kind in kinds
                    if kind and each.get("confidence", 1) > 0
                ]
                article = as_article(row["text"])
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise ScoringError(
                    f"{place}: found {error!r}; a line is an object with text, and entities with start, end and type"
                ) from error
            yield marked, program.read(article)

    names_only = all(".jsonl" in file.name for file in files)
    if not names_only and any(".jsonl" in file.name for file in files):
        raise ScoringError("score CoNLL-U and JSONL files of mentions apart: they mark different kinds")
    read = entities if names_only else treebank
    return mentions.score((pair for file in files for pair in read(file)), names_only=names_only)


def _treebank(file: Path, content: Sequence[str]) -> list[Document]:
    """The documents of a CoNLL-U file. Raises `ScoringError` where it is none."""
    from communique.reading.conllu import documents

    try:
        found = list(documents(content))
    except (IndexError, KeyError, ValueError) as error:
        raise ScoringError(f"{file} is no CoNLL-U file ({error}); each word is a line of ten fields") from error
    if not any(document.words for document in found):
        raise ScoringError(f"{file} holds no words; a CoNLL-U file is accepted")
    return found


def _text_lines(file: Path) -> list[str]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as opened:
        return list(opened)


def _corpus(program: Program, files: Sequence[Path]) -> Measures:
    from communique.corpus import load_annotated
    from communique.scoring import annotated
    from communique.scoring.mistakes import most_telling

    pairs = [(each, program.coder.code(each.article)) for each in load_annotated(files)]
    return {**annotated.score(pairs), "mistakes": [each.as_row() for each in most_telling(pairs)]}


def _actors(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring import actors

    def answer(text: str, day: str) -> "Grounding":
        return program.ground(as_article(text, published=day))

    return actors.score((query for file in files for query in actors.read(file)), answer)


def _coreference(program: Program, files: Sequence[Path]) -> Measures:
    """CoNLL measures on CoNLL-U files with an `Entity` column; named antecedents on articles of the corpus."""
    from communique.corpus import load
    from communique.scoring import coreference, mentions

    def treebank(file: Path) -> Iterator[tuple[Document, list[mentions.Marked], Document]]:
        content = _text_lines(file)
        for gold, column in zip(_treebank(file, content), mentions.entity_columns(content), strict=True):
            yield gold, list(mentions.gum_mentions(gold, column)), program.ground(gold.article).document

    own = [file for file in files if file.suffix == ".txt"]
    banks = [file for file in files if file.suffix != ".txt"]
    told: dict[str, Any] = {}
    if banks:
        told |= coreference.conll(triple for file in banks for triple in treebank(file))
    if own:
        told |= coreference.named((each, program.ground(each.article).document) for each in load(own))
    return told


def _dates(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring import dates

    texts = (text for file in files for text in dates.read(file))
    return dates.score(texts, reader=program.read).as_dict()


def _places(program: Program, files: Sequence[Path]) -> Measures:
    from communique.scoring import places

    texts = [text for file in files for text in places.read(file)]
    resolution = places.score_resolution(texts)
    recognition = places.score_recognition(texts, program.read)
    return {"resolution": dataclasses.asdict(resolution), "recognition": dataclasses.asdict(recognition)}


def _extraction(program: Program, files: Sequence[Path]) -> Measures:
    from communique.intake import from_html
    from communique.scoring import extraction

    def pairs() -> Iterator[tuple[str, extraction.GoldPage]]:
        for file in files:
            for gold in extraction.gold_pages(file):
                page = file.parent / gold.html
                if not page.is_file():
                    raise ScoringError(f"{file} names the page {gold.html}, and {page} is no file")
                data = page.read_bytes()
                found = from_html(gzip.decompress(data) if page.suffix == ".gz" else data, url=gold.url)
                yield (found.text if isinstance(found, Article) else ""), gold

    return extraction.score(pairs())


def _ledger(program: Program, files: Sequence[Path]) -> Measures:
    from communique.ledger import acts_of, join
    from communique.scoring import ledger

    def answer(articles: Sequence[Article]) -> Any:
        return join(act for each in articles for act in acts_of(program.coder.code(each)))

    return ledger.score((ledger.read(file) for file in files), answer)


# Characters that may lie between the trigger marked by hand and the one that was coded.
_NEXT = 8


def _gap(row: Mapping[str, Any], trigger: Span) -> int:
    start, end = int(row["start"]), int(row["end"])
    return max(0, start - trigger.end, trigger.start - end)


def _happenings(program: Program, files: Sequence[Path]) -> Measures:
    from communique.ledger.happenings import Told, compare, told
    from communique.scoring import happenings
    from communique.store.rows import article_row, event_rows

    known: dict[happenings.Telling, Told | None] = {}

    def report(telling: happenings.Telling) -> Told | None:
        if telling not in known:
            coded = program.code(telling.text, published=telling.day)
            # "Held *talks*" may be coded at either word: the nearest trigger within a word's length is meant.
            found = event_rows(coded)
            row = min(found, key=lambda each: _gap(each, telling.trigger), default=None)
            meant = row if row is not None and _gap(row, telling.trigger) <= _NEXT else None
            known[telling] = None if meant is None else told({**article_row(coded), **meant})
        return known[telling]

    def answer(one: happenings.Telling, other: happenings.Telling) -> str:
        first, second = report(one), report(other)
        return "different" if first is None or second is None else compare(first, second).relation

    return happenings.score((pair for file in files for pair in happenings.pairs(happenings.read(file))), answer)


def _duplicates(program: Program, files: Sequence[Path]) -> Measures:
    """Texts and pairs of them, in any order of the files; nothing of the program's model is used."""
    import datetime as dt

    from communique.ledger.copies import Text, fold, near, stories_of
    from communique.scoring import duplicates

    gold = duplicates.read(lines(files))
    ids = [doc.id for doc in gold.docs]
    pairs = {frozenset((ids[pair.first], ids[pair.second])): kin for pair, kin in near([doc.text for doc in gold.docs])}
    days = [dt.date.fromisoformat(doc.day[:10]) if doc.day else None for doc in gold.docs]
    texts = (Text(doc.id, day, doc.day or "9999", doc.text) for doc, day in zip(gold.docs, days, strict=True))
    return duplicates.score(gold, pairs, stories_of(fold(texts)))


def _flat(scores: Any) -> dict[str, Any]:
    """The plain numbers of a dataclass of scores."""
    told = {field.name: getattr(scores, field.name) for field in dataclasses.fields(scores)}
    return {name: value for name, value in told.items() if isinstance(value, int | float)}


KINDS: Mapping[str, Callable[[Program, Sequence[Path]], Measures]] = {
    "parse": _parse,
    "mentions": _mentions,
    "relations": _relations,
    "events": _events,
    "corpus": _corpus,
    "attribution": _attribution,
    "quotes": _quotes,
    "actors": _actors,
    "coreference": _coreference,
    "dates": _dates,
    "places": _places,
    "extraction": _extraction,
    "ledger": _ledger,
    "happenings": _happenings,
    "duplicates": _duplicates,
}
