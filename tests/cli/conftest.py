"""What tests of the command share."""

import pytest
from typer.testing import CliRunner

from analysis.cli import app


@pytest.fixture
def run(project, monkeypatch):
    """Call the command in a project of its own, on a terminal that speaks no Japanese."""
    monkeypatch.setenv("SOSEI_LANGUAGE", "ja")

    def invoke(*arguments, locale="C"):
        return CliRunner(env={"LC_ALL": locale}).invoke(app, list(arguments))

    return invoke
