"""A long run in one process does not grow."""

import subprocess
import sys
import textwrap

PROGRAM = """
    import resource, sys
    from communique.pipeline import Coder
    from communique.records import Article

    coder = Coder.load()
    sentence = "On day {0} General {1} of the {2} army met Minister {1}-{0} in town {0} and promised aid to {2}. "
    def article(number):
        text = "".join(sentence.format(number * 7 + each, "Orlo" * (each % 3 + 1), number) for each in range(3))
        return Article(f"a{number}", "v", text, published="2010-10-21")
    for number in range(30):
        coder.code(article(number))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(30, 180):
        coder.code(article(number))
    print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_coding_articles_does_not_gather_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM)], capture_output=True, text=True, check=True, timeout=300
    )
    before, after = (int(each) // 1024 for each in done.stdout.split())  # MB; ru_maxrss is in kB on Linux
    assert after < 600, f"{after} MB"
    assert after - before < 60, f"{before} MB grew to {after} MB over 150 articles"
