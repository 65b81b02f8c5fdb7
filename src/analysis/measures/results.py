"""Every computed figure with the names of what it is about, as it is published beside reports."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.measures.keys import PROGRAM, PROGRAM_YEAR, find_rows, list_keys, take

NAMES = ("government", "program", "department")
FIRST = ("government_code", "government", "program_id", "program", "department", "fiscal_year")
AND = "; "  # between the titles of several sources


def name_kpis(kpis: pd.DataFrame, programs: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Set the names of government, program, department and source beside the codes of KPIs.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year.
    programs, sources
        The tables of a dataset.

    Returns
    -------
    The same rows with `government`, `program`, `department` and `source` (the title of the
    publication; `place` says where in it), the keys and names first.
    """
    of_program = find_rows(kpis, programs, PROGRAM)
    named = kpis.assign(**{name: take(programs[name], of_program, kpis.index) for name in NAMES})
    of_source = find_rows(kpis, sources, ["source_id"])
    named["source"] = take(sources["title"], of_source, kpis.index)
    return _put_names_first(named)


def name_programs(
    programs: pd.DataFrame, shown: Iterable[tuple[str, str, int, str]], sources: pd.DataFrame
) -> pd.DataFrame:
    """Set the publications that show a program in a year beside it.

    Parameters
    ----------
    programs
        One row per program and fiscal year, with names.
    shown
        `dataset.shown_years`: code, program, year and source.
    sources
        The table of a dataset.

    Returns
    -------
    The same rows with `source_id` and `source`, several of them one behind the other, the keys
    and names first.
    """
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    found: dict[tuple[str, str, int], dict[str, str]] = defaultdict(dict)
    for code, program, year, source in shown:
        found[code, program, year][source] = titles.get(source, source)
    keys = list_keys(programs, PROGRAM_YEAR)
    empty: dict[str, str] = {}
    by_row = [found.get((key[0], key[1], key[2]), empty) for key in keys]
    named = programs.assign(
        source_id=_join(" ".join(row) for row in by_row),
        source=_join(AND.join(dict.fromkeys(row.values())) for row in by_row),
    )
    return _put_names_first(named)


def _join(texts: Iterable[str]) -> "pd.api.extensions.ExtensionArray":
    return pd.array([text or None for text in texts], dtype="str")


def _put_names_first(table: pd.DataFrame) -> pd.DataFrame:
    first = [name for name in FIRST if name in table]
    return table[[*first, *(name for name in table if name not in first)]]
