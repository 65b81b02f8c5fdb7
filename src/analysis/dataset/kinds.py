"""The kinds of columns: how a cell of each is written, and as what type it is read."""

from dataclasses import dataclass

SLUG = r"[a-z0-9]+(?:_[a-z0-9]+)*"
CODE = rf"[0-9]{{6}}|[0-9]{{13}}|x_{SLUG}"
TEXT = r"[^\x00-\x08\x0b-\x1f\x7f-\x9f]*"  # any, but no control character beside tab and line feed
LARGEST = 2**53 - 1  # beyond it a float does not hold every whole number
DIGITS_HELD = 15  # of any number, by a float


@dataclass(frozen=True)
class Kind:
    """A way of writing a cell: a pattern, the words a message uses for it, a pandas dtype.

    `most` is how many characters a cell may have. Names and words stand in figures and in cells
    of tables, so 1,000; what is told in sentences may be longer; a slug names a folder.
    """

    pattern: str
    expected: str
    dtype: str = "str"
    most: int = 1_000


KINDS = {
    "text": Kind(TEXT, "text"),
    "prose": Kind(TEXT, "text", most=10_000),
    "code": Kind(
        CODE,
        "a 6-digit local government code with its leading zero, a 13-digit corporate number, or, "
        "for a publisher without a known code, x_ and its name in small letters (x_kaisei_town)",
        most=100,
    ),
    "slug": Kind(SLUG, "a name of small letters, digits and _, such as job_fair", most=100),
    "reference": Kind(
        rf"(?:{CODE})/{SLUG}/{SLUG}|{SLUG}",
        "government_code/program_id/source_id of a row of programs, or the name of a strategy "
        "or of one of its items",
    ),
    "year": Kind(
        r"(19|20)[0-9]{2}",
        "the western year in which the fiscal year begins, such as 2018 for Heisei 30",
        "Int64",
    ),
    "calendar_year": Kind(
        r"(19|20)[0-9]{2}", "a western calendar year such as 2008 for Heisei 20", "Int64"
    ),
    "number": Kind(
        r"-?[0-9]+(\.[0-9]+)?",
        "a plain number such as 1110 or -4.3; put other text in the column *_printed",
        "float64",
    ),
    "kpi": Kind(rf"{SLUG}/{SLUG}", "program_id/kpi_id, such as job_fair/consultations"),
    "names": Kind(rf"{SLUG}(?: {SLUG})*", "source_ids with blanks between"),
    "count": Kind(r"[0-9]+", "a whole number such as 110", "Int64"),
    "yen": Kind(
        r"-?[0-9]+",
        "whole yen without separators such as 10010000 for 10,010 thousand yen",
        "Int64",
    ),
    "as_of": Kind(
        r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])-[0-9]{2})?",
        "a day within the fiscal year such as 2025-09-30; where no day is printed the fiscal "
        "year alone, such as 2025",
    ),
    "date": Kind(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2019-03-31"),
}
