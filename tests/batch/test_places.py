"""The places of a command: all that are wrong are told at once."""

from pathlib import Path

import pytest
from listing import refused

from analysis.batch.places import find_notebooks, find_places


def test_the_folder_for_the_reports_follows_from_that_of_the_data(project, write_notebook):
    write_notebook("own")
    (project / "data").rename(project / "other")
    assert find_places("other", None, []) == Path("outputs/other")
    assert find_places("other", Path("made"), ["own"]) == Path("made")


@pytest.mark.parametrize("output", ["reports", "reports/below"])
def test_all_wrong_places_are_told_together(project, output):
    (project / "reports").write_text("", encoding="utf-8")
    told = refused(find_places, "date", Path(output), ["programme"]).splitlines()
    assert [line.split(".")[0] for line in told] == [
        "date: there is no such folder here or above",
        "programme: no such notebook",
        f"{output}: reports cannot be written there: "
        + ("it is no folder" if output == "reports" else "reports is no folder"),
    ]


def test_a_notebook_is_named_with_or_without_its_ending(project, write_notebook):
    path = write_notebook("own")
    for name in ("own", "own.ipynb", "notebooks/own.ipynb", str(path)):
        assert find_notebooks([name]) == [Path("notebooks/own.ipynb")]
    assert "Did you mean own?" in refused(find_notebooks, ["owm"])


def test_without_notebooks_one_learns_how_to_begin(project):
    assert "sosei init my-study" in refused(find_notebooks, [])
