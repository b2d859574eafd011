"""The index: an in-memory DuckDB whose tables are views over the manifested files, and nothing else on the machine.

The engine may open exactly the files that it is given: no other file, no network, no extension that is not built in,
and none of these settings can be changed afterwards. It holds no lock, so that readers never stand in a writer's way.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from communique.store.derived import Derived
from communique.store.manifest import Entry
from communique.store.shards import TABLES

# Words as a search compares them: small letters, no accents, one space between and around them.
_PLAIN = r"""CREATE MACRO plain(told) AS
    ' ' || trim(regexp_replace(strip_accents(lower(told)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '"""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "temp_directory": "",
}


def connect(root: Path, entries: Sequence[Entry], made: Derived | None = None) -> duckdb.DuckDBPyConnection:
    """A closed-off DuckDB with views over the files of `entries`, which lie under `root`, and over the derived tables.

    Of an article that stands in several versions, or was coded in several ways, the views `events`, `statements` and so
    on keep the one that was committed last; the views whose names end in `_of_all` keep all.
    """
    root = root.resolve()
    files = {name: [str(root / each.path) for entry in entries for each in entry.files if each.table == name]
             for name in TABLES}  # fmt: skip
    kept = {} if made is None else {file.table: str(root / file.path) for file in made.files}
    index = duckdb.connect(":memory:", config=_CONFIG)
    allowed = [*(file for each in files.values() for file in each), *kept.values()]
    index.execute(f"SET allowed_paths = [{', '.join(map(_quoted, allowed))}]")
    index.execute("SET enable_external_access = false")
    index.execute(_PLAIN)
    for name, paths in files.items():
        _view_all(index, name, paths)
    _order(index, root, entries)
    for name, path in kept.items():
        index.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_quoted(path)})")
    index.execute("SET lock_configuration = true")
    for statement in _latest_views():
        index.execute(statement)
    return index


def _view_all(index: duckdb.DuckDBPyConnection, name: str, files: Sequence[str]) -> None:
    """Make the view of all rows of a table; inputs keep from which file and place in it they come."""
    if files:
        # By name: shards of an earlier program lack the columns that were added since.
        options = "union_by_name = true, filename = true, file_row_number = true"
        source = f"read_parquet([{', '.join(map(_quoted, files))}], {options})"
    else:
        index.register(f"no_{name}", TABLES[name].empty_table())
        source = f"(SELECT *, NULL::VARCHAR AS filename, NULL::BIGINT AS file_row_number FROM no_{name})"
    columns = "*" if name == "inputs" else "* EXCLUDE (filename, file_row_number)"
    index.execute(f"CREATE VIEW {name}_of_all AS SELECT {columns} FROM {source}")


def _order(index: duckdb.DuckDBPyConnection, root: Path, entries: Sequence[Entry]) -> None:
    """Tables `arrivals` (the order in which inputs were committed) and `latest_keys` (the last of each article)."""
    index.execute("CREATE TABLE shards (filename VARCHAR, sequence BIGINT)")
    told = [f"({_quoted(str(root / each.path))}, {entry.sequence})" for entry in entries for each in entry.files
            if each.table == "inputs"]  # fmt: skip
    if told:
        index.execute(f"INSERT INTO shards VALUES {', '.join(told)}")
    index.execute(
        "CREATE TABLE arrivals AS SELECT key, article, row_number() OVER (ORDER BY sequence, file_row_number) "
        "AS arrival FROM inputs_of_all JOIN shards USING (filename)"
    )
    index.execute(
        "CREATE TABLE latest_keys AS SELECT arg_max(key, arrival) AS key FROM arrivals WHERE article IS NOT NULL "
        "GROUP BY article"
    )


def _latest_views() -> list[str]:
    # Events get their corrections on top (:mod:`communique.store.amend`).
    named = {name: "coded_events" if name == "events" else name for name in TABLES}
    made = [f"CREATE VIEW {named[name]} AS SELECT * FROM {name}_of_all SEMI JOIN latest_keys USING (key)"
            for name in TABLES if name not in ("problems", "corrections")]  # fmt: skip
    # An input that gave no article is no version of anything: its problem is always shown.
    made.append(
        "CREATE VIEW problems AS SELECT * FROM problems_of_all "
        "WHERE article IS NULL OR key IN (SELECT key FROM latest_keys)"
    )
    articles = "* EXCLUDE (coded, settings, filename, file_row_number)"
    made += [f"CREATE VIEW articles{end} AS SELECT {articles} FROM inputs{end} WHERE article IS NOT NULL"
             for end in ("", "_of_all")]  # fmt: skip
    made.append(
        "CREATE VIEW runs AS SELECT run, software, codebook, model, registry, settings, count(*) AS articles "
        "FROM inputs_of_all WHERE article IS NOT NULL GROUP BY ALL"
    )
    return made


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
