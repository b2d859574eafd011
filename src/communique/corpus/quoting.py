"""Finding quoted words in a text: what `he@s4`, `Crowley@*` or `{He} told the court` stand for (FORMAT.md, Quotes)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.errors import CorpusError
from communique.records import Span

_PICK = re.compile(r"@(\*|s?\d+(?:\.\d+)?(?:,s?\d+(?:\.\d+)?)*)$")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_GAP = re.compile(r"\s(?:…|\.\.\.)\s")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to look for, the part of them that is meant, and which occurrences ("*", "2", "s4", "s4.2")."""

    words: str
    inner: tuple[int, int]
    picks: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: str) -> "Quote":
        """The quote that `raw` writes down; raises `CorpusError` where braces do not match."""
        raw, picks = raw.strip(), ()
        found = _PICK.search(raw)
        if found:
            raw, picks = raw[: found.start()].rstrip(), tuple(found.group(1).split(","))
        if "{" in raw or "}" in raw:
            start, end = raw.find("{"), raw.find("}")
            if start < 0 or end < start or raw.count("{") > 1 or raw.count("}") > 1:
                raise CorpusError(f"the braces of {raw!r} do not match; write one pair: {{He}} told the court")
            return cls(raw[:start] + raw[start + 1 : end] + raw[end + 1 :], (start, end - 1), picks)
        if not raw:
            raise CorpusError("a quote is empty; write words of the text")
        return cls(raw, (0, len(raw)), picks)


class QuotedText:
    """A text in which quotes are found; `sentences` are its spans in order."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.text = text
        self.sentences = tuple(sentences)
        self._folded = text.translate(_SAME)

    def sentence_at(self, offset: int) -> int:
        """The number (from 1) of the sentence that holds the character."""
        return sum(each.start <= offset for each in self.sentences)

    def occurrences(self, quote: Quote) -> list[Span]:
        """All places where the quote's words stand as whole words, as spans of the part meant."""
        words = quote.words.translate(_SAME)
        before = r"(?<!\w)" if words[0].isalnum() else ""
        after = r"(?!\w)" if words[-1].isalnum() else ""
        low, high = quote.inner
        pattern = re.compile(before + re.escape(words) + after)
        return [Span(each.start() + low, each.start() + high) for each in pattern.finditer(self._folded)]

    def find_all(self, raw: str, *, inside: Sequence[Span] = ()) -> list[Span]:
        """The spans that a quote of mentions stands for; `inside` are longer mentions of the same chain.

        Raises `CorpusError` where the words are not in the text, or stand there more often than the quote allows.
        """
        quote = Quote.of(raw)
        found = self.occurrences(quote)
        if not found:
            raise self._missing(quote)
        free = [each for each in found if not any(outer.contains(each) and outer != each for outer in inside)]
        if quote.picks == ("*",):
            return free
        if quote.picks:
            return [self._pick(quote, found, pick) for pick in quote.picks]
        if len(free) == 1 or len(found) == 1:
            return free or found
        raise self.ambiguous(quote, found)

    def find(self, raw: str, *, near: int | None = None, outside: Sequence[Span] = ()) -> Span:
        """The one span that a quote stands for.

        With `near`, an unnumbered quote means the occurrence nearest to that character, not overlapping `outside`.
        """
        quote = Quote.of(raw)
        if near is None or quote.picks:
            spans = self.find_all(raw)
            if len(spans) != 1:
                raise self.ambiguous(quote, spans)
            return spans[0]
        found = [each for each in self.occurrences(quote) if not any(each.overlaps(other) for other in outside)]
        if not found:
            raise self._missing(quote)
        home = self.sentence_at(near)
        return min(
            found,
            key=lambda span: (self.sentence_at(span.start) != home, min(abs(span.start - near), abs(span.end - near))),
        )

    def stretch(self, raw: str) -> Span:
        """The span of a content: a plain quote, or `first words … last words`."""
        parts = _GAP.split(raw.strip())
        if len(parts) == 1:
            return self.find(raw)
        if len(parts) != 2:
            raise CorpusError(f"{raw!r} has more than one '…'; write first words … last words, and parts with ' | '")
        first = self.find(parts[0])
        last_quote = Quote.of(parts[1])
        for last in self.occurrences(last_quote):
            if last.start >= first.end:
                return Span(first.start, last.end)
        raise CorpusError(f"the words {last_quote.words!r} do not follow {parts[0]!r} in the text")

    def _pick(self, quote: Quote, found: list[Span], pick: str) -> Span:
        if pick.startswith("s"):
            sentence, _, number = pick[1:].partition(".")
            there = [each for each in found if self.sentence_at(each.start) == int(sentence)]
            if not there or (not number and len(there) > 1) or (number and int(number) > len(there)):
                raise CorpusError(
                    f"{quote.words!r} stands {len(there)} times in sentence {sentence}: {self._listing(quote, found)}"
                )
            return there[int(number) - 1 if number else 0]
        if "." in pick or not 1 <= int(pick) <= len(found):
            raise CorpusError(f"there is no occurrence {pick} of {quote.words!r}: {self._listing(quote, found)}")
        return found[int(pick) - 1]

    def _missing(self, quote: Quote) -> CorpusError:
        loose = re.search(re.escape(quote.words.translate(_SAME)), self._folded, re.IGNORECASE)
        if loose:
            near = self.text[max(0, loose.start() - 15) : loose.end() + 15]
            return CorpusError(f"{quote.words!r} is not in the text as whole words in this spelling; near: {near!r}")
        return CorpusError(f"{quote.words!r} is not in the text; quote its words exactly")

    def ambiguous(self, quote: Quote, found: Sequence[Span]) -> CorpusError:
        """The error for a quote that stands at more than one place, with a number for each."""
        return CorpusError(f"{quote.words!r} stands {len(found)} times; add a number: {self._listing(quote, found)}")

    def _listing(self, quote: Quote, found: Sequence[Span]) -> str:
        shown, seen = [], dict[int, int]()
        for span in found[:12]:
            sentence = self.sentence_at(span.start)
            seen[sentence] = seen.get(sentence, 0) + 1
            here = sum(self.sentence_at(each.start) == sentence for each in found)
            label = f"@s{sentence}.{seen[sentence]}" if here > 1 else f"@s{sentence}"
            near = self.text[max(0, span.start - 12) : span.end + 12].replace("\n", " ")
            shown.append(f"{label} …{near}…")
        return "; ".join(shown) or "nowhere"
