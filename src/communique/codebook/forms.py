"""Regular forms of English verbs, and the stumps that rules for lemmas leave of them."""

_VOWELS = "aeiou"
# Shorter stumps are other words ("can" of "caned").
_SHORTEST = 4


def regular_forms(verb: str) -> frozenset[str]:
    """Present, past and participle forms of a regular verb, with doubled and plain consonants, and the stems that a
    rule may cut from them: "blockade" has blockades, blockaded, blockading, and blockad; "shell" also shel."""
    ends_in_e = verb.endswith("e")
    forms = {verb + "s", verb + "d" if ends_in_e else verb + "ed", verb[:-1] + "ing" if ends_in_e else verb + "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(verb + "es")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    doubles = len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    if doubles:
        forms |= {verb + verb[-1], verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
        if len(verb) <= _SHORTEST:
            forms -= {verb + "ed", verb + "ing"}  # "planed" is of plane
    if ends_in_e or verb[-1:] == verb[-2:-1]:
        forms.add(verb[:-1])
    if not ends_in_e and not doubles:
        forms.add(verb + "e")
    return frozenset(form for form in forms if len(form) >= _SHORTEST)
