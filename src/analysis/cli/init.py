"""The command that begins a folder of one's own: init."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from analysis.cli.app import app, clear_messages


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A new folder, or . for this one.")],
) -> None:
    """Begin a study: example data, notebooks, a workbook to fill in and a README."""
    with clear_messages():
        from analysis.intake.study import begin_study
        from analysis.wording.terminal import speak

        made = begin_study(folder)
        typer.echo(speak("study.made", made=", ".join(map(str, made))))
        if folder.resolve() != Path.cwd():
            typer.echo(f"  cd {quote(str(folder))}")
        typer.echo("  sosei run")
        typer.echo(speak("study.then_open", page=Path("outputs", "index.html")))
