"""Training of the heads of acts upon the finished reader: `python -m communique.training acts …`.

The lower half runs once over all texts and its pieces are kept, so that a pass is cheap. A single marked row names no
trigger: every word may be the one, with the probability that the heads give it, and the row's type is that of the
mixture; so rows teach triggers and links along with types.
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from communique.codebook import Codebook
from communique.corpus import load_whole, split_of
from communique.encoder import Encoder
from communique.encoder.windows import WINDOW_PIECES
from communique.training.acts import FORK, ActLabels, Acts
from communique.training.acts_gold import (
    LINKS,
    UNTOLD,
    ActGold,
    Cut,
    LowerHalf,
    Marker,
    act_labels,
    cut_all,
    own_corpus,
)
from communique.training.loop import fit
from communique.training.losses import FAR
from communique.training.swapping import Pools

WEIGHTS = {
    "type": 1.0, "label": 0.5, "mode": 0.3, "context": 0.3, "modality": 0.3, "past": 0.2, "cue": 0.7, "attitude": 0.1,
    "link": 2.0, "pair": 1.0,
}  # fmt: skip
SHORTER = 150  # pieces of a window at the second look, which cuts articles elsewhere
ROWS_AGAIN = 0.5  # share of the rows that are looked at twice
ASIDE = -3.0  # log of the weight of a side that fills the other role: reciprocal acts have two sources


@dataclass(frozen=True)
class ActBatch:
    """Tensors over B windows of P pieces and W words; lists of words as rows of (window, word, …)."""

    hidden: Tensor  # [B, P, size]
    lengths: Tensor  # [B]
    positions: Tensor  # [B, W]
    parsed: Tensor  # [B, W, size]
    words: Tensor  # [B, W] bool
    told: Tensor  # [B] bool: every trigger is marked
    said: Tensor  # [B] bool: every cue is marked
    types: Tensor  # [B, W, types] probabilities
    tellings: Tensor  # [N, 5] window, word, label, modality, past
    modes: Tensor  # [N, modes] probabilities
    contexts: Tensor  # [N, contexts] 0 or 1
    cues: Tensor  # [B, W]
    attitudes: Tensor  # [M, 3] window, word, attitude
    links: Tensor  # [B, kinds, W, W] 0 or 1, -1 where doubtful or out of reach
    pairs: Tensor  # [R, 3] window, label, type
    sides: Tensor  # [R, 2, W] bool


def act_batches(
    cuts: Sequence[Cut], labels: ActLabels, *, pieces: int, chance: random.Random | None = None
) -> Iterator[ActBatch]:
    """Batches of windows of like length, about `pieces` pieces each, in random order with `chance`."""
    order = sorted(cuts, key=lambda cut: len(cut.window.pieces) + (chance.random() * 8 if chance else 0))
    groups: list[list[Cut]] = [[]]
    for cut in order:
        if (len(groups[-1]) + 1) * len(cut.window.pieces) > pieces and groups[-1]:
            groups.append([])
        groups[-1].append(cut)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield _batch(group, labels)


def _batch(group: Sequence[Cut], labels: ActLabels) -> ActBatch:
    count, size = len(group), group[0].hidden.shape[1]
    most_pieces = max(len(cut.window.pieces) for cut in group)
    most = max(len(cut.window.positions) for cut in group)
    hidden, parsed = torch.zeros(count, most_pieces, size), torch.zeros(count, most, size)
    positions, cues = torch.zeros(count, most, dtype=torch.long), torch.zeros(count, most, dtype=torch.long)
    types = torch.zeros(count, most, len(labels.type))
    types[..., 0] = 1.0
    links = torch.full((count, len(labels.link), most, most), -1, dtype=torch.int8)
    tellings, modes, contexts, attitudes, pairs, sides = [], [], [], [], [], []
    for row, cut in enumerate(group):
        gold, first, last = cut.gold, cut.window.first, cut.window.last
        hidden[row, : len(cut.hidden)] = torch.from_numpy(cut.hidden).float()
        parsed[row, : last - first] = torch.from_numpy(cut.parsed).float()
        positions[row, : last - first] = torch.from_numpy(cut.window.positions)
        for telling in gold.tellings:
            if not first <= telling.word < last:
                continue
            place = telling.word - first
            types[row, place] = _shares(telling.types, len(labels.type))
            tellings.append([row, place, telling.label, telling.modality, int(telling.past)])
            modes.append(_shares(telling.modes, len(labels.mode)))
            contexts.append(torch.zeros(len(labels.context)).index_fill(0, torch.tensor(telling.contexts).long(), 1.0))
            links[row, : LINKS.index("speaker"), place, : last - first] = 0
        for saying in gold.sayings:
            if first <= saying.word < last:
                cues[row, saying.word - first] = saying.act
                attitudes.append([row, saying.word - first, int(saying.attitude)])
                links[row, LINKS.index("speaker") :, saying.word - first, : last - first] = 0
        for value, listed in ((-1, gold.doubtful), (1, gold.links)):
            for kind, word, other in listed:
                if first <= word < last and first <= other < last:
                    links[row, kind, word - first, other - first] = value
        if gold.pair and first == 0 and last == len(gold.tokens):
            pairs.append([row, *gold.pair[2:]])
            marks = torch.zeros(2, most, dtype=torch.bool)
            for side, heads in enumerate(gold.pair[:2]):
                marks[side, list(heads)] = True
            sides.append(marks)
    return ActBatch(
        hidden, torch.tensor([len(cut.window.pieces) for cut in group]), positions, parsed,
        torch.arange(most)[None] < torch.tensor([len(cut.window.positions) for cut in group])[:, None],
        torch.tensor([cut.gold.told for cut in group]), torch.tensor([cut.gold.said for cut in group]), types,
        torch.tensor(tellings, dtype=torch.long).reshape(-1, 5), _stack(modes, len(labels.mode)),
        _stack(contexts, len(labels.context)), cues, torch.tensor(attitudes, dtype=torch.long).reshape(-1, 3), links,
        torch.tensor(pairs, dtype=torch.long).reshape(-1, 3),
        torch.stack(sides) if sides else torch.zeros(0, 2, most, dtype=torch.bool),
    )  # fmt: skip


def _shares(numbers: Sequence[int], size: int) -> Tensor:
    shares = torch.zeros(size)
    for number in numbers:
        shares[number] += 1 / len(numbers)
    return shares


def _stack(rows: list[Tensor], size: int) -> Tensor:
    return torch.stack(rows) if rows else torch.zeros(0, size)


def act_losses(model: Acts, batch: ActBatch) -> dict[str, Tensor]:
    """The loss of every head on one batch; a head without gold here has none."""
    words = model.words(batch.hidden, batch.lengths, batch.positions, batch.parsed).float()
    told = model.told(words)
    cross, binary = nn.functional.cross_entropy, nn.functional.binary_cross_entropy_with_logits
    found: dict[str, Tensor] = {}
    types = model.kind(told)
    marked, cued = (batch.words & each[:, None] for each in (batch.told, batch.said))
    if marked.any():
        found["type"] = cross(types[marked], batch.types[marked], reduction="sum") / max(1, len(batch.tellings))
    if cued.any():
        found["cue"] = cross(model.cue(told)[cued], batch.cues[cued], reduction="sum") / max(1, len(batch.attitudes))
    if len(batch.tellings):
        row, word, label, modality, past = batch.tellings.unbind(1)
        triggers = told[row, word]
        if (label != UNTOLD).any():
            found["label"] = cross(model.label(triggers), label, ignore_index=UNTOLD)
        found["mode"] = cross(model.mode(triggers), batch.modes)
        found["context"] = binary(model.context(triggers), batch.contexts, reduction="sum") / len(row)
        found["modality"] = cross(model.modality(triggers), modality)
        found["past"] = binary(model.past(triggers)[:, 0], past.float())
    if len(batch.attitudes):
        row, word, attitude = batch.attitudes.unbind(1)
        found["attitude"] = binary(model.attitude(told[row, word])[:, 0], attitude.float())
    links = model.link(words)
    known = batch.links >= 0
    if known.any():
        rows = (batch.links >= 0).any(-1).sum()
        found["link"] = binary(links[known], batch.links[known].float(), reduction="sum") / rows * 4
    if len(batch.pairs):
        row, label, kind = batch.pairs.unbind(1)
        mixed = pair_scores(types[row], model.label(told[row]), links[row], batch.sides, batch.words[row])
        found["pair"] = cross(mixed[0], label, label_smoothing=0.03) + 0.5 * cross(
            mixed[1], kind - 1, label_smoothing=0.03
        )
    return found


def pair_scores(types: Tensor, labels: Tensor, links: Tensor, sides: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
    """Log-probabilities of label and of type between marked sides, over all words that may be the trigger.

    `types` [R, W, types], `labels` [R, W, labels], `links` [R, kinds, W, W], `sides` [R, 2, W], `words` [R, W].
    """
    kinds = nn.functional.log_softmax(types, -1)
    any_type = torch.logsumexp(kinds[..., 1:], -1)
    as_source, as_target = (nn.functional.logsigmoid(links[:, LINKS.index(each)]) for each in ("source", "target"))
    source = _reach(as_source, as_target, sides[:, 0])
    target = _reach(as_target, as_source, sides[:, 1])
    weight = (source + target).masked_fill(~words, FAR)
    label = torch.logsumexp((weight + any_type)[..., None] + nn.functional.log_softmax(labels, -1), 1)
    kind = torch.logsumexp(weight[..., None] + kinds[..., 1:], 1)
    return nn.functional.log_softmax(label, -1), nn.functional.log_softmax(kind, -1)


def _reach(role: Tensor, other: Tensor, side: Tensor) -> Tensor:
    """How well each word reaches a side in its role, or, with a lower weight, in the other: [R, W]."""
    both = torch.logaddexp(role, other + ASIDE).masked_fill(~side[:, None, :], FAR)
    return torch.logsumexp(both, -1).clamp_min(-12.0)


def train_acts(
    corpus: Path,
    reader: Path,
    model: Path,
    out: Path,
    *,
    passes: int,
    pieces: int,
    rate: float,
    seed: int = 1,
) -> None:
    """Writes `acts.pt` and `act_labels.json` to `out`; the measures of each pass are printed as JSON lines.

    `reader` is the folder of the shipped reader, `model` that of its weights before quantisation.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    labels = act_labels(Codebook.load())
    config = json.loads((model / "config.json").read_text())
    acts = Acts(config, labels)
    load_upper(acts, torch.load(model / "reader.pt", weights_only=True))
    lower = LowerHalf(reader)
    articles, rows, briefs = load_whole([corpus])
    marker = Marker(Encoder.load(reader), labels)
    parts: dict[str, list[ActGold]] = {"train": [], "dev": [], "test": []}
    for part, gold in own_corpus(articles, rows, briefs, marker):
        parts[part].append(gold)
    pools = Pools(article for article in articles if split_of(article.id) == "train")
    again = list(varied(parts["train"], pools, chance))
    training = cut_all(parts["train"], lower, limit=WINDOW_PIECES) + cut_all(again, lower, limit=SHORTER)
    development = cut_all(parts["dev"], lower, limit=WINDOW_PIECES)
    print(json.dumps({"windows": len(training), "dev": len(development)}), flush=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "act_labels.json").write_text(json.dumps(asdict(labels)))
    (out / "config.json").write_text(json.dumps(config))
    fit(
        acts,
        lambda drawn: act_batches(training, labels, pieces=pieces, chance=drawn),
        act_losses,
        lambda mean: {"dev": measure_acts(mean, development, labels)},
        weights=WEIGHTS,
        deep=frozenset({"layers"}),
        passes=passes,
        rate=rate,
        chance=chance,
        out=out / "acts.pt",
    )


