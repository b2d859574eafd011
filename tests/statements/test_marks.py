"""Quotation marks: each kind, each trap, and the invariants on random text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.statements import Quotation, scan


def inner(text: str, *, level: int | None = None) -> list[str]:
    return [part.of(text) for each in scan(text) if level is None or each.level == level for part in each.parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," she said, "but not yet."', ["We go,", "but not yet."]),
        ("“We go,” she said.", ["We go,"]),
        ("‘We go,’ she said. ‘It’s the farmers’ plan.’", ["We go,", "It’s the farmers’ plan."]),
        ("'We go,' she said. 'It's late.'", ["We go,", "It's late."]),
        ("«Oui,» dit-elle. „Ja“ und »nein« folgten.", ["Oui,", "Ja", "nein"]),
        ("''Yes,'' she said, and ``no''.", ["Yes,", "no"]),
        ('(“Brackets”) and—“dashes”—and "a"/"b".', ["Brackets", "dashes", "a", "b"]),
        ('A 6\'2" guard said "yes".', ["yes"]),
        ("The ministers' talks on '90s debts ended; rock 'n' roll was played.", []),
        ("He called them 'traitors' and 'thieves' at the generals' club.", ["traitors", "thieves"]),
        ("The rebels' flag and the workers' song.", []),
        ('An empty "" pair.', []),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_mark_that_begins_a_line_of_tokens_opens_whatever_was_left_open() -> None:
    text = "' Wooed and a ' . '\n' Edith ! '\nsaid Margaret , ' Edith ! '\n' You asleep ? ' she said ."
    assert inner(text)[-3:] == [" Edith ! ", " Edith ! ", " You asleep ? "]
    text = 'Mis " ess is here . "\n" True , farmer . "\nsaid Oak .'
    assert inner(text)[-1] == " True , farmer . "


def test_quotation_over_paragraphs_is_one_with_parts() -> None:
    text = "“We came.\n\n“We saw.\n\n“We left,” the envoy said."
    (only,) = scan(text)
    assert [part.of(text) for part in only.parts] == ["We came.", "We saw.", "We left,"]
    assert only.closed


def test_single_quotation_over_paragraphs() -> None:
    text = "'We came.\n\n'We saw,' the envoy said."
    (only,) = scan(text)
    assert [part.of(text) for part in only.parts] == ["We came.", "We saw,"]


def test_missing_closing_mark_is_bounded_by_its_paragraph() -> None:
    text = 'He said "we go.\n\nThe town is "quiet" now.'
    first, second = scan(text)
    assert (first.parts[0].of(text), first.closed) == ("we go.", False)
    assert (second.parts[0].of(text), second.closed) == ("quiet", True)


def test_missing_closing_mark_is_bounded_by_the_next_opening_one() -> None:
    text = '"We won, he said, "and we are glad."'
    first, second = scan(text)
    assert not first.closed
    assert second.parts[0].of(text) == "and we are glad."


def test_nested_quotations_have_levels() -> None:
    text = "“They shouted ‘go home’ and ‘never’,” she said."
    assert inner(text, level=0) == ["They shouted ‘go home’ and ‘never’,"]
    assert inner(text, level=1) == ["go home", "never"]


_TEXT = st.text(alphabet="ab. ,s\n\"'“”‘’«»—(1", max_size=80)


@settings(max_examples=400, deadline=None)
@given(_TEXT)
def test_spans_stay_inside_the_text_and_nest(text: str) -> None:
    found = scan(text)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        for part, outer in zip(each.parts, each.outer, strict=True):
            assert outer.contains(part)
            assert "\n\n" not in part.of(text).strip("\n")
    for one in found:
        for other in found:
            if one is not other and _crosses(one, other):
                raise AssertionError(f"{one} crosses {other} in {text!r}")


def _crosses(one: Quotation, other: Quotation) -> bool:
    return one.start < other.start < one.end < other.end


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="abc xyz", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6))
def test_balanced_curly_marks_come_out_word_for_word(pieces: list[str]) -> None:
    text = "".join(f"x “{piece.strip()}” y " for piece in pieces)
    assert inner(text) == [piece.strip() for piece in pieces]
