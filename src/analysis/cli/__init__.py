"""The command `sosei`. Nothing heavy is imported before a command needs it."""

from analysis.cli import new, reports, tables
from analysis.cli.app import app

__all__ = ["app", "main", "new", "reports", "tables"]


def main() -> None:
    """Run the command."""
    app()
