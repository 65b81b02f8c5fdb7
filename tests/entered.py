"""What tests of plans share: a project whose reports are made up, as the ledger would have them."""

from analysis import load
from analysis.batch.inputs import Inputs
from analysis.batch.jobs import list_jobs
from analysis.batch.ledger import hash_together
from analysis.batch.places import find_notebooks
from analysis.dataset.folder import keep_folder

PROGRAM = """data: str = "data"
government: str = "082201"
fiscal_year: int = 2018
program: str = "job_fair"
threshold: float = 0.8"""

GOVERNMENT = 'data: str = "data"\ngovernment: str = "082201"\nfiscal_year: int = 2018'

NATION = 'data: str = "data"'


def find_jobs(**options):
    return list_jobs(load("data"), find_notebooks([]), "data", **options)


def make_up(output, write_notebook, enter):
    """Write notebooks, and a ledger and files as if their reports had been made from the data."""
    for name, parameters in (("program", PROGRAM), ("government", GOVERNMENT), ("nation", NATION)):
        write_notebook(name, parameters=parameters)
    inputs = Inputs()
    for job in find_jobs():
        (output / job.folder).mkdir(parents=True, exist_ok=True)
        (output / f"{job.path}.html").write_text("<html>")
        read = {n: v for n, v in job.parameters.items() if n != "threshold"}
        told = {"slice": [read], "digest": [["data", keep_folder("data").digest]]}
        told |= {
            "file": [["notes.txt", ""]],
            "written": [],
            "changing": [],
            "modules": [["plotly", "rich"]],
        }
        made_from = inputs.describe(job, hash_together([job.notebook]), told)
        made = {"files": {f"{job.name}.html": ["0", 6]}, "made_from": made_from}
        enter(output, job.path, parameters=job.parameters, **made)


def edit(path, old, new):
    """Replace a text in a file once."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
