"""Mentions → actors on hand-made trees: metonyms, titles, surnames, groups, chains, abstention."""

import pytest

from communique.grounding import Grounding, Registry, ground
from communique.records import Actor
from tests.trees import document, mention


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def actor(grounding: Grounding, text: str, occurrence: int = 0) -> Actor | None:
    return grounding.actor_of(mention(grounding.document, text, occurrence).id)


CLAUSES = {
    "said": "{0}/PROPN 2 nsubj LOC|said/VERB/VBD/say 0 root|no/INTJ 2 obj",
    "urged": "Cairo/PROPN 2 nsubj LOC|urged/VERB/VBD/urge 0 root|{0}/PROPN 2 obj LOC",
    "role": "{0}/PROPN 3 nmod:poss LOC|'s/PART/POS 1 case|role/NOUN/NN 4 nsubj|grew/VERB/VBD/grow 0 root",
    "talks with": "talks/NOUN/NNS/talk 4 nsubj|with/ADP 3 case|{0}/PROPN 1 nmod LOC|failed/VERB/VBD/fail 0 root",
    "in": "They/PRON/PRP 2 nsubj PRONOUN|met/VERB/VBD/meet 0 root|in/ADP 4 case|{0}/PROPN 2 obl LOC",
    "bombed": "They/PRON/PRP 2 nsubj PRONOUN|bombed/VERB/VBD/bomb 0 root|{0}/PROPN 2 obj LOC",
    "streets": "{0}/PROPN 3 nmod:poss LOC|'s/PART/POS 1 case|streets/NOUN/NNS/street 4 nsubj|fell/VERB/VBD/fall 0 root",
}


@pytest.mark.parametrize(
    ("clause", "government"),
    [("said", True), ("urged", True), ("role", True), ("talks with", True), ("in", False), ("bombed", False),
     ("streets", False)],
)  # fmt: skip
def test_a_capital_is_a_government_or_a_place_by_its_clause(registry: Registry, clause: str, government: bool) -> None:
    rows = CLAUSES[clause].format("Islamabad").replace("|", "\n")
    grounding = ground(document(rows, published="2010-10-21"), registry)
    found = actor(grounding, "Islamabad")
    if government:
        assert found is not None
        assert (found.country, found.sectors, found.registry_id) == ("PAK", ("GOV",), "state/PAK")
        assert grounding.place_of(mention(grounding.document, "Islamabad").id) is None
    else:
        assert found is None
        assert mention(grounding.document, "Islamabad").kind == "GPE"


def test_a_title_alone_is_resolved_by_the_day(registry: Registry) -> None:
    rows = """
    The/DET/DT 4 det
    French/ADJ/JJ 4 amod
    foreign/ADJ/JJ 4 amod
    minister/NOUN/NN 5 nsubj PERSON
    left/VERB/VBD/leave 0 root
    """
    found = [actor(ground(document(rows, published=day), registry), "The French foreign minister")
             for day in ("2009-05-03", "2013-05-03", "2031-05-03")]  # fmt: skip
    assert [each.name if each else None for each in found] == [
        "Bernard Kouchner", "Laurent Fabius", "French foreign minister",
    ]  # fmt: skip
    assert found[2] is not None
    assert (found[2].country, found[2].sectors, found[2].registry_id) == ("FRA", ("GOV",), None)


def test_title_and_misspelt_name_agree_on_the_person(registry: Registry) -> None:
    rows = """
    Pentagon/PROPN/NNP 2 compound ORG
    spokesman/NOUN/NN 3 nmod:desc PERSON=1:2
    Jeff/PROPN/NNP 5 nsubj PERSON=1:4
    Morrell/PROPN/NNP 3 flat
    spoke/VERB/VBD/speak 0 root
    """
    found = actor(ground(document(rows, published="2010-03-01"), registry), "Pentagon spokesman Jeff Morrell")
    assert found is not None
    assert (found.name, found.country, found.sectors) == ("Geoff Morrell", "USA", ("GOV",))
    assert "office and surname" in found.why


