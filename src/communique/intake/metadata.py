"""Title, author, outlet, address and dates that the head and the marked-up parts of an HTML page state.

Sources, the more formal first: JSON-LD (schema.org), `<meta>` names in use (Open Graph, article:, Dublin Core,
Parsely), `<time>`, then elements whose class or name says that they hold a date or an author.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.etree import _Element as Element

from communique.intake import dates, furniture
from communique.intake.assembly import Findings
from communique.intake.dates import Rank
from communique.intake.plain import split_title

_ARTICLES = re.compile(r"(?:\w*Article|\w*Posting|Report|ReportageNewsArticle|WebPage)$")
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "article.published",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dcterms.issued", "dc.created", "date", "displaydate", "ptime", "citation_date",
    "article:published", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "og:article:author",
)
_SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "twitter:app:name:iphone",
)
_DATE_PLACE = re.compile(r"date|time|publish|posted|byline|dateline|meta\b|stamp|article-info|post-info", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|recommend|widget|popular|promo|teaser|copyright|event", re.IGNORECASE
)
_LONGEST_DATE_TEXT = 160
_MOST_DATE_PLACES = 40
_FEWEST_TITLE_WORDS = 4
_MOST_DATE_LINES = 5
_LARGEST_JSON = 500_000
_DEEPEST_JSON = 12


def read(tree: Element, findings: Findings) -> None:
    """Fill `findings` (title, outlet, byline, url, stamps) from the parsed page; fields that are set stay."""
    meta = _meta(tree)
    linked = list(_linked_data(tree))
    articles = [node for node in linked if _ARTICLES.search(_type(node))]
    articles.sort(key=lambda node: _type(node).endswith("WebPage"))
    findings.url = findings.url or _address(tree, meta)
    findings.outlet = findings.outlet or _first(meta, _SITES) or _publisher(articles)
    _title(tree, meta, articles, findings)
    findings.byline = findings.byline or _author(tree, meta, articles, linked)
    findings.stamps.extend(_formal_dates(meta, articles))
    findings.stamps.extend(_visible_dates(tree))
    if not findings.stamps:
        findings.stamps.extend(_date_lines(tree))
    if findings.url:
        findings.stamps.extend(dates.in_address(findings.url))


def _meta(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        # Parsers have decoded entities once; some pages encode them twice.
        content = _squeezed(html.unescape(element.get("content") or ""))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _linked_data(tree: Element) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        source = "".join(str(part) for part in element.itertext()).strip()
        if len(source) > _LARGEST_JSON:
            continue
        source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", source)
        try:
            # Pages put bare line breaks into strings, which strict JSON forbids.
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(data, 0)


def _nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST_JSON:
        return
    if isinstance(data, list):
        for each in data:
            yield from _nodes(each, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if isinstance(data.get(key), list | dict):
                yield from _nodes(data[key], depth + 1)


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    if isinstance(kind, list):
        kind = next((each for each in kind if isinstance(each, str) and _ARTICLES.search(each)), "")
    return kind if isinstance(kind, str) else ""


def _text_of(value: Any) -> str:
    """The name in a JSON-LD value: a string, or a node with a name, or the first of a list."""
    if isinstance(value, list):
        return next((found for each in value if (found := _text_of(each))), "")
    if isinstance(value, dict):
        value = value.get("name")
        return _text_of(value) if isinstance(value, list) else _text_of(value) if isinstance(value, str) else ""
    return _squeezed(html.unescape(value)) if isinstance(value, str) else ""


def _names_of(value: Any, linked: list[dict[str, Any]]) -> list[str]:
    names = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and "name" not in each and "@id" in each:
            each = next((node for node in linked if node.get("@id") == each["@id"] and "name" in node), each)
        if (name := _text_of(each)) and name not in names and not name.startswith("http"):
            names.append(name)
    return names


def _address(tree: Element, meta: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and _is_web(element.get("href") or ""):
            return _squeezed(element.get("href") or "")
    address = meta.get("og:url", "")
    return address if _is_web(address) else None


def _is_web(address: str) -> bool:
    return re.match(r"\s*https?://[^\s/]+\.[^\s/]", address, re.IGNORECASE) is not None


def _publisher(articles: list[dict[str, Any]]) -> str | None:
    return next((name for node in articles if (name := _text_of(node.get("publisher")))), None)


def _title(tree: Element, meta: dict[str, str], articles: list[dict[str, Any]], findings: Findings) -> None:
    headings = [text for element in tree.iter("h1") if (text := _words_of(element, 300))]
    page = next((text for element in tree.iter("title") if (text := _words_of(element, 400))), None)
    stated = next((text for node in articles if (text := _text_of(node.get("headline")))), None)
    stated = stated or _first(meta, ("og:title", "twitter:title", "headline", "dc.title", "title"))
    # A heading that the head's title repeats is the title as printed, and so is the only heading unless it is short
    # enough to be a site's name; else what the page states formally.
    for heading in headings:
        alone = len(headings) == 1 and heading.count(" ") + 1 >= _FEWEST_TITLE_WORDS
        if alone or any(_same_start(heading, other) for other in (stated, page) if other):
            findings.title = findings.title or heading
    title, outlet = split_title(stated or (headings[0] if len(headings) == 1 else page) or "", findings.outlet)
    if page and not findings.outlet:
        outlet = outlet or split_title(page, None)[1]
    findings.title = findings.title or title or None
    findings.outlet = findings.outlet or outlet


def _same_start(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", "", each.lower()) for each in (one, other))
    return len(first) >= 8 and second.startswith(first)


def _author(
    tree: Element, meta: dict[str, str], articles: list[dict[str, Any]], linked: list[dict[str, Any]]
) -> str | None:
    for node in articles:
        if names := _names_of(node.get("author"), linked):
            return ", ".join(names)
    for name in _AUTHORS:
        value = meta.get(name, "")
        if value and not re.match(r"https?:|@|www\.", value) and len(value) <= 120:
            return furniture.byline(value) or re.sub(r"^[Bb]y ", "", value)
    for element in tree.iter("a", "span", "div", "p", "address"):
        marks = " ".join(filter(None, (element.get("rel"), element.get("class"), element.get("itemprop"))))
        if re.search(r"(?:^|[\s_-])(?:author|byline)", marks, re.IGNORECASE) and not _is_elsewhere(element):
            words = _words_of(element, 100)
            if words and (
                who := furniture.byline(furniture.segments(words)[0] if furniture.segments(words) else words)
            ):
                return who
            if element.get("rel") == "author" and re.fullmatch(furniture.NAMES, words):
                return words
    return None


def _formal_dates(meta: dict[str, str], articles: list[dict[str, Any]]) -> Iterator[dates.Stamp]:
    for key, rank in (
        ("datePublished", Rank.PUBLISHED),
        ("dateCreated", Rank.UNLABELLED),
        ("dateModified", Rank.UPDATED),
    ):
        for node in articles:
            if isinstance(node.get(key), str):
                yield from _ranked(node[key], rank)
    for names, rank in ((_PUBLISHED, Rank.PUBLISHED), (_MODIFIED, Rank.UPDATED)):
        for name in names:
            yield from _ranked(meta.get(name, ""), rank)


def _ranked(value: str, rank: Rank) -> Iterator[dates.Stamp]:
    for stamp in dates.find(value[:_LONGEST_DATE_TEXT])[:1]:
        yield replace(stamp, rank=rank)


def _visible_dates(tree: Element) -> Iterator[dates.Stamp]:
    """Dates of `<time>` and of short elements named after a date, outside comments, side bars and the like."""
    seen = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or seen >= _MOST_DATE_PLACES:
            continue
        if element.tag == "time":
            text = element.get("datetime") or _words_of(element, _LONGEST_DATE_TEXT)
        elif element.tag in (
            "span",
            "div",
            "p",
            "abbr",
            "li",
            "em",
            "small",
            "td",
            "a",
            "h6",
            "h5",
            "strong",
            "font",
            "b",
            "i",
        ):
            marks = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
            if not marks or not _DATE_PLACE.search(marks):
                continue
            text = element.get("content") or element.get("title") or ""
            text = text if dates.find(text[:_LONGEST_DATE_TEXT]) else _words_of(element, _LONGEST_DATE_TEXT)
        else:
            continue
        if not text or _is_elsewhere(element):
            continue
        seen += 1
        formal = element.get("itemprop", "").lower() == "datepublished" or element.get("pubdate") is not None
        for stamp in dates.find(text[:_LONGEST_DATE_TEXT]):
            yield replace(stamp, rank=Rank.PUBLISHED) if formal else stamp


def _date_lines(tree: Element) -> Iterator[dates.Stamp]:
    """Dates of the first texts that are nothing but a date line, however their elements are named."""
    seen = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option", "title"):
            continue
        for text in (element.text, element.tail):
            if text and len(text) <= _LONGEST_DATE_TEXT and re.search(r"[12]\d{3}", text):
                line = _squeezed(text).strip(" |•·-–—")
                if dates.is_date_line(line) and not _is_elsewhere(element):
                    yield from dates.find(line)
                    seen += 1
        if seen >= _MOST_DATE_LINES:
            return


def _is_elsewhere(element: Element) -> bool:
    node: Element | None = element
    for _ in range(12):
        if node is None:
            return False
        marks = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag in ("aside", "footer", "nav") or (node.tag not in ("body", "html") and _ELSEWHERE.search(marks)):
            return True
        node = node.getparent()
    return False


def _words_of(element: Element, longest: int) -> str:
    """The text of an element with single spaces, or "" if it is longer than `longest` characters."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(str(part))
        size += len(part)
        if size > 4 * longest:
            return ""
    words = _squeezed(" ".join(parts))
    return words if len(words) <= longest else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())
