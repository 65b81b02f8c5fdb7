"""A cell that holds several: numbered KPIs, one figure a line, labels with their values inside."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.intake.cells import Subject
from analysis.intake.grid import Cell
from analysis.intake.labels import Label, read_label
from analysis.intake.names import take_unit
from analysis.intake.rows import join_lines
from analysis.intake.values import is_dash
from analysis.intake.vocabulary import compact

OF_ITEMS = (
    *("baseline", "target", "actual", "final_target", "published_rate", "progress", "present"),
    *("final_year", "baseline_year"),
)
Cells = list[tuple[Cell, Label]]

SHORTEST = 3  # letters: 推, p and 約 before a figure are no names
CIRCLED = "①-⑳❶-❿⑴-⒇"
ITEM = re.compile(rf"(?=[{CIRCLED}])")
BULLET = re.compile(rf"^\s*(?:[{CIRCLED}]|[・○◇◆●■▪•]|[(（]?[0-9０-９]{{1,2}}[)）.．、])\s*")
WHEN = r"(?:(?:平成|令和|[HRＨＲ])\s*(?:[0-9０-９]{1,2}|元)\s*(?:年度?)?の?)?"
INSIDE = re.compile(
    rf"(?:^|(?<=[\s\u3000（(、,]))(?P<label>{WHEN}(?:基準値|現状値|従前値|最終目標値?|目標値|目標|計画値"
    r"|計画|実績値|実績|見込値?|達成率|進捗率))(?:[ \u3000]*[:：][ \u3000\n]*|[ \u3000\n]+)"
    r"(?P<value>[^ \u3000\n、。;；]+(?:[ \u3000](?:人|件|％|%|回|円|社))?)"
)
NAMED_VALUE = re.compile(
    r"^(?P<name>.*?[^0-9０-９,，.．\s\u3000約▲△])[ \u3000:：]+"
    r"(?P<value>(?:約|▲|△|推)?[ \u3000]?[0-9０-９][0-9０-９,，.．]*"
    r"[ \u3000]?[^\s\u30000-9０-９]{0,6}"
    r"|[^\s\u3000]{1,4}中|未公表|[-－―ー])(?:[（(][^（()）]*[）)]|いずれも.*|※.*)?$"
)
FIGURE_LINE = re.compile(r"[0-9０-９]|^[\s\-－―ー‐−–]+$|中$|未")


def split_items(text: str) -> list[str]:
    r"""Split a cell at the numbers of its items; one piece where there are fewer than two.

    Examples
    --------
    >>> split_items("①来場者数②売上高\n③雇用者数")
    ['来場者数', '売上高', '雇用者数']
    >>> split_items("・来場者数\n・売上高")
    ['来場者数', '売上高']
    """
    pieces = [piece for piece in ITEM.split(text) if piece.strip()]
    if len(pieces) > 1 and all(BULLET.match(piece) for piece in pieces):
        return [BULLET.sub("", piece).strip() for piece in pieces]
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(BULLET.match(line) for line in lines):
        return [BULLET.sub("", line).strip() for line in lines]
    return [text]


def split_lines(text: str, count: int) -> list[str] | None:
    """Split a cell of figures into as many as there are KPIs, in their order; None if it is not."""
    items = split_items(text)
    if len(items) == count:
        return items
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == count and all(FIGURE_LINE.search(line) for line in lines):
        return lines
    return None


def find_inside(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Find labels with their values in one text: what stands before them, and the pairs.

    Examples
    --------
    >>> find_inside("移住した人数　目標 150人　実績 集計中")
    ('移住した人数', [('目標', '150人'), ('実績', '集計中')])
    """
    found = list(INSIDE.finditer(text))
    if not found or not compact(text[: found[0].start()]):
        return text, []
    name = text[: found[0].start()].strip(" \u3000\n:：(（")
    return name, [(match["label"], _balance(match["value"])) for match in found]


def _balance(value: str) -> str:
    """A value without the bracket that closes one opened before it."""
    opened, closed = (sum(value.count(sign) for sign in signs) for signs in ("(（", ")）"))
    return value.rstrip(")）") if closed > opened else value


