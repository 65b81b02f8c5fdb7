"""A number and its format code -> the text that a Japanese Excel shows.

A code has up to four sections (positive;negative;zero;text), each of placeholders (0 # ?),
literals, and what scales or parts the number (% , . E+ /), or of letters of dates. Colours and
the width of the column are left aside; what only fills or pads (*x, _x) shows nothing.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from analysis.dataset.years import ERA_OF_LETTER, ERAS
from analysis.intake.gather import PRECISION, write_number

# What the numbers of formats mean in Japan where a workbook does not spell them out.
ERA_SHORT, ERA_LONG = "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"'
YEAR_MONTH, MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN = {
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00",
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 57), ERA_SHORT),
    **dict.fromkeys((28, 29, 51, 54, 58), ERA_LONG),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), YEAR_MONTH),
    **dict.fromkeys((35, 53, 56), MONTH_DAY),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-";@',
    42: '¥#,##0;¥-#,##0;¥"-";@',
    43: '#,##0.00;-#,##0.00;"-";@',
    44: '¥#,##0.00;¥-#,##0.00;¥"-";@',
}
FIRST_DAYS = (1, 30, 25, 8, 1)  # of each era in its first month, as ERAS lists them
ERA_LETTERS = {name: letter for letter, name in ERA_OF_LETTER.items()}
WEEKDAYS = "月火水木金土日"
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
GENERAL_WIDTH = 11
EXCEL_EPOCH = datetime(1899, 12, 30)

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<elapsed>[hH]+|[mM]+|[sS]+)\]|\[[^\]]*\]|(?P<general>General|G/標準)"
    r"|(?P<half_day>AM/PM|A/P|上午/下午|午前/午後)|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[gG]+|[eE]+|[aA]{3,4}|[rR]+)"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%％/@])|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
COMPARE = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


class Token(NamedTuple):
    """One sign of a section: its kind (literal, digit, sign, date …) and its text."""

    kind: str
    text: str


class Section(NamedTuple):
    """One section of a code, and the numbers it is for where it says so: [>=1000]."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    counts_from_one: bool  # the first year of an era is 元年

    def has(self, *kinds: str) -> bool:
        """Whether a sign of one of these kinds is in it."""
        return any(token.kind in kinds for token in self.tokens)


def show_number(number: float, code: str, epoch: datetime = EXCEL_EPOCH) -> str:
    """Show a number, or a day by its number, as Excel does by a format code.

    Parameters
    ----------
    number
        Of a day: how many have passed since the epoch.
    code
        The format code as the workbook holds it, or as BUILT_IN has it.
    epoch
        The day 0 of the workbook's days.

    Returns
    -------
    What is seen; empty where the code shows nothing of this number (;;;).

    Examples
    --------
    >>> show_number(-12345.5, "#,##0;▲ #,##0"), show_number(0.883, "0%"), show_number(3, '0"件"')
    ('▲ 12,346', '88%', '3件')
    >>> show_number(43191, BUILT_IN[28]), show_number(8471000, "#,##0,")
    ('平成30年4月1日', '8,471')
    """
    exact = Decimal(f"{number:.{PRECISION}g}")
    sections = parse_code(code)
    section, is_bare = _choose(sections, exact)
    value = abs(exact) if is_bare else exact
    if section.has("date", "elapsed", "half_day") and not section.has("digit"):
        return _show_day(float(exact), section, epoch)
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


@lru_cache(maxsize=1000)
def parse_code(code: str) -> tuple[Section, ...]:
    """Part a code into its sections."""
    sections, tokens, raw = [], list[Token](), ""
    for found in TOKEN.finditer(code + ";"):
        if found["plain"] != ";":
            raw += found[0]
            kind = found.lastgroup
            text = found[kind] if kind else ""
            if kind in ("quoted", "escaped", "money", "plain"):
                kind = "literal"
            if kind:
                tokens.append(Token(kind, text))
            continue
        condition = CONDITION.search(raw)
        limit = (condition[1], Decimal(condition[2])) if condition else None
        sections.append(Section(tuple(tokens), limit, "gannen" in raw))
        tokens, raw = [], ""
    return tuple(sections)


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, bool]:
    """Choose the section of a number, and whether it says the sign of a negative one itself."""
    numeric = sections[:3]
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
    rounded = number.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP)
    return write_number(float(rounded))


