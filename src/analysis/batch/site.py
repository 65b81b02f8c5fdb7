"""What stands beside the reports: the index of all of them and the computed figures as CSV."""

from pathlib import Path

import pandas as pd

from analysis.batch import ledger
from analysis.batch.index import write_index
from analysis.batch.inputs import Inputs
from analysis.batch.outputs import check_held, make_folder, move_into_place, sync
from analysis.dataset.load import Dataset
from analysis.measures.achievement import add_achievement
from analysis.measures.comparison import compare_programs
from analysis.measures.cost_basis import KEYS
from analysis.measures.costs import add_costs
from analysis.measures.evaluability import PARTS, rate_evaluability
from analysis.measures.keys import list_keys
from analysis.measures.readings import add_verdicts
from analysis.measures.repeats import find_repeats
from analysis.page.spreadsheet import write_csv

RESULTS = ("kpis", "programs")


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
