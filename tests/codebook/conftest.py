"""Own types fitted once for all tests of this folder: reading the background takes some seconds."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from communique.codebook import Codebook, OwnType, OwnTypes
from communique.encoder import Encoder, Scorer
from communique.events import own as own_events
from communique.events.own import OwnHead

ROOT = Path(__file__).parents[2]
FOUR = ROOT / "docs" / "examples" / "four-types.yaml"
_FITTED: dict[tuple[tuple[OwnType, ...], str], OwnHead] = {}
_FIT = own_events.fit


def fit_once(own: OwnTypes, encoder: Scorer, *, ours: Sequence[str] = ()) -> OwnHead:
    """The head of these types, fitted at the first call."""
    key = own.types, encoder.digest
    if key not in _FITTED:
        _FITTED[key] = _FIT(own, encoder, ours=ours)
    return _FITTED[key]


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands fit each file once, too."""
    monkeypatch.setattr(own_events, "fit", fit_once)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="session")
def four() -> Codebook:
    return Codebook.load(FOUR)


@pytest.fixture(scope="session")
def head(four: Codebook, encoder: Encoder) -> OwnHead:
    assert four.own is not None
    return fit_once(four.own, encoder, ours=four.shown())
