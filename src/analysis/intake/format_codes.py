"""A format code of Excel -> its sections, each of signs.

A code has up to four sections (positive;negative;zero;text), each of placeholders (0 # ?),
literals, and what scales or parts the number (% , . E+ /), or of letters of dates. Colours are
left aside, and so is what only fills or pads (*x, _x).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

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
SYSTEM_DAY = re.compile(r"^\[\$-F800\].*", re.IGNORECASE)  # the long date of the country

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<elapsed>[hH]+|[mM]+|[sS]+)\]|\[[^\]]*\]|(?P<general>General|G/標準)"
    r"|(?P<half_day>AM/PM|A/P|上午/下午|午前/午後)|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[gG]+|[eE]+|[aA]{3,4}|[rR]+)"
    r"|(?P<digit>[0#?])|(?P<sign>[.,%％/@])|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
LITERALS = ("quoted", "escaped", "money", "plain")
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")


class Token(NamedTuple):
    """One sign of a section: its kind (literal, digit, sign, date …) and its text."""

    kind: str
    text: str


class Section(NamedTuple):
    """One section of a code, and the numbers it is for where it says so: [>=1000]."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    names_first_year: bool  # the first year of an era is 元年

    def has(self, *kinds: str) -> bool:
        """Whether a sign of one of these kinds is in it."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def shows_day(self) -> bool:
        """Whether it shows a day or a time."""
        return self.has("date", "elapsed", "half_day") and not self.has("digit")


def is_for_days(code: str) -> bool:
    """Whether a code shows numbers as days or times.

    Examples
    --------
    >>> is_for_days("yyyy/m/d"), is_for_days('0"日"'), is_for_days("[Red]0.0")
    (True, False, False)
    """
    return parse_code(code)[0].shows_day


@lru_cache(maxsize=1000)
def parse_code(code: str) -> tuple[Section, ...]:
    """Part a code into its sections.

    Examples
    --------
    >>> [[token.text for token in section.tokens] for section in parse_code('0"人";▲0')]
    [['0', '人'], ['▲', '0']]
    """
    sections, tokens, raw = [], list[Token](), ""
    for found in TOKEN.finditer(SYSTEM_DAY.sub(BUILT_IN[31], code)):
        if found["plain"] == ";":
            sections.append(_make_section(tokens, raw))
            tokens, raw = [], ""
            continue
        raw += found[0]
        kind = found.lastgroup
        if kind:
            tokens.append(Token("literal" if kind in LITERALS else kind, found[kind]))
    return (*sections, _make_section(tokens, raw))


def _make_section(tokens: list[Token], raw: str) -> Section:
    found = CONDITION.search(raw)
    condition = (found[1], Decimal(found[2])) if found else None
    return Section(tuple(tokens), condition, "gannen" in raw)