TITLES = """
Robert/PROPN/NNP 7 nsubj PERSON=1:2
Gates/PROPN/NNP 1 flat
,/PUNCT/, 6 punct
the/DET/DT 6 det
defence/NOUN/NN 6 compound
secretary/NOUN/NN 1 appos PERSON=4:6
met/VERB/VBD/meet 0 root
Gen/PROPN/NNP 9 nmod:desc
Kayani/PROPN/NNP 7 obj PERSON=8:9
,/PUNCT/, 13 punct
Pakistan/PROPN/NNP 13 compound
army/NOUN/NN 13 compound
chief/NOUN/NN 9 appos PERSON=11:13
./PUNCT/. 7 punct
--
Gates/PROPN/NNP 2 nsubj PERSON
said/VERB/VBD/say 0 root
he/PRON/PRP 4 nsubj PRONOUN
agreed/VERB/VBD/agree 2 ccomp
./PUNCT/. 2 punct
--
The/DET/DT 3 det
Defence/PROPN/NNP 3 compound
Secretary/PROPN/NNP 4 nsubj PERSON
left/VERB/VBD/leave 0 root
./PUNCT/. 4 punct
"""


def test_surname_title_apposition_and_pronoun_are_one_chain(registry: Registry) -> None:
    grounding = ground(document(TITLES, published="2010-10-21"), registry)
    gates = actor(grounding, "Robert Gates")
    assert gates is not None
    assert (gates.registry_id, gates.role) == ("Q212979", "Secretary of Defense")
    for text in ("the defence secretary", "Gates", "he", "The Defence Secretary"):
        assert actor(grounding, text) == gates, text
    kayani = actor(grounding, "Gen Kayani")
    assert kayani is not None
    assert (kayani.name, kayani.country, kayani.sectors) == ("Ashfaq Parvez Kayani", "PAK", ("MIL",))
    assert actor(grounding, "Pakistan army chief") == kayani


def test_a_chain_never_joins_two_known_people(registry: Registry) -> None:
    grounding = ground(document(TITLES, published="2010-10-21"), registry)
    ids = [each.registry_id for each in grounding.actors if each.registry_id is not None]
    assert len(ids) == len(set(ids))


def test_a_group_keeps_its_country_when_it_is_named_again(registry: Registry) -> None:
    rows = """
    The/DET/DT 3 det
    Pakistani/ADJ/JJ 3 amod
    delegation/NOUN/NN 4 nsubj ORG
    arrived/VERB/VBD/arrive 0 root
    ./PUNCT/. 4 punct
    --
    The/DET/DT 2 det
    delegation/NOUN/NN 3 nsubj ORG
    left/VERB/VBD/leave 0 root
    ./PUNCT/. 3 punct
    """
    grounding = ground(document(rows, published="2010-10-21"), registry)
    found = actor(grounding, "The delegation")
    assert found is not None
    assert (found.country, found.sectors, found.status) == ("PAK", ("GOV",), "resolved")
    assert found == actor(grounding, "The Pakistani delegation")
    adjective = actor(grounding, "Pakistani")
    assert adjective is not None
    assert adjective.registry_id == "state/PAK"


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("Taliban fighters", "AFG", "REB"), ("Israeli warplanes", "ISR", "MIL"), ("Kenyan lawmakers", "KEN", "LEG"),
        ("Greek unions", "GRC", "LAB"), ("NATO soldiers", None, "IGO"), ("French police", "FRA", "COP"),
        ("Russian companies", "RUS", "BUS"), ("Egyptian protesters", "EGY", "OPP"), ("army spokesman", None, "MIL"),
        ("opposition leader", None, "OPP"), ("media persons", None, "MED"), ("aid workers", None, "NGO"),
    ],
)  # fmt: skip
def test_nouns_give_sectors_and_their_modifiers_countries(
    registry: Registry, words: str, country: str | None, sector: str
) -> None:
    first, second = words.split()
    tag = "ADJ/JJ" if first.endswith(("i", "an", "k", "ch")) and first != "Taliban" else "NOUN/NN"
    plural = "NNS" if second.endswith("s") or second == "police" else "NN"
    lemma = {"companies": "company", "police": "police"}.get(second, second.removesuffix("s"))
    rows = f"""
    {first}/{tag} 2 {"amod" if tag == "ADJ/JJ" else "compound"}
    {second}/NOUN/{plural}/{lemma} 3 nsubj OTHER=1:2
    moved/VERB/VBD/move 0 root
    """
    found = actor(ground(document(rows, published="2010-10-21"), registry), words)
    assert found is not None
    assert (found.country, found.sectors[0]) == (country, sector)


