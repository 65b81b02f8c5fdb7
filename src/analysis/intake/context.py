"""What a publication says around its tables: its year, its unit of money, its status, its marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.dataset.printed_words import STATUS_OF_WORD, any_of
from analysis.dataset.values import YEN_PER_UNIT
from analysis.intake.labels import BRACKETED, SPAN, UNIT_SAID, YEAR, read_label, take_years
from analysis.intake.vocabulary import STATUS_OF_TITLE, compact, is_note

EVALUATING = re.compile("実績|進捗|評価|達成|速報|決算|結果|指標|検証|効果|執行|調書")
EDITION = re.compile("[速確][報定][版値]?")
MARKS_KNOWN = {"p": "preliminary", "r": ""}  # as in the tables of statistics
TIERS = re.compile(
    "上段[:;]?(?:は|に|が)?([^、,。;()]{2,6})[、,;。]?下段[:;]?(?:は|に|が)?([^、,。;()]{2,6})"
)
MEETING = re.compile("会議|委員会|協議会|審議会|第[0-9]+回")
MONEY_SAID = re.compile("(?:金額|事業費|決算額|予算額)[:=]([千百万億]*円)")
CUMULATED = re.compile(r"\([^()]{0,2}\)(?:書き?|内)?は")
MONEY = tuple(YEN_PER_UNIT)
SHORT, LONGEST_TITLE = 30, 80
DONE = re.compile(rf"({YEAR.pattern})(?:の|に)?(?:実施|実績|決算|対象|分|事業分|事後)")
TARGETED = re.compile(rf"(?:評価|実績|調査)?対象年度?[:=]?({YEAR.pattern})")
PLANNING = re.compile("計画期間|策定|改定|制定")
LEGEND = re.compile(
    rf"(?P<mark>[A-Za-z#*+†‡]{{1,2}}|推計?|速|暫|見|確|改)(?:\.\.\.|[:=…]|は)"
    rf"(?P<said>[^、,。:;()]{{0,12}}?(?P<word>{any_of(STATUS_OF_WORD)})|[^、,。:;()]{{0,8}}(?:改[訂定]|修正))"
)
PUBLISHER = re.compile(
    "(?:^|[^一-龥ぁ-んァ-ヶ])(?P<name>(?:北海道|東京都|(?:京都|大阪)府|[一-龥]{2,3}県"
    "|[一-龥ぁ-んァ-ヶ々]{1,5}?[市区町村]))(?![村内民外])"
)
REIWA_NAMED = re.compile("令和|(?<![A-Za-z0-9])R(?:元|[0-9])")
HEISEI_NAMED = re.compile("(?:平成|(?<![A-Za-z0-9])H)(元|[0-9]{1,2})")
LATE_YEAR = re.compile("(?<![0-9.])([1-9][0-9])年度")  # 30年度, its era not said
EARLY_YEAR = re.compile("(?<![0-9.成和HR])(?:元|[1-9])年度(?![間目])")
LAST_OF_HEISEI = 30
NO_PUBLISHER = re.compile("市町村|都道府県|^[本当各同両全]|市区|自治体")


@dataclass
class Context:
    """What holds for a whole file."""

    title: str = ""
    year: int | None = None
    given: bool = False  # whether the year was given, not read
    era: str | None = None
    status: str = ""
    edition: str = ""
    publisher: str = ""
    tiers: tuple[str, ...] = ()  # what two rows of one KPI are: 上段：目標値、下段：実績値
    brackets: bool = False  # whether it says what a second figure in brackets is
    legend: dict[str, str] = field(default_factory=dict)
    money_units: list[tuple[int, str]] = field(default_factory=list)  # by the row it stands in
    corrected: dict[str, str] = field(default_factory=dict)  # of a source's columns, and why

    def unit_above(self, row: int) -> str:
        """The unit of money said nearest above a row, else anywhere."""
        above = [unit for at, unit in self.money_units if at <= row]
        return above[-1] if above else (self.money_units[0][1] if self.money_units else "")


def find_era(texts: Iterable[str]) -> str | None:
    """Find the era in which a publication counts the years up to 14 it prints without one.

    平成30年度, 元年度, 2年度 go on in 令和: who prints 平成30 means no early year of 平成.

    Examples
    --------
    >>> find_era(["平成30年度", "元年度", "2年度"]), find_era(["平成15年度", "14年度"])
    ('令和', '平成')
    """
    joined = compact(" ".join(texts))
    if REIWA_NAMED.search(joined):
        return "令和"
    years = [int(n) for n in HEISEI_NAMED.findall(joined) if n != "元"]
    late = [int(n) for n in LATE_YEAR.findall(joined)]
    if max((*years, *late), default=0) >= LAST_OF_HEISEI and EARLY_YEAR.search(joined):
        return "令和"
    return "平成" if "平成" in joined or years else None


def read_context(
    lines: list[tuple[int, str]], era: str | None, year: int | None, top: int = 0
) -> Context:
    """Read the lines around the tables, each with its row; the first table begins at `top`."""
    said = Context(era=era, year=year, given=year is not None)
    plain = [(row, compact(text), text) for row, text in lines]
    said.legend = dict(MARKS_KNOWN)
    said.title = next((t for _, p, t in plain if len(p) > 6 and not _is_aside(t)), "")
    edition = EDITION.search(said.title)
    said.edition = edition[0] if edition else ""
    for row, text, raw in plain:
        units = [
            *MONEY_SAID.findall(text),
            *UNIT_SAID.findall(text),
            *(BRACKETED.findall(text) if len(text) < SHORT else ()),
        ]
        said.money_units += [(row, u) for u in (u.rstrip(")】].。") for u in units) if u in MONEY]
        if found := TIERS.search(text):
            fields = tuple(read_label(word).field for word in found.groups())
            said.tiers = fields if all(fields) else ()
        said.brackets = said.brackets or bool(CUMULATED.search(text))
        for found in LEGEND.finditer(text):
            said.legend[found["mark"]] = STATUS_OF_WORD.get(found["word"] or "", "")
        if not is_note(raw):
            for word, status in STATUS_OF_TITLE.items():
                if word in text and not LEGEND.search(text):
                    said.status = said.status or status
        named = PUBLISHER.search(raw)
        if named and not said.publisher and not NO_PUBLISHER.search(named["name"]):
            said.publisher = named["name"]
    if said.year is None:
        above = [line for line in plain if line[0] < top]
        said.year = _find_year(above, era) or _find_year(plain, era)
    return said


def find_year(lines: list[tuple[int, str]], era: str | None) -> int | None:
    """Find the year whose results some lines tell of, each with its row."""
    return _find_year([(row, compact(text), text) for row, text in lines], era)


def _is_aside(text: str) -> bool:
    """Whether a line is no title: a note, or all in brackets."""
    return is_note(text) or bool(BRACKETED.fullmatch(compact(text)))


def _find_year(plain: list[tuple[int, str, str]], era: str | None) -> int | None:
    """Find the year whose results are told: in a line that speaks of results, else in any title."""
    found: list[tuple[int, int]] = []
    for _row, text, raw in plain:
        if is_note(raw) or PLANNING.search(text) or "。" in text or len(text) > LONGEST_TITLE:
            continue
        rest = SPAN.sub("", text)
        if not YEAR.search(rest):
            continue
        done = DONE.search(rest) or TARGETED.search(rest)
        years = take_years(done[1] if done else rest, era)[1]
        if years and years[0] == years[1]:
            if MEETING.search(text):
                continue  # the year of a meeting is not that of the results it hears of
            is_day = re.search("[0-9]月|現在|作成|[0-9]日", rest)
            rank = (
                -1
                if done
                else 0
                if EVALUATING.search(text) and "年度" in text
                else (2 if is_day else 1)
            )
            found.append((rank, years[0]))
    best = min(reversed(found), default=None, key=lambda pair: pair[0])  # the nearest the table
    return best[1] if best and best[0] < 2 else None
