"""Measures of parses and mentions on small documents whose scores can be counted by hand."""

from communique.reading.conllu import documents
from communique.records import Document, Mention, Span
from communique.scoring import mentions, parse

GOLD = """1	Gates	Gates	PROPN	NNP	_	2	nsubj	_	Entity=(1-person-new-cf1-1-sgl)
2	met	meet	VERB	VBD	_	0	root	_	_
3	army	army	NOUN	NN	_	4	compound	_	Entity=(2-person-new-cf2-2-sgl
4	chiefs	chief	NOUN	NNS	_	2	obj	_	Entity=2)|SpaceAfter=No
5	.	.	PUNCT	.	_	2	punct	_	_

"""


def document(text: str) -> Document:
    (found,) = documents(text.splitlines(keepends=True))
    return found


def test_a_perfect_parse_scores_100() -> None:
    assert set(parse.score([(document(GOLD), document(GOLD))]).values()) == {100.0}


def test_one_wrong_label_and_one_wrong_arc() -> None:
    found = GOLD.replace("2\tobj", "2\tiobj").replace("4\tcompound", "2\tcompound")
    scores = parse.score([(document(GOLD), document(found))])
    assert scores["uas"] == 80.0
    assert scores["las"] == 60.0


def test_a_split_word_costs_precision_and_recall() -> None:
    found = GOLD.replace(
        "4\tchiefs\tchief\tNOUN\tNNS\t_\t2\tobj\t_\tEntity=2)|SpaceAfter=No",
        ("4\tchie\tchie\tNOUN\tNNS\t_\t2\tobj\t_\tSpaceAfter=No\n5\tfs\tfs\tNOUN\tNNS\t_\t4\tdep\t_\tSpaceAfter=No"),
    ).replace("5\t.\t", "6\t.\t")
    scores = parse.score([(document(GOLD), document(found))])
    assert scores["words"] == round(200 * 4 / 11, 2)


def test_mentions_are_counted_by_their_characters() -> None:
    gold = document(GOLD)
    (column,) = mentions.entity_columns(GOLD.splitlines())
    marked = list(mentions.gum_mentions(gold, column))
    assert [(each.span.of(gold.text), each.kind) for each in marked] == [("Gates", "PERSON"), ("army chiefs", "PERSON")]
    said = (
        Mention("m1", Span(0, 5), "ORG", 0),
        Mention("m2", Span(10, 21), "PERSON", 3),
        Mention("m3", Span(6, 9), "EVENT", 1),
    )
    found = Document(gold.article, gold.words, gold.sentences, said)
    scores = mentions.score([(marked, found)], names_only=False)
    assert scores["untyped_f1"] == 80.0
    assert scores["typed_f1"] == 40.0
