"""What is told of tests before they run."""

import pytest
from telling import describe_length

KNOWN = {"a.py::one": 100.0, "a.py::two": 100.0, "b.py::one": 61.0, "c.py::one": 39.0}


@pytest.mark.parametrize(
    ("names", "workers", "said"),
    [
        (list(KNOWN), 3, "4 tests: about 3 minutes by the last run"),  # a.py is one worker's
        (list(KNOWN), 1, "4 tests: about 5 minutes by the last run"),
        (["c.py::one"], 3, "1 tests: about 40 seconds by the last run"),
        (["c.py::one", "c.py::two"], 3, "2 tests: about 40 seconds by the last run, but for 1 new"),
        (["d.py::one"], 3, "1 tests; how long they take is known after the first run"),
    ],
)
def test_the_length_is_that_of_the_last_run_and_no_more_precise(names, workers, said):
    assert describe_length(names, KNOWN, workers) == said
