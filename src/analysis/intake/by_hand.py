"""What people changed in the tables by hand since a file was last read.

The lines of ingest.csv say what each cell of the file became; where a row says something else by
now, a person wrote it. What it takes to keep it is a text that the cell could have printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.facts import DOUBT, PROBLEM, READ
from analysis.intake.names import make_id, same_name
from analysis.intake.tidy import JOINED, OF_KPI, RATES
from analysis.wording.labels import labels

OF_CELLS = ("programs", "kpis", "budgets", "ratings", "rating_axes")  # what is read of papers
FIGURES = {"kpis": (*TABLES["kpis"].figures,), "budgets": ("amount_yen",)}
FIGURES["ratings"] = ("progress", "effectiveness", "efficiency", "grade", "published_rate")
NOT_COMPARED = ("government_code",)
NUMBER = re.compile(r"[-▲△]?[0-9][0-9,]*(?:\.[0-9]+)?")
TO_ASCII = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")
SCALES = {"amount_yen": (1, 10**3, 10**4, 10**6, 10**8)} | dict.fromkeys(RATES, (0.01, 1))
DASH = "-"
STATUSES = labels("statuses", LANGUAGE_OF_DOCUMENTS)

Row = dict[str, Any]
Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Change:
    """What a cell was last read as, and what stands in the table now.

    `field` is that of ingest.csv. `cell` is empty where it cannot be told which cell it is of;
    `now` is None where the row is gone.
    """

    table: str
    program: str
    kpi: str
    year: str
    field: str
    said: str = ""
    now: str | None = None
    cell: str = ""
    printed: str = ""
    status: str = ""

    @property
    def column(self) -> str:
        """The column it stands in."""
        return "level" if self.table == "rating_axes" else self.field.split(":")[0]

    def __str__(self) -> str:
        of = " ".join(filter(None, (self.program, self.kpi, self.year)))
        found = "the row is gone" if self.now is None else f"{self.now!r}"
        return f"{self.table}.csv {self.field} of {of}: read {self.said!r}, now {found}"


def find_changes(
    tables: dict[str, pd.DataFrame],
    lines: list[Row],
    file: str,
    before: dict[str, pd.DataFrame] | None = None,
) -> tuple[list[Change], list[Change]]:
    """Find what was changed by hand, and what of it cannot be told to be of one cell.

    Parameters
    ----------
    tables
        What stands in the folder.
    lines
        Those of its ingest.csv.
    file
        The file that is read again.
    before
        The tables as they were last written; without them, all rows are looked at.
    """
    rows = _Rows(tables, file, before)
    if rows.is_untouched:
        return [], []
    groups: dict[Key, list[Row]] = {}
    for line in lines:
        told = line["outcome"] in (READ, DOUBT, PROBLEM) and line["field"] not in NOT_COMPARED
        if line["file"] == file and line["table"] in OF_CELLS and line["field"] and told:
            shared = line["table"] == "programs" or line["field"] in OF_KPI
            if shared or line["fiscal_year"]:
                year = "" if shared else line["fiscal_year"]
                key = (line["table"], line["program"], line["kpi"], year, line["field"])
                groups.setdefault(key, []).append(line)
    found = [change for key, group in groups.items() if (change := rows.compare(key, group))]
    found += rows.list_added()
    sure = [change for change in found if change.cell]
    return sure, [change for change in found if not change.cell]


class _Rows:
    """The rows that a file was read into, by what they are of."""

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        file: str,
        before: dict[str, pd.DataFrame] | None,
    ) -> None:
        sources = tables.get("sources", pd.DataFrame(columns=["place", "source_id"]))
        ids = {*sources.loc[sources["place"] == file, "source_id"]}
        self.rows = {
            name: [row for row in tables[name].to_dict("records") if row["source_id"] in ids]
            for name in OF_CELLS
            if name in tables
        }
        self.names = {
            (row["government_code"], row["program_id"]): row["program"]
            for row in self.rows.get("programs", ())
        }
        self.kpis = {
            (row["government_code"], row["program_id"], row["kpi_id"]): row["kpi"]
            for row in self.rows.get("kpis", ())
        }
        self.index: dict[Key, list[Row]] = {}
        for name, rows in self.rows.items():
            for row in rows:
                for key in self._list_keys(name, row):
                    self.index.setdefault(key, []).append(row)
        self.seen: set[tuple[int, str]] = set()
        self.touched: set[int] = set()
        self.gone: set[tuple[str, str, str]] = set()
        self.is_known = before is not None
        if before is not None:
            written = _Rows(before, file, None)
            for name in OF_CELLS:
                self._find_touched(name, written)

    @property
    def is_untouched(self) -> bool:
        """Whether every row stands as it was written."""
        return self.is_known and not self.touched and not self.gone

    def _find_touched(self, table: str, written: "_Rows") -> None:
        """Find the rows that differ from what was written, and the names that were changed."""
        key = TABLES[table].key
        old = {tuple(row.get(c, "") for c in key): row for row in written.rows.get(table, ())}
        for row in self.rows.get(table, ()):
            same = old.get(tuple(row.get(c, "") for c in key))
            if same is None or any(row.get(c, "") != what for c, what in same.items()):
                self.touched.add(id(row))
            else:
                del old[tuple(row.get(c, "") for c in key)]
        for row in old.values():
            program, kpi = map(same_name, written._name(row))
            self.gone.add((table, program, kpi))

    def _may_differ(self, table: str, rows: list[Row], key: Key) -> bool:
        """Whether a person touched any of these rows, or took one of that name away."""
        if not self.is_known or any(id(row) in self.touched for row in rows):
            return True
        return (table, same_name(key[1]), same_name(key[2])) in self.gone

    def _name(self, row: Row) -> tuple[str, str]:
        """The names of the program and the KPI of a row."""
        of = (row["government_code"], row["program_id"])
        kpi = str(row.get("kpi_id", ""))
        return self.names.get(of, ""), str(row.get("kpi") or self.kpis.get((*of, kpi), kpi))

    def _list_keys(self, table: str, row: Row) -> Iterator[Key]:
        program, kpi = map(same_name, self._name(row))
        part = {"budgets": ":".join(filter(None, (row.get("kind"), row.get("item"))))}
        part["rating_axes"] = row.get("axis", "")
        for year in {row.get("fiscal_year", ""), ""}:
            yield table, program, kpi, year, part.get(table, "")

    def _find(self, key: Key) -> list[Row]:
        table, program, kpi, year, field = key
        part = field if table == "rating_axes" else field.partition(":")[2]
        if field == "published_execution_rate":
            part = "settled"
        kpis = [same_name(kpi), same_name(make_id("k", kpi))] if kpi else [""]
        return [
            row
            for of in kpis
            for row in self.index.get((table, same_name(program), of, year, part), ())
        ]

    def compare(self, key: Key, lines: list[Row]) -> Change | None:
        """What was changed of what these lines tell of one figure."""
        table, *_, field = key
        column = Change(*key).column
        rows = [row for row in self._find(key) if column in row]
        self.seen |= {(id(row), column) for row in rows}
        if not self._may_differ(table, rows, key):
            return None
        used = [line for line in lines if line["outcome"] != PROBLEM]
        said = list(dict.fromkeys(line["value"] for line in used))
        joined = _join(said) if column in JOINED else "".join(said[:1])
        if not rows:
            is_gone = used and field not in OF_KPI and not is_aside(field)
            return Change(*key, said=joined) if is_gone else None
        values = [str(row[column]) for row in rows]
        named = {(row["government_code"], row["program_id"], row.get("kpi_id", "")) for row in rows}
        if len(named) > 1 or (len(rows) > 1 and field not in OF_KPI):  # of one name, or judges
            is_same = _agree(values, said, is_part=field in OF_KPI or column in JOINED)
            return None if is_same else Change(*key, said=_join(said), now=_join(values))
        if not used and any(column in row["inferred"].split() for row in rows):
            return None  # it was concluded
        others = list(dict.fromkeys(v for v in values if not is_same_value(v, joined)))
        if not others:
            return None
        first = (used or lines)[0]
        is_sure = len(others) == 1 and len(said) <= 1 and not is_aside(field)
        about = {"cell": first["place"], "printed": first["printed"]} if is_sure else {}
        defined = TABLES[table].columns.get(column)
        status = str(rows[0].get(defined.status, "")) if defined else ""
        return Change(*key, said=joined, now="/".join(others), status=status, **about)

    def list_added(self) -> Iterator[Change]:
        """The figures that stand where no line tells of any."""
        for table, columns in FIGURES.items():
            for row in self.rows.get(table, ()):
                for column in columns:
                    is_told = (id(row), column) in self.seen
                    is_ours = self.is_known and id(row) not in self.touched
                    if row.get(column) and not is_told and not is_ours:
                        program, kpi = self._name(row)
                        year = row["fiscal_year"]
                        yield Change(table, program, kpi, year, column, now=str(row[column]))


def is_aside(field: str) -> bool:
    """Whether a column only says more of a figure in the same cell."""
    return field.split(":")[0].endswith(("_status", "_bound", "_upper", "_printed"))


def _agree(values: list[str], said: list[str], *, is_part: bool) -> bool:
    """Whether rows of several of one name say together what was read of them."""
    if is_part:
        return all(any(one in value for value in values) for one in said)
    return {*filter(None, values)} == {*filter(None, said)}


def _join(values: list[str]) -> str:
    """Values of one cell as the tables join them."""
    joined = ""
    for value in values:
        joined += ("・" if joined else "") + value if value not in joined else ""
    return joined


def is_same_value(one: str, other: str) -> bool:
    """Whether two cells of a table hold one value."""
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def list_texts(change: Change, text: str) -> list[str]:
    """What a cell could print to be read as it stands in the table, the likeliest first.

    Examples
    --------
    >>> change = Change("kpis", "甲", "乙", "2018", "actual", "4600", "4700", "A1", "推 4,600")
    >>> list_texts(change, "推 4,600")
    ['推 4,700', '4700']
    """
    if not change.printed or text.count(change.printed) != 1 or change.now is None:
        return []
    if not change.now:
        said = [STATUSES.get(change.status, ""), DASH]
    else:
        own = (_put_number(change, scale) for scale in SCALES.get(change.column, (1,)))
        said = [*own, change.now]
    return [text.replace(change.printed, one) for one in dict.fromkeys(filter(None, said))]


def _put_number(change: Change, scale: float) -> str:
    """The printed text with the new number in the place of the old one."""
    plain = change.printed.translate(TO_ASCII)
    tokens = [
        found
        for found in NUMBER.finditer(plain)
        if is_same_value(f"{_read(found[0]) * scale:.12g}", f"{_number(change.said):.12g}")
    ]
    number = _number(change.now or "")
    if len(tokens) != 1 or number != number:
        return ""
    [found] = tokens
    size = float(f"{number / scale:.12g}")
    text = f"{size:,}" if "," in found[0] else f"{size:.12g}"
    text = text.removesuffix(".0")
    return change.printed[: found.start()] + text + change.printed[found.end() :]


def _read(token: str) -> float:
    return float(token.replace(",", "").replace("▲", "-").replace("△", "-"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
