"""Where in a published file a cell stands, for readers."""

import re

from analysis.wording.labels import labels, say

PLACES = labels("intake_places")
LINE = re.compile(r"line (?P<first>\d+):(?P<path>.+)")
PLACE = re.compile(r"(?P<kind>record|page|table) (?P<first>\d+)(?: row (?P<second>\d+))?")
OF_COLUMN = re.compile(r"((?:record|(?:page|table) \d+ row) \d+) column ([A-Z]+)")


def name_place(place: str, column: str = "") -> str:
    """Name where a cell stands; that of a sheet as spreadsheets write it.

    Examples
    --------
    >>> name_place("指標一覧!C5"), name_place("record 5", "C"), name_place("record 5 column C")
    ('指標一覧!C5', '5件目のレコードのC列', '5件目のレコードのC列')
    >>> name_place("page 2 row 3")
    '2ページの3行目'
    >>> name_place("line 12:goals[0].actual")
    '12行目のgoals[0].actual'
    """
    if of_column := OF_COLUMN.fullmatch(place):
        place, column = of_column.groups()
    if of_line := LINE.fullmatch(place):
        return PLACES["line"].format(**of_line.groupdict())
    found = PLACE.fullmatch(place)
    if not found:
        return place
    kind = (
        found["kind"] if found["second"] or found["kind"] == "record" else f"{found['kind']}_alone"
    )
    named = PLACES[kind].format(first=found["first"], second=found["second"])
    return PLACES["column"].format(place=named, column=column) if column else named


def name_grid(name: str, place: str) -> str:
    """Name a sheet, page or table of a file; `place` is that of one of its cells."""
    found = PLACE.fullmatch(place)
    if not found:
        return PLACES["sheet"].format(name=name) if name else PLACES["one"]
    if found["kind"] == "record":
        return PLACES["one"]
    named = PLACES[f"{found['kind']}_alone"].format(first=found["first"])
    return named if name in ("", found["first"]) else say("places.named", grid=named, name=name)
