"""Paragraphs and what was learnt beside them → `Article`, with its ids, language, date and problems."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.intake import dates, identity, language, outlets
from communique.intake.refusals import STEP, refuse
from communique.records import Article, Problem, Removed


@dataclass(slots=True)
class Findings:
    """What a page says about its article, gathered while its furniture is taken off.

    `outlet` is what the page states outright, `agency` who is credited with the text, `place` where it was written;
    `stamps` are its dates in order of discovery.
    """

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    place: str | None = None
    url: str | None = None
    stamps: list[dates.Stamp] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def remove(self, text: str, reason: str) -> None:
        """Note a piece of the page that was cut."""
        self.removed.append(Removed(text, reason))


def assemble(paragraphs: Sequence[str], findings: Findings, *, source: str) -> Article | Problem:
    """The article of these paragraphs (each without newline), or the fatal problem "no-main-text".

    `source` (path, "-" or address) is only the place named in problems; it enters no id.
    """
    text = "\n\n".join(unicodedata.normalize("NFC", paragraph) for paragraph in paragraphs)
    if not re.search(r"[^\W\d_]", text):
        found = "only furniture" if findings.removed or findings.title else "no words"
        return refuse("no-main-text", found=found, place=source)
    outlet = findings.outlet or findings.agency or (outlets.of_host(findings.url) if findings.url else None)
    country = outlets.country(outlet=outlet, url=findings.url, place=findings.place)
    published, ambiguous = dates.settle(findings.stamps, country=country)
    code = language.of(text)
    article = identity.article_id(url=findings.url, outlet=outlet, day=published, title=findings.title, text=text)
    return Article(
        id=article,
        version=identity.version_id(article, text),
        text=text,
        title=findings.title or None,
        outlet=outlet,
        byline=findings.byline or None,
        published=published,
        url=findings.url,
        language=code,
        removed=tuple(findings.removed),
        problems=_problems(published, ambiguous, code, source),
    )


def _problems(published: str | None, ambiguous: bool, code: str, source: str) -> tuple[Problem, ...]:
    found = []
    if published is None and ambiguous:
        found.append(_problem(
            "ambiguous-date",
            "The day and month of the only date can be read both ways and the outlet's country is unknown; "
            "the date was left out; write it with the month's name.",
            source,
        ))  # fmt: skip
    elif published is None:
        found.append(_problem(
            "no-date",
            "The page states no full date of publication, so relative dates stay open; add a line such as "
            "“October 21, 2010 09:43 IST” under the title.",
            source,
        ))  # fmt: skip
    if code != "en":
        named = "its language could not be told" if code == "und" else f"its language looks like “{code}”"
        found.append(_problem(
            "not-english",
            f"The text does not read as English ({named}); English articles are coded; give a translation.",
            source,
        ))  # fmt: skip
    return tuple(found)


def _problem(code: str, message: str, source: str) -> Problem:
    return Problem(code=code, message=message, step=STEP, place=source)
