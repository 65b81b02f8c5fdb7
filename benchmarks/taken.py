"""What processes take: CPU seconds, and the most memory that they have at once.

Memory is Pss: a page that several processes share counts in parts, so that the sum over processes
is what they have together. Only Linux tells it; elsewhere it is not a number (nan).
"""

import resource
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

KILOBYTES_PER_MEGABYTE = 1_000_000 / 1_024
SECONDS_BETWEEN_LOOKS = 0.5
RESTS = 50  # times as long as looking takes


def count_cpu_seconds(*whose: int) -> float:
    """User and system seconds until now, of RUSAGE_SELF or RUSAGE_CHILDREN or both.

    Children are those that this process has waited for, with all that they have waited for.
    """
    taken = [resource.getrusage(who) for who in whose]
    return sum(one.ru_utime + one.ru_stime for one in taken)


class PeakMemory:
    """The most megabytes that the processes below this one have together, while it is entered.

    A thread of this process looks each half second, or more seldom where looking would take more
    than a fiftieth of one core. This process itself does not count, nor do children that are there
    when this is made.
    """

    def __init__(self) -> None:
        self._spared = {child.pid for child in psutil.Process().children()}
        self._most = float("nan")
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def take(self) -> float:
        """The most since this was last asked, in megabytes."""
        most, self._most = self._most, float("nan")
        return most

    def _keep_looking(self) -> None:
        pause = SECONDS_BETWEEN_LOOKS
        while not self._left.wait(pause):
            began = time.thread_time()
            below = psutil.Process().children(recursive=True)
            now = sum(_read_megabytes(one.pid) for one in below if one.pid not in self._spared)
            self._most = self._most if self._most >= now else now
            pause = max(SECONDS_BETWEEN_LOOKS, RESTS * (time.thread_time() - began))


def _read_megabytes(process: int) -> float:
    """The Pss of a process; 0 where it has just ended."""
    if not Path("/proc/self/smaps_rollup").exists():
        return float("nan")
    path = Path(f"/proc/{process}/smaps_rollup")
    with suppress(OSError):
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / KILOBYTES_PER_MEGABYTE
    return 0.0
