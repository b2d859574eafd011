"""A user's file of types: what it gives, and one clear sentence for every way in which it can be wrong."""

from pathlib import Path

import pytest

from communique.codebook import Codebook
from communique.codebook.checking import remarks
from communique.errors import CodebookError

GOOD = """\
types:
  LAND_GRAB:
    definition: Land is taken from those who use it.
    quad: material-conflict
    cameo: "1711"
    examples:
      - Guards *took* the farm.
      - The state *seized* nine fields.
      - A firm *fenced in* the meadow.
      - Troops *occupied* the orchard.
    others:
      - Guards *took* the train.
      - Nothing happened on the farm.
"""


def load(folder: Path, text: str) -> Codebook:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return Codebook.load(path)


def test_a_good_file_adds_its_types(tmp_path: Path) -> None:
    codebook = load(tmp_path, GOOD)
    assert codebook.own is not None
    (kind,) = codebook.own.types
    assert list(codebook.types)[-1] == "LAND_GRAB"
    assert kind.label == "Land grab"
    assert kind.goldstein == codebook.goldstein("1711") == codebook.value("LAND_GRAB", "1711")
    assert codebook.own.replaced == frozenset()
    sentence = kind.examples[2]
    assert (sentence.text, sentence.line) == ("A firm fenced in the meadow.", 9)
    assert [span.of(sentence.text) for span in sentence.spans] == ["fenced in"]
    assert sentence.shown == "A firm *fenced in* the meadow."
    assert kind.others[1].spans == ()
    assert codebook.own.background


def test_without_code_and_value_the_quad_class_gives_one(tmp_path: Path) -> None:
    codebook = load(tmp_path, GOOD.replace('    cameo: "1711"\n', ""))
    assert codebook.own is not None
    (kind,) = codebook.own.types
    assert kind.cameo is None
    alike = [each for each in Codebook.load().types.values() if each.quad == "material-conflict"]
    assert kind.goldstein == pytest.approx(sum(codebook.goldstein(each.cameo) for each in alike) / len(alike), abs=0.05)


def test_types_of_ours_are_replaced(tmp_path: Path) -> None:
    for line, expected in (("replace: [COERCE, AID]", {"COERCE", "AID"}), ("replace: all", set(Codebook.load().types))):
        own = load(tmp_path, f"{line}\n{GOOD}").own
        assert own is not None
        assert own.replaced == expected
    own = load(tmp_path, GOOD.replace("LAND_GRAB", "COERCE")).own
    assert own is not None
    assert own.replaced == {"COERCE"}


