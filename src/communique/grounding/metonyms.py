"""Whether a place name stands for those who govern there: decided by the part that it plays in its clause.

"Islamabad said", "urged Islamabad", "Islamabad's role", "talks with Islamabad" speak of the government; "in Islamabad",
"Islamabad airport", "bombed Islamabad", "Islamabad's streets" speak of the town.
"""

from communique.grounding.registry import Registry
from communique.grounding.titles import fold
from communique.records import Document, Word

_LOCATIVE = frozenset(
    {"in", "at", "near", "inside", "outside", "within", "across", "throughout", "around", "into", "through", "via",
     "off", "beyond", "along", "amid", "above", "beside", "onto", "under", "over"}
)  # fmt: skip
# After these the name is a party when what it depends on is something that parties do to each other.
_PARTY = frozenset({"with", "against", "by", "between", "to", "from", "on", "toward", "towards", "for", "of", "at"})
_RELATIONS = frozenset(
    ["talk", "talks", "negotiation", "dialogue", "discussion", "relation", "relations", "tie", "ties", "link", "contact", "agreement", "deal", "treaty", "pact", "accord", "alliance", "cooperation", "partnership", "conversation", "meeting", "summit", "dispute", "row", "quarrel", "standoff", "stand-off", "rift", "tension", "tensions", "war", "conflict", "ceasefire", "truce", "peace", "pressure", "sanction", "sanctions", "embargo", "demand", "request", "appeal", "call", "message", "letter", "note", "warning", "threat", "reply", "response", "answer", "reaction", "signal", "support", "aid", "help", "assistance", "loan", "concession", "offer", "proposal", "complaint", "protest", "accusation", "allegation", "charge", "criticism", "anger", "frustration", "decision", "order", "move", "pledge", "promise", "assurance", "guarantee", "statement", "announcement", "denial", "refusal", "approval", "permission", "consent", "recognition", "policy", "stance", "position", "role", "trust", "confidence", "influence", "ally", "friend", "enemy", "rival", "partner", "loyalty", "official", "diplomat", "envoy", "spokesman", "spokeswoman", "minister", "ambassador", "government", "regime", "administration", "negotiator", "effort", "commitment", "intention", "failure", "attempt", "bid", "plan", "strategy", "vote", "veto", "hand", "blame", "credit", "condolence", "apology"]
)
_DEALINGS = frozenset(
    ["urge", "ask", "tell", "press", "pressure", "accuse", "warn", "blame", "assure", "thank", "praise", "criticise", "criticize", "condemn", "support", "persuade", "convince", "inform", "notify", "advise", "remind", "beg", "beseech", "implore", "request", "demand", "call", "order", "command", "force", "compel", "push", "encourage", "welcome", "rebuke", "denounce", "chide", "isolate", "sanction", "punish", "reward", "trust", "distrust", "help", "assist", "fund", "arm", "back", "defy", "challenge", "provoke", "anger", "irritate", "alarm", "worry", "embarrass", "infuriate", "please", "reassure", "confront", "threaten", "negotiate", "consult", "engage", "approach", "court", "woo", "lobby", "contact", "meet", "cooperate", "talk", "speak", "say", "reply", "respond", "complain", "protest", "appeal", "write", "convey", "deliver", "send", "give", "offer", "sell", "provide", "grant", "lend", "supply", "pass", "hand", "promise", "pledge", "apologise", "apologize", "bar", "ban", "suspect", "hold", "allow", "let", "permit", "deny", "refuse", "oblige", "bind", "expect", "want", "depend", "rely", "side", "agree", "disagree", "argue", "clash", "fight", "ally", "align", "collude", "conspire", "work", "impose", "recognise", "recognize", "target", "invite", "summon", "sue", "mollify", "placate"]
)
_PLACE_NOUNS = frozenset(
    ["street", "airport", "suburb", "outskirts", "district", "neighbourhood", "neighborhood", "square", "market", "hotel", "hospital", "university", "mosque", "church", "school", "road", "highway", "river", "skyline", "bridge", "port", "harbour", "harbor", "station", "resident", "people", "population", "inhabitant", "museum", "stadium", "restaurant", "traffic", "weather", "north", "south", "east", "west", "centre", "center", "area", "region", "zone", "mayor", "club", "team", "metro", "subway", "bazaar", "park", "garden", "bomb", "bombing", "blast", "attack", "explosion", "siege", "flood", "earthquake", "shooting", "stock", "exchange", "marathon", "olympics", "film", "festival", "bureau", "correspondent", "climate", "border", "coast", "prison", "jail", "court"]
)
_LINKED_NAMES = frozenset({"compound", "amod", "nmod", "flat"})


def locative(document: Document, index: int) -> bool:
    """Whether the name stands after a preposition of place ("at the Pentagon", "in Islamabad")."""
    return bool(_cases(document, index) & _LOCATIVE)


def stands_for_rulers(document: Document, index: int, registry: Registry) -> bool:
    """Whether the place name headed by the word stands for its government (see the module's text)."""
    word = document.words[index]
    cases = _cases(document, index)
    if cases & _LOCATIVE:
        return False
    label, head = word.label.partition(":")[0], document.head(word)
    if label == "conj" and head is not None and head.upos == "PROPN":
        return stands_for_rulers(document, head.index, registry)
    if label == "nsubj" and head is not None:
        return _acts(document, word, head)
    if head is None:
        return False
    noun = fold(head.lemma)
    if word.label == "nmod:poss":
        return noun not in _PLACE_NOUNS
    if label in ("obj", "iobj"):
        return noun in _DEALINGS
    if label in ("obl", "nmod") and cases & _PARTY:
        if head.upos == "VERB":
            return noun in _DEALINGS or "by" in cases
        return noun in _RELATIONS
    if label in _LINKED_NAMES:
        return noun in _RELATIONS or noun in registry.relational
    return False


def _acts(document: Document, word: Word, verb: Word) -> bool:
    if word.label == "nsubj:pass":
        return fold(verb.lemma) in _DEALINGS
    if document.children(verb.index, "cop"):
        return verb.upos == "ADJ" or fold(verb.lemma) in _RELATIONS
    return verb.upos in ("VERB", "AUX") and fold(verb.lemma) not in ("lie", "boast", "sit", "stand", "be")


def _cases(document: Document, index: int) -> set[str]:
    return {child.form.lower() for child in document.children(index, "case")}
