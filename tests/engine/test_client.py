"""How a notebook's cells are judged."""

import os

import pytest
from inside import run_inside

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here"),
]

CASES = {
    "exits": {"cells": ["print('前')\nimport sys\nsys.exit()", "print('後')"]},
    "exits_badly": {"cells": ["raise SystemExit('データがない')", "print('後')"]},
    "tagged": {"cells": ["1 / 0", "print('後')"], "raises": [0]},
    "fails": {"cells": ["1", "raise ValueError('値')", "2"]},
    "leaves": {"cells": ["import subprocess\nsubprocess.Popen(['sleep', '987'])"]},
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return run_inside(tmp_path_factory.mktemp("inside"), CASES)


def test_an_end_by_the_authors_word_is_no_failure_and_its_place_is_known(told):
    assert not hasattr(told["exits"], "error")
    assert told["exits"].ended_at == [0]
    printed = [
        [o["text"] for o in shown if o.get("name") == "stdout"] for shown in told["exits"].outputs
    ]
    assert printed == [["前\n"], []]
    assert not [o for o in told["exits"].outputs[0] if o["output_type"] == "error"]
    assert told["exits_badly"].error == "SystemExit: データがない"


def test_an_error_ends_the_notebook_unless_its_cell_is_tagged(told):
    assert (told["fails"].error, told["fails"].cell) == ("ValueError: 値", 1)
    assert told["fails"].outputs[2] == []
    assert not hasattr(told["tagged"], "error")
    assert told["tagged"].outputs[0][0]["ename"] == "ZeroDivisionError"
    assert told["tagged"].outputs[1][0]["text"] == "後\n"


def test_a_process_that_is_left_running_is_a_failure_in_whichever_group_it_is(told):
    assert told["leaves"].error == "the notebook left running: sleep 987"
