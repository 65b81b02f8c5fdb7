"""What is done once before kernels are forked."""

import os
import subprocess
import sys

import pytest

from analysis.batch.local import SETTINGS

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here"),
]


def test_warming_up_starts_no_thread_and_no_zmq_context(project):
    look = (
        "import gc, psutil, threading\n"
        "from analysis.engine.warm import warm_up\n"
        "warm_up('data')\n"
        "import zmq, matplotlib.pyplot as plt\n"
        "contexts = sum(isinstance(thing, zmq.Context) for thing in gc.get_objects())\n"
        "process = psutil.Process()\n"
        "print(process.num_threads(), threading.active_count(), contexts)\n"
        "print(plt.get_fignums(), process.children(), process.net_connections())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", look],
        capture_output=True,
        text=True,
        env=os.environ | SETTINGS,
        check=True,
    )
    assert ran.stdout.splitlines()[-2:] == ["1 1 0", "[] [] []"]
