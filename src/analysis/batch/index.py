"""The index: every report in the ledger, with its status and what it is about."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from analysis.batch import ledger
from analysis.batch.parameters import SLICES
from analysis.measures.index import Headline, find_headline
from analysis.page.export import TEMPLATE
from analysis.page.export.clean import clean_text
from analysis.page.export.lock import lock_page
from analysis.wording import describe_headline, name_row, name_slice
from analysis.wording.labels import LANGUAGE, labels

INDEX = labels("index")
LONGEST_SHOWN = 300


def write_index(programs: pd.DataFrame, output: Path, path: Path) -> None:
    """Write the index: every report in the ledger, with its status.

    Those of sosei's own notebooks have headline figures of what they are about; of another
    nobody knows what it shows. `programs` is that of the results (`Measured`). A report that
    failed stays listed, with its error and, where there is one, the last good page. So does one
    about what the data no longer holds, last and without figures.
    """
    names = dict(zip(programs["government_code"], programs["government"], strict=True))
    headlines = _Headlines(programs)
    rows = [_row(entry, names, headlines, output) for entry in ledger.latest(output)]
    rows = [row for row in rows if row["page"] or row["failed"]]
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: bool(row["is_gone"])):
        groups.setdefault(row["group"], []).append(row)
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent, TEMPLATE]), autoescape=True
    )
    template = environment.get_template("index.html.j2")
    page = template.render(groups=groups, count=len(rows), labels=INDEX, language=LANGUAGE)
    locked, _ = lock_page(page)
    path.write_text(locked, encoding="utf-8")


def _row(
    entry: dict[str, Any], names: dict[str, str], headlines: "_Headlines", output: Path
) -> dict[str, Any]:
    parameters, notebook = entry["parameters"], Path(entry["notebook"]).stem
    government, year = parameters.get("government"), parameters.get("fiscal_year")
    place = name_slice(names.get(government, ""), year)
    page, failure = f"{entry['report']}.html", entry.get("failure")
    is_there, headline = (output / page).exists(), headlines.find(parameters)
    is_gone = headline is None
    title = entry["title"]
    subject = entry.get("subject", title)  # which the version before did not note
    return {
        "group": INDEX["gone"] if is_gone else place or INDEX["whole"],
        "is_gone": is_gone,
        "title": name_row(title if is_gone else "", subject, entry.get("values", {}), notebook),
        "page": quote(page) if is_there else "",
        "failed": "" if failure is None else _first_line(failure["error"]),
        "ended": entry.get("ended_at") is not None,
        "warnings": [clean_text(warning, LONGEST_SHOWN) for warning in entry.get("warnings", ())],
        "whole": "program" not in parameters,
        **describe_headline(headline if is_there else None, notebook),
    }


def _first_line(error: str) -> str:
    return next(iter(clean_text(error, LONGEST_SHOWN).strip().splitlines()), "")


class _Headlines:
    """The headline figures of every slice that reports are about; each kind is summed once."""

    def __init__(self, programs: pd.DataFrame) -> None:
        self._programs = programs
        self._found: dict[tuple[str, ...], dict[Any, Headline]] = {}

    def find(self, parameters: dict[str, Any]) -> Headline | None:
        """The headline figures of the programs a report's parameters are about; None of none."""
        names = tuple(name for name in SLICES if name in parameters)
        if names not in self._found:
            programs = self._programs
            if "fiscal_year" not in names:  # over several years only those that are evaluated
                programs = programs[programs["is_evaluated"]]
            columns = [programs[SLICES[name]] for name in names]
            groups = programs.groupby(columns) if names else [((), programs)]
            self._found[names] = {key: find_headline(rows) for key, rows in groups}
        return self._found[names].get(tuple(parameters[name] for name in names))
