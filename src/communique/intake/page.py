"""An HTML page → `Article`: trafilatura finds the main text, this room's furniture filter goes over it.

Size, number of tags and depth of nesting are checked before a parser written in C sees the page.
"""

import logging
import re
from collections.abc import Sequence
from typing import Any

import trafilatura
from lxml.etree import LxmlError

from communique.intake import furniture, metadata, wording
from communique.intake.assembly import Findings, assemble
from communique.intake.decoding import decode
from communique.intake.plain import learn
from communique.intake.refusals import (
    DEEPEST_NESTING,
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_LINES,
    MOST_TAGS,
    refuse,
)
from communique.intake.trimming import read_dateline, strip_endings
from communique.intake.vocabulary import words
from communique.records import Article, Problem

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]{0,30})|<!--")
_RAW = frozenset({"script", "style", "textarea", "template", "noscript", "xmp"})
# Elements that stay empty, or whose end tag HTML lets out, so that an open one does not mean that others nest in it.
_NO_END = words("html-no-end")
# Levels that an element brings with it: lists have items, tables have bodies, rows and cells.
_LEVELS = {"ul": 2, "ol": 2, "dl": 2, "table": 4}
_LIST_MARK = re.compile(r"^(?:[-*•·▪●]\s+)+")


def from_html(data: bytes | str, *, url: str | None = None, source: str = "") -> Article | Problem:
    """The article of an HTML page, or a fatal problem.

    `data` is the page as bytes of unknown encoding or as text; `url` its address where it is known otherwise than from
    the page; `source` the place to name in problems. Dates come from JSON-LD, `<meta>`, `<time>`, visible lines, the
    address; nothing is fetched.
    """
    size = len(data)
    if size > LARGEST_FILE:
        return refuse("too-large", found=f"{size:,} bytes", place=source)
    text = data if isinstance(data, str) else decode(data, place=source, is_html=True)
    if isinstance(text, Problem):
        return text
    if "\0" in text:
        return refuse("binary-file", found=f"{text.count(chr(0)):,} NUL characters", place=source)
    if not text.strip():
        return refuse("empty-file", found="0 words", place=source)
    if (problem := _guard(text, source)) is not None:
        return problem
    findings = Findings(url=url)
    lines = _extract(text, findings, source)
    if isinstance(lines, Problem):
        return lines
    paragraphs = _filter(lines, findings)
    read_dateline(paragraphs, findings)
    strip_endings(paragraphs, findings)
    return assemble(paragraphs, findings, source=source)


def measure_tags(text: str) -> tuple[int, int]:
    """How many tags the page has and how deep they nest, comments and scripts left out, in one pass over the text.

    Elements without an end tag of their own are not counted as depth; unclosed ones of any other kind are.
    """
    count = depth = deepest = position = 0
    while (match := _TAG.search(text, position)) is not None:
        position = match.end()
        if match["name"] is None:
            position = text.find("-->", position)
            if position < 0:
                break
            continue
        name, count = match["name"].lower(), count + 1
        if match["close"]:
            depth = depth if name in _NO_END else max(0, depth - _LEVELS.get(name, 1))
        elif name in _RAW:
            # The end tag is looked for without regard to case, as parsers do.
            end = re.compile(f"</{name}", re.IGNORECASE).search(text, position)
            if end is None:
                break
            position = end.end()
        elif name not in _NO_END:
            stop = text.find(">", position)
            if stop < 0:
                break
            depth += 0 if text[stop - 1] == "/" else _LEVELS.get(name, 1)
            deepest = max(deepest, depth)
    return count, deepest


def _guard(text: str, source: str) -> Problem | None:
    count, deepest = measure_tags(text)
    if deepest > DEEPEST_NESTING:
        return refuse("too-deep", found=f"{deepest:,} levels", place=source)
    if count > MOST_TAGS:
        return refuse("too-many-tags", found=f"{count:,}", place=source)
    return None


def _extract(text: str, findings: Findings, source: str) -> Sequence[str] | Problem:
    """The lines of the main text; metadata go to `findings`."""
    # The extractor logs what this room reports as a problem.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree: Any = trafilatura.load_html(text)
        if tree is None:
            return refuse("no-main-text", found="no HTML elements", place=source)
        metadata.read(tree, findings)
        document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except (
        LxmlError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        # Third-party code on hostile input: whatever it trips over is one bad page, not the end of the run.
        return refuse("broken-page", found=type(error).__name__, place=source)
    main = getattr(document, "text", None)
    if not main:
        return refuse("no-main-text", found="only menus, scripts or pictures", place=source)
    if len(main) > LONGEST_TEXT:
        return refuse("too-long", found=f"{len(main):,} characters", place=source)
    lines = [line.text for line in wording.lines(wording.clean(main))]
    if len(lines) > MOST_LINES:
        return refuse("too-long", found=f"{len(lines):,} lines", place=source)
    return lines


def _filter(lines: Sequence[str], findings: Findings) -> list[str]:
    """The paragraphs without furniture; a date line counts as furniture only before the first long paragraph."""
    paragraphs: list[str] = []
    began = links = False
    for raw in lines:
        line = _LIST_MARK.sub("", raw)
        # Rows of tables come as "| a | b |": they are content, whatever their words.
        is_row = raw.startswith("|") and raw.endswith("|") and len(raw) > 1
        reason = None if is_row else furniture.reason(line)
        if reason == "date-line" and began:
            reason = None
        if findings.title and _same(line, findings.title) and not began:
            reason = "title-line"
        if furniture.heads_links(line):
            links, reason = True, "related-links"
        elif links and reason is None and raw != line and not re.search(r"[.!?][\"'”’)\]]*$", line):
            reason = "related-links"
        elif reason is None:
            links = False
        if reason is None:
            began = began or len(line) > 120 or line.endswith(".")
            paragraphs.append(line)
        else:
            if line != findings.title:
                findings.remove(raw, reason)
            _learn_missing(line, reason, findings)
    return paragraphs


def _learn_missing(line: str, reason: str, findings: Findings) -> None:
    if reason == "byline" and findings.byline:
        return
    learn(line, reason, findings)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one.lower()) == re.sub(r"\W+", "", other.lower())