def test_names_are_found_though_the_reader_missed_them(registry: Registry) -> None:
    rows = """
    Lashkar/NOUN/NN 7 nsubj
    ~-/PUNCT/HYPH 1 punct
    ~e/X 1 flat
    ~-/PUNCT/HYPH 1 punct
    ~Taiba/PROPN/NNP 1 flat
    has/AUX/VBZ/have 7 aux
    denied/VERB/VBN/deny 0 root
    it/PRON/PRP 7 obj PRONOUN
    """
    found = actor(ground(document(rows, published="2008-12-01"), registry), "Lashkar-e-Taiba")
    assert found is not None
    assert (found.country, found.sectors) == ("PAK", ("REB",))


def test_without_a_date_nobody_holds_office(registry: Registry) -> None:
    rows = """
    President/PROPN/NNP 2 nmod:desc
    Obama/PROPN/NNP 3 nsubj PERSON=1:2
    left/VERB/VBD/leave 0 root
    """
    dated = actor(ground(document(rows, published="2010-10-21"), registry), "President Obama")
    undated = actor(ground(document(rows), registry), "President Obama")
    assert dated is not None
    assert dated.role == "President"
    assert undated is not None
    assert (undated.registry_id, undated.role) == (None, "President")


def test_several_candidates_are_listed_and_none_is_chosen(registry: Registry) -> None:
    rows = """
    Congo/PROPN/NNP 2 nsubj LOC
    agreed/VERB/VBD/agree 0 root
    """
    found = actor(ground(document(rows, published="2010-10-21"), registry), "Congo")
    assert found is not None
    assert found.registry_id is None
    assert set(found.candidates) == {"state/COG", "state/COD"}


def test_two_ranks_before_a_name(registry: Registry) -> None:
    rows = """
    Lt/PROPN/NNP 2 compound
    Gen/PROPN/NNP 3 nmod:desc
    Asif/PROPN/NNP 5 nsubj PERSON=1:4
    Ghani/PROPN/NNP 3 flat
    resigned/VERB/VBD/resign 0 root
    """
    found = actor(ground(document(rows, published="2010-10-21"), registry), "Lt Gen Asif Ghani")
    assert found is not None
    assert (found.name, found.sectors) == ("Asif Ghani", ("MIL",))


def test_mentions_stay_in_order_with_one_head_each(registry: Registry) -> None:
    grounding = ground(document(TITLES, published="2010-10-21"), registry)
    mentions = grounding.document.mentions
    assert [(each.span.start, -each.span.end) for each in mentions] == sorted(
        (each.span.start, -each.span.end) for each in mentions
    )
    assert len({each.head for each in mentions}) == len(mentions)
    assert len({each.id for each in mentions}) == len(mentions)
    assert ground(document(TITLES, published="2010-10-21"), registry) == grounding


def test_expressions_of_time_are_mentions_with_intervals(registry: Registry) -> None:
    rows = """
    India/PROPN/NNP 2 nsubj LOC
    agreed/VERB/VBD/agree 0 root
    last/ADJ/JJ 4 amod
    week/NOUN/NN 2 obl:unmarked DATE
    """
    grounding = ground(document(rows, published="2010-10-21"), registry)
    interval = grounding.interval_of(mention(grounding.document, "last week").id)
    assert interval is not None
    assert (interval.start, interval.end) == ("2010-10-11", "2010-10-17")


def test_a_possessor_gives_its_country(registry: Registry) -> None:
    rows = """
    India/PROPN/NNP 2 nsubj LOC
    put/VERB/VBD/put 0 root
    its/PRON/PRP$/its 5 nmod:poss PRONOUN
    armed/ADJ/JJ 5 amod
    forces/NOUN/NNS/force 2 obj ORG=3:5
    on/ADP/IN 7 case
    alert/NOUN/NN 2 obl OTHER
    while/SCONJ/IN 10 mark
    China/PROPN/NNP 10 nsubj LOC
    watched/VERB/VBD/watch 2 advcl
    """
    found = actor(ground(document(rows, published="1999-10-12"), registry), "its armed forces")
    assert found is not None
    assert (found.country, found.sectors) == ("IND", ("MIL",))


def test_a_counterpart_holds_the_same_office(registry: Registry) -> None:
    rows = """
    The/DET/DT 4 det
    French/ADJ/JJ 4 amod
    foreign/ADJ/JJ 4 amod
    minister/NOUN/NN 5 nsubj PERSON
    met/VERB/VBD/meet 0 root
    his/PRON/PRP$/his 8 nmod:poss PRONOUN
    Indian/ADJ/JJ 8 amod
    counterpart/NOUN/NN 5 obj PERSON=6:8
    """
    found = actor(ground(document(rows, published="2010-06-01"), registry), "his Indian counterpart")
    assert found is not None
    assert (found.name, found.role) == ("S. M. Krishna", "Minister of External Affairs")


