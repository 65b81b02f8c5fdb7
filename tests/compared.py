"""Two editions of a small data folder, as several tests compare them."""

import dataclasses

from folders import CONSULTATIONS, JOB_FAIR, SOURCE, write

import analysis

RUBRICS = ("tsukuba", "ibaraki", "cabinet_office_strict")
WASTE = CONSULTATIONS | {
    "kpi_id": "waste",
    "kpi": "ごみの量",
    "direction": "down",
    "unit": "g",
    "baseline": 611,
    "target": 580,
    "actual": 586,
    "actual_status": "final",
    "final_target": 580,
    "place": "④-9",
}


def edition(folder, **tables):
    """Write a folder of some tables, by default one program with one KPI, and load it."""
    folder.mkdir()
    rows = {"sources": [SOURCE], "programs": [JOB_FAIR], "kpis": [CONSULTATIONS]} | tables
    for name, listed in rows.items():
        write(folder, name, *listed)
    dataset = analysis.load(folder)
    few = {name: dataset.rubrics[name] for name in RUBRICS}  # each is asked for every change
    return dataclasses.replace(dataset, rubrics=few)


def tell(changes, *columns):
    """Some cells of each change, missing ones as None."""
    cells = changes[list(columns)].astype("object")
    return [tuple(row) for row in cells.where(cells.notna(), None).to_numpy().tolist()]
