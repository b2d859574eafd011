"""The score table of the repository: every figure by the command beside it.

    python benchmarks/scores.py DATA [--out SCORES.md] [--only KIND…]

DATA is the folder of hand-coded sets. Each row runs `communique score KIND FILE… --format json` in a process of its
own. The last table is `benchmarks/speed.py`. Rows whose files are missing are left out; with `--only`, rows of other
kinds are taken from the table that stands.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One command: kind, files under DATA (or a part of the corpus), and the measures to tell with their names."""

    kind: str
    files: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]
    beside: str = ""
    part: str = ""  # of the project's own corpus, instead of files
    folder: str = "corpus/articles"  # the folder of the part


OWN = (
    ("trigger_and_type.precision", "trigger and type, precision"),
    ("trigger_and_type.recall", "recall"),
    ("trigger_and_type.f1", "F1"),
    ("source.f1", "source F1"),
    ("target.f1", "target F1"),
    ("modality.accuracy", "modality"),
    ("statement.f1", "statement F1"),
    ("of_them_given_one", "quiet sentences given an event, %"),
    ("calibration_error", "calibration error"),
)
BRIEFS = tuple(each for each in OWN if not each[0].startswith("statement"))
LEDGER = (("entries.f1", "entries, F1"), ("moves.f1", "moves, F1"), ("evidence_right", "evidence right, %"))
QUOTES = (("found", "quotations found, %"), ("speaker", "their speaker right, %"))
ROWS = (
    Row(
        "parse",
        ("treebank/ewt-dev.conllu.gz",),
        (
            ("gold_words.las", "LAS, gold words"),
            ("gold_words.uas", "UAS"),
            ("gold_words.upos", "UPOS"),
            ("raw_text.las", "LAS, raw text"),
            ("raw_text.sentences", "sentences, raw text"),
        ),
        "EWT test LAS, raw / gold words: UDPipe 2 89.9 / 92.4, Trankit base 88.0, Stanza 1.1.1 83.6 (raw)",
    ),
    Row(
        "parse",
        ("treebank/gum-dev.conllu.gz",),
        (
            ("gold_words.las", "LAS, gold words"),
            ("gold_words.uas", "UAS"),
            ("gold_words.upos", "UPOS"),
            ("raw_text.las", "LAS, raw text"),
            ("raw_text.sentences", "sentences, raw text"),
        ),
    ),
    Row("mentions", ("treebank/gum-dev.conllu.gz",), (("untyped_f1", "untyped F1"), ("typed_f1", "typed F1"))),
    Row(
        "relations",
        ("events/plv-dev.tsv",),
        (("root", "root macro-F1"), ("quad", "quad"), ("binary", "binary"), ("root_accuracy", "root accuracy")),
        "PLV test: ConfliBERT trained on it 86.7 / 96.3 / 98.4; ZSP 82.4 / 89.6 / 96.4; Gemma2-9B 71.8 / 86.9 / 96.0; "
        "Universal PETRARCH 41.8 / 61.4 / 75.1",
    ),
    Row(
        "attribution",
        ("attribution/polnear-dev.jsonl.gz",),
        (
            ("roles.cue.overlap.f1", "cue, overlap F1"),
            ("roles.source.overlap.f1", "source"),
            ("roles.content.overlap.f1", "content"),
            ("attribution.f1", "attribution F1"),
            ("forms.direct.attribution.f1", "attribution F1, direct"),
        ),
        "Citron on PARC3, overlap: cue 85, source 83, content 77",
    ),
    Row(
        "dates",
        ("dates/timebank.jsonl.gz", "dates/aquaint.jsonl.gz"),
        (("relaxed.f1", "relaxed F1"), ("strict.f1", "strict F1"), ("type.f1", "type F1"), ("value.f1", "value F1")),
        "HeidelTime 90.3 relaxed, 81.3 strict, 77.6 value; SUTime 90.3 / 79.6 / 67.4 (TempEval-3 test)",
    ),
    Row(
        "places",
        ("geo/lgl.jsonl.gz",),
        (
            ("resolution.exact", "exact id"),
            ("resolution.country", "country"),
            ("resolution.near", "within 161 km"),
            ("recognition.f1", "recognition F1"),
        ),
        "Mordecai 3, exact id, trained on these sets: LGL 79.4, GeoWebNews 90.1; by population 52.6 / 57.4",
    ),
    Row(
        "places",
        ("geo/geowebnews.jsonl.gz",),
        (
            ("resolution.exact", "exact id"),
            ("resolution.country", "country"),
            ("resolution.near", "within 161 km"),
            ("recognition.f1", "recognition F1"),
        ),
    ),
    Row("extraction", ("html/wcxb-dev.jsonl.gz",), (("f1", "F1"), ("leaked", "leaked furniture a page"))),
    Row(
        "coreference",
        ("treebank/gum-dev.conllu.gz",),
        (("head.conll", "CoNLL average, mentions by head"), ("exact.conll", "by exact span")),
        "F-coref 78.5, LingMess 81.4 (OntoNotes); 15 to 20 lower out of domain",
    ),
    Row(
        "quotes",
        ("quotes/litbank-train.jsonl.gz",),
        QUOTES,
        "fiction, out of domain",
    ),
    *(
        Row("actors", (f"corpus/actors/{name}.tsv",), (("accuracy", "right, %"), ("wrong", "wrong, %")))
        for name in ("queries", "queries-blind", "queries-blind-2", "queries-blind-3")
    ),
    *(Row("ledger", (f"corpus/ledger/{part}-*.txt",), LEDGER) for part in ("dev", "test")),
    *(
        Row("happenings", (f"corpus/happenings/{part}-01.txt",), (("joined.f1", "pairs of reports of one event, F1"),))
        for part in ("dev", "test")
    ),
    *(Row("corpus", (), OWN, "two annotators agree at 82 (trigger and type)", part) for part in ("dev", "test")),
    *(
        Row("corpus", (), BRIEFS, "short passages of plain wire prose", part, "corpus/briefs")
        for part in ("dev", "test")
    ),
)


