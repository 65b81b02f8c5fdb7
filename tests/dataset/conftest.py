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
from slices import DATA, MORIOKA, TSUKUBA, keep_some

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


@pytest.fixture(scope="session")
def _two(tmp_path_factory):
    there = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("two") / "data"))
    keep_some(there, TSUKUBA, MORIOKA)
    return there


@pytest.fixture(scope="session")
def two(_two):
    """The data of two governments; not to be changed."""
    return load(_two)


@pytest.fixture
def copied(_two, tmp_path):
    """A copy of the files of two governments."""
    return Path(shutil.copytree(_two, tmp_path / "data"))
