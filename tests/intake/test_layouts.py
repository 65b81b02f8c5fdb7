"""The files of the layouts: each truth stands in its file, in words that the tables know."""

import csv
import io
import re
import tomllib
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from intake.layouts.build import HERE, build_all
from intake.scoring import read_rows, score
from lxml import etree, html

import analysis.dataset

NAMES = sorted(path.name.removesuffix(".truth.csv") for path in HERE.glob("*.truth.csv"))
EXAMPLES = sorted(
    path.name.removesuffix(".truth.csv") for path in (HERE / "examples").glob("*.truth.csv")
)
TABLES = tomllib.loads((Path(analysis.dataset.__file__).parent / "tables.toml").read_text("utf-8"))
DASHES = {"-", "－", "−"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build_all(tmp_path_factory.mktemp("layouts"))


def squeeze(text):
    """A text without width and blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def show(cell):
    """A cell of a workbook as it is shown, for the number formats that are used here."""
    value, pattern = cell.value, cell.number_format
    if not isinstance(value, int | float):
        return str(value)
    if pattern == "0.0%":
        return f"{value:.1%}"
    decimals = pattern.partition(";")[0].partition(".")[2].count("0")
    sign = "▲" if value < 0 and "▲" in pattern else "-" if value < 0 else ""
    if pattern == "General":
        return f"{sign}{abs(value)}"
    return f"{sign}{abs(value):{',' if ',' in pattern else ''}.{decimals}f}"


def list_workbook(path):
    book = openpyxl.load_workbook(path)
    return [
        show(c) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None
    ]


def list_csv(data):
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    raise AssertionError("neither UTF-8 nor cp932")


def list_page(path):
    page = html.parse(str(path))
    for line_break in page.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return [cell.text_content() for cell in page.iter("td", "th", "caption", "h1", "h2", "h3", "p")]


def list_paper(path):
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(path) as paper:
        cells = [
            c or ""
            for p in paper.pages
            for table in p.extract_tables()
            for row in table
            for c in row
        ]
        letters = "".join(char["text"] for page in paper.pages for char in page.chars)
    return [*cells, letters]


def list_cells(path):
    """Whatever a reader finds in a file, cell by cell."""
    if path.suffix == ".xlsx":
        return list_workbook(path)
    if path.suffix == ".html":
        return list_page(path)
    if path.suffix == ".pdf":
        return list_paper(path)
    if path.suffix == ".csv":
        return list_csv(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        if path.suffix == ".ods":
            content = etree.fromstring(packed.read("content.xml"))
            return [node.text for node in content.iter("{*}p")]
        return list_csv(packed.read(packed.namelist()[0]))


def list_absent(path, truth):
    """The printed texts of a truth that no cell of its file holds."""
    whole = "\n".join(squeeze(cell or "") for cell in list_cells(path))
    printed = {row["printed"]: squeeze(row["printed"]) for row in read_rows(truth)}
    return [
        text for text, plain in printed.items() if plain not in whole and not is_cut(plain, whole)
    ]


def is_cut(text, whole):
    """Whether a text stands there in two pieces, as a row that a page cuts."""
    cuts = range(4, len(text) - 3)
    return any(text[:cut] in whole and text[cut:] in whole for cut in cuts)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_truth_calls_printed_stands_in_the_file(name, built):
    assert list_absent(built[name], HERE / f"{name}.truth.csv") == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_whole(name):
    folder = HERE / "examples"
    path = next(p for p in folder.glob(f"{name}.*") if ".truth" not in p.name)
    assert list_absent(path, folder / f"{name}.truth.csv") == []


def test_a_place_of_a_workbook_is_the_cell_of_what_is_printed(built):
    for name, path in built.items():
        if path.suffix != ".xlsx":
            continue
        book = openpyxl.load_workbook(path)
        for row in read_rows(HERE / f"{name}.truth.csv"):
            sheet, _, cell = row["place"].rpartition("!")
            found = squeeze(show(book[sheet][cell])) if row["printed"] else "None"
            assert squeeze(row["printed"] or "None") in found, (name, row)


def test_every_file_has_its_truth(built):
    assert sorted(built) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_is_right_by_its_own_measure(name):
    truth = HERE / f"{name}.truth.csv"
    found = score(truth, truth)
    assert found.passes and found.right == found.total, str(found)


@pytest.mark.parametrize("name", NAMES)
def test_fields_are_columns_and_words_are_those_of_the_tables(name):
    for row in read_rows(HERE / f"{name}.truth.csv"):
        column, _, kind = row["field"].partition(":")
        known = TABLES[row["table"]]["columns"][column]
        words = known.get("words")
        words = TABLES["words"][words] if isinstance(words, str) else words
        assert not words or row["value"] in words, row
        assert not kind or kind.partition(":")[0] in TABLES["words"]["budget_kinds"], row
        assert row["value"] not in DASHES and row["program"], row


def test_the_same_facts_give_the_same_bytes(built, tmp_path):
    again = build_all(tmp_path)
    assert {n: p.read_bytes() for n, p in again.items()} == {
        n: p.read_bytes() for n, p in built.items()
    }
