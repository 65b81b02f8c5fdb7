"""How a notebook's cells are judged."""

import os

import nbformat
import pytest
from inside import run_inside
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager

from analysis.engine.client import Client
from analysis.engine.job import Limits

CASES = {
    "exits": {"cells": ["print('前')\nimport sys\nsys.exit()", "print('後')"]},
    "exits_badly": {"cells": ["raise SystemExit('データがない')", "print('後')"]},
    "tagged": {"cells": ["1 / 0", "print('後')"], "raises": [0]},
    "fails": {"cells": ["1", "raise ValueError('値')", "2"]},
    "shows_a_number": {
        "cells": [
            "from IPython.display import publish_display_data as show",
            "print('前')\nshow({'text/plain': 5})\nprint('後')",
        ]
    },
    "leaves": {"cells": ["import subprocess\nsubprocess.Popen(['sleep', '987'])"]},
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return run_inside(tmp_path_factory.mktemp("inside"), CASES)


runs = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")


@runs
@pytest.mark.process
def test_an_end_by_the_authors_word_is_no_failure_and_its_place_is_known(told):
    assert not hasattr(told["exits"], "error")
    assert told["exits"].ended_at == [0]
    printed = [
        [o["text"] for o in shown if o.get("name") == "stdout"] for shown in told["exits"].outputs
    ]
    assert printed == [["前\n"], []]
    assert not [o for o in told["exits"].outputs[0] if o["output_type"] == "error"]
    assert told["exits_badly"].error == "SystemExit: データがない"


@runs
@pytest.mark.process
def test_an_error_ends_the_notebook_unless_its_cell_is_tagged(told):
    assert (told["fails"].error, told["fails"].cell) == ("ValueError: 値", 1)
    assert told["fails"].outputs[2] == []
    assert not hasattr(told["tagged"], "error")
    assert told["tagged"].outputs[0][0]["ename"] == "ZeroDivisionError"
    assert told["tagged"].outputs[1][0]["text"] == "後\n"


@runs
@pytest.mark.process
def test_a_process_that_is_left_running_is_a_failure_in_whichever_group_it_is(told):
    assert told["leaves"].error == "the notebook left running: sleep 987"


SHOWN = {  # messages, by what they are of
    "a display": ("display_data", {"data": {"text/plain": "図"}, "metadata": {"a": {"b": 1}}}),
    "a display to update": (
        "display_data",
        {"data": {"text/html": "<b>"}, "metadata": {}, "transient": {"display_id": "x"}},
    ),
    "a value": (
        "execute_result",
        {"data": {"text/plain": "1"}, "metadata": {}, "execution_count": 3},
    ),
    "JSON": ("display_data", {"data": {"application/json": {"a": [1]}}, "metadata": {}}),
    "printed text": ("stream", {"name": "stdout", "text": "文\n"}),
    "an error": ("error", {"ename": "E", "evalue": "", "traceback": []}),
}


def keep_output(client, kind, content):
    outputs, message = [], {"msg_type": kind, "header": {"msg_type": kind}, "content": content}
    client.output(
        outputs, message | {"parent_header": {}}, content.get("transient", {}).get("display_id"), 0
    )
    return outputs, client._display_id_map


@pytest.fixture
def clients():
    notebook = NotebookExecutionManager(nbformat.v4.new_notebook(), progress_bar=False)
    clients = Client(notebook, Limits()), PapermillNotebookClient(notebook)
    for client in clients:
        client.reset_execution_trackers()
        client.clear_before_next_output = False
    return clients


@pytest.mark.parametrize("kind, content", SHOWN.values(), ids=SHOWN)
def test_an_output_is_kept_as_nbclient_keeps_it(clients, kind, content):
    ours, theirs = (keep_output(client, kind, content) for client in clients)
    assert ours == theirs
    assert type(ours[0][0]) is type(theirs[0][0])


def test_a_field_that_is_not_an_outputs_is_left_out_as_nbclient_does(clients):
    content = {"data": {"text/plain": "x"}, "metadata": {}, "execution_count": 1}
    ours, theirs = (keep_output(client, "display_data", content) for client in clients)
    assert ours == theirs


@runs
@pytest.mark.process
def test_what_no_notebook_can_hold_is_a_failure_of_its_cell_and_the_rest_is_kept(told):
    shown = told["shows_a_number"]
    assert shown.cell == 1
    assert shown.error.startswith("a cell shows what no notebook can hold (display_data: 5 is not")
    assert shown.outputs[1][0]["text"] == "前\n"
