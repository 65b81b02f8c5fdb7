"""What the command says before there is anything to show."""

import sys

import pytest

from analysis.batch.unchanged import Asked
from analysis.cli.making import find_jobs

NOTHING_ELSE = ([], [], [], [], [], None, "", False, False)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_who_waits_at_a_terminal_is_told_what_is_read(capsys, monkeypatch, is_terminal, root):
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    dataset, jobs = find_jobs(Asked("data", ["program"], *NOTHING_ELSE))
    assert len(dataset.programs) > 0
    assert {job.name for job in jobs} == {"program"}
    assert ("reading data ...\n" in capsys.readouterr().err) == is_terminal
