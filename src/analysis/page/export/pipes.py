"""Tables of Markdown as JupyterLab reads them, also where a row is not like the others."""

import re
from itertools import pairwise
from typing import Any

from mistune.plugins.table import table

LINE = r"^ {0,3}\S[^\n]*\|[^\n]*(?:\n|$)"
DASHES = re.compile(r"(?::?-+:?)?")
CODE = r"(?P<mark>`+)(?!`).+?(?<!`)(?P=mark)(?!`)"
BARS = re.compile(r"\\.|\|")
BARS_OUTSIDE = re.compile(rf"\\.|{CODE}|\$[^$]+\$|\|")  # code and formulas
SIDES = {(True, True): "center", (True, False): "left", (False, True): "right"}


def lenient_tables(markdown: Any) -> None:
    """A plugin of mistune, whose own leaves a table as text if a row has a cell too many.

    A row is filled up or cut to as many cells as the head has, which the run is told. Bars in
    code and formulas divide cells only where a row has as many as the head with them.
    """
    table(markdown)
    markdown.block.rules.remove("nptable")
    warn = markdown.renderer.draft.warn
    markdown.block.register("table", LINE, lambda _, found, state: _parse(found, state, warn))


def _parse(found: re.Match[str], state: Any, warn: Any) -> int | None:
    line = state.get_line(found.end())
    marks = _split(line, BARS)
    head = _split_to(len(marks), found[0])
    if not {"|", "-"} <= set(line) or not all(map(DASHES.fullmatch, marks)):
        return None
    if len(head) != len(marks):
        return None
    sides = [SIDES.get((mark.startswith(":"), mark.endswith(":"))) for mark in marks]
    end = found.end() + len(line)
    rows = []
    while end < state.cursor_max and "|" in (line := state.get_line(end)):
        cells = _split_to(len(sides), line)
        if len(cells) > len(sides):
            warn("a row of a table has more cells than its head: the last are left out")
        cells += [""] * (len(sides) - len(cells))
        rows.append({"type": "table_row", "children": _make_cells(cells, sides, False)})
        end += len(line)
    heads = {"type": "table_head", "children": _make_cells(head, sides, True)}
    body = {"type": "table_body", "children": rows}
    state.append_token({"type": "table", "children": [heads, body]})
    return end


def _make_cells(texts: list[str], sides: list[str | None], head: bool) -> list[dict[str, Any]]:
    return [
        {"type": "table_cell", "text": text, "attrs": {"align": side, "head": head}}
        for text, side in zip(texts, sides, strict=False)
    ]


def _split_to(count: int, line: str) -> list[str]:
    cells = _split(line, BARS)
    return cells if len(cells) == count else _split(line, BARS_OUTSIDE)


def _split(line: str, pattern: re.Pattern[str]) -> list[str]:
    text = line.strip()
    bars = [found.start() for found in pattern.finditer(text) if found[0] == "|"]
    cells = [text[start + 1 : end].strip() for start, end in pairwise([-1, *bars, len(text)])]
    return cells[text.startswith("|") : len(cells) - (bars[-1:] == [len(text) - 1])]
