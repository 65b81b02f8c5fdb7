"""The process that kernels are forked from: what it holds, and that nothing is left of it."""

import json
import os
import socket
import subprocess
import sys

import psutil
import pytest
from running import processes_of, wait_until

from analysis.engine.forkserver import SOCKET
from analysis.engine.kernel import Forkserver

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here"),
]


@pytest.mark.parametrize("rehearse", [True, False])
def test_a_server_without_data_imports_nothing_and_its_kernels_are_ordinary(rehearse):
    server = Forkserver(None, rehearse=rehearse)
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(f"{server.folder}/{SOCKET}")
            command = [sys.executable, "-c", "import time; time.sleep(60)", "-f", "none"]
            request = {"command": command, "env": dict(os.environ), "cwd": "/", "memory": 0}
            connection.sendall(json.dumps(request).encode() + b"\n")
            kernel = psutil.Process(json.loads(connection.recv(100))["started"])
            wait_until(lambda: kernel.cmdline() == command)
    finally:
        server.stop()


def test_a_server_that_is_stopped_or_whose_starter_is_gone_takes_its_folder_with_it(
    project, short_folder, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(short_folder))
    server = Forkserver(None)
    assert server.folder == str(next(short_folder.iterdir()))
    server.stop()
    assert not list(short_folder.iterdir())
    begin = "import os\nfrom analysis.engine.kernel import Forkserver\n"
    begin += "print(Forkserver(None).process.pid, flush=True)\nos.kill(os.getpid(), 9)"
    killed = subprocess.run(
        [sys.executable, "-c", begin],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(short_folder)},
    )
    assert int(killed.stdout)
    wait_until(lambda: not list(short_folder.iterdir()))
    wait_until(lambda: not processes_of(short_folder))
