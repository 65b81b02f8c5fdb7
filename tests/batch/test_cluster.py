"""Reports made by the workers of a real cluster on this machine: a scheduler, two workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
from running import EVERY_PROGRAM, ONE, REPORT, TABLE, lasting, lines_of, processes_of, wait_until

from analysis import environment
from analysis.batch import ledger
from analysis.batch.cluster import describe_worker, find_problems, run_checked
from analysis.batch.local import BEGIN
from analysis.batch.outputs import open_work
from analysis.batch.task import Task
from analysis.engine.job import Job, Limits
from analysis.errors import DataError

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(find_spec("distributed") is None, reason="distributed is not installed"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked here"),
]


class Cluster:
    """A scheduler and its workers: separate processes, started elsewhere than in the project."""

    def __init__(self, folder):
        self.folder, self.workers, self.logs = folder, [], []
        (folder / "elsewhere").mkdir()
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        wait_until(self._is_described, describe=self._read_logs)
        self.address = json.loads(self.file.read_text())["address"]

    def _is_described(self):
        return self.file.exists() and self.file.read_text().rstrip().endswith("}")

    def _read_logs(self):
        return "\n".join(log.read_text() for log in self.logs)

    def add_worker(self, *arguments, **environment):
        local = ("--local-directory", str(self.folder / "local"))
        self.workers.append(self._start("worker", *arguments, *local, **environment))
        log = self.logs[-1]
        wait_until(lambda: "Registered to" in log.read_text(), describe=log.read_text)
        return self.workers[-1]

    def _start(self, kind, *arguments, **environment):
        self.logs.append(self.folder / f"log{len(self.logs)}")
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file)]
        with self.logs[-1].open("w") as log:
            return subprocess.Popen(
                [*command, "--no-dashboard", *arguments],
                cwd=self.folder / "elsewhere",
                env=os.environ | {"TMPDIR": str(self.folder)} | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self):
        for processes in (self.workers, [self.scheduler]):
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()


@pytest.fixture(scope="module")
def cluster():
    """Two workers as docs/cluster.md starts them, each with a nanny."""
    with tempfile.TemporaryDirectory(prefix="c", dir="/tmp") as folder:
        started = Cluster(Path(folder))
        for _ in range(2):
            started.add_worker("--nthreads", "1")
        yield started
        started.stop()


@pytest.fixture
def lonely():
    """A scheduler that no worker has come to."""
    with tempfile.TemporaryDirectory(prefix="l", dir="/tmp") as folder:
        started = Cluster(Path(folder))
        yield started
        started.stop()


def server_of(worker):
    """The fork server below a `dask worker`, once there is one."""
    children = psutil.Process(worker.pid).children(recursive=True)
    return next((p for p in children if BEGIN in p.cmdline()), None)


def is_making_a_report(worker):
    server = server_of(worker)
    return server is not None and len(server.children(recursive=True)) >= 2


def reports_of(output):
    return sorted(entry["report"] for entry in ledger.read(output) if "report" in entry)


@pytest.mark.slow
def test_workers_elsewhere_one_of_them_killed_make_the_same_bytes_as_a_run_here(
    sosei, start, project, write_notebook, gate, cluster
):
    write_notebook("own", REPORT, TABLE, gate.cell, parameters=EVERY_PROGRAM)
    arguments = ("run", *ONE, "--cluster", cluster.address, "--output")
    run, output, worker = start(*arguments, "killed"), project / "killed", cluster.workers[0]
    wait_until(lambda: gate.count() >= 3 and is_making_a_report(worker))
    server = server_of(worker)
    of_server = [server, *server.children(recursive=True)]
    folder = Path(server.cmdline()[3])
    server.parent().kill()
    gate.open()
    _, err = run.communicate()
    assert run.returncode == 0, err
    assert len(set(reports_of(output))) == len(reports_of(output)) == 7
    assert sosei("run", *ONE, "--output", "here", "--workers", "1").returncode == 0
    assert lasting(output) == lasting(project / "here")
    assert not (output / environment.WORK).exists()
    wait_until(lambda: not any(p.is_running() for p in of_server) and not folder.exists())
    assert server_of(cluster.workers[1])  # it keeps its own, for the next run


@pytest.mark.slow
def test_a_report_that_the_cluster_makes_again_stays_as_it_is(project, write_notebook, cluster):
    client = import_module("distributed").Client(cluster.address, set_as_default=False)
    path = write_notebook("own", "1").relative_to(project)
    job = Job(path, {"government": "082201", "fiscal_year": 2018}, "own", "own")
    task = Task(job, project, project / "outputs", open_work(project / "outputs"), Limits())
    here = describe_worker(str(project))
    done = client.submit(run_checked, task, here, pure=False)
    outcome = done.result()
    before = (project / "outputs/own/own.ipynb").read_bytes()
    (holder,) = client.who_has(done)[done.key]
    psutil.Process(client.run(os.getpid, workers=[holder])[holder]).kill()
    wait_until(lambda: client.who_has(done)[done.key] not in [(), (holder,)])
    assert done.result() == outcome
    assert (project / "outputs/own/own.ipynb").read_bytes() == before
    client.close()


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", pytest.param("nowhere", marks=pytest.mark.slow)]
)
def test_an_address_without_scheduler_is_a_message(sosei, write_notebook, address):
    write_notebook("own", "1")
    ran = sosei("run", *ONE, "--cluster", address)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"--cluster {address}: no scheduler answers there (")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.slow
def test_workers_that_would_make_other_reports_are_refused_and_nothing_is_lost(
    sosei, root, project, write_notebook, cluster, lonely
):
    write_notebook("own", "print(government)")
    job = ("run", *ONE, "--cluster")
    assert sosei(*job, cluster.address).returncode == 0
    before = lasting(project / "outputs")
    none = sosei(*job, lonely.address, "--force")
    assert none.stderr == f"--cluster {lonely.address}: the scheduler has no workers yet\n"
    shutil.copytree(root / "src/analysis", lonely.folder / "other/analysis")
    with (lonely.folder / "other/analysis/cli/app.py").open("a") as changed:
        changed.write("# another edition\n")
    lonely.add_worker("--no-nanny", "--nthreads", "2", PYTHONPATH=str(lonely.folder / "other"))
    (lonely.folder / "old/analysis").mkdir(parents=True)
    (lonely.folder / "old/analysis/__init__.py").touch()
    lonely.add_worker("--no-nanny", "--nthreads", "1", PYTHONPATH=str(lonely.folder / "old"))
    other = sosei(*job, lonely.address, "--force")
    assert other.returncode == none.returncode == 1
    assert len(other.stderr.splitlines()) == 3
    assert ": cannot make reports: " in other.stderr
    assert "No module named 'analysis.batch'" in other.stderr
    assert f", but {describe_worker('.')['code']} here" in other.stderr
    assert "has 2 threads, but makes one report at a time: --nthreads 1" in other.stderr
    assert lasting(project / "outputs") == before


@pytest.mark.slow
def test_a_worker_that_does_not_see_the_folder_or_its_tables_is_refused(project, cluster):
    begin = (
        "import sys\nfrom pathlib import Path\n"
        "from analysis.batch.cluster import ClusterWorkers\n"
        "from analysis.errors import DataError\n"
        "try: ClusterWorkers(sys.argv[1], Path('/no/such/folder'), 'data')\n"
        "except DataError as error: print(error)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", begin, cluster.address], capture_output=True, text=True, check=True
    )
    lines = ran.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert line.endswith(": does not see the project's folder, which must be shared")
    seen = describe_worker(str(project), "data")
    assert not list(find_problems("w", seen, seen))
    english = find_problems("w", seen, seen | {"language": "en"})
    assert list(english) == ["worker w: language ja, but en here"]
    with (project / "data/kpis.csv").open("a") as table:
        table.write("\n")
    (problem,) = find_problems("w", seen, describe_worker(str(project), "data"))
    assert problem.startswith(f"worker w: tables {seen['tables']}, but ")


def test_a_worker_that_comes_late_with_other_code_makes_no_report(project):
    job = Job(project / "notebooks/own.ipynb", {}, "own", "own")
    task = Task(job, project, project / "outputs", project / "outputs" / environment.WORK, Limits())
    with pytest.raises(DataError, match=r"worker .*: code \w+, but another here"):
        run_checked(task, describe_worker(str(project)) | {"code": "another"})
    assert not (project / "outputs").exists()


@pytest.mark.slow
def test_a_scheduler_that_dies_ends_the_run_with_a_message_and_all_workers_with_it(
    sosei, start, project, write_notebook, gate, cluster
):
    write_notebook("own", REPORT, TABLE, gate.cell, parameters=EVERY_PROGRAM)
    run = start("run", *ONE, "--cluster", cluster.address)
    wait_until(lambda: gate.count() >= 3 and lines_of(project / "outputs"))
    cluster.scheduler.send_signal(signal.SIGKILL)
    _, err = run.communicate()
    assert run.returncode == 1
    assert err.startswith(f"--cluster {cluster.address}: the scheduler no longer answers")
    assert len(err.splitlines()) == 1
    cluster.stop()
    wait_until(
        lambda: not processes_of(cluster.folder) and not list(cluster.folder.glob("sosei-*"))
    )
    made = reports_of(project / "outputs")
    assert len(made) == 1
    planned = sosei("plan", *ONE).stdout.splitlines()[-1]
    assert planned == f"{7 - len(made)} to run, 0 to export again, {len(made)} up to date"
