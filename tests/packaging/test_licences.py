"""The check of licences: alternatives are a choice, copyleft without one is a fault, and ours pass."""

import importlib.metadata
import importlib.util
import sys
from email.message import Message
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "licences.py"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences_check", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"License-Expression": "MIT"}, None),
        ({"License-Expression": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"}, None),
        ({"License-Expression": "GPL-3.0-or-later"}, "is copyleft"),
        ({"License-Expression": "MIT AND LGPL-2.1-only"}, "is copyleft"),
        ({"Classifier": "License :: OSI Approved :: GNU Affero General Public License v3"}, "is copyleft"),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, None),
        ({"License": "AGPLv3"}, "is copyleft"),
        ({}, "tells no licence"),
    ],
)
def test_what_metadata_tells(licences: ModuleType, told: dict[str, str], fault: str | None) -> None:
    message = Message()
    for name, value in told.items():
        message[name] = value
    package = licences.Package("some", "1", licences.licences(message))
    assert package.fault() == fault


def test_what_we_need_is_found_and_free(licences: ModuleType) -> None:
    found = {each.name: each for each in licences.packages()}
    for name in ("numpy", "onnxruntime", "pyarrow", "lxml"):
        assert found[name].version == importlib.metadata.version(name)
    assert not [each for each in found.values() if each.fault()]
    assert "pytest" not in found


def test_the_bill_names_every_package(licences: ModuleType) -> None:
    found = licences.packages()
    bill = licences.bill(found)
    assert bill["bomFormat"] == "CycloneDX"
    assert [each["purl"] for each in bill["components"]] == [f"pkg:pypi/{each.name}@{each.version}" for each in found]
