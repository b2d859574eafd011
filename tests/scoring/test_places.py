"""The place measures on a small hand-made file, and floors on the development sets where they are at hand."""

import json
from pathlib import Path

import pytest

from communique.errors import ScoringError
from communique.records import Article, Document, Mention, Sentence, Span, Word
from communique.scoring import places

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "geo"
TEXT = "Rain fell in Kandahar and in Quxlavia, in Paris and in Peru."


def rows(folder: Path, *lines: dict[str, object]) -> Path:
    path = folder / "places.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def toponym(name: str, **more: object) -> dict[str, object]:
    start = TEXT.index(name)
    return {"start": start, "end": start + len(name), "text": name, **more}


def gold(folder: Path) -> Path:
    toponyms = [
        toponym("Kandahar", geonameid=1138336, lat=31.61, lon=65.71),  # exact
        toponym("Quxlavia", geonameid=1, lat=0.0, lon=0.0),  # not found
        toponym("Paris", geonameid=4717560, lat=33.66, lon=-95.56),  # the one in Texas: another country and far
        toponym("Peru", geonameid=3932488, lat=-10.0, lon=-76.0),  # a country has no point but the right id
        toponym("Rain", type="Non_Toponym"),
    ]
    return rows(folder, {"id": "1", "text": TEXT, "toponyms": toponyms})


def test_what_is_not_found_counts_as_wrong(tmp_path: Path) -> None:
    score = places.score_resolution(places.read(gold(tmp_path)))
    assert (score.gold, score.found, score.exact, score.near) == (4, 75.0, 50.0, 50.0)
    assert score.country == pytest.approx(66.67)  # of the three whose country is known


def test_recognition_counts_exact_and_overlapping_names(tmp_path: Path) -> None:
    def reader(article: Article) -> Document:
        words, position = [], 0
        for index, form in enumerate(TEXT.replace(",", " ,").replace(".", " .").split()):
            start = TEXT.index(form, position)
            position = start + len(form)
            upos = "PROPN" if form in ("Kandahar", "Quxlavia", "Paris", "Peru") else "NOUN"
            words.append(Word(index, Span(start, position), form, form.lower(), upos, "", -1, "root", 0))
        sentence = Sentence(0, 0, len(words), Span(0, len(TEXT)), 0)
        mentions = [
            Mention(f"m{each.index}", each.span, "LOC", each.index) for each in words if each.form == "Quxlavia"
        ]
        return Document(article, tuple(words), (sentence,), tuple(mentions))

    score = places.score_recognition(places.read(gold(tmp_path)), reader)
    assert (score.precision, score.recall, score.exact_f1) == (100, 100, 100)


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match=r"places\.jsonl, line 1"):
        list(places.read(rows(tmp_path, {"id": "1", "text": "x", "toponyms": [{"start": 0}]})))


def test_distance_is_that_of_the_sphere() -> None:
    assert places.kilometres(0, 0, 0, 90) == pytest.approx(10_007.5, abs=1)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development sets are not here")
@pytest.mark.parametrize(("name", "exact", "country"), [("lgl", 82, 92), ("geowebnews", 79, 95)])
def test_floors_on_hand_marked_texts(name: str, exact: float, country: float) -> None:
    score = places.score_resolution(places.read(SHARED / f"{name}.jsonl.gz"))
    assert score.exact >= exact
    assert score.country >= country
