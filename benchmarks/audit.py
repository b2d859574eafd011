"""Known weaknesses of every pinned package, by pip-audit and the database that it asks.

    python benchmarks/audit.py            # where nothing can be asked, says so and ends with 0
    python benchmarks/audit.py --strict   # ends with 1 then too, as a release needs

pip-audit is no part of the development environment; `pip install pip-audit` adds it. The database lies on a server
(that of the package index, or OSV), so that an audit needs a network, and a passing one holds for its day only.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
SECONDS = 120


def audit(lock: Path = LOCK) -> tuple[list[str], str]:
    """One line for each weakness that is known in the packages of the lock, and for each package that could not be
    looked up; and why nothing was asked, if so."""
    if importlib.util.find_spec("pip_audit") is None:
        return [], "pip-audit is not installed: pip install pip-audit"
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip", "--no-deps",
               "--progress-spinner", "off", "--format", "json"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return [], f"the database did not answer within {SECONDS} seconds"
    return read(done.stdout, done.stderr)


def read(told: str, complaint: str) -> tuple[list[str], str]:
    """What pip-audit's JSON says, or the last line of its complaint where it wrote none."""
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        lines = complaint.strip().splitlines() or ["it gave no reason"]
        return [], f"the database could not be asked ({lines[-1][:200]})"
    left = [each["name"] for each in packages if "skip_reason" in each]
    # An index without the database answers "not found" for each package, which would read as "no weakness".
    if left and len(left) == len(packages):
        return [], f"the database knows none of {len(left)} packages; ask another one"
    weaknesses = [
        f"{each['name']} {each['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version'}"
        for each in packages
        for weak in each.get("vulns", ())
    ]
    return weaknesses + [f"{name}: not known to the database, not audited" for name in left], ""


def main() -> int:
    """Look, and say what was found; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strict", action="store_true", help="end with 1 where nothing could be asked")
    strict = parser.parse_args().strict
    weaknesses, unasked = audit()
    if unasked:
        print(f"not audited: {unasked}", file=sys.stderr)
        return 1 if strict else 0
    for each in weaknesses:
        print(each, file=sys.stderr)
    print(f"{len(weaknesses)} weaknesses or packages to look at in {LOCK.name}")
    return 1 if weaknesses else 0


if __name__ == "__main__":
    sys.exit(main())
