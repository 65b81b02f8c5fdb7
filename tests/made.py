"""Made-up tables that several tests look at: KPIs, budgets, judgements."""

import pandas as pd
from slices import DATA, MORIOKA, TSUKUBA, compute, report

import analysis
from analysis.measures.evaluability import rate_evaluability


def in_order(text, *parts):
    """Whether all parts stand in the text, each after the one before it."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def some_kpis(*rows):
    """KPIs of one program in 2018: from 100 to 200, and to 300 in 2020, unless said otherwise."""
    usual = {
        "government_code": TSUKUBA,
        "program_id": "p",
        "fiscal_year": 2018,
        "unit": "件",
        "direction": "up",
        "baseline": 100.0,
        "target": 200.0,
        "target_status": None,
        "actual": 150.0,
        "actual_status": "final",
        "final_target": 300.0,
        "final_year": 2020,
    }
    table = pd.DataFrame(
        [usual | {"kpi_id": f"k{n}", "kpi": f"指標{n}"} | row for n, row in enumerate(rows)]
    )
    return analysis.add_achievement(table.astype({"fiscal_year": "Int64", "final_year": "Int64"}))


def an_audit(*rows):
    usual = {
        "place": "④-1",
        "kpi": "相談件数",
        "unit": "件",
        "baseline": 170.0,
        "target": 200.0,
        "final_target": 200.0,
        "actual": 148.0,
        "progress": "順調",
        "grade": "B",
        "policy": None,
        "rated_by": None,
        "reached": "yes",
        "finding": "nothing_against_it",
        "no_actual_note": "",
        "actual_printed": None,
        "grade_finding": "no_rubric",
        "rubric_name": None,
        "rubric_grade": "unknown",
        "rubric_possible": "",
        "against": "",
        "explained": "yes",
    }
    return pd.DataFrame([usual | row for row in rows])


NO_OBSERVATIONS = pd.DataFrame({"value": []})


NO_AUDIT = an_audit({}).iloc[:0]


def judges(*words, name="grade"):
    """A judgement of one program by two judges, in the columns of ratings."""
    key = {"government_code": TSUKUBA, "program_id": "p", "kpi_id": None, "fiscal_year": 2018}
    empty = dict.fromkeys(["scheme", "progress", "effectiveness", "efficiency", "grade", "policy"])
    named = zip(words, ("一次評価", "外部評価"), strict=True)
    rows = [key | empty | {name: word, "rated_by": judge, "place": "①"} for word, judge in named]
    return pd.DataFrame(rows).astype({"kpi_id": "str", "program_id": "str"})


def some_budgets(*rows):
    columns = ["program_id", "kind", "amount_yen"]
    return (
        pd.DataFrame(rows, columns=columns)
        .astype({"amount_yen": "Int64"})
        .assign(government_code=TSUKUBA, fiscal_year=2018)
    )


def judged_kpis(*rows):
    """KPIs that go from 100 to 200 this year and to 300 in 2020, unless said otherwise."""
    usual = {
        "government_code": TSUKUBA,
        "program_id": "p",
        "fiscal_year": 2018,
        "unit": "件",
        "kpi_kind": "outcome",
        "direction": "up",
        "aggregation": "single_year",
        "baseline": 100.0,
        "target": 200.0,
        "target_status": None,
        "actual": 150.0,
        "actual_status": "final",
        "final_target": 300.0,
        "final_year": 2020,
        "baseline_year": 2017,
    }
    table = pd.DataFrame(
        [usual | {"kpi_id": f"k{n}", "kpi": f"指標{n}"} | row for n, row in enumerate(rows)]
    )
    years = dict.fromkeys(["fiscal_year", "final_year", "baseline_year"], "Int64")
    return analysis.add_verdicts(analysis.add_achievement(table.astype(years)))


def at_rates(*rates, **columns):
    """One KPI a rate: 0 leaves it at its baseline, 1 brings it to its target."""
    return judged_kpis(*({"actual": 100 + 100 * rate} | columns for rate in rates))


def judged_tsukuba(names=None, rates=None, scale=1, **columns):
    """The seven KPIs of つくば市 with other names, progress or sizes, judged as published."""
    r = report(TSUKUBA, 2018)
    kpis = r.data.kpis.assign(**columns)
    if names is not None:
        kpis = kpis.assign(kpi=names)
    if rates is not None:
        kpis = kpis.assign(actual=kpis["baseline"] + (kpis["target"] - kpis["baseline"]) * rates)
    sizes = ["baseline", "target", "actual", "final_target"]
    kpis = kpis.assign(**{name: kpis[name] * scale for name in sizes})
    return analysis.add_ratings(
        analysis.add_verdicts(analysis.add_achievement(kpis)), r.data.ratings
    )


MANY_RATES = [12.0, -9.0, 0.5, 1.0, 2.0, -1.2, 2.6]


SLICES = [
    (TSUKUBA, 2018),
    (TSUKUBA, 2018, "support_robot_trial"),
    (TSUKUBA, 2018, "job_fair"),
    (MORIOKA, 2021),
    (MORIOKA, 2021, "growth_field_hub"),
    (MORIOKA, 2022, "six_city_festivals"),
]


def rows(table):
    return table.to_dict("records")


JOB_FAIR = "合同就職面接会におけるマッチング相談件数"


def findings(r):
    return analysis.describe_findings(r.kpis, r.audit, r.data.observations, r.rubric)


def tiles(*rows):
    judgements = analysis.load(DATA, "082201", 2018, "job_fair").ratings.iloc[:0]
    table = analysis.summarize_program(
        some_kpis(*rows), some_budgets(), judgements, NO_OBSERVATIONS
    )
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def tiles_of_program(r):
    table = analysis.summarize_program(r.kpis, r.data.budgets, r.data.ratings, r.data.observations)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def tiles_of_government(r):
    table = analysis.summarize_government(r.comparison, r.kpis, r.data.budgets, r.audit)
    return {t.label: (t.value, t.note) for t in table.itertuples()}


def where(r):
    year = r.data.program_years["fiscal_year"].iloc[0]
    return analysis.describe_where(r.data.shown_programs, r.data.sources, year)


def rate(asked):
    data = analysis.load(DATA, *asked)
    return data, rate_evaluability(data.shown_programs, compute(data).kpis, data.budgets)


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())
