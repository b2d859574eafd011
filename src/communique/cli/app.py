"""The commands and their options; what each does lies in the module that it imports when it is called."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.corpus import corpus_app
from communique.cli.ledger import ledger_app
from communique.cli.output import TableFormat
from communique.cli.plotting import plot_app
from communique.cli.plotting import series as series_of_dyad
from communique.cli.stories import stories

app = typer.Typer(
    name="communique",
    help="Reads news and keeps the record of who said and did what to whom, when, where, in which words.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
codebook_app = typer.Typer(help="Look things up in the codebook; try types of your own.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")
app.add_typer(corpus_app, name="corpus")
app.add_typer(ledger_app, name="ledger")
app.add_typer(plot_app, name="plot")
app.command("series")(series_of_dyad)
app.command("stories")(stories)


class ReadFormat(StrEnum):
    """Forms in which `read` tells what it found."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class ScoreFormat(StrEnum):
    """Forms of a score, and of what `add` came to."""

    TABLE = "table"
    JSON = "json"


class Engine(StrEnum):
    """Where `add` codes."""

    LOCAL = "local"
    RAY = "ray"


OwnCodebook = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="PATH", help="With your own types (a YAML file) or codebook folder.",
                 show_default=False),
]  # fmt: skip
Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Text or HTML files, folders, or - for stdin.")]
ArchivePath = Annotated[
    Path, typer.Option("--archive", "-a", envvar="COMMUNIQUE_ARCHIVE", help="The archive to ask.", show_envvar=True)
]
HERE = Path("communique.archive")
Format = Annotated[
    TableFormat | None,
    typer.Option("--format", "-f", help="How to write it; table, unless --out ends in another.", show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="A file to write instead of standard output.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on: 2010-10-21, 2010-10 or 2010.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")]
History = Annotated[
    bool, typer.Option("--history", help="Superseded versions and earlier runs too, not only the last of each article.")
]
Limit = Annotated[
    int | None,
    typer.Option(min=0, metavar="ROWS", help="Write at most so many rows; 0 for all. A table shows 200 unless told."),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(metavar="HOST", help="Fetch from this host of your own network too; may be repeated."),
]
Contact = Annotated[
    str, typer.Option(envvar="COMMUNIQUE_CONTACT", metavar="WHO", help="A mail or web address that servers are told.")
]
_ACTOR = "a country (PAK), a sector (MIL), both (“PAK MIL”) or a name"


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from communique import __version__

        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.command()
def read(
    paths: Paths,
    form: Annotated[ReadFormat, typer.Option("--format", "-f", help="How to write it.")] = ReadFormat.TABLE,
    codebook: OwnCodebook = None,
) -> None:
    """Code articles and show what was found in them.

    Nothing is kept. With json, one file that holds one article gives one object after the published schema; a folder,
    several paths, or a file of several articles give an array of them. With jsonl, each article is one line, written
    as soon as it is coded.
    """
    from communique.cli import reading

    raise typer.Exit(reading.read(paths, form=form.value, codebook=codebook))


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="A file, -, or the id of an article or event in the archive.")],
    event: Annotated[str | None, typer.Argument(help="The event: e3, or its long id.", show_default=False)] = None,
    archive: ArchivePath = HERE,
    codebook: OwnCodebook = None,
) -> None:
    """Show the way from the words of an article to one event."""
    from communique.cli import reading

    raise typer.Exit(reading.explain(article, event, archive=archive, codebook=codebook))


