"""Data folders that several tests of this room begin with."""

import shutil
from pathlib import Path

import pytest
from folders import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    RATING,
    SOURCE,
    write,
    write_headers,
)
from slices import DATA

from analysis import load


@pytest.fixture
def folder(tmp_path):
    """A sound folder: one program, one amount, one KPI."""
    write_headers(tmp_path, "ratings", "observations", "instruments")
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    write(tmp_path, "budgets", BUDGET)
    write(tmp_path, "kpis", CONSULTATIONS)
    return tmp_path


@pytest.fixture
def full(folder):
    """The same with a judgement and an observation: a row in each table but that of terms."""
    write(folder, "ratings", RATING)
    write(folder, "observations", OBSERVATION)
    return folder


@pytest.fixture(scope="session")
def whole():
    """All data; not to be changed."""
    return load(DATA)


@pytest.fixture
def copied(tmp_path):
    """A copy of all data."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
