"""What stands beside the reports: the index, how to read them, the computed figures."""

from pathlib import Path

from analysis import wording
from analysis.batch import ledger
from analysis.batch.index import write_index
from analysis.batch.index_files import INDEX, is_index_whole, move_index
from analysis.batch.inputs import Inputs
from analysis.batch.outputs import (
    BESIDE,
    READING,
    RESULTS,
    WORKBOOK,
    check_held,
    find_other_languages,
    make_folder,
    move_into_place,
    sync,
)
from analysis.batch.results import write_results
from analysis.dataset.load import Dataset
from analysis.measures.chain import measure
from analysis.page.export.neighbours import Neighbours
from analysis.wording.labels import LANGUAGE, labels


def refresh_site(dataset: Dataset, data: str, output: Path, work: Path, inputs: Inputs) -> None:
    """Write index.html and what stands beside it anew, unless it is what it would become.

    The ledger's last line tells what they were made from, as long as no job came after it.
    `work` is the run's own (`outputs.hold`).
    """
    check_held(work)
    made_from = " ".join([inputs.hash_everything(data), *find_other_languages(output)])
    files = [output / name for name in BESIDE if name != INDEX]
    is_there = is_index_whole(output) and all(file.exists() for file in files)
    if is_there and ledger.last(output) == {"site": made_from}:
        return
    measured = measure(dataset)
    make_folder(output / RESULTS)
    (work / READING).write_text(_explain_reading(output), encoding="utf-8")
    write_results(measured, work / RESULTS)
    write_index(measured.results["programs"], output, work / INDEX, measured.audit)
    for file in files:
        move_into_place(work / file.relative_to(output), file)
    _move_workbook(work, output)
    sync(output / RESULTS)
    move_index(work, output)
    ledger.append(output, {"site": made_from})


def _move_workbook(work: Path, output: Path) -> None:
    """The workbook of the results, or none where there are too many."""
    made, place = work / RESULTS / WORKBOOK, output / RESULTS / WORKBOOK
    if made.exists():
        move_into_place(made, place)
    else:
        place.unlink(missing_ok=True)


def _explain_reading(output: Path) -> str:
    """The page that explains how reports are read, in the language of the process."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    from analysis.page.export.page import export_page

    text = (Path(wording.__file__).parent / LANGUAGE / "reading.md").read_text(encoding="utf-8")
    languages = tuple(
        (code, labels("page", code)["language"], f"{place}{READING}")
        for code, place in find_other_languages(output).items()
    )
    above = ((labels("page")["index"], "index.html"),)
    places = Neighbours(labels("page")["reading"], above, languages=languages)
    notebook = new_notebook(cells=[new_markdown_cell(text)])
    return export_page(notebook, places.title, Path(), places=places).html
