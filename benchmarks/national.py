"""All reports of a nation in one run: how long, how many a second, and whether any fails.

The nation is synthetic: no government, program or figure in it exists, and 合成 stands in every
name. By default it has the size of the national total, 2,896 programs with 6,200 KPIs in 1,788
governments, all in one fiscal year; fewer programs have KPIs and governments in proportion.
Measured is `sosei run --notebook program` as a user runs it, in a process of its own, from an
empty output folder to the index. The same options write the same bytes.

    python benchmarks/national.py                            measure in a temporary folder
    python benchmarks/national.py --programs 60              a smaller nation
    python benchmarks/national.py --output nation            keep nation/data and nation/outputs
    python benchmarks/national.py --output nation --only-data    write the data, run nothing
"""

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from analysis.batch import ledger

PROJECT = Path(__file__).parents[1]
SOSEI = [sys.executable, "-c", "from analysis.cli import main; main()"]
PROGRAMS, KPIS, GOVERNMENTS = 2_896, 6_200, 1_788
PREFECTURES, MOST_KPIS = 47, 6
FISCAL_YEAR = 2023
FIRST_CODE = 90_001  # the first two digits are those of no prefecture
SOURCE = "synthetic_nation"
YEN_PER_THOUSAND_YEN = 1_000
AREAS = [
    "移住・定住",
    "観光",
    "子育て",
    "就労",
    "農業",
    "林業",
    "健康",
    "商店街",
    "関係人口",
    "起業",
]
MEANS = ["促進", "支援", "魅力発信", "担い手育成", "拠点づくり"]
LONG = "～しごとと暮らしの好循環を地域ぐるみでつくり、次の世代へつなぐまちを目指して～"
LEVELS = ["高", "中", "低"]
PROGRESS = ["順調", "概ね順調", "遅れている"]
# Name, unit, kind, direction, aggregation, lowest and highest baseline, decimals.
MEASURED: list[tuple[str, str, str, str, str, float, float, int]] = [
    ("年間転入者数", "人", "societal", "up", "single_year", 50, 5_000, 0),
    ("移住相談の件数", "件", "activity", "up", "single_year", 20, 900, 0),
    ("観光入込客数", "千人", "societal", "up", "single_year", 10, 4_000, 1),
    ("セミナーの開催回数", "回", "activity", "up", "increment", 1, 20, 0),
    ("新規就業者の数（支援を受けて市町村内の事業所に就職した人）", "人", "outcome", "up",
     "cumulative", 3, 300, 0),
    ("住み続けたいと答えた住民の割合", "％", "outcome", "up", "level", 40, 75, 1),
    ("空き家の数", "戸", "societal", "down", "level", 100, 3_000, 0),
    ("子育て世代の転出超過数", "人", "societal", "down", "single_year", 10, 400, 0),
    ("特産品の販売額", "千円", "outcome", "up", "single_year", 500, 90_000, 0),
    ("創業した事業者の数", "社", "outcome", "up", "unknown", 1, 40, 0),
    ("健康診査の受診率", "％", "outcome", "unknown", "level", 25, 60, 1),
]  # fmt: skip


def write_nation(folder: Path, programs: int = PROGRAMS) -> None:
    """Write a synthetic nation as a data folder: its tables, and the rubric of its grades."""
    draw = random.Random(20231122)
    tables: dict[str, list[dict[str, Any]]] = {"sources": [_make_source()]}
    for name in ("programs", "budgets", "kpis", "ratings", "observations"):
        tables[name] = []
    counts = _share_out(draw, round(programs * KPIS / PROGRAMS), programs)
    for number, (government, count) in enumerate(
        zip(_list_governments(draw, programs), counts, strict=True), 1
    ):
        program = _make_program(draw, number, government)
        tables["programs"].append(program)
        key = {name: program[name] for name in ("government_code", "program_id")}
        row = key | {"fiscal_year": FISCAL_YEAR} | _trace(number)
        kpis = [_make_kpi(draw, place, row, program) for place in range(1, count + 1)]
        tables["kpis"] += kpis
        tables["budgets"] += _make_budgets(draw, row)
        tables["ratings"] += _make_ratings(draw, row, kpis)
        tables["observations"] += _make_observations(draw, row)
    for name, rows in tables.items():
        _write_table(folder / f"{name}.csv", rows)
    _write_rubric(folder / "rubrics" / "synthetic.toml")


def list_programs(programs: int) -> list[str]:
    """The ids of the programs of such a nation, in the order of its table."""
    return [_name_program(number) for number in range(1, programs + 1)]


def _name_program(number: int) -> str:
    return f"synthetic_{number:05d}"


