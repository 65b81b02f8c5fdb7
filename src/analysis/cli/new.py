"""The commands that write workbooks for people who type: new year, new government."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from analysis.cli.app import app, clear_messages

new = typer.Typer(no_args_is_help=True, help="Write a workbook to fill in, for `sosei ingest`.")
app.add_typer(new, name="new")

Data = Annotated[
    Path,
    typer.Option(help="Folder whose tables it goes on from and is read into.", metavar="DIR"),
]
Government = Annotated[
    str,
    typer.Option(help="Code of the government, such as 082201.", metavar="CODE"),
]


def read_year(text: str) -> int:
    """Read one fiscal year, as a number or as it is printed.

    Raises
    ------
    BadParameter
        When it is no year, or several.
    """
    from analysis.dataset.asked import read_years
    from analysis.errors import DataError

    try:
        [year] = read_years(text)
    except (DataError, ValueError):
        raise typer.BadParameter(f"{text!r} is not one year; write 2019 or R1") from None
    return year


Year = Annotated[
    int,
    typer.Option(
        help="Fiscal year to fill in, such as 2019 or R1.", metavar="YEAR", parser=read_year
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        help="The workbook; CODE_YEAR.xlsx unless it is said.", metavar="FILE", show_default=False
    ),
]


@new.command()
def year(
    government: Government,
    fiscal_year: Year,
    before: Annotated[
        int,
        typer.Option("--from", help="Year to go on from; 0: the one before.", metavar="YEAR"),
    ] = 0,
    data: Data = Path("data"),
    output: Output = Path(),
) -> None:
    """A further year: last year's programs and KPIs stand in it, and its figures beside."""
    with clear_messages():
        from analysis.intake.new import new_year

        _say_next(new_year(data, government, fiscal_year, before or None, output), data)


@new.command()
def government(
    government: Government,
    name: Annotated[str, typer.Option(help="Its name as it prints it.", metavar="NAME")],
    fiscal_year: Year,
    data: Data = Path("data"),
    output: Output = Path(),
) -> None:
    """The first year of a government: empty sheets, with the words to choose from."""
    with clear_messages():
        from analysis.intake.new import new_government

        _say_next(new_government(data, government, name, fiscal_year, output), data)


def _say_next(path: Path, data: Path) -> None:
    typer.echo(f"{path}: fill it in and save it, then")
    typer.echo(f"  sosei ingest {quote(str(path))} --into {quote(str(data))}")
