"""A coded article as a spaCy document, for those whose further steps live there. Needs the extra `communique[spacy]`.

spaCy's blank English pipeline cuts the words; no spaCy model is needed and none is loaded. Characters stay where they
were: `Doc.text` is `Article.text`. A span whose ends fall inside a spaCy word is widened to whole words.
"""

from typing import TYPE_CHECKING, Any

from communique.errors import lacking
from communique.records import CodedArticle, Participant, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Names of our span groups; and the one extension, `Doc._.communique`, that has the whole record.
GROUPS = ("mentions", "triggers", "statements", "cues")
EXTENSION = "communique"


def to_spacy(coded: CodedArticle, pipeline: "Language | None" = None) -> "Doc":
    """The article as a `Doc`, cut by the tokenizer of `pipeline` or of a blank English one.

    `doc.spans` gets the groups "mentions" (label: kind), "triggers" (label: event type), "statements" (label: form)
    and "cues"; the id of each span is that of its record ("m4", "e1", "s2"). `doc._.communique` is the coded article,
    and `doc.user_data["relations"]` a list of (event or statement id, role, mention id).
    Raises `ExtraError`, an `ImportError`, where spaCy is not installed.
    """
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise lacking(error) or error from None
    return mark((pipeline or spacy.blank("en")).make_doc(coded.article.text), coded)


def mark(doc: "Doc", coded: CodedArticle) -> "Doc":
    """A `Doc` over the text of the article with all that :func:`to_spacy` tells added to it; gives the same `Doc`."""
    from spacy.tokens import Doc

    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)
    doc._.set(EXTENSION, coded)
    found: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for mention in coded.mentions:
        found["mentions"].append(_span(doc, mention.span, mention.kind, mention.id))
    for event in coded.events:
        found["triggers"].append(_span(doc, event.trigger, event.type, event.id))
    for statement in coded.statements:
        found["statements"] += [_span(doc, each, statement.form, statement.id) for each in statement.content]
        if statement.cue is not None:
            found["cues"].append(_span(doc, statement.cue, statement.act, statement.id))
    for name, spans in found.items():
        doc.spans[name] = [span for span in spans if span is not None]
    doc.user_data["relations"] = relations(coded)
    return doc


def relations(coded: CodedArticle) -> list[tuple[str, str, str]]:
    """(id of an event or statement, role, id of a mention) for every participant, in order of the records."""
    told: list[tuple[str, str, Participant]] = []
    for event in coded.events:
        told += [(event.id, "source", each) for each in event.sources]
        told += [(event.id, "target", each) for each in event.targets]
    for statement in coded.statements:
        told += [(statement.id, "speaker", each) for each in statement.speakers]
        told += [] if statement.addressee is None else [(statement.id, "addressee", statement.addressee)]
    return [(name, role, each.mention) for name, role, each in told]


def _span(doc: "Doc", span: Span, label: str, name: str) -> Any:
    return doc.char_span(span.start, span.end, label=label, span_id=name, alignment_mode="expand")
