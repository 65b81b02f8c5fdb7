"""A notebook's process seen from its worker: what it says comes whole, whatever it does."""

import os

import pytest
from inside import run_inside

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here"),
]

DISPLAY = "from IPython.display import display\n"
CASES = {
    "first": {"cells": ["1"]},
    "merges": {"cells": ["import sys\nfor n in range(3):\n    print(n); sys.stdout.flush()"]},
    "turns": {"cells": ["import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)"]},
    "keeps": {
        "cells": ["print('甲')\nimport os\nos.write(1, b'raw')\nos._exit(3)"],
    },
    "cuts": {"cells": ["import os\nprint('前')\nos.closerange(3, 1000)\nwhile True: pass"]},
    "hangs": {
        "cells": ["print('甲')", "print('乙')\nwhile True: pass"],
        "limits": {"seconds": 2},
    },
    "shows_for_ever": {
        "cells": [DISPLAY + "while True: display(1)"],
        "limits": {"seconds": 2, "output_megabytes": 0},
    },
    "shows_much": {
        "cells": [DISPLAY + "for n in range(30): display('x' * 100_000)"],
        "limits": {"output_megabytes": 1},
    },
    "shows_at_once": {
        "cells": [DISPLAY + "display({'text/plain': 'x' * 150_000_000}, raw=True)"],
        "limits": {"output_megabytes": 1},
    },
    "prints_in_c": {
        "cells": ["import os\nwhile True: os.write(1, b'x' * 100_000)"],
        "limits": {"output_megabytes": 1},
    },
    "alternates": {
        "cells": ["import sys\nwhile True: print('x'); print('y', file=sys.stderr)"],
        "limits": {"output_megabytes": 1},
    },
    "just_enough": {"cells": ["print('x' * 998_999)"], "limits": {"output_megabytes": 1}},
    "nowhere": {"cells": ["1"], "cwd": "no/such/folder"},
    "closes": {"cells": ["import sys\nsys.stdout.close()\nprint('閉じても')"]},
    "torn": {
        "cells": [
            "import os\n_ = os.write(1, '達'.encode()[:2])",
            "_ = os.write(1, '成'.encode())",
        ]
    },
    "ends_parent": {"cells": ["import os\nprint(os.getpid() == os.getpgid(0))"]},
    "mute": {
        "cells": ["import os\nos.close(1)\nos.close(2)\ntry: print('声')\nexcept OSError: pass"]
    },
    "waits": {
        "cells": [
            "import threading, time\nthreading.Thread(target=time.sleep, args=(987,)).start()"
        ]
    },
    "last": {"cells": ["1"]},
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return run_inside(tmp_path_factory.mktemp("inside"), CASES)


def texts(case):
    return [[output.get("text") for output in outputs] for outputs in case.outputs]


@pytest.mark.slow
def test_text_of_one_stream_is_one_output_however_it_was_sent(told):
    assert texts(told["merges"]) == [["0\n1\n2\n"]]
    assert texts(told["turns"]) == [["1\n", "2\n", "3\n"]]
    assert texts(told["torn"]) == [[], ["\ufffd成"]]


@pytest.mark.slow
def test_what_was_written_until_a_process_died_is_kept(told):
    assert told["keeps"].error == "the process of the notebook died with exit code 3"
    assert texts(told["keeps"]) == [["甲\nraw"]]
    for name, kept in (("hangs", ["乙\n"]), ("shows_for_ever", None)):
        assert told[name].error == "the notebook ran longer than 2 seconds (--time-limit)"
        assert kept in (None, texts(told[name])[-1])
    assert len(told["shows_for_ever"].outputs[0]) > 10


def test_what_shows_or_prints_more_than_it_may_is_ended(told):
    for name in ("shows_much", "shows_at_once", "prints_in_c", "alternates"):
        assert told[name].error == "the notebook printed more than 1 MB (--output-limit)", name
    assert len(told["shows_much"].outputs[0]) == 9
    assert len(texts(told["prints_in_c"])[0][0]) == 1_000_000
    assert 100 < len(told["alternates"].outputs[0]) <= 1_000
    assert not hasattr(told["just_enough"], "error")


def test_a_process_that_cannot_start_says_why(told):
    assert told["nowhere"].error.startswith("RuntimeError: the process of the notebook could not")
    assert "no/such/folder" in told["nowhere"].error


def test_a_notebook_may_close_its_output_or_leave_a_thread(told):
    assert not hasattr(told["mute"], "error")
    assert not hasattr(told["waits"], "error")
    assert texts(told["ends_parent"]) == [["True\n"]]


def test_a_worker_keeps_no_file_of_the_notebooks_it_has_run(told):
    assert told["last"].files == told["first"].files


def test_what_a_worker_is_to_do_at_its_own_end_no_notebook_does(told):
    assert all(case.kept for case in told.values())


def test_a_notebook_that_closes_its_connection_is_told_so_and_what_it_printed_is_kept(told):
    assert told["cuts"].error.startswith("the notebook closed files that it had not opened")
    assert told["cuts"].outputs[0][0]["text"].startswith("前\n")
