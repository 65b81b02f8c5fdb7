"""All files of the layouts, built from what stands in the modules beside this one."""

import shutil
from pathlib import Path

from . import forms, lines, lists, marks, money, pages, pairs, review, second, wide

HERE = Path(__file__).parent
BUILDERS = (
    *(lists.kpi_list, lists.section_list, lists.years, lists.expected_years),
    *(lines.three_lines, lines.plan_and_costs, forms.cabinet_form, forms.program_sheets),
    *(wide.wide, pages.page, pages.numbered, pages.spreadsheet, pages.long_csv),
    *(money.money, money.cities, marks.hidden, marks.several, pairs.two_tables, pairs.stacked),
    *(second.circled_form, second.old_page, second.hidden_rows, second.slashed_pairs),
    *(review.budgets, review.goals, review.overview, review.organisations),
)


def build_all(folder: Path) -> dict[str, Path]:
    """Write every file into a folder: the name of its truth, and its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for build in BUILDERS:
        build(folder)
    for printed in sorted(HERE.glob("*.pdf")):
        shutil.copyfile(printed, folder / printed.name)
    found = {path.name.split(".")[0]: path for path in folder.iterdir()}
    return {name: path for name, path in sorted(found.items()) if list_truth(name).is_file()}


def list_truth(name: str) -> Path:
    """The truth beside this file."""
    return HERE / f"{name}.truth.csv"
