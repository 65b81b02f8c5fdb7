"""Letters to publishers about what the documents at hand lack."""

import pandas as pd

from analysis.measures.inquiries import Asked, Inquiry, list_inquiries
from analysis.wording.formats import format_fiscal_year
from analysis.wording.labels import labels
from analysis.wording.phrases import quote_names

ASKED_FOR = labels("asked_for")
MOST_DEPARTMENTS = 3
MOST_PROGRAMS = 3

PURPOSE = (
    "公表資料から事業の評価に必要な情報を調べています。次の項目を手元の資料から"
    "見つけられませんでした。公表された資料があればその場所を、"
    "まだであれば公表の予定をお知らせください。"
)
ANSWER = "回答先：（ご自身の連絡先を書き入れてください）"


def draft_inquiries(evaluability: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Write one letter to each government, in words that could be sent, on what was not found.

    Below what the letter is for stands a line for the programs of one document that lack the
    same, of whatever years. A year that was concluded is left out, for the publisher knows the
    document by its title. Lines are parted by line breaks.
    """
    return [_write(inquiry) for inquiry in list_inquiries(evaluability, sources)]


def _write(inquiry: Inquiry) -> str:
    lines = [
        f"・{_name_asked(asked)}：{'・'.join(ASKED_FOR[part] for part in asked.lacks)}"
        for asked in inquiry.asked
    ]
    return "\n".join([_address(inquiry), PURPOSE, *lines, ANSWER])


def _address(inquiry: Inquiry) -> str:
    """To whom a letter goes: the departments where they are printed and few."""
    departments = inquiry.departments
    if not departments:
        return f"{inquiry.government}　御中"
    if len(departments) > MOST_DEPARTMENTS:
        return f"{inquiry.government}　{departments[0]}ほか{len(departments) - 1}部署　御中"
    return f"{inquiry.government}　{'・'.join(departments)}　御中"


def _name_asked(asked: Asked) -> str:
    """Name a document and its programs, but for a name that its title says already."""
    years = "・".join(format_fiscal_year(year) for year in asked.years)
    document = f"『{asked.title}』" + (f"（{years}）" if years else "")
    if not asked.named:
        return document
    count = len(asked.programs)
    more = f"など{count}事業" if count > MOST_PROGRAMS else ""
    return f"{document}の{quote_names(asked.named[:MOST_PROGRAMS])}{more}"
