"""What reading published files costs at their real size: seconds and memory of `sosei ingest`.

Three synthetic publications, of the size and shape of real ones (no government, program or figure
in them exists, and 合成 stands in every name):

- a city: a workbook of 407 programs and 141 columns, nine KPIs a program, six blocks of years
  without headings, read by a profile of its own;
- a nation: 5,445 review sheets with their budgets and KPIs, one JSON object a line;
- the same nation as two zips of CSV (2-1 amounts, 3-1 goals with four lines an indicator).

Each is read by the command in a process of its own, in turn with a process that only opens the file
by its library (openpyxl, json, csv): printed are the medians and their ratio.

    python benchmarks/reading.py                 the three
    python benchmarks/reading.py FILE...         files of your own instead
"""

import argparse
import csv
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from national import SOSEI
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

ROUNDS = 3
PROGRAMS, BLOCKS, FIRST_YEAR = 407, 6, 2020
SHEETS, MINISTRIES = 5_445, 20
KILOBYTES_PER_MEGABYTE = 1_024
MONEY = ("国庫支出金", "地方債", "その他", "一般財源", "事業費計")
REMARKS = [f"{number}　この事業についての意見" for number in range(1, 37)]
PAIRS = [f"指標{letter}：{what}" for letter in "アイウカキクサシス" for what in ("名称", "単位")]
BLOCK = [*MONEY, *(f"指標{letter}" for letter in "アイウカキクサシス")]
ALONE = {
    ".xlsx": "import openpyxl, sys; book = openpyxl.load_workbook(sys.argv[1], read_only=True); "
    "print(sum(c is not None for s in book for r in s.iter_rows(values_only=True) for c in r))",
    ".ndjson": "import json, sys; print(len([json.loads(n) for n in open(sys.argv[1])]))",
    ".zip": "import csv, io, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); "
    "print(sum(len(r) for n in z.namelist() for r in csv.reader(io.TextIOWrapper(z.open(n)))))",
}


def write_city(folder: Path) -> Path:
    """Write the workbook of a city, and the profile that says which block is which year."""
    draw, book = random.Random(20261127), Workbook(write_only=True)
    sheet = book.create_sheet("合成")
    header = ["番号", "事業名", "部課名", *REMARKS, *PAIRS, *BLOCK * BLOCKS]
    sheet.append(["調整用"] * len(header))
    sheet.append(header)
    for number in range(1, PROGRAMS + 1):
        names = [text for n in range(9) for text in (f"合成指標{n + 1}の件数", "件")]
        blocks = [draw.randint(0, 90_000) for _ in BLOCK * BLOCKS]
        texts = ["合成の説明。" * 20] * len(REMARKS)
        sheet.append(
            [f"{number:04}", f"合成事業（{number}）", "合成部合成課", *texts, *names, *blocks]
        )
    path = folder / "synthetic_city.xlsx"
    book.save(path)
    _write_profile(folder / "profiles" / "synthetic_city.toml", header)
    return path


def _write_profile(path: Path, header: list[str]) -> None:
    start = len(header) - len(BLOCK) * BLOCKS
    lines = ['files = ["synthetic_city.xlsx"]', "[source]", 'publisher = "合成市"', 'unit = "千円"']
    lines += [f"fiscal_year = {FIRST_YEAR + BLOCKS - 2}", "[[tables]]", "header = 2", "blocks = ["]
    for block in range(BLOCKS):
        first, last = start + block * len(BLOCK) + 1, start + (block + 1) * len(BLOCK)
        columns = f"{get_column_letter(first)}:{get_column_letter(last)}"
        year = f"fiscal_year = {FIRST_YEAR + block}"
        lines.append(f'{{ columns = "{columns}", {year}, field = "actual", kind = "settled" }},')
    lines += ["]", "[tables.columns]", '"番号" = "key"', '"事業名" = "program"']
    for letter in "アイウカキクサシス":
        rule = f'{{ field = "kpi", unit_from = "指標{letter}：単位", each = true }}'
        lines.append(f'"指標{letter}：名称" = {rule}')
        lines.append(f'"指標{letter}" = {{ kpi = "指標{letter}：名称" }}')
    lines += [f'"{name}" = {{ field = "amount", kind = "source" }}' for name in MONEY[:-1]]
    lines.append(f'"{MONEY[-1]}" = {{ field = "amount" }}')
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def list_sheets() -> list[dict[str, Any]]:
    """The review sheets of a nation, as JUDGIT gives them."""
    draw = random.Random(20261128)
    return [_make_sheet(draw, number) for number in range(1, SHEETS + 1)]


def _make_sheet(draw: random.Random, number: int) -> dict[str, Any]:
    amounts = (
        "当初予算",
        "補正予算",
        "前年度から繰越し",
        "翌年度へ繰越し",
        "予備費等",
        "予算計",
        "執行額",
    )

    def measured(target: str, actual: str) -> list[dict[str, Any]]:
        return [
            {"年度": year, actual: draw.randint(0, 900), target: round(draw.uniform(1, 900), 1)}
            for year in (2017, 2018, 2019)
        ]

    return {
        "事業ID": number,
        "公開年度": 2020,
        "事業名": f"合成事業（{number}）",
        "開始年度": 2013,
        "府省庁": f"合成省{number % MINISTRIES + 1}",
        "担当部局庁": "合成局",
        "事業目的": "合成の目的。" * 30,
        "予算": [
            {"年度": year} | {name: round(draw.uniform(0, 5_000), 3) for name in amounts}
            for year in range(2017, 2021)
        ],
        "アウトカム": [
            {"成果目標": "合成", "成果指標": f"合成成果{n}", "単位": "件"}
            | {"成果実績": measured("目標値", "成果実績")}
            for n in range(draw.choice((1, 1, 2, 2)))
        ],
        "アウトプット": [
            {"活動指標": f"合成活動{n}", "単位": "回"}
            | {"活動実績": measured("当初見込み", "活動実績")}
            for n in range(draw.choice((1, 1, 2, 3)))
        ],
    }  # fmt: skip


