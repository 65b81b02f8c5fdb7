"""What a run says beforehand of how long it will take."""

from pathlib import Path

from analysis.batch.ahead import foretell
from analysis.batch.plan import Step
from analysis.engine.job import Job


def steps(count, notebook="program"):
    path = Path(f"notebooks/{notebook}.ipynb")
    return [Step(Job(path, {"n": n}, f"{n}", ""), "run", "new") for n in range(count)]


def entry(seconds, size, notebook="program", status="ok"):
    files = {"a.html": ["0" * 12, size - 1], "a.png": ["0" * 12, 1]}
    name = f"notebooks/{notebook}.ipynb"
    return {"status": status, "seconds": seconds, "files": files, "notebook": name}


def test_time_and_disk_are_those_of_the_notebooks_other_reports():
    made = [entry(1.0, 2_000_000), entry(3.0, 4_000_000), entry(2.0, 3_000_000)]
    said = foretell(steps(100), [*made, entry(900.0, 10**9, status="failed")], places=2)
    assert said.startswith("100 reports to make, about 2 min and 300 MB by what")
    assert "40 s" in foretell(steps(40), made, places=2)
    assert "2.8 h" in foretell(steps(10_000), made, places=2)


def test_what_nothing_is_known_of_is_said():
    assert foretell(steps(30), [], 2) == "30 reports to make"
    said = foretell(steps(30) + steps(5, "field"), [entry(1.0, 1_000_000)], 2)
    assert said.startswith("30 reports to make, about 15 s and 30 MB")
    assert said.endswith("and 5 of notebooks of which none was made yet")