@app.command()
def add(
    paths: Paths,
    to: Annotated[Path, typer.Option("--to", envvar="COMMUNIQUE_ARCHIVE", help="The archive; made if need be.")] = HERE,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another process that is writing.")] = 600,
    codebook: OwnCodebook = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that code at once, one model each.")] = 1,
    columns: Annotated[
        str | None, typer.Option(metavar="FIELD=COLUMN,…", help="Columns of tables: text=story,published=day.")
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch web addresses among the paths, in feeds and in lists of feeds.")
    ] = False,
    allow_host: AllowHost = None,
    contact: Contact = "",
    engine: Annotated[
        Engine, typer.Option(help="Where to code: in processes of this machine, or on a cluster of Ray.")
    ] = Engine.LOCAL,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The cluster; without it, Ray on this machine alone.")
    ] = "",
    screen: Annotated[
        bool, typer.Option("--screen", help="Skip articles whose headline and lead name nobody who acts, or no act.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, and no line for each input that is skipped.")
    ] = False,
    form: Annotated[
        ScoreFormat, typer.Option("--format", "-f", help="How to say what it came to.")
    ] = ScoreFormat.TABLE,
) -> None:
    """Code articles and keep them in an archive.

    Adding an article again changes nothing; stopping at any moment, by force too, loses nothing that was reported. A
    page that hangs, or ends the process that reads it, is skipped like any other that gives no article.
    """
    from communique.cli import adding

    web = adding.Web(allow_host or (), contact) if fetch else None
    status = adding.add(
        paths, to=to, wait=wait, codebook=codebook, jobs=jobs, columns=columns, web=web,
        cluster=cluster if engine is Engine.RAY else None, quiet=quiet, as_json=form is ScoreFormat.JSON,
        screen=screen,
    )  # fmt: skip
    raise typer.Exit(status)


@app.command()
def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="OPML files, or addresses of feeds.")],
    to: Annotated[Path, typer.Option("--to", envvar="COMMUNIQUE_ARCHIVE", help="The archive; made if need be.")] = HERE,
    every: Annotated[float, typer.Option(min=1, metavar="MINUTES", help="Minutes between two polls of a feed.")] = 15,
    once: Annotated[bool, typer.Option("--once", help="One round, for cron; else until stopped.")] = False,
    queries: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Saved queries (YAML) to be told about.", show_default=False)
    ] = None,
    alerts: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep an Atom feed for each query here.", show_default=False)
    ] = None,
    webhook: Annotated[
        str | None,
        typer.Option(
            envvar="COMMUNIQUE_WEBHOOK",
            metavar="URL",
            help="Call this address with what queries find.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that code at once, one model each.")] = 1,
    codebook: OwnCodebook = None,
    allow_host: AllowHost = None,
    contact: Contact = "",
) -> None:
    """Follow feeds: poll them, add what is new, tell what saved queries find in it.

    It may be stopped at any moment and goes on where it was: nothing is missed, nothing kept or told twice.
    """
    from communique.cli import adding, watching

    status = watching.watch(
        feeds, to=to, web=adding.Web(allow_host or (), contact), every=every, once=once, jobs=jobs,
        codebook=codebook, queries=queries, alerts=alerts, webhook=webhook,
    )  # fmt: skip
    raise typer.Exit(status)


@app.command()
def events(
    source: Annotated[str | None, typer.Option(metavar="ACTOR", help=f"Who did it: {_ACTOR}.")] = None,
    target: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Whom it was done to, asked for in the same way.")
    ] = None,
    since: Since = None,
    until: Until = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="REQUEST, ASSAULT …; may be repeated.")
    ] = None,
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
    history: History = False,
    happenings: Annotated[
        bool, typer.Option("--happenings", help="One row for each event in the world, with all its reports.")
    ] = False,
    as_coded: Annotated[bool, typer.Option("--as-coded", help="Without people's corrections.")] = False,
) -> None:
    """List events: who did what to whom, when, in which words."""
    from communique.cli import keeping
    from communique.views import tables

    found = keeping.opened(archive).events(
        source=source, target=target, since=since, until=until, type=type_ or None, history=history,
        corrected=not as_coded, happenings=happenings,
    ).arrow()  # fmt: skip
    keeping.show(found, render=lambda rows: tables.events(rows, origin=True), form=form, out=out, limit=limit)


