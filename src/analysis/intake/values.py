"""One printed cell -> a figure: amounts of money for now.

Public tables print money in 円, 千円, 百万円 or 億円, sometimes mixed in one document, with
commas, in full-width digits, and with △ or ▲ for a minus sign. Whoever copies the unit of the
row above is wrong by a factor of a thousand; so the unit is read from the cell itself.
"""

import re
import unicodedata
from decimal import Decimal

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
MINUS_SIGNS = "△▲−‐-"
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
UNIT = "(?:兆|億|百万|万|千)"
PART = re.compile(rf"({NUMBER})\s*({UNIT}?)\s*")
AMOUNT = re.compile(
    rf"(?=.*[0-9])([{MINUS_SIGNS}]?)\s*((?:{NUMBER}\s*{UNIT}\s*)*(?:{NUMBER}\s*)?)(円?)"
)
EXPECTED = "an amount such as 8,571,000, 10,010 千円, 36.7億円, 4億7824万円 or ▲1,110千円"


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
        raise DataError(f"{text!r} is not text. read_yen expects {EXPECTED}.")
    amount = AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    yen = _add_parts(PART.findall(amount[2]), amount[3]) if amount else None
    if amount is None or yen is None:
        raise DataError(
            f"{text!r} is not an amount in whole yen. Expected {EXPECTED}. Leave amount_yen empty "
            "where no amount is printed, and put the text in amount_printed."
        )
    return -yen if amount[1] else yen


def _add_parts(parts: list[tuple[str, str]], yen_sign: str) -> int | None:
    """Add the parts of one amount; None where they are not one amount of whole yen."""
    if len(parts) > 1 and any("." in digits for digits, _ in parts):
        return None
    total, larger = Decimal(0), None
    for digits, unit in parts:
        size = YEN_PER_UNIT[f"{unit}円"]
        part = Decimal(digits.replace(",", "")) * size
        if (unit and not yen_sign) or (larger and (size >= larger or part >= larger)):
            return None
        total, larger = total + part, size
    return int(total) if total == int(total) else None
