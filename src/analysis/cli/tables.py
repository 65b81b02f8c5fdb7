"""The commands about tables: check, pack, diff, ingest."""

import sys
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer

from analysis.cli.app import app, choose_language, clear_messages, keep_apart
from analysis.environment import LANGUAGE_VARIABLE, find_language_of_terminal

ShowAll = Annotated[
    bool, typer.Option("--all", help="List every problem, up to 1,000 of a kind in a column.")
]


AsCsv = Annotated[
    Path | None, typer.Option("--csv", help="Write every finding here too.", metavar="FILE")
]
AsHtml = Annotated[
    Path | None, typer.Option("--html", help="Write a page of them here too.", metavar="FILE")
]


def _choose_messages(code: str) -> str:
    """The language of messages: as it is asked for, else Japanese where the terminal speaks it."""
    if code:
        return choose_language(code)
    return choose_language("ja") if find_language_of_terminal() == "ja" else "en"


OfMessages = Annotated[
    str,
    typer.Option(
        "--language",
        help="Language of what is told, ja or en; that of the terminal unless it is said.",
        metavar="ja|en",
        envvar=LANGUAGE_VARIABLE,
        callback=_choose_messages,
        show_default=False,
    ),
]


@app.command()
def check(
    directory: Annotated[str, typer.Argument(metavar="DIR or FILE")] = "data",
    show_all: ShowAll = False,
    csv: AsCsv = None,
    html: AsHtml = None,
    language: OfMessages = "",
) -> None:
    """Check a data folder: how many problems of each kind, then where each is and what to write.

    An error stops every report. A doubt is probably a slip, a note worth knowing; neither stops
    anything. Of many problems only the first of each kind are listed, unless --all is given.
    The exit code is 1 where there are errors.

    Of a published file (a workbook, CSV, web page, PDF, JSON) it is checked how far it follows
    the fifteen points of the ministry's rule for machine-readable tables. To follow it in part is
    no error: the exit code is 1 only where the file cannot be read.
    """
    with clear_messages():
        keep_apart((csv, html), (directory,))
        if Path(directory).suffix and not Path(directory).is_dir():
            _check_file(Path(directory), csv, html, show_all=show_all)
            return
        from analysis.dataset.check import check_tables
        from analysis.dataset.problems import count_severities, cut_problems, describe_summary

        problems, rows = check_tables(directory)
        _write_problems(problems, rows, directory, csv, html)
        if language == "ja":
            _tell_in_words(problems, rows, directory, show_all)
        elif len(problems):
            listed = problems if show_all else cut_problems(problems)
            typer.echo(describe_summary(problems) + "\n")
            _print_problems(listed)
            if len(listed) < len(problems):
                typer.echo(f"{len(problems) - len(listed)} more: --all lists every one")
        if language != "ja":
            typer.echo(f"{directory}: {count_severities(problems)}")
        if (problems["severity"] == "error").any():
            raise typer.Exit(1)