def keep_items(text: str) -> str:
    """A name without its line breaks, unless it is several names."""
    return text if len(split_items(text)) > 1 else join_lines(text)


def split_subject(subject: Subject, cells: Cells) -> Iterator[tuple[Subject, Cells]]:
    """Split a row whose cells hold several KPIs into one subject for each.

    Where a cell does not hold as many figures as there are KPIs it stays whole, and is read as
    the first one's: two figures in a cell are then a problem of that cell.
    """
    cells = [piece for cell, label in cells for piece in split_pair(cell, label)]
    if not subject.kpi_cell or not subject.kpi:
        yield from _read_unnamed(subject, cells)
        return
    names = split_items(subject.kpi_cell.text)
    if len(names) == 1:
        names = _split_by_figures(subject.kpi_cell.text, cells)
    if len(names) == 1:
        yield from _read_inside(subject, subject.kpi_cell.text, cells)
        return
    for number, text in enumerate(names):
        found: Cells = []
        for cell, label in cells:
            if label.field not in OF_ITEMS:
                found += [(cell, label)] if not number else []
                continue
            pieces = split_lines(cell.text, len(names))
            if pieces:
                found.append((replace(cell, text=pieces[number]), label))
            elif not number:
                found.append((cell, label))
        name, unit = take_unit(join_lines(text))
        of = replace(subject, kpi=name, unit=unit or ("" if number else subject.unit))
        yield from _read_inside(of, text, found)


def _split_by_figures(text: str, cells: Cells) -> list[str]:
    """Split names at their lines where each cell of figures has as many lines."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    figures = [cell for cell, label in cells if label.field in ("target", "actual", "baseline")]
    split = [split_lines(cell.text, len(lines)) for cell in figures]
    return lines if len(lines) > 1 and len(figures) > 1 and all(split) else [text]


def _read_inside(subject: Subject, text: str, cells: Cells) -> Iterator[tuple[Subject, Cells]]:
    """Take labels with their values out of a KPI's own cell: 目標 150人 実績 集計中."""
    name, pairs = find_inside(text)
    if not pairs or not subject.kpi_cell:
        yield subject, cells
        return
    inside = [
        (replace(subject.kpi_cell, text=value, rows=1), read_label(label)) for label, value in pairs
    ]
    kpi, unit = take_unit(join_lines(name))
    yield replace(subject, kpi=kpi, unit=unit or subject.unit), [*inside, *cells]


def split_pair(cell: Cell, label: Label) -> Cells:
    """Split a cell of two figures whose header names both: 98／120 under 実績値／目標値."""
    if not label.pair:
        return [(cell, label)]
    pieces = [piece.strip() for piece in re.split("[／/]", cell.text)]
    if len(pieces) == 1 and is_dash(cell.text):
        pieces = [cell.text] * len(label.pair)
    if len(pieces) != len(label.pair):
        return [(cell, replace(label, field=label.pair[0]))]
    return [
        (replace(cell, text=piece), replace(label, field=field, pair=()))
        for piece, field in zip(pieces, label.pair, strict=True)
    ]


def _read_unnamed(subject: Subject, cells: Cells) -> Iterator[tuple[Subject, Cells]]:
    """Read cells that hold the names of KPIs beside their figures: 参加企業数 53 社."""
    rest: Cells = []
    for cell, label in cells:
        holds = label.field in ("actual", "target") and not subject.has_names
        found = list(_split_named(cell, label)) if holds else []
        for name, pieces in found:
            kpi, unit = take_unit(join_lines(name))
            of = replace(subject, kpi=kpi, unit=unit, kpi_cell=replace(cell, rows=1))
            yield of, pieces
        if not found:
            rest.append((cell, label))
    yield subject, rest


def _split_named(cell: Cell, label: Label) -> Iterator[tuple[str, Cells]]:
    items = split_items(cell.text)
    if len(items) == 1:
        items = [line for line in cell.text.split("\n") if line.strip()]
    for item in items:
        name, pairs = find_inside(item)
        if pairs:
            yield name, [(replace(cell, text=value), read_label(said)) for said, value in pairs]
        elif (found := NAMED_VALUE.match(join_lines(item))) and len(found["name"]) > SHORTEST:
            yield found["name"], [(replace(cell, text=found["value"]), label)]
