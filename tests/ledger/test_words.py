"""Words of the ledger: sentences and clauses, matters, parties, and how moves fold."""

import pytest

from communique.ledger import settle
from communique.ledger.act import moment
from communique.ledger.lexicon import cues, lexicon, normal, stem
from communique.ledger.matter import alike, amount, head, opposed, phrase, weigh
from communique.ledger.moves import OPENS
from communique.ledger.parties import is_state, same
from communique.ledger.sentences import Clause, clause_at, sentences
from communique.ledger.wording import is_part, refers
from communique.records import LedgerMove, MoveKind, Party, Span

PAK = Party("Pakistan", "PAK GOV", "PAK", ("GOV",), "state/PAK")
ARMY = Party("Ashfaq Kayani", "PAK MIL", "PAK", ("MIL",))
REBELS = Party("Tuareg rebels", "MLI REB", "MLI", ("REB",))
NATO = Party("NATO", "IGO", None, ("IGO", "MIL"), "org/nato")


def clause(text: str, cue: str) -> Clause:
    start = text.index(cue)
    return clause_at(text, Span(0, len(text)), Span(start, start + len(cue)))


def test_sentences_keep_titles_and_initials_together() -> None:
    text = "Gen. Petraeus met Mr. Gul. He left.\n\nThe U.S. army stayed."
    found = [each.of(text) for each in sentences(text)]
    assert found == ["Gen. Petraeus met Mr. Gul.", "He left.", "The U.S. army stayed."]


@pytest.mark.parametrize(
    ("text", "cue", "flag"),
    [
        ("Troops have not withdrawn from Poti.", "withdrawn", "negated"),
        ("Russia will leave Poti within days.", "leave", "future"),
        ("Pakistan must act against the havens.", "act", "duty"),
        ("The ministry has yet to pay the rise.", "pay", "yet"),
        ("They will leave if the army leaves first.", "leaves", "conditional"),
        ("The rebels repeated the demand for talks.", "demand", "is_noun"),
        ("Iran let them in, as it had promised in May.", "promised", "echoing"),
        ("Mali freed four men and withdrew its troops.", "withdrew", "coordinated"),
        ("The money would be paid on Monday.", "paid", "passive"),
        ("It reopened after they apologised to Iran.", "apologised", "background"),
        ("Georgia accused Russia of breaking its word.", "breaking", "accused"),
    ],
)
def test_what_stands_before_a_cue_is_seen(text: str, cue: str, flag: str) -> None:
    assert getattr(clause(text, cue), flag)
    assert not getattr(clause("France called on Chad to free him.", "called on"), flag)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Washington urged Pakistan to reopen the crossing.", "urged", "reopen the crossing."),
        ("The union demanded that the mayor resign.", "demanded", "the mayor resign."),
        ("NATO expressed regret and promised an inquiry.", "promised", "an inquiry."),
        ("They asked Iran for access, and Iran refused.", "asked", "Iran for access"),
    ],
)
def test_the_content_of_a_cue_is_what_follows(text: str, cue: str, content: str) -> None:
    assert clause(text, cue).content.of(text) == content


def test_cues_are_found_in_their_forms_and_around_an_adverb() -> None:
    text = "The union called again for higher wages"
    (found,) = cues(text, 0, len(text))
    assert text[found.start : found.end] == "called again for"
    assert found.form == normal("called again for") == "called for"
    assert lexicon().classes[found.form] == ("ask",)
    assert stem("withdrew") == stem("withdrawn") == stem("withdraw")
    assert stem("banned") == stem("ban")


def test_a_phrase_is_short_and_normal() -> None:
    assert phrase("to reopen the crossing, officials said") == "reopen the crossing"
    assert phrase("a request by the United States to widen its flights") == "widen its flights"
    assert phrase("to " + "very " * 30 + "long").endswith("…")


def test_matters_are_alike_by_names_and_concepts() -> None:
    demand = weigh("to attack the safe havens of the Haqqani network")
    assert alike(demand, weigh("to move against the havens of the Haqqani network in North Waziristan")) > 0.6
    assert alike(demand, weigh("to open its markets to textiles")) == 0.0
    assert opposed(weigh("reopen the road"), weigh("closed the road"))
    assert not opposed(weigh("reopen the road"), weigh("reopened the closed road"))
    assert head("the road to be reopened", weigh("the road to be reopened"))
    assert (amount("pay $8 million"), amount("pay")) == (8.0, None)


def test_parts_and_nouns_are_seen() -> None:
    assert is_part("freed four of six prisoners")
    assert not is_part("freed the last two of six prisoners")
    assert refers("the demand for talks") == "demand"
    assert refers("it hours later") == "it"
    assert refers("to reopen the road") is None


def test_who_speaks_for_a_state_is_one_side_with_it() -> None:
    assert same(PAK, ARMY) == 1.0
    assert same(PAK, Party("the Taliban", "PAK REB", "PAK", ("REB",))) == 0.0
    assert same(REBELS, Party("rebels", "REB", None, ("REB",))) >= 0.5
    assert same(Party("Rasmussen", "", None), Party("Anders Fogh Rasmussen", "IGO", None, ("IGO",))) == 1.0
    assert not is_state(NATO)


def moves(*kinds: MoveKind) -> list[LedgerMove]:
    return [LedgerMove(str(n), "e", kind, f"2010-10-{n + 1:02}", None, (), 1.0, "") for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        (("raised",), "open"),
        (("raised", "accepted", "met"), "met"),
        (("raised", "rejected"), "rejected"),
        (("raised", "rejected", "repeated"), "open"),
        (("raised", "partly-met", "repeated"), "partly met"),
        (("raised", "met", "acknowledged"), "met"),
        (("raised", "accepted", "broken", "disputed"), "disputed"),
        (("raised", "met", "repeated"), "open"),
    ],
)
def test_a_state_is_a_fold_over_moves(told: tuple[MoveKind, ...], standing: str) -> None:
    assert settle(moves(*told)).standing == standing


def test_silence_is_told_as_what_was_not_found() -> None:
    assert settle(moves("raised", "repeated"), later=3).told == "open; no answer found in 3 later stories"
    assert settle(moves("raised", "acknowledged"), later=3).silent == 0
    assert settle(moves("raised")).open


def test_moments_are_ordered_in_universal_time() -> None:
    assert moment("2010-10-02T08:15+05:00") < moment("2010-10-02T04:15+00:00") < moment("2010-10-02") < moment(None)


def test_every_kind_of_entry_can_be_opened() -> None:
    assert set(OPENS.values()) == {"demand", "request", "commitment", "threat", "offer"}


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("they stop.", "stop"),
        ("it would cut gas supplies on May 1", "cut gas supplies on May 1"),
        ("it is over", "it is over"),
        ("ask the parliament for two billion dollars in military aid over five years of peace",
         "ask the parliament for two billion dollars in military aid …"),
    ],
)  # fmt: skip
def test_a_phrase_names_what_is_to_be_done_and_ends_in_a_word_that_says_something(words: str, short: str) -> None:
    assert phrase(words) == short