@app.command()
def statements(
    speaker: Annotated[str | None, typer.Option(metavar="ACTOR", help=f"Who said it: {_ACTOR}.")] = None,
    addressee: Annotated[str | None, typer.Option(metavar="ACTOR", help="To whom, asked for in the same way.")] = None,
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="The speaker's country (USA).")] = None,
    act: Annotated[
        str | None, typer.Option(metavar="ACT", help="What was done by saying it: promised, warned, denied …")
    ] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="Words that stand in what was said.")] = None,
    since: Since = None,
    until: Until = None,
    topics: Annotated[
        bool, typer.Option("--topics", help="Also what was spoken of without any words (“condemned the raid”).")
    ] = False,
    cite: Annotated[
        bool, typer.Option("--cite", help="One line each to cite by: words, speaker, office, outlet, day, place.")
    ] = False,
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
    history: History = False,
) -> None:
    """List statements: who said what, to whom, in which words."""
    from communique.cli import keeping
    from communique.store import Archive
    from communique.views import tables
    from communique.views.citation import citations

    found = Archive.open(archive).statements(
        speaker=speaker, addressee=addressee, country=country, act=act, words=words, since=since, until=until,
        topics=topics, history=history,
    )  # fmt: skip
    render = citations if cite else lambda rows: tables.statements(rows, origin=True)
    keeping.show(found, render=render, form=form, out=out, limit=limit)


@app.command()
def problems(
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
    history: History = False,
) -> None:
    """List what went wrong with articles, and inputs that gave none."""
    from communique.cli import keeping
    from communique.store import Archive
    from communique.views import tables

    keeping.show(
        Archive.open(archive).problems(history=history), render=tables.problems, form=form, out=out, limit=limit
    )


@app.command()
def export(
    form: Annotated[
        str,
        typer.Argument(
            help="gdelt, icews, polecat, plover, csv, xlsx, parquet, annotations, text-free; to annotate: "
            "label-studio, prodigy, inception."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write; schema and citation go beside it.")],
    source: Annotated[str | None, typer.Option(metavar="ACTOR", help=f"Who did it: {_ACTOR}.")] = None,
    target: Annotated[str | None, typer.Option(metavar="ACTOR", help="Whom it was done to.")] = None,
    since: Since = None,
    until: Until = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="REQUEST, ASSAULT …; may be repeated.")
    ] = None,
    happenings: Annotated[
        bool, typer.Option("--happenings", help="One row for each event in the world, with all its reports.")
    ] = False,
    as_coded: Annotated[bool, typer.Option("--as-coded", help="Without people's corrections.")] = False,
    archive: ArchivePath = HERE,
) -> None:
    """Write events in the form of another data set or program, with schema and citation."""
    from communique.cli import exporting

    asked = {
        "source": source, "target": target, "since": since, "until": until, "type": type_ or None,
        "corrected": not as_coded, "happenings": happenings,
    }  # fmt: skip
    raise typer.Exit(exporting.export(form, out=out, archive=archive, asked=asked))


@app.command()
def rehydrate(
    export: Annotated[Path, typer.Argument(help="A text-free export.")],
    paths: Paths,
    out: Out = None,
) -> None:
    """Put the words back into a text-free export, from your own copies of the articles."""
    from communique.cli import exporting

    raise typer.Exit(exporting.rehydrate(export, paths, out=out))


