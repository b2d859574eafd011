"""Series: what passed between two sides, by day, week or month."""

import pyarrow as pa

from communique.errors import InputError
from communique.store import Archive
from communique.store.filters import Conditions, Day, between, dyad

STEPS = ("day", "week", "month", "quarter", "year")
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


def series(
    archive: Archive, first: str, second: str, *, by: str = "month", since: Day | None = None, until: Day | None = None,
    directed: bool = False, reports: bool = False, corrected: bool = True,
) -> pa.Table:  # fmt: skip
    """One row for each day, week, month, quarter or year between the first and the last in which something passed.

    Counts are of events in the world (`happenings`), each by its first report, unless `reports` are asked for; negated,
    hypothetical and long past ones do not count. Columns: the first day of the step, `events`, one count for each quad
    class, `goldstein` (the mean, null where there is no event), and `stories`. `directed` leaves out what `second` did
    to `first`; without `corrected`, fields and events are as they were coded, while happenings that people merged or
    split stay so. Raises `InputError` for another step.
    """
    if by not in STEPS:
        raise InputError(f"“{by}” is no step of a series; there are {', '.join(STEPS)}")
    asked = Conditions()
    condition, values = dyad(first, second, directed=directed)
    asked.add(condition, *values)
    asked.add("NOT historical AND modality NOT IN ('negated', 'hypothetical')")
    between(asked, "coalesce(first_day, day)", "coalesce(first_day, day)", since=since, until=until)
    quads = ", ".join(f"count(*) FILTER (quad = '{quad}') AS {quad.replace('-', '_')}" for quad in QUADS)
    alone = "" if reports else "WHERE happening IS NULL OR event = happening "
    query = (
        f"WITH told AS (SELECT event, article, quad, goldstein, happening, story, "
        f"date_trunc('{by}', coalesce(first_day, day))::DATE AS step FROM {'events' if corrected else 'coded_events'} "
        "LEFT JOIN (SELECT event, happening FROM happenings) USING (event) "
        f"LEFT JOIN (SELECT article, story FROM stories) USING (article){asked.where()}), "
        f"steps AS (SELECT step, count(*) AS events, {quads}, avg(goldstein) AS goldstein, "
        f"count(DISTINCT coalesce(story, article)) AS stories FROM told {alone}GROUP BY step), "
        f"whole AS (SELECT unnest(generate_series(min(step), max(step), INTERVAL 1 {by}))::DATE AS step FROM steps) "
        f"SELECT step AS {by}, coalesce(events, 0) AS events, "
        + ", ".join(f"coalesce({quad.replace('-', '_')}, 0) AS {quad.replace('-', '_')}" for quad in QUADS)
        + ", round(goldstein, 3) AS goldstein, coalesce(stories, 0) AS stories "
        "FROM whole LEFT JOIN steps USING (step) ORDER BY step"
    )
    return archive.ask(query, asked.values)
