"""The audit: weaknesses are told with their fix, and one that could not be made is no passed one."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_check", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_weaknesses_are_told_with_their_fix(audit: ModuleType) -> None:
    weak = {"id": "PYSEC-1", "fix_versions": ["1.2"]}
    told = {"dependencies": [{"name": "one", "version": "1.1", "vulns": [weak]}, {"name": "two", "skip_reason": "own"}]}
    assert audit.read(json.dumps(told), "") == (
        ["one 1.1: PYSEC-1, mended in 1.2", "two: not known to the database, not audited"],
        "",
    )
    none = {"dependencies": [{"name": "two", "skip_reason": "not found"}]}
    assert audit.read(json.dumps(none), "") == ([], "the database knows none of 1 packages; ask another one")
    assert audit.read('{"dependencies": []}', "") == ([], "")


@pytest.mark.parametrize("told", ["", "[]", "{}"])
def test_no_answer_is_no_pass(
    audit: ModuleType, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.read(told, "Traceback\nConnectionError: no route")[1].endswith("(ConnectionError: no route)")
    monkeypatch.setattr(audit, "audit", lambda: audit.read(told, ""))
    for arguments, status in ((["audit"], 0), (["audit", "--strict"], 1)):
        monkeypatch.setattr(sys, "argv", arguments)
        assert audit.main() == status
        assert capsys.readouterr().err.startswith("not audited: ")
