"""One figure with the words and signs around it -> its value.

What stands beside a figure decides what it is: 推 a status, 以上 a bound, ～ a range, 千円 a unit.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.dataset import printed_words as words
from analysis.dataset.units import CALENDAR_YEARS, COUNTERS
from analysis.dataset.values import NUMBER, SIGN, WAVE, Amount, read_amount, read_kanji_number
from analysis.errors import DataError

LABELS = words.any_of((*words.NOTED_BEFORE, *words.STATUS_OF_WORD))
SILENT = r"金(?=[¥0-9])|第(?=[0-9]+位$)"  # 金1,000円, 第3位
WORD_BEFORE = re.compile(
    rf"(?P<word>{words.YEAR}(?= ?:)|{words.YEAR}(?<=年度)|{SILENT}|{LABELS}) ?:? ?"
)
WORD_BEHIND = re.compile(
    rf" ?(?P<word>{words.any_of({*words.STATUS_OF_WORD} - {*words.NO_STATUS_BEHIND})})$"
)
LEADING_BOUND = re.compile(rf"({words.any_of(words.BOUND_BEFORE)}) ?")
TRAILING_BOUND = re.compile(rf" ?({words.any_of(words.BOUND_BEHIND)})$")
ODD = re.compile("(?<=[0-9十百千万億兆])余(?=[^0-9り])")  # 100余人
ZERO = re.compile(rf"(?:ゼロ|零)((?:{words.any_of(COUNTERS)}|%)?)")
KANJI = re.compile(  # 三社, 二十件; but 千人 and 百件 are units
    r"(?![百千](?![一二三四五六七八九十百]))([一二三四五六七八九十百千]+)"
    rf"((?:{words.any_of(words.COUNTED_IN_KANJI)})(?:以上|以下|以内|未満)?)"
)
LABELLED = re.compile(rf"({words.any_of(words.NOTED_BEFORE)}) (?=[0-9])")
SPLIT_SHARE = re.compile(rf"^({SIGN}?[0-9]+)(?:・|\. )([0-9]) ?(?={words.SHARES}$)")
FROM_TO = re.compile(rf"(?P<low>.+?) ?(?P<from>) ?[{WAVE}~] ?(?P<high>.+?) ?(?P<to>)")
HYPHEN = re.compile(rf"(?P<low>{NUMBER})(?P<from>) ?[-–] ?(?P<high>{NUMBER}[^0-9]*)(?P<to>)")
BETWEEN = re.compile(
    rf"(?P<low>.+?) ?(?P<from>以上|超え?|を超え) ?[{WAVE}~、,]? ?(?P<high>.+?) ?"
    "(?P<to>以下|以内|未満|まで)"
)


@dataclass(frozen=True)
class Value:
    """One printed cell as read.

    Attributes
    ----------
    number, upper
        The figure in its unit, and the other end of a range; None where none is printed.
    unit
        As printed (千円, 万人, ㎡, %), full-width forms as ordinary ones; "" if none. A figure in
        several units (1万2600回, 4億7824万円) is added up, and has the unit without 万 or 億.
    yen
        The figure in whole yen where the unit is money; of a range its low end. A price for each
        of something (万円/年) is not an amount of money and has none.
    status
        final, preliminary 速報, estimated 推計・見込, planned 計画値・予定; and without a figure
        pending 集計中, unpublished 未公表, not_surveyed 今年度未調査, not_set "-", not_in_source
        (an empty cell).
    bound
        exact, at_least 以上, above 超, at_most 以下, below 未満, about 約, range 696～890.
    note
        What else stands in the cell: remarks in brackets, ※, the year of the figure.
    parts
        The other values of a compound cell, in order: 3社 (7社). Each `printed` is its piece.
    printed
        The text untouched.
    """

    number: float | None = None
    upper: float | None = None
    unit: str = ""
    yen: int | None = None
    status: str = "final"
    bound: str = "exact"
    note: str = ""
    parts: tuple["Value", ...] = ()
    printed: str = ""


def read_single(text: str) -> Value | None:
    """Read one figure with the words of status, bound and note at its ends; None if it is none."""
    rest, status, note = _take_words(_write_digits(text))
    if value := _read_range(rest):
        return replace(value, status=status, note=join_notes(note, value.note), printed=text)
    rest, bound = _take_bound(rest)
    rest, inner, note = _take_words(rest, status, note)
    amount = read_amount(rest)
    if not amount:
        return None
    return replace(_as_value(amount), status=inner, bound=bound, note=note, printed=text)


def _write_digits(text: str) -> str:
    """Write kanji numbers, ゼロ and split digits as digits where nothing else can be meant."""
    if found := ZERO.fullmatch(text):
        return f"0{found[1]}"
    if found := KANJI.fullmatch(text):
        number = read_kanji_number(found[1])
        return text if number is None else f"{number}{found[2]}"
    return re.sub(r"[0-9.,]+(?: [0-9.,]+)+", _join_digits, SPLIT_SHARE.sub(r"\1.\2", text))


def _join_digits(found: re.Match[str]) -> str:
    """Join digits that a PDF has split, if no piece but the whole is a number: "10, 010"."""
    pieces = found[0].split()
    whole = "".join(pieces)
    several = all(re.fullmatch(NUMBER, piece.rstrip(".,")) for piece in pieces)
    if not re.fullmatch(NUMBER, whole) or whole.isdecimal() or (several and pieces[0] != "0."):
        return found[0]
    return whole


def _take_words(text: str, status: str = "final", note: str = "") -> tuple[str, str, str]:
    """Take words of status and of what is counted off both ends of a figure."""
    while found := WORD_BEFORE.match(text) or WORD_BEHIND.search(text):
        word, text = found["word"], text[: found.start()] + text[found.end() :]
        if word in words.STATUS_OF_WORD:
            status = agree_on_status(status, words.STATUS_OF_WORD[word])
        elif not re.fullmatch("[金第]", word):
            note = join_notes(note, word)
    return text, status, note


def _take_bound(text: str) -> tuple[str, str]:
    """Take the one bound off either end of a figure: 約, 以上, ≧."""
    bounds = ["about"] if ODD.search(text) else []
    text = ODD.sub("", text)
    if found := LEADING_BOUND.match(text):
        bounds.append(words.BOUND_BEFORE[found[1]])
        text = text[found.end() :]
    if found := TRAILING_BOUND.search(text):
        word = found[1]
        bounds.append(words.BOUND_BEHIND[word])
        text = text[: found.start()] + (word[0] if word[-1] in "台強弱" else "")
    if len(bounds) > 1:
        raise DataError("it has two bounds; write one, and the other in a note")
    return text, bounds[0] if bounds else "exact"


def _read_range(text: str) -> Value | None:
    """Read 696〜890, 5%〜10% and 100以上200未満; the ends rise and have one unit."""
    found = BETWEEN.fullmatch(text) or FROM_TO.fullmatch(text) or HYPHEN.fullmatch(text)
    high = read_amount(found["high"]) if found else None
    low = read_amount(found["low"]) if found else None
    if not found or not low or not high:
        return None
    if re.fullmatch(rf"{SIGN}?{NUMBER}", found["low"]):  # 100〜200万円: the unit stands once
        added_up = high.unit == high.base and re.search("[千万億兆]", found["high"])
        low = None if added_up else read_amount(found["low"] + high.unit)
    elif low.unit + high.base == high.unit:
        low = low._replace(unit=high.unit, base=high.base)
    if not low or low.unit != high.unit:
        raise DataError("the ends of its range have two units; write both in one unit")
    if low.number >= high.number:
        raise DataError("its range does not rise; check its ends, or write one figure")
    if re.fullmatch(r"[0-9]{4}[^0-9]+[0-9]{4}", text) and high.number in CALENDAR_YEARS:
        raise DataError("it may be a span of years; write figures with commas or a unit")
    closed = found["from"] in ("", "以上") and found["to"] in ("", "以下", "以内", "まで")
    note = "" if closed else f"{found['from']} {found['to']}"
    return replace(_as_value(low), upper=_as_float(high.number), bound="range", note=note)


def _as_value(amount: Amount) -> Value:
    return Value(number=_as_float(amount.number), unit=amount.unit, yen=amount.yen)


def _as_float(number: Fraction) -> float:
    held = float(number)
    if Fraction(repr(held)) != number:
        raise DataError("it has more digits than a figure can hold; check where it ends")
    return held


def join_notes(note: str, text: str) -> str:
    """Put one note behind another, with a blank between them."""
    return f"{note} {text}".strip()


def agree_on_status(one: str, other: str) -> str:
    """Keep the status that is not final; refuse two that differ."""
    if "final" not in (one, other) and one != other:
        raise DataError(f"it is called both {one} and {other}; keep one of the words")
    return other if one == "final" else one
