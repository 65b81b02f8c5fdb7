"""The workbook for people who type: its headers, whose it is, the notes on its cells.

It is made and read in the language of documents, whichever a process speaks.
"""

import re
from typing import NamedTuple

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.wording.codebook import name_column, name_table
from analysis.wording.formats import ERAS
from analysis.wording.labels import labels

TEMPLATE = labels("template", LANGUAGE_OF_DOCUMENTS)
COLUMNS = labels("template.columns", LANGUAGE_OF_DOCUMENTS)
NOTES = labels("template.notes", LANGUAGE_OF_DOCUMENTS)
SIGNS = labels("signs", LANGUAGE_OF_DOCUMENTS)
OF_YEARS = ("before", "new")  # the roles whose header says of which year
OF_NO_YEAR = ("place", "title")


class Said(NamedTuple):
    """Whose a workbook is, as a line of each of its sheets says."""

    code: str
    government: str
    year: int
    before: int | None


def name_sheet(table: str) -> str:
    """Name a sheet by the table that it fills."""
    return name_table(table, LANGUAGE_OF_DOCUMENTS)


def name_header(table: str, column: str, role: str, year: int, before: int | None) -> str:
    r"""Name a column of a sheet; a figure of this year or the last with its year.

    Examples
    --------
    >>> name_header("kpis", "actual", "new", 2019, 2018)
    '実績\n（令和元年度）'
    >>> name_header("budgets", "amount_yen", "before", 2019, 2018)
    '金額（円）\n（平成30年度）'
    """
    label = name_column(table, column, LANGUAGE_OF_DOCUMENTS)
    if role == "new" and column == "amount_yen":
        label = name_amount()
    if column in COLUMNS and not (table == "programs" and column == "program"):
        label = COLUMNS[column]
    if role not in OF_YEARS or before is None or column in OF_NO_YEAR:
        return label
    era = _say_era(year if role == "new" else before)
    return TEMPLATE["of_year"].format(label=label, era=era)


def name_amount() -> str:
    """Name an amount whose unit is said elsewhere."""
    label = name_column("budgets", "amount_yen", LANGUAGE_OF_DOCUMENTS)
    return label.partition(SIGNS["note_begins"])[0]


def _say_era(year: int) -> str:
    """Say a fiscal year as documents do: 平成30年度."""
    first, era, _ = next(era for era in ERAS if year >= era[0])
    number = SIGNS["first_year"] if year == first else str(year - first + 1)
    return labels("sentences.years", LANGUAGE_OF_DOCUMENTS)["fiscal"].format(era=era, number=number)


def guide_sheet(table: str, before: int | None) -> str:
    """Say in a line what is written on a sheet."""
    first = labels("template.guides_first", LANGUAGE_OF_DOCUMENTS) if before is None else {}
    return first.get(table) or labels("template.guides", LANGUAGE_OF_DOCUMENTS)[table]


def note_header(column: str, role: str) -> str:
    """Say what is written below a header."""
    return NOTES.get(f"{column}_{role}") or NOTES[column]


def say_about(code: str, government: str, year: int, before: int | None) -> str:
    """Say whose a workbook is, as `read_about` reads it.

    Examples
    --------
    >>> say_about("082201", "つくば市", 2019, 2018)
    '団体 082201 つくば市\u3000年度 2019（令和元年度）\u3000前年度 2018'
    """
    known = TEMPLATE["no_before"] if before is None else str(before)
    era = _say_era(year)
    return TEMPLATE["about"].format(
        code=code, government=government, year=year, era=era, before=known
    )


def read_about(text: str) -> Said | None:
    """Read whose a workbook is; None where a text says nothing of the kind.

    Examples
    --------
    >>> read_about(say_about("082201", "つくば市", 2019, None))
    Said(code='082201', government='つくば市', year=2019, before=None)
    """
    found = ABOUT.fullmatch(re.sub(r"\s+", " ", text).strip())
    if not found:
        return None
    before = None if found["before"] == TEMPLATE["no_before"] else int(found["before"])
    return Said(found["code"], found["government"], int(found["year"]), before)


def _make_pattern() -> re.Pattern[str]:
    parts = {
        "code": r"(?P<code>[0-9a-z_]+)",
        "government": "(?P<government>.*?)",
        "year": "(?P<year>[0-9]{4})",
        "era": ".*?",
        "before": rf"(?P<before>[0-9]{{4}}|{TEMPLATE['no_before']})",
    }
    return re.compile(re.sub(r"\s+", " ", TEMPLATE["about"]).format(**parts))


ABOUT = _make_pattern()


def say_front(government: str, year: int, before: int | None) -> tuple[str, list[str]]:
    """Say on the first sheet what the workbook is for: its title, and what to do."""
    era = _say_era(year)
    section = "template.front_first" if before is None else "template.front"
    said = labels(section, LANGUAGE_OF_DOCUMENTS)
    lines = [line.format(government=government, era=era) for line in said.values()]
    return TEMPLATE["title"].format(government=government, era=era), lines
