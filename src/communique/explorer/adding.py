"""Adding: pasted text, a pasted feed, dropped files or the demonstration, each as a job with a page that tells how far
it is."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from communique.errors import InputError
from communique.explorer.desk import Asked, Desk, NotFoundError, to
from communique.intake.feeds import is_feed

# Characters of pasted text, and bytes of one file.
LONGEST, LARGEST = 1_000_000, 4 * 1024 * 1024


def form(desk: Desk, asked: Asked) -> Response:
    """The three ways to add."""
    return desk.page(asked, "add.html", has_dossier=desk.dossier is not None)


def add_demo(desk: Desk, asked: Asked) -> Response:
    """Add the demonstration dossier."""
    if desk.dossier is None:
        raise InputError("this installation lacks the demonstration dossier")
    return to(f"/jobs/{desk.jobs.add_folder(desk.dossier, title='The demonstration dossier').id}")


def add_text(desk: Desk, asked: Asked) -> Response:
    """Add one article from pasted text; title, outlet and date stand above it as a saved page has them."""
    text = asked.told("text")
    if not text:
        raise InputError("there is no text; paste an article into the box")
    if len(text) > LONGEST:
        raise InputError(f"the text has {len(text):,} characters; at most {LONGEST:,} are taken at once")
    head = "\n".join(filter(None, (asked.told("title"), asked.told("outlet"), asked.told("published"))))
    page = f"{head}\n\n{text}" if head else text
    return to(f"/jobs/{desk.jobs.add_pages([('pasted text', page.encode('utf-8', 'replace'))]).id}")


def add_feed(desk: Desk, asked: Asked) -> Response:
    """Add the articles in a feed whose text was pasted: RSS, Atom or JSON Feed. Nothing is fetched."""
    text = asked.told("feed")
    if not text:
        raise InputError("there is no feed; paste what the address of a feed shows: RSS, Atom or JSON Feed")
    body = text.encode("utf-8", "replace")
    if len(text) > LARGEST:
        raise InputError(f"the feed has {len(text):,} characters; at most {LARGEST:,} are taken at once")
    if not is_feed(body):
        raise InputError("this is no feed: RSS, Atom and JSON Feed are taken; paste an article into the other box")
    return to(f"/jobs/{desk.jobs.add_pages([('pasted feed', body)]).id}")


def add_files(desk: Desk, asked: Asked) -> Response:
    """Add files that were chosen or dropped."""
    files = [each for each in asked.form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    if not files:
        raise InputError("no file was chosen; text, HTML, feeds, mail, tables and web archives are taken")
    pages = [(str(each.filename)[:200], each.file.read(LARGEST + 1)) for each in files]
    return to(f"/jobs/{desk.jobs.add_pages(pages).id}")


def job(desk: Desk, asked: Asked) -> Response:
    """How far one job is."""
    found = desk.jobs.all.get(asked.path["job"])
    if found is None:
        raise NotFoundError("There is no such job any more.")
    return desk.page(asked, "job.html", job=found)
