"""Where the figures come from, and what computed with them."""

import platform
from functools import cache
from importlib import metadata

import pandas as pd

from analysis.wording.ja.formats import format_fiscal_year
from analysis.wording.ja.phrases import print_texts


def tabulate_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """The publications the figures were read from."""
    return pd.DataFrame(
        {
            "資料": sources["title"],
            "公表者": sources["publisher"],
            "版": print_texts(sources["edition"]),
            "資料番号": print_texts(sources["document_id"]),
            "年度": [
                format_fiscal_year(year) + ("（推定）" if "fiscal_year" in names.split() else "")
                for year, names in zip(
                    sources["fiscal_year"], sources["inferred"].fillna(""), strict=True
                )
            ],
        }
    )


def tabulate_hashes(hashes: dict[str, str]) -> pd.DataFrame:
    """The hash of each table's rows: two reports with the same hashes read the same data."""
    return pd.DataFrame({"表": list(hashes), "SHA-256": list(hashes.values())})


def tabulate_versions() -> pd.DataFrame:
    """The versions of Python and of the packages that compute and draw."""
    names = ["sosei", "pandas", "numpy", "matplotlib"]
    versions = [("Python", platform.python_version())]
    versions += [(name, _find_version(name)) for name in names]
    return pd.DataFrame(versions, columns=["名前", "版"])


@cache
def _find_version(name: str) -> str:
    return metadata.version(name)
