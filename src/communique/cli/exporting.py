"""`export` and `rehydrate`: events in the forms of other programs, with their schema and citation beside them."""

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from communique.cli import coding
from communique.cli.keeping import opened
from communique.errors import InputError
from communique.records import Article, CodedArticle

if TYPE_CHECKING:
    import pyarrow as pa

    from communique.library import Library

FORMS = ("gdelt", "icews", "polecat", "plover", "csv", "xlsx", "parquet", "annotations", "text-free",
         "label-studio", "prodigy", "inception")  # fmt: skip
# The last three are for annotating: they come back with `import`.
ANNOTATED = FORMS[-3:]


def export(form: str, *, out: Path, archive: Path, asked: Mapping[str, Any]) -> int:
    """Write the events that were asked for in a form, and its description beside it; gives the exit status."""
    from communique.library.deriving import MADE_BY
    from communique.views import about

    if form not in FORMS:
        raise InputError(f"there is no form “{form}”; there are {', '.join(FORMS)}")
    library = opened(archive)
    table = library.events(**asked).arrow()
    with _whole(out) as part:
        count, columns = _write(form, table, library, part)
    runs = set(table.column("run").to_pylist())
    told = about.describe(
        out, layout=form, columns=columns, rows=count, stamp=library.archive.stamp(MADE_BY), asked=asked,
        runs=[row for row in library.runs() if row["run"] in runs], header=form != "gdelt",
        delimiter="," if form == "csv" else "\t",
    )  # fmt: skip
    about.path_of(out).write_text(told, encoding="utf-8")
    what = "articles" if form in ANNOTATED else "rows"
    print(f"{out}: {count} {what} of {table.num_rows} events; schema and citation in {about.path_of(out).name}",
          file=sys.stderr)  # fmt: skip
    return 0


def rehydrate(form: Path, paths: list[str], *, out: Path | None) -> int:
    """Write text-free events with their words, from copies of the articles; gives 3 where some were not found."""
    from communique.views import exports, textfree

    articles = [each for each in coding.articles(paths) if isinstance(each, Article)]
    counts = {"whole": 0, "parts": 0, "missing": 0}

    def told() -> Iterator[dict[str, Any]]:
        for each in textfree.rehydrate(_lines(form), articles):
            counts[each["found"]] += 1
            yield each

    _text(out, lambda file: exports.write_jsonl(told(), file))
    print(f"{counts['whole']} articles whole, {counts['parts']} in parts, {counts['missing']} missing", file=sys.stderr)
    return 3 if counts["parts"] or counts["missing"] else 0


@contextlib.contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """Where to write what shall stand at `out` when all of it is there: a run that is killed leaves no half file."""
    if out.exists() and not out.is_file():
        yield out  # a pipe or a device
        return
    if not out.parent.is_dir():
        raise InputError(f"{out.parent} is no folder; make it, or name another file with --out")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        yield Path(folder) / out.name
        for each in sorted(Path(folder).iterdir()):
            each.replace(out.parent / each.name)


def _write(form: str, table: "pa.Table", library: "Library", out: Path) -> tuple[int, list[tuple[str, str]]]:
    """Write the table; gives the number of rows and the columns with their types."""
    from communique.views import exports, layouts, textfree, workbook
    from communique.views.annotations import annotations

    columns = exports.columns_of(table)
    articles = exports.by_article(library.archive.all_coded(history=True), table)
    if form in layouts.LAYOUTS:
        count = _text(out, lambda file: exports.write_layout(form, exports.rows(table), file))
        return count, [(each.name, each.type) for each in layouts.LAYOUTS[form]()]
    if form == "parquet":
        exports.write_parquet(table, out)
    elif form == "csv":
        _text(out, lambda file: exports.write_csv(table, file))
    elif form == "xlsx":
        names = [name for name, _ in columns]
        cells = (
            ["; ".join(row[name]) if isinstance(row[name], list) else row[name] for name in names]
            for row in exports.rows(table)
        )
        with out.open("wb") as file:
            workbook.write_xlsx(names, cells, file)
    elif form == "plover":
        _text(out, lambda file: exports.write_jsonl(map(layouts.plover, exports.rows(table)), file))
    elif form == "annotations":
        told = (each for coded, rows in articles for each in annotations(coded, rows))
        _text(out, lambda file: exports.write_jsonl(told, file))
    elif form in ANNOTATED:
        return _annotated(form, articles, out), []
    else:
        free = (textfree.without_text(coded, rows) for coded, rows in articles)
        _text(out, lambda file: exports.write_jsonl(free, file))
    return table.num_rows, columns if form in ("csv", "xlsx", "parquet") else []


def _annotated(form: str, articles: Iterable[tuple[CodedArticle, list[dict[str, Any]]]], out: Path) -> int:
    """Write articles with the rows of their events for a program to annotate in; gives the number of articles."""
    from communique.views import exports, labelstudio, prodigy, uima
    from communique.views.marked import labels, marked

    if form == "inception":
        with out.open("wb") as file:
            return uima.write_zip((marked(coded, rows) for coded, rows in articles), file)
    told = [(marked(coded, rows), coded.run.id) for coded, rows in articles]
    if form == "prodigy":
        _text(out, lambda file: exports.write_jsonl((prodigy.task(each) for each, _ in told), file))
    else:
        _text(out, lambda file: exports.write_json((labelstudio.task(each, run=run) for each, run in told), file))
        config = labelstudio.config(labels(each for each, _ in told))
        out.with_name(out.name + "-labels.xml").write_text(config, encoding="utf-8")
    return len(told)


def _text(out: Path | None, write: Callable[[IO[str]], Any]) -> Any:
    if out is None:
        return write(sys.stdout)
    with out.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
        return write(file)


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(
                    f"{path}, line {number}: no JSON ({error}); rehydrate reads a text-free export"
                ) from error
