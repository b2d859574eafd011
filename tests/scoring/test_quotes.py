"""Direct quotations and speakers in LitBank's format."""

import pytest

from communique.errors import ScoringError
from communique.records import CodedArticle, Mention, Participant, Statement
from communique.scoring.quotes import from_form, score
from tests.factories import RUN, article, span

TEXT = "“ We go , ” said the captain . “ Never ! ” cried Lowe ."


def form() -> dict:  # type: ignore[type-arg]
    """Two quotations of two people."""
    places = [span(TEXT, "“ We go , ”"), span(TEXT, "“ Never ! ”")]
    names = [span(TEXT, "the captain"), span(TEXT, "Lowe")]
    return {
        "text": TEXT,
        "quotes": [{"start": p.start, "end": p.end, "speaker": s} for p, s in zip(places, "CL", strict=True)],
        "mentions": [{"start": p.start, "end": p.end, "entity": s} for p, s in zip(names, "CL", strict=True)],
    }


def coded(speaker: str, form_of: str = "direct") -> CodedArticle:
    """The first quotation, given to a mention."""
    mentions = (
        Mention("m1", span(TEXT, "the captain"), "PERSON", 5),
        Mention("m2", span(TEXT, "Lowe"), "PERSON", 12),
    )
    told = Statement("s1", form_of, Participant(speaker, None), None, None, (span(TEXT, "We go"),), 0.9)  # type: ignore[arg-type]
    return CodedArticle(RUN, article(TEXT), mentions, (), (told,), (), ())


@pytest.mark.parametrize(
    ("given", "found", "speaker"),
    [(coded("m1"), 50.0, 50.0), (coded("m2"), 50.0, 0.0), (coded("m1", "indirect"), 0.0, 0.0)],
)
def test_quotations_are_found_and_given_to_speakers(given: CodedArticle, found: float, speaker: float) -> None:
    told = score([(from_form(form()), given)])
    assert (told["quotations"], told["found"], told["speaker"]) == (2, found, speaker)


@pytest.mark.parametrize("broken", [{"text": TEXT}, {**form(), "text": "short"}])
def test_a_broken_file_is_told(broken: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(ScoringError):
        from_form(broken)
