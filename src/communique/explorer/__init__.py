"""The explorer: an archive in a browser, for people who would rather look than read rows.

    serve       socket, launch link, server
    app         the address of each page → the function that answers it
    safety      who may enter, from where, with how much; the headers that keep a page from running foreign code
    desk        what a page is made from: the library behind a lock, templates, the codebook, the queue of jobs
    jobs        the one way in which articles are added: a queue and a worker
    home, articles, events, dyads, lanes, ledger, statements, people, sources, definitions, search   pages
    review      one decision a screen
    api         the same data for programs
    marks       spans that overlap → pieces of text that know which records they belong to

Enters: an archive and requests of a browser on the same machine. Leaves: pages that work without JavaScript and ask no
other host for anything. Text of articles is hostile: it is escaped wherever it is shown. Nothing is coded here.
"""

from communique.explorer.app import Explorer
from communique.explorer.serve import serve

__all__ = ["Explorer", "serve"]
