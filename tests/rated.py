"""Small KPIs with published judgements and rates, for the tests of several rooms."""

from pathlib import Path

import numpy as np
import pandas as pd
from made import typed

from analysis import add_achievement, audit_rates
from analysis.dataset.cells import convert
from analysis.dataset.rubrics import read_rubric
from analysis.dataset.tables import TABLES

PUBLISHED = Path(__file__).parent / "published"
RUBRICS = {
    path.stem: read_rubric(path)[0]
    for path in (Path(__file__).parents[1] / "data" / "rubrics").glob("*.toml")
}


# A small rubric of one level, and the words of progress of つくば市, best first.
TOWN = {
    "name": "町の評価",
    "level": "program",
    "inputs": ["effectiveness"],
    "level_words": ["高", "低"],
    "grades": [{"grade": "S"}],
    "rules": [{"grade": "S", "when": {"effectiveness": "高"}, "attested": 2018}],
    "progress_words": ["順調", "概ね順調"],
}
KEY = ("082201", "hub", "ideas", 2018)


KPI_COLUMNS = (
    "government_code program_id kpi_id fiscal_year kpi unit "
    "direction baseline target actual actual_status final_target"
)
RATING_COLUMNS = "government_code program_id kpi_id fiscal_year scheme progress effectiveness"


def from_10_to_20(actual):
    return ("up", 10.0, 20.0, actual, "final", 20.0)


def published(name):
    """The KPIs and ratings of one file of published figures, and what they prove."""
    whole = pd.read_csv(PUBLISHED / f"{name}.csv", dtype="str", keep_default_na=False)
    kpis, ratings = (
        convert(table, whole[[c for c in whole if c in TABLES[table].columns]])
        for table in ("kpis", "ratings")
    )
    printed = pd.to_numeric(ratings["published_rate_printed"])
    ratings = ratings.assign(published_rate=printed / 100, scheme=name)
    return add_achievement(kpis), ratings, whole


def audit_rate(printed, actual, target, rate=None, direction="up", baseline=np.nan):
    """The one row that `audit_rates` makes of one KPI and its printed rate."""
    kpi = (direction, baseline, target, actual, "final", np.nan)
    kpis = typed(KPI_COLUMNS, (*KEY, "提案", "件", *kpi))
    rate = float(printed) / 100 if rate is None else rate
    ratings = typed(
        "government_code program_id kpi_id fiscal_year published_rate published_rate_printed",
        (*KEY, rate, printed),
    )
    return audit_rates(add_achievement(kpis), ratings).iloc[0]


def judged(*pairs, scheme="nagano", note=""):
    return pd.DataFrame(pairs, columns=["grade", "rubric_grade"]).assign(
        scheme=scheme, rubric_note=note, fiscal_year=2017
    )


def some_kpis():
    kpis = typed(
        "government_code program_id kpi_id fiscal_year kpi direction baseline target actual "
        "actual_status sample_size",
        ("082201", "hub", "ideas", 2018, "提案", "up", 0, 10, 12, "final", None),
        ("082201", "hub", "waste", 2018, "ごみ", "down", 611, 580, 586, "final", None),
        ("082201", "hub", "visits", 2018, "来訪", "up", 170, 200, 148, "estimated", None),
    )
    return add_achievement(kpis.assign(baseline_year=2015, final_year=2020, final_target=20))


def of_rules(*rules, inputs):
    whens = [{"grade": grade, "when": when} for grade, when in rules]
    return {"name": "町", "level": "kpi", "inputs": inputs.split(), "rules": whens}
