"""Sections of a notebook that turned out to be about nothing: a page is made without them."""

import re
from typing import Any

from analysis.environment import ABOUT_NOTHING

HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*(?:\n|$)")


def find_empty_sections(cells: list[Any]) -> dict[int, str]:
    """The cells of the sections about nothing, by number, each with its section's title.

    A section goes from a Markdown cell that begins with a heading up to the next one of the
    same level or a higher. It is about nothing where one of its cells says so (`section_about`).
    """
    empty: dict[int, str] = {}
    for number, cell in enumerate(cells):
        if not any(map(_is_about_nothing, cell.get("outputs", ()))):
            continue
        start = next((n for n in range(number, -1, -1) if _find_heading(cells[n])), None)
        if start is None:
            continue
        level, title = _find_heading(cells[start]) or (0, "")
        end = next((n for n in range(start + 1, len(cells)) if _ends(cells[n], level)), len(cells))
        empty |= dict.fromkeys(range(start, end), title)
    return empty


def _find_heading(cell: Any) -> tuple[int, str] | None:
    found = HEADING.match(cell.source.lstrip()) if cell.cell_type == "markdown" else None
    return (len(found[1]), found[2]) if found else None


def _ends(cell: Any, level: int) -> bool:
    heading = _find_heading(cell)
    return heading is not None and heading[0] <= level


def _is_about_nothing(output: Any) -> bool:
    return bool(output.get("metadata", {}).get("text/html", {}).get(ABOUT_NOTHING))
