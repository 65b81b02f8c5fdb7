"""What `make test` tells: how long it will take, and each failure the moment it comes."""

import math
from collections import Counter

import pytest

KEY = "sosei/seconds"  # in pytest's cache: how long each test took when it last ran


def file_of(name):
    """The file of a test, by the test's name."""
    return name.partition("::")[0]


def read_seconds(config):
    """How long each test took the last time, as far as pytest keeps a cache."""
    return config.cache.get(KEY, {}) if hasattr(config, "cache") else {}


class Teller:
    """A plugin for the process that tells; with xdist its workers have none."""

    def __init__(self, config):
        self.config, self.told = config, False
        self.known, self.took = read_seconds(config), Counter()

    def pytest_collection_finish(self, session):
        """Tell, without xdist, how long it will take."""
        if session.items:
            self._tell_length([item.nodeid for item in session.items], 1)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids):
        """Tell how long it will take: once, though every worker collects the same tests."""
        self._tell_length(ids, self.config.option.numprocesses)

    def _tell_length(self, names, workers):
        if not self.told and not self.config.option.collectonly:
            self.told = True
            self._write(describe_length(names, self.known, workers))

    def pytest_runtest_logreport(self, report):
        """Note how long a test took; name one that failed, with the reason."""
        self.took[report.nodeid] += report.duration
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            reason = crash.message if crash else str(report.longrepr)
            what = "FAILED" if report.when == "call" else f"FAILED in {report.when}"
            self._write(f"{what} {report.nodeid}: {reason.partition(chr(10))[0]}")

    def pytest_sessionfinish(self):
        """Keep how long the tests took, for the next run."""
        took = {name: round(seconds, 2) for name, seconds in self.took.items()}
        if hasattr(self.config, "cache"):
            self.config.cache.set(KEY, self.known | took)

    def _write(self, line):
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter:
            reporter.write(f"\n{line}\n")


def describe_length(names, known, workers):
    """Say how many tests there are, and about how long they will take by when they last ran."""
    files = Counter()
    for name in names:
        files[file_of(name)] += known.get(name, 0)
    new = sum(name not in known for name in names)
    said = f"{len(names):,} tests"
    if new > len(names) / 2:
        return f"{said}; how long they take is known after the first run"
    seconds = max([files.total() / workers, *files.values()])  # a file is one worker's
    if seconds < 90:
        length = f"{10 * max(1, math.ceil(seconds / 10))} seconds"
    else:
        length = f"{round(seconds / 60)} minutes"
    unknown = f", but for {new:,} new" if new else ""
    return f"{said}: about {length} by the last run{unknown}"
