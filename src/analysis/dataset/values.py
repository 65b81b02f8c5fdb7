"""One amount as printed -> number and unit, and money as whole yen.

Public tables print money in 円, 千円, 百万円 or 億円, sometimes mixed in one document, with
commas, in full-width digits, and with △ or ▲ for a minus sign. Whoever copies the unit of the
row above is wrong by a factor of a thousand; so the unit is read from the cell itself.

This is the one grammar of numbers: `printed.py` reads whole cells with it.
"""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from analysis.dataset.kinds import DIGITS_HELD
from analysis.dataset.units import SCALES, SIZE_IN_GROUP, SIZE_OF_GROUP, UNIT, check_unit
from analysis.errors import DataError

YEN_PER_THOUSAND_YEN = 1_000
YEN_PER_TEN_THOUSAND_YEN = 10_000
YEN_PER_MILLION_YEN = 1_000_000
YEN_PER_HUNDRED_MILLION_YEN = 100_000_000
YEN_PER_TRILLION_YEN = 1_000_000_000_000
YEN_PER_UNIT = {
    "円": 1,
    "千円": YEN_PER_THOUSAND_YEN,
    "万円": YEN_PER_TEN_THOUSAND_YEN,
    "百万円": YEN_PER_MILLION_YEN,
    "億円": YEN_PER_HUNDRED_MILLION_YEN,
    "兆円": YEN_PER_TRILLION_YEN,
}
DIGIT_OF_KANJI = {kanji: digit for digit, kanji in enumerate("一二三四五六七八九", start=1)}

# NFKC turns ㎡ into m2, ² into 2 and ① into 1, which would join the digits before them: only
# full-width forms and the radicals that PDFs print for kanji are replaced by it.
COMPATIBLE = re.compile("[\u2e80-\u2fdf\uff00-\uffef]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
WAVE = "〜"
SAME_SIGN = str.maketrans({"～": WAVE, "﹣": "-", "‑": "-", "‐": "-", "−": "-"})

NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?"
SIGNS = {"△": -1, "▲": -1, "-": -1, "マイナス": -1, "+": 1, "プラス": 1, "": 1}
SIGN = r"(?:[△▲] ?|[-+]|マイナス|プラス)"
PART = re.compile(rf"({NUMBER})(?![0-9.,]) ?([十百千]?) ?([万億兆]?) ?")
AMOUNT = re.compile(
    rf"(?P<sign>{SIGN}?)(?P<yen_sign>(?:[¥\\] ?)?)(?P<inner>{SIGN}?)(?P<figure>(?:{PART.pattern})+)"
    rf"(?:つの)?(?P<unit>{UNIT}?)"
)
PER_CENT = 100
AMOUNTS_EXPECTED = "an amount such as 8,571,000, 10,010 千円, 36.7億円, 4億7824万円 or ▲1,110千円"


class Amount(NamedTuple):
    """A number with its unit as printed, and how much it is in the unit without 千, 万 or 億."""

    number: Fraction
    unit: str
    total: Fraction
    base: str

    @property
    def yen(self) -> int | None:
        """The amount in whole yen, or None where the unit is not money."""
        if self.base != "円":
            return None
        if self.total.denominator != 1:
            raise DataError(
                "it is not an amount of whole yen; write the amount in the unit it was rounded to"
            )
        return int(self.total)


def tidy(text: str) -> str:
    """Write a cell in one way: ordinary digits and signs, one blank for blanks and line breaks.

    Examples
    --------
    >>> tidy("１０，０１０　千円 "), tidy("５０㎡"), tidy("46.3％")
    ('10,010 千円', '50㎡', '46.3%')
    """
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).translate(SAME_SIGN)
    plain = COMPATIBLE.sub(lambda run: unicodedata.normalize("NFKC", run[0]), composed)
    return re.sub(r"\s+", " ", plain).strip()


