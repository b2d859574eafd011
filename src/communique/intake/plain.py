"""A text file, often a page saved as text → `Article`: furniture off, hard-wrapped lines joined, head of page read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.intake import dates, furniture, outlets, wording
from communique.intake.assembly import Findings, assemble
from communique.intake.refusals import LONGEST_TEXT, MOST_LINES, refuse
from communique.intake.trimming import Block, read_dateline, strip_endings
from communique.intake.vocabulary import words
from communique.records import Article, Problem

# A headline has at most some 25 words; a lead sentence has more or ends with a full stop.
_LONGEST_TITLE = 180
_MOST_TITLE_WORDS = 25
_LONGEST_LINK = 140
_MOST_LINKS = 15
_MOST_LABEL_WORDS = 3
_RUN_OF_LABELS = 4
_RUN_OF_LINKS = 3
_STOPS = re.compile(r"[.!?…][\"'”’)\]]*$")
_INITIALS = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)+$")
_SECTIONS = words("section")
_TITLE_SUFFIX = re.compile(r"\s+(?P<mark>\||::|[-–—])\s+(?P<outlet>[^|]{2,50})$")
# Kinds of furniture lines whose dates are the article's.
_DATED = frozenset({"date-line", "byline", "agency-slug", "dateline"})


def from_text(text: str, *, source: str = "", markdown: bool = False) -> Article | Problem:
    """The article that a plain text holds, or a fatal problem.

    `text` is a text file's content, or a page saved as text: "Share:", newsletter boxes, datelines and the like leave
    it (`Article.removed`), the headline becomes `title`, "October 21, 2010 09:43 IST" becomes `published`. With
    `markdown` the marks of headings, links and emphasis go too. `source` is the place to name in problems; it enters no
    id.
    Never raises, whatever the string.
    """
    if "\0" in text:
        return refuse("binary-file", found=f"{text.count(chr(0)):,} NUL characters", place=source)
    if len(text) > LONGEST_TEXT:
        return refuse("too-long", found=f"{len(text):,} characters", place=source)
    page = wording.lines(wording.clean(_without_marks(text) if markdown else text))
    if not page:
        return refuse("empty-file", found="0 words", place=source)
    if len(page) > MOST_LINES:
        return refuse("too-long", found=f"{len(page):,} lines", place=source)
    findings = Findings()
    blocks = _mark_links(_blocks(page))
    blocks = _mark_runs(blocks)
    blocks = _keep_inner_dates(blocks)
    findings.outlet = _outlet_of(blocks)
    blocks = _read_head(blocks, findings)
    paragraphs = _split_off(blocks, findings)
    read_dateline(paragraphs, findings)
    strip_endings(paragraphs, findings)
    return assemble(paragraphs, findings, source=source)


def _blocks(page: Sequence[wording.Line]) -> list[Block]:
    """Paragraphs and furniture in order; a line that wrapping cut out of a sentence is never furniture."""
    width, indent = wording.wrap_width(page), wording.usual_indent(page)
    blocks: list[Block] = []
    start = 0
    while start < len(page):
        end = start + 1
        if furniture.reason(page[start].text) is None or _flows_on(page, start, width):
            while end < len(page) and _belongs(page, end, width, indent):
                end += 1
        text = wording.join(line.text for line in page[start:end])
        blocks.append(Block(text, furniture.reason(text)))
        start = end
    return blocks


def _flows_on(page: Sequence[wording.Line], index: int, width: int | None) -> bool:
    return index + 1 < len(page) and wording.mid_sentence(page[index], page[index + 1], width)


def _belongs(page: Sequence[wording.Line], index: int, width: int | None, indent: int) -> bool:
    """Whether line `index` goes on with the paragraph before it."""
    before, line = page[index - 1], page[index]
    if wording.mid_sentence(before, line, width):
        return True
    return furniture.reason(line.text) is None and wording.continues(before, line, width, indent)


def _mark_links(blocks: list[Block]) -> list[Block]:
    """Headings such as "Related stories" and the headlines listed under them are furniture."""
    marked, left = [], 0
    for block in blocks:
        if furniture.heads_links(block.text):
            marked.append(replace(block, reason="related-links"))
            left = _MOST_LINKS
        elif left and block.reason is None and _is_link(block.text):
            marked.append(replace(block, reason="related-links"))
            left -= 1
        else:
            left = left if block.reason else 0
            marked.append(block)
    return marked


def _mark_runs(blocks: list[Block]) -> list[Block]:
    """Menus before the first sentence and link lists after the last one: runs of short lines without a stop."""
    first, last = _first_sentence(blocks), _last_sentence(blocks)
    marked = list(blocks)
    for low, high, longest, run, code in (
        (0, first, _MOST_LABEL_WORDS, _RUN_OF_LABELS, "navigation"),
        (last + 1, len(blocks), _MOST_LABEL_WORDS, _RUN_OF_LABELS, "navigation"),
        (last + 1, len(blocks), _MOST_TITLE_WORDS, _RUN_OF_LINKS, "related-links"),
    ):
        open_run: list[int] = []
        for index in range(low, high + 1):
            inside = index < high and marked[index].reason is None and _words(marked[index].text) <= longest
            if inside and not _is_sentence(marked[index].text):
                open_run.append(index)
                continue
            if len(open_run) >= run and first < len(blocks):
                for each in open_run:
                    marked[each] = replace(marked[each], reason=code)
            open_run = []
    return marked


def _keep_inner_dates(blocks: list[Block]) -> list[Block]:
    """A bare date between paragraphs heads a chronology: it stays text."""
    first, last = _first_sentence(blocks), _last_sentence(blocks)
    return [
        replace(block, reason=None)
        if first < index < last
        and block.reason == "date-line"
        and dates.find(block.text)[0].rank == dates.Rank.UNLABELLED
        else block
        for index, block in enumerate(blocks)
    ]


def _outlet_of(blocks: list[Block]) -> str | None:
    """The first outlet that newsletter boxes, social lines or the copyright line name."""
    for codes in (("newsletter-box", "social-line"), ("copyright",)):
        for block in blocks:
            if block.reason in codes and (name := outlets.named_in(block.text)):
                return name
    return None


def _read_head(blocks: list[Block], findings: Findings) -> list[Block]:
    """Title, masthead, section labels and bylines above the first sentence; what is left of the head stays text."""
    first = _first_sentence(blocks)
    free = [index for index in range(first) if blocks[index].reason is None]
    if first < len(blocks) and not free and _may_be_title(blocks[first].text) and _has_text_after(blocks, first):
        free = [first]
    if not free or (first >= len(blocks) and len(free) < 2):
        return blocks
    marked = list(blocks)
    while len(free) > 1 and (code := _label(marked[free[0]].text, findings.outlet)):
        index = free.pop(0)
        marked[index] = replace(marked[index], reason=code)
        if code == "outlet-line":
            findings.outlet = marked[index].text
    index = free.pop(0)
    if not _may_be_title(marked[index].text):
        return marked
    title, outlet = split_title(marked[index].text, findings.outlet)
    findings.title, findings.outlet = title, findings.outlet or outlet
    marked[index] = replace(marked[index], reason="title-line")
    for index in free:
        marked[index] = _under_title(marked, index, findings)
    return marked


def _under_title(blocks: list[Block], index: int, findings: Findings) -> Block:
    block = blocks[index]
    name, _, place = block.text.partition(", ")
    stated_in_full = findings.outlet is None or findings.outlet in name
    if stated_in_full and outlets.looks_named(name) and (not place or outlets.is_place(place)):
        findings.outlet, findings.place = name, findings.place or place or None
        return replace(block, reason="outlet-line")
    following = blocks[index + 1].reason if index + 1 < len(blocks) else None
    if (who := furniture.name_in_place(block.text)) is not None and len(block.text) <= 90:
        findings.byline = findings.byline or who
        findings.place = findings.place or block.text.rpartition(" in ")[2]
        return replace(block, reason="byline")
    if outlets.is_place(block.text):
        findings.place = findings.place or block.text
        return replace(block, reason="dateline")
    if following == "date-line" and re.fullmatch(r"(?:[A-Z][\w.'’-]* ){1,3}[A-Z][\w'’-]+", block.text):
        findings.byline = findings.byline or block.text
        return replace(block, reason="byline")
    return block


def _split_off(blocks: list[Block], findings: Findings) -> list[str]:
    """The paragraphs; furniture goes to the findings with what it tells."""
    paragraphs = []
    for block in blocks:
        reason = block.reason
        if reason is None and findings.title and block.text == findings.title:
            reason = "title-line"
        if reason is None:
            paragraphs.append(block.text)
            continue
        if block.text != findings.title:
            findings.remove(block.text, reason)
        learn(block.text, reason, findings)
    return paragraphs


def learn(text: str, reason: str, findings: Findings) -> None:
    """Add to `findings` what a line of furniture tells: date, byline, agency, outlet, address, place."""
    if reason in _DATED:
        findings.stamps.extend(dates.find(text))
    if reason == "url-line" and (address := re.search(r"https?://\S+", text)):
        findings.url = findings.url or address[0]
    for part in furniture.segments(text) if reason in _DATED else ():
        code = furniture.reason(part)
        if code == "byline" and not findings.byline:
            findings.byline = furniture.byline(part)
        elif code == "agency-slug" and not findings.agency and (name := re.search(furniture.AGENCY, part)):
            findings.agency = name[0]
        elif code == "date-line" and not findings.place and (place := re.match(r"[A-Z][A-Za-z ]+(?=[,:/-])", part)):
            findings.place = place[0] if outlets.is_place(place[0]) else None


def split_title(title: str, outlet: str | None) -> tuple[str, str | None]:
    """A title without the outlet's name behind it, and that name ("Talks resume | The Kirat Post").

    After a bar any short name is taken for the outlet; after a dash only one that is known or that the page names too.
    """
    match = _TITLE_SUFFIX.search(title)
    if match is None:
        return title, None
    name = match["outlet"].strip()
    sure = outlets.is_known(name) or (outlet is not None and name.lower() == outlet.lower())
    if sure or (match["mark"] in ("|", "::") and _words(name) <= 4 and name[0].isupper()):
        return title[: match.start()], name
    return title, None


def _label(text: str, outlet: str | None) -> str | None:
    if outlets.is_known(text) or (outlet is not None and text.lower() == outlet.lower()):
        return "outlet-line"
    parts = re.findall(r"[\w-]+", text.lower())
    if len(parts) <= _MOST_LABEL_WORDS and (text.isupper() or set(parts) <= _SECTIONS):
        return "section-label"
    return None


def _may_be_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or _words(text) > _MOST_TITLE_WORDS:
        return False
    return not re.search(r"[.…:;,][\"'”’)\]]*$", text) or bool(_INITIALS.search(text))


def _has_text_after(blocks: list[Block], index: int) -> bool:
    return any(block.reason is None for block in blocks[index + 1 :])


def _is_link(text: str) -> bool:
    return len(text) <= _LONGEST_LINK and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return len(text) > _LONGEST_TITLE or (bool(_STOPS.search(text)) and not _INITIALS.search(text))


def _first_sentence(blocks: list[Block]) -> int:
    return next((index for index, block in enumerate(blocks) if _is_body(block)), len(blocks))


def _last_sentence(blocks: list[Block]) -> int:
    return next((index for index in range(len(blocks) - 1, -1, -1) if _is_body(blocks[index])), -1)


def _is_body(block: Block) -> bool:
    return block.reason is None and _is_sentence(block.text)


def _words(text: str) -> int:
    return text.count(" ") + 1


def _without_marks(text: str) -> str:
    """Markdown without the marks of headings, quotations, links, pictures and emphasis."""
    text = re.sub(r"(?m)^(?:#{1,6}\s+|>\s?|[*+-]\s+)", "", text)
    text = re.sub(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)", "", text)
    text = re.sub(r"\[([^\]\n]{1,300})\]\([^)\n]{0,600}\)", r"\1", text)
    return re.sub(r"(\*\*|__|(?<!\w)[*_](?=\w))(?=\S)([^*_\n]{1,300}?\S)(?:\*\*|__|[*_])(?!\w)", r"\2", text)
