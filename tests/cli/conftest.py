"""What tests of the command share."""

import pytest
from typer.testing import CliRunner

from analysis.cli import app


@pytest.fixture
def run(project):
    """Call the command in a project of its own, on a terminal that speaks no Japanese."""

    def invoke(*arguments, locale="C", **options):
        spoken = {"LC_ALL": locale, "SOSEI_LANGUAGE": None}
        return CliRunner(env=spoken).invoke(app, list(arguments), **options)

    return invoke
