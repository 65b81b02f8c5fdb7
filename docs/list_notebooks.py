"""Renew the table of docs/notebooks.md from tests/notebooks: each notebook says what it tries."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "notebooks.md"
NOTEBOOKS = ROOT / "tests" / "notebooks"
BEGIN, END = "<!-- cases: python docs/list_notebooks.py -->", "<!-- end of cases -->"
HEADER = "| tried | works | what comes of it | notebook |\n|---|---|---|---|\n"


def make_table() -> str:
    """Write a row for each notebook of the suite, by folder and name."""
    rows = []
    for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
        case = json.loads(path.read_text(encoding="utf-8"))["metadata"]["case"]
        cells = [case[name].replace("|", "\\|") for name in ("tried", "works", "shows")]
        name = path.relative_to(NOTEBOOKS).with_suffix("").as_posix()
        rows.append(f"| {' | '.join(cells)} | `{name}` |\n")
    return HEADER + "".join(rows)


def fill(page: str) -> str:
    """Put the table between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{make_table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
