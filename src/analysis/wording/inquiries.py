"""Letters to publishers about what the documents at hand lack."""

import pandas as pd

from analysis.measures.inquiries import Asked, Inquiry, list_inquiries
from analysis.wording.formats import LISTS, format_fiscal_year
from analysis.wording.labels import labels, say
from analysis.wording.phrases import quote_names

ASKED_FOR = labels("asked_for")
MOST_DEPARTMENTS = 3
MOST_PROGRAMS = 3


def draft_inquiries(evaluability: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Write one letter to each government, in words that could be sent, on what was not found.

    Below what the letter is for stands a line for the programs of one document that lack the
    same, of whatever years. A year that was concluded is left out, for the publisher knows the
    document by its title. Lines are parted by line breaks.
    """
    return [_write(inquiry) for inquiry in list_inquiries(evaluability, sources)]


def _write(inquiry: Inquiry) -> str:
    lines = [
        say(
            "inquiries.asked",
            of=_name_asked(asked),
            what=LISTS["dot"].join(ASKED_FOR[part] for part in asked.lacks),
        )
        for asked in inquiry.asked
    ]
    return "\n".join(
        [_address(inquiry), say("inquiries.purpose"), *lines, say("inquiries.reply_to")]
    )


def _address(inquiry: Inquiry) -> str:
    """To whom a letter goes: the departments where they are printed and few."""
    to, departments = inquiry.government, inquiry.departments
    if not departments:
        return say("inquiries.to_government", government=to)
    if len(departments) > MOST_DEPARTMENTS:
        first, *others = departments
        return say("inquiries.to_many_departments", government=to, first=first, count=len(others))
    named = LISTS["dot"].join(departments)
    return say("inquiries.to_departments", government=to, departments=named)


def _name_asked(asked: Asked) -> str:
    """Name a document and its programs, but for a name that its title says already."""
    document = say("inquiries.document", title=asked.title)
    if asked.years:
        years = LISTS["dot"].join(format_fiscal_year(year) for year in asked.years)
        document = say("lists.noted", what=document, note=years)
    if not asked.named:
        return document
    count = len(asked.programs)
    return say(
        "inquiries.many_programs" if count > MOST_PROGRAMS else "inquiries.programs",
        document=document,
        programs=quote_names(asked.named[:MOST_PROGRAMS]),
        count=count,
    )