def test_the_digest_covers_the_file_and_not_its_name(tmp_path: Path) -> None:
    one = load(tmp_path, GOOD).digest
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "own.yaml").write_text(GOOD, encoding="utf-8")
    assert Codebook.load(tmp_path / "folder").digest == one
    assert load(tmp_path, GOOD + "\n").digest != one
    assert one != Codebook.load().digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("types:", "tpyes:", "line 1: the file: unknown “tpyes”"),
        (GOOD, "", "is empty; it should begin with “types:”"),
        (GOOD, "replace: all", "has no “types:”"),
        (GOOD, "types:\n", "line 1: there is no type below"),
        (GOOD, "- a\n", "line 1: the file should be names with “:”"),
        ("LAND_GRAB", "Land grab", "line 3: “Land grab” is no name of a type"),
        ("    quad: material-conflict\n", "", "LAND_GRAB lacks “quad”"),
        ("material-conflict", "conflict", "line 4: LAND_GRAB: “conflict” is no quad class; there are verbal-coop"),
        ('"1711"', "251", "line 5: LAND_GRAB: “251” is no CAMEO code; write .0251."),
        ('"1711"', "999", "line 5: LAND_GRAB: “999” is no CAMEO code; codes are strings"),
        ('cameo: "1711"', "goldstein: low", "goldstein is “low”; it is a number from -10 to 10"),
        ('cameo: "1711"', "goldstein: 11", "it is a number from -10 to 10"),
        ('cameo: "1711"', "colour: red", "line 5: LAND_GRAB: unknown “colour”"),
        ("*took* the farm", "took the farm", "line 7: LAND_GRAB: “Guards took the farm.” marks no word"),
        ("*took* the farm", "*took the farm", "line 7: .* has an odd asterisk"),
        ("*took* the farm", "* took * the farm", "line 7: .* asterisks stand right before"),
        ("      - Troops *occupied* the orchard.\n", "", "line 7: LAND_GRAB has 3 examples; write a dozen"),
        ("    others:", "    examples:", "line 11: LAND_GRAB: “examples” stands there twice"),
        ("- Guards *took* the farm.", "- Guards: they *took* it.", "line 7: .* quote a sentence with a colon"),
        ("- Guards *took* the farm.", "- *Took* was the farm.", "line 7: not readable as YAML .* an asterisk"),
        (
            "      - Guards *took* the train.\n      - Nothing happened on the farm.",
            "      none",
            "“others” is no list",
        ),
        ("- Nothing happened on the farm.", "-", "line 13: LAND_GRAB: a sentence of “others” is empty"),
        ("Guards *took* the train.", "word " * 200, "999 characters; 600 are the most"),
        ("types:", "replace: [LOVE]\ntypes:", "replace: “LOVE” is no type of ours"),
        ("types:", "replace: some\ntypes:", "replace: “some”; it is “all”"),
    ],
)
def test_a_bad_file_is_named_in_one_sentence(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(CodebookError, match=message) as told:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert str(told.value).startswith(str(tmp_path / "mine.yaml"))
    assert "\n" not in str(told.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(b"types:\n  \xff\xfe")
    with pytest.raises(CodebookError, match="not text in UTF-8"):
        Codebook.load(tmp_path / "mine.yaml")


def told(codebook: Codebook) -> list[tuple[int, bool, str]]:
    assert codebook.own is not None
    return [(each.line, each.fault, each.text) for each in remarks(codebook.own)]


def test_the_four_types_need_no_remark_on_their_words(four: Codebook) -> None:
    assert told(four) == []
    assert four.own is not None
    assert all(len(each.examples) == len(each.others) == 12 for each in four.own.types)


def test_remarks_on_few_alike_and_contradicting_sentences(tmp_path: Path) -> None:
    found = told(load(tmp_path, GOOD))
    assert [(line, fault) for line, fault, _ in found] == [(7, False), (7, False)]
    assert "a dozen teach" in found[0][2]
    assert "near misses" in found[1][2]
    found = told(load(tmp_path, GOOD.replace("A firm *fenced in* the meadow", "Guards *took* the farms")))
    assert any(line == 9 and not fault and "of line 7" in text for line, fault, text in found) is False
    found = told(load(tmp_path, GOOD.replace("A firm *fenced in* the meadow", "Guards *took* the farm today")))
    assert any(line == 9 and not fault and "of line 7" in text for line, fault, text in found)
    found = told(load(tmp_path, GOOD.replace("*took* the train", "*took* the farm")))
    assert [(line, text[:24]) for line, fault, text in found if fault] == [(12, "LAND_GRAB: “took” tells ")]


def test_one_sentence_cannot_tell_of_two_types(tmp_path: Path) -> None:
    second = GOOD.split("types:\n")[1].replace("LAND_GRAB", "THEFT")
    faults = [text for _, fault, text in told(load(tmp_path, GOOD + second)) if fault]
    assert len(faults) == 4
    assert faults[0] == "“took” tells of THEFT here and of LAND_GRAB in line 7; keep one"


def test_one_word_for_all(tmp_path: Path) -> None:
    text = GOOD.replace("seized", "took").replace("occupied", "took")
    assert any("3 of 4 examples mark “took”" in text for _, _, text in told(load(tmp_path, text)))
