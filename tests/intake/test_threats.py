"""Every test that the page on threats names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_threat_names_tests_that_exist() -> None:
    lines = [
        line for line in (ROOT / "docs" / "threats.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for line in lines[1:]:
        named = re.findall(r"`(test_\w+)`", line)
        assert named, line
        for name in named:
            assert f"def {name}(" in written, name
