"""Briefs: what their lines mean and what is said of wrong ones."""

from pathlib import Path

from communique.corpus import check, load_briefs, read_briefs
from tests.corpus.test_check import write

GOOD = """# a comment
Police in Suva held two union leaders after dockers blocked the harbour road.
The union said the police had no right to hold its leaders, and they were freed.
= COERCE/arrest held: Police in Suva > two union leaders
= PROTEST/obstruct blocked: dockers | ctx economic
= RETREAT/release freed: - > they
= SANCTION/convict + COERCE/arrest right: the police > its leaders | negated | hist

Rain is expected until Friday.
"""


def test_events_of_a_brief_point_into_its_text(tmp_path: Path) -> None:
    first, second = load_briefs([write(tmp_path, "briefs/x-01.txt", GOOD)])
    assert second.events == ()
    assert second.text == "Rain is expected until Friday."
    assert [each.of(first.text)[:10] for each in first.sentences] == ["Police in ", "The union "]
    held, blocked, freed, convicted, arrested = first.events
    assert (held.type, held.modes, held.trigger.of(first.text)) == ("COERCE", ("arrest",), "held")
    assert [each.mention.of(first.text) for each in held.sources + held.targets] == [
        "Police in Suva", "two union leaders"
    ]  # fmt: skip
    assert blocked.contexts == ("economic",)
    assert blocked.targets == ()
    assert freed.sources == ()
    assert freed.plv == "YIELD"
    assert (convicted.modality, convicted.historical) == ("negated", True)
    assert convicted.trigger == arrested.trigger
    assert (convicted.plv, arrested.plv) == ("COERCE", "COERCE")


def test_a_participant_is_the_nearest_of_the_triggers_sentence(tmp_path: Path) -> None:
    text = "The army left the town. The army came back and the army burnt it.\n= ASSAULT/destroy burnt: the army > it\n"
    (brief,) = load_briefs([write(tmp_path, "briefs/x-01.txt", text)])
    assert brief.events[0].sources[0].mention.start == text.index("the army burnt")


def test_wrong_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    bad = GOOD.replace("COERCE/arrest held", "COERCE/arest held").replace(": dockers", ": dokkers")
    path = write(tmp_path, "briefs/x-01.txt", bad + "\n= AID gave: Fiji\n")
    briefs, complaints = read_briefs(path)
    assert [len(each.events) for each in briefs] == [3, 0]
    assert [each.line for each in complaints] == [4, 5, 11]
    assert "'arest' is not a mode of COERCE" in complaints[0].message
    assert "'dokkers' is not in the text" in complaints[1].message


def test_check_counts_briefs_and_finds_one_twice(tmp_path: Path) -> None:
    path = write(tmp_path, "briefs/x-01.txt", GOOD + "\nRain is expected until Friday.\n")
    checked = check([path])
    assert len(checked.briefs) == 3
    assert ["stands already" in each.message for each in checked.complaints] == [True]
    assert not check([tmp_path / "briefs/none.txt"]).passed
