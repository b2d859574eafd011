from pathlib import Path

import pytest

from communique.errors import ScoringError
from communique.records import Span
from communique.scoring.relations import QUADS, read_rows, score_relations, unmark


def test_all_right_is_a_hundred() -> None:
    scores = score_relations([(root, root) for root in QUADS])
    assert (scores.root, scores.quad, scores.binary, scores.root_accuracy) == (100.0, 100.0, 100.0, 100.0)


def test_wrong_root_may_be_the_right_quad() -> None:
    scores = score_relations([("AID", "COOPERATE"), ("AID", "AID"), ("ASSAULT", "ASSAULT")])
    # AID 2·1/(2+1), COOPERATE 0/(0+1), ASSAULT 2·1/(1+1)
    assert scores.root == pytest.approx((66.67 + 0 + 100) / 3, abs=0.01)
    assert scores.by_root["AID"] == pytest.approx(66.67, abs=0.01)
    assert (scores.quad, scores.binary) == (100.0, 100.0)
    assert scores.confusion["AID", "COOPERATE"] == 1


def test_merged_labels() -> None:
    assert score_relations([("YIELD", "RETREAT"), ("ACCUSE", "investigate"), ("ASSAULT", "FIGHT")]).root == 100.0


@pytest.mark.parametrize("pairs", [[], [("AID", "DANCE")]])
def test_what_cannot_be_scored(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ScoringError):
        score_relations(pairs)


def test_unmark() -> None:
    text, source, target = unmark("<s>Oslo</s> thanked <t>Lima</t>, and <t>Lima</t> bowed.")
    assert text == "Oslo thanked Lima, and Lima bowed."
    assert source == (Span(0, 4),)
    assert [each.of(text) for each in target] == ["Lima", "Lima"]


@pytest.mark.parametrize("marked", ["<s>Oslo thanked", "Oslo</s> thanked", "<s>Oslo<s> thanked"])
def test_marks_that_do_not_close(marked: str) -> None:
    with pytest.raises(ScoringError):
        unmark(marked)


def test_both_file_formats(tmp_path: Path) -> None:
    marked = '<s>Oslo</s> said "no" to <t>Lima</t>.'
    lines = tmp_path / "rows.jsonl"
    lines.write_text(
        '{"id": "a", "marked_sentence": "<s>Oslo</s> said \\"no\\" to <t>Lima</t>.", "gold_root": "REJECT"}\n'
    )
    table = tmp_path / "rows.tsv"
    quoted = '"' + marked.replace('"', '""') + '"'
    table.write_text(f"sentence_id\tmarked_sentence\tgold_root\na\t{quoted}\tREJECT\n")
    assert list(read_rows(lines)) == list(read_rows(table))
    assert next(read_rows(table)).text == 'Oslo said "no" to Lima.'


def test_a_row_without_its_mark_names_file_and_row(tmp_path: Path) -> None:
    lines = tmp_path / "rows.jsonl"
    lines.write_text('{"marked_sentence": "<s>Oslo spoke.", "gold_root": "REJECT"}\n')
    with pytest.raises(ScoringError, match=r"rows\.jsonl, row 1"):
        list(read_rows(lines))


OWN = Path(__file__).parents[2].parent / "shared" / "data" / "events" / "own-rows.jsonl"


@pytest.mark.skipif(not OWN.exists(), reason="the project's own rows are not here")
def test_the_own_rows_can_be_read() -> None:
    rows = list(read_rows(OWN))
    assert len(rows) == 1200
    assert {row.gold for row in rows} == set(QUADS)
