"""1-12 of the rule: regions are named in full, or by their code."""

import re
from collections.abc import Iterator

from analysis.intake.areas import Area
from analysis.intake.labels import Label
from analysis.intake.ministry import WORDS, Finding, Looked, at_cell, lists
from analysis.intake.ministry_data import JOINED
from analysis.intake.values import is_dash, is_repeated
from analysis.intake.vocabulary import compact

REGIONS, REGION_CODES = lists("regions"), lists("region_codes")
_names = "|".join(lists("region_names"))
REGION_HEADER = re.compile(rf"(?:{'|'.join(lists('region_headers'))})(?:{_names})?")
DISTRICT_HEADER = re.compile(rf"(?:{'|'.join(lists('districts'))})(?:{_names})?")
REGION_ENDS, PREFECTURES = lists("region_ends"), frozenset(lists("prefectures"))
NO_REGIONS = frozenset(lists("no_regions"))
REGION = re.compile(WORDS["government"])
IN_BRACKETS = re.compile(r"\([^()]*\)")
LONGEST_REGION = 8
GOVERNMENT = "government"


def find_regions(looked: Looked) -> Iterator[Finding]:
    """1-12: names of regions that are cut short, where no code stands beside them."""
    for number, area in looked.tables:
        coded = _list_coded(area)
        for column in list_regions(area):
            if is_district(area, column):
                continue
            for cell in area.below(column):
                if cell.row not in coded and is_short(cell.text) and not area.is_figure(cell):
                    yield at_cell(number, cell, "", "short")
        for column in area.columns:
            head = area.head(column)
            if head is not None and head.column == column and compact(head.text) in PREFECTURES:
                yield at_cell(number, head, "", "short")


def is_short(text: str) -> bool:
    """Whether the name of a region lacks its 県, 市 and the like; of several one of them."""
    return any(_lacks_ending(part) and len(part) <= LONGEST_REGION for part in _split(text))


def _split(text: str) -> list[str]:
    return [compact(part) for part in JOINED.split(text)]


def _lacks_ending(plain: str) -> bool:
    if is_dash(plain) or is_repeated(plain) or plain in NO_REGIONS:
        return False
    return bool(plain) and (plain in PREFECTURES or not plain.endswith(REGION_ENDS))


def list_regions(area: Area) -> list[int]:
    """The columns whose cells name regions."""
    return [column for column in area.columns if _is_region(area, column)]


def _is_region(area: Area, column: int) -> bool:
    if column in area.measured or _is_code(area, column) or not area.below(column):
        return False
    label = area.labels.get(column)
    if label is not None and label.field == GOVERNMENT:
        return True
    return _is_headed(area, column) or _names_regions(area, column)


def _is_headed(area: Area, column: int) -> bool:
    heads = [IN_BRACKETS.sub("", compact(head.text)) for head in area.heads(column)]
    return any(head.startswith(REGIONS) or REGION_HEADER.fullmatch(head) for head in heads)


def _names_regions(area: Area, column: int) -> bool:
    plain = [compact(cell.text) for cell in area.below(column)]
    named = sum(text in PREFECTURES or REGION.fullmatch(text) is not None for text in plain)
    return named * 2 > len(plain)


def is_district(area: Area, column: int) -> bool:
    """Whether a column names parts of a municipality, whose names have no fixed ending."""
    heads = [IN_BRACKETS.sub("", compact(head.text)) for head in area.heads(column)]
    return any(map(DISTRICT_HEADER.fullmatch, heads))


def _is_code(area: Area, column: int) -> bool:
    return any(word in area.said(column) for word in REGION_CODES)


def _list_coded(area: Area) -> set[int]:
    """The rows in which the code of a region stands."""
    columns = [column for column in area.columns if _is_code(area, column)]
    cells = [cell for column in columns for cell in area.below(column)]
    return {
        row
        for cell in cells
        if any(map(str.isdecimal, cell.text))
        for row in range(cell.row, cell.row + cell.rows)
    }


def tell_regions(looked: Looked) -> str:
    """Why it cannot be told whether regions are named in full; region_named where one is, above.

    The name of a publisher is enough only where every column is known to be of something else.
    """
    reasons = [_tell_area(area) for _, area in looked.tables] or ["no_region"]
    order = ("no_region", "districts", "regions_unknown", "region_named", "")
    return min(reasons, key=order.index)


def _tell_area(area: Area) -> str:
    regions, coded = list_regions(area), _list_coded(area)
    left = [cell for column in regions for cell in area.below(column) if cell.row not in coded]
    if any(is_district(area, cell.column) for cell in left):
        return "districts"
    if any(map(_lacks_ending, (part for cell in left for part in _split(cell.text)))):
        return "regions_unknown"  # a long name, or a text
    if regions or coded:
        return ""
    if not area.publisher:
        return "no_region"
    is_known = all(_knows(area.labels.get(c, Label())) for c in area.columns if area.below(c))
    return "region_named" if is_known else "regions_unknown"


def _knows(label: Label) -> bool:
    """Whether the words of a header tell what stands below it."""
    return bool(label.field or label.years or label.kind) and label.is_whole
