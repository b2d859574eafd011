"""UIMA CAS in XMI 1.0, as INCEpTION and other programs of that family import and export it.

A zip holds `TypeSystem.xml` and for each article one `.xmi`. Two layers have to be in the project: spans
`webanno.custom.Communique` with the feature `label` (and `key`, by which they are known again), and relations
`webanno.custom.CommuniqueParty` between such spans with the feature `role`; Governor is the trigger, Dependent the
party.

Places in a CAS count UTF-16 code units; here they are turned into characters and back.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from communique.errors import InputError
from communique.records import Span
from communique.views.marked import ACTOR, ROLES, Mark, Marked, Tie, tokens

SPAN, RELATION = "Communique", "CommuniqueParty"
_XMI, _CUSTOM = "http://www.omg.org/XMI", "http:///webanno/custom.ecore"
_CAS, _DKPRO = "http:///uima/cas.ecore", "http:///de/tudarmstadt/ukp/dkpro/core/api"
_STAMP = (1980, 1, 1, 0, 0, 0)
# What XML 1.0 cannot hold, even as a reference; each becomes a space, so that no place moves.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NESTED = 2
_TEXT_LIMIT = 50_000_000


def write_zip(articles: Iterable[Marked], out: IO[bytes]) -> int:
    """Write the type system and every article into one zip; gives the number of articles. Same articles, same bytes."""
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(zipfile.ZipInfo("TypeSystem.xml", _STAMP), type_system())
        for count, each in enumerate(articles, 1):  # noqa: B007  (the count is what is asked for)
            pack.writestr(zipfile.ZipInfo(f"{each.version}.xmi", _STAMP), xmi(each))
    return count


def xmi(article: Marked) -> str:
    """The article as one CAS: text, sentences (paragraphs, as no annotation crosses them), tokens, spans, relations."""
    text = _NO_XML.sub(" ", article.text)
    place = _Units(text)
    numbers = {each.id: number for number, each in enumerate(article.marks, 10)}
    lines: list[str] = []

    def add(kind: str, span: Span, number: int, **features: str) -> None:
        told = "".join(f" {name}={quoteattr(value)}" for name, value in features.items())
        begin, end = place.units(span.start), place.units(span.end)
        lines.append(f'<{kind} xmi:id="{number}" sofa="1" begin="{begin}" end="{end}"{told}/>')

    kept = {each.id: each.span for each in article.marks}
    for mark in article.marks:
        add(f"custom:{SPAN}", mark.span, numbers[mark.id], label=mark.label, key=mark.id)
    for number, tie in enumerate(article.ties, 10 + len(numbers)):
        ends = {"Governor": str(numbers[tie.trigger]), "Dependent": str(numbers[tie.actor])}
        add(f"custom:{RELATION}", kept[tie.actor], number, role=tie.role, **ends)
    number = 10 + len(numbers) + len(article.ties)
    for kind, spans in (("Sentence", _paragraphs(text)), ("Token", tokens(article))):
        for span in spans:
            add(f"segmentation:{kind}", span, number)
            number += 1
    members = " ".join(str(each) for each in range(10, number))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="{_CAS}" '
        f'xmlns:custom="{_CUSTOM}" xmlns:segmentation="{_DKPRO}/segmentation/type.ecore" '
        f'xmlns:metadata="{_DKPRO}/metadata/type.ecore" xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
        f'<metadata:DocumentMetaData xmi:id="9" sofa="1" begin="0" end="{place.units(len(text))}" language="en" '
        f"documentTitle={quoteattr(article.version)} documentId={quoteattr(article.version)}/>\n"
        + "\n".join(lines)
        + f'\n<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" '
        f'sofaString="{_attribute(text)}"/>\n<cas:View sofa="1" members="9 {members}"/>\n</xmi:XMI>\n'
    )


def read(data: bytes) -> Iterator[Marked]:
    """The articles of a zip as INCEpTION exports it (one zip in another too), or of one XMI file.

    Raises `InputError` for what is neither.
    """
    for name, content in _files(data, _NESTED):
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
            yield _marked(etree.fromstring(content, parser))
        except (etree.XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
            raise InputError(f"{name or 'the file'} is no CAS in XMI 1.0 ({error})") from error


def type_system() -> str:
    """The description of the two layers, and of what INCEpTION has of its own that is used here."""
    annotation, dkpro = "uima.tcas.Annotation", "de.tudarmstadt.ukp.dkpro.core.api"
    strings = {"label": "uima.cas.String", "key": "uima.cas.String"}
    ends = {"role": "uima.cas.String", "Governor": f"webanno.custom.{SPAN}", "Dependent": f"webanno.custom.{SPAN}"}
    meta = {"documentTitle": "uima.cas.String", "documentId": "uima.cas.String"}
    types = (
        _type(f"webanno.custom.{SPAN}", annotation, strings),
        _type(f"webanno.custom.{RELATION}", annotation, ends),
        _type(f"{dkpro}.segmentation.type.Sentence", annotation, {}),
        _type(f"{dkpro}.segmentation.type.Token", annotation, {}),
        _type(f"{dkpro}.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation", meta),
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n'
        + "\n".join(types)
        + "\n</types>\n</typeSystemDescription>\n"
    )


def _type(name: str, above: str, features: Mapping[str, str]) -> str:
    told = "".join(
        f"<featureDescription><name>{each}</name><description/><rangeTypeName>{range_}</rangeTypeName>"
        "</featureDescription>"
        for each, range_ in features.items()
    )
    return (
        f"<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName>"
        f"<features>{told}</features></typeDescription>"
    )


class _Units:
    """Places in characters ↔ places in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._at = [0]
        for letter in text:
            self._at.append(self._at[-1] + (2 if ord(letter) > 0xFFFF else 1))
        self._back = {units: place for place, units in enumerate(self._at)}

    def units(self, place: int) -> int:
        return self._at[place]

    def place(self, units: int) -> int:
        """Raises `KeyError` inside a letter of two units, and outside the text."""
        return self._back[units]


