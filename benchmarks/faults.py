"""Kills at random moments and ledgers damaged at random: what is left must be as if undisturbed.

A small run, six quick reports of a synthetic nation (national.py), in a temporary folder.

- kills: a process of a run is killed (SIGKILL) at a random moment: the run itself, its server, a
  worker that the server has forked, or the process that a worker has forked for a notebook. The
  command is begun again, until all reports are made. Then the folder is compared with that of an
  undisturbed run, file by file (notebooks without their times), and emptied. After each kill
  nothing may be left: no process, no temporary file, no shared memory that nobody uses.
- ledgers: the ledger of finished reports is damaged: bits flipped; lines cut, doubled, joined,
  exchanged for JSON that is no entry; entries that lack something or hold a wrong type; the whole
  of it random. `sosei plan` and `sosei run` must bear it, and end in the undisturbed folder.

    python benchmarks/faults.py --kills 300 --ledgers 100 --seed 1

Everything is drawn from the seed, but how far a run has come at a moment is not.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import psutil
from national import FISCAL_YEAR, SOSEI, write_nation

from analysis import environment
from analysis.batch import ledger
from analysis.batch.verify import read_lasting
from analysis.engine import guard

PROGRAMS = 6
PARAMETERS = f'government: str = ""\nfiscal_year: int = {FISCAL_YEAR}\nprogram: str = ""'
CELLS = [
    "import analysis as sosei, random, pandas as pd\n"
    'kpis = sosei.load("data", government, fiscal_year, program).kpis',
    'drawn = pd.DataFrame({"rows": [len(kpis)], "random": [random.random()]})\n'
    'sosei.show_table(drawn, "表", name="drawn")',
]
TARGETS = ["run", "server", "worker", "notebook"]
LONGEST_SECONDS = 300  # until a run must have ended, and all that it had begun be gone
SHARED = Path("/dev/shm")
WRONG = [b"1", b"null", b'"report"', b'{"report": 1}', b"[" * 100_000, b"9" * 5_000, b"\xff\xfe"]


class Project:
    """A project in a temporary folder, what an undisturbed run makes of it, and what went wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output, self.temporary = folder, folder / "outputs", folder / "t"
        self.temporary.mkdir()
        (folder / "notebooks").mkdir()
        write_nation(folder / "data", PROGRAMS)
        notebook = nbformat.v4.new_notebook()
        notebook.metadata = {
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        }
        declared = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
        notebook.cells = [declared, *map(nbformat.v4.new_code_cell, CELLS)]
        nbformat.write(notebook, folder / "notebooks/own.ipynb")
        began = time.monotonic()
        if self.start("run").wait():
            sys.exit(f"the undisturbed run failed; nothing to be compared with: {self.read_said()}")
        self.seconds = time.monotonic() - began
        self.undisturbed = self.read_output()
        self.wrong: list[str] = []

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin the command in a group of its own, with a folder of its own for what it leaves."""
        with (self.folder / "said").open("w") as said:
            return subprocess.Popen(
                [*SOSEI, *arguments],
                cwd=self.folder,
                env=os.environ | {"TMPDIR": str(self.temporary)},
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def wait(self, command: subprocess.Popen[str], what: str) -> int:
        """The exit code of a command; one that does not end is noted, and killed."""
        with suppress(subprocess.TimeoutExpired):
            return command.wait(LONGEST_SECONDS)
        self.wrong.append(f"{what}: did not end: {self.read_said()[-500:]}")
        command.kill()
        return command.wait()

    def read_output(self) -> dict[str, Any]:
        """Every file of the reports, as they last; not the ledger nor what runs need themselves."""
        paths = [path for path in self.output.rglob("*") if path.is_file()]
        return {
            path.relative_to(self.output).as_posix(): read_lasting(path)
            for path in paths
            if path.name != ledger.NAME and environment.OURS not in path.parts
        }

    def check(self, what: str, code: int) -> None:
        """Note an exit code that is not 0, a traceback, and files that are not the undisturbed."""
        self.check_said(what)
        if code:
            self.wrong.append(f"{what}: exit code {code}: {self.read_said()[-500:]}")
        made = self.read_output()
        different = {
            name for name in made | self.undisturbed if made.get(name) != self.undisturbed.get(name)
        }
        self.wrong += [f"{what}: different: {name}" for name in sorted(different)]

    def read_said(self) -> str:
        """What the last command said."""
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")

    def check_said(self, what: str) -> None:
        """Note a traceback of the last command."""
        if "Traceback" in self.read_said():
            self.wrong.append(f"{what}: {self.read_said()[-1500:]}")

    def find_left(self) -> list[str]:
        """The processes and temporary files there are."""
        processes = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                ours = process.environ().get("TMPDIR", "").startswith(str(self.temporary))
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    processes.append(" ".join(process.cmdline())[:100])
        return processes + [path.name for path in self.temporary.iterdir()]


def find_unused_memory() -> set[Path]:
    """The files of shared memory that no process has mapped or open."""
    there, used = set(SHARED.glob("*")), ""  # in this order: what is new meanwhile is used
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            used += (process / "maps").read_text()
        for number in process.glob("fd/*"):
            with suppress(OSError):
                used += f"{number.readlink()}\n"
    return {path for path in there if str(path) not in used}


def find_target(run: subprocess.Popen[str], name: str, rng: random.Random) -> psutil.Process | None:
    """A process of a run by what it is; None where there is none at the moment."""
    servers = [p for p in psutil.Process(run.pid).children() if guard.OURS in str(p.cmdline())]
    workers = [worker for server in servers for worker in server.children()]
    found = {
        "run": [psutil.Process(run.pid)],
        "server": servers,
        "worker": workers,
        "notebook": [process for worker in workers for process in worker.children()],
    }[name]
    return rng.choice(found) if found else None


def kill(run: subprocess.Popen[str], name: str, rng: random.Random) -> bool:
    """Kill a process of a run as soon as there is one; whether there was."""
    while run.poll() is None:
        with suppress(psutil.Error):
            if target := find_target(run, name, rng):
                target.kill()
                return True
        time.sleep(0.01)
    return False


def kill_runs(project: Project, kills: int, seconds: float, rng: random.Random) -> None:
    """Begin and kill runs, and compare whenever all reports are made; print the counts."""
    killed: Counter[str] = Counter()
    compared, began = 0, time.monotonic()
    unused = find_unused_memory()
    shutil.rmtree(project.output)
    while killed.total() < kills and time.monotonic() < began + seconds:
        run, name = project.start("run"), rng.choice(TARGETS)
        with suppress(subprocess.TimeoutExpired):
            run.wait(rng.random() * project.seconds)
        killed.update([name] if kill(run, name, rng) else [])
        what = f"kill {killed.total()} ({name})"
        code = project.wait(run, what)
        project.check_said(what)
        check_left(project, what, unused)
        if code == 0:
            project.check(what, code)
            compared += 1
            shutil.rmtree(project.output)
    project.check("after the last kill", project.start("run").wait())
    each = (time.monotonic() - began) / max(1, killed.total())
    print(
        f"{killed.total()} kills ({', '.join(f'{n} {name}' for name, n in killed.items())}), "
        f"{each:.1f} s each; compared with the undisturbed run {compared + 1} times",
        flush=True,
    )


def check_left(project: Project, what: str, unused: set[Path]) -> None:
    """Note what a killed run left once it had time to go."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        left, memory = project.find_left(), find_unused_memory() - unused
        if not (left or memory) or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    unused |= memory
    project.wrong += [f"{what}: left: {name}" for name in [*left, *sorted(memory)]]


