"""How the tables and a second transcription of the same documents are compared."""

import unicodedata


def plain(text):
    """The name without spaces and line breaks, and with full-width signs made half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def rows(table, *columns):
    """The rows as tuples, nothing where a cell is missing."""
    cells = table[list(columns)].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))
