"""Small data folders, and what `check` finds in them, for several tests."""

from itertools import zip_longest

import pandas as pd

from analysis import check
from analysis.dataset.tables import TABLES

PROGRAM = {"government_code": "082201", "program_id": "job_fair"}


TRACE = {"source_id": "tsukuba_2018", "place": "④-4", "inferred": ""}


SOURCE = {
    "source_id": "tsukuba_2018",
    "publisher": "つくば市",
    "title": "指標一覧",
    "fiscal_year": 2018,
    "place": "表題",
    "inferred": "publisher",
}


JOB_FAIR = {
    **PROGRAM,
    "government": "つくば市",
    "program": "合同就職面接会",
    "start_year": 2016,
    "end_year": 2018,
    "note": "",
    **TRACE,
}


BUDGET = {**PROGRAM, "fiscal_year": 2018, "kind": "total", "item": "", "amount_yen": 3_780_000}


BUDGET |= TRACE


CONSULTATIONS = {
    **PROGRAM,
    "kpi_id": "consultations",
    "fiscal_year": 2018,
    "kpi": "マッチング相談件数",
    "kpi_kind": "outcome",
    "direction": "up",
    "aggregation": "unknown",
    "unit": "件",
    "baseline": 170,
    "target": 200,
    "actual": 148,
    "actual_status": "preliminary",
    "final_target": 200,
    **TRACE,
}


RATING = {**PROGRAM, "kpi_id": "consultations", "fiscal_year": 2018, "grade": "B", **TRACE}


RATING |= {"scheme": "tsukuba", "progress": "概ね順調"}


OBSERVATION = {**PROGRAM, "what": "参加者", "fiscal_year": 2018, "value": 75, **TRACE}


OBSERVATION |= {"unit": "人"}


def write(folder, name, *rows):
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)


def write_headers(folder, *names):
    """Write tables that say that there is nothing to hold."""
    for name in names:
        pd.DataFrame(columns=list(TABLES[name].columns)).to_csv(folder / f"{name}.csv", index=False)


def assert_problems(folder, *expected):
    """Compare all problems: place and severity exactly, found and expected by their key words."""
    problems = check(folder).astype({"row": object})
    rows = problems.where(problems.notna(), None).itertuples(index=False, name=None)
    assert [
        (*row[:3], cut_to(words[3], row[3]), cut_to(words[4], row[4]), row[5])
        for row, words in zip_longest(rows, expected, fillvalue=("",) * 6)
    ] == list(expected)


def cut_to(words, text):
    return words if words and words in text else text


NEXT = SOURCE | {"source_id": "tsukuba_2019", "fiscal_year": 2019}


def found(folder):
    """Kind, row and column of each problem."""
    problems = check(folder)
    return problems[["kind", "row", "column"]].astype(object).to_numpy().tolist()


def said(folder):
    """What the one problem found and expected."""
    [problem] = check(folder).to_dict("records")
    return problem["found"], problem["expected"]


def amount(kind, yen, **cells):
    return BUDGET | {"kind": kind, "amount_yen": yen} | cells


def of_year(year, **cells):
    return CONSULTATIONS | {"fiscal_year": year} | cells


TSUKUBA = [
    "support_robot_trial",
    "youth_life_plan",
    "lifestyle_seminar",
    "job_fair",
    "child_at_work",
    "migration_promotion",
    "local_hub_cocreation",
]


KPI = {
    **PROGRAM,
    "kpi_id": "consultations",
    "fiscal_year": 2018,
    "kpi": "マッチング相談件数",
    "kpi_kind": "outcome",
    "direction": "up",
    "aggregation": "unknown",
    "unit": "件",
    "baseline": 170,
    "target": 200,
    "final_target": 200,
}


def source(source_id, edition="", fiscal_year=2018, published_on=""):
    return {
        "source_id": source_id,
        "publisher": "つくば市",
        "title": "指標一覧",
        "edition": edition,
        "fiscal_year": fiscal_year,
        "published_on": published_on,
        "place": "表題",
        "inferred": "",
    }


def shown_by(source_id):
    return {"source_id": source_id, "place": "④-4", "inferred": ""}


def write_editions(folder, *sources):
    """Write a program and one KPI as each source shows them; the actual counts the sources up."""
    names = [s["source_id"] for s in sources]
    program = PROGRAM | {"government": "つくば市", "program": "合同就職面接会"}
    tables = {
        "sources": sources,
        "programs": [program | shown_by(name) for name in names],
        "kpis": [
            KPI | {"actual": number, "actual_status": "final"} | shown_by(name)
            for number, name in enumerate(names, 1)
        ],
    }
    for table, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{table}.csv", index=False)
    return folder


def append_text(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace_text(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def found_cells(folder):
    """File, row, column and what was found of each problem."""
    problems = check(folder)
    columns = ["file", "row", "column", "found"]
    shown = problems[columns].astype(object)
    return shown.where(shown.notna(), None).to_numpy().tolist()


def expected(folder):
    """What the one problem expected."""
    [problem] = check(folder).to_dict("records")
    return problem["expected"]
