"""Names as printed -> the name, and what stands in brackets beside it; names that are one name."""

import hashlib
import re
from functools import lru_cache

from analysis.dataset.values import tidy
from analysis.intake.labels import is_unit
from analysis.intake.vocabulary import compact

INNER_MARK = re.compile(r"[※*＊][0-9０-９]{0,2}(?=[（(]|$)")
TRAILING_MARK = re.compile(r"(?:\s*(?:[※*＊]+[0-9０-９]{0,2}|注[0-9０-９]{1,2}|[*＊][0-9]{1,2}))+$")
TRAILING_BRACKET = re.compile(r"\s*[（(【\[〔]([^（()）【】\[\]〔〕]*)[）)】\]〕]\s*$")
SAID_UNIT = re.compile("^単位[:：]?")
NUMBER = re.compile(r"[△▲±+\-−－約推]?[0-9][0-9,.]*")  # how a figure begins
DIGITS = re.compile("[0-9①-⑳一二三四五六七八九十]+")
SCOPE = re.compile("単独|連携")
LEADING_NUMBER = re.compile(r"^[①-⑳][\s\u3000]*")
MONTH_END = re.compile("(?<![0-9])([0-9]{1,2})月末")
OFFICE = re.compile("(?:[課部室局係]|センター)$")
DIGITS_OF_ID = 10


def strip_marks(name: str) -> str:
    """A name without the marks of notes behind it: 面積（ha）※."""
    return INNER_MARK.sub("", TRAILING_MARK.sub("", name)).strip()


def take_unit(name: str) -> tuple[str, str]:
    """Split a KPI's name from the unit in brackets behind it.

    Examples
    --------
    >>> take_unit("人工林の間伐実施面積（ha／年）※")
    ('人工林の間伐実施面積', 'ha／年')
    >>> take_unit("協働件数（累計）")
    ('協働件数（累計）', '')
    """
    plain = LEADING_NUMBER.sub("", strip_marks(name))
    found = TRAILING_BRACKET.search(plain)
    if found:
        unit = SAID_UNIT.sub("", found[1].strip())
        if is_unit(compact(unit)) or (unit and SAID_UNIT.match(tidy(found[1]))):
            return plain[: found.start()], unit
    return plain, ""


def take_beside(name: str) -> tuple[str, str]:
    """Split a name from what stands in brackets behind it: 事業名【担当部】."""
    plain = strip_marks(name)
    found = TRAILING_BRACKET.search(plain)
    return (plain[: found.start()].strip(), found[1].strip()) if found else (plain, "")


@lru_cache(maxsize=1 << 16)
def same_name(name: str) -> str:
    """What two prints of one name have in common: no blanks, widths, case, marks or dashes.

    Examples
    --------
    >>> same_name("地域・民間企業　ＮＰＯ等の 協働") == same_name("地域･民間企業NPO等の協働")
    True
    """
    plain = compact(strip_marks(name)).lower().replace("･", "・")
    return re.sub(r"[・,、。\-‐―〜~_/「」『』\"'“”]", "", plain)


def make_id(prefix: str, name: str) -> str:
    """An id that the same printed name has in every year and file.

    Examples
    --------
    >>> make_id("p", "合同就職面接会") == make_id("p", "合同 就職面接会")
    True
    """
    digest = hashlib.sha256(same_name(name).encode()).hexdigest()
    return f"{prefix}_{digest[:DIGITS_OF_ID]}"


def number_id(prefix: str, number: str) -> str:
    """An id made of the number that a paper gives a thing.

    Examples
    --------
    >>> number_id("p", "0086"), number_id("p", "新20-0001") == make_id("p", "新20-0001")
    ('p_0086', True)
    """
    plain = re.sub("[-.]", "_", compact(number).lower())
    return f"{prefix}_{plain}" if re.fullmatch("[a-z0-9_]+", plain) else make_id(prefix, number)
