"""The index: an in-memory DuckDB whose tables are views over the manifested files, and nothing else on the machine.

The engine may open exactly the files that it is given: no other file, no network, no extension that is not built in,
and none of these settings can be changed afterwards. It holds no lock, so that readers never stand in a writer's way.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from communique.store.manifest import Entry
from communique.store.shards import ARTICLE, SCHEMA

# Words as a search compares them: small letters, no accents, one space between and around them.
_PLAIN = r"""CREATE MACRO plain(told) AS
    ' ' || trim(regexp_replace(strip_accents(lower(told)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '"""

# The columns of the article that go with each row of the nested tables.
_ORIGIN = ("article", "version", "run", "outlet", "published", "day", "title", "url")


def connect(root: Path, entries: Sequence[Entry]) -> duckdb.DuckDBPyConnection:
    """A closed-off DuckDB with one view for each table over the shards of `entries`, which lie under `root`.

    Of an article that stands in several versions, or was coded in several ways, the view `latest` keeps the one that
    was committed last; the views ending in `_of_all` keep all.
    """
    files = [str(root.resolve() / entry.file) for entry in entries]
    index = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "temp_directory": "",
        },
    )
    index.execute(f"SET allowed_paths = [{', '.join(map(_quoted, files))}]")
    index.execute("SET enable_external_access = false")
    index.execute(_PLAIN)
    _shards(index, files, entries)
    index.execute("SET lock_configuration = true")
    for suffix, rows in (("", "latest"), ("_of_all", "inputs")):
        for statement in _views(rows, suffix):
            index.execute(statement)
    return index


def _shards(index: duckdb.DuckDBPyConnection, files: Sequence[str], entries: Sequence[Entry]) -> None:
    index.execute("CREATE TABLE shards (filename VARCHAR, sequence BIGINT)")
    if not files:
        index.register("nothing", SCHEMA.empty_table())
        index.execute("CREATE VIEW inputs AS SELECT *, 0::BIGINT AS sequence, 0::BIGINT AS place FROM nothing")
        index.execute("CREATE VIEW latest AS SELECT * FROM inputs")
        return
    told = ", ".join(f"({_quoted(file)}, {entry.sequence})" for file, entry in zip(files, entries, strict=True))
    index.execute(f"INSERT INTO shards VALUES {told}")
    index.execute(
        "CREATE VIEW inputs AS SELECT read.* EXCLUDE (filename, file_row_number), sequence, file_row_number AS place "
        f"FROM read_parquet([{', '.join(map(_quoted, files))}], filename = true, file_row_number = true) AS read "
        "JOIN shards USING (filename)"
    )
    index.execute(
        "CREATE TABLE latest_keys AS SELECT arg_max(key, sequence * 1000000000 + place) AS key "
        "FROM inputs WHERE article IS NOT NULL GROUP BY article"
    )
    index.execute("CREATE VIEW latest AS SELECT * FROM inputs SEMI JOIN latest_keys USING (key)")


def _views(rows: str, suffix: str) -> list[str]:
    articles = ", ".join(field.name for field in ARTICLE)
    made = [
        f"CREATE VIEW articles{suffix} AS SELECT {articles}, software, codebook, model, registry, "
        f"len(events) AS events, len(statements) AS statements, sequence, place FROM {rows} WHERE article IS NOT NULL"
    ]
    origin = ", ".join(_ORIGIN)
    made += [
        f"CREATE VIEW {name}{suffix} AS SELECT unnest(row), {origin}, sequence, place AS position "
        f"FROM (SELECT unnest({name}) AS row, {origin}, sequence, place FROM {rows})"
        for name in ("events", "statements", "mentions", "actors")
    ]
    # An input that gave no article is no version of anything: its problem is always shown.
    base = "inputs" if suffix else "(FROM latest UNION ALL BY NAME FROM inputs WHERE article IS NULL)"
    made.append(
        f"CREATE VIEW problems{suffix} AS SELECT unnest(row), article, version, run, outlet, title, sequence, "
        f"place AS position FROM (SELECT unnest(problems) AS row, * FROM {base})"
    )
    made.append(f"CREATE VIEW runs{suffix} AS SELECT run, software, codebook, model, registry, settings, "
                f"count(*) AS articles FROM {rows} WHERE article IS NOT NULL GROUP BY ALL")  # fmt: skip
    return made


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