@app.command()
def correct(
    event: Annotated[str, typer.Argument(help="The long id of an event; with --add, of an article.")],
    because: Annotated[str, typer.Option("--because", metavar="REASON", help="Why; it is kept with the correction.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Set a field: type=THREATEN, target=“PAK GOV”, mode= …"),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is right as it is.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="There is no such event.")] = False,
    split: Annotated[bool, typer.Option("--split", help="It is a happening of its own.")] = False,
    merge: Annotated[
        str | None, typer.Option("--merge", metavar="EVENT", help="It is the same happening as this event.")
    ] = None,
    add: Annotated[
        str | None, typer.Option("--add", metavar="WORDS", help="Add a missed event: its words in the article.")
    ] = None,
    by: Annotated[
        str, typer.Option(envvar=["COMMUNIQUE_BY", "USER"], metavar="NAME", help="Who decides.", show_envvar=True)
    ] = "somebody",
    archive: ArchivePath = HERE,
) -> None:
    """Correct an event; the program's own value stays beside it, and the correction outlives coding again."""
    from communique.cli import correcting

    decisions = {"accept": accept, "reject": reject, "split": split, "merge": merge, "add": add, "set": set_}
    chosen = {name: value for name, value in decisions.items() if value}
    raise typer.Exit(correcting.correct(event, chosen, because=because, by=by, archive=archive))


@app.command("import")
def import_(
    form: Annotated[str, typer.Argument(help="label-studio, prodigy or inception.")],
    file: Annotated[Path, typer.Argument(help="What that program exported.")],
    because: Annotated[str, typer.Option("--because", metavar="REASON", help="Why; kept with each correction.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="What was left as it was has been looked at and is right.")
    ] = False,
    by: Annotated[
        str, typer.Option(envvar=["COMMUNIQUE_BY", "USER"], metavar="NAME", help="Who annotated.", show_envvar=True)
    ] = "somebody",
    archive: ArchivePath = HERE,
) -> None:
    """Take back what people annotated in another program: what differs is kept as corrections."""
    from communique.cli import importing

    raise typer.Exit(importing.take(form, file, archive=archive, because=because, by=by, accept=accept))


@app.command()
def mcp(archive: Annotated[Path, typer.Argument(envvar="COMMUNIQUE_ARCHIVE", show_envvar=True)] = HERE) -> None:
    """Answer programs that speak MCP over standard input and output: read-only, each answer with its words.

    Nothing listens on a network. Ends when standard input does.
    """
    from communique.cli import answering

    raise typer.Exit(answering.serve(archive))


@app.command()
def corrections(
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    training: Annotated[bool, typer.Option("--training", help="As rows to train with, one object a line.")] = False,
) -> None:
    """List what people corrected, and what of it meets words that are not there any more."""
    from communique.cli import correcting

    raise typer.Exit(correcting.listing(archive, form=form, out=out, training=training))


@app.command()
def code(
    again: Annotated[bool, typer.Option("--again", help="Articles that the archive has already.")] = False,
    codebook: OwnCodebook = None,
    archive: ArchivePath = HERE,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another process that is writing.")] = 600,
) -> None:
    """Code the articles of an archive again, with this program's model and registry and any codebook.

    The new rows are a run of their own beside the old ones; `diff` tells what became different.
    """
    from communique.cli import rerunning

    raise typer.Exit(rerunning.code(again=again, codebook=codebook, archive=archive, wait=wait))


@app.command()
def runs(archive: ArchivePath = HERE, form: Format = None, out: Out = None) -> None:
    """List the ways in which the archive's articles were coded."""
    from communique.cli import keeping
    from communique.views import tables

    keeping.show(keeping.opened(archive).runs().arrow(), render=tables.runs, form=form, out=out, limit=0)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="RUN", help="The id of a run, or its first letters.")],
    second: Annotated[str, typer.Argument(metavar="RUN", help="Another run.")],
    archive: ArchivePath = HERE,
    form: Format = None,
    out: Out = None,
    limit: Limit = None,
) -> None:
    """Tell what came, went and changed from one run to another, grouped by cause."""
    from communique.cli import rerunning

    raise typer.Exit(rerunning.diff(first, second, archive=archive, form=form, out=out, limit=limit))


@app.command()
def verify(archive: ArchivePath = HERE) -> None:
    """Read every byte of the archive again and tell damage.

    The exit status is 1 if anything is damaged.
    """
    from communique.cli import keeping

    raise typer.Exit(keeping.verify(archive))


