"""The weighing of lexicon and model: each alone, both together, and against each other."""

from communique.events.weigh import ALONE, NONE, Voice, likeliest, linked, verdict
from communique.records import Sign

SURE = Sign(3, types={"ASSAULT": 0.95}, links={"source": {1: 0.9}, "target": {5: 0.2}})
TORN = Sign(3, types={"ASSAULT": 0.4, "COERCE": 0.55})
SILENT = Sign(3)


def test_without_a_model_the_lexicon_decides() -> None:
    assert verdict(None, Voice("CONSULT", "verb")).type == "CONSULT"
    assert verdict(None, Voice("CONSULT", "verb")).probability == ALONE
    assert verdict(None, None).type == NONE


def test_the_model_finds_what_no_lexicon_lists() -> None:
    assert verdict(SURE, None).type == "ASSAULT"


def test_the_lexicon_tips_the_scale() -> None:
    assert verdict(TORN, None).type == "COERCE"
    assert verdict(TORN, Voice("ASSAULT", "verb")).type == "ASSAULT"


def test_what_the_model_does_not_see_at_all_is_no_event() -> None:
    assert verdict(SILENT, Voice("ASSAULT", "verb")).type == NONE


def test_a_use_that_the_lexicon_blocks_needs_more() -> None:
    doubtful = Sign(3, types={"ASSAULT": 0.96})
    assert verdict(doubtful, None).type == "ASSAULT"
    assert verdict(Sign(3, types={"ASSAULT": 0.7}), None, blocked=True).type == NONE


def test_probabilities_are_shares() -> None:
    found = verdict(TORN, Voice("ASSAULT", "verb"))
    assert 0 < found.probability < 1


def test_links_of_the_model_the_tree_and_the_frame_add_up() -> None:
    assert linked(SURE, "source", (1,), by_tree=1.0, by_frame=False) > 0
    assert linked(SURE, "source", (1,), by_tree=None, by_frame=False) > 0
    assert linked(SURE, "target", (9,), by_tree=-1.0, by_frame=False) < 0
    alone = linked(SURE, "target", (5,), by_tree=0.2, by_frame=False)
    assert linked(SURE, "target", (5,), by_tree=0.2, by_frame=True) > alone
    assert linked(SURE, "target", (5,), by_tree=2.0, by_frame=False) > alone


def test_the_rule_is_one_voice_among_labels() -> None:
    assert likeliest({"actual": 0.55, "planned": 0.45}, "planned") == "planned"
    assert likeliest({"actual": 0.99, "planned": 0.01}, "planned") == "actual"
    assert likeliest({}, "negated") == "negated"