def _trace(number: int) -> dict[str, str]:
    return {"source_id": SOURCE, "place": f"合成の{number}番", "inferred": ""}


def _make_source() -> dict[str, Any]:
    return {
        "source_id": SOURCE,
        "publisher": "合成（公表した者はいない）",
        "title": "合成データ: 計測のために乱数でつくった、実在しない事業の一覧 (synthetic)",
        "fiscal_year": FISCAL_YEAR,
        "license": "synthetic",
        "place": "全体",
        "inferred": "",
    }


def _share_out(draw: random.Random, total: int, programs: int) -> list[int]:
    """Give each program 1 to 6 KPIs, most of them one or two, `total` in all."""
    counts = [1] * programs
    weights = [draw.random() ** 2 for _ in counts]
    while total > sum(counts):
        for chosen in draw.choices(range(programs), weights, k=total - sum(counts)):
            counts[chosen] = min(MOST_KPIS, counts[chosen] + 1)
    return counts


def _list_governments(draw: random.Random, programs: int) -> list[tuple[str, str]]:
    """The code and name of the government of each program: each has one, a few have many."""
    there = min(programs, round(programs * GOVERNMENTS / PROGRAMS))
    weights = [1 / (1 + number) ** 0.5 for number in range(there)]
    owners = sorted([*range(there), *draw.choices(range(there), weights, k=programs - there)])
    return [(_code(owner), _name_government(owner)) for owner in owners]


def _code(number: int) -> str:
    """The number as a government code: five digits and their check digit."""
    digits = f"{FIRST_CODE + number:05d}"
    total = sum(w * int(d) for w, d in zip((6, 5, 4, 3, 2), digits, strict=True))
    return f"{digits}{(11 - total % 11) % 10}"


def _name_government(number: int) -> str:
    kind = "県" if number < PREFECTURES else "市町村"[number % 3]
    return f"合成第{number + 1}{kind}"


def _make_program(draw: random.Random, number: int, government: tuple[str, str]) -> dict[str, Any]:
    name = f"合成{draw.choice(AREAS)}{draw.choice(MEANS)}事業（{number}）"
    start = draw.randint(FISCAL_YEAR - 4, FISCAL_YEAR)
    return {
        "government_code": government[0],
        "program_id": _name_program(number),
        "government": government[1],
        "project": f"合成{draw.choice(AREAS)}プロジェクト",
        "program": name + (f"　{LONG}" if draw.random() < 0.2 else ""),
        "department": f"合成{draw.choice(['企画', '産業', '福祉', '農林'])}課",
        "start_year": start,
        "end_year": start + draw.choice([2, 2, 4]),
        "grant_name": "合成交付金",
        "scope": draw.choice(["単独", "単独", "単独", "連携"]),
        **_trace(number),
    }


def _make_kpi(
    draw: random.Random, place: int, row: dict[str, Any], program: dict[str, Any]
) -> dict[str, Any]:
    name, unit, kind, direction, aggregation, low, high, decimals = draw.choice(MEASURED)
    begun = draw.uniform(low, high)
    years = program["end_year"] - program["start_year"] + 1
    passed = min(years, FISCAL_YEAR - program["start_year"] + 1)
    step = begun * draw.uniform(0.01, 0.12) * (-1 if direction == "down" else 1)
    actual, why = _draw_actual(draw, begun + step * passed * draw.gauss(0.85, 0.5))
    if unit == "％" and actual is not None:
        actual = min(actual, 99.0)
    return row | {
        "kpi_id": f"kpi_{place}",
        "kpi": f"合成指標{place}　{name}",
        "unit": unit,
        "kpi_kind": kind,
        "direction": direction,
        "aggregation": aggregation,
        "baseline": _write_number(begun if draw.random() < 0.9 else None, decimals),
        "baseline_year": program["start_year"] - 1 if draw.random() < 0.8 else "",
        "target": _write_number(begun + step * passed, decimals),
        "actual": _write_number(actual, decimals),
        "actual_status": why,
        "actual_printed": "集計中" if why == "pending" else "",
        "final_target": _write_number(
            begun + step * years if draw.random() < 0.85 else None, decimals
        ),
        "final_year": program["end_year"],
    }


def _draw_actual(draw: random.Random, value: float) -> tuple[float | None, str]:
    """The value reached and what it is; one in fifteen has not been published."""
    without = draw.random() < 1 / 15
    words = ["pending", "unpublished"] if without else ["final"] * 8 + ["preliminary", "estimated"]
    return None if without else max(value, 0), draw.choice(words)


def _write_number(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}"


