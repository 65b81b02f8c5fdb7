"""Every file of the layouts, ingested: right by its truth, and nothing of it lost on the way."""

import re

import pytest
from grids import squeeze
from intake.agreement import list_disagreements, read_table, read_used
from intake.layouts.build import HERE, build_all, list_truth
from intake.scoring import read_names, read_rows, score

from analysis.intake.blocks import Sheet, find_blocks
from analysis.intake.by_hand import find_changes
from analysis.intake.context import find_era
from analysis.intake.ingest import ingest
from analysis.intake.labels import read_label
from analysis.intake.readers import read_grids
from analysis.intake.store import read_facts, read_folder
from analysis.intake.tidy import OF_KPI

NAMES = sorted(path.name.removesuffix(".truth.csv") for path in HERE.glob("*.truth.csv"))
EXAMPLES = {
    path.stem: path
    for path in sorted((HERE / "examples").iterdir())
    if path.suffix != ".md" and not path.name.endswith(".truth.csv")
}
NOT_YET: dict[str, str] = {}  # a layout that is not read well enough, and why
NO_YEAR = "06a_wide"  # no year is printed anywhere in it
UNDATED: dict[str, set[str]] = {}  # what is read without a year and without a doubt
INVENTED: dict[str, set[str]] = {}  # programs and KPIs of which the truth knows nothing
LOST: dict[str, set[str]] = {}  # cells that no line of ingest.csv tells of
OFFICIALS = ("見本", "2140", "3215")  # made-up names, and their extensions
HAS_DIGIT = re.compile("[0-9０-９]")
NUMBER = re.compile(r"[0-9][0-9,.]*")
TO_ASCII = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
YEARS_ALONE = re.compile(r"(?:19|20)[0-9]{2}")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return {**build_all(tmp_path_factory.mktemp("layouts")), **EXAMPLES}


@pytest.fixture(scope="module")
def ingested(files, tmp_path_factory):
    """Ingest a layout once: what `ingest` says of it, its folder among it."""
    folder, done = tmp_path_factory.mktemp("ingested"), {}

    def of(name):
        if name not in done:
            done[name] = ingest([files[name]], folder / name)
        return done[name]

    return of


every_layout = pytest.mark.parametrize("name", [*NAMES, *EXAMPLES])


def find_truth(name):
    return list_truth(name) if name in NAMES else HERE / "examples" / f"{name}.truth.csv"


@every_layout
def test_a_file_is_read_as_a_careful_reader_does(name, ingested):
    found = score(ingested(name).folder / "ingest.csv", find_truth(name))
    assert found.passes == (name not in NOT_YET), str(found)


@every_layout
def test_check_finds_no_error_in_what_was_read(name, ingested):
    problems = ingested(name).problems
    errors = problems[problems["severity"] == "error"]
    expected = [["sources.csv", "fiscal_year"]] if name == NO_YEAR else []
    assert errors[["file", "column"]].to_numpy().tolist() == expected


@every_layout
def test_the_tables_and_ingest_csv_tell_the_same(name, ingested):
    assert list_disagreements(ingested(name).folder) == []


@every_layout
def test_what_is_of_no_year_is_a_doubt_unless_a_kpi_has_it_for_all_its_years(name, ingested):
    silent = {
        line["field"]
        for line in read_used(ingested(name).folder)
        if line["table"] != "programs" and not line["fiscal_year"] and line["outcome"] == "read"
    }
    assert silent - {*OF_KPI} == UNDATED.get(name, set())


@every_layout
def test_no_program_or_kpi_is_named_that_the_truth_does_not_name(name, ingested):
    folder, truth = ingested(name).folder, read_rows(find_truth(name))
    for table, column in (("programs", "program"), ("kpis", "kpi")):
        known = set().union(*(read_names(row[column]) for row in truth))
        titles = {" ".join(row["title"].split()) for row in read_table(folder, "sources")}
        found = {row[column] for row in read_table(folder, table)} - titles
        more = {text for text in found if not read_names(text) & known}
        assert more == (INVENTED.get(name, set()) if column == "kpi" else set())


@every_layout
def test_nothing_printed_disappears(name, files, ingested):
    """Each cell with a digit stands in ingest.csv by its place and text, or each figure in it does.

    Not so headers: the cells of the header rows, what is a label and nothing else wherever it
    stands (H28, 平成24年度（決算）, 4 今後の方向性), and western years below a header for years.
    Names of programs and KPIs are told once, names of persons without their text.
    """
    lines = read_rows(ingested(name).folder / "ingest.csv")
    printed = {}
    for line in lines:
        printed.setdefault((line["file"], line["place"]), []).append(squeeze(line["printed"]))
    names = {squeeze(line["printed"]) for line in lines if line["field"] in ("program", "kpi")}
    persons = {(line["file"], line["place"]) for line in lines if line["note"] == "person"}
    lost = {
        cell.place.rpartition("!")[2]
        for grid in read_grids(files[name])
        for cell in list_figures(grid)
        if (grid.file, cell.name) not in persons
        and squeeze(cell.text) not in names
        and not is_told(cell.text, printed.get((grid.file, cell.name), []))
    }
    assert lost == LOST.get(name, set())


def is_told(text, printed):
    """Whether a text stands among what was printed, or each of its figures in a part of it does."""
    if squeeze(text) in printed:
        return True
    told = {number for piece in printed for number in list_numbers(piece)}
    return bool(list_numbers(text)) and {*list_numbers(text)} <= told


def list_numbers(text):
    return NUMBER.findall(text.translate(TO_ASCII))


def list_figures(grid):
    """The cells of a grid with a digit that are no headers."""
    sheet = Sheet(grid, find_era(cell.text for cell in grid.cells.values()))
    blocks = find_blocks(sheet)
    headers = {
        id(cell)
        for block in blocks
        for row in block.header
        for column in block.columns
        if (cell := sheet.at(row, column))
    }
    of_years = {
        (row, column)
        for block in blocks
        for row in block.body
        for column in block.columns
        if block.labels.get(column) and block.labels[column].field == "fiscal_year"
    }
    for cell in grid.cells.values():
        is_year = (cell.row, cell.column) in of_years and YEARS_ALONE.fullmatch(cell.text)
        if HAS_DIGIT.search(cell.text) and id(cell) not in headers and not is_year:
            label = read_label(cell.text, sheet.era)
            says = label.field or label.year
            if not (says and label.is_whole and not YEARS_ALONE.fullmatch(cell.text)):
                yield cell


@every_layout
def test_in_tables_that_nobody_touched_nothing_was_changed_by_hand(name, ingested):
    folder = ingested(name).folder
    tables, lines = read_folder(folder), read_facts(folder)
    assert {line["file"] for line in lines} == {*tables["sources"]["place"]}
    found = [find_changes(tables, lines, file) for file in tables["sources"]["place"]]
    assert [list(map(str, changes)) for both in found for changes in both if changes] == []


@every_layout
def test_names_of_officials_are_not_passed_on(name, ingested):
    folder = ingested(name).folder
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.csv"))
    assert [text for text in OFFICIALS if text in texts] == []


def test_what_is_hidden_or_struck_is_left_out_with_its_reason_and_in_no_table(ingested):
    for name in ("12a_hidden", "12b_hidden_rows"):
        lines = read_rows(ingested(name).folder / "ingest.csv")
        unseen = [line for line in lines if line["note"] in ("hidden", "struck")]
        assert {line["note"] for line in unseen} == {"hidden", "struck"}
        assert {line["outcome"] for line in unseen} == {"left_out"}
        assert {line["table"] for line in unseen} == {""}
