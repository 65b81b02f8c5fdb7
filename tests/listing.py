"""What tests of notebooks and jobs share: the jobs of notebooks over the real data, refusals."""

import json
from functools import cache
from pathlib import Path

import pytest

from analysis import DataError, load
from analysis.batch.jobs import list_jobs

ALL = 'government: str = "082201"\nfiscal_year: int = 2018\nthreshold: float = 0.8'


def refused(call, *arguments, **options):
    """What a call that must be refused is told."""
    with pytest.raises(DataError) as error:
        call(*arguments, **options)
    return str(error.value)


@cache
def read_data():
    """The real data, read once."""
    return load(Path(__file__).parents[1] / "data")


def jobs_of(*notebooks, **options):
    """The jobs of notebooks over the real data."""
    return list_jobs(read_data(), list(notebooks), "data", **options)


def alter(path, **metadata):
    """Change the metadata of a notebook file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"] |= metadata
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
