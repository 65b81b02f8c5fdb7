"""The command `sosei`, and how it ends where something is wrong with what it was given."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.settings import NAME, read_settings
from analysis.environment import LANGUAGE_VARIABLE, list_languages

CLOSED_PIPE = 141  # 128 and the number of SIGPIPE, as of a command that does not heed it

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Evaluate published regional-revitalization programs: from tables to reports.",
)


def choose_language(code: str) -> str:
    """Let this process, and those that it starts, speak a language; nothing of it has spoken yet.

    Raises
    ------
    BadParameter
        When there is no such language.
    """
    if code not in (known := list_languages()):
        raise typer.BadParameter(f"{code!r} is none of {', '.join(known)}.")
    os.environ[LANGUAGE_VARIABLE] = code
    return code


Language = Annotated[
    str,
    typer.Option(
        help="Language of the reports; the English ones stand in outputs/en.",
        metavar="ja|en",
        envvar=LANGUAGE_VARIABLE,
        callback=choose_language,
    ),
]


def keep_apart(written: Iterable[Path | None], read: Iterable[str | Path]) -> None:
    """Refuse to write into a data folder, or over a file, that is read.

    Raises
    ------
    DataError
        For each such path at once.
    """
    from analysis.errors import DataError

    places = {Path(place).resolve() for place in read if str(place)}
    wrong = [
        f"{path} would be written into what is read. Give a place outside of it."
        for path in filter(None, written)
        if places & {path.resolve(), *path.resolve().parents}
    ]
    if wrong:
        raise DataError("\n".join(wrong))


@contextmanager
def clear_messages() -> Iterator[None]:
    """Show what is wrong with the input as a message; end an interrupted run as such.

    Where nobody reads on (`| head`), it ends without a word.
    """
    try:
        with _messages():
            yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # flushed at Python's exit
        raise typer.Exit(CLOSED_PIPE) from None


@contextmanager
def _messages() -> Iterator[None]:
    from analysis.errors import DataError
    from analysis.wording.terminal import speak

    try:
        yield
    except BrokenPipeError:
        raise
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(speak("run.cannot", why=error), err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo(speak("run.finished"), err=True)
        raise typer.Exit(130) from None


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sosei {version('sosei')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help="Tell the version.", is_eager=True, callback=_tell_version),
]


@app.callback()
def begin(context: typer.Context, version: Version = False) -> None:
    """Take what `sosei.toml` says for options that are not given."""
    if Path(NAME).is_file():
        with clear_messages():
            context.default_map = read_settings(context.command)
