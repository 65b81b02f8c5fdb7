"""A workbook of a further year of Tsukuba, filled in as a person would: by sheet, row and header.

The figures of the year are invented; last year's stand in the project's own data.
"""

import csv

from openpyxl import load_workbook

from analysis.intake.ids import read_known
from analysis.intake.new import new_year
from analysis.intake.store import read_folder
from analysis.intake.template import About
from analysis.intake.template_reading import read_filled
from analysis.wording import name_header
from analysis.wording.codebook import name_table

CODE, YEAR, BEFORE = "082201", 2019, 2018
ABOUT = About(CODE, "つくば市", YEAR, BEFORE)
SOURCE = "tsukuba_2018_preliminary"
END = "after_end: 2018"  # five programs of the last year were to end in it
PLACES = {
    "support_robot_trial": "⑤-1",
    "youth_life_plan": "⑤-2",
    "lifestyle_seminar": "⑤-3",
    "job_fair": "⑤-4",
    "child_at_work": "⑤-5",
    "migration_promotion": "⑤-6",
    "local_hub_cocreation": "⑤-7～⑤-10",
}
KPIS = {
    "lifestyle_seminar/wish_to_live": (89, 91),
    "job_fair/matching_consultations": (200, 176),
    "migration_promotion/tokyo_in_migrants": (4_630, "推 4,712"),
    "local_hub_cocreation/business_income": (3_000, 2_450),
    "local_hub_cocreation/collaborations": (4, 5),
    "local_hub_cocreation/ideas_proposed": (12, 20),
    "local_hub_cocreation/platform_meetings": (16, "集計中"),
}
TOTALS = {
    "support_robot_trial": 9_072_000,
    "youth_life_plan": 900_000,
    "lifestyle_seminar": 540_000,
    "job_fair": 3_969_000,
    "child_at_work": 4_000_000,
    "migration_promotion": 10_500_000,
    "local_hub_cocreation": 8_640_000,
}
SETTLED = {"job_fair": "3,691,000", "child_at_work": 3_900_000}
GRADES = {"job_fair/matching_consultations": ("概ね順調", "中", "中", "B")}
JUDGED = ("progress", "effectiveness", "efficiency", "grade")


def copy_last_year(data, folder):
    """Copy what one source says into a folder: small, so that it is checked at once."""
    folder.mkdir(parents=True)
    for name in ("sources", "programs", "kpis", "budgets", "ratings", "observations", "reasons"):
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        kept = [row for row in rows if any(cell.endswith(SOURCE) for cell in row)]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *kept])
    return folder


class Book:
    """A workbook in which cells are found by the table, the name of the row and the header."""

    def __init__(self, path, year=YEAR, before=BEFORE):
        self.book = load_workbook(path)
        self.year, self.before = year, before

    def sheet(self, table):
        """The sheet of a table, whatever it is called."""
        return next(s for s in self.book.worksheets if s["A1"].value == name_table(table))

    def header(self, table):
        """The number of the row of headers, and by header that of the column."""
        sheet = self.sheet(table)
        rows = ([cell.value for cell in row] for row in sheet.iter_rows(1, 12))
        known = name_header(table, "place", "may", self.year, self.before)
        for number, row in enumerate(rows, 1):
            if known in row:
                return number, {name: at for at, name in enumerate(row, 1) if name}
        raise AssertionError(f"no header on the sheet of {table}")

    def column(self, table, column, role="new"):
        """The number of a column."""
        header = name_header(table, column, role, self.year, self.before)
        return self.header(table)[1][header]

    def row(self, table, key):
        """The number of the row of a name of last year's, or the next empty one of new rows."""
        sheet, (head, _) = self.sheet(table), self.header(table)
        rows = range(head + 1, sheet.max_row + 2)
        if key is None:
            first = [sheet.cell(row, 1).value for row in rows]
            return head + 1 + first.index(None)
        names = self.column(table, "number" if table == "sources" else "row", "row")
        return next(row for row in rows if sheet.cell(row, names).value == key)

    def at(self, table, key, column, role="new"):
        """A cell."""
        return self.sheet(table).cell(self.row(table, key), self.column(table, column, role))

    def add(self, table, **cells):
        """Type a new row: what stands in which column, `new` or whatever role it has."""
        sheet, row = self.sheet(table), self.row(table, None)
        for name, value in cells.items():
            column, _, role = name.partition("__")
            sheet.cell(row, self.column(table, column, role or "new")).value = value
        return row

    def fill(self):
        """Fill in the year."""
        self.at("sources", "1", "title").value = "令和元年度　指標一覧"
        self.at("sources", "1", "edition", "may").value = "速報版"
        for key, place in PLACES.items():
            self.at("programs", key, "place").value = place
            self.at("budgets", f"{key}/total", "amount_yen").value = TOTALS[key]
        for key, (target, actual) in KPIS.items():
            self.at("kpis", key, "target").value = target
            self.at("kpis", key, "actual").value = actual
        for key, amount in SETTLED.items():
            self.at("budgets", f"{key}/settled", "amount_yen").value = amount
        for key, words in GRADES.items():
            for column, word in zip(JUDGED, words, strict=True):
                self.at("ratings", key, column).value = word
        return self

    def save(self, path):
        """Save it."""
        self.book.save(path)
        return path


def make_book(data, path):
    """Make the workbook of the year and fill it in."""
    new_year(data, CODE, YEAR, path=path)
    return Book(path).fill()


def read_book(path, folder):
    """Read a workbook without writing anything."""
    tables = read_folder(folder)
    return read_filled(path, ABOUT, folder, tables, read_known(tables))[0]


def put(table, key, column, value, role="new"):
    """A change of a book: a value typed into a cell."""
    return lambda book: setattr(book.at(table, key, column, role), "value", value)
