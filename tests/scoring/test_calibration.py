import pytest

from communique.scoring.calibration import reliability


def test_what_is_as_sure_as_it_is_right_has_no_error() -> None:
    found = reliability([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
    assert found.error == pytest.approx(0)
    assert [(each.count, each.right) for each in found.bins] == [(4, 0.75)]


def test_the_error_is_weighted_by_the_number_of_answers() -> None:
    found = reliability([(1.0, False), (0.5, True), (0.5, False), (0.5, True), (0.5, False)])
    assert found.error == pytest.approx(1 / 5)
    assert found.as_dict()["calibration_error"] == 0.2


def test_no_answers() -> None:
    assert reliability([]).error == 0
