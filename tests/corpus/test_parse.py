"""Reading an annotated article: spans, parties, forms, and messages that say what to write instead."""

import pytest

from communique.corpus import AnnotatedArticle, Reading, load, read, read_text, split_of
from communique.errors import CorpusError

ARTICLE = """title: Ferry strike strands hundreds
outlet: Harbour Gazette
published: 2011-10-21
voice: pagesave
region: pacific
brief: labour dispute

--- text
~ Share this page
Dock workers in Suva walked off on Friday, and Transport Minister Losana Tikoi told reporters she would not meet them.
"We do not bargain under pressure," Tikoi said, "and 'never' did."

Their union demanded that she restore the night bonus.
A court jailed the union's leader, Joe Rabuka, for a year.
He called the verdict "a gift to the owners", and Tikoi called him a fool.

--- chains
TIKOI PERSON FJI/GOV: [Transport Minister] Losana Tikoi; Tikoi@*; she@s1,s3
DOCKERS GROUP FJI/LAB: Dock workers; them; Their
UNION ORG FJI/LAB: Their union; the union
RABUKA PERSON FJI/LAB: the union's [leader]; Joe Rabuka; {He} called; called {him}
PRESS GROUP FJI/JRN: reporters
COURT ORG FJI/JUD: A court
GPE: Suva
DATE: Friday

--- statements
S1 TIKOI told > PRESS [declined]: she would not … them
S2 TIKOI said [declined]: We do not bargain under pressure | and 'never' did
S3 RABUKA {called} the verdict: a gift to the owners
S4 UNION demanded [asked]: she restore the night bonus

--- events
E1 walked off = PROTEST/strike DOCKERS | on Friday = 2011-10-21 | at Suva | ctx economic
E2 meet = REJECT/meet TIKOI > DOCKERS
bargain = same E2
E3 demanded = REQUEST/yield UNION > TIKOI
E4 jailed = SANCTION/convict + COERCE/arrest COURT > RABUKA
verdict = same E4 | negated

--- ledger
L1 demand E3: restore the night bonus | refused S2
"""


def article(source: str = ARTICLE) -> AnnotatedArticle:
    reading = read_text(source, id="t-01")
    assert not reading.complaints, [str(each) for each in reading.complaints]
    assert reading.article is not None
    return reading.article


def complaint(old: str, new: str) -> str:
    assert old in ARTICLE
    reading: Reading = read_text(ARTICLE.replace(old, new), id="t-01", file="t-01.txt")
    errors = [str(each) for each in reading.complaints if each.level == "error"]
    assert errors
    return errors[0]


def test_text_furniture_and_sentences() -> None:
    read_article = article()
    assert read_article.text.startswith("Dock workers")
    assert "Share" not in read_article.text
    assert read_article.page.startswith("Share this page\n\nDock workers")
    assert len(read_article.sentences) == 5
    assert len(read_article.paragraphs) == 2
    assert read_article.sentences[2].of(read_article.text).startswith("Their union")
    assert read_article.article.removed[0].text == "Share this page"


def test_mentions_roles_and_pronouns() -> None:
    read_article = article()
    words = {(m.chain, m.kind, m.span.of(read_article.text)) for m in read_article.mentions}
    assert ("TIKOI", "PERSON", "Transport Minister Losana Tikoi") in words
    assert ("RABUKA", "PRONOUN", "He") in words
    assert ("RABUKA", "PRONOUN", "him") in words
    assert sum(m.span.of(read_article.text) == "Tikoi" for m in read_article.mentions) == 2
    assert {r.span.of(read_article.text) for r in read_article.roles} == {"Transport Minister", "leader"}


def test_statements_have_forms_and_nearest_cues() -> None:
    read_article = article()
    text = read_article.text
    by_id = {each.id: each for each in read_article.statements}
    assert [by_id[each].form for each in ("S1", "S2", "S3", "S4")] == ["indirect", "direct", "direct", "indirect"]
    cue = by_id["S3"].cue
    assert cue is not None
    assert text[cue.start : cue.end + 4] == "called the"
    assert by_id["S1"].content[0].of(text) == "she would not meet them"
    speaker = by_id["S1"].speaker
    assert speaker is not None
    assert speaker.mention.of(text) == "Transport Minister Losana Tikoi"


