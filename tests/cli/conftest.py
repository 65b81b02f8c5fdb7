"""What tests of the command share."""

import pytest
from typer.testing import CliRunner

from analysis.cli import app


@pytest.fixture
def run(project):
    """Call the command in a project of its own."""

    def invoke(*arguments):
        return CliRunner().invoke(app, list(arguments))

    return invoke
