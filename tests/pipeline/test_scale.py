"""Many machines: whole shards, a lost process or driver costs its time and no more, the same bytes as on one."""

import sys
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.pipeline import scale

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# Seconds: Ray takes five to start on a free machine, and several times that on a busy one.
LIMIT = 120


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found by Linux's /proc")
def test_workers_and_drivers_killed_the_archive_is_that_of_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (extra scale)")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import scaling

    told = scaling.killing(tmp_path, times=2, articles=48, seed=4, limit=LIMIT)
    if not told["in_time"]:
        pytest.skip(f"Ray did not come to its end within {LIMIT} seconds here: {told}")
    assert told["same_bytes"], (told, (tmp_path / "many.log").read_text(encoding="utf-8")[-2000:])
    assert told["workers"] + told["drivers"] >= 1
    assert told["files"] > 3


def test_without_ray_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"communique\[scale\]"):
        list(scale.spread(max, [], shared=0))
