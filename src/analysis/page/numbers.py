"""Figures of a table as a reader sees them -> numbers beside them, for a spreadsheet."""

import re
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from analysis.dataset.printed import read_value
from analysis.dataset.single import Value
from analysis.errors import DataError
from analysis.wording.formats import SHORT_UNITS
from analysis.wording.labels import NO_FIGURE, labels

WORDS = labels("page")
FIGURE_CELL = re.compile(WORDS["figure"])  # what a figure looks like in the language
PLAIN = re.compile(r"-?\d+(\.\d+)?")
BEFORE_WORD = re.compile(r"(\D*)([\d,]+(?:\.\d+)?)")


def add_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Set beside each column of figures in words (200件, ▲73.3％, 1.23億円) one of numbers.

    Its name says the unit: yen, written out; per cent; else that of each text. A dash is an
    empty cell. A column with a cell that is not one figure (5 / 7, a range) has none beside it,
    and neither has one whose texts are numbers already.

    Examples
    --------
    >>> add_numbers(pd.DataFrame({"指標": ["来場者"], "率": ["▲7.5％"]})).iloc[0].to_dict()
    {'指標': '来場者', '率': '▲7.5％', '率（数値、％）': -7.5}
    """
    columns: dict[str, pd.Series] = {}
    for n, name in enumerate(table):
        columns[name] = table[name]
        found = None if n == 0 else _read_column(table[name].tolist())
        if found is None:
            continue
        unit, numbers = found
        beside = f"{name}{WORDS[f'numbers_{unit}']}"
        if beside not in table:
            kind = "Int64" if all(n is None or n == n // 1 for n in numbers) else "Float64"
            columns[beside] = pd.Series(numbers, index=table.index, dtype=kind)
    return pd.DataFrame(columns)


def _read_column(cells: list[object]) -> tuple[str, list[float | int | None]] | None:
    """What all figures are of (yen, percent, each), and each as a number; None if not all are."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells) or not all(map(FIGURE_CELL.match, texts)):
        return None
    if all(map(PLAIN.fullmatch, texts)):
        return None
    read: dict[str, Value] = {}
    for text in dict.fromkeys(texts):
        try:
            value = read_value(spell_out(text))
        except DataError:
            return None
        if text != NO_FIGURE and (value.number is None or value.bound != "exact"):
            return None
        read[text] = value
    units = {value.unit for value in read.values() if value.number is not None}
    if not units:
        return None
    is_money = all(v.yen is not None for v in read.values() if v.number is not None)
    unit = "yen" if is_money else "percent" if units == {"%"} else "each"
    return unit, [read[text].yen if is_money else read[text].number for text in texts]


def spell_out(text: str, words: Mapping[str, int] = SHORT_UNITS) -> str:
    """Write an amount with a word that stands apart (million) in digits, as it is read.

    Examples
    --------
    >>> spell_out("¥1.23 million", {" million": 10**6}), spell_out("1.23億円")
    ('¥1,230,000', '1.23億円')
    """
    word = next((word for word in words if word[:1] == " " and text.endswith(word)), "")
    found = BEFORE_WORD.fullmatch(text.removesuffix(word)) if word else None
    if found is None:
        return text
    return f"{found[1]}{Decimal(found[2].replace(',', '')) * words[word]:,.0f}"
