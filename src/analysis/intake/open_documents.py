"""A spreadsheet of OpenDocument (.ods) -> one grid a sheet.

Its cells hold the text that a reader sees beside the value, so that no format need be applied.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.utils import get_column_letter

from analysis.errors import DataError
from analysis.intake.archives import check_unpacked, read_member
from analysis.intake.gather import (
    MOST_COLUMNS,
    MOST_ROWS,
    check_text,
    collect,
    find_exact,
    gather,
    join_struck,
    tidy_text,
)
from analysis.intake.grid import Cell, Grid

SPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
TABLE, TEXT, OFFICE, STYLE = (
    f"{{{SPACE % name}}}" for name in ("table", "text", "office", "style")
)
FORMAT = f"{{{SPACE % 'xsl-fo-compatible'}}}"
MOST_SPACES = 100  # in a row
NOT_SEEN = (f"{OFFICE}annotation", f"{TEXT}ruby-text", f"{TEXT}note")


class Look(NamedTuple):
    """What a style says; None where it leaves it to its parent."""

    is_struck: bool | None = None
    colour: str | None = None
    ground: str | None = None
    is_shown: bool | None = None


class Band(NamedTuple):
    """So many rows or columns that are written once."""

    element: Any
    first: int
    times: int
    is_hidden: bool


def read_ods(data: bytes, file: str) -> list[Grid]:
    """Read every sheet of a spreadsheet: texts as shown, spans, what is hidden, struck, noted.

    Raises
    ------
    DataError
        If it is broken, encrypted, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked(archive, file)
            if b"encryption-data" in read_member(archive, "META-INF/manifest.xml", file):
                raise DataError(f"{file} is encrypted. Open it and save it without a password.")
            content = parse_part(archive, "content.xml", file)
            has_outer = "styles.xml" in archive.namelist()
            outer = parse_part(archive, "styles.xml", file) if has_outer else ()
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise DataError(
            f"{file} cannot be read as a spreadsheet ({error}). Save it again as .ods or .xlsx."
        ) from error
    styles = _read_styles(outer, content)
    sheets = content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    return collect(file, (_read_sheet(sheet, file, styles) for sheet in sheets))


def parse_part(archive: zipfile.ZipFile, part: str, file: str) -> Any:
    """Parse a part; the parser's own limits of depth and of entities stay as they are."""
    xml = check_text(read_member(archive, part, file), f"{file}: {part}")
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False))


def _read_styles(*roots: Any) -> dict[str, Look]:
    """Read the styles of all documents, each with what it takes from its parent."""
    elements = {
        style.get(f"{STYLE}name"): style
        for root in roots
        if len(root)
        for style in root.iter(f"{STYLE}style")
    }
    looks: dict[str, Look] = {}

    def find(name: str | None) -> Look:
        style = elements.get(name)
        if style is None or name is None:
            return Look()
        if name not in looks:
            looks[name] = Look()  # a style that is its own parent ends here
            own, taken = _read_style(style), find(style.get(f"{STYLE}parent-style-name"))
            looks[name] = taken._replace(
                **{part: said for part, said in own._asdict().items() if said is not None}
            )
        return looks[name]

    return {name: find(name) for name in elements}


def _read_style(style: Any) -> Look:
    letters = style.find(f"{STYLE}text-properties")
    cell = style.find(f"{STYLE}table-cell-properties")
    table = style.find(f"{STYLE}table-properties")
    letters, cell, table = ({} if part is None else part.attrib for part in (letters, cell, table))
    lines = [letters.get(f"{STYLE}text-line-through-{kind}") for kind in ("style", "type")]
    told = [line for line in lines if line is not None]
    return Look(
        any(line != "none" for line in told) if told else None,
        letters.get(f"{FORMAT}color"),
        cell.get(f"{FORMAT}background-color"),
        {"false": False, "true": True}.get(table.get(f"{TABLE}display")),
    )


def _read_sheet(sheet: Any, file: str, styles: dict[str, Look]) -> Grid:
    name = sheet.get(f"{TABLE}name", "")
    look = styles.get(sheet.get(f"{TABLE}style-name"), Look())
    return gather(file, name, _list_cells(sheet, name, styles), hidden=look.is_shown is False)


