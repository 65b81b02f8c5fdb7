"""What tells of the results to machines: a data package (Frictionless) and an RO-Crate."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.wording.labels import LANGUAGE, labels
from analysis.wording.sources import find_version

KEYS = {
    "kpis": ["government_code", "program_id", "kpi_id", "fiscal_year"],
    "programs": ["government_code", "program_id", "fiscal_year"],
    "codebook": ["table", "column"],
    "words": ["table", "column", "word"],
}
MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}
NAME = "sosei-results"
PROFILE = "tabular-data-resource"


def write_package(
    tables: Mapping[str, pd.DataFrame], codebook: pd.DataFrame, sources: pd.DataFrame, path: Path
) -> None:
    """Write the data package of the CSV files beside it: types, keys and meanings of columns."""
    told = {(row["table"], row["column"]): row for row in codebook.to_dict("records")}
    words = labels("results")
    package = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": words["title"],
        "description": words["description"],
        "version": find_version("sosei"),
        "sources": _list_sources(sources),
        "resources": [
            _describe(name, table, told, path.parent / f"{name}.csv")
            for name, table in tables.items()
        ],
    }
    _write_json(package, path)


def _describe(
    name: str, table: pd.DataFrame, told: Mapping[tuple[str, str], Any], file: Path
) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "profile": PROFILE,
        "name": name,
        "path": file.name,
        "title": labels("results.sheets")[name],
        "format": "csv",
        "mediatype": MEDIA[".csv"],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_describe_field(table[c], told.get((name, c))) for c in table],
            "primaryKey": KEYS[name],
            "missingValues": [""],
        },
    }


def _describe_field(column: pd.Series, told: Any) -> dict[str, str]:
    field = {"name": str(column.name), "type": _find_type(column)}
    if told is not None:
        field |= {
            "title": told[f"label_{LANGUAGE}"],
            "description": told[f"meaning_{LANGUAGE}"],
        }
    return field


def _find_type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    if pd.api.types.is_integer_dtype(column.dtype):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(column.dtype) else "string"


def _list_sources(sources: pd.DataFrame) -> list[dict[str, str]]:
    """The publications, each with its page where one is known."""
    rows = sources[["title", "address"]].drop_duplicates().itertuples(index=False, name=None)
    return [
        {"title": title} | ({"path": address} if isinstance(address, str) else {})
        for title, address in rows
    ]


def write_crate(folder: Path, sources: pd.DataFrame, path: Path) -> None:
    """Write the RO-Crate of the files in a folder: what they are, of what, made by which version.

    Its day is the last on which any source was published, or their last fiscal year: it names no
    time of its making.
    """
    from rocrate.model import ContextEntity
    from rocrate.rocrate import ROCrate

    crate, words = ROCrate(), labels("results")
    crate.name, crate.description = words["title"], words["description"]
    crate.datePublished = _find_last_day(sources)
    terms = {"@type": "CreativeWork", "name": words["terms"], "description": words["terms_are"]}
    crate.license = crate.add(ContextEntity(crate, "#terms", terms))
    software = {
        "@type": "SoftwareApplication",
        "name": "sosei",
        "softwareVersion": find_version("sosei"),
    }
    maker = crate.add(ContextEntity(crate, "#sosei", software))
    based = [
        crate.add(ContextEntity(crate, f"#{row['source_id']}", _describe_source(row)))
        for row in sources.to_dict("records")
    ]
    for file in sorted(folder.iterdir()):
        if file != path:
            about = {"name": file.name, "encodingFormat": MEDIA[file.suffix]}
            held = {"contentSize": str(file.stat().st_size)}
            crate.add_file(file, file.name, properties=about | held)
    crate.root_dataset["isBasedOn"] = based
    crate.root_dataset["creator"] = maker
    _write_json(crate.metadata.generate(), path)


def _describe_source(source: Mapping[str, Any]) -> dict[str, str]:
    names = {"name": "title", "publisher": "publisher", "datePublished": "published_on"}
    told = {name: source[column] for name, column in (names | {"url": "address"}).items()}
    return {"@type": "CreativeWork"} | {n: v for n, v in told.items() if isinstance(v, str)}


def _find_last_day(sources: pd.DataFrame) -> str:
    days = sources["published_on"].dropna()
    return str(days.max() if len(days) else sources["fiscal_year"].max())


def _write_json(content: Any, path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
