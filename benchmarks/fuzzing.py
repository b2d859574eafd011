"""Feed every room with inputs that Hypothesis makes up, and find whether any of them raises.

    python benchmarks/fuzzing.py [--inputs 100000] [--seed N]

Inputs are shared out among the doors of intake (text, pages, bytes, feeds, agencies' XML, tables, web archives, mail,
documents) and the way from an article through reading, grounding, statements and events to the ledger. The encoder is
one whose scores look random, so that trees, mentions and signs come in shapes that no real model gives. Prints one JSON
object: inputs by door and what failed; the exit status is 1 if anything did.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from communique import events, grounding, intake, ledger, statements
from communique.codebook import Codebook
from communique.grounding import Registry
from communique.intake import feeds, newsml, pdf, robots
from communique.intake.folder import find_inputs, from_bytes
from communique.intake.mail import message
from communique.intake.network import Barred, origin
from communique.reading import read
from communique.records import Article, CodedArticle, Problem, Run, from_contract, to_contract

_NEWS = (
    "The United States said on Tuesday that Pakistan 's army chief General Kayani asked Velland “ We will act , ” he "
    "told reporters in Kirat City . They demanded talks and threatened to close the border unless NATO apologised for "
    "the raid of October 6 , 2010 which killed 3 soldiers ; President Obama ( who met him ) promised $ 2bn aid — not "
    "\n\n \n - • Q: A: MINISTER: U.S. U.N. “ ” \" ' ‘ ’ — … ( [ http://a.example/ a@b.example # 12:30 GMT 1990s "
    "yesterday next week the day before refused accused sanctions ceasefire protest if would may never alleged"
)
WORDS = _NEWS.split(" ")
PIECES = st.one_of(st.sampled_from(WORDS), st.text(max_size=8), st.characters())
TEXTS = st.lists(PIECES, max_size=60).map(" ".join)
_MARKS = (
    "<p> </p> <div> </div> <table><tr><td> <script> <!-- --> <![CDATA[ ]]> &#0; &amp; <a href=x> <time datetime=2010> "
    '<meta name=date content=2010-10-06> <script type="application/ld+json">{ <h1> <li> <br/> <rss> <item> <title> '
    "<link> <entry> <content> <nitf> <newsItem> <body.content> <opml> <outline xmlUrl=x> WARC/1.0 Content-Length: "
    '{ } [ ] : , " version https://jsonfeed.org/version/1 items \r\n\r\n \x1f\x8b\x08'
)
TAGS = st.sampled_from(_MARKS.split(" "))
PAGES = st.lists(st.one_of(TAGS, PIECES), max_size=40).map(" ".join)
BYTES = st.one_of(st.binary(max_size=200), PAGES.map(lambda text: text.encode("utf-8", "replace")))
ENDINGS = ["", ".html", ".md", ".txt"]
FILES = [".jsonl", ".csv", ".tsv", ".parquet", ".warc", ".warc.gz", ".eml", ".rss", ".json", ".xml", ".nitf", ".pdf"]
RUN = Run("fuzz", "software", "codebook", "model", "registry")


class Doors:
    """What is fed: each takes what one strategy makes."""

    def __init__(self, folder: Path) -> None:
        from tests.fake_encoder import FakeEncoder

        self._folder = folder
        self._encoder, self._registry, self._codebook = FakeEncoder(limit=24), Registry.load(), Codebook.load()

    def text(self, text: str) -> None:
        """Plain text."""
        assert isinstance(intake.from_text(text), Article | Problem)

    def page(self, text: str) -> None:
        """A page."""
        assert isinstance(intake.from_html("<html><body>" + text), Article | Problem)

    def raw(self, given_: tuple[bytes, str]) -> None:
        """Bytes under some ending."""
        assert isinstance(from_bytes(given_[0], suffix=given_[1]), Article | Problem)

    def lists(self, data: bytes) -> None:
        """Feeds, agencies' XML, mail, robots.txt, documents, addresses."""
        for head in (b"", b"<rss>", b'{"items": ['):
            list(feeds.items(head + data, "here"))
        list(newsml.items(b"<nitf>" + data, "here"))
        message(data, "here")
        robots.parse(data.decode("utf-8", "replace"), agent="communique").allows("/a")
        pdf.text_of(pdf.BEGIN + data, "here")
        try:
            origin("http://" + data.decode("latin-1"))
        except Barred:
            return

    def file(self, given_: tuple[bytes, str]) -> None:
        """A file of many articles."""
        path = self._folder / f"a{given_[1]}"
        path.write_bytes(given_[0])
        for each in find_inputs([path]):
            assert isinstance(each if isinstance(each, Problem) else intake.take(each), Article | Problem)

    def article(self, text: str) -> None:
        """From an article to the ledger, and out and back through the public form."""
        article = Article("a", "v", text, published="2010-10-07")
        document = read(article, self._encoder)
        grounded = grounding.ground(document, self._registry)
        said = statements.find(grounded)
        found = events.code(grounded, said, self._codebook)
        coded = CodedArticle(RUN, article, grounded.document.mentions, grounded.actors, said, found, ())
        ledger.join(ledger.acts_of(coded))
        assert from_contract(json.loads(json.dumps(to_contract(coded)))) == coded


def shares(doors: Doors, inputs: int) -> dict[str, tuple[Callable[[Any], None], st.SearchStrategy[Any], int]]:
    """Each door with its strategy and how many inputs it gets."""
    pairs = st.tuples(BYTES, st.sampled_from(ENDINGS))
    return {
        "text": (doors.text, st.one_of(TEXTS, PAGES), inputs * 30 // 100),
        "page": (doors.page, PAGES, inputs * 10 // 100),
        "bytes": (doors.raw, pairs, inputs * 20 // 100),
        "lists": (doors.lists, BYTES, inputs * 20 // 100),
        "file": (doors.file, st.tuples(BYTES, st.sampled_from(FILES)), inputs * 10 // 100),
        "article": (doors.article, TEXTS.filter(str.strip), inputs * 10 // 100),
    }


def fuzz(inputs: int, *, number: int, folder: Path) -> dict[str, Any]:
    """Feed so many inputs and tell what came of it."""
    told: dict[str, Any] = {"inputs": {}, "failures": {}}
    for name, (feed, strategy, share) in shares(Doors(folder), inputs).items():
        count = 0

        def once(value: Any) -> None:
            nonlocal count
            count += 1
            feed(value)  # noqa: B023 (called before the next turn)

        checks = list(HealthCheck)
        plan = settings(max_examples=max(1, share), database=None, deadline=None, suppress_health_check=checks,
                        phases=[Phase.generate, Phase.shrink], print_blob=False)  # fmt: skip
        began = time.process_time()
        try:
            seed(number)(plan(given(strategy)(once)))()
        except Exception:
            told["failures"][name] = traceback.format_exc(limit=-8)
        told["inputs"][name] = [count, round(time.process_time() - began, 1)]
        print(name, *told["inputs"][name], file=sys.stderr, flush=True)
    told["total"] = sum(count for count, _ in told["inputs"].values())
    return told


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--inputs", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        result = fuzz(options.inputs, number=options.seed, folder=Path(made))
    print(json.dumps(result, indent=1))
    sys.exit(1 if result["failures"] else 0)
