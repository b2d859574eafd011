"""`doctor`: good where all is well, and the fix named where something is broken."""

import importlib.metadata
from pathlib import Path

import pytest

from communique.cli import doctor
from communique.errors import ModelError
from tests.cli.conftest import Command


def test_a_sound_installation_is_well(communique: Command) -> None:
    status, told, _ = communique("doctor")
    assert status == 0
    assert "FAULT" not in told
    for each in ("Python", "model", "registry", "gazetteer", "codebook", "space"):
        assert f"ok    {each}: " in told
    assert "make one: communique add FOLDER --to communique.archive" in told


def test_an_archive_is_opened(communique: Command, page: Path) -> None:
    communique("add", str(page), "--to", "my.archive")
    status, told, _ = communique("doctor", "--archive", "my.archive")
    assert status == 0
    assert "my.archive, 1 articles; ledger " in told


def test_what_is_no_archive_is_a_fault(communique: Command, tmp_path: Path) -> None:
    (tmp_path / "my.archive").write_text("no folder")
    status, told, _ = communique("doctor", "--archive", "my.archive")
    assert status == 1
    assert "FAULT archive" in told
    assert "1 to be mended." in told


def test_a_broken_model_is_told_with_its_fix(communique: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ModelError("reader.onnx is not the file that digests.json names")

    monkeypatch.setattr("communique.encoder.Encoder.load", broken)
    status, told, _ = communique("doctor")
    assert status == 1
    assert "FAULT model: reader.onnx is not the file" in told
    assert "pip install --force-reinstall" in told


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = ["no-such-package-a>=1", 'no-such-package-b>=2; extra == "explore"', 'torch; extra == "training"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: declared)
    found = {each.what: each for each in doctor.installation()}
    assert found["packages"].standing == "fault"
    assert found["packages"].fix == "pip install no-such-package-a"
    assert found["packages for [explore]"].standing == "remark"
    assert found["packages for [explore]"].fix == "pip install 'communique[explore]'"
    assert "packages for [training]" not in found


def test_an_archive_without_its_packages_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ['no-such-package>=1; extra == "archive"'])
    found = {each.what: each for each in doctor.place(tmp_path)}
    assert (found["archive"].standing, found["archive"].fix) == ("remark", "pip install 'communique[archive]'")
