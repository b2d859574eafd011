"""The country that an article is about, and those who are given it."""

from communique.grounding.settle import at_home, home
from communique.records import Actor


def actor(*sectors: str, country: str | None = None) -> Actor:
    return Actor("a1", "police", country, sectors, None, None, "unresolved", ("m1",), "police: police (COP)")


def test_the_country_that_stands_out_among_those_named() -> None:
    assert home(["KEN", "UGA", "KEN"]) == "KEN"
    assert home(["UGA", "KEN", "KEN"]) is None  # the first named speaks for the other
    assert home(["UGA", "KEN", "KEN", "KEN", "KEN", "KEN"]) is None
    assert home(["KEN", "KEN", "UGA", "TZA", "RWA", "ETH"]) == "KEN"
    assert home(["KEN"]) is None
    assert home([]) is None


def test_a_states_own_are_given_it_and_say_so() -> None:
    found = at_home(actor("COP"), "KEN")
    assert (found.country, found.status) == ("KEN", "country-only")
    assert "KEN, of which the article tells" in found.why


def test_reporters_and_those_with_a_country_keep_what_they_have() -> None:
    for kept in (actor("MED"), actor("GOV", "IGO"), actor("COP", country="UGA"), actor()):
        assert at_home(kept, "KEN") == kept
