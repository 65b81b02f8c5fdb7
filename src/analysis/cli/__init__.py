"""The command `sosei`. Nothing heavy is imported before a command needs it."""

from analysis.cli import init, new, reports, tables
from analysis.cli.app import app

__all__ = ["app", "init", "main", "new", "reports", "tables"]


def main() -> None:
    """Run the command."""
    app()
