"""What a published file stores beside what a reader sees: numbers, formulas, objects.

A grid shows 148; only the file tells whether it is a number or a text, and whether a formula
stands behind it. The readers have refused what is too large before any of this is asked.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.parsers import expat

from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    range_boundaries,
)

from analysis.errors import DataError
from analysis.intake.archives import read_member
from analysis.intake.gather import MOST_ROWS, explain
from analysis.intake.old_workbooks import list_sheets
from analysis.intake.open_documents import (
    OFFICE,
    SPACE,
    TABLE,
    list_bands,
    parse_part,
    range_of,
)
from analysis.intake.readers import Known

Place = tuple[str, int, int]  # the name of a sheet, and a row and a column from zero
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DRAW = f"{{{SPACE % 'drawing'}}}"
OBJECTS = {  # of drawings in a workbook, by their tags
    "pic": "picture",
    "graphicFrame": "chart",
    "sp": "shape",
    "cxnSp": "shape",
    "grpSp": "shape",
    "contentPart": "shape",
}
FORMS = {"oleObject": "embedded", "control": "control", "picture": "picture"}
LIKE_NUMBERS = ("", "n", "b", "d")  # types of the cells of a workbook that hold no text
LIKE_VALUES = ("float", "percentage", "currency", "date", "time", "boolean")
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
WORKBOOKS, OPEN, OLD, TEXTS = (".xlsx", ".xlsm"), ".ods", ".xls", (".csv", ".tsv", ".txt")
RECORDS = (".json", ".ndjson", ".jsonl")


class Thing(NamedTuple):
    """A formula or an object: where it stands, and its text or what it is."""

    place: Place
    said: str


@dataclass
class Stored:
    """What the cells of a file hold.

    `numbers` are the places of cells that hold or compute a number, not a text of digits. `merged`
    are the rows and columns of merged cells, also of empty ones. `unseen` names what its format or
    its reader does not tell: formulas, objects.
    """

    numbers: set[Place] = field(default_factory=set)
    formulas: list[Thing] = field(default_factory=list)
    objects: list[Thing] = field(default_factory=list)
    merged: dict[Place, tuple[int, int]] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()


def read_stored(known: Known) -> Stored:
    """Read what a file stores, as far as its format is known here.

    Raises
    ------
    DataError
        If a part of it is broken that its cells could be read without.
    """
    try:
        return _read(known)
    except DataError:
        raise
    except Exception as error:  # as in the readers: odd files raise whatever
        raise DataError(
            f"{known.file} cannot be read ({explain(error)}). "
            "Open it where it was made and save it again."
        ) from error


def _read(known: Known) -> Stored:
    if known.kind in WORKBOOKS:
        return _read_workbook(known)
    if known.kind == OPEN:
        return _read_open(known)
    if known.kind == OLD:
        return Stored(set(_list_old_numbers(known)), unseen=("formulas", "objects"))
    plain = {
        (grid.name, cell.row, cell.column)
        for grid in known.grids
        for cell in grid.cells.values()
        if PLAIN.fullmatch(cell.text)
    }
    if known.kind in TEXTS:
        return Stored(plain, list(_list_written(known)))
    return Stored(plain, unseen=() if known.kind in RECORDS else ("objects",))


def _list_written(known: Known) -> Iterator[Thing]:
    """Formulas that were saved as text."""
    for grid in known.grids:
        for cell in grid.cells.values():
            if re.match(r"=[A-Z(+\-]", cell.text):
                yield Thing((grid.name, cell.row, cell.column), cell.text)


def _list_old_numbers(known: Known) -> Iterator[Place]:
    for sheet in list_sheets(known.data):
        for row, column, value in sheet.values:
            if not isinstance(value, str):
                yield sheet.name, row, column


def _read_workbook(known: Known) -> Stored:
    found = Stored()
    with zipfile.ZipFile(io.BytesIO(known.data)) as archive:
        parts = {*archive.namelist()}
        for name, part in _list_sheet_parts(archive, known.file):
            if part in parts:
                _SheetReader(name, found).read(read_member(archive, part, known.file))
                found.objects += _list_drawn(archive, parts, name, part, known.file)
    return found


def _list_sheet_parts(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, str]]:
    """The sheets of a workbook by their names, and the parts they stand in."""
    book = parse_part(archive, "xl/workbook.xml", file)
    targets = _list_targets(archive, "xl/workbook.xml", file)
    for sheet in book.iter(f"{MAIN}sheet"):
        if found := targets.get(sheet.get(ID, "")):
            yield sheet.get("name", ""), found[1]


def _list_targets(archive: zipfile.ZipFile, part: str, file: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: by id the last word of its type, and the part it is."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in parse_part(archive, relations, file)
    }


class _SheetReader:
    """Hears the cells of a sheet go by: which hold numbers, which formulas."""

    def __init__(self, name: str, found: Stored) -> None:
        self._name, self._found = name, found
        self._row = self._column = -1
        self._type = ""
        self._text: list[str] = []
        self._shapes: set[str] = set()

    def read(self, part: bytes) -> None:
        """Read the XML of the sheet."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parser.Parse(part, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif tag == "c":
            self._column += 1
            if said := attributes.get("r"):
                letters, row = coordinate_from_string(said)
                self._row, self._column = row - 1, column_index_from_string(letters) - 1
            self._type = attributes.get("t", "")
        elif tag == "f":
            self._text = []
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
            place = (self._name, top - 1, left - 1)
            self._found.merged[place] = (bottom - top + 1, right - left + 1)
        if tag in ("f", "v") and self._type in LIKE_NUMBERS:
            self._found.numbers.add(self._at)
        elif tag in FORMS and (shape := attributes.get("shapeId", tag)) not in self._shapes:
            self._shapes.add(shape)  # some stand twice, for older programs
            self._found.objects.append(Thing((self._name, -1, -1), FORMS[tag]))

    @property
    def _at(self) -> Place:
        return self._name, self._row, self._column

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "f":
            said = "=" + "".join(self._text) if self._text else ""
            self._found.formulas.append(Thing(self._at, said))

    def _hear(self, text: str) -> None:
        self._text.append(text)


