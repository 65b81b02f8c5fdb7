"""Processes that are ended for certain, with all that they began."""

import os
import subprocess
import sys

import psutil
import pytest
from running import wait_until

from analysis.engine import guard

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="by prctl(2)")

ORPHANS = """
import os, subprocess, sys, time
from analysis.engine import guard
guard.be_guardian()
child = os.fork()
if child == 0:
    os.setsid()
    for _ in range(2):
        subprocess.Popen(["sleep", "987"], start_new_session=True)
    os._exit(7)
print(guard.wait_for_code(child, 60))
print(guard.end_others(set(), began=None))
""".strip()

DIES = """
import os, time
from analysis.engine import guard
parent = os.getpid()
child = os.fork()
if child == 0:
    guard.die_with_parent(parent)
    print(os.getpid(), flush=True)
    time.sleep(987)
time.sleep(987)
""".strip()

MEMORY = """
from analysis.engine import guard
guard.limit_memory(50_000_000)
kept = bytearray(20_000_000)
try:
    bytearray(200_000_000)
except MemoryError:
    print("full")
""".strip()


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_what_a_child_leaves_behind_is_named_and_ended():
    assert run(ORPHANS).stdout.splitlines() == ["7", "['sleep 987', 'sleep 987']"]


def test_a_process_that_is_to_die_with_its_parent_does():
    parent = subprocess.Popen([sys.executable, "-c", DIES], stdout=subprocess.PIPE, text=True)
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_memory_is_limited_to_so_much_more_than_there_is():
    assert run(MEMORY).stdout == "full\n"


def test_a_code_says_how_a_process_ended():
    child = os.fork()
    if child == 0:
        os._exit(3)
    assert guard.describe_code(guard.wait_for_code(child, 60)) == " with exit code 3"
    child = os.fork()
    if child == 0:
        while True:
            pass
    assert guard.wait_for_code(child, 0) is None
    assert guard.describe_code(guard.kill(child)) == " by SIGKILL"
