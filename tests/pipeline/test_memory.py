"""A long run in one process does not grow."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PROGRAM = """
    from pathlib import Path

    from communique.pipeline import Coder
    from communique.records import Article

    def peak():
        # Peak in kB of this process alone: ru_maxrss would begin with that of the process that started it.
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    coder = Coder.load()
    sentence = "On day {0} General {1} of the {2} army met Minister {1}-{0} in town {0} and promised aid to {2}. "
    def article(number):
        text = "".join(sentence.format(number * 7 + each, "Orlo" * (each % 3 + 1), number) for each in range(3))
        return Article(f"a{number}", "v", text, published="2010-10-21")
    for number in range(30):
        coder.code(article(number))
    before = peak()
    for number in range(30, 180):
        coder.code(article(number))
    print(before, peak())
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="needs Linux to tell a process's own peak")
def test_coding_articles_does_not_gather_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)], capture_output=True, text=True, check=True, timeout=300
    )
    before, after = (int(each) // 1024 for each in done.stdout.split())  # MB
    assert after < 600, f"{after} MB"
    assert after - before < 60, f"{before} MB grew to {after} MB over 150 articles"
