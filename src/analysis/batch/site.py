"""What stands beside the reports: the index of all of them and the computed figures as CSV."""

from pathlib import Path

from analysis.batch import ledger
from analysis.batch.index import write_index
from analysis.batch.index_files import INDEX, is_index_whole, move_index
from analysis.batch.inputs import Inputs
from analysis.batch.outputs import (
    BESIDE,
    RESULTS,
    check_held,
    make_folder,
    move_into_place,
    sync,
)
from analysis.dataset.load import Dataset
from analysis.measures.chain import measure
from analysis.page.spreadsheet import write_csv


def refresh_site(dataset: Dataset, data: str, output: Path, work: Path, inputs: Inputs) -> None:
    """Write results/*.csv and index.html anew, unless they are what they would become.

    The ledger's last line tells what they were made from, as long as no job came after it.
    `work` is the run's own (`outputs.hold`).
    """
    check_held(work)
    made_from = inputs.hash_everything(data)
    files = [output / name for name in BESIDE if name != INDEX]
    is_there = is_index_whole(output) and all(file.exists() for file in files)
    if is_there and ledger.last(output) == {"site": made_from}:
        return
    measured = measure(dataset)
    results = measured.results
    (work / "results").mkdir(parents=True, exist_ok=True)
    make_folder(output / "results")
    write_index(results["programs"], output, work / INDEX, measured.audit)
    for name in RESULTS:
        write_csv(results[name], work / "results" / f"{name}.csv")
    for file in files:
        move_into_place(work / file.relative_to(output), file)
    sync(output / "results")
    move_index(work, output)
    ledger.append(output, {"site": made_from})
