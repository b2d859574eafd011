"""Checks over several files: gaps, copies, rows, variety; and counts and agreement."""

from pathlib import Path

import pytest

from communique.corpus import check, compare, count, load, read_rows, read_text
from communique.corpus.rows import read_row
from communique.corpus.variety import Excess, excesses, stem
from communique.errors import CorpusError

HEAD = "title: T\noutlet: O\npublished: 1999-05-04\nvoice: wire\nregion: west-africa\nbrief: b\n\n--- text\n"
TEXT = (
    'Rebels under Colonel Ade shelled the harbour of Lomo on Tuesday, and they said "the siege will go on".\n'
    "The bishop pleaded with him to stop.\n"
)
NOTES = """
--- chains
REBELS GROUP GHA/REB: Rebels; they
ADE PERSON GHA/REB: [Colonel] Ade; him
LOMO GPE GHA: Lomo
BISHOP PERSON GHA/REL: The [bishop]
DATE: Tuesday
--- statements
S1 REBELS said [threatened]: the siege will go on
--- events
E1 shelled = ASSAULT/heavy-weapons REBELS > LOMO | on Tuesday | at LOMO
pleaded = REQUEST/yield BISHOP > ADE
"""


def write(folder: Path, name: str, source: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def test_a_complete_file_passes_without_notes(tmp_path: Path) -> None:
    checked = check([write(tmp_path, "articles/a-01.txt", HEAD + TEXT + NOTES)], beside=tmp_path)
    assert checked.passed
    assert checked.complaints == ()


def test_gaps_are_noted(tmp_path: Path) -> None:
    poor = HEAD + TEXT + NOTES.replace("; him", "").replace("LOMO GPE GHA: Lomo\n", "").replace(" > LOMO", "")
    poor = poor.replace(" | at LOMO", "").replace("S1 REBELS said [threatened]: the siege will go on\n", "")
    checked = check([write(tmp_path, "a-01.txt", poor)])
    notes = [each.message for each in checked.complaints]
    assert checked.passed
    assert any("pronoun 'him'" in each for each in notes)
    assert any("name 'Lomo'" in each for each in notes)
    assert any("quotation" in each for each in notes)


def test_copies_between_articles_and_from_foreign_texts_are_errors(tmp_path: Path) -> None:
    write(tmp_path, "articles/a-01.txt", HEAD + TEXT + NOTES)
    second = write(tmp_path, "articles/a-02.txt", HEAD + TEXT + NOTES)
    checked = check([second], beside=tmp_path)
    assert not checked.passed
    assert "a-01.txt" in checked.complaints[0].message
    write(
        tmp_path, "data/x.jsonl", '{"text": "It is said that rebels under Colonel Ade shelled the harbour of Lomo."}\n'
    )
    alone = check([second], data=tmp_path / "data")
    assert [each.message.split(":")[0] for each in alone.complaints] == ["shares eight words with x.jsonl"]


def test_rows_are_read_with_both_labels() -> None:
    row = read_row("AGREE CONCEDE hard: No date was named, but <s>Lomé</s> will free <t>the teachers</t>.")
    assert (row.label, row.type, row.mode, row.hard) == ("AGREE", "CONCEDE", None, True)
    assert row.source.of(row.text) == "Lomé"
    assert row.target.of(row.text) == "the teachers"
    assert row.marked == "No date was named, but <s>Lomé</s> will free <t>the teachers</t>."
    mode = read_row("ACCUSE /allege: <s>Accra</s> accused <t>two editors</t> of treason.")
    assert (mode.type, mode.mode, mode.hard) == ("ACCUSE", "allege", False)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("YIELD: <s>A</s> freed <t>B</t>.", "YIELD needs its PLOVER type"),
        ("AGREE: <s>A</s> freed B.", "mark exactly one source"),
        ("AGREE: <s>A </s> freed <t>B</t>.", "no blank inside a mark"),
        ("FREE: <s>A</s> freed <t>B</t>.", "not a label"),
        ("ACCUSE /meet: <s>A</s> sued <t>B</t>.", "not a mode of ACCUSE"),
        ("<s>A</s> freed <t>B</t>.", "is no row"),
    ],
)
def test_bad_rows(written: str, words: str) -> None:
    with pytest.raises(CorpusError, match=words):
        read_row(written)


