"""News agencies' XML: NewsML-G2 (IPTC) with text, XHTML or NITF in it, and NITF alone → one input for each item."""

import re
from collections.abc import Iterator
from typing import Any

from communique.intake.feeds import named, parsed, text_in
from communique.intake.inputs import Given, Input, moment
from communique.intake.refusals import refuse
from communique.records import Problem

_ROOTS = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:newsItem|newsMessage|nitf)[\s>]")
# Elements that are paragraphs of an article's body, in NITF and XHTML.
_PARAGRAPHS = frozenset({"p", "hl2", "h2", "h3", "li", "bq", "blockquote"})


def is_news(data: bytes) -> bool:
    """Whether the first bytes are those of such a document."""
    return _ROOTS.search(data[:4000]) is not None


def items(data: bytes, place: str) -> Iterator[Input | Problem]:
    """The news items in their order, or one problem that says why there are none."""
    root = parsed(data, document_type=True)
    if isinstance(root, str):
        yield refuse("broken-feed", found=root, place=place)
        return
    found = [each for each in root.iter() if named(each) == "newsItem"]
    if not found and named(root) == "nitf":
        yield _input(_nitf(root), place)
    elif not found:
        yield refuse("broken-feed", found="no news items", place=place)
    for number, item in enumerate(found, 1):
        where = f"{place}, item {number}" if len(found) > 1 else place
        status = next((each.get("qcode", "") for each in item.iter() if named(each) == "pubStatus"), "")
        if status.rpartition(":")[2] in ("canceled", "withheld"):
            yield refuse("withdrawn", found=status.rpartition(":")[2], place=where)
        else:
            yield _input(_item(item), where)


def _input(said: dict[str, str | None], place: str) -> Input | Problem:
    text = said.pop("text")
    if not text:
        return refuse("no-main-text", found="an item without text", place=place)
    return Input(place, data=text.encode("utf-8", "replace"), suffix=".txt", given=Given(**said))


def _item(item: Any) -> dict[str, str | None]:
    """What a newsItem says."""
    within = next((_nitf(each) for each in item.iter() if named(each) == "nitf"), {})
    meta = next((each for each in item if named(each) == "itemMeta"), item)
    content = next((each for each in item if named(each) == "contentMeta"), item)
    provider = next((each for each in meta.iter() if named(each) == "provider"), None)
    outlet = None
    if provider is not None:
        outlet = _first(provider, "name") or provider.get("literal") or provider.get("qcode", "").rpartition(":")[2]
    address = next((each.get("href") for each in item.iter() if named(each) in ("web", "remoteContent")), None)
    said = {
        "title": _first(content, "headline"), "outlet": outlet or None, "byline": _first(content, "by"),
        "published": moment(_first(meta, "firstCreated") or _first(meta, "versionCreated")),
        "url": address if (address or "").lower().startswith(("http://", "https://")) else None,
        "text": _with_dateline(_first(content, "dateline"), _body(item)),
    }  # fmt: skip
    return {name: value or within.get(name) for name, value in said.items()}


def _nitf(root: Any) -> dict[str, str | None]:
    """What a NITF document says."""
    issued = next((each.get("norm") for each in root.iter() if named(each) == "date.issue"), None)
    day = next((each.get("norm") for each in root.iter() if named(each) == "story.date"), None)
    byline = _first(root, "byline")
    content = next((each for each in root.iter() if named(each) == "body.content"), root)
    return {
        "title": _first(root, "hl1") or _first(root, "title"),
        "outlet": _first(root, "distributor") or next(
            (each.get("name") for each in root.iter() if named(each) == "pubdata" and each.get("name")), None),
        "byline": re.sub(r"^by\s+", "", byline, flags=re.IGNORECASE) if byline else None,
        "published": moment(issued or day), "url": None,
        "text": _with_dateline(_first(root, "dateline"), _paragraphs(content)),
    }  # fmt: skip


def _body(item: Any) -> list[str]:
    """The paragraphs of the first content that has some."""
    for content in item.iter():
        if named(content) == "inlineXML":
            within = next((each for each in content.iter() if named(each) in ("body.content", "body")), content)
            if found := _paragraphs(within):
                return found
        elif named(content) == "inlineData" and (content.text or "").strip():
            return [" ".join(each.split()) for each in re.split(r"\n\s*\n", content.text) if each.strip()]
    return []


def _paragraphs(content: Any) -> list[str]:
    found = (text_in(each) for each in content.iter() if named(each) in _PARAGRAPHS)
    return [each for each in found if each]


def _with_dateline(dateline: str | None, paragraphs: list[str]) -> str | None:
    if not paragraphs:
        return None
    if dateline and not paragraphs[0].startswith(dateline.split()[0]):
        paragraphs = [f"{dateline.rstrip(' -–—')} — {paragraphs[0]}", *paragraphs[1:]]
    return "\n\n".join(paragraphs)


def _first(parent: Any, name: str) -> str | None:
    return next((text for each in parent.iter() if named(each) == name and (text := text_in(each))), None)
