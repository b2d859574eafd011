"""The scorer of roles: its features tell the tree, and its fitted weights know who does what to whom."""

import pytest

from communique.events.roles import Roles, features
from tests.events.stage import ground
from tests.events.test_coder import SHAPES


def roles(shape: str, trigger: str, name: str, kind: str) -> dict[str, float]:
    grounding = ground(SHAPES[shape][0])
    document = grounding.document
    word = next(each for each in document.words if each.form == trigger)
    mention = next(each for each in document.mentions if document.words[each.head].form == name)
    return dict(Roles.load().odds(document, word.index, mention, kind, acts=True))


@pytest.mark.parametrize(
    ("shape", "trigger", "source", "target"),
    [
        ("active", "attacked", "Tehran", "rebels"),
        ("passive with an agent", "attacked", "Tehran", "rebels"),
    ],
)
def test_subject_and_object_change_places_in_the_passive(shape: str, trigger: str, source: str, target: str) -> None:
    doer, hit = (roles(shape, trigger, name, "ASSAULT") for name in (source, target))
    assert doer["source"] > doer["target"]
    assert hit["target"] > hit["source"]


def test_features_tell_path_and_preposition() -> None:
    grounding = ground(SHAPES["passive with an agent"][0])
    document = grounding.document
    word = next(each for each in document.words if each.form == "attacked")
    mention = next(each for each in document.mentions if document.words[each.head].form == "Tehran")
    told = list(features(document, word.index, mention, "ASSAULT", acts=True))
    assert any("obl" in each and "(by)" in each for each in told)
    assert told == list(features(document, word.index, mention, "ASSAULT", acts=True))
