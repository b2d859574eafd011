"""Loading: the compiled copy is fresh and equal to the sources; what breaks a rule is named with file and entry."""

import json
import shutil
import time
from pathlib import Path

import pytest

from communique.codebook import Codebook
from communique.codebook.compiled import COMPILED, DATA, digest_of, read_files
from communique.codebook.forms import regular_forms
from communique.codebook.reader import normal_form
from communique.errors import CodebookError


def test_the_compiled_copy_is_that_of_the_sources() -> None:
    files = read_files()
    kept = json.loads(COMPILED.read_bytes())
    assert kept["digest"] == digest_of(files), "run: python -m communique.codebook.compiled"
    assert kept["plain"] == json.loads(json.dumps(normal_form(files)))


def test_loading_is_fast() -> None:
    Codebook.load()
    spent = []
    for _ in range(3):
        start = time.process_time()
        Codebook.load()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.06


def test_the_digest_depends_on_every_byte() -> None:
    files = read_files()
    other = {**files, "types.yaml": files["types.yaml"] + b"\n"}
    assert digest_of(files) != digest_of(other)
    assert Codebook.load().digest == digest_of(files)


def test_a_folder_of_the_user_stands_over_ours(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "mine.yaml").write_text(
        "- lemma: [parley, palaver]\n  noun: powwow\n  frames:\n"
        "    - {if: {on: [$ceasefire]}, type: CONCEDE, target: with}\n"
        "    - {type: CONSULT, target: [with], reciprocal: true, example: [The kings parleyed.]}\n"
    )
    codebook = Codebook.load(tmp_path)
    assert set(codebook.lexicon) == {("parley", "verb"), ("palaver", "verb"), ("powwow", "noun")}
    (predicate,) = codebook.predicates("palaver", "verb")
    assert predicate.origin == "lexicon/mine.yaml:1"
    first, twin, last = predicate.frames
    assert first.conditions.keys() == {"on"}
    assert twin.conditions.keys() == {"object.on"}
    assert last.target == ("with", "object.with")
    assert last.reciprocal
    assert last.cameo == "040"
    assert codebook.types == Codebook.load().types


def write(folder: Path, text: str) -> Path:
    (folder / "lexicon").mkdir(exist_ok=True)
    (folder / "lexicon" / "bad.yaml").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {lemma: hug, tag: verb, frames: [{type: LOVE}]}", "bad.yaml, entry 1 .hug., frame 1: unknown type 'LOVE'"),
        ("- {lemma: hug, frames: [{type: AID, mode: visit}]}", "frame 1: AID has no mode 'visit'"),
        ("- {lemma: hug, frames: [{type: AID, cameo: 7}]}", "unknown CAMEO code '7'"),
        ("- {lemma: hug, frames: [{type: AID, target: [objet]}]}", "unknown role 'objet'"),
        ("- {lemma: hug, frames: [{type: AID, if: {object: [$nowhere]}}]}", r"no known \$class"),
        ("- {lemma: hug, frames: [{type: AID, if: {object: ['@DOG']}}]}", "object: '@DOG'"),
        ("- {lemma: hug, frames: [{type: AID, contexts: [sport]}]}", "unknown context 'sport'"),
        ("- {lemma: hug, frames: [{type: AID, modality: maybe}]}", "modality 'maybe'"),
        ("- {lemma: hug, frames: [{type: AID, embeds: {LOVE: AID}}]}", "embeds 'LOVE'"),
        ("- {lemma: hug, frames: [{type: AID, reciprocal: perhaps}]}", "accepted are true and false"),
        ("- {lemma: hug, frames: [{type: AID, tpye: AID}]}", "unknown key 'tpye'"),
        ("- {lemma: hug, tag: adverb, frames: [{type: AID}]}", "tag 'adverb'"),
        ("- {lemma: Hug Me, frames: [{type: AID}]}", "not one lower-case word"),
        ("- {lemma: hug, frames: []}", "at least one frame"),
        ("- {lemma: hug, frames: [{type: AID}]}\n- {lemma: hug, frames: [{type: AID}]}", "already in"),
        ("{lemma: hug}", "a lexicon file is a list"),
        ("- [", "not readable as YAML"),
    ],
)
def test_a_bad_lexicon_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        Codebook.load(write(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("types.yaml", "quad: verbal-conflict", "quad: quarrel", "types.yaml, REQUEST: unknown quad"),
        ("types.yaml", "planned: CONCEDE", "planned: LATER", "types.yaml, CONCEDE: unknown planned"),
        ("types.yaml", "score: 2.5", "score: 25", "types.yaml, AGREE: '25' is no number"),
        ("modes.yaml", 'cameo: "042"', 'cameo: "999"', "modes.yaml, CONSULT: visit: unknown CAMEO code"),
        ("cameo.yaml", "type: REQUEST, mode: assist", "type: REQUEST, mode: beg", "cameo.yaml, .*unknown mode"),
        ("contexts.yaml", "cues:", "clues:", "contexts.yaml, military: field 'cues' is missing"),
    ],
)
def test_a_bad_table_is_named(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        Codebook.load(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="is not a folder"):
        Codebook.load(tmp_path / "none")


def test_a_whole_copy_loads_to_the_same_digest(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "copy")
    assert Codebook.load(tmp_path / "copy").digest == Codebook.load().digest


def test_regular_forms() -> None:
    assert {"blockaded", "blockading", "blockad"} <= regular_forms("blockade")
    assert {"barred", "barring", "bars"} <= regular_forms("bar")
    assert "bared" not in regular_forms("bar")
    assert {"denies", "denied", "denying"} <= regular_forms("deny")
    assert "can" not in regular_forms("cane")
