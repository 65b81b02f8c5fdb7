"""What stands beside the reports: the index of all of them and the computed figures as CSV."""

from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from analysis.batch import ledger
from analysis.batch.export import TEMPLATES
from analysis.batch.save import write_csv
from analysis.intake.load import Dataset
from analysis.measures.achievement import add_achievement
from analysis.measures.comparison import compare_programs
from analysis.measures.costs import add_costs
from analysis.measures.verdicts import add_verdicts
from analysis.present.sentences import BASES, format_fiscal_year, format_yen


def compute_results(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Compute every figure of the data: `kpis`, a row per KPI and year, and `programs`.

    Both carry all keys; the columns are those of `add_achievement`, `add_verdicts` and
    `add_costs`, and of `compare_programs`.
    """
    kpis = add_verdicts(add_achievement(dataset.kpis))
    kpis = add_costs(kpis, dataset.budgets)
    programs = compare_programs(dataset.program_years, dataset.programs, kpis, dataset.budgets)
    return {"kpis": kpis, "programs": programs}


def write_results(results: dict[str, pd.DataFrame], output: Path) -> None:
    """Write the computed figures to results/*.csv of the output folder."""
    (output / "results").mkdir(parents=True, exist_ok=True)
    for name, table in results.items():
        write_csv(table, output / "results" / f"{name}.csv")


def write_index(programs: pd.DataFrame, output: Path) -> Path:
    """Write index.html: every report in the ledger, with its status and headline figures.

    `programs` is the table of `compute_results`. A report that failed stays listed, with
    its error and, where there is one, the last good page.
    """
    rows = [_row(entry, programs, output) for entry in ledger.latest(output)]
    rows = [row for row in rows if row["page"] or row["failed"]]
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    page = environment.get_template("index.html.j2").render(groups=groups, count=len(rows))
    path = output / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def _row(entry: dict[str, Any], programs: pd.DataFrame, output: Path) -> dict[str, Any]:
    parameters = entry["parameters"]
    columns = {
        "government_code": "government",
        "fiscal_year": "fiscal_year",
        "program_id": "program",
    }
    covered = programs
    for column, name in columns.items():
        if name in parameters:
            covered = covered[covered[column] == parameters[name]]
    government, year = parameters.get("government"), parameters.get("fiscal_year")
    place = list(programs[programs["government_code"] == government]["government"].iloc[:1])
    group = " ".join([*place, *([format_fiscal_year(year)] if year else [])])
    page = f"{entry['report']}.html"
    failure = entry.get("failure")
    return {
        "group": group or "全体",
        "title": entry["title"].removeprefix(group).strip()
        or KINDS.get(_stem(entry), _stem(entry)),
        "kind": KINDS.get(_stem(entry), _stem(entry)),
        "page": page if (output / page).exists() else "",
        "failed": "" if failure is None else failure["error"].splitlines()[0],
        "whole": "program" not in parameters,
        **_headline(covered),
    }


KINDS = {"program": "事業", "government": "団体全体", "comparison": "団体と年度の比較"}


def _stem(entry: dict[str, Any]) -> str:
    return Path(entry["notebook"]).stem


def _headline(programs: pd.DataFrame) -> dict[str, str]:
    kpis, unknown = int(programs["kpis"].sum()), int(programs["unknown"].sum())
    reached = f"{int(programs['reached'].sum())} / {kpis}"
    cost = programs["cost_yen"]
    bases = "・".join(dict.fromkeys(programs["cost_basis"].map(BASES).dropna()))
    return {
        "reached": "指標なし" if kpis == 0 else "判定できない" if unknown == kpis else reached,
        "unknown": f"うち判定できない{unknown}" if 0 < unknown < kpis else "",
        "cost": f"{format_yen(cost.sum())}（{bases}）" if cost.notna().any() else "記載なし",
    }
