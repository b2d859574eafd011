"""The pool: answers in order whatever the number of processes, one row for each page that hangs or kills."""

import sys
from collections.abc import Iterator

import pytest

from communique.errors import CommuniqueError, InputError, ModelError
from communique.intake import Input
from communique.pipeline.pool import code_inputs
from communique.pipeline.worker import Known, Limits, Result
from communique.records import CodedArticle, Problem
from tests.pipeline.pool_coders import Hostile, dying, missing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no alarms there")
# Of the processor a tenth of a second does, but the machine may be busy.
LIMITS = Limits(seconds=0.8, characters=10_000, patience=5, memory=1 << 29)


def text(number: int, verb: str = "meets") -> Input:
    words = f"Report {number}\n\nOctober 6, 2010\n\nThe minister {verb} the president in the capital on Monday.\n"
    return Input(f"page-{number}.txt", data=words.encode())


def run(verbs: list[str], *, jobs: int = 2) -> list[Result]:
    return list(code_inputs((text(n, verb) for n, verb in enumerate(verbs)), Hostile, jobs=jobs, limits=LIMITS))


@pytest.mark.parametrize(
    ("verb", "code"),
    [("spins", "out-of-time"), ("sleeps", "out-of-time"), ("dies", "worker-lost"), ("crashes", "worker-lost")],
)
def test_a_page_that_hangs_or_kills_costs_one_problem(verb: str, code: str) -> None:
    verbs = ["meets"] * 7
    verbs[2] = verb
    found = run(verbs)
    assert [type(each) for each in found] == [Problem if each == verb else CodedArticle for each in verbs]
    trouble = found[2]
    assert isinstance(trouble, Problem)
    assert (trouble.code, trouble.place, trouble.fatal) == (code, "page-2.txt", True)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_page_that_swells_costs_one_problem() -> None:
    found = run(["meets", "swells", "meets"])
    assert [type(each) for each in found] == [CodedArticle, Problem, CodedArticle]
    assert isinstance(found[1], Problem)
    assert found[1].code == "out-of-memory"


def test_the_same_answers_for_every_number_of_processes() -> None:
    verbs = ["meets", "dies", "greets", "dies", *["thanks"] * 40]
    one, three = run(verbs, jobs=1), run(verbs, jobs=3)
    assert one == three
    assert [each.article.text.split()[2] for each in one if isinstance(each, CodedArticle)] == [
        verb for verb in verbs if verb != "dies"
    ]


def test_what_is_known_is_not_coded() -> None:
    asked = []

    def known(version: str, run: str) -> bool:
        asked.append((version, run))
        return len(asked) % 2 == 0

    found = list(code_inputs(map(text, range(6)), Hostile, known=known, limits=LIMITS))
    assert [type(each) for each in found] == [CodedArticle, Known] * 3
    assert {name for _, name in asked} == {Hostile.run.id}


def test_errors_come_after_the_answers_before_them() -> None:
    def inputs() -> Iterator[Input | Problem]:
        yield text(0)
        yield Problem("missing-path", "Found nothing.", "intake", "gone.txt", fatal=True)
        raise InputError("no such path")

    found: list[Result] = []
    with pytest.raises(InputError, match="no such path"):
        found.extend(code_inputs(inputs(), Hostile, limits=LIMITS))
    answers = code_inputs(inputs(), Hostile, limits=LIMITS)
    assert isinstance(next(answers), CodedArticle)
    assert isinstance(next(answers), Problem)
    with pytest.raises(InputError):
        next(answers)


@pytest.mark.parametrize(("load", "error"), [(missing, ModelError), (dying, CommuniqueError)])
def test_without_a_model_nothing_is_skipped_but_all_stops(load: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(code_inputs([text(0)], load, limits=LIMITS))  # type: ignore[arg-type]


def test_closing_ends_the_processes() -> None:
    answers = code_inputs((text(n) for n in range(1000)), Hostile, jobs=2, limits=LIMITS)
    next(answers)
    answers.close()  # type: ignore[attr-defined]


def test_nothing_to_read_starts_nothing() -> None:
    assert list(code_inputs([], missing)) == []
