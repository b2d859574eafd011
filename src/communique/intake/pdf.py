"""PDF documents that have a text layer → text in paragraphs; what stands on every page is told apart.

Nothing is read from pictures: a scanned document without a text layer is told as such.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from communique.intake.refusals import LONGEST_TEXT, refuse
from communique.records import Problem

BEGIN = b"%PDF-"
# A newspaper has some hundred pages, an article few; more is a book.
MOST_PAGES = 200
# A line shorter than this part of the usual length ends its paragraph.
_SHORT = 0.8
# Lines at the head and foot of a page that are looked at, and on what part of the pages they must stand.
_EDGE, _EVERYWHERE = 2, 0.6


def text_of(data: bytes, place: str) -> tuple[str, tuple[str, ...]] | Problem:
    """The text of a document, its paragraphs set apart by blank lines, and the lines that were taken off its pages; or
    the problem that there is none."""
    from pypdf import PdfReader  # here, because few inputs need it
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return refuse("broken-page", found="a PDF document that needs a password", place=place)
        if len(reader.pages) > MOST_PAGES:
            return refuse("too-long", found=f"{len(reader.pages):,} pages", place=place)
        pages = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST_TEXT:
                return refuse("too-long", found=f"more than {LONGEST_TEXT:,} characters", place=place)
    except MemoryError:
        raise
    # The library lets errors of many kinds through on broken documents.
    except (PyPdfError, Exception) as error:
        return refuse("broken-page", found=f"no readable PDF document ({type(error).__name__})", place=place)
    lines = [[line.rstrip() for line in page.splitlines() if line.strip()] for page in pages]
    if not any(re.search(r"[^\W\d_]", line) for page in lines for line in page):
        return refuse("no-text-layer", found=f"{len(pages)} pages", place=place)
    kept, removed = _without_edges(lines)
    return "\n\n".join(_paragraphs([line for page in kept for line in page])), removed


def _without_edges(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """The pages without running heads and feet: lines at their edges that are the same on most, but for numbers."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    common = {key for key, count in seen.items() if len(pages) >= 3 and count >= _EVERYWHERE * len(pages)}
    kept, removed = [], []
    for page in pages:
        last = len(page) - _EDGE
        own = []
        for number, line in enumerate(page):
            at_edge = number < _EDGE or number >= last
            number_only = at_edge and re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", line.strip()) is not None
            if at_edge and (_key(line) in common or number_only):
                removed.append(line.strip())
            else:
                own.append(line)
        kept.append(own)
    return kept, tuple(dict.fromkeys(removed))


def _edges(page: Sequence[str]) -> Sequence[str]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).lower()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined into paragraphs: one ends with a line that is shorter than lines usually are."""
    lengths = sorted(map(len, lines))
    usual = lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0
    found: list[str] = []
    open_ = False
    for line in lines:
        words = " ".join(line.split())
        if not open_:
            found.append(words)
        elif re.search(r"[^\W\d_]-$", found[-1]) and words[:1].islower():
            found[-1] = found[-1][:-1] + words
        else:
            found[-1] += f" {words}"
        open_ = len(line) >= _SHORT * usual
    return found
