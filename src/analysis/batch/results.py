"""The computed figures as others take them on: CSV, Parquet, a workbook, and what tells of them."""

from pathlib import Path

import pandas as pd

from analysis.batch.metadata import write_crate, write_package
from analysis.batch.outputs import WORKBOOK
from analysis.batch.workbook import MOST_CELLS, write_workbook
from analysis.measures.chain import Measured
from analysis.page.spreadsheet import write_csv
from analysis.wording.codebook import describe_columns
from analysis.wording.coded import list_codes, spell_out_codes
from analysis.wording.sources import find_version

TABLES = ("kpis", "programs")


def write_results(measured: Measured, folder: Path) -> None:
    """Write all files of the results into a folder; the same data are the same bytes.

    `kpis` and `programs` are written as CSV and Parquet with the same columns: codes and words as
    text, numbers as numbers, an empty cell where there is none. `codebook.csv` says what each
    column is, `words.csv` what each word in them. The workbook has the same with headers and words
    in the language of readers; of more than MOST_CELLS cells there is none, for no spreadsheet
    takes them gladly.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: _finish(measured.results[name]) for name in TABLES}
    codebook = pd.concat(
        [describe_columns(name, list(table)) for name, table in tables.items()], ignore_index=True
    )
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
        table.to_parquet(folder / f"{name}.parquet", index=False)
    beside = {"codebook": codebook, "words": list_codes(tables)}
    for name, table in beside.items():
        write_csv(table, folder / f"{name}.csv")
    sources = measured.dataset.sources
    if sum(table.size for table in tables.values()) <= MOST_CELLS:
        spelt = {name: spell_out_codes(name, table) for name, table in tables.items()}
        write_workbook(spelt, beside, sources, folder / WORKBOOK)
    write_package({**tables, **beside}, codebook, sources, folder / "datapackage.json")
    write_crate(folder, sources, folder / "ro-crate-metadata.json")


def _finish(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose words are text, with the version that computed it behind each row."""
    words = table.select_dtypes(exclude=["number", "bool"]).columns
    texts = table.astype(dict.fromkeys(words, "str"))
    texts[words] = texts[words].replace("", None)  # as a CSV has it
    return texts.assign(sosei_version=find_version("sosei"))