def varied(golds: Iterable[ActGold], pools: Pools, chance: random.Random) -> Iterator[ActGold]:
    """Texts for a second look: every article and brief, and half of the rows, with other names."""
    for gold in golds:
        if gold.told or chance.random() < ROWS_AGAIN:
            yield pools.swapped(gold, chance)


def load_upper(acts: Acts, weights: dict[str, Tensor]) -> None:
    """Starts the layers above the fork from the reader's own."""
    own: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            _, number, rest = name.split(".", 2)
            if int(number) >= FORK:
                own[f"layers.{int(number) - FORK}.{rest}"] = weight
    state = acts.load_state_dict(own, strict=False)
    assert not any(name.startswith("layers.") for name in state.missing_keys), state.missing_keys


@torch.no_grad()
def measure_acts(model: Acts, cuts: Sequence[Cut], labels: ActLabels) -> dict[str, float]:
    """Measures on held-out texts, per cent; a quick look, not the score table."""
    model.eval()
    tally = {name: [0, 0, 0] for name in ("trigger", "type", "cue", *labels.link)}
    shares = {name: [0, 0] for name in ("modality", "label", "mode", "pair")}
    for batch in act_batches(cuts, labels, pieces=4000):
        words = model.words(batch.hidden, batch.lengths, batch.positions, batch.parsed)
        told = model.told(words)
        types, links = model.kind(told), model.link(words)
        marked, cued = (batch.words & each[:, None] for each in (batch.told, batch.said))
        said, gold = types.argmax(-1)[marked], batch.types.argmax(-1)[marked]
        also = batch.types[marked].gather(1, said[:, None])[:, 0] > 0
        _add(tally["trigger"], (said > 0) & (gold > 0), said > 0, gold > 0)
        _add(tally["type"], (said > 0) & also, said > 0, gold > 0)
        said, gold = model.cue(told).argmax(-1)[cued], batch.cues[cued]
        _add(tally["cue"], (said > 0) & (gold > 0), said > 0, gold > 0)
        for kind, name in enumerate(labels.link):
            known, right = batch.links[:, kind] >= 0, batch.links[:, kind] == 1
            chosen = (links[:, kind] > 0) & known
            _add(tally[name], chosen & right, chosen, right)
        if len(batch.tellings):
            row, word, label, modality, _ = batch.tellings.unbind(1)
            _share(shares["modality"], model.modality(told[row, word]).argmax(-1) == modality)
            _share(shares["label"], (model.label(told[row, word]).argmax(-1) == label)[label != UNTOLD])
            best = model.mode(told[row, word]).argmax(-1)
            _share(shares["mode"], batch.modes.gather(1, best[:, None])[:, 0] > 0)
        if len(batch.pairs):
            row, label, _ = batch.pairs.unbind(1)
            mixed = pair_scores(types[row], model.label(told[row]), links[row], batch.sides, batch.words[row])[0]
            _share(shares["pair"], mixed.argmax(-1) == label)
    found = {name: round(200 * both / max(1, ours + theirs), 1) for name, (both, ours, theirs) in tally.items()}
    return found | {name: round(100 * right / max(1, all_), 1) for name, (right, all_) in shares.items()}


def _add(counts: list[int], both: Tensor, ours: Tensor, theirs: Tensor) -> None:
    for place, each in enumerate((both, ours, theirs)):
        counts[place] += int(each.sum())


def _share(counts: list[int], right: Tensor) -> None:
    counts[0] += int(right.sum())
    counts[1] += len(right)
