"""What stands beside the reports: the index of all of them and the computed figures as CSV."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from analysis.batch import ledger
from analysis.batch.inputs import Inputs
from analysis.batch.outputs import check_held, make_folder, move_into_place, sync
from analysis.batch.parameters import SLICES
from analysis.dataset.load import Dataset
from analysis.measures.achievement import add_achievement
from analysis.measures.comparison import compare_programs
from analysis.measures.cost_basis import KEYS, sum_costs
from analysis.measures.costs import add_costs
from analysis.measures.evaluability import PARTS, rate_evaluability
from analysis.measures.keys import list_keys
from analysis.measures.readings import add_verdicts
from analysis.measures.repeats import find_repeats
from analysis.page.export.clean import clean_text
from analysis.page.export.lock import lock_page
from analysis.page.export.page import TEMPLATE
from analysis.page.spreadsheet import write_csv
from analysis.wording import format_fiscal_year, format_yen, name_costs, say_no_sum


def compute_results(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Compute every figure of the data: `kpis`, a row per KPI and year, and `programs`.

    Both carry all keys; the columns are those of `add_achievement`, `add_verdicts` and
    `add_costs` with `repeats` (`find_repeats`), and of `compare_programs` and the parts of
    `rate_evaluability`. A row of `programs` whose `is_evaluated` is false is of a year of
    history or plans.
    """
    kpis = add_verdicts(add_achievement(dataset.kpis))
    kpis = add_costs(kpis, dataset.budgets)
    kpis["repeats"] = find_repeats(kpis)
    programs = compare_programs(dataset.all_years, dataset.programs, kpis, dataset.budgets)
    evaluated = set(list_keys(dataset.program_years, KEYS))
    programs["is_evaluated"] = [key in evaluated for key in list_keys(programs, KEYS)]
    parts = rate_evaluability(dataset.shown_programs, kpis, dataset.budgets)
    published = parts[[*KEYS, "judged", "parts_held", "parts_partly"]].join(
        parts[list(PARTS)].add_prefix("has_")
    )
    return {"kpis": kpis, "programs": programs.merge(published, on=KEYS, how="left")}


def refresh_site(dataset: Dataset, data: str, output: Path, work: Path, inputs: Inputs) -> None:
    """Write results/*.csv and index.html anew, unless they are what they would become.

    The ledger's last line tells what they were made from, as long as no job came after it.
    `work` is the run's own (`outputs.hold`).
    """
    check_held(work)
    made_from = inputs.hash_everything(data)
    files = [output / "index.html", *(output / "results" / f"{name}.csv" for name in RESULTS)]
    if ledger.last(output) == {"site": made_from} and all(file.exists() for file in files):
        return
    results = compute_results(dataset)
    (work / "results").mkdir(parents=True, exist_ok=True)
    make_folder(output / "results")
    write_index(results["programs"], output, work / "index.html")
    for name in RESULTS:
        write_csv(results[name], work / "results" / f"{name}.csv")
    for file in files:
        move_into_place(work / file.relative_to(output), file)
    for folder in (output, output / "results"):
        sync(folder)
    ledger.append(output, {"site": made_from})


def write_index(programs: pd.DataFrame, output: Path, path: Path) -> None:
    """Write the index: every report in the ledger, with its status.

    Those of sosei's own notebooks (`KINDS`) have headline figures of what they are about; of
    another nobody knows what it shows. `programs` is the table of `compute_results`. A report
    that failed stays listed, with its error and, where there is one, the last good page. So does
    one about what the data no longer holds, last and without figures.
    """
    names = dict(zip(programs["government_code"], programs["government"], strict=True))
    headlines = _Headlines(programs)
    rows = [_row(entry, names, headlines, output) for entry in ledger.latest(output)]
    rows = [row for row in rows if row["page"] or row["failed"]]
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent, TEMPLATE]), autoescape=True
    )
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["group"] == GONE):
        groups.setdefault(row["group"], []).append(row)
    page = environment.get_template("index.html.j2").render(groups=groups, count=len(rows))
    locked, _ = lock_page(page)
    path.write_text(locked, encoding="utf-8")


