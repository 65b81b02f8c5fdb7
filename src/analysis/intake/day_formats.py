"""A day by its number and a format code's section -> the text that a Japanese Excel shows."""

from datetime import date, datetime, timedelta

from analysis.dataset.years import ERA_OF_LETTER, ERAS
from analysis.intake.format_codes import Section, Token

FIRST_DAYS = (1, 30, 25, 8, 1)  # of each era in its first month, as ERAS lists them
ERA_LETTERS = {name: letter for letter, name in ERA_OF_LETTER.items()}
WEEKDAYS = "月火水木金土日"
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
SECONDS_A_DAY = 86_400
DAYS = 2_958_466  # up to the end of 9999
NO_DAY = "###########"  # what stands for a day before the first, or after the last
EXCEL_EPOCH = datetime(1899, 12, 30)


def show_day(number: float, section: Section, epoch: datetime = EXCEL_EPOCH) -> str:
    """Show a day or a time, given as the number of days since the epoch.

    Examples
    --------
    >>> from analysis.intake.format_codes import parse_code
    >>> show_day(43191.5, parse_code("yyyy/m/d h:mm")[0])
    '2018/4/1 12:00'
    """
    if not 0 <= number < DAYS:
        return NO_DAY
    seconds = round(number * SECONDS_A_DAY)
    is_early = epoch == EXCEL_EPOCH and number < 60  # Excel has a 29 February 1900
    moment = epoch + timedelta(days=is_early, seconds=seconds)
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
            shown.append(str(seconds // unit).zfill(len(letters)))
        elif token.kind == "date" and letters[0] == "m" and _means_minutes(tokens, index):
            shown.append(str(moment.minute).zfill(len(letters)))
        elif token.kind == "date":
            shown.append(_show_date_part(letters, moment, is_halved, section.names_first_year))
        else:
            shown.append(token.text)
    return "".join(shown).strip()


def _means_minutes(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether m stands behind hours or before seconds."""

    def nearest(others: tuple[Token, ...]) -> str:
        dates = (t.text[0].lower() for t in others if t.kind in ("date", "elapsed"))
        return next(dates, "")

    return nearest(tokens[:index][::-1]) == "h" or nearest(tokens[index + 1 :]) == "s"


def _show_date_part(letters: str, moment: datetime, is_halved: bool, names_first_year: bool) -> str:
    kind, width = letters[0], len(letters)
    if kind in "ger":
        return _show_era(letters, moment.date(), names_first_year)
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


def _show_era(letters: str, day: date, names_first_year: bool) -> str:
    """Show the era (g letter, gg first kanji, ggg name), its year (e, ee), or both (r, rr)."""
    name, year = find_era(day)
    if letters[0] == "g":
        return {1: ERA_LETTERS[name], 2: name[0]}.get(len(letters), name)
    number = "元" if names_first_year and year == 1 else str(year)
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