def _make_budgets(draw: random.Random, row: dict[str, Any]) -> list[dict[str, Any]]:
    """A budget, for most programs what was spent of it, for some the grant."""
    thousands = max(100, round(draw.lognormvariate(9.2, 1.1)))
    amounts = {"total": thousands}
    if draw.random() < 0.7:
        amounts["settled"] = round(thousands * draw.uniform(0.6, 1))
    if draw.random() < 0.4:
        amounts["national_grant"] = thousands // 2
    return [
        row
        | {
            "kind": kind,
            "item": "",
            "amount_yen": amount * YEN_PER_THOUSAND_YEN,
            "amount_printed": f"{amount:,}千円",
        }
        for kind, amount in amounts.items()
    ]


def _make_ratings(
    draw: random.Random, row: dict[str, Any], kpis: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Two levels and a grade for half of the programs; a rate for some of their KPIs."""
    if draw.random() < 0.5:
        return []
    ratings = []
    for kpi in kpis:
        levels = [draw.choice(LEVELS), draw.choice(LEVELS)]
        rating = row | {
            "kpi_id": kpi["kpi_id"],
            "scheme": "synthetic",
            "progress": draw.choice(PROGRESS),
            "effectiveness": levels[0],
            "efficiency": levels[1],
            "grade": _grade(*levels),
            "reason": "合成の理由。",
        }
        if kpi["actual"] and float(kpi["target"]) and draw.random() < 0.5:
            rate = 100 * float(kpi["actual"]) / float(kpi["target"])
            rating["published_rate"] = f"{round(rate, 1) / 100:.3f}"
            rating["published_rate_printed"] = f"{rate:.1f}"
        ratings.append(rating)
    return ratings


def _make_observations(draw: random.Random, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Up to three other figures of a program in four."""
    count = draw.randint(1, 3) if draw.random() < 0.25 else 0
    units = draw.sample(["人", "件", "社"], count)
    return [
        row | {"what": f"合成の数（{unit}）", "value": draw.randint(1, 900), "unit": unit}
        for unit in units
    ]


def _grade(effectiveness: str, efficiency: str) -> str:
    return "ABCDE"[LEVELS.index(effectiveness) + LEVELS.index(efficiency)]


def _write_table(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for row in rows for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_rubric(path: Path) -> None:
    lines = [
        'name = "合成"\nsource = "合成データ（synthetic）"\naddress = []\nlevel = "program"',
        f'inputs = ["effectiveness", "efficiency"]\nlevel_words = {_quote(LEVELS)}',
        f'progress_words = {_quote(PROGRESS)}\naggregation = "not_stated"',
        'inferred = "なし"\nnote = "計測のためにつくった表。"',
        *(f'[[grades]]\ngrade = "{grade}"' for grade in "ABCDE"),
    ]
    for one in LEVELS:
        for other in LEVELS:
            when = f'{{ effectiveness = "{one}", efficiency = "{other}" }}'
            lines.append(f'[[rules]]\ngrade = "{_grade(one, other)}"\nwhen = {when}')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _quote(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def measure(folder: Path, programs: int) -> bool:
    """Run the notebook on the whole nation in this folder; print one line, and what failed."""
    output = folder / "outputs"
    command = [*SOSEI, "run", "--notebook", "program", "--data", str(folder / "data")]
    began = time.perf_counter()
    ran = subprocess.run(
        [*command, "--output", str(output)], cwd=PROJECT, stdout=subprocess.DEVNULL, check=False
    )
    seconds = time.perf_counter() - began
    entries = ledger.latest(output)
    failed = [entry for entry in entries if entry["status"] == "failed"]
    made = len(entries) - len(failed)
    print(
        f"synthetic nation of {programs:,} programs: {made:,} reports in {seconds:,.0f} s, "
        f"{seconds / max(made, 1):.3f} s a report, {len(failed)} failed",
        flush=True,
    )
    return ran.returncode == 0 and made == programs


def main() -> None:
    """Write the nation and, unless only the data are wanted, measure the run."""
    parser = argparse.ArgumentParser(description="Run a synthetic nation.")
    parser.add_argument("--output", type=Path, help="keep everything in this folder")
    parser.add_argument("--programs", type=int, default=PROGRAMS)
    parser.add_argument("--only-data", action="store_true", help="write the data, run nothing")
    asked = parser.parse_args()
    if asked.programs < 1:
        parser.error("--programs: at least 1")
    with tempfile.TemporaryDirectory(prefix="sosei-bench-") as temporary:
        folder = (asked.output or Path(temporary)).resolve()
        if (folder / "outputs").exists() and not asked.only_data:
            parser.error(f"{folder / 'outputs'} is there already; a run from nothing is measured")
        write_nation(folder / "data", asked.programs)
        if not asked.only_data and not measure(folder, asked.programs):
            sys.exit(1)


if __name__ == "__main__":
    main()