def test_a_sum_of_two_countries_is_taken_apart(registry: Registry) -> None:
    rows = """
    British/ADJ/JJ 4 amod
    and/CCONJ/CC 3 cc
    French/ADJ/JJ 1 conj
    forces/NOUN/NNS/force 5 nsubj GROUP
    left/VERB/VBD/leave 0 root
    """
    grounding = ground(document(rows, published="2011-03-20"), registry)
    whole = grounding.document.mention_at(3)
    assert whole is not None
    parts = [grounding.actor(part.actor or "") for part in grounding.parts_of(whole.id)]
    assert [(each.country, each.sectors) for each in parts if each] == [("GBR", ("MIL",)), ("FRA", ("MIL",))]
    sum_of_both = grounding.actor_of(whole.id)
    assert sum_of_both is not None
    assert sum_of_both.country is None
    assert grounding.parts_of("m999") == ()


def test_ministers_of_two_countries_are_their_holders(registry: Registry) -> None:
    rows = """
    The/DET/DT 6 det
    Indian/ADJ/JJ 6 amod
    and/CCONJ/CC 4 cc
    Pakistani/ADJ/JJ 2 conj
    foreign/ADJ/JJ 6 amod
    ministers/NOUN/NNS/minister 7 nsubj GROUP
    met/VERB/VBD/meet 0 root
    """
    grounding = ground(document(rows, published="2010-07-15"), registry)
    whole = grounding.document.mention_at(5)
    assert whole is not None
    names = [actor.name for part in grounding.parts_of(whole.id) if (actor := grounding.actor(part.actor or ""))]
    assert names == ["S. M. Krishna", "Shah Mehmood Qureshi"]


def test_a_name_that_many_bodies_bear_is_its_owners(registry: Registry) -> None:
    rows = """
    Peru/PROPN 3 nmod:poss LOC
    's/PART/POS 1 case
    Congress/PROPN 4 nsubj ORG
    met/VERB/VBD/meet 0 root
    """
    found = actor(ground(document(rows, published="1992-04-06"), registry), "Peru's Congress")
    assert found is not None
    assert (found.country, found.sectors, found.registry_id) == ("PER", ("LEG",), None)


def test_a_sea_is_not_the_state_in_its_name(registry: Registry) -> None:
    rows = """
    Ships/NOUN/NNS/ship 2 nsubj
    left/VERB/VBD/leave 0 root
    the/DET/DT 6 det
    South/PROPN 6 compound
    China/PROPN 6 compound
    Sea/PROPN 2 obj LOC
    """
    grounding = ground(document(rows, published="2016-07-13"), registry)
    assert not any(each.country == "CHN" for each in grounding.actors)


def test_a_portfolio_is_no_party(registry: Registry) -> None:
    rows = """
    Labour/PROPN/NNP 2 compound
    Minister/PROPN/NNP 3 nmod:desc PERSON
    Vukic/PROPN/NNP 4 nsubj PERSON
    spoke/VERB/VBD/speak 0 root
    """
    found = actor(ground(document(rows, published="2015-09-16"), registry), "Labour Minister Vukic")
    assert found is not None
    assert (found.country, found.sectors) == (None, ("GOV",))


def test_an_adjective_of_two_states_lends_no_office_to_a_third(registry: Registry) -> None:
    rows = """
    The/DET/DT 3 det
    Congolese/ADJ/JJ 3 amod
    president/NOUN/NN 4 nsubj PERSON
    flew/VERB/VBD/fly 0 root
    to/ADP/IN 6 case
    {0}/PROPN/NNP 4 obl LOC
    """
    named = [actor(ground(document(rows.format(place), published="2011-02-01"), registry), "The Congolese president")
             for place in ("Washington", "Kinshasa")]  # fmt: skip
    assert [each and each.name for each in named][1] == "Joseph Kabila"
    assert named[0] is None or named[0].registry_id is None


def test_rows_tell_their_source_and_licence(registry: Registry) -> None:
    person, spell = registry.holders("president", "2011-02-01", country="COD")[0]
    assert person.name == "Joseph Kabila"
    assert "CC0" in spell.source
    assert all("CC0" in entry.source for known in registry.starting("nato") for entry in known.entries)