def _list_cells(sheet: Any, name: str, styles: dict[str, Look]) -> Iterator[Cell]:
    columns = list(list_bands(sheet, "column", MOST_COLUMNS))
    hidden_columns = {c for band in columns if band.is_hidden for c in range_of(band)}
    style_of = {
        c: band.element.get(f"{TABLE}default-cell-style-name")
        for band in columns
        if band.times < MOST_COLUMNS
        for c in range_of(band)
    }
    rows = list(list_bands(sheet, "row", MOST_ROWS))
    hidden_rows = {r for band in rows if band.is_hidden for r in range_of(band)}
    for band in rows:
        filled = list(_list_filled(band.element, styles, style_of))
        for row in range_of(band) if filled else ():
            for cell in filled:
                is_hidden = (
                    cell.hidden
                    or hidden_rows.issuperset(range(row, row + cell.rows))
                    or hidden_columns.issuperset(range(cell.column, cell.column + cell.columns))
                )
                place = f"{name}!{get_column_letter(cell.column + 1)}{row + 1}"
                yield replace(cell, row=row, place=place, hidden=is_hidden)


def range_of(band: Band) -> range:
    """The rows or columns of a band, from zero."""
    return range(band.first, band.first + band.times)


def list_bands(sheet: Any, kind: str, most: int) -> Iterator[Band]:
    """List rows or columns in order; they may stand in groups and in headers of pages."""
    first = 0
    groups = {f"{TABLE}table-{kind}{part}" for part in ("-group", "s")} | {
        f"{TABLE}table-header-{kind}s"
    }

    def walk(element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == f"{TABLE}table-{kind}":
                yield child
            elif child.tag in groups:
                yield from walk(child)

    for element in walk(sheet):
        times = int(element.get(f"{TABLE}number-{kind}s-repeated", 1))
        times = min(times, most - first)
        is_hidden = element.get(f"{TABLE}visibility", "visible") != "visible"
        yield Band(element, first, times, is_hidden)
        first += times


def _list_filled(
    row: Any, styles: dict[str, Look], style_of: dict[int, str | None]
) -> Iterator[Cell]:
    """List the cells of a row that show something, as if it were the first."""
    column = 0
    for element in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        times = int(element.get(f"{TABLE}number-columns-repeated", 1))
        times = min(times, MOST_COLUMNS - column)
        if element.tag == f"{TABLE}table-cell" and len(element):
            style = element.get(f"{TABLE}style-name") or style_of.get(column)
            cell = _read_cell(element, styles.get(style or "", Look()), styles)
            for place in range(column, column + times) if cell.text else ():
                yield replace(cell, column=place)
        column += times


def _read_cell(element: Any, look: Look, styles: dict[str, Look]) -> Cell:
    kept, struck = _read_paragraphs(element, styles, bool(look.is_struck))
    note = element.find(f"{OFFICE}annotation")
    noted = "" if note is None else _read_paragraphs(note, styles, False)[0]
    value = element.get(f"{OFFICE}value")
    white = look.ground in (None, "transparent", "#ffffff") and look.colour == "#ffffff"
    return Cell(
        kept or struck,
        "",
        0,
        0,
        int(element.get(f"{TABLE}number-rows-spanned", 1)),
        int(element.get(f"{TABLE}number-columns-spanned", 1)),
        hidden=white or (look.colour is not None and look.colour == look.ground),
        struck=bool(struck) and not kept,
        exact=find_exact(kept or struck, float(value)) if value else "",
        comment=join_struck(struck if kept else "", noted),
    )


def _read_paragraphs(element: Any, styles: dict[str, Look], is_struck: bool) -> tuple[str, str]:
    """Read the paragraphs of a cell or note: what is not and what is struck through."""
    parts = [
        list(_list_runs(paragraph, styles, is_struck))
        for paragraph in element.iterchildren(f"{TEXT}p")
    ]
    kept, struck = (
        "\n".join("".join(text for text, crossed in runs if crossed is kind) for runs in parts)
        for kind in (False, True)
    )
    return tidy_text(kept.strip() if struck.strip() else kept), tidy_text(struck.strip())


def _list_runs(
    element: Any, styles: dict[str, Look], is_struck: bool
) -> Iterator[tuple[str, bool]]:
    """List the pieces of a paragraph and whether each is struck through."""
    look = styles.get(element.get(f"{TEXT}style-name") or "", Look())
    is_struck = is_struck if look.is_struck is None else look.is_struck
    yield element.text or "", is_struck
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", 1)), MOST_SPACES), is_struck
        elif child.tag in (f"{TEXT}line-break", f"{TEXT}tab"):
            yield "\n" if child.tag.endswith("break") else "\t", is_struck
        elif isinstance(child.tag, str) and child.tag not in NOT_SEEN:
            yield from _list_runs(child, styles, is_struck)
        yield child.tail or "", is_struck