def test_rows_that_stand_twice_are_errors(tmp_path: Path) -> None:
    path = write(tmp_path, "rows/a.txt", "# rows\nAID: <s>A</s> fed <t>B</t>.\nAID: <s>A</s> fed <t>B</t>.\n")
    assert len(read_rows(path)[0]) == 2
    checked = check([path])
    assert [each.line for each in checked.complaints] == [3]


def test_a_cue_that_dominates_is_a_breach() -> None:
    sentences = "".join(
        f'Ade {cue} "no" to plan {number}.\n' for number, cue in enumerate(["said"] * 20 + ["wrote"] * 45)
    )
    statements = "".join(
        f"S{number} ADE {cue}@s{number + 1}: no\n" for number, cue in enumerate(["said"] * 20 + ["wrote"] * 45)
    ).replace(": no\n", ": no@sX\n")
    lines = [line.replace("@sX", f"@s{at + 1}") for at, line in enumerate(statements.splitlines())]
    source = f"{HEAD}{sentences}--- chains\nADE PERSON GHA/GOV: Ade@*\n--- statements\n" + "\n".join(lines) + "\n"
    reading = read_text(source, id="v-01")
    assert reading.article is not None
    assert not reading.complaints
    assert excesses([reading.article]) == [
        Excess("cue", "wrot", 45, 65, 0.25),
        Excess("cue", "say", 20, 65, 0.25),
    ]


@pytest.mark.parametrize(
    "words",
    [("kill", "kills", "killed", "killing"), ("bomb", "bombing"), ("deny", "denied", "denies"), ("stop", "stopped")],
)
def test_forms_of_one_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_counts() -> None:
    reading = read_text(HEAD + TEXT + NOTES, id="a-01")
    assert reading.article is not None
    coverage = count([reading.article], [read_row("AID: <s>A</s> fed <t>B</t>.")])
    assert coverage.totals["sentences"] == 2
    assert coverage.totals["sentences without event"] == 0
    assert coverage.tables["types of actual events"] == {"ASSAULT": 1, "REQUEST": 1}
    assert coverage.tables["source countries"] == {"GHA": 2}
    assert coverage.tables["row labels"] == {"AID": 1}
    assert coverage.missing_modes["ASSAULT/heavy-weapons"] == 1


def test_agreement_is_full_with_itself_and_less_with_another(tmp_path: Path) -> None:
    write(tmp_path, "one/a-01.txt", HEAD + TEXT + NOTES)
    other = NOTES.replace("ASSAULT/heavy-weapons", "COERCE").replace("; him", "").replace("BISHOP > ADE", "BISHOP")
    write(tmp_path, "two/a-01.txt", HEAD + TEXT + other)
    one, two = load([tmp_path / "one"]), load([tmp_path / "two"])
    assert {each.f1 for each in compare(one, one)} == {100.0}
    measures = {each.layer: each for each in compare(one, two)}
    assert (measures["mentions"].first, measures["mentions"].second, measures["mentions"].both) == (7, 6, 6)
    assert measures["event triggers"].f1 == 100.0
    assert measures["event triggers with type"].both == 1
    assert (measures["targets"].first, measures["targets"].second, measures["targets"].both) == (2, 1, 0)
    with pytest.raises(CorpusError, match="no article in common"):
        compare(one, ())


def test_two_sentences_in_a_line_are_noted_but_titles_are_not(tmp_path: Path) -> None:
    text = "Rebels shelled Lomo. The bishop wept.\nMr. Ade and Gen. Okoro slept.\n"
    checked = check([write(tmp_path, "a-01.txt", HEAD + text)])
    notes = [each.message for each in checked.complaints if "two sentences" in each.message]
    assert notes == ["sentence 1: '. The' looks like two sentences in one line"]
