"""The command `sosei`, and how it ends where something is wrong with what it was given."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Evaluate published regional-revitalization programs: from tables to reports.",
)


@contextmanager
def clear_messages() -> Iterator[None]:
    """Show what is wrong with the input as a message; end an interrupted run as such."""
    from analysis.errors import DataError

    try:
        yield
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(f"cannot go on: {error}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("interrupted; the reports finished so far are in place", err=True)
        raise typer.Exit(130) from None
