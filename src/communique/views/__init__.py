"""The views: coded articles and Arrow tables in, what people and other programs read out.

    printable   article text made safe for a terminal and for a spreadsheet
    tables      events, statements and problems as tables for people
    exports     JSON, JSON Lines, CSV and Parquet
    explain     the way from the words of an article to one row
    dossier     what was demanded and promised between whom, over many articles
    ledger      entries and the life of one
    contract    the published schema of a coded article

Views compute nothing that is stored and change no row; they print nothing themselves.
"""
