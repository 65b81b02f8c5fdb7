"""Where each problem stands in the published source, what is printed there, what is held.

A row of a table names its source and a place in it. A folder of ingested files has a line for
each printed cell in ingest.csv: then the place is that of the very cell of the column.
"""

from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.dataset.files import show_formula
from analysis.dataset.packed import PARQUET
from analysis.dataset.plain import read_texts
from analysis.dataset.problems import escape, quote
from analysis.dataset.tables import PROGRAM, TABLES, list_keys

PLACES = ["subject", "source", "source_file", "place", "printed", "understood"]
FACTS = "ingest.csv"
SEPARATOR = " / "
AMOUNTS = ("amount_yen", "amount_status")
KEYS = ["file", "table", "program", "kpi"]  # of what a line of ingest.csv is, beside its year
OF_CELL = " column .*"  # in a place: a row of a CSV has one place
OF_A_CELL = ("place", "printed", "value")  # which differ from line to line
LEFT_OUT = "left_out"  # the outcome of cells that are nothing for the tables
OF_ANY_YEAR = ("baseline", "final_", "unit", "direction", "kpi", "program")


class _Cell(NamedTuple):
    """A cell of a table: what a problem is about."""

    table: str
    row: int
    column: str


def add_places(
    problems: pd.DataFrame, tables: dict[str, pd.DataFrame], folder: Path
) -> pd.DataFrame:
    """Add where each problem stands in the published source, and what is printed there.

    Parameters
    ----------
    problems
        As `table_problems` makes them.
    tables
        The tables of the folder as text; the index is the row number.
    folder
        Where they stand. Where it has an ingest.csv, that is asked for each cell.

    Returns
    -------
    The same rows with `subject` (program, KPI, fiscal year), `source` (its title), `source_file`
    (its file, of an ingested folder), `place` (where in it), `printed` (the text it was read from,
    where that is known) and `understood` (the value in the table). Empty where nothing is known.
    """
    cells = [_find_cell(problem, tables) for problem in problems.to_dict("records")]
    named = _Named.of(tables)
    told = [
        _tell_from_table(cell, tables[cell.table].loc[cell.row], named)
        if cell
        else dict.fromkeys(PLACES, "")
        for cell in cells
    ]
    lines = _read_lines(folder / FACTS, {(t["source_file"], t["place"]) for t in told})
    for cell, found in zip(cells, told, strict=True):
        line = _find_line(cell, tables[cell.table].loc[cell.row], found, lines) if cell else None
        found.update(line or {})
        found["source_file"] *= found["source_file"] in lines.files
    shown = [{name: escape(text) for name, text in found.items()} for found in told]
    return problems.assign(**{name: [found[name] for found in shown] for name in PLACES})


def _find_cell(problem: dict[Any, Any], tables: dict[str, pd.DataFrame]) -> _Cell | None:
    table = problem["file"].removesuffix(".csv").removesuffix(PARQUET)
    if table not in tables or pd.isna(problem["row"]):
        return None
    row = int(problem["row"])
    is_there = row in tables[table].index
    return _Cell(table, row, problem["column"]) if is_there else None


class _Named(NamedTuple):
    """The names of programs and the rows of sources, by their ids."""

    programs: dict[tuple[str, ...], str]
    sources: dict[str, dict[str, str]]

    @classmethod
    def of(cls, tables: dict[str, pd.DataFrame]) -> "_Named":
        """Those of a folder; none of a table that lacks their columns."""
        programs, sources = tables["programs"], tables["sources"]
        has_names = {*PROGRAM, "program"} <= {*programs}
        return cls(
            dict(zip(list_keys(programs, PROGRAM), programs["program"], strict=True))
            if has_names
            else {},
            {row["source_id"]: row for row in sources.to_dict("records") if "source_id" in row},
        )


def _tell_from_table(cell: _Cell, row: Any, named: _Named) -> dict[str, str]:
    """What the row itself says: its source, its place, the text beside the figure."""
    source = named.sources.get(str(row.get("source_id", "")), {})
    beside = _find_printed(cell)
    program = row.get("program", "") or named.programs.get(
        tuple(str(row.get(name, "")) for name in PROGRAM), ""
    )
    names = (program, row.get("kpi", "") or row.get("what", ""), row.get("fiscal_year", ""))
    return {
        "subject": SEPARATOR.join(filter(None, map(str, names))),
        "source": str(source.get("title", "")),
        "source_file": str(source.get("place", "")) if cell.table != "sources" else "",
        "place": str(row.get("place", "")),
        "printed": _cut(str(row.get(beside, ""))) if beside else "",
        "understood": _cut(str(row.get(cell.column, ""))),
    }


