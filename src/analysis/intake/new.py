"""A workbook to fill in for a further year of a government, or for its first one."""

import re
from pathlib import Path

from analysis.dataset.asked import Names
from analysis.dataset.cells import is_code
from analysis.dataset.kinds import KINDS
from analysis.dataset.load import Dataset, load
from analysis.errors import DataError
from analysis.intake.store import read_folder
from analysis.intake.template import About, plan_sheets, read_last_year
from analysis.intake.template_book import write_book

MOST_NAMED = 20


def new_year(
    data: Path | str,
    government: str,
    fiscal_year: int,
    before: int | None = None,
    path: Path | str = "",
) -> Path:
    """Write a workbook to fill in with a further fiscal year of a government.

    Parameters
    ----------
    data
        The folder that has the year before, and that the workbook is read into.
    government
        The code of the government, or its name.
    fiscal_year
        The year to fill in.
    before
        The year whose programs and KPIs go on; else the one before.
    path
        The workbook; else CODE_YEAR.xlsx in the working folder. It is never written over.

    Returns
    -------
    The path of the workbook.

    Raises
    ------
    DataError
        When the folder has errors or nothing of that year, or the workbook is there already.
    """
    here = Path(data).absolute()  # this one, and none of its name in a folder above
    before = fiscal_year - 1 if before is None else before
    if government.strip() and not re.search(r"\d", government):
        government = Names(load(here).programs).find_government(government)
    wrong = _list_wrong(government, fiscal_year)
    if before >= fiscal_year:
        wrong.append(
            f"year {before} does not come before {fiscal_year}, and cannot be gone on from."
        )
    _refuse(wrong)
    known = load(here)
    there = known.program_years
    of = there[there["government_code"] == government]
    if before not in set(of["fiscal_year"]):
        raise DataError(
            f"{data} holds nothing of {government} in fiscal year {before}. "
            f"It holds {_describe_years(known)}."
        )
    name = known.programs.set_index("government_code").loc[[government], "government"].iloc[-1]
    return _write(Path(data), About(government, name, fiscal_year, before), Path(path))


def new_government(
    data: Path | str, government: str, name: str, fiscal_year: int, path: Path | str = ""
) -> Path:
    """Write a workbook to fill in with the first fiscal year of a government.

    Parameters
    ----------
    data
        The folder that it is read into; it need not be there yet.
    government, name
        The code of the government, and its name as it prints it.
    fiscal_year
        The year to fill in.
    path
        As in `new_year`.

    Returns
    -------
    The path of the workbook.

    Raises
    ------
    DataError
        When there is no such code or year, or the workbook is there already.
    """
    wrong = _list_wrong(government, fiscal_year)
    if not name.strip():
        wrong.append("the government has no name. Give it as it prints it.")
    _refuse(wrong)
    programs = read_folder(Path(data)).get("programs")
    if programs is not None and government in set(programs["government_code"]):
        raise DataError(
            f"{data} has programs of {government} already. `sosei new year` goes on from a year."
        )
    return _write(Path(data), About(government, name, fiscal_year), Path(path))


def _list_wrong(code: str, year: int) -> list[str]:
    wrong = []
    if not re.fullmatch(KINDS["code"].pattern, code):
        wrong.append(f"government {code!r} is no code. Expected {KINDS['code'].expected}.")
    elif not is_code(code):
        wrong.append(f"government {code!r} is no code: its check digit is wrong. Correct a digit.")
    if not re.fullmatch(KINDS["year"].pattern, str(year)):
        wrong.append(f"fiscal year {year} is none. Expected {KINDS['year'].expected}.")
    return wrong


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise DataError("\n".join(wrong))


def _describe_years(dataset: Dataset) -> str:
    """Whose years a folder holds."""
    names = dataset.programs.drop_duplicates("government_code", keep="last")
    years = dataset.program_years.groupby("government_code")["fiscal_year"].unique()
    said = [
        f"{code} {name} {', '.join(map(str, sorted(years[code])))}"
        for code, name in names[["government_code", "government"]].to_numpy().tolist()
        if code in years
    ]
    return "; ".join(said[:MOST_NAMED]) + (" and others" if len(said) > MOST_NAMED else "")


def _write(data: Path, about: About, path: Path) -> Path:
    last = read_last_year(data, about.code, about.before)
    if path.suffix.lower() not in ("", ".xlsx"):
        raise DataError(f"{path} is not written: a workbook is .xlsx. Give such a name.")
    path = path if path.name else Path(f"{about.code}_{about.year}.xlsx")
    write_book(plan_sheets(last, about), last, about, path, data.as_posix())
    return path
