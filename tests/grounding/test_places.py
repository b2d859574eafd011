"""Places: the gazetteer, what words say about a place, and how a document decides between places of one name."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import RegistryError
from communique.grounding import gazetteer as form
from communique.grounding import places
from communique.grounding.gazetteer import Gazetteer, fold
from communique.records import Article, Document, Mention, Place, Span

KNOWN = Gazetteer.load()


def placed(text: str, *, literal: str = ".*") -> dict[str, Place]:
    """Places of the words in square brackets, by their words; `literal` says which of them are meant literally."""
    mentions: list[Mention] = []
    plain, at = "", 0
    for match in re.finditer(r"\[(.+?)\]", text):
        plain += text[at : match.start()]
        start = len(plain)
        plain += match[1]
        mentions.append(Mention(f"m{len(mentions)}", Span(start, len(plain)), "GPE", len(mentions)))
        at = match.end()
    plain += text[at:]
    document = Document(Article("a", "a", plain), (), ())
    found = places.resolve(
        document, mentions, literal=lambda mention: re.fullmatch(literal, mention.span.of(plain)) is not None
    )
    return {mention.span.of(plain): found[mention.id] for mention in mentions if mention.id in found}


def only(text: str) -> Place:
    (place,) = placed(text).values()
    return place


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint-Étienne", "st etienne"),
        ("The Hague", "hague"),
        ("Washington, D.C.", "washington dc"),
        ("Łódź", "lodz"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
        ("Þórshöfn", "thorshofn"),
        ("", ""),
    ],
)
def test_names_fold_to_keys(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_any_name_may_be_asked(name: str) -> None:
    once = fold(name)
    assert fold(once) == once or once.startswith("the ")
    records, hows = KNOWN.find(name)
    assert len(records) == len(hows)


def test_the_file_is_small_and_loads_fast() -> None:
    assert form.FILE.stat().st_size < 7_000_000
    form._load.cache_clear()
    start = time.process_time()
    Gazetteer.load()
    assert time.process_time() - start < 0.3  # 0.07 s on a quiet machine


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.npz"
    path.write_bytes(b"PK nothing")
    with pytest.raises(RegistryError, match=re.escape(str(path))):
        Gazetteer.load(path)


@pytest.mark.parametrize(
    ("text", "identity", "country", "precision"),
    [
        ("Fighting went on in [Kandahar].", 1138336, "AFG", "city"),
        ("Fighting went on in [Kandahar province].", 1138335, "AFG", "admin1"),
        ("Drones struck [North Waziristan].", 1168875, "PAK", "admin2"),
        ("They met in [Washington].", 4140963, "USA", "city"),
        ("They met in [Pakistan].", 1168579, "PAK", "country"),
        ("Rockets were fired from [the Gaza Strip].", 281132, "PSE", "admin1"),
        ("He lives in [Springfield], Ill.", 4250542, "USA", "city"),
        ("He lives in [Springfield], Massachusetts.", 4951788, "USA", "city"),
        ("He lives in [Long Beach], California.", 5367929, "USA", "city"),
        ("He lives in [Paris], Texas.", 4717560, "USA", "city"),
        ("He lives in [Paris].", 2988507, "FRA", "city"),
        ("Rain fell in [Calif.] today.", 5332921, "USA", "admin1"),
        ("He was held in [the Iraqi city of Mosul].", 99072, "IRQ", "city"),
        ("He was held at [Baghdad airport].", 98182, "IRQ", "city"),
        ("They took [Fallujah].", 99454, "IRQ", "city"),
        ("They met in [Geneva], Switzerland.", 2660646, "CHE", "city"),
        ("They fled [the Republic of Armenia].", 174982, "ARM", "country"),
        ("They fled [Europe].", 6255148, None, "region"),
    ],
)
def test_one_name(text: str, identity: int, country: str | None, precision: str) -> None:
    place = only(text)
    assert (place.geonames_id, place.country, place.precision) == (identity, country, precision)


def test_a_country_and_a_side_of_it_have_no_point() -> None:
    iraq, north = only("They fled [Iraq]."), only("They fled [northern Iraq].")
    assert (iraq.lat, iraq.lon) == (None, None)
    assert (north.name, north.country, north.precision, north.lat) == ("northern Iraq", "IRQ", "region", None)


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("the Afghanistan-Pakistan border", "Afghanistan–Pakistan border", None),
        ("the Turkish border with Syria", "Turkey–Syria border", None),
        ("the Pakistan border", "Pakistan border", "PAK"),
    ],
)
def test_a_border_is_a_region(words: str, name: str, country: str | None) -> None:
    place = only(f"They met along [{words}].")
    assert (place.name, place.country, place.precision, place.lat) == (name, country, "region", None)
    assert place.geonames_id is None


@pytest.mark.parametrize(
    "name", ["Darfur", "Donbas", "Sahel", "Kashmir", "the tribal areas", "Kurdistan", "the West Bank"]
)
def test_regions_that_no_table_of_towns_has(name: str) -> None:
    assert only(f"Troops moved into [{name}].").precision in ("region", "admin1")


def test_the_document_decides_between_places_of_one_name() -> None:
    american = placed("[Columbus], [Cleveland] and [Dublin] voted; so did the rest of [Ohio].")
    irish = placed("[Cork], [Galway] and [Dublin] voted; so did the rest of [Ireland].")
    assert american["Dublin"].country == "USA"
    assert irish["Dublin"].country == "IRL"


def test_what_follows_a_town_and_a_comma_holds_it() -> None:
    found = placed("He was born in [Albany], [New York].")
    assert found["New York"].precision == "admin1"
    assert found["Albany"].geonames_id == 5106834


def test_what_is_not_meant_literally_gets_no_place_but_tells_where_the_article_plays() -> None:
    found = placed("[Tbilisi] protested. Troops entered [Georgia].", literal="Georgia")
    assert set(found) == {"Georgia"}
    assert found["Georgia"].country == "GEO"


def test_unknown_names_and_parts_of_unknown_names_are_left_out() -> None:
    assert placed("They met at [Quxlavia], in [the market] and at the [Farmers Union].") == {}


def test_same_input_same_places() -> None:
    text = "[Springfield], [Franklin], [Clinton] and [Salem] are names; [Madison] too."
    assert placed(text) == placed(text)
