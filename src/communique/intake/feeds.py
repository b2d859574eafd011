"""Feeds: RSS 2.0, RSS 1.0, Atom (RFC 4287) and JSON Feed → one input for each item.

An item that only points to its page, and each feed of a list (OPML), is an input with an address; nothing is fetched
here. XML is read without entities, without documents of its own type, and without network.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from communique.intake.inputs import Given, Input, moment
from communique.intake.refusals import refuse
from communique.records import Problem

# An item with less text than this is an announcement, not an article: some 15 words.
SHORTEST = 80
# A document type that stands elsewhere, and is not read.
_NAMED_TYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w.:-]{1,60}(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]{0,300}"|'[^']{0,300}'))"""
    rb"""(?:\s+(?:"[^"]{0,300}"|'[^']{0,300}'))?)?\s*>"""
)
_FIELDS = {
    "title": ("title",), "published": ("pubDate", "published", "date", "updated"), "byline": ("creator", "author"),
    "url": ("link",), "text": ("encoded", "content", "description", "summary"),
}  # fmt: skip


def is_feed(data: bytes) -> bool:
    """Whether the first bytes are those of an XML feed or list, or of a JSON feed."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    return any(mark in head for mark in (b"<rss", b"<rdf:RDF", b"<feed", b"<opml"))


def items(data: bytes, place: str, *, base: str = "") -> Iterator[Input | Problem]:
    """The items of a feed in their order, or one problem that says why there are none. `base` is the address that it
    was fetched from, to which addresses in it may be relative."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json(data, place, base)
        return
    root = parsed(data)
    if isinstance(root, str):
        yield refuse("broken-feed", found=root, place=place)
        return
    if named(root) == "opml":
        yield from (Input(address, url=address) for address in addresses(data))
        return
    found = [each for each in root.iter() if named(each) in ("item", "entry")]
    channel = next((each for each in root.iter() if named(each) in ("channel", "feed")), root)
    outlet = text_in(next((each for each in channel if named(each) == "title"), None))
    for number, item in enumerate(found, 1):
        yield _item(_fields(item), outlet, f"{place}, item {number}", base)
    if not found:
        yield refuse("broken-feed", found="no items", place=place)


def addresses(data: bytes) -> tuple[str, ...]:
    """The addresses of feeds in an OPML list, each once, in their order; none where it is no such list."""
    root = parsed(data)
    if isinstance(root, str):
        return ()
    found = (each.get("xmlUrl") for each in root.iter() if named(each) == "outline")
    return tuple(dict.fromkeys(each.strip() for each in found if each and each.strip()))


def parsed(data: bytes, *, document_type: bool = False) -> Any:
    """The root of the document, or what is wrong with it. With `document_type`, one may be named, but not brought."""
    # A feed needs no document type; whoever sends one may define entities that grow without end.
    head = _NAMED_TYPE.sub(b"", data, count=1) if document_type else data
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        return "a document type, which feeds do not need and bombs are made of"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return str(error)[:200]
    return "no XML" if root is None else root


def named(element: Any) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_in(element: Any) -> str | None:
    """The words in an element, None where there are none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def _fields(item: Any) -> dict[str, str | None]:
    """The fields of an item, by ours; the first element of a name counts, of links the one to the page."""
    told: dict[str, Any] = {}
    for element in item:
        name = named(element)
        if name == "link" and element.get("rel", "alternate") != "alternate":
            continue
        told.setdefault(name, element)
    said: dict[str, str | None] = {}
    for field, names in _FIELDS.items():
        element = next((told[each] for each in names if each in told), None)
        said[field] = text_in(element)
        if field == "url" and element is not None and element.get("href"):
            said[field] = element.get("href")
        elif field == "text" and element is not None and element.get("type") == "xhtml":
            said[field] = etree.tostring(element, encoding="unicode", method="xml")
    return said


def _item(said: dict[str, str | None], outlet: str | None, place: str, base: str) -> Input | Problem:
    text, url = said["text"] or "", _joined(base, said["url"])
    given = Given(said["title"], outlet, said["byline"], moment(said["published"]), url)
    if len(text) < SHORTEST:
        if not url:
            return refuse("no-main-text", found="an item without text or address", place=place)
        return Input(url, given=given, url=url)
    # Its own root, so that a piece of a page is read as a page.
    page = f"<html><body><article>{text}</article></body></html>" if "<" in text else text
    return Input(place, data=page.encode("utf-8", "replace"), suffix=".html" if "<" in text else "", given=given)


def _joined(base: str, url: str | None) -> str | None:
    try:
        return urljoin(base, url) if url else None
    except ValueError:
        return None


def _json(data: bytes, place: str, base: str) -> Iterator[Input | Problem]:
    try:
        feed = json.loads(data)
        found = [each for each in feed["items"] if isinstance(each, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        yield refuse("broken-feed", found=f"no JSON feed ({error})"[:200], place=place)
        return
    outlet = str(feed.get("title") or "") or None
    for number, each in enumerate(found, 1):
        authors = each.get("authors")
        names = [str(one.get("name")) for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
        said = {name: str(value) if (value := each.get(key)) else None for name, key in (
            ("title", "title"), ("url", "url"), ("published", "date_published"))}  # fmt: skip
        said["text"] = str(each.get("content_html") or each.get("content_text") or "")
        said["byline"] = ", ".join(names) or None
        yield _item(said, outlet, f"{place}, item {number}", base)
