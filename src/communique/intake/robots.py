"""`robots.txt` (RFC 9309): what a site lets programs ask for, and how often."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

# What the standard asks a reader to take at least; more is not read.
LARGEST = 512_000
# A site that asks for more than a minute between pages is waited for a minute.
LONGEST_PAUSE = 60.0
_LINE = re.compile(r"[ \t]*([A-Za-z-]{1,40})[ \t]*:[ \t]*([^#\r\n]*)")
_MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: paths that begin like `pattern` ("*" stands for anything, "$" for the end) are `allowed` or not."""

    pattern: str
    allowed: bool

    def fits(self, path: str) -> bool:
        """Whether the path begins like the pattern."""
        end = self.pattern.endswith("$")
        pieces = (self.pattern[:-1] if end else self.pattern).split("*")
        if not path.startswith(pieces[0]):
            return False
        at = len(pieces[0])
        # The leftmost place of each piece leaves most to the pieces after it, so that no other need be tried.
        for piece in pieces[1:-1] if end else pieces[1:]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if not end:
            return True
        return at == len(path) if len(pieces) == 1 else len(path) - len(pieces[-1]) >= at and path.endswith(pieces[-1])


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site that hold for us, and the seconds that it wants between two requests."""

    rules: tuple[Rule, ...] = ()
    pause: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether the path (with its query) may be asked for: the longest rule that fits decides, of equals the one
        that allows."""
        told = _plain(path or "/")
        fitting = [rule for rule in self.rules if rule.fits(told)]
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allowed)).allowed if fitting else True


NOTHING = Robots((Rule("/", False),))


def parse(text: str, *, agent: str) -> Robots:
    """The rules for `agent` (the product's name, such as "communique"): those of the groups that name it, or else of
    those for all. Lines that are none are passed over."""
    own: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    named: list[str] = []
    in_rules, seen = False, False
    for line in text[:LARGEST].lstrip("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            named = [*named, value.lower()] if not in_rules else [value.lower()]
            in_rules = False
            seen = seen or _is(value, agent)
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            if any(_is(each, agent) for each in named):
                own.append((key, value))
            elif "*" in named:
                common.append((key, value))
    return _robots(own if seen else common)


def _is(named: str, agent: str) -> bool:
    match = re.match(r"[A-Za-z_-]+", named)
    return match is not None and match[0].lower() == agent.lower()


def _robots(lines: Sequence[tuple[str, str]]) -> Robots:
    rules = tuple(Rule(_plain(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    pause = 0.0
    for key, value in lines:
        if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value):
            pause = min(float(value), LONGEST_PAUSE)
    return Robots(rules[:_MOST_RULES], pause)


def _plain(path: str) -> str:
    """The path with the same letters written in the same way."""
    return quote(unquote(path, errors="replace"), safe="/%:@!$&'()*+,;=~-._?")
