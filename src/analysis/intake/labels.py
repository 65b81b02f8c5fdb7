"""One header or line label -> what the cells under or beside it are.

令和5年度目標値（％） names a column of our tables, a fiscal year and a unit. Of several headers
above one cell each adds what it says.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analysis.dataset.units import KNOWN_UNITS, UNIT
from analysis.dataset.years import ERA, read_fiscal_years
from analysis.errors import DataError
from analysis.intake.vocabulary import TOTALS, WORDS, compact

YEAR = re.compile(
    rf"(?:(?:{ERA})\.?(?:元|[0-9]{{1,2}})|(?:FY|西暦)?(?:19|20)[0-9]{{2}}(?![0-9,])"
    r"|(?<![0-9.])(?:元|[0-9]{1,2})(?=年度)|(?<=年度\()[0-9]{1,2}(?=\)))(?![0-9])"
    r"(?:年度|年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[./][0-9]{1,2}(?![0-9]))?"
    r"(?:\((?:19|20)[0-9]{2}年?度?\)|\((?:[MTSHR]|平成|令和)(?:元|[0-9]{1,2})年?度?\))?"
)
SPAN = re.compile(
    rf"(?:{YEAR.pattern}|(?<![0-9])[0-9]{{1,2}})\s*[〜~–—-]\s*(?:{YEAR.pattern}|[0-9]{{1,2}}年度?)"
)
BRACKETED = re.compile(r"\(([^()]*)\)")
UNIT_SAID = re.compile(r"単位[:;]?([^()、,\s]+)")
NUMBERED = re.compile(r"^(?:[①-⑳⑴-⒇❶-❿]|\(?[0-9]{1,2}[).．]|[0-9]{1,2}-[0-9]{1,2}(?=[^0-9]))+")
INDEX = re.compile(r"(?:[①-⑳]|[0-9]{1,2}|(?<=指標)[ア-ンA-Z])$")
AROUND = re.compile(
    r"^(?:の|・|:|,|、|/|-|における|及び|および|[※*]+)+|(?:の|・|:|,|、|/|[※*]+|欄|等)+$"
)
HEISEI, LAST_OF_REIWA = "平成", 14  # no year of 令和 beyond it is printed without its era
PAIR = 2
LONGEST = 40  # longer texts are sentences
BESIDE = ("department", "unit", "program", "project", "kpi")
YEAR_OF = {
    "baseline": "baseline_year",
    "present": "baseline_year",
    "actual": "actual_year",
    "target": "final_year",
    "final_target": "final_year",
}
AHEAD = ("planned", "initial")
SETTLED_BY = {"actual": "settled", "target": "planned"}
SHIFTS = {"前年度": -1, "昨年度": -1, "前年": -1, "翌年度": 1, "次年度": 1, "来年度": 1}
NAME_WORDS = ("名称", "名", "指標名")
NAMES = ("program", "project", "kpi", "department", "policy_group", "government", "unit")


@dataclass(frozen=True)
class Label:
    """What a header says of its cells; empty where it says nothing.

    `years` are the first and the last fiscal year it names, `unit` the unit, `index` the number of
    a pair of several (指標2), `beside` the field of what stands in brackets in its cells,
    `is_whole` whether every character was understood, `part` whether it is a part (うち),
    `unclear` whether other columns say the same, and nothing tells their years apart, and
    `is_shared` whether its cell is merged over several KPIs.
    """

    text: str = ""
    word: str = ""
    field: str = ""
    kind: str = ""
    nature: str = ""
    kpi_kind: str = ""
    rated_by: str = ""
    status: str = ""
    years: tuple[int, int] | None = None
    unit: str = ""
    index: int = 0
    pair: tuple[str, ...] = ()
    beside: str = ""
    part: bool = False
    shift: int = 0
    unclear: bool = False
    is_shared: bool = False
    is_loose: bool = False
    is_whole: bool = False

    @property
    def year(self) -> int | None:
        """The one year it names."""
        return self.years[0] if self.years and self.years[0] == self.years[1] else None

    @property
    def says_anything(self) -> bool:
        """Whether a word or a year of it is known."""
        return bool(self.field or self.years or self.kind)


@lru_cache(maxsize=4096)
def read_label(text: str, era: str | None = None) -> Label:
    r"""Read a header or line label.

    Examples
    --------
    >>> label = read_label("H22の\n目標値")
    >>> label.field, label.year, label.is_whole
    ('target', 2010, True)
    >>> label = read_label("決算額(千円)")
    >>> label.field, label.kind, label.unit
    ('amount', 'settled', '千円')
    """
    plain = compact(text)
    if not plain or len(plain) > LONGEST:
        return Label(text=text)
    plain, unit = _take_unit(plain)
    plain, years = take_years(plain, era)
    unclear = years is None and bool(YEAR.search(plain))  # 4年度, its era said nowhere
    plain = NUMBERED.sub("", plain)
    core, beside = _take_brackets(plain)
    core, index = _take_index(core)
    found = _as_label(plain, whole=True) if plain in WORDS else _match(core)
    if not found.is_whole and core[:1].isdigit():
        found = _match(AROUND.sub("", core.lstrip("0123456789")))
    whole = found.is_whole or not core
    pair = tuple(WORDS[w]["field"] for w in core.split("/") if w in WORDS)
    if len(pair) == PAIR and {*pair} <= {"actual", "target", "baseline", "final_target"}:
        found = replace(found, field="pair", pair=pair)
    said = replace(found, text=text, years=years, unit=unit, index=index, is_whole=whole)
    said = replace(said, unclear=unclear)
    return _add_beside(said, beside, alone=not core or core in TOTALS)


@contextmanager
def using_words(words: dict[str, dict[str, Any]]) -> Iterator[None]:
    """Know more words of headers for a while: those of a profile."""
    own = {compact(word): rule for word, rule in words.items()}
    before = {word: WORDS[word] for word in own if word in WORDS}
    try:
        WORDS.update(own)
        read_label.cache_clear()
        yield
    finally:
        for word in own.keys() - before.keys():
            del WORDS[word]
        WORDS.update(before)
        read_label.cache_clear()


def take_years(plain: str, era: str | None = None) -> tuple[str, tuple[int, int] | None]:
    """Take the years out of a compact text: the rest, and the first and last of them."""
    found = SPAN.search(plain) or YEAR.search(plain)
    if not found:
        return plain, None
    try:
        first, last = read_fiscal_years(found[0], _era_of(found[0], era))
    except DataError:
        return plain, None
    if first is None or last is None:
        return plain, None
    return (plain[: found.start()] + plain[found.end() :]).replace("()", ""), (first, last)


def _era_of(text: str, era: str | None) -> str | None:
    """The era of a year printed without one: 25年度 was no year of 令和 when anybody printed it."""
    bare = re.match("[0-9]{1,2}", text)
    return HEISEI if bare and int(bare[0]) > LAST_OF_REIWA else era


def _take_unit(plain: str) -> tuple[str, str]:
    """Take a unit in brackets, or 単位：千円, out of a header."""
    if said := UNIT_SAID.search(plain):
        return (plain[: said.start()] + plain[said.end() :]).replace("()", ""), said[1]
    for found in BRACKETED.finditer(plain):
        if is_unit(found[1]):
            return plain[: found.start()] + plain[found.end() :], found[1]
    return plain, ""


def is_unit(text: str) -> bool:
    """Whether a compact text is a unit: 千円, %, ha/年, 千ha."""
    pieces = re.split("[/・]", text)
    return all(p in KNOWN_UNITS or _is_scaled(p) for p in pieces) and bool(text)


def _is_scaled(piece: str) -> bool:
    return piece[:1] in "千百万億" and piece[1:] in KNOWN_UNITS and bool(re.fullmatch(UNIT, piece))


def _take_brackets(plain: str) -> tuple[str, list[str]]:
    inner = BRACKETED.findall(plain)
    return AROUND.sub("", BRACKETED.sub("", plain)), inner


def _take_index(core: str) -> tuple[str, int]:
    found = INDEX.search(core)
    if not found or found.start() == 0:
        return core, 0
    number = int(found[0]) if found[0].isdecimal() else ord(found[0])
    return AROUND.sub("", core[: found.start()]), number


def _match(core: str) -> Label:
    """Find the longest known word a header is, ends in or holds; what stands before adds to it."""
    part = core.startswith("うち") and core not in WORDS
    core = core.removeprefix("うち") if part else core
    if core in WORDS:
        return _as_label(core, whole=True, part=part)
    if ":" in core:
        left, _, right = core.partition(":")
        upper = _match(_take_index(left)[0])
        return upper if right in NAME_WORDS else join_labels(upper, _match(right))
    ends = [w for w in WORDS if core.endswith(w) and len(w) > 1 and not WORDS[w].get("exact")]
    if ends:
        word = max(ends, key=len)
        before = AROUND.sub("", core[: -len(word)])
        upper = Label() if WORDS.get(before, {}).get("exact") else _match(before)
        if before in SHIFTS:
            upper = Label(shift=SHIFTS[before], is_whole=True)
        lower = _as_label(word, part=part)
        return replace(join_labels(upper, lower), is_whole=upper.is_whole)
    if part:
        return Label(text=core, word=core, field="sum", part=True)
    holds = [w for w in WORDS if w in core and len(w) > 2 and _may_be_inside(WORDS[w])]
    return replace(_as_label(max(holds, key=len), part=part), is_loose=True) if holds else Label()


def _may_be_inside(entry: dict[str, Any]) -> bool:
    return not entry.get("exact") and entry["field"] not in (*NAMES, "number")


def _as_label(word: str, *, whole: bool = False, part: bool = False) -> Label:
    said = {name: what for name, what in WORDS[word].items() if name != "exact"}
    if said.get("rated_by"):
        said["rated_by"] = word
    return Label(text=word, word=word, is_whole=whole, part=part, **said)


def _add_beside(label: Label, inner: list[str], *, alone: bool) -> Label:
    """Add what brackets say: a name that stands beside another, a side, a kind of money."""
    for text in inner:
        found = _match(text)
        if found.field in BESIDE and label.field in NAMES and found.field != label.field:
            label = replace(label, beside=found.field)
        elif found.word and label.field in ("", "sum") and alone:
            label = replace(join_labels(label, found), is_whole=found.is_whole)
        elif label.field == "amount" and found.field == "amount":
            label = replace(
                label, kind=label.kind or found.kind, nature=label.nature or found.nature
            )
    return label


def join_labels(upper: Label, lower: Label) -> Label:
    """Join what two headers say of the same cells: the lower first, the upper what it leaves open.

    Examples
    --------
    >>> joined = join_labels(read_label("平成30年度"), read_label("目標値"))
    >>> joined.field, joined.year
    ('target', 2018)
    >>> joined = join_labels(read_label("人件費"), read_label("決算"))
    >>> joined.field, joined.kind, joined.nature
    ('amount', 'settled', 'personnel')
    """
    if upper.field in NAMES and compact(lower.text) in NAME_WORDS:
        return replace(upper, is_whole=True)
    field = lower.field or upper.field
    if not lower.field and upper.field in NAMES and (lower.years or not lower.is_whole):
        field = ""
    if upper.field == "fiscal_year" and lower.years and not lower.field:
        field = ""
    if lower.field == "fiscal_year" and upper.field in YEAR_OF:
        field = YEAR_OF[upper.field]
    kind = upper.kind if lower.kind == "whole" and upper.kind else lower.kind or upper.kind
    both = {upper.field, lower.field}
    if "amount" in both and both & {*SETTLED_BY}:
        field = "amount"
        [other] = both & {*SETTLED_BY}
        kind = kind if kind not in ("", "whole") else SETTLED_BY[other]
    elif kind in AHEAD and field == "actual":
        field = "target"  # what is planned for a year to come
    word = lower.word or upper.word
    if upper.field == "sources" and lower.text:
        field, kind = "amount", "source"
        word = lower.word or compact(lower.text)
    return Label(
        text=f"{upper.text} {lower.text}".strip(),
        word=word,
        field=field,
        kind=kind,
        nature=lower.nature or upper.nature,
        kpi_kind=lower.kpi_kind or upper.kpi_kind,
        rated_by=lower.rated_by or upper.rated_by,
        status=lower.status or upper.status,
        years=lower.years or upper.years,
        unit=lower.unit or upper.unit,
        index=lower.index or upper.index,
        pair=lower.pair or upper.pair,
        beside=lower.beside,
        part=lower.part or upper.part,
        shift=lower.shift or upper.shift,
        unclear=lower.unclear or upper.unclear,
        is_whole=lower.is_whole,
        is_loose=lower.is_loose or (not lower.field and upper.is_loose),
    )
