"""What of a filled-in workbook may be a slip, beside what `sosei check` doubts of any rows.

A person who types has last year's figures beside this year's, and slips in ways that a printed
table does not: a wrong unit, the line above, last year's figures copied.
"""

from collections.abc import Iterable, Iterator

from analysis.intake.facts import DOUBT, Fact
from analysis.intake.template import Row
from analysis.intake.template_names import Filled

TIMES = 10  # as the workbook colours it
AMOUNT, RESULTS = "amount_yen", {"budgets": "amount_yen", "kpis": "actual", "observations": "value"}
ENDS = {"programs": ("end_year", "after_end"), "kpis": ("final_year", "after_final")}
COSTS = ("settled", "total", "initial", "planned", "reported")
SMALL_PART = 1 / 100  # of the largest amount, which any item may be
FEWEST_COPIED = 3


def find_doubts(filled: Filled, last: Iterable[Row] = ()) -> Iterator[Fact]:
    """Find what may be slips, each with its cell; `last` are the amounts of last year."""
    largest: dict[str, float] = {}
    for row in last:
        if row["kind"] in COSTS and (yen := _number(row.get(AMOUNT, ""))):
            largest[row["program_id"]] = max(yen, largest.get(row["program_id"], 0))
    for table, column in (("budgets", AMOUNT), ("observations", "value")):
        for number, row in enumerate(filled.rows.get(table, ())):
            before, least = _number(filled.before[table, number].get(column, "")), 1 / TIMES
            if table == "budgets" and not before:
                before, least = largest.get(row["program_id"]), SMALL_PART
            now = _number(row.get(column, ""))
            if now and before and not least < abs(now / before) < TIMES:
                yield _doubt(filled, table, number, column, "far_from_before")
    yield from _find_above_budget(filled)
    yield from _find_below_zero(filled)
    yield from _find_past_ends(filled)
    yield from _find_copied(filled)


def _find_above_budget(filled: Filled) -> Iterator[Fact]:
    """Settled accounts above the budget of the year that they are of (予算現額)."""
    rows = filled.rows.get("budgets", [])
    totals = {_of(row): _number(row.get(AMOUNT, "")) for row in rows if row.get("kind") == "total"}
    for number, row in enumerate(rows):
        total, settled = totals.get(_of(row)), _number(row.get(AMOUNT, ""))
        if row.get("kind") == "settled" and total and settled and settled > total:
            yield _doubt(filled, "budgets", number, AMOUNT, "above_budget")


def _of(row: Row) -> tuple[str, str, str]:
    return row["program_id"], row.get("item", ""), row.get("nature", "")


def _find_below_zero(filled: Filled) -> Iterator[Fact]:
    """Figures below zero where last year's were not."""
    for table, column in RESULTS.items():
        for number, row in enumerate(filled.rows.get(table, ())):
            before = filled.before[table, number]
            near = (before.get(column, ""), row.get("baseline", ""), row.get("target", ""))
            was_below = any((_number(text) or 0) < 0 for text in near)
            if (_number(row.get(column, "")) or 0) < 0 and not was_below:
                yield _doubt(filled, table, number, column, "below_zero")


def _find_past_ends(filled: Filled) -> Iterator[Fact]:
    """Programs past their last year, and KPIs of others past that of their final target."""
    past: set[str] = set()
    for table, (column, note) in ENDS.items():
        for number, row in enumerate(filled.rows.get(table, ())):
            end = row.get(column, "")
            if end and int(end) < filled.about.year and row["program_id"] not in past:
                yield _doubt(filled, table, number, column, f"{note}: {end}")
        past |= {
            row["program_id"]
            for row in filled.rows.get(table, ())
            if row.get(column) and int(row[column]) < filled.about.year
        }


def _find_copied(filled: Filled) -> Iterator[Fact]:
    """Actuals that are last year's, one and all."""
    rows = filled.rows.get("kpis", [])
    numbers = [
        (_number(row.get("actual", "")), _number(filled.before["kpis", n].get("actual", "")))
        for n, row in enumerate(rows)
    ]
    known = [n for n, pair in enumerate(numbers) if None not in pair]
    is_copied = all(numbers[n][0] == numbers[n][1] for n in known)
    if len(known) >= FEWEST_COPIED and is_copied:
        yield _doubt(filled, "kpis", known[0], "actual", "all_as_before")


def _doubt(filled: Filled, table: str, number: int, column: str, note: str) -> Fact:
    place = filled.cells[table, number][column]
    return Fact(place, filled.rows[table][number].get(column, ""), outcome=DOUBT, note=note)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
