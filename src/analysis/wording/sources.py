"""Where the figures come from, and what computed with them."""

import platform
from functools import cache
from importlib import metadata

import pandas as pd

from analysis.measures.reasons import split_inferred
from analysis.wording.codebook import name_table
from analysis.wording.formats import format_fiscal_year
from analysis.wording.labels import say
from analysis.wording.phrases import print_texts
from analysis.wording.tables import label_table


def tabulate_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The publications the figures were read from."""
    years = zip(sources["fiscal_year"], split_inferred(sources), strict=True)
    return label_table(
        "sources",
        {
            "source": sources["title"],
            "publisher": sources["publisher"],
            "edition": print_texts(sources["edition"]),
            "document_id": print_texts(sources["document_id"]),
            "fiscal_year": [_say_year(year, "fiscal_year" in names) for year, names in years],
        },
    )


def _say_year(year: float, is_concluded: bool) -> str:
    said = format_fiscal_year(year)
    return say("sources.year_concluded", year=said) if is_concluded else said


def tabulate_hashes(hashes: dict[str, str]) -> pd.DataFrame:
    """The hash of each table's rows: two reports with the same hashes read the same data."""
    return label_table(
        "hashes", {"table": [name_table(name) for name in hashes], "sha256": list(hashes.values())}
    )


def tabulate_versions() -> pd.DataFrame:
    """The versions of Python and of the packages that compute and draw."""
    names = ["sosei", "pandas", "numpy", "matplotlib"]
    versions = {"Python": platform.python_version()} | {n: find_version(n) for n in names}
    return label_table("versions", {"software": list(versions), "version": list(versions.values())})


@cache
def find_version(name: str) -> str:
    """Find the version of a package that is installed."""
    return metadata.version(name)