def test_events_take_near_mentions_and_know_their_statement() -> None:
    read_article = article()
    text = read_article.text
    events = {(each.type, each.trigger.of(text)): each for each in read_article.events}
    assert events["REJECT", "meet"].statement == "S1"
    assert events["REJECT", "meet"].sources[0].mention.of(text) == "she"
    assert events["REQUEST", "demanded"].performed == "S4"
    again = events["REJECT", "bargain"]
    assert again.same == "E2"
    assert again.modes == ("meet",)
    assert again.sources[0].mention.of(text) == "Tikoi"
    strike = events["PROTEST", "walked off"]
    assert strike.when is not None
    assert strike.when.of(text) == "Friday"
    assert strike.day == "2011-10-21"
    assert strike.where is not None
    assert strike.where.mention.of(text) == "Suva"


def test_compound_types_and_labels_of_the_older_policy() -> None:
    told = [each for each in article().events if each.trigger.of(article().text) == "jailed"]
    assert [(each.id, each.type, each.plv) for each in told] == [
        ("E4", "SANCTION", "COERCE"),
        ("E4b", "COERCE", "COERCE"),
    ]
    again = [each for each in article().events if each.trigger.of(article().text) == "verdict"]
    assert [(each.same, each.modality) for each in again] == [("E4", "negated"), ("E4b", "negated")]


def test_ledger() -> None:
    entry = article().ledger[0]
    assert (entry.kind, entry.sources, entry.targets) == ("demand", ("UNION",), ("TIKOI",))
    assert [(move.kind, move.by) for move in entry.moves] == [("refused", "S2")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("PROTEST/strike", "PROTEST/march", "not a mode of PROTEST; write one of: "),
        ("REJECT/meet", "REFUSE/meet", "not a type of event"),
        ("TIKOI > DOCKERS", "TIKOI > DOCKER", "there is no chain 'DOCKER'"),
        ("Joe Rabuka;", "Jo Rabuka;", "is not in the text"),
        ("Their union; the union", "union", "stands 2 times; add a number: @s3"),
        ("{called} the verdict", "called", "'called' stands 2 times; add a number: @s5.1"),
        ("she@s1,s3", "she@s2", "stands 0 times in sentence 2"),
        ("FJI/JUD", "FJI/JUDGE", "not a sector"),
        ("voice: pagesave", "voice: tabloid", "not a voice"),
        ("published: 2011-10-21", "published: yesterday", "is no date"),
        ("refused S2", "refused S9", "names S9"),
        ("refused S2", "rejected S2", "not a move"),
        ("same E2", "same E9", "refers to no event above"),
        ("| negated", "| planned", "a planned"),
        ("E1 walked off", "E1 walked off on Friday, and", "is a phrase"),
        ("COURT ORG FJI/JUD: A court", "COURT ORG FJI/JUD: A court; Suva", "of two chains"),
        ("[declined]: We", "[said]: We", "not a act of a statement"),
        ("GPE: Suva", "GPE: Suva; in Suva walked", "cross"),
        ("ctx economic", "ctx economics", "not a context"),
        ("= 2011-10-21 |", "= 2011-21-10 |", "is no day"),
    ],
)  # fmt: skip
def test_complaints_say_where_and_what_instead(old: str, new: str, words: str) -> None:
    if words == "a planned":
        found = read_text(
            ARTICLE.replace("E2 meet = REJECT/meet TIKOI > DOCKERS", "E2 meet = CONSULT TIKOI | planned"), id="t"
        )
        assert any("a planned CONSULT is AGREE" in each.message for each in found.complaints)
        return
    if words == "cross":
        new = "GPE: Suva\nOTHER: workers in Suva"
    message = complaint(old, new)
    assert message.startswith("t-01.txt:")
    assert words in message


def test_a_content_may_not_cross_paragraphs() -> None:
    message = complaint("a gift to the owners\n", "We do … the night bonus\n")
    assert "crosses paragraphs" in message


def test_header_without_voice_gives_no_article() -> None:
    reading = read_text(ARTICLE.replace("voice: pagesave\n", ""), id="t-01")
    assert reading.article is None
    assert "lacks 'voice'" in reading.complaints[0].message


def test_files_and_errors_of_loading(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "b-01.txt").write_text(ARTICLE, encoding="utf-8")
    assert [each.id for each in load([tmp_path])] == ["b-01"]
    (tmp_path / "b-02.txt").write_text(ARTICLE.replace("TIKOI > DOCKERS", "TIKI > DOCKERS"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"b-02.txt:35: error: there is no chain 'TIKI'"):
        load([tmp_path])
    assert read(tmp_path / "b-03.txt").article is None


def test_the_split_is_fixed_and_about_80_10_10() -> None:
    parts = [split_of(f"batch-{number:03d}") for number in range(2000)]
    assert split_of("batch-001") == parts[1]
    assert 0.76 < parts.count("train") / 2000 < 0.84
    assert 0.07 < parts.count("test") / 2000 < 0.13
