"""A cell that holds several: numbered KPIs, one figure a line, labels with their values inside."""

import re

from analysis.intake.vocabulary import compact

CIRCLED = "①-⑳❶-❿⑴-⒇"
ITEM = re.compile(rf"(?=[{CIRCLED}])")
BULLET = re.compile(rf"^\s*(?:[{CIRCLED}]|[・○◇◆●■▪•]|[(（]?[0-9０-９]{{1,2}}[)）.．、])\s*")
WHEN = r"(?:(?:平成|令和|[HRＨＲ])\s*(?:[0-9０-９]{1,2}|元)\s*(?:年度?)?の?)?"
INSIDE = re.compile(
    rf"(?P<label>{WHEN}(?:基準値|現状値|従前値|最終目標値?|目標値|目標|計画値|計画|実績値|実績|見込値?"
    r"|達成率|進捗率))[ \u3000]*[:：]?[ \u3000\n]*(?P<value>[^ \u3000\n、。;；]+(?:[ \u3000]?(?:人|件|％|%|回|円|社))?)"
)
FIGURE_LINE = re.compile(r"[0-9０-９]|^[\s\-－―ー‐−–]+$|中$|未")


def split_items(text: str) -> list[str]:
    """Split a cell at the numbers of its items; one piece where there are fewer than two.

    Examples
    --------
    >>> split_items("①来場者数②売上高\\n③雇用者数")
    ['来場者数', '売上高', '雇用者数']
    >>> split_items("・来場者数\\n・売上高")
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
    return name, [(match["label"], match["value"].strip(")）")) for match in found]
