"""The same jobs on a Dask cluster: workers on other machines, outputs on a folder they share."""

from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.batch.jobs import Task
from analysis.batch.plan import find_versions, hash_code
from analysis.errors import DataError

SECONDS_TO_CONNECT = 30
PLACES_PER_WORKER = 2  # one job under way, one waiting at hand


class ClusterWorkers:
    """The workers of a scheduler, as an executor of concurrent.futures.

    A job whose worker is killed goes to another one; the scheduler sees to that.

    Raises
    ------
    DataError
        When there is no scheduler, no worker, or a worker that would make other reports: with
        other code, other versions, or without the project's folder.
    """

    def __init__(self, address: str, folder: Path) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise DataError(
                "--cluster needs the package distributed: pip install 'sosei[cluster]'"
            ) from None
        try:
            self._client = distributed.Client(
                address, timeout=SECONDS_TO_CONNECT, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise DataError(f"--cluster {address}: no scheduler answers there ({error})") from None
        workers = self._client.run(describe_worker, str(folder))
        problems = list(_find_problems(workers, describe_worker(str(folder))))
        if not workers:
            problems = [f"--cluster {address}: the scheduler has no workers yet"]
        if problems:
            self._client.close()
            raise DataError("\n".join(problems))
        self.places = PLACES_PER_WORKER * len(workers)
        self._executor = self._client.get_executor(pure=False, retries=2)

    def submit(self, task: Task) -> "Future[dict[str, Any]]":
        """Hand a task to the cluster."""
        from analysis.batch.execute import run_task

        future: Future[dict[str, Any]] = self._executor.submit(run_task, task)
        return future

    def renew(self) -> None:
        """Nothing to do: the scheduler replaces workers."""

    def close(self) -> None:
        """Leave the cluster as it is."""
        self._executor.shutdown()
        self._client.close()


def describe_worker(folder: str) -> dict[str, Any]:
    """What a worker makes reports with, and whether it sees the project's folder."""
    return {
        "code": hash_code(),
        **find_versions(),
        "folder": Path(folder).is_dir(),
    }


def _find_problems(workers: dict[str, dict[str, Any]], here: dict[str, Any]) -> Any:
    for address, there in workers.items():
        if not there["folder"]:
            yield f"worker {address}: does not see the project's folder, which must be shared"
        for name, value in here.items():
            if name != "folder" and there[name] != value:
                yield f"worker {address}: {name} {there[name]}, but {value} here"
