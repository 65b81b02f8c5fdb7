"""Run jobs with Papermill in parallel processes, and put each finished report into place.

A job works in a folder of its own under outputs/.work-* and is moved into place when it has
succeeded. One that fails leaves its partial notebook beside the last good report, and an
entry in the ledger; the others go on.
"""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.batch.export import export_html
from analysis.batch.jobs import Job
from analysis.batch.save import REPORT_VARIABLE

LONGEST_CELL_SECONDS = 600


def run_jobs(
    jobs: list[Job],
    output: Path,
    workers: int,
    tell: Callable[[dict[str, Any]], None],
) -> list[dict[str, Any]]:
    """Run all jobs, `workers` at a time, and return their ledger entries as they finish.

    `tell` is called with each entry. Entries are written to the ledger at once, so that
    nothing finished is lost when the run is interrupted.
    """
    output.mkdir(parents=True, exist_ok=True)
    work = output.resolve() / f".work-{os.getpid()}"
    entries = []
    with tempfile.TemporaryDirectory(prefix="sosei-", ignore_cleanup_errors=True) as runtime:
        os.environ["JUPYTER_RUNTIME_DIR"] = runtime  # a short path, as sockets need
        try:
            for entry in _entries(jobs, output, work, workers):
                ledger.append(output, entry)
                entries.append(entry)
                tell(entry)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return entries


def _entries(jobs: list[Job], output: Path, work: Path, workers: int) -> Iterator[dict[str, Any]]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)) or 1, mp_context=context) as pool:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is begun here is finished
        try:
            futures = {pool.submit(run_job, job, output, work): job for job in jobs}
        finally:
            signal.signal(signal.SIGINT, heard)
        told = set()
        try:
            for future in as_completed(futures):
                told.add(future)
                yield _result(future, futures[future])
        except KeyboardInterrupt:
            under_way = [future for future in futures if future not in told and not future.cancel()]
            for future in under_way:
                yield _result(future, futures[future])
            raise


def _result(future: "Future[dict[str, Any]]", job: Job) -> dict[str, Any]:
    try:
        return future.result()
    except BrokenProcessPool:
        error = {"cell": None, "error": "the process that ran it died", "source": ""}
        return _entry(job, "failed", 0.0, error)


def run_job(job: Job, output: Path, work: Path) -> dict[str, Any]:
    """Execute one notebook in `work`, move its report into place; return its ledger entry."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    work = work / job.path
    work.mkdir(parents=True, exist_ok=True)
    executed = work / f"{job.name}.ipynb"
    os.environ[REPORT_VARIABLE] = str(work / job.name)
    began = time.perf_counter()
    error = None
    try:
        papermill.execute_notebook(
            str(job.notebook),
            str(executed),
            parameters=job.parameters,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=LONGEST_CELL_SECONDS,
            config=_kernel_settings(),
            extra_arguments=["--log-level=50"],
        )
        html = export_html(executed, job.title)
        executed.with_suffix(".html").write_text(html, encoding="utf-8")
    except papermill.PapermillExecutionError as failure:
        error = {
            "cell": failure.cell_index,
            "error": f"{failure.ename}: {failure.evalue}",
            "source": failure.source,
        }
    except CellTimeoutError:
        limit = f"a cell ran longer than {LONGEST_CELL_SECONDS} seconds"
        error = {"cell": None, "error": limit, "source": ""}
    except DeadKernelError:
        error = {"cell": None, "error": "the kernel died", "source": ""}
    except Exception as failure:  # whatever a notebook does, the other reports go on
        error = {"cell": None, "error": f"{type(failure).__name__}: {failure}", "source": ""}
    put_into_place(work, output / job.folder, job.name, failed=error is not None)
    return _entry(job, "failed" if error else "ok", time.perf_counter() - began, error)


def _kernel_settings() -> Any:
    """Speak to kernels through files where the system can: no port to race for, no listener."""
    from traitlets.config import Config

    if os.name == "nt":
        return Config()
    sockets = f"{os.environ['JUPYTER_RUNTIME_DIR']}/{uuid.uuid4().hex[:12]}"
    return Config(KernelManager={"transport": "ipc", "ip": sockets})


def put_into_place(work: Path, folder: Path, name: str, failed: bool) -> None:
    """Move a finished report over the last one; of a failed one only its partial notebook."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.failed.ipynb"
    if failed:
        if (work / f"{name}.ipynb").exists():
            (work / f"{name}.ipynb").replace(partial)
    else:
        partial.unlink(missing_ok=True)
        for kind in ("figures", "tables"):
            for old in folder.glob(f"{kind}/{name}_*"):
                old.unlink()
        for file in [p for p in work.rglob("*") if p.is_file()]:
            target = folder / file.relative_to(work)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    shutil.rmtree(work, ignore_errors=True)


def _entry(
    job: Job, status: str, seconds: float, error: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "report": job.path,
        "title": job.title,
        "notebook": str(job.notebook),
        "parameters": job.parameters,
        "inputs": job.hashes,
        "why": "asked for",
        "status": status,
        "seconds": round(seconds, 2),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        **({"failure": error} if error else {}),
    }
