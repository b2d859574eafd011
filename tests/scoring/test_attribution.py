"""The attribution protocol on invented texts whose measures are worked out by hand."""

import pytest

from communique.errors import ScoringError
from communique.records import Form, Mention, Span
from communique.scoring.attribution import Attribution, form_of, from_form, named, score

TEXT = (
    "The envoy said that “talks may resume,” on Monday. Rebels denied the report. "
    "“We are late,” she added. Analysts believe prices will fall."
)


def spans(*pieces: str, text: str = TEXT) -> list[dict[str, object]]:
    return [{"start": text.index(each), "end": text.index(each) + len(each), "text": each} for each in pieces]


def line(*attributions: tuple[list[str], list[str], list[str]], text: str = TEXT) -> dict[str, object]:
    return {
        "id": "d1",
        "text": text,
        "attributions": [
            {"source": spans(*s, text=text), "cue": spans(*c, text=text), "content": spans(*t, text=text)}
            for s, c, t in attributions
        ],
    }


GOLD = line(
    (["The envoy"], ["said"], ["that “talks may resume,”"]),
    (["Rebels"], ["denied"], ["the report"]),
    (["she"], ["added"], ["“We are late,”"]),
    (["Analysts"], ["believe"], ["prices will fall"]),
)


def found(source: str, cue: str, content: str, form: Form = "indirect", *, attitude: bool = False) -> Attribution:
    def one(piece: str) -> tuple[Span, ...]:
        return (Span(TEXT.index(piece), TEXT.index(piece) + len(piece)),) if piece else ()

    return Attribution(one(source), one(cue), one(content), form, attitude)


def test_gold_against_itself_is_perfect() -> None:
    gold = from_form(GOLD)
    result = score([(gold, gold.attributions)])
    assert result["attribution"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0}
    assert all(result["roles"][role]["exact"]["f1"] == 100.0 for role in ("source", "cue", "content"))


def test_marks_and_a_leading_that_make_no_difference() -> None:
    gold = from_form(line((["The envoy"], ["said"], ["that “talks may resume,”"])))
    result = score([(gold, [found("The envoy", "said", "talks may resume")])])
    assert result["roles"]["content"]["exact"]["f1"] == 100.0


def test_measures_by_hand() -> None:
    gold = from_form(GOLD)
    ours = [
        found("envoy", "said", "talks may resume", "mixed"),  # right; source overlaps, half of its words
        found("she", "denied", "the report"),  # wrong source
        found("she", "added", "We are late", "direct"),  # right
    ]
    result = score([(gold, ours)])
    assert result["attribution"] == {"precision": 66.67, "recall": 50.0, "f1": 57.14}
    assert result["roles"]["cue"]["exact"] == {"precision": 100.0, "recall": 75.0, "f1": 85.71}
    # hand-marked sources: The envoy (half covered), Rebels (not), she (whole), Analysts (not) = 1.5 of 4
    assert result["roles"]["source"]["overlap"]["recall"] == 37.5
    assert result["forms"]["direct"]["attribution"]["f1"] == 100.0
    assert result["forms"]["indirect"]["attribution"]["recall"] == 0.0


def test_attitude_is_counted_apart() -> None:
    gold = from_form(GOLD, is_attitude=lambda cue: cue == "believe")
    result = score([(gold, [found("Analysts", "believe", "prices will fall", attitude=True)])])
    assert result["attitude"]["f1"] == 100.0
    assert result["speech"]["recall"] == 0.0


def test_nested_ones_are_set_aside_where_the_annotators_mark_none() -> None:
    gold = from_form(line((["The envoy"], ["said"], ["talks may resume,” on Monday. Rebels denied the report"])))
    outer = found("The envoy", "said", "talks may resume,” on Monday. Rebels denied the report")
    result = score([(gold, [outer, found("Rebels", "denied", "the report")])])
    assert (result["found"], result["nested"]) == (1, 1)
    assert result["attribution"]["precision"] == 100.0


def test_an_attribution_without_source_is_matched_only_without_source() -> None:
    gold = from_form(line(([], ["said"], ["talks may resume"])))
    assert score([(gold, [found("The envoy", "said", "talks may resume")])])["attribution"]["f1"] == 0.0
    assert score([(gold, [found("", "said", "talks may resume")])])["attribution"]["f1"] == 100.0


@pytest.mark.parametrize(
    ("piece", "form"),
    [
        ("“We are late,”", "direct"),
        ("that “talks may resume,”", "mixed"),
        ("the report", "indirect"),
    ],
)
def test_form_from_marks(piece: str, form: str) -> None:
    start = TEXT.index(piece)
    content = (Span(start, start + len(piece)),)
    assert form_of(TEXT, content) == form


def test_wrong_offsets_are_named() -> None:
    bad = line((["Rebels"], ["denied"], ["the report"]))
    attributions = bad["attributions"]
    assert isinstance(attributions, list)
    attributions[0]["cue"][0]["start"] += 1
    with pytest.raises(ScoringError, match="its own text says"):
        from_form(bad)


def test_missing_fields_are_named() -> None:
    with pytest.raises(ScoringError, match="attributions"):
        from_form({"id": "x", "text": "y"})


def test_the_phrase_of_a_speaker_holds_name_and_apposition() -> None:
    text = "Amina Sy, a historian, said Oslo agreed. She left."
    spans = [Span(0, 8), Span(10, 21), Span(28, 32), Span(41, 44)]
    chains = ["c1", "c1", None, "c1"]
    mentions = [
        Mention(f"m{n}", span, "PERSON", n, chain) for n, (span, chain) in enumerate(zip(spans, chains, strict=True))
    ]
    assert named(mentions[0], mentions, text) == (Span(0, 8), Span(10, 21))
    assert named(mentions[2], mentions, text) == (Span(28, 32),)