def _find_printed(cell: _Cell) -> str:
    """The column of the text that a figure, its status or its bound was read from."""
    columns = TABLES[cell.table].columns
    for name, column in columns.items():
        if column.printed and cell.column in (name, column.status, column.bound, column.printed):
            return column.printed
    return ""


def _cut(text: str) -> str:
    """A text, of a long one the beginning as `quote` shows it."""
    return text if quote(text) == f"'{text}'" else quote(text) if text else ""


class _Lines(NamedTuple):
    """The lines of ingest.csv of the rows that are asked for, by place and by what they are of.

    `files` are all files that it names: only of these the place of a source is the name of a file.
    """

    files: frozenset[str]
    of_place: dict[tuple[str, str], dict[tuple[str, ...], None]]
    of_key: dict[tuple[str, ...], list[dict[str, str]]]


def _read_lines(path: Path, wanted: set[tuple[str, str]]) -> _Lines:
    """Read what ingest.csv says of the rows whose cells stand at places of files."""
    nothing = _Lines(frozenset(), {}, {})
    if not path.is_file() or not any(place for _, place in wanted):
        return nothing
    from pyarrow import ArrowException, array, compute, dictionary, int32, string

    def is_in(column: str, some: set[str]) -> Any:
        return compute.is_in(every[column], array([*some], string()))

    once = dictionary(int32(), string())
    used = [*KEYS, "fiscal_year", "place", "printed", "field", "value", "outcome"]
    try:
        every = read_texts(path, dict.fromkeys(used, once) | dict.fromkeys(OF_A_CELL, string()))
    except (ArrowException, OSError):  # written by hand, or broken
        return nothing  # the tables say what they say
    lines = _Lines(frozenset(every["file"].unique().to_pylist()), {}, {})
    every = every.append_column("row", compute.replace_substring_regex(every["place"], OF_CELL, ""))
    is_used = compute.not_equal(every["outcome"], LEFT_OUT)
    of_row = [is_in("file", {f for f, _ in wanted}), is_in("row", {row for _, row in wanted})]
    here = every.filter(reduce(compute.and_, of_row, is_used)).to_pylist()
    for line in here:
        key = tuple(line[name] for name in KEYS)
        lines.of_place.setdefault((line["file"], line["row"]), {})[key] = None
    of_key = [is_in(name, {line[name] for line in here}) for name in KEYS]
    for line in every.filter(reduce(compute.and_, of_key, is_used)).to_pylist():
        lines.of_key.setdefault(tuple(line[name] for name in KEYS), []).append(line)
    return lines


def _find_line(cell: _Cell, row: Any, told: dict[str, str], lines: _Lines) -> dict[str, str] | None:
    """The place and the text of the printed cell that a column of a row was read from."""
    field = _name_field(cell, row)
    keys = lines.of_place.get((told["source_file"], told["place"]), ())
    found = [
        line
        for key in keys
        if key[1] == cell.table
        for line in lines.of_key[key]
        if line["field"] == field
    ]
    year, value = str(row.get("fiscal_year", "")), str(row.get(cell.column, ""))
    for of_year in (year, ""):
        said = [line for line in found if line["fiscal_year"] == of_year]
        if said:
            return _tell_line(next((line for line in said if line["value"] == value), said[0]))
    same = [line for line in found if line["value"] == value]
    return _tell_line(same[0]) if same and cell.column.startswith(OF_ANY_YEAR) else None


def _tell_line(line: dict[str, str]) -> dict[str, str]:
    return {"place": line["place"], "printed": _cut(show_formula(line["printed"]))}


def _name_field(cell: _Cell, row: Any) -> str:
    """What ingest.csv calls the column of a row; money by its kind and item, too."""
    if cell.table != "budgets" or cell.column not in AMOUNTS:
        return cell.column
    return ":".join(filter(None, (cell.column, row.get("kind", ""), row.get("item", ""))))
