"""Made-up programs with reports in a ledger, for the index: as many as are wanted, none real."""

import json
from pathlib import Path

import pandas as pd

from analysis.batch import ledger

PREFECTURES, GOVERNMENTS = 47, 1_788
KINDS = ("観光", "移住・定住", "子育て", "就労", "特産品", "関係人口", "起業", "健康")
WAYS = ("促進事業", "支援事業", "担い手育成事業", "拠点づくり事業", "魅力発信プロジェクト")


def make_programs(reports: int, governments: int = GOVERNMENTS) -> pd.DataFrame:
    """Make rows of the computed `programs`, a few for each government in one or two years.

    Of these and an overview for each government and year `reports` can be made.
    """
    rows = []
    seen = set()
    number = 0
    while len(rows) + len(seen) < reports:
        place = number % governments
        code = f"{place % PREFECTURES + 1:02d}{place // PREFECTURES + 201:03d}0"
        year = 2018 + number // governments % 7
        kpis = number % 4
        reached = min(kpis, number % 3)
        missed = min(kpis - reached, number % 2)
        seen.add((code, year))
        rows.append(
            {
                "government_code": code,
                "program_id": f"p_{number:05d}",
                "fiscal_year": year,
                "government": f"合成{place:04d}市",
                "program": f"{KINDS[number % 8]}{WAYS[number % 5]}（合成{number:05d}）",
                "kpis": kpis,
                "reached": reached,
                "missed": missed,
                "unknown": kpis - reached - missed,
                "concluded": 0,
                "judged": kpis,
                "cost_yen": 1_000_000 + 1_000 * number if number % 5 else pd.NA,
                "cost_basis": "settled" if number % 5 else None,
                "cost_natures": "" if number % 5 else None,
                "is_evaluated": True,
            }
        )
        number += 1
    counts = (
        "kpis",
        "reached",
        "missed",
        "unknown",
        "concluded",
        "judged",
        "cost_yen",
        "fiscal_year",
    )
    return pd.DataFrame(rows).astype(dict.fromkeys(counts, "Int64") | {"fiscal_year": "int64"})


def make_audit(programs: pd.DataFrame) -> pd.DataFrame:
    """Make a published judgement of each program; figures speak against every ninth."""
    keys = programs[["government_code", "program_id", "fiscal_year"]].reset_index(drop=True)
    return keys.assign(against=["" if number % 9 else "progress" for number in range(len(keys))])


def enter_reports(output: Path, programs: pd.DataFrame, with_pages: bool = True) -> int:
    """Note a report of each program, and of each government and year, with empty pages.

    Every fiftieth report has failed. Returns how many there are.
    """
    slices = ("government_code", "fiscal_year", "program_id")
    rows = programs[[*slices, "program"]].itertuples(index=False, name=None)
    reports = [("program", *row) for row in rows]
    of_years = programs[list(slices[:2])].drop_duplicates().itertuples(index=False, name=None)
    reports += [("government", *row, None, "") for row in of_years]
    lines = []
    for number, (notebook, code, year, program, name) in enumerate(reports):
        report = "/".join(filter(None, (str(year), code, program, notebook)))
        parameters = {"data": "data", "government": code, "fiscal_year": int(year)}
        parameters |= {"program": program} if program else {}
        lines.append(make_entry(report, notebook, parameters, name, failed=number % 50 == 49))
        if with_pages and number % 50 != 49:
            page = output / f"{report}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.touch()
    (output / ledger.NAME).write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return len(lines)


def make_entry(report: str, notebook: str, parameters: dict, subject: str, failed: bool) -> dict:
    """Make a line of the ledger."""
    entry = {
        "report": report,
        "title": subject,
        "subject": subject,
        "values": {},
        "notebook": f"notebooks/{notebook}.ipynb",
        "parameters": parameters,
        "why": "new",
        "finished": "2026-11-22T00:00:00+00:00",
        "seconds": 1.0,
    }
    if failed:
        return entry | {
            "status": "failed",
            "failure": {"cell": 3, "error": "ValueError: 数値がない", "source": "1 / 0"},
        }
    made_from = {
        "notebook": "",
        "reads": [],
        "rows": {},
        "rubrics": {},
        "code": "",
        "environment": {},
        "template": "",
    }
    return entry | {"status": "ok", "files": {}, "made_from": made_from}
