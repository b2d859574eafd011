"""Two tellings of one act become one event, whose sides do not overlap."""

from dataclasses import replace

from communique.events.merge import Told, merge
from communique.records import Event, Evidence, Participant, Span


def telling(word: int, sources: str, targets: str, *, definite: bool = False) -> Told:
    """A telling of an AGREE at a word; sides are names, one letter each."""
    start = 10 * word
    trigger = Span(start, start + 4)

    def side(names: str) -> tuple[Participant, ...]:
        return tuple(Participant(f"m{word}{name}", name) for name in names)

    evidence = [Evidence(trigger, "trigger")]
    evidence += [
        Evidence(Span(10 * word + 5 + place, 10 * word + 6 + place), "source") for place in range(len(sources))
    ]
    evidence += [
        Evidence(Span(10 * word + 7 + place, 10 * word + 8 + place), "target") for place in range(len(targets))
    ]
    event = Event(
        id="", type="AGREE", mode=None, contexts=(), cameo=None, sources=side(sources), targets=side(targets),
        trigger=trigger, quad="verbal-cooperation", goldstein=0.0, modality="actual", when=None, where=None,
        statement=None, confidence=0.5, evidence=tuple(evidence), why="", historical=False,
    )  # fmt: skip
    names = tuple(sources), tuple(targets)
    return Told(event, "AGREE", "discuss", *names, trigger, word, None, definite=definite, word=word)


def sides(event: Event) -> tuple[str, str]:
    return "".join(each.actor or "" for each in event.sources), "".join(each.actor or "" for each in event.targets)


def test_a_second_telling_fills_the_open_side() -> None:
    (event,) = merge([telling(1, "A", ""), telling(2, "A", "B")])
    assert sides(event) == ("A", "B")
    assert [each.field for each in event.evidence] == ["trigger", "source", "trigger", "source", "target"]


def test_nobody_is_put_on_both_sides_by_a_second_telling() -> None:
    (event,) = merge([telling(1, "AB", ""), telling(2, "A", "B")])
    assert sides(event) == ("AB", "")
    assert [each.field for each in event.evidence] == ["trigger", "source", "source", "trigger", "source"]
    (event,) = merge([telling(1, "A", "B"), telling(2, "AB", "")])
    assert sides(event) == ("A", "B")


def test_who_does_it_to_himself_stays_on_both() -> None:
    (event,) = merge([telling(1, "A", ""), telling(2, "A", "A")])
    assert sides(event) == ("A", "A")


def test_an_act_and_its_result_are_one_whatever_their_modes() -> None:
    act, result = telling(1, "A", "B"), replace(telling(2, "A", "C"), lemma="kill", joined_to=1, result=True)
    assert act.event is not None
    assert result.event is not None
    act = replace(act, event=replace(act.event, mode="firearms"))
    (event,) = merge([act, replace(result, event=replace(result.event, mode="aerial"))])
    assert (sides(event), event.mode) == (("A", "BC"), "firearms")
    assert len(merge([act, replace(result, result=False)])) == 2


def test_other_people_are_another_event() -> None:
    assert len(merge([telling(1, "A", "B"), telling(2, "C", "D")])) == 2
    assert len(merge([telling(1, "A", "B"), replace(telling(2, "A", "B"), lemma="promise")])) == 2
