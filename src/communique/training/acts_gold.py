"""The project's corpus → gold layers of acts over words; windows with what the reader's lower half makes of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from communique.codebook import Codebook
from communique.corpus import AnnotatedArticle, Brief, MarkedEvent, Row, part_of_row, split_of
from communique.corpus.vocabulary import ACTS, LABELS, MODALITIES, TYPES
from communique.encoder import Cutter, Encoder, Token
from communique.encoder.windows import Window
from communique.reading import read, tokens
from communique.records import Article, Document, Span
from communique.training.acts import FORK, ActLabels

UNTOLD = -100  # what a loss over classes leaves out
LINKS = ("source", "target", "speaker", "addressee", "first", "last")


@dataclass(frozen=True)
class Telling:
    """A trigger as marked: numbers of the label sets; two types of one act share its probability. `label` is `UNTOLD`
    where nobody looked at the CAMEO policy's answer."""

    word: int
    types: tuple[int, ...]
    label: int
    modes: tuple[int, ...]
    contexts: tuple[int, ...]
    modality: int
    past: bool


@dataclass(frozen=True)
class Saying:
    """A cue as marked."""

    word: int
    act: int
    attitude: bool


@dataclass(frozen=True)
class ActGold:
    """One text with the layers that it has. Indices count words from 0.

    `links` are (kind, trigger or cue, word); `doubtful` pairs of the same form that are neither right nor wrong.
    `pair` is a marked source, target, label and type of a single row.
    `told` says that every trigger with its links is marked, `said` the same of cues.
    """

    name: str
    tokens: tuple[Token, ...]
    told: bool = False
    said: bool = False
    tellings: tuple[Telling, ...] = ()
    sayings: tuple[Saying, ...] = ()
    links: tuple[tuple[int, int, int], ...] = ()
    doubtful: tuple[tuple[int, int, int], ...] = ()
    pair: tuple[tuple[int, ...], tuple[int, ...], int, int] | None = None


@dataclass(frozen=True)
class Cut:
    """A window of a text, with the reader's pieces after layer `FORK` and its word vectors, both float16."""

    gold: ActGold
    window: Window
    hidden: NDArray[np.float16]
    parsed: NDArray[np.float16]


def act_labels(codebook: Codebook) -> ActLabels:
    """The label sets, from the codebook and the corpus's vocabulary."""
    return ActLabels(
        type=("", *sorted(TYPES)),
        label=tuple(sorted(LABELS)),
        mode=("", *sorted(f"{each.type}/{each.name}" for each in codebook.modes.values())),
        context=tuple(sorted(codebook.contexts)),
        modality=MODALITIES,
        cue=("", *sorted(ACTS)),
        link=LINKS,
    )


