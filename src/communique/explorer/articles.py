"""Articles: the list, and the reader, where the text stands beside what was coded from it."""

from starlette.responses import Response

from communique.explorer.desk import Asked, Desk, NotFoundError
from communique.explorer.marks import marks_of, paragraphs, pieces, places_of
from communique.records import Actor, CodedArticle
from communique.store import browse
from communique.store.ids import event_ids, statement_ids
from communique.store.rows import event_rows, statement_rows


def listing(desk: Desk, asked: Asked) -> Response:
    """Articles, the newest first."""
    told = asked.texts("outlet", "since", "until")
    conditions = browse.articles_asked(words=asked.text("q"), **told)
    found = browse.articles(desk.archive, conditions, number=asked.page)
    return desk.page(asked, "articles.html", found=found)


def reader(desk: Desk, asked: Asked) -> Response:
    """One article: its text in pieces, its events and statements beside it; `show` is the record that is lit."""
    name = asked.path["article"]
    coded = desk.archive.coded(name)
    if coded is None:
        raise NotFoundError(f"There is no article “{name}” in this archive.")
    article, marks = coded.article, marks_of(coded)
    text = [pieces(article.text, each, marks) for each in paragraphs(article.text)]
    names = event_ids(coded)
    now = {row["event"]: row for row in browse.of_article(desk.archive, article.id)}
    events = [(row, now.pop(row["event"], None)) for row in event_rows(coded)]
    return desk.page(
        asked, "article.html", coded=coded, article=article, text=text, events=events, names=names,
        added=[row for row in now.values() if row["number"] == "added"], said=_by_speaker(coded),
        show=asked.text("show"),
        actors=sorted(coded.actors, key=lambda actor: (-len(actor.mentions), actor.name)), words=_words_of(coded),
        codebook=desk.codebook, places=_places(coded),
    )  # fmt: skip


def _places(coded: CodedArticle) -> dict[str, list[tuple[str, str]]]:
    """Of an article without its text, the places of the words of each record; nothing for one that has it."""
    if coded.article.text:
        return {}
    names = [*(each.id for each in coded.events), *(each.id for each in coded.statements)]
    return {name: places_of(coded, name) for name in names}


def _by_speaker(coded: CodedArticle) -> list[tuple[str, list[tuple[str, dict[str, object]]]]]:
    """Statements under the name of who speaks, in order of their first; each with its global id."""
    names = statement_ids(coded)
    groups: dict[str, list[tuple[str, dict[str, object]]]] = {}
    for row in statement_rows(coded):
        groups.setdefault(row["speaker_name"] or "somebody unnamed", []).append((names[row["number"]], row))
    return list(groups.items())


def _words_of(coded: CodedArticle) -> dict[str, list[str]]:
    """The different words that name each actor, as the article writes them."""
    spans = {each.id: each.span for each in coded.mentions}

    def words(actor: Actor) -> list[str]:
        told = (" ".join(spans[each].of(coded.article.text).split()) for each in actor.mentions if each in spans)
        return list(dict.fromkeys(told))

    return {actor.id: words(actor) for actor in coded.actors}
