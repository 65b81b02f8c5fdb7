"""The process that workers are forked from: nothing is left of it, however it ends."""

import os
import subprocess
import sys

import pytest
from running import processes_of, wait_until

from analysis.batch.local import Server

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked here"),
]

BEGIN = """
import os
from analysis.batch.local import Server
server = Server()
server.prepare(None, False)
assert server.fork_worker().recv() == "ready"
print(server.process.pid, flush=True)
os.kill(os.getpid(), 9)
""".strip()


def test_a_server_that_is_stopped_or_whose_starter_is_gone_takes_its_folder_with_it(
    project, short_folder, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(short_folder))
    server = Server()
    server.prepare(None, rehearse=False)
    assert server.folder == str(next(short_folder.iterdir()))
    assert server.fork_worker().recv() == "ready"
    server.stop()
    assert not list(short_folder.iterdir())
    killed = subprocess.run(
        [sys.executable, "-c", BEGIN],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(short_folder)},
    )
    assert int(killed.stdout)
    wait_until(lambda: not list(short_folder.iterdir()))
    wait_until(lambda: not processes_of(short_folder))


def test_a_server_whose_starter_is_gone_while_it_still_imports_ends_too(short_folder):
    killed = subprocess.run(
        [sys.executable, "-c", "\n".join([*BEGIN.splitlines()[:3], BEGIN.splitlines()[-1]])],
        env=os.environ | {"TMPDIR": str(short_folder)},
    )
    assert killed.returncode == -9
    wait_until(lambda: not processes_of(short_folder))
    assert not list(short_folder.iterdir())
