"""PDF documents with a text layer, and the XML of agencies."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.intake import pdf, read_paths
from communique.intake.folder import from_bytes
from communique.intake.newsml import items
from communique.records import Article, Problem

BODY = [
    "The minister met the president in the capital on Monday and asked for the", "release of nine prisoners who have "
    "been held since the spring. A spokes-", "man said that talks would go on.",
    "Opposition leaders had called for a boycott of the talks, which were held", "behind closed doors.",
]  # fmt: skip


def document(pages: list[list[str]]) -> bytes:
    """A PDF document with these lines on its pages, in the plainest form that the standard allows."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.replace('(', '[').replace(')', ']')}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 11 Tf 72 720 Td {shown}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % each for each in kids))
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + table + end


def test_the_text_layer_is_read_in_paragraphs(tmp_path: Path) -> None:
    pages = [["The Daily Courier, October 6, 2010", *BODY, f"Page {number} of 3"] for number in (1, 2, 3)]
    pages[0][1:1] = ["Ministers meet over prisoners"]
    (tmp_path / "a.pdf").write_bytes(document(pages))
    (found,) = read_paths([tmp_path])
    assert isinstance(found, Article)
    paragraphs = found.text.split("\n\n")
    assert paragraphs[0].startswith("The minister met the president in the capital on Monday and asked for the release")
    assert "A spokesman said that talks would go on." in paragraphs[0]
    assert paragraphs[1].startswith("Opposition leaders")
    assert "Page 2" not in found.text
    assert found.text.count("Opposition") == 3
    assert "page-edge" in {each.reason for each in found.removed}


def test_documents_without_text_are_told() -> None:
    for data, code in ((document([[]]), "no-text-layer"), (b"%PDF-1.4 nothing", "broken-page")):
        found = from_bytes(data, source="a.pdf")
        assert isinstance(found, Problem)
        assert found.code == code


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_documents_never_raise(data: st.DataObject) -> None:
    whole = bytearray(document([BODY]))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(5, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(5, len(whole)))
    found = pdf.text_of(bytes(whole[:cut]), "a.pdf")
    assert isinstance(found, tuple | Problem)


NITF = """<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.5/specification/dtd/nitf-3-5.dtd">
<nitf><head><title>t</title><docdata><date.issue norm="2010-10-06T09:30:00+02:00"/></docdata>
<pubdata name="The Wire"/></head>
<body><body.head><hedline><hl1>Ministers meet</hl1></hedline><byline>By A. Writer</byline>
<dateline><location>GENEVA</location></dateline></body.head>
<body.content><p>The minister met the president in the capital on Monday.</p>
<p>Talks will <em>go on</em>.</p></body.content>
</body></nitf>"""
G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:1"><itemMeta><provider literal="The Agency"/><versionCreated>2010-10-07T10:00:00Z</versionCreated>
<firstCreated>2010-10-06T10:00:00Z</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Ministers meet</headline><by>A. Writer</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>The minister met the president in the capital on Monday.</p><p>Talks will go on.</p></body></html></inlineXML>
</contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
<newsItem guid="urn:3"><itemMeta/><contentMeta/><contentSet><inlineData contenttype="text/plain">
The minister met the president in the capital on Monday.

Talks will go on.</inlineData></contentSet></newsItem></itemSet></newsMessage>"""


def test_items_of_agencies(tmp_path: Path) -> None:
    (tmp_path / "a.nitf").write_text(NITF, encoding="utf-8")
    (tmp_path / "b.xml").write_text(G2, encoding="utf-8")
    single, first, taken_back, plain = read_paths([tmp_path / "a.nitf", tmp_path / "b.xml"])
    for found in (single, first, plain):
        assert isinstance(found, Article)
        assert found.text.endswith("The minister met the president in the capital on Monday.\n\nTalks will go on.")
    assert isinstance(single, Article)
    assert (single.title, single.outlet, single.byline) == ("Ministers meet", "The Wire", "A. Writer")
    assert single.published == "2010-10-06T09:30+02:00"
    assert isinstance(first, Article)
    assert (first.title, first.outlet, first.published) == ("Ministers meet", "The Agency", "2010-10-06T10:00+00:00")
    assert isinstance(taken_back, Problem)
    assert taken_back.code == "withdrawn"


@pytest.mark.parametrize("start", [
    '<!DOCTYPE nitf [<!ENTITY a "aaaa">]>',
    '<!DOCTYPE nitf SYSTEM "x" [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]>',
    '<!DOCTYPE nitf><!DOCTYPE nitf [<!ENTITY a "b">]>',
])  # fmt: skip
def test_document_types_that_bring_entities_are_refused(start: str) -> None:
    (found,) = items(start.encode() + b"<nitf><body><p>&a;</p></body></nitf>", "here")
    assert isinstance(found, Problem)
    assert found.code == "broken-feed"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"<nitf>", b"<newsItem>", G2.encode()[:900], NITF.encode()[:600]]))
def test_no_bytes_raise_in_agencies_items(data: bytes, head: bytes) -> None:
    assert list(items(head + data, "here"))