def _list_drawn(
    archive: zipfile.ZipFile, parts: set[str], sheet: str, part: str, file: str
) -> Iterator[Thing]:
    """The pictures, charts and shapes that lie on a sheet, at the cell they begin in."""
    for kind, target in _list_targets(archive, part, file).values():
        if kind != "drawing" or target not in parts:
            continue
        for anchor in parse_part(archive, target, file):
            corner = {_tag(e): e.text or "" for e in anchor.iter() if _tag(e) in ("row", "col")}
            drawn = next((e for e in anchor.iter() if _tag(e) in OBJECTS), None)
            if drawn is not None:
                row, column = (_whole(corner.get(name, "")) for name in ("row", "col"))
                yield Thing((sheet, row, column), OBJECTS[_tag(drawn)])


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _read_open(known: Known) -> Stored:
    found = Stored()
    with zipfile.ZipFile(io.BytesIO(known.data)) as archive:
        content = parse_part(archive, "content.xml", known.file)
    for sheet in content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        name = sheet.get(f"{TABLE}name", "")
        for number, row, column, cell in _list_open_cells(sheet):
            place = (name, row, column)
            if (span := _read_span(cell)) != (1, 1):
                found.merged[place] = span
            if cell.get(f"{OFFICE}value-type") in LIKE_VALUES:
                found.numbers.add(place)
            if formula := cell.get(f"{TABLE}formula"):
                found.formulas.append(Thing(place, formula.partition(":")[2] or formula))
            if number == 0:
                found.objects += [Thing(place, what) for what in _list_shapes(cell)]
        for shapes in sheet.iterchildren(f"{TABLE}shapes"):
            found.objects += [Thing((name, -1, -1), what) for what in _list_shapes(shapes)]
    return found


def _list_open_cells(sheet: Any) -> Iterator[tuple[int, int, int, Any]]:
    """The cells that hold anything, each as often as it is repeated: the how manieth, where."""
    for band in list_bands(sheet, "row", MOST_ROWS):
        column = 0
        for cell in band.element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            for row in range_of(band) if len(cell) or _read_span(cell) != (1, 1) else ():
                for step in range(times):
                    yield (row - band.first) + step, row, column + step, cell
            column += times


def _read_span(cell: Any) -> tuple[int, int]:
    """The rows and columns that a cell covers."""
    rows, columns = (cell.get(f"{TABLE}number-{name}-spanned", "1") for name in ("rows", "columns"))
    return int(rows), int(columns)


def _list_shapes(element: Any) -> Iterator[str]:
    """What is drawn in an element, each thing once, whatever it is made of."""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag.startswith(DRAW):
            inner = {_tag(e) for e in child.iter()}
            yield "picture" if "image" in inner else "chart" if "object" in inner else "shape"
        elif tag != f"{OFFICE}annotation":
            yield from _list_shapes(child)