def _row(
    entry: dict[str, Any], names: dict[str, str], headlines: "_Headlines", output: Path
) -> dict[str, Any]:
    parameters = entry["parameters"]
    government, year = parameters.get("government"), parameters.get("fiscal_year")
    place = names.get(government, "")
    group = " ".join(filter(None, [place, format_fiscal_year(year) if year else ""]))
    page = f"{entry['report']}.html"
    failure, figures = entry.get("failure"), headlines.find(parameters)
    if figures is None:
        group = GONE
    is_there = (output / page).exists()
    notebook = Path(entry["notebook"]).stem
    is_own = notebook in KINDS
    title = entry["title"].removeprefix(group).strip()
    if title.startswith("（"):  # of a report about a whole, only what tells it from its like
        title = KINDS.get(notebook, notebook) + title
    elif title and not is_own and title.partition("（")[0] != notebook:
        title += f"（{notebook}）"
    return {
        "group": group or "全体",
        "title": title or KINDS.get(notebook, notebook),
        "page": quote(page) if is_there else "",
        "failed": "" if failure is None else _first_line(failure["error"]),
        "ended": entry.get("ended_at") is not None,
        "warnings": [clean_text(warning, LONGEST_SHOWN) for warning in entry.get("warnings", ())],
        "whole": "program" not in parameters,
        **(_say(figures, notebook) if figures and is_there and is_own else NO_HEADLINE),
    }


def _first_line(error: str) -> str:
    return next(iter(clean_text(error, LONGEST_SHOWN).strip().splitlines()), "")


def _say(figures: dict[str, str], notebook: str) -> dict[str, str]:
    """A portfolio's own figure is of how many programs anything can be judged."""
    if notebook != PORTFOLIO:
        return figures
    return {**NO_HEADLINE, "reached": "判定できる事業", "unknown": figures["judged"]}


class _Headlines:
    """The headline figures of every slice that reports are about; each kind is summed once."""

    def __init__(self, programs: pd.DataFrame) -> None:
        self._programs = programs
        self._found: dict[tuple[str, ...], dict[Any, dict[str, str]]] = {}

    def find(self, parameters: dict[str, Any]) -> dict[str, str] | None:
        """The headline figures of the programs a report's parameters are about; None of none."""
        names = tuple(name for name in SLICES if name in parameters)
        if names not in self._found:
            programs = self._programs
            if "fiscal_year" not in names:  # over several years only those that are evaluated
                programs = programs[programs["is_evaluated"]]
            columns = [programs[SLICES[name]] for name in names]
            groups = programs.groupby(columns) if names else [((), programs)]
            self._found[names] = {key: _headline(rows) for key, rows in groups}
        return self._found[names].get(tuple(parameters[name] for name in names))


RESULTS = ("kpis", "programs")
LONGEST_SHOWN = 300
GONE = "いまのデータにない報告"
NO_HEADLINE = {"reached": "—", "unknown": "", "cost": "—"}
PORTFOLIO = "portfolio"
KINDS = {
    "program": "事業",
    "government": "団体全体",
    "comparison": "団体と年度の比較",
    PORTFOLIO: "どの事業を評価できるか",
}


def _headline(programs: pd.DataFrame) -> dict[str, str]:
    kpis, unknown = int(programs["kpis"].sum()), int(programs["unknown"].sum())
    reached = f"{int(programs['reached'].sum())} / {kpis}"
    return {
        "reached": "指標なし" if kpis == 0 else "判定できない" if unknown == kpis else reached,
        "unknown": f"うち判定できない{unknown}" if 0 < unknown < kpis else "",
        "cost": _say_cost(programs),
        "judged": f"{int((programs['judged'] > 0).sum())} / {len(programs)}",
    }


def _say_cost(programs: pd.DataFrame) -> str:
    """The sum of costs of one kind and year, with its name; else why there is none."""
    sums = sum_costs(programs)
    if len(sums) > 1:
        return say_no_sum(sums)
    return (
        "".join(
            f"{format_yen(yen)}（{name}）"
            for yen, name in zip(sums["cost_yen"], name_costs(sums), strict=True)
        )
        or "記載なし"
    )
