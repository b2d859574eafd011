"""CoNLL-U in and out."""

from communique.reading.conllu import documents, to_conllu

TEXT = """# newdoc id = d1
# newpar
# text = Gates didn't go.
1	Gates	Gates	PROPN	NNP	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
1	Nobody	nobody	PRON	NN	_	2	nsubj	_	_
2	did	do	VERB	VBD	_	0	root	_	_

""".splitlines(keepends=True)


def test_characters_and_arcs() -> None:
    (document,) = documents(TEXT)
    assert document.text == "Gates didn't go.\n\nNobody did"
    assert all(word.span.of(document.text) == word.form for word in document.words)
    assert [word.head for word in document.words] == [3, 3, 3, -1, 3, 6, -1]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1]


def test_a_document_survives_the_way_out_and_back() -> None:
    (document,) = documents(TEXT)
    (again,) = documents(to_conllu(document).splitlines(keepends=True))
    assert again.words == document.words
    assert again.text == document.text
