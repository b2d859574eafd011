"""The views: coded articles and Arrow tables in, what people and other programs read out.

    printable   article text made safe for a terminal and for a spreadsheet
    tables      events, statements and problems as tables for people
    exports     JSON, JSON Lines, CSV and Parquet
    layouts     GDELT, ICEWS, POLECAT and PLOVER, column by column; dyads are their pairs of source and target
    workbook    a spreadsheet file whose codes stay text
    annotations events as W3C Web Annotations
    marked      articles as spans and ties, for programs to annotate in: labelstudio, prodigy, uima (INCEpTION)
    textfree    events without a word of the articles, and the words back from one's own copies
    about       the schema and citation that go with an export
    differences what changed between two runs
    explain     the way from the words of an article to one row
    dossier     what was demanded and promised between whom, over many articles
    ledger      entries and the life of one
    plot        the series of a dyad as SVG
    notebook    a coded article as HTML, as notebooks show it
    spacy       a coded article as a spaCy document (an extra)
    contract    the published schema of a coded article

Views compute nothing that is stored and change no row; they print nothing themselves.
"""