@app.command()
def compact(archive: ArchivePath = HERE) -> None:
    """Put the archive's many small files together into few large ones; no row is changed."""
    from communique.cli import keeping

    raise typer.Exit(keeping.compact(archive))


@app.command()
def rebuild(archive: ArchivePath = HERE) -> None:
    """Make anew what is derived from the archive: stories, happenings and the ledger.

    Questions do this by themselves where articles have come since; this does it whatever stands.
    """
    from communique.cli import keeping

    raise typer.Exit(keeping.rebuild(archive))


@app.command()
def explore(
    archive: Annotated[
        Path, typer.Argument(envvar="COMMUNIQUE_ARCHIVE", help="The archive; made if need be.", show_envvar=True)
    ] = HERE,
    host: Annotated[
        str, typer.Option(help="Where to listen; other machines can reach more than this one's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 0,
    by: Annotated[
        str, typer.Option(envvar=["COMMUNIQUE_BY", "USER"], metavar="NAME", help="Who reviews.", show_envvar=True)
    ] = "somebody",
) -> None:
    """Look at an archive in the browser: read the words, correct the rows.

    Open the link that it writes; it holds the key. Nothing is asked of any other host. To serve other machines, set
    --host and a password in COMMUNIQUE_PASSWORD.
    """
    from communique.cli import exploring

    raise typer.Exit(exploring.explore(archive, host=host, port=port, by=by))


@app.command()
def demo() -> None:
    """Code a bundled dossier; show who asked and promised what."""
    from communique.cli.demo import demo as show_demo

    raise typer.Exit(show_demo())


@app.command()
def doctor(archive: ArchivePath = HERE) -> None:
    """Find what is missing or broken, and name the fix.

    Looks at the installation, the weights and tables, and the archive if there is one. The exit status is 1 if
    something has to be mended.
    """
    from communique.cli.doctor import doctor as examine

    raise typer.Exit(examine(archive))


@app.command()
def score(
    kind: Annotated[
        str, typer.Argument(help="What to score: parse, mentions, relations, attribution, events, dates …")
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Hand-coded files, in the format of the kind.")
    ],
    form: Annotated[ScoreFormat, typer.Option("--format", "-f", help="How to write it.")] = ScoreFormat.TABLE,
    mistakes: Annotated[int, typer.Option(min=0, help="Also list so many wrong events, the surest first.")] = 0,
) -> None:
    """Score the program on hand-coded files of a kind."""
    from communique.cli import score as scores

    raise typer.Exit(scores.score(kind, files, form=form.value, mistakes=mistakes))


@codebook_app.command("show")
def codebook_show(
    name: Annotated[
        str | None, typer.Argument(help="REQUEST, REQUEST/assist, assist, diplomatic, GOV, 0251, cameo, modes …")
    ] = None,
    codebook: OwnCodebook = None,
) -> None:
    """Show what a type, mode, context, sector, CAMEO code or label policy means and how it is coded."""
    from communique.cli import codebook as showing

    raise typer.Exit(showing.show(name, path=codebook))


@codebook_app.command("schema")
def codebook_schema(codebook: OwnCodebook = None) -> None:
    """Print the JSON Schema of a coded article, with your own types among those of events."""
    from communique.cli import codebook as showing

    raise typer.Exit(showing.schema(path=codebook))


@codebook_app.command("check")
def codebook_check(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A YAML file of your own types.")],
) -> None:
    """Say what is wrong with a file of types, and what could be better; exit status 1 if anything has to be mended."""
    from communique.cli import own_types

    raise typer.Exit(own_types.check(path))


@codebook_app.command("try")
def codebook_try(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A YAML file of your own types.")],
    text: Annotated[str | None, typer.Argument(help="A file, -, or a sentence in quotation marks.")] = None,
) -> None:
    """Show how each sentence of a file of types is coded by what the others teach, or how a text is coded."""
    from communique.cli import own_types

    raise typer.Exit(own_types.attempt(path, text))