def _show_decimal(number: Decimal, tokens: tuple[Token, ...]) -> str:
    whole, part = _split_at(tokens, ".")
    digits = [index for index, token in enumerate(whole) if token.kind == "digit"]
    commas = [index for index, token in enumerate(whole) if token == ("sign", ",")]
    is_grouped = any(digits and digits[0] < comma < digits[-1] for comma in commas)
    thousands = _count_thousands(whole) + _count_thousands(part or ())
    percents = sum(token.text in ("%", "％") and token.kind == "sign" for token in tokens)
    places = sum(token.kind == "digit" for token in part or ())
    scaled = number.scaleb(2 * percents - 3 * thousands)
    text = f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    before, _, behind = text.partition(".")
    shown = _fill_whole(before.lstrip("0"), whole, is_grouped)
    return shown + ("" if part is None else "." + _fill_part(behind, part))


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
    size = number.adjusted() // step * step if number else 0
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
        else rest.limit_denominator(10**digits - 1)
    )
    if nearest >= 1 and has_whole:
        whole, nearest = whole + 1, Fraction(0)
    above = nearest.numerator * (denominator // nearest.denominator if denominator else 1)
    part = f"{above}/{denominator or nearest.denominator}" if above or not has_whole else ""
    return f"{whole or ('' if part else 0)} {part}".strip()


def _show_day(number: float, section: Section, epoch: datetime) -> str:
    if number < 0:
        return "#" * GENERAL_WIDTH
    if epoch == EXCEL_EPOCH and number < 60:  # Excel has a 29 February 1900
        number += 1
    moment = epoch + timedelta(seconds=round(number * 86_400))
    tokens = section.tokens
    is_halved = section.has("half_day")
    shown = []
    for index, token in enumerate(tokens):
        letters = token.text.lower()
        if token.kind == "half_day":
            morning, _, afternoon = token.text.partition("/")
            shown.append(morning if moment.hour < 12 else afternoon)
        elif token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[letters[0]]
            shown.append(str(round(number * 86_400) // unit).zfill(len(letters)))
        elif token.kind == "date" and letters[0] == "m" and _means_minutes(tokens, index):
            shown.append(str(moment.minute).zfill(len(letters)))
        elif token.kind == "date":
            shown.append(_show_date_part(letters, moment, is_halved, section.counts_from_one))
        else:
            shown.append(token.text)
    return "".join(shown).strip()


def _means_minutes(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether m stands behind hours or before seconds."""

    def nearest(others: tuple[Token, ...]) -> str:
        dates = (t.text[0].lower() for t in others if t.kind in ("date", "elapsed"))
        return next(dates, "")

    return nearest(tokens[:index][::-1]) == "h" or nearest(tokens[index + 1 :]) == "s"


def _show_date_part(letters: str, moment: datetime, is_halved: bool, counts_from_one: bool) -> str:
    kind, width = letters[0], len(letters)
    if kind in "ger":
        return _show_era(letters, moment.date(), counts_from_one)
    if kind == "y":
        return f"{moment.year % 100:02d}" if width < 3 else f"{moment.year:04d}"
    if kind == "a":
        return WEEKDAYS[moment.weekday()] + ("曜日" if width > 3 else "")
    if kind == "h":
        return str((moment.hour % 12 or 12) if is_halved else moment.hour).zfill(min(width, 2))
    if kind == "s":
        return str(moment.second).zfill(min(len(letters.partition(".")[0]), 2))
    number = moment.month if kind == "m" else moment.day
    if width < 3:
        return str(number).zfill(width)
    names = ENGLISH_MONTHS if kind == "m" else ENGLISH_DAYS
    name = names.split()[number - 1 if kind == "m" else moment.weekday()]
    return {3: name[:3], 5: name[0]}.get(width, name)


def _show_era(letters: str, day: date, counts_from_one: bool) -> str:
    """Show the era (g letter, gg first kanji, ggg name), its year (e, ee), or both (r, rr)."""
    name, year = find_era(day)
    if letters[0] == "g":
        return {1: ERA_LETTERS[name], 2: name[0]}.get(len(letters), name)
    number = "元" if counts_from_one and year == 1 else str(year)
    if letters[0] == "r":
        return (name if len(letters) > 1 else "") + number
    return number.zfill(len(letters)) if number.isdigit() else number


def find_era(day: date) -> tuple[str, int]:
    """Find the era of a day and the year in it.

    Examples
    --------
    >>> find_era(date(2019, 4, 30)), find_era(date(2019, 5, 1))
    (('平成', 31), ('令和', 1))
    """
    for (name, era), first in reversed(list(zip(ERAS.items(), FIRST_DAYS, strict=True))):
        if day >= date(era.before + 1, era.first_month, first):
            return name, day.year - era.before
    return next(iter(ERAS)), day.year - ERAS[next(iter(ERAS))].before
