"""The command line starts at once."""

import subprocess
import sys

import pytest


@pytest.mark.process
def test_help_starts_without_pandas_matplotlib_or_jupyter():
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from analysis.cli import app\n"
        "assert 'check' in CliRunner().invoke(app, ['--help']).output\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "jupyter_client"}
    assert not heavy & set(done.stdout.split())
