"""When and where an act was done and which contexts its sentence speaks of.

What enters are a match, the tree and the grounding; what leaves are an `Interval`, a `Place` and names of contexts. A
time or place belongs to the act when it hangs on the trigger or on a word between the trigger and the verb of its
clause; the nearest wins. Without a stated time an asserted act gets the article's day, and a background noun ("the
deaths of …") none.
"""

import datetime as dt

from communique.codebook import Codebook
from communique.events.match import Match
from communique.events.syntax import Syntax
from communique.grounding import Grounding
from communique.records import Interval, Place, Sentence

# An act whose stated time ended this many days before the article is history, not news (corpus guidelines, E6).
HISTORICAL_DAYS = 365

_NEAR = 10  # words behind a trigger in which a time may still be its own
_PLACING = frozenset({
    "in", "at", "near", "inside", "outside", "across", "throughout", "around", "along", "within", "on", "between",
    "over", "off", "beside", "above", "from",
})  # fmt: skip
_DIRECT = frozenset({"in", "at", "near", "inside", "outside", "across", "throughout", "around", "along", "within"})
_CLIMB = frozenset({"obj", "obl", "nmod", "xcomp", "nsubj", "conj", "acl", "compound", "appos", "advcl"})


class Circumstances:
    """Finds times, places and contexts for the matches of one document."""

    def __init__(self, syntax: Syntax, grounding: Grounding, codebook: Codebook) -> None:
        self._syntax, self._grounding = syntax, grounding
        self._words = grounding.document.words
        self._cues = _cue_table(codebook)
        self._contexts: dict[int, tuple[str, ...]] = {}
        mentions = grounding.document.mentions
        self._times = {each.head: each.id for each in mentions if grounding.interval_of(each.id) is not None}
        self._places = {each.head: each.id for each in mentions if grounding.place_of(each.id) is not None}

    def when(self, match: Match) -> Interval | None:
        """The interval that the words link to the act, else the article's day, else None."""
        for index in self._climb(match):
            for child in self._syntax.arcs.children[index]:
                stated = self._stated(child)
                if stated is not None:
                    return stated
        beside = self._beside(match)
        if beside is not None:
            return beside
        day = self._grounding.document.article.day
        if day is None or self.background(match):
            return None
        return Interval(day.isoformat(), day.isoformat(), "day", "document")

    def _beside(self, match: Match) -> Interval | None:
        """A time that follows the trigger with no other verb, comma or clause between, wherever a parser hung it."""
        last = self._grounding.document.sentence_of(match.trigger).last
        for index in range(match.trigger + 1, min(last, match.trigger + _NEAR)):
            mention = self._times.get(index)
            if mention is not None:
                return self._grounding.interval_of(mention)
            if self._words[index].upos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ") and index not in match.words:
                return None
        return None

    def where(self, match: Match, taken: frozenset[str]) -> Place | None:
        """The place that the words link to the act; `taken` are mentions that take part in it and so are no places."""
        for index in self._climb(match):
            for child in self._syntax.arcs.children[index]:
                if self._syntax.arcs.case(child) in _DIRECT:
                    place = self._place_under(child, taken)
                    if place is not None:
                        return place
        return None

    def contexts(self, match: Match) -> tuple[str, ...]:
        """Contexts of the frame, then those whose cue words stand in the sentence, in the codebook's order."""
        sentence = self._grounding.document.sentence_of(match.trigger)
        found = self._contexts.get(sentence.index)
        if found is None:
            self._contexts[sentence.index] = found = self._contexts_of(sentence)
        return tuple(dict.fromkeys([*match.frame.contexts, *found]))

    def historical(self, match: Match, when: Interval | None) -> bool:
        """Whether the act lies long before the article's day."""
        if match.frame.historical:
            return True
        day = self._grounding.document.article.day
        if day is None or when is None or when.basis != "stated":
            return False
        try:
            end = dt.date.fromisoformat(when.end[:10])
        except ValueError:
            return False
        return (day - end).days > HISTORICAL_DAYS

    def background(self, match: Match) -> bool:
        """Whether the act is only referred to: a noun that is neither asserted by a verb of happening nor the head of
        its sentence, or a participle before a noun."""
        word = self._words[match.trigger]
        if match.predicate.tag != "noun":
            return word.label == "amod" or self._past_perfect(match.trigger)
        return len(match.words) == 1 and word.label.split(":")[0] in (
            "nmod",
            "obl",
            "compound",
            "appos",
            "nsubj",
            "obj",
        )

    def _past_perfect(self, index: int) -> bool:
        return any(
            self._words[each].label == "aux" and self._words[each].form.lower() == "had"
            for each in self._syntax.arcs.children[index]
        )

    def _climb(self, match: Match) -> list[int]:
        """The trigger and the words above it up to the verb of its clause."""
        path = [match.trigger, *(each for each in match.words if each != match.trigger)]
        at = match.trigger
        for _ in range(4):
            word = self._words[at]
            base = word.label.split(":")[0]
            if self._syntax.arcs.verbal(at) and (self._syntax.arcs.finite(at) and base != "conj"):
                break
            if word.head < 0 or base not in _CLIMB or word.label == "acl:relcl":
                break
            at = word.head
            if at not in path:
                path.append(at)
        return path

    def _stated(self, index: int) -> Interval | None:
        mention = self._times.get(index)
        if mention is not None:
            return self._grounding.interval_of(mention)
        if self._words[index].label.split(":")[0] in ("obl", "nmod", "advmod"):
            for child in self._syntax.arcs.children[index]:
                mention = self._times.get(child)
                if mention is not None and self._words[child].label.split(":")[0] in (
                    "nmod",
                    "compound",
                    "flat",
                    "obl",
                ):
                    return self._grounding.interval_of(mention)
        return None

    def _place_under(self, index: int, taken: frozenset[str]) -> Place | None:
        for each in (index, *self._syntax.arcs.children[index]):
            mention = self._places.get(each)
            if mention is None or mention in taken:
                continue
            inside = self._syntax.arcs.case(each) if each != index else None
            label = self._words[each].label.split(":")[0]
            if each == index or inside in _PLACING or label in ("compound", "flat", "appos", "nmod"):
                return self._grounding.place_of(mention)
        return None

    def _contexts_of(self, sentence: Sentence) -> tuple[str, ...]:
        lemmas = [word.lemma.lower() for word in self._grounding.document.sentence_words(sentence)]
        found: set[str] = set()
        for position, lemma in enumerate(lemmas):
            for rest, context in self._cues.get(lemma, ()):
                if tuple(lemmas[position + 1 : position + 1 + len(rest)]) == rest:
                    found.add(context)
        return tuple(sorted(found))


_Cues = dict[str, list[tuple[tuple[str, ...], str]]]
_TABLES: dict[str, _Cues] = {}  # by codebook digest: the table is the same for every article


def _cue_table(codebook: Codebook) -> _Cues:
    """First lemma of a cue → its further lemmas and the context it speaks for."""
    table = _TABLES.get(codebook.digest)
    if table is None:
        table = {}
        for entry in codebook.contexts.values():
            for cue in entry.cues:
                first, *rest = cue.split()
                table.setdefault(first, []).append((tuple(rest), entry.name))
        _TABLES[codebook.digest] = table
    return table