def _paragraphs(text: str) -> Iterator[Span]:
    for match in re.finditer(r"\S(?:.*\S)?", text):
        yield Span(match.start(), match.end())


def _attribute(text: str) -> str:
    """Text as an attribute keeps it: line ends and tabs as references, or a parser would make spaces of them."""
    return escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _files(data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(b"PK"):
        yield "", data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        for each in sorted(pack.infolist(), key=lambda one: one.filename):
            if each.file_size > _TEXT_LIMIT:
                raise InputError(f"{each.filename} in the zip is larger than {_TEXT_LIMIT // 1_000_000} MB")
            if each.filename.endswith(".xmi"):
                yield each.filename, pack.read(each)
            elif each.filename.endswith(".zip") and depth:
                yield from _files(pack.read(each), depth - 1)


def _marked(root: Any) -> Marked:
    text: str = root.find(f"{{{_CAS}}}Sofa").get("sofaString")
    meta = root.find(f"{{{_DKPRO}/metadata/type.ecore}}DocumentMetaData")
    names = ("", "") if meta is None else (meta.get("documentId", ""), meta.get("documentTitle", ""))
    version = next((found[0] for each in names if (found := re.findall(r"(?:v-)?[0-9a-f]{16,64}", each))), "")
    place = _Units(text)
    ids: dict[str, str] = {}
    marks = []
    for each in root.iterfind(f"{{{_CUSTOM}}}{SPAN}"):
        number = each.get(f"{{{_XMI}}}id")
        span = Span(place.place(int(each.get("begin"))), place.place(int(each.get("end"))))
        ids[number] = each.get("key") or f"x{number}"
        marks.append(Mark(ids[number], span, each.get("label") or ACTOR))
    ties = [
        Tie(ids[each.get("Governor")], each.get("role"), ids[each.get("Dependent")])
        for each in root.iterfind(f"{{{_CUSTOM}}}{RELATION}")
        if each.get("role") in ROLES
    ]
    return Marked(version, text, tuple(sorted(marks, key=lambda each: (each.span, each.id))), tuple(ties))
