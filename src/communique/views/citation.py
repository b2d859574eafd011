"""One line to cite a statement by: its words, who said them in which office, to whom, where they were published, and
the characters of the article that they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.text import Text

from communique.views.printable import one_line

Row = Mapping[str, Any]


def citations(rows: Iterable[Row]) -> Text:
    """The citation lines of statements (rows of the archive), one below the other."""
    return Text("\n").join(Text(citation(row)) for row in rows)


def citation(row: Row) -> str:
    """The citation line of one statement.

    Only the words of a direct quotation stand in marks, as they stand in the article but for the ends of lines; what is
    reported in part or wholly stands without any of ours.

        “We will come back” – Ana Reyes, foreign minister, to reporters. El Diario, 2010-10-21, characters 120–137 [3f…]
    """
    words = one_line(row["words"])
    said = f"“{words}”" if row["form"] == "direct" else words
    told = f", to {_names(row['addressees'])}" if row["addressees"] else ""
    how = f" ({row['act']})" if row["act"] != "asserted" else ""
    place = ", ".join(one_line(str(each)) for each in (row["outlet"], row["day"] or row["published"]) if each)
    where = f"characters {row['start']}–{row['end']}"
    origin = f"{place}, {where}" if place else where
    return f"{said} – {_names(row['speakers'])}{told}{how}. {origin} [{row['statement']}]"


def _names(parties: Iterable[Row]) -> str:
    """Names with office: the registry's, else the words of the article."""
    return " and ".join(
        ", ".join(dict.fromkeys(one_line(each) for each in (party["name"] or party["words"], party["role"]) if each))
        for party in parties
    )
