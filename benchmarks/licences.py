"""The packages that an installed Communique needs, their licences, and whether any of them is copyleft.

    python benchmarks/licences.py            # silent unless there is something to mend
    python benchmarks/licences.py --list     # a table
    python benchmarks/licences.py --sbom F   # a CycloneDX 1.5 bill of materials

Run-time dependencies are followed from package to package through the metadata of what is installed, with extras and
markers as pip reads them. The exit status is 1 where a licence is copyleft (GPL, LGPL, AGPL) or is not told.
"""

import argparse
import importlib.metadata as metadata
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = "communique"
# Extras that users install; [training] and [docs] are for those who change the program.
EXTRAS = ("", "explore", "scale", "spacy")
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:Lesser |Affero )?General Public", re.IGNORECASE)
_OR = re.compile(r"\s+OR\s+|\s*\|\s*", re.IGNORECASE)
_LONGEST = 80  # some packages put the whole text of their licence where its name belongs


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is installed; `licences` are alternatives, of which one may be chosen."""

    name: str
    version: str
    licences: tuple[str, ...]

    def fault(self) -> str | None:
        """Why it may not be needed at run time, if so."""
        if not self.licences:
            return "tells no licence"
        return "is copyleft" if all(COPYLEFT.search(each) for each in self.licences) else None


def packages() -> list[Package]:
    """Every package that Communique needs at run time with the extras for users, in order of name.

    What is needed but not installed here (an extra, another platform) is left out; the wheel check has all of the core.
    """
    found: dict[str, Package] = {}
    waiting = [(ROOT, extra) for extra in EXTRAS]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        if name != ROOT:
            found[name] = Package(name, told["Version"], licences(told))
        new = [each for each in _needs(name, extra) if each not in seen]
        seen.update(new)
        waiting += new
    return [found[name] for name in sorted(found)]


def licences(told: metadata.PackageMetadata) -> tuple[str, ...]:
    """The alternatives that a package's metadata offers: its SPDX expression, or what its classifiers or text name."""
    expression = next(iter(told.get_all("License-Expression") or ()), "")
    if expression:
        return tuple(each.strip(" ()") for each in _OR.split(expression))
    named = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License :: ")]
    named = [each for each in named if each != "OSI Approved"]
    if named:
        return tuple(named)
    line = next(iter(next(iter(told.get_all("License") or ()), "").strip().splitlines()), "")
    return tuple(_OR.split(line[:_LONGEST])) if line else ()


def _needs(name: str, extra: str) -> Iterator[tuple[str, str]]:
    for line in metadata.requires(name) or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": extra}):
            target = canonicalize_name(need.name)
            yield target, ""
            yield from ((target, each) for each in need.extras)


def bill(found: list[Package]) -> dict[str, object]:
    """The packages as a CycloneDX bill of materials. It holds no clock and no serial number: same set, same bytes."""
    version = metadata.version(ROOT)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": ROOT, "version": version,
                                   "licenses": [{"license": {"name": "Apache-2.0"}}]}},
        "components": [
            {"type": "library", "name": each.name, "version": each.version,
             "purl": f"pkg:pypi/{each.name}@{each.version}",
             "licenses": [{"license": {"name": licence}} for licence in each.licences]}
            for each in found
        ],
    }  # fmt: skip


def main() -> int:
    """Look at the installed packages; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every package with its licence")
    parser.add_argument("--sbom", type=Path, help="write a CycloneDX file")
    asked = parser.parse_args()
    found = packages()
    if asked.list:
        for each in found:
            print(f"{each.name:24} {each.version:14} {' OR '.join(each.licences) or '(none told)'}")
    if asked.sbom is not None:
        asked.sbom.write_text(json.dumps(bill(found), indent=1) + "\n", encoding="utf-8")
    faults = [(each, each.fault()) for each in found if each.fault()]
    for each, fault in faults:
        print(f"{each.name} {each.version} {fault}: {' OR '.join(each.licences)}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
