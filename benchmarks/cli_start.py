"""How long the start of `sosei` takes, beside Python itself and beside importing what it avoids.

Each command runs as a whole process, in turn, several times; printed are the medians and
their ratio to starting Python.
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 7
HEAVY = "import pandas, matplotlib, papermill, nbconvert"
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "sosei --help": [sys.executable, "-c", "from analysis.cli import main; main()", "--help"],
    "sosei --version": [sys.executable, "-c", "from analysis.cli import main; main()", "--version"],
    f"python -c '{HEAVY}'": [sys.executable, "-c", HEAVY],
}


def main() -> None:
    """Time the commands in turn and print one row each."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            seconds[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(times[1:]) for name, times in seconds.items()}
    base = medians["python -c pass"]
    print(f"{'command':60} {'median s':>9} {'ratio':>6}")
    for name, median in medians.items():
        print(f"{name:60} {median:9.3f} {median / base:6.1f}")


if __name__ == "__main__":
    main()
