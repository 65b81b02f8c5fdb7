"""A number and its format code -> the text that a Japanese Excel shows.

The width of the column is left aside.
"""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from analysis.intake.day_formats import EXCEL_EPOCH, show_day
from analysis.intake.format_codes import Section, Token, parse_code
from analysis.intake.gather import PRECISION, write_number

GENERAL_WIDTH = 11
ALL_DIGITS = Context(prec=700)  # of any number a spreadsheet holds, beside those behind the point
COMPARE = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


def show_number(number: float, code: str, epoch: datetime = EXCEL_EPOCH) -> str:
    """Show a number, or a day by its number, as Excel does by a format code.

    Parameters
    ----------
    number
        Of a day: how many have passed since the epoch.
    code
        The format code as the workbook holds it, or as format_codes.BUILT_IN has it.
    epoch
        The day 0 of the workbook's days.

    Returns
    -------
    What is seen; empty where the code shows nothing of this number (;;;).

    Examples
    --------
    >>> show_number(-12345.5, "#,##0;▲ #,##0"), show_number(0.883, "0%"), show_number(3, '0"件"')
    ('▲ 12,346', '88%', '3件')
    >>> show_number(43191, '[$-411]ggge"年"'), show_number(8471000, "#,##0,")
    ('平成30年', '8,471')
    """
    exact = Decimal(f"{number:.{PRECISION}g}")
    sections = parse_code(code)
    section, is_bare = _choose(sections, exact)
    value = abs(exact) if is_bare else exact
    if section.shows_day:
        return show_day(float(exact), section, epoch)
    return _show_parts(value, section).strip()


def show_text(text: str, code: str) -> str:
    """Show a text by the section for texts, where a code has one (@"様").

    Examples
    --------
    >>> show_text("市長", '@"様"'), show_text("市長", "0.0"), show_text("市長", ";;;")
    ('市長様', '市長', '')
    """
    sections = parse_code(code)
    if len(sections) < 4 and not any(Token("sign", "@") in section.tokens for section in sections):
        return text
    signs = sections[-1].tokens
    return "".join(text if t == ("sign", "@") else t.text for t in signs if t.kind != "date")


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, bool]:
    """Choose the section of a number, and whether it says the sign of a negative one itself."""
    is_for_text = len(sections) > 1 and Token("sign", "@") in sections[-1].tokens
    numeric = sections[: min(3, len(sections) - is_for_text)]
    if any(section.condition for section in numeric):
        for section in numeric:
            if not section.condition or COMPARE[section.condition[0]](number, section.condition[1]):
                return section, number < 0 and _is_for_negatives(section, numeric[0])
        return numeric[-1], False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    return numeric[2 if number == 0 and len(numeric) > 2 else 0], False


def _is_for_negatives(section: Section, first: Section) -> bool:
    """Whether a section by its condition, or by that of the first, is for negatives only."""
    if section.condition:
        return section.condition[0] in ("<", "<=", "=") and section.condition[1] <= 0
    return first.condition in ((">", Decimal(0)), (">=", Decimal(0)))


def _show_parts(number: Decimal, section: Section) -> str:
    tokens = section.tokens
    if section.has("general") or not section.has("digit"):
        general = _show_general(number)
        return "".join(general if t.kind == "general" or t.text == "@" else t.text for t in tokens)
    sign = "-" if number < 0 else ""
    number = abs(number)
    if section.has("exponent"):
        return sign + _show_exponent(number, tokens)
    if any(t == ("sign", "/") for t in tokens):
        return sign + _show_fraction(number, tokens)
    return sign + _show_decimal(number, tokens)


def _show_general(number: Decimal) -> str:
    """Show a number without a format: in eleven signs, from twelve digits on by powers of ten."""
    size = number.adjusted() if number else 0
    if size >= GENERAL_WIDTH or size < -GENERAL_WIDTH + 2:
        digits, _, power = f"{number:.5e}".partition("e")
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f"{digits}E{power[0]}{int(power[1:]):02d}"
    places = GENERAL_WIDTH - 2 - max(size, 0)
    return write_number(float(_round(number, max(places, 0))))


