"""Whether the tables of an ingested folder and its ingest.csv tell the same."""

from pathlib import Path

from intake.scoring import read_rows

from analysis.intake.tidy import OF_KPI

IDENTITY = {
    *("government_code", "program_id", "kpi_id", "fiscal_year", "last_year", "kind", "item"),
    *("nature", "rated_by", "rated_on", "scheme", "government", "source_id", "place", "inferred"),
}
CONCLUDED_STATUS = {  # where nothing is printed the table says so
    ("actual_status", "final"),
    ("actual_status", "not_in_source"),
    ("amount_status", "not_in_source"),
}
CONCLUDED = ("direction", "aggregation", "kpi_kind", "final_year")  # where inferred names them
PRINTED_ALONE = ("target_printed", "final_target_printed")  # words in place of a figure
TABLES = ("programs", "kpis", "budgets", "ratings", "rating_axes")


def read_table(folder, name):
    """The rows of a table, none where there is no such file."""
    path = Path(folder) / f"{name}.csv"
    return read_rows(path) if path.is_file() else []


def list_tabled(folder):
    """What stands in the tables: table, program, KPI, year ("" of a whole KPI), field, value."""
    programs = {
        (row["government_code"], row["program_id"]): row["program"]
        for row in read_table(folder, "programs")
    }
    titles = {" ".join(row["title"].split()) for row in read_table(folder, "sources")}
    kpis = {
        (row["government_code"], row["program_id"], row["kpi_id"]): row["kpi"]
        for row in read_table(folder, "kpis")
    }
    found = set()
    for table in TABLES:
        for row in read_table(folder, table):
            of = (row["government_code"], row["program_id"])
            kpi = kpis.get((*of, row.get("kpi_id", "")), "")
            for field, value in list_cells(table, row):
                if field == "program" and value in titles:
                    continue  # what names no program is of the whole publication
                year = "" if field in OF_KPI else row.get("fiscal_year", "")
                found.add((table, programs[of], kpi, year, field, value))
    return found


def list_cells(table, row):
    """The cells of a row that were read of the paper, by the fields of ingest.csv."""
    for column, value in row.items():
        if not value or column in IDENTITY or (column, value) in CONCLUDED_STATUS:
            continue
        if column in CONCLUDED and column in row["inferred"].split():
            continue
        figure = column.removesuffix("_printed")
        if column.endswith("_printed") and (column not in PRINTED_ALONE or row[figure]):
            continue
        if table == "budgets" and column.startswith("amount"):
            yield ":".join(filter(None, (column, row["kind"], row["item"]))), value
        elif column == "department":
            yield from ((column, part) for part in value.split("・"))
        elif table != "rating_axes":
            yield column, value
    if table == "rating_axes":
        yield row["axis"], row["level"]


def list_told(folder):
    """What ingest.csv says is in the tables, of lines that are of a year or need none."""
    found = set()
    for line in read_used(folder):
        is_of_kpi = line["field"] in OF_KPI and line["outcome"] == "read"
        if line["table"] == "programs" or line["fiscal_year"] or is_of_kpi:
            year = "" if line["field"] in OF_KPI else line["fiscal_year"]
            of = (line["table"], line["program"], line["kpi"], year, line["field"])
            parts = line["value"].split("・") if line["field"] == "department" else [line["value"]]
            found |= {(*of, part) for part in parts if part}
    return found


def read_used(folder):
    """The lines of ingest.csv that are read, or in doubt."""
    lines = read_rows(Path(folder) / "ingest.csv")
    return [line for line in lines if line["outcome"] in ("read", "doubt")]


def list_disagreements(folder):
    """What the tables have that ingest.csv has not (+), and the other way round (-)."""
    tabled, told = list_tabled(folder), list_told(folder)
    concluded = {fact for fact in told if fact[-2:] in CONCLUDED_STATUS}
    tabled, told = ({_without_year_of_names(fact) for fact in facts} for facts in (tabled, told))
    return [("+", *fact) for fact in sorted(tabled - told)] + [
        ("-", *fact) for fact in sorted(told - concluded - tabled)
    ]


def _without_year_of_names(fact):
    table, program, kpi, _, field, value = fact
    return (table, program, kpi, "", field, value) if field == "kpi" else fact
