"""The fuzzing script in its short form: no room raises over what Hypothesis makes up."""

from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_no_room_raises_over_invented_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import fuzzing

    told = fuzzing.fuzz(60, number=7, folder=tmp_path)
    assert told["failures"] == {}
    assert told["total"] >= 60
