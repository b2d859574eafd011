"""CoNLL-U ↔ `Document`: treebank sentences as documents with gold words, tags and arcs, and documents as CoNLL-U."""

from collections.abc import Iterable, Iterator

from communique.records import Article, Document, Sentence, Span, Word


def documents(lines: Iterable[str]) -> Iterator[Document]:
    """Documents of a CoNLL-U file, one per `# newdoc` (or one in all).

    The text is rebuilt from the words and `SpaceAfter=No`; `# newpar` begins a paragraph (one blank line). Empty nodes
    and multi-word ranges are left out as words; the words of a range share the range's characters, split by form length
    where the forms spell it, else each covers the whole range. XPOS and lemmas are kept as they stand.
    """
    block: list[list[str]] = []
    paragraphs: list[int] = []
    name, sentence, new_paragraph = "doc", [], True
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if block:
                yield _build(name, block, paragraphs)
                block, paragraphs = [], []
            name, new_paragraph = line.partition("=")[2].strip() or "doc", True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            new_paragraph = True
        elif line and not line.startswith("#"):
            sentence.append(line)
        elif not line and sentence:
            block.append(sentence)
            paragraphs.append((paragraphs[-1] if paragraphs else -1) + (1 if new_paragraph or not paragraphs else 0))
            sentence, new_paragraph = [], False
    if sentence:
        block.append(sentence)
        paragraphs.append((paragraphs[-1] if paragraphs else -1) + 1)
    if block:
        yield _build(name, block, paragraphs)


def to_conllu(document: Document) -> str:
    """The document as CoNLL-U with `# newpar` and `# text` comments; features and enhanced arcs are `_`."""
    lines: list[str] = [f"# newdoc id = {document.article.id}"]
    paragraph = -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            lines.append("# newpar")
        lines.append("# text = " + sentence.span.of(document.text).replace("\n", " "))
        for word in document.sentence_words(sentence):
            head = 0 if word.head < 0 else word.head - sentence.first + 1
            following = document.text[word.span.end : word.span.end + 1]
            glued = following != "" and not following.isspace()
            fields = [
                str(word.index - sentence.first + 1), word.form, word.lemma, word.upos, word.xpos, "_", str(head),
                word.label, "_", "SpaceAfter=No" if glued else "_",
            ]  # fmt: skip
            lines.append("\t".join(fields))
        lines.append("")
    return "\n".join(lines) + "\n"


def _build(name: str, block: list[list[str]], paragraphs: list[int]) -> Document:
    pieces: list[str] = []
    words: list[Word] = []
    sentences: list[Sentence] = []
    position = 0
    for number, rows in enumerate(block):
        if number:
            gap = "\n\n" if paragraphs[number] != paragraphs[number - 1] else " "
            if gap == " " and pieces and pieces[-1].isspace():
                gap = ""
            elif gap == "\n\n" and pieces and pieces[-1] == " ":
                pieces.pop()
                position -= 1
            pieces.append(gap)
            position += len(gap)
        first, begin = len(words), position
        spans, position = _layout(rows, pieces, position)
        for fields, span in spans:
            head = int(fields[6]) if fields[6].isdigit() else 0
            index = len(words)
            words.append(
                Word(index, span, fields[1], fields[2], fields[3], fields[4], first + head - 1 if head else -1,
                     fields[7], number)
            )  # fmt: skip
        end = words[-1].span.end if len(words) > first else begin
        sentences.append(Sentence(number, first, len(words), Span(begin, end), paragraphs[number]))
    text = "".join(pieces).rstrip()
    return Document(Article(id=name, version=name, text=text), tuple(words), tuple(sentences))


def _layout(rows: list[str], pieces: list[str], position: int) -> tuple[list[tuple[list[str], Span]], int]:
    """Appends the sentence's characters to `pieces`; gives (fields, span) per word and the position after."""
    found: list[tuple[list[str], Span]] = []
    inside, token_span, cursor = 0, Span(0, 0), 0
    spelled = False
    table = [row.split("\t") for row in rows]
    for place, fields in enumerate(table):
        if "." in fields[0]:
            continue
        last = place == len(table) - 1
        if "-" in fields[0]:
            low, high = (int(each) for each in fields[0].split("-"))
            inside = high - low + 1
            members = [each for each in table[place + 1 :] if each[0].isdigit()][:inside]
            spelled = "".join(each[1] for each in members) == fields[1]
            token_span = Span(position, position + len(fields[1]))
            cursor = position
            pieces.append(fields[1])
            position = token_span.end
            position = _space(fields, pieces, position, last=place + inside >= len(table) - 1)
        elif inside:
            inside -= 1
            span = Span(cursor, cursor + len(fields[1])) if spelled else token_span
            cursor = span.end
            found.append((fields, span))
        else:
            span = Span(position, position + len(fields[1]))
            pieces.append(fields[1])
            position = _space(fields, pieces, span.end, last=last)
            found.append((fields, span))
    return found, position


def _space(fields: list[str], pieces: list[str], position: int, *, last: bool) -> int:
    if "SpaceAfter=No" in fields[9].split("|") or last:
        return position
    pieces.append(" ")
    return position + 1
