"""The tables of the codebook: types, modes, contexts, sectors, CAMEO codes, policies and their look-ups."""

from typing import get_args

import pytest

from communique.codebook import Codebook
from communique.errors import CodebookError
from communique.records import EventType, Quad


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


def test_types_are_those_of_the_records(codebook: Codebook) -> None:
    assert set(codebook.types) == set(get_args(EventType))


def test_sizes_of_the_manual(codebook: Codebook) -> None:
    assert len(codebook.types) == 16
    assert len(codebook.modes) == 67
    assert len(codebook.contexts) == 37
    assert len(codebook.sectors) == 25


def test_quads_of_the_manual(codebook: Codebook) -> None:
    by_quad = {quad: {name for name in codebook.types if codebook.quad(name) == quad} for quad in get_args(Quad)}
    assert by_quad["verbal-cooperation"] == {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"}
    assert by_quad["material-cooperation"] == {"COOPERATE", "AID", "RETREAT"}
    assert by_quad["verbal-conflict"] == {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    assert by_quad["material-conflict"] == {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def test_scores_follow_the_quads(codebook: Codebook) -> None:
    for entry in codebook.types.values():
        assert (entry.score > 0) == entry.quad.endswith("cooperation") or entry.name == "REQUEST", entry.name


def test_every_type_is_shown_by_examples_on_both_sides(codebook: Codebook) -> None:
    for entry in codebook.types.values():
        assert len(entry.examples) >= 3
        assert len(entry.others) >= 3
        assert all(
            other != entry.name and (other in codebook.types or other == "NONE") for other in entry.others.values()
        )


def test_cameo_codes_keep_their_zeros_and_lead_to_their_root(codebook: Codebook) -> None:
    assert codebook.cameo["0251"].name.startswith("Appeal for easing")
    for code, entry in codebook.cameo.items():
        assert code.isdigit()
        assert entry.root in codebook.cameo
        assert -10 <= entry.goldstein <= 10


def test_default_codes_belong_to_their_type(codebook: Codebook) -> None:
    for (kind, mode), entry in codebook.modes.items():
        assert codebook.cameo_of(kind, mode) == entry.cameo
        assert codebook.label(kind, entry.cameo, policy="cameo") in codebook.policies["cameo"].groups
    for kind, row in codebook.types.items():
        assert codebook.cameo_of(kind) == row.cameo
        assert row.cameo[:2] == row.root


@pytest.mark.parametrize(
    ("code", "value"), [("057", 8.0), ("0874", 10.0), ("1385", -7.0), ("163", -8.0), ("190", -10.0), ("018", 3.4)]
)
def test_goldstein_values(codebook: Codebook, code: str, value: float) -> None:
    assert codebook.goldstein(code) == value


def test_goldstein_falls_back_on_the_root_and_refuses_what_is_no_code(codebook: Codebook) -> None:
    assert codebook.goldstein("0399") == codebook.goldstein("03")
    with pytest.raises(CodebookError, match="codes are strings"):
        codebook.goldstein("99")


def test_an_appeal_stays_under_its_root(codebook: Codebook) -> None:
    assert codebook.cameo_of("REQUEST", "yield", root="02") == "025"
    assert codebook.cameo_of("REQUEST", "yield") == "105"


@pytest.mark.parametrize(
    ("outer", "inner", "mode", "expected"),
    [
        ("REQUEST", "RETREAT", "release", ("yield", "105")),
        ("REQUEST", "CONSULT", None, ("meet", "106")),
        ("REJECT", "AID", None, ("assist", "121")),
        ("THREATEN", "COERCE", "arrest", ("arrest", "132")),
        ("THREATEN", "ASSAULT", None, ("violence", "138")),
        ("THREATEN", "SANCTION", None, ("relations", "1313")),
        ("AGREE", "CONSULT", None, (None, "036")),
        ("CONCEDE", "RETREAT", "release", (None, "035")),
        ("AGREE", None, None, (None, "030")),
    ],
)
def test_embedded_acts(
    codebook: Codebook, outer: str, inner: str | None, mode: str | None, expected: tuple[str | None, str]
) -> None:
    assert codebook.embedded(outer, inner, mode) == expected


def test_a_promise_to_release_is_concede_by_plover_and_agree_by_cameo(codebook: Codebook) -> None:
    _, cameo = codebook.embedded("CONCEDE", "RETREAT", "release")
    assert codebook.label("CONCEDE", cameo) == "CONCEDE"
    assert codebook.label("CONCEDE", cameo, policy="cameo") == "AGREE"


@pytest.mark.parametrize(
    ("kind", "cameo", "label"),
    [
        ("CONCEDE", "081", "YIELD"), ("RETREAT", "0841", "YIELD"), ("CONCEDE", "055", "SUPPORT"),
        ("ACCUSE", "090", "ACCUSE"), ("SANCTION", "116", "ACCUSE"), ("REQUEST", "020", "REQUEST"),
        ("ASSAULT", "190", "ASSAULT"), ("ASSAULT", "1823", "ASSAULT"), ("COERCE", "173", "COERCE"),
    ],
)  # fmt: skip
def test_labels_of_the_cameo_policy(codebook: Codebook, kind: str, cameo: str, label: str) -> None:
    assert codebook.label(kind, cameo, policy="cameo") == label


def test_groups_of_the_policies(codebook: Codebook) -> None:
    cameo = codebook.policies["cameo"].groups
    assert len(cameo) == 15
    assert codebook.group("YIELD", policy="cameo") == 2
    assert codebook.group("CONCEDE") == 1
    with pytest.raises(CodebookError, match="unknown policy"):
        codebook.label("AGREE", "030", policy="weis")


def test_planned_and_threatened_forms(codebook: Codebook) -> None:
    assert {codebook.types[name].planned for name in ("CONSULT", "SUPPORT", "COOPERATE", "AID")} == {"AGREE"}
    assert {codebook.types[name].planned for name in ("RETREAT", "CONCEDE")} == {"CONCEDE"}
    assert {codebook.types[name].planned for name in ("ASSAULT", "COERCE", "SANCTION", "PROTEST")} == {"THREATEN"}


def test_contexts_have_cues_that_are_lower_case(codebook: Codebook) -> None:
    for entry in codebook.contexts.values():
        assert len(entry.cues) >= 4
        assert all(cue == cue.lower() for cue in entry.cues)