PARTS = ("software", "encoder", "registry", "codebook")


def main() -> None:
    """Read the arguments, run the rows, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("SCORES.md"))
    parser.add_argument("--only", nargs="*", default=[])
    arguments = parser.parse_args()
    kept = _kept(arguments.out) if arguments.only else {}
    lines: list[str] = []
    used: dict[str, str] = {}
    for row in ROWS:
        files = _part(row) if row.part else _files(arguments.data, row.files)
        listed = "corpus list" if row.folder == Row.folder else f"corpus list {row.folder}"
        named = f"$(communique {listed} --part {row.part})" if row.part else " ".join(row.files)
        command = f"communique score {row.kind} {named}"
        if arguments.only and row.kind not in arguments.only:
            lines += kept.get(command, [])
        elif all(file.is_file() for file in files):
            measures = _run(row.kind, files)
            used |= {part: str(measures[part]) for part in PARTS if part in measures}
            lines.append(_line(row, measures, command))
    arguments.out.write_text(_page(lines, used, _speed()), encoding="utf-8")


def _files(data: Path, names: Sequence[str]) -> list[Path]:
    """The files of a row: those of the corpus lie in the repository, all others under DATA."""
    found: list[Path] = []
    for name in names:
        folder = Path() if name.startswith("corpus/") else data
        found += sorted(folder.glob(name)) or [folder / name]
    return found


def _part(row: Row) -> list[Path]:
    from communique.corpus import split_of

    return sorted(path for path in Path(row.folder).glob("*.txt") if split_of(path.stem) == row.part)


def _run(kind: str, files: Sequence[Path]) -> dict[str, Any]:
    call = [sys.executable, "-m", "communique.cli", "score", kind, *map(str, files), "--format", "json"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _line(row: Row, measures: dict[str, Any], command: str) -> str:
    told = []
    for path, name in row.measures:
        value: Any = measures
        for part in [path] if path in measures else path.split("."):
            value = value[part]
        told.append(f"{name} **{value:.1f}**" if value > 1.5 else f"{name} **{value:.3f}**")
    return f"| `{command}` | {', '.join(told)} | {row.beside} |"


def _kept(page: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\| `(communique score [^`]+)`", line):
            found.setdefault(match[1], []).append(line)
    return found


def _speed() -> dict[str, Any]:
    call = [sys.executable, str(Path(__file__).with_name("speed.py"))]
    found: dict[str, Any] = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
    return found


def _page(lines: list[str], used: dict[str, str], speed: dict[str, Any]) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    parts = ", ".join(f"{part} `{digest[:16]}`" for part, digest in used.items())
    rates, shares = speed["words_per_second"], speed["share_of_whole"]
    stages = "\n".join(f"| {name} | {rate:,} | {shares[name]:.0%} |" for name, rate in rates.items())
    return PAGE.format(
        commit=commit.strip(),
        parts=parts,
        rows="\n".join(lines),
        ratio=speed["whole_to_forward_pass"],
        memory=speed["peak_memory_mb"],
        stages=stages,
    )


PAGE = """# Scores

Of the shipped model and default settings, at commit `{commit}`: {parts}.
Made by `python benchmarks/scores.py DATA`; file names are under DATA, those of `corpus/` in
the repository. Development and evaluation sets, none of which trained anything. Figures of others are published ones,
on the set that is named.

| command | measures | beside |
|---|---|---|
{rows}

## How blind these figures are

No outside set here trained a weight, but they are not all unseen. Errors on `plv-dev` and on PolNeAR were read while
rules were written; with the rules and the lexicon of that time alone `plv-dev` stood at 75.1 (72.7 before a last round
that its errors had prompted), and the weight of the lexicon against the model was chosen with a look at its aggregate,
as was the mean of several trainings that is shipped. The model alone, which never saw a row of it, gives 74 there. Its
labels also taught two exceptions of the CAMEO policy (sanctions imposed are COERCE, as in a published conversion table;
attacks on computers ASSAULT) and one frame (support pledged for somebody is SUPPORT), which together are worth 1.5.
PolNeAR lent the statements some of their weights, LGL and
GeoWebNews a handful of those of the place ranking. re3d is left out, since most of it trained the kinds of mentions. On
the own corpus, weights of the weighing, thresholds and confidences were set on the development part; the test part was
opened for this table only. `queries.tsv` of the actors was mended after a first run (90.9 right, 1.9 wrong); ten
answers of `queries-blind.tsv` were seen; `queries-blind-2.tsv` stood at 80.0 right, 5.0 wrong before the registry was
extended, partly with its countries in mind; `queries-blind-3.tsv` was written after that and run once. Texts and gold
of ledger and happenings are our own.

## Speed

`python benchmarks/speed.py`, one thread, processor time, on the bundled dossier. The ratio of the whole to the
encoder's bare forward pass is **{ratio}**; peak memory {memory} MB.

| stage | words a second | share of the whole |
|---|---|---|
{stages}
"""

if __name__ == "__main__":
    main()