def flip_bits(lines: list[bytes], rng: random.Random) -> bytes:
    """Flip up to ten bits anywhere."""
    content = bytearray(b"".join(lines))
    for _ in range(rng.randint(1, 10)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(content)


def cut(lines: list[bytes], rng: random.Random) -> bytes:
    """Cut a piece out, at any byte."""
    content = b"".join(lines)
    first, last = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + content[last:] if rng.random() < 0.5 else content[:last]


def double(lines: list[bytes], rng: random.Random) -> bytes:
    """Write some lines again, anywhere."""
    for line in rng.choices(lines, k=rng.randint(1, 4)):
        lines.insert(rng.randrange(len(lines) + 1), line)
    return b"".join(lines)


def join(lines: list[bytes], rng: random.Random) -> bytes:
    """Take the ends of some lines away."""
    return b"".join(line.rstrip(b"\n") if rng.random() < 0.4 else line for line in lines)


def exchange(lines: list[bytes], rng: random.Random) -> bytes:
    """Put lines that are no entries in the place of others, and after them."""
    for _ in range(rng.randint(1, 4)):
        lines[rng.randrange(len(lines))] = rng.choice(WRONG) + b"\n"
    return b"".join(lines) + rng.choice(WRONG)


def misshape(lines: list[bytes], rng: random.Random) -> bytes:
    """Take a key from an entry, or give it a value of another type; without its checksum."""
    number = rng.randrange(len(lines))
    entry = json.loads(lines[number])
    entry.pop("crc32")
    place = entry
    while isinstance(place.get(key := rng.choice(list(place))), dict) and rng.random() < 0.7:
        place = place[key] or {"": 0}
    if rng.random() < 0.5:
        del place[key]
    else:
        wrong = [None, 7, [], {}, "x", True, [[1]]]
        place[key] = rng.choice([w for w in wrong if type(w) is not type(place[key])])
    lines[number] = json.dumps(entry).encode() + b"\n"
    return b"".join(lines)


def make_random(lines: list[bytes], rng: random.Random) -> bytes:
    """Nothing of it is left."""
    return rng.randbytes(rng.randrange(2 * sum(map(len, lines))))


DAMAGES = [flip_bits, cut, double, join, exchange, misshape, make_random]


def damage_ledgers(project: Project, ledgers: int, seconds: float, rng: random.Random) -> None:
    """Damage the ledger, plan, run, and compare; print the counts."""
    project.check("before the first ledger", project.start("run").wait())
    path, done = project.output / ledger.NAME, Counter[str]()
    whole, began = path.read_bytes(), time.monotonic()
    for damage in itertools.islice(itertools.cycle(DAMAGES), ledgers):
        if time.monotonic() > began + seconds:
            break
        path.write_bytes(damage(whole.splitlines(keepends=True), rng))
        what = f"ledger {done.total()} ({damage.__name__})"
        code = project.start("plan").wait()
        project.check_said(f"{what}, plan")
        project.wrong += [f"{what}: plan ended with {code}"] if code else []
        project.check(what, project.start("run").wait())
        done.update([damage.__name__])
    each = (time.monotonic() - began) / max(1, done.total())
    counts = ", ".join(f"{n} {name}" for name, n in done.items())
    print(f"{done.total()} damaged ledgers ({counts}), {each:.1f} s each", flush=True)


def main() -> None:
    """Do both, print the counts, and what went wrong; exit code 1 where anything did."""
    parser = argparse.ArgumentParser(description="Kill runs, damage ledgers, compare.")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--ledgers", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=60, help="that each part may take")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="f", dir="/tmp") as folder:
        project = Project(Path(folder))
        print(f"undisturbed: {project.seconds:.1f} s", flush=True)
        seconds = 60 * asked.minutes
        kill_runs(project, asked.kills, seconds, random.Random(asked.seed))
        damage_ledgers(project, asked.ledgers, seconds, random.Random(asked.seed))
    for text in project.wrong:
        print(f"WRONG {text}")
    print(f"{len(project.wrong)} things went wrong")
    sys.exit(bool(project.wrong))


if __name__ == "__main__":
    main()