def read_amount(text: str) -> Amount | None:
    """Read a tidied text that is one number and its unit; None where it is something else."""
    found = AMOUNT.fullmatch(text)
    if not found or (found["sign"] and found["inner"]):
        return None
    sign = SIGNS[(found["sign"] or found["inner"]).strip()]
    parts = PART.findall(found["figure"])
    total = _add_parts(parts)
    base = found["unit"].replace(" ", "")
    if not base and re.search("[^0-9] [0-9]", found["figure"]):  # 12万 5 may be two figures
        return None
    if found["yen_sign"].strip():
        base = "円" if base in ("", "円") else None
    if total is None or base is None or (base[:1] in SCALES[1:] and any(parts[-1][1:])):
        return None
    digits, *scale = parts[0]
    number, unit = (total, base) if len(parts) > 1 else (_number(digits), "".join(scale) + base)
    check_unit(float(number), unit, base, apart=found["figure"].endswith(" "))
    return Amount(sign * number, unit, sign * total, base)


def read_yen(text: str) -> int:
    """Read a printed amount as whole yen.

    Parameters
    ----------
    text
        One cell: digits with or without commas, full-width or not, then a unit; a bare number
        is yen. △, ▲ and the minus signs before the number make it negative. Where one amount
        is written in several units they fall from left to right (4億7824万円).

    Returns
    -------
    The amount in yen.

    Raises
    ------
    DataError
        For anything else: an empty cell, words (未公表), a unit that is not money, commas out
        of place, two amounts in one cell, a fraction of a yen. No amount is ever guessed.

    Examples
    --------
    >>> read_yen("10,010 千円"), read_yen("36.7億円"), read_yen("4億7824万円")
    (10010000, 3670000000, 478240000)
    >>> read_yen("▲１，１１０千円")
    -1110000
    """
    if not isinstance(text, str):
        raise DataError(f"{text!r} is not text. read_yen expects {AMOUNTS_EXPECTED}.")
    try:
        amount = read_amount(tidy(text))
        yen = amount and (amount if amount.unit else amount._replace(base="円")).yen
    except DataError:
        yen = None
    if yen is None:
        raise DataError(
            f"{text!r} is not an amount in whole yen. Expected {AMOUNTS_EXPECTED}. Leave "
            "amount_yen empty where no amount is printed, and put the text in amount_printed."
        )
    return yen


def read_kanji_number(text: str) -> int | None:
    """Read a number from 1 to 9999 in kanji; None for anything else, also for 二〇.

    Examples
    --------
    >>> read_kanji_number("三"), read_kanji_number("二十八"), read_kanji_number("百五")
    (3, 28, 105)
    """
    digit = f"[{''.join(DIGIT_OF_KANJI)}]"
    found = re.fullmatch(rf"({digit}?千)?({digit}?百)?({digit}?十)?({digit}?)", text)
    if not text or not found:
        return None
    places = zip(found.groups(default=""), (1_000, 100, 10), strict=False)
    tens = sum(DIGIT_OF_KANJI.get(place[0], 1) * size for place, size in places if place)
    return tens + DIGIT_OF_KANJI.get(found[4], 0)


def _number(digits: str) -> Fraction:
    if len(re.sub("[,.]", "", digits)) > DIGITS_HELD:
        raise DataError("it has more digits than a figure can have; check where it ends")
    return Fraction(digits.replace(",", ""))


def _add_parts(parts: list[tuple[str, str, str]]) -> Fraction | None:
    """Add the parts of one figure (4億7824万, 2千5百万); None where they are not one figure.

    Each part must be smaller than one of the unit before it: 4億78240万 is a misprint.
    """
    if len(parts) > 1 and (parts[0][0] == "0" or any("." in digits for digits, *_ in parts)):
        return None
    total = group = Fraction(0)
    above = limit = None  # what the parts of this group, and the group, must be smaller than
    for digits, small, large in parts:
        part = _number(digits) * SIZE_IN_GROUP[small]
        if limit and (limit == 1 or part >= limit):
            return None
        group, limit = group + part, SIZE_IN_GROUP[small]
        if large:
            size = SIZE_OF_GROUP[large]
            if above and (size >= above or group * size >= above):
                return None
            total, group, above, limit = total + group * size, Fraction(0), size, size
    return total + group if not above or group < above else None