def _show_decimal(number: Decimal, tokens: tuple[Token, ...]) -> str:
    whole, part = _split_at(tokens, ".")
    digits = [index for index, token in enumerate(whole) if token.kind == "digit"]
    commas = [index for index, token in enumerate(whole) if token == ("sign", ",")]
    is_grouped = any(digits and digits[0] < comma < digits[-1] for comma in commas)
    thousands = _count_thousands(whole) + _count_thousands(part or ())
    percents = sum(token.text in ("%", "％") and token.kind == "sign" for token in tokens)
    places = sum(token.kind == "digit" for token in part or ())
    scaled = number.scaleb(2 * percents - 3 * thousands)
    text = f"{_round(scaled, places):f}"
    before, _, behind = text.partition(".")
    shown = _fill_whole(before.lstrip("0"), whole, is_grouped)
    return shown + ("" if part is None else "." + _fill_part(behind, part))


def _round(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, ALL_DIGITS)


def _count_thousands(tokens: tuple[Token, ...]) -> int:
    """Count the commas right behind the last placeholder: each takes three digits off."""
    signs = "".join(
        "0" if t.kind == "digit" else t.text if t.kind == "sign" else " " for t in tokens
    )
    return len(re.sub(".*0", "", signs)) - len(re.sub(".*0,*", "", signs)) if "0" in signs else 0


def _split_at(
    tokens: tuple[Token, ...], sign: str
) -> tuple[tuple[Token, ...], tuple[Token, ...] | None]:
    found = ("sign", sign)
    if found not in tokens:
        return tokens, None
    place = tokens.index(Token(*found))
    return tokens[:place], tokens[place + 1 :]


def _fill_whole(digits: str, tokens: tuple[Token, ...], is_grouped: bool) -> str:
    """Fill the placeholders before the point from the right; the first takes all that is left."""
    shown: list[str] = []
    left = sum(token.kind == "digit" for token in tokens)
    count = 0
    for token in reversed(tokens):
        if token.kind != "digit":
            shown.append("" if token == ("sign", ",") else token.text)
            continue
        left -= 1
        taken, digits = (digits, "") if left == 0 else (digits[-1:], digits[:-1])
        for digit in reversed(taken or token.text.replace("#", "").replace("?", " ")):
            shown.append("," if is_grouped and count and count % 3 == 0 and digit != " " else "")
            shown.append(digit)
            count += 1
    return digits + "".join(reversed(shown))


def _fill_part(digits: str, tokens: tuple[Token, ...]) -> str:
    """Fill the placeholders behind the point; zeros at the end show only where the code has 0."""
    shown: list[str] = []
    places = iter(range(len(digits)))
    kinds = [token.text for token in tokens if token.kind == "digit"]
    for token in tokens:
        if token.kind != "digit":
            shown.append("" if token == ("sign", ",") else token.text)
            continue
        place = next(places)
        is_needed = digits[place:].strip("0") or "0" in kinds[place:]
        shown.append(digits[place] if is_needed else token.text.replace("#", "").replace("?", " "))
    return "".join(shown)


def _show_exponent(number: Decimal, tokens: tuple[Token, ...]) -> str:
    place = next(index for index, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, power = tokens[:place], tokens[place + 1 :]
    step = max(1, sum(token.kind == "digit" for token in _split_at(mantissa, ".")[0]))
    places = sum(token.kind == "digit" for token in _split_at(mantissa, ".")[1] or ())
    size = Decimal(f"{number:.{places + step - 1}e}").adjusted() // step * step if number else 0
    shown = _show_decimal(number.scaleb(-size), mantissa)
    sign = "-" if size < 0 else tokens[place].text[1].replace("-", "")
    return f"{shown}E{sign}{_show_decimal(Decimal(abs(size)), power)}"


def _show_fraction(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """Show a fraction, # ?/?, by the nearest one whose denominator has as many digits."""
    code = "".join(token.text for token in tokens)
    head, _, below = code.partition("/")
    fixed = re.match("[0-9]+", below.strip())
    digits = len(re.match(r"[#?0]*", below)[0])  # type: ignore[index]
    denominator = int(fixed[0]) if fixed and int(fixed[0]) else 0
    has_whole = re.search(r"[#0?]\s+[#0?]+\s*$", head) is not None
    whole = int(number) if has_whole else 0
    rest = Fraction(number - whole)
    nearest = (
        Fraction(round(rest * denominator), denominator)
        if denominator
        else rest.limit_denominator(10 ** max(digits, 1) - 1)
    )
    if nearest >= 1 and has_whole:
        whole, nearest = whole + 1, Fraction(0)
    above = nearest.numerator * (denominator // nearest.denominator if denominator else 1)
    part = f"{above}/{denominator or nearest.denominator}" if above or not has_whole else ""
    return f"{whole or ('' if part else 0)} {part}".strip()
