"""The country that an article is about, and those who are given it."""

from collections import Counter

from communique.grounding.settle import at_home, home
from communique.records import Actor, Place, Span


def places(*countries: str) -> dict[str, Place]:
    return {
        f"m{number}": Place("x", country, None, None, None, "city", Span(0, 1))
        for number, country in enumerate(countries)
    }


def actor(*sectors: str, country: str | None = None) -> Actor:
    return Actor("a1", "police", country, sectors, None, None, "unresolved", ("m1",), "police: police (COP)")


def test_two_thirds_of_what_is_named() -> None:
    assert home(places("KEN", "KEN"), Counter({"UGA": 1})) == "KEN"
    assert home(places("KEN"), Counter({"UGA": 1})) is None
    assert home(places("KEN"), Counter()) is None
    assert home(places(), Counter()) is None


def test_a_states_own_are_given_it_and_say_so() -> None:
    found = at_home(actor("COP"), "KEN")
    assert (found.country, found.status) == ("KEN", "country-only")
    assert "KEN, of which the article tells" in found.why


def test_reporters_rebels_and_those_with_a_country_keep_what_they_have() -> None:
    for kept in (actor("MED"), actor("REB"), actor("GOV", "IGO"), actor("COP", country="UGA"), actor()):
        assert at_home(kept, "KEN") == kept