class Marker:
    """Marked articles and rows → gold over the words that the program itself cuts, with its trees for heads."""

    def __init__(self, encoder: Encoder, labels: ActLabels) -> None:
        self._encoder = encoder
        self._number = {
            name: {label: number for number, label in enumerate(getattr(labels, name))}
            for name in ("type", "label", "mode", "context", "modality", "cue", "link")
        }

    def article(self, marked: AnnotatedArticle) -> ActGold:
        """The gold of one article of the corpus."""
        document = read(marked.article, self._encoder)
        number = self._number
        at = {(mention.chain, mention.span): _head(document, mention.span) for mention in marked.mentions}
        chain_heads: dict[str, set[int]] = {}
        for (chain, _), head in at.items():
            chain_heads.setdefault(chain, set()).add(head)
        links: set[tuple[int, int, int]] = set()
        doubtful: set[tuple[int, int, int]] = set()

        def link(kind: str, word: int, chain: str, span: Span) -> None:
            links.add((number["link"][kind], word, at.get((chain, span), _head(document, span))))
            doubtful.update((number["link"][kind], word, head) for head in chain_heads.get(chain, ()))

        tellings = self._tellings(document, marked.events, link)
        sayings: dict[int, Saying] = {}
        for statement in marked.statements:
            if statement.cue is None:
                continue
            word = _head(document, statement.cue)
            sayings[word] = Saying(word, number["cue"][statement.act], statement.attitude)
            if statement.speaker is not None:
                link("speaker", word, statement.speaker.chain, statement.speaker.mention)
            if statement.addressee is not None:
                link("addressee", word, statement.addressee.chain, statement.addressee.mention)
            for part in statement.content:
                inside = document.words_in(part)
                if inside:
                    links.add((number["link"]["first"], word, inside[0].index))
                    links.add((number["link"]["last"], word, inside[-1].index))
        return ActGold(
            name=marked.id,
            tokens=_tokens(document),
            told=True,
            said=True,
            tellings=tellings,
            sayings=tuple(sayings.values()),
            links=tuple(sorted(links)),
            doubtful=tuple(sorted(doubtful - links)),
        )

    def brief(self, brief: Brief) -> ActGold:
        """The gold of a short passage: every trigger with its parties; no sayings, no labels of the CAMEO policy, which
        are derived there without a look at each."""
        document = read(Article(id=brief.id, version=brief.id, text=brief.text), self._encoder)
        links: set[tuple[int, int, int]] = set()

        def link(kind: str, word: int, chain: str, span: Span) -> None:
            del chain
            links.add((self._number["link"][kind], word, _head(document, span)))

        tellings = tuple(replace(each, label=UNTOLD) for each in self._tellings(document, brief.events, link))
        return ActGold(
            name=brief.id, tokens=_tokens(document), told=True, tellings=tellings, links=tuple(sorted(links))
        )

    def _tellings(
        self, document: Document, events: Iterable[MarkedEvent], link: Callable[[str, int, str, Span], None]
    ) -> tuple[Telling, ...]:
        """The triggers, one a word; `link` is told of every party."""
        number = self._number
        tellings: dict[int, Telling] = {}
        for event in events:
            word = _head(document, event.trigger)
            telling = Telling(
                word,
                (number["type"][event.type],),
                number["label"][event.plv],
                tuple(number["mode"][f"{event.type}/{mode}"] for mode in event.modes) or (0,),
                tuple(number["context"][each] for each in event.contexts),
                number["modality"][event.modality],
                event.historical,
            )
            before = tellings.get(word)
            if before is not None:
                telling = replace(before, types=before.types + telling.types, modes=before.modes + telling.modes)
            tellings[word] = telling
            for party in event.sources:
                link("source", word, party.chain, party.mention)
            for party in event.targets:
                link("target", word, party.chain, party.mention)
        return tuple(tellings.values())

    def row(self, row: Row) -> ActGold:
        """The gold of one marked sentence: the type between two phrases, wherever its trigger is."""
        document = read(Article(id=row.id, version=row.id, text=row.text), self._encoder)
        sides = [heads(document, (span,)) for span in (row.source, row.target)]
        pair = sides[0], sides[1], self._number["label"][row.label], self._number["type"][row.type]
        return ActGold(name=row.id, tokens=_tokens(document), pair=pair)


def heads(document: Document, spans: Iterable[Span]) -> tuple[int, ...]:
    """The head words of the phrases in order of text."""
    return tuple(sorted({_head(document, span) for span in spans}))


def _head(document: Document, span: Span) -> int:
    """The word of the span that is governed from outside it."""
    inside = document.words_in(span)
    indices = {word.index for word in inside}
    tops = [word for word in inside if word.head not in indices]
    best = next((word for word in tops if word.upos not in ("PUNCT", "ADP", "DET", "CCONJ", "PART")), None)
    return (best or (tops or inside)[0]).index


def _tokens(document: Document) -> tuple[Token, ...]:
    spans = [(word.span, document.sentences[word.sentence].paragraph) for word in document.words]
    return tuple(tokens.tokens(document.text, spans))


def own_corpus(
    articles: Iterable[AnnotatedArticle], rows: Iterable[Row], briefs: Iterable[Brief], marker: Marker
) -> Iterator[tuple[str, ActGold]]:
    """Everything with its part."""
    for marked in articles:
        yield split_of(marked.id), marker.article(marked)
    for row in rows:
        yield part_of_row(row.id), marker.row(row)
    for brief in briefs:
        yield split_of(brief.home), marker.brief(brief)


class LowerHalf:
    """The shipped reader up to the fork."""

    def __init__(self, folder: Path) -> None:
        model = onnx.load(str(folder / "reader.onnx"))
        fork = fork_name()
        model.graph.output.append(onnx.helper.make_tensor_value_info(fork, onnx.TensorProto.FLOAT, None))
        options = SessionOptions()
        options.intra_op_num_threads = 1
        self._session = InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        self._outputs = [fork, "meaning"]
        self.cutter = Cutter(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def cuts(self, gold: ActGold, *, limit: int) -> Iterator[Cut]:
        """The windows of one text."""
        for window in self.cutter.cut(gold.tokens, limit=limit):
            feed = {"pieces": window.pieces[None], "shapes": window.shapes[None], "positions": window.positions[None]}
            hidden, parsed = self._session.run(self._outputs, feed)
            yield Cut(gold, window, hidden[0].astype(np.float16), parsed.astype(np.float16))


def fork_name() -> str:
    """What the graph of the reader calls its pieces after layer `FORK`."""
    return f"/layers.{FORK - 1}/norm2/LayerNormalization_output_0"


def cut_all(golds: Sequence[ActGold], lower: LowerHalf, *, limit: int) -> list[Cut]:
    """Windows of all texts."""
    return [cut for gold in golds for cut in lower.cuts(gold, limit=limit)]