@app.command()
def pack(
    directory: Annotated[str, typer.Argument(metavar="DIR")] = "data",
    to: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write, DIR_packed beside DIR unless it is said.", metavar="DIR"
        ),
    ] = None,
) -> None:
    """Write a data folder once more with its tables as Parquet files: for a whole nation.

    Such a folder is read, checked and run as the one it was made from, and takes a twentieth of
    its space. It is not for typing: go on writing the CSVs, and pack them again.
    """
    with clear_messages():
        from analysis.dataset.pack import pack as write_packed

        keep_apart((to,), (directory,))
        written = write_packed(directory, to)
        size = sum(path.stat().st_size for path in written)
        place = written[0].parent
        typer.echo(f"{place}: {len(written)} files, {size / 1e6:,.1f} MB; use it as --data {place}")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False)],
    data: Annotated[
        str, typer.Option(help="The folder of which OLD and NEW are sources.", metavar="DIR")
    ] = "",
    csv: Annotated[
        Path | None, typer.Option(help="Write every change into this CSV.", metavar="FILE")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page, and beside it every change as CSV.", metavar="FILE"),
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="List every change, and compare every sentence.")
    ] = False,
) -> None:
    """Compare two editions of the data: what changed, and which conclusions move.

    OLD and NEW are two data folders; with --data two source_ids of one folder. Figures, names and
    judgements of the same fiscal year are compared, and the years that one edition has alone are
    counted. The exit code is 0 whether anything differs or not.
    """
    with clear_messages():
        from analysis.cli.changes import describe_comparison, write_files
        from analysis.dataset.pairs import load_pair
        from analysis.page.changes import MOST_WORDED, compare_editions

        keep_apart((csv, html), (data,) if data else (old, new))
        editions = load_pair(old, new, data or None)
        compared = compare_editions(*editions, (old, new), None if show_all else MOST_WORDED)
        written = list(write_files(compared, csv, html))
        typer.echo("\n".join([describe_comparison(compared, show_all=show_all), *written]))


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False)],
    into: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the tables, data/NAME OF THE FILE unless it is said.", metavar="DIR"
        ),
    ] = None,
    government: Annotated[
        str, typer.Option(help="Code of who published it, such as 082201.", metavar="CODE")
    ] = "",
    publisher: Annotated[
        str, typer.Option(help="Name of who published it, where it says none.", metavar="NAME")
    ] = "",
    fiscal_year: Annotated[
        int,
        typer.Option(help="Fiscal year whose results it gives; 0: as printed.", metavar="YEAR"),
    ] = 0,
    profile: Annotated[
        str, typer.Option(help="Profile to read by: its name, or its file.", metavar="PROFILE")
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="Write a first profile of the files, and read nothing.")
    ] = False,
    show_all: ShowAll = False,
) -> None:
    """Read published files (Excel, OpenDocument, CSV, JSON, HTML, PDF, zip) into tables.

    Beside the tables stand ingest.csv, a line for every figure that was printed and what became
    of it, and ingest.html, the sheets with each cell marked. The exit code is 1 where a figure
    could not be read.
    """
    with clear_messages():
        from analysis.intake.ingest import ingest as read_files
        from analysis.intake.messages import describe_ingested

        if draft:
            from analysis.intake.draft import write_draft

            for file in files:
                typer.echo(f"{write_draft(file, into)}: correct it, then read the file")
            return
        done = read_files(files, into, government, publisher, fiscal_year or None, profile)
        typer.echo(describe_ingested(done, show_all=show_all))
        if done.has_errors:
            raise typer.Exit(1)


def _check_file(path: Path, csv: Path | None, html: Path | None, *, show_all: bool) -> None:
    from analysis.intake.machine_readable import describe_outcomes, review_file
    from analysis.intake.template_sheets import find_about
    from analysis.wording.terminal import speak

    reviewed = review_file(path)
    typer.echo(describe_outcomes(reviewed, most=1_000 if show_all else 5))
    if find_about(reviewed.looked.grids):
        typer.echo(speak("tables.to_fill_in", file=quote(str(path))))
    if not (csv or html):
        return
    from analysis.intake.review_page import write_review, write_review_page

    if csv:
        write_review(reviewed, csv)
    if html:
        write_review_page(reviewed, html)


def _write_problems(
    problems: Any, rows: dict[str, int], folder: str, csv: Path | None, html: Path | None
) -> None:
    if not (csv or html):
        return
    from analysis.intake.problem_page import write_problem_page, write_problems

    if csv:
        write_problems(problems, csv)
    if html:
        write_problem_page(problems, rows, Path(folder).resolve().name, html)


def _tell_in_words(problems: Any, rows: dict[str, int], folder: str, show_all: bool) -> None:
    """Tell problems in the language of readers."""
    from analysis.dataset.problems import cut_problems
    from analysis.wording.labels import say
    from analysis.wording.problems import describe_each, describe_kinds, summarize_problems

    listed = problems if show_all else cut_problems(problems)
    if len(listed):
        typer.echo(f"{describe_kinds(problems)}\n\n{describe_each(listed)}")
    if len(listed) < len(problems):
        typer.echo(say("problems.more", count=len(problems) - len(listed)))
    typer.echo(summarize_problems(folder, problems, rows))


def _print_problems(problems: Any) -> None:
    """Print problems as a table on a screen, and one a line into a file or another command."""
    from analysis.dataset.problems import describe_problems

    if not sys.stdout.isatty():
        typer.echo(describe_problems(problems))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = problems.drop(columns=["rows", "subject", "source", "source_file", "understood"])
    table = Table(*shown.columns)
    for row in shown.astype("object").to_dict("records"):
        table.add_row(*(escape(str(value).replace("<NA>", "")) for value in row.values()))
    Console().print(table)
