"""Ids of articles: made from content alone, so that the same article has the same id whatever file it came in.

The id is a digest of the canonical address; else of outlet, day and title when all three are known; else of the text.
The version is a digest of id and text: an updated article keeps its id and gets a new version.
"""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Query fields that say how a reader came, not what the page is.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|cmpid?|ref|ref_src|ref_url|ocid|smid|partner|emc|src|spm|source"
    r"|ftag|ncid|cid|camp|campaign|print|share)",
    re.IGNORECASE,
)
_DIGITS = 20


def article_id(*, url: str | None, outlet: str | None, day: str | None, title: str | None, text: str) -> str:
    """The id, such as "a-3f0c…" with 20 hexadecimal digits of SHA-256; `day` is an ISO 8601 day."""
    if url and (address := canonical(url)):
        return "a-" + _digest("url", address)
    if outlet and day and title:
        return "a-" + _digest("page", _folded(outlet).removeprefix("the "), day[:10], _folded(title))
    return "a-" + _digest("text", text)


def version_id(article: str, text: str) -> str:
    """The version of an article with this id and this text."""
    return "v-" + _digest("version", article, text)


def canonical(url: str) -> str | None:
    """The address without scheme, "www.", "amp", fragment, tracking fields, default port and closing slash; None if it
    is not a web address.

    "https://WWW.Kirat-Post.example/a/?utm_source=x#top" → "kirat-post.example/a"
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    host = re.sub(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)", "", parts.hostname.lower())
    path = re.sub(r"/(?:amp/?|index\.html?)?$", "", parts.path)
    fields = sorted(
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    )
    return (
        host
        + (f":{port}" if port and port not in (80, 443) else "")
        + path
        + (f"?{urlencode(fields, errors='replace')}" if fields else "")
    )


def _folded(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:_DIGITS]