def write_nation(folder: Path, sheets: list[dict[str, Any]]) -> list[Path]:
    """Write a nation as JSON, and as two zips of the RS system's CSV."""
    lines = folder / "judgit_synthetic.ndjson"
    lines.write_text("\n".join(json.dumps(s, ensure_ascii=False) for s in sheets), "utf-8")
    start = {"シート種別": "レビューシート", "事業年度": "2020"}
    money, goals = [], []
    for sheet in sheets:
        of = start | {name: sheet[name] for name in ("事業名", "府省庁")}
        of["予算事業ID"] = f"{sheet['事業ID']:06}"
        for row in sheet["予算"]:
            amounts = {
                f"{name}（合計）": str(round(what * 1_000) * 1_000) for name, what in row.items()
            }
            money.append(of | amounts | {"予算年度": str(row["年度"])})
        for number, kpi in enumerate((*sheet["アウトカム"], *sheet["アウトプット"]), 1):
            goals += _list_lines(
                of | {"アクティビティ・アウトプット・アウトカムの番号": f"1-{number}"}, kpi
            )
    return [
        lines,
        _write_zip(folder, "2-1_RS_2020_合成", money, MONEY_OF_RS),
        _write_zip(folder, "3-1_RS_2020_合成", goals, [*GOALS_OF_RS, *map(str, range(2007, 2061))]),
    ]


OF_RS = ["シート種別", "事業年度", "予算事業ID", "事業名", "府省庁"]
MONEY_OF_RS = [
    *OF_RS,
    *(
        "予算年度",
        "当初予算（合計）",
        "補正予算（合計）",
        "前年度からの繰越し（合計）",
        "予備費等（合計）",
    ),
    *(
        "計（歳出予算現額合計）",
        "執行額（合計）",
        "執行率",
        "翌年度への繰越し(合計）",
        "翌年度要求額（合計）",
    ),
]
GOALS_OF_RS = [
    *OF_RS,
    *(
        "アクティビティ・アウトプット・アウトカムの番号",
        "種別（アクティビティ・アウトプット・アウトカム）",
    ),
    *("活動指標／成果指標", "単位", "改善の上向き／下向き", "目標年度／目標値／実績値／達成率"),
]


def _list_lines(of: dict[str, str], kpi: dict[str, Any]) -> list[dict[str, str]]:
    is_outcome = "成果指標" in kpi
    name, done, aim = (
        ("成果指標", "成果実績", "目標値") if is_outcome else ("活動指標", "活動実績", "当初見込み")
    )
    of = of | {
        "活動指標／成果指標": kpi[name],
        "単位": kpi["単位"],
        "改善の上向き／下向き": "上向き",
    }
    of |= {GOALS_OF_RS[6]: "短期アウトカム" if is_outcome else "アウトプット"}
    years = {str(row["年度"]): row for row in kpi[done]}
    lines = {
        "目標年度": {"2019": "○"},
        "目標値": {year: str(row[aim]) for year, row in years.items()},
        "実績値": {year: str(row[done]) for year, row in years.items()},
        "達成率": {y: f"{100 * row[done] / row[aim]:.1f}" for y, row in years.items()},
    }
    return [of | {GOALS_OF_RS[-1]: line} | values for line, values in lines.items()]


def _write_zip(folder: Path, name: str, rows: list[dict[str, str]], columns: list[str]) -> Path:
    held = io.StringIO()
    table = csv.DictWriter(held, columns, restval="", quoting=csv.QUOTE_ALL, extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.csv", held.getvalue().encode("utf-8-sig"))
    return path


def run(command: list[str]) -> tuple[float, float, str]:
    """Run a command: its seconds, the most memory it held in MB, and its first line."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    seconds = time.perf_counter() - began
    return seconds, used.ru_maxrss / KILOBYTES_PER_MEGABYTE, said.partition("\n")[0]


def measure(path: Path, profiles: Path | None) -> None:
    """Print what reading a file costs, beside opening it by its library."""
    alone = ALONE.get("".join(path.suffixes[-1:]))
    read: list[tuple[float, float, str]] = []
    base: list[float] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as into:
            if profiles:
                (Path(into) / "profiles").symlink_to(profiles)
            read.append(run([*SOSEI, "ingest", str(path), "--into", into]))
        if alone:
            base.append(run([sys.executable, "-c", alone, str(path)])[0])
    seconds = statistics.median(one[0] for one in read)
    memory = max(one[1] for one in read)
    times = f"{seconds / statistics.median(base):6.1f} ×" if base else ""
    print(
        f"{path.name:32} {seconds:8.1f} s {memory:8,.0f} MB {times:>10}  {read[0][2]}", flush=True
    )


def main() -> None:
    """Measure the three publications, or the files that are given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path, help="files instead of the three")
    files = options.parse_args().files
    print(f"{'file':32} {'seconds':>10} {'memory':>11} {'to open it':>10}  what was read")
    for path in files:
        measure(path, None)
    if not files:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            measure(write_city(folder), folder / "profiles")
            for path in write_nation(folder, list_sheets()):
                measure(path, None)


if __name__ == "__main__":
    main()
