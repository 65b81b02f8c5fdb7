"""The programs without results, their terms, plans and links against a second transcription."""

import unicodedata
from collections import Counter
from fractions import Fraction

import pytest
from second_transcription_of_terms import (
    IBARAKI_2017_DIRECTIONS,
    IBARAKI_2017_NUMBERS,
    IBARAKI_2017_PROGRAMS,
    IBARAKI_2020_MEASURES,
    IBARAKI_2020_TERMS,
    TSUKUBA_STRATEGY_ISSUES,
    TSUKUBA_STRATEGY_NUMBERS,
    TSUKUBA_STRATEGY_PERIOD,
    TSUKUBA_STRATEGY_PROJECTS,
    TSUKUBA_STRATEGY_VISIONS,
)
from slices import DATA
from transcribed import plain, rows

from analysis import load

COVER = "表紙の紹介"
FLAGS = {"新規": "new", "拡充": "expanded", "": None}
IN_WORDS = ("年月", "負担割合", "年度")  # these stand in the text columns of a row
YEN = {"円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, "千万円": 10**7, "億円": 10**8}


@pytest.fixture(scope="module")
def data():
    return load(DATA)


@pytest.fixture(scope="module")
def of_2020():
    return load(DATA, government="080004", fiscal_year=2020)


@pytest.fixture(scope="module")
def terms(of_2020):
    """The terms with the name of their program, or of the cover where they stand there."""
    names = dict(rows(of_2020.programs, "program_id", "program"))
    found = of_2020.instruments
    measure = found["program_id"].map(names).where(~found["place"].str.startswith(COVER), COVER)
    return found.assign(measure=measure)


def test_the_73_measures_have_the_printed_divisions_groups_names_and_flags(of_2020):
    found = rows(of_2020.programs, "department", "policy_group", "program", "flag")
    assert len(found) == 73
    assert found == [(*names, FLAGS[flag]) for *names, flag in IBARAKI_2020_MEASURES]


def test_as_many_measures_new_and_expanded_ones_stand_in_each_division_as_were_counted(of_2020):
    flags = of_2020.programs.groupby("department", sort=False)["flag"]
    counted = {name: (len(f), (f == "new").sum(), (f == "expanded").sum()) for name, f in flags}
    assert counted == {
        "産業政策課": (11, 0, 4),
        "中小企業課": (11, 2, 0),
        "労働政策課": (14, 1, 2),
        "技術革新課": (24, 4, 2),
        "科学技術振興課": (13, 2, 1),
    }


def test_every_printed_amount_rate_cap_capacity_and_count_stands_in_the_data(terms):
    there = terms.dropna(subset=["quantity"])
    found = Counter(
        (measure, round(quantity, 6), unit)
        for measure, quantity, unit in rows(there, "measure", "quantity", "unit")
    )
    before = terms.dropna(subset=["quantity_before"])
    found += Counter(rows(before, "measure", "quantity_before", "unit"))
    printed = Counter(
        (measure, round(float(value), 6), unit)
        for measure, _, value, unit in IBARAKI_2020_TERMS
        if unit not in IN_WORDS
    )
    printed[("緊急対策融資利子補給事業", 10_000_000, "円")] -= 1  # one threshold, printed twice
    assert found == printed


def test_every_printed_date_year_and_burden_stands_with_its_measure(terms):
    words = terms[["measure", "condition", "burden"]].fillna("")
    said = words["condition"] + words["burden"]
    for measure, what, value, unit in IBARAKI_2020_TERMS:
        if unit in IN_WORDS:
            year, _, month = str(value).partition("-")
            wanted = f"{year}年{int(month)}月" if month else str(value)
            assert said[words["measure"] == measure].str.contains(wanted).any(), (measure, what)


def read_printed(text):
    """The figure in a printed cell, read apart from the project's own reading: yen, shares."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").split("/年")[0].split("/件")[0]
    text = text.split("(")[0].replace("m2", "")
    if text.endswith("割"):
        return Fraction(int(text[:-1]), 10)
    if "/" in text:
        return Fraction(text)
    unit = next((u for u in sorted(YEN, key=len, reverse=True) if text.endswith(u)), "")
    if unit:
        return Fraction(text.removesuffix(unit)) * YEN[unit]
    digits = "".join(sign for sign in text if sign.isdigit())
    return Fraction(digits) if digits else None


def test_every_quantity_is_what_its_printed_cell_reads(terms):
    there = terms.dropna(subset=["quantity"])
    assert there["printed"].notna().all()
    unequal = [
        (printed, quantity)
        for printed, quantity in rows(there, "printed", "quantity")
        if (read := read_printed(printed)) is not None and round(float(read), 6) != quantity
    ]
    assert unequal == []
    assert [p for (p,) in rows(there, "printed") if read_printed(p) is None] == ["隔週"]


def test_a_frame_inside_another_is_smaller_and_named_as_its_part(terms):
    frames = terms[terms["what"] == "融資枠"].set_index("term")
    inside = frames[frames["part_of"].notna()]
    assert inside["part_of"].tolist() == ["全体融資枠", *["新規融資枠"] * 3]
    outer = frames.loc[inside["part_of"], "quantity"].to_numpy()
    assert (inside["quantity"].to_numpy() < outer).all()
    assert frames.index[frames["is_new"] == "yes"].tolist() == ["事業承継支援融資"]


def test_no_quantity_is_missing_without_saying_so_and_its_kind_is_then_called_inferred(data):
    lacking = data.instruments[data.instruments["quantity"].isna()]
    assert set(lacking["quantity_status"]) == {"not_in_source"}
    assert lacking["inferred"].str.split().map(lambda names: "kind" in names).all()


def test_the_place_of_a_term_names_its_division_and_measure_or_the_cover(of_2020):
    place = {
        p: f"{d} ●{n}" for p, d, n in rows(of_2020.programs, "program_id", "department", "program")
    }
    for program, where in rows(of_2020.instruments, "program_id", "place"):
        assert where == place[program] or where.startswith(COVER)


def test_the_programs_of_2017_have_the_printed_names_and_a_year_that_is_called_inferred(data):
    of_2017 = load(DATA, government="080004", fiscal_year=2017)
    listed = of_2017.programs[of_2017.programs["source_id"] == "ibaraki_grant_2017"]
    assert listed["program"].map(plain).tolist() == [plain(n) for n in IBARAKI_2017_PROGRAMS]
    sources = data.sources.set_index("source_id")
    assert sources.loc["ibaraki_grant_2017", "inferred"] == "publisher fiscal_year"


def test_the_numbers_of_the_programs_of_2017_are_the_printed_ones(data):
    startups = data.kpis[data.kpis["kpi_id"] == "startups"].iloc[0]
    program = data.programs[data.programs["program_id"] == "startup_10000"].iloc[0]
    cities = data.observations[data.observations["program_id"] == "traditional_crafts"].iloc[0]
    found = [
        program["start_year"],
        program["end_year"],
        program["end_year"] - program["start_year"] + 1,
        startups["final_target"],
        cities["value"],
    ]
    assert found == [value for *_, value, _ in IBARAKI_2017_NUMBERS]
    assert (startups["unit"], cities["unit"]) == ("社", "市")
    assert startups["final_year"] == program["end_year"]


def test_the_plans_of_ibaraki_and_tsukuba_have_their_items_in_the_printed_order(data):
    items = data.strategy_items
    assert items.groupby("kind")["order"].agg(list).to_dict() == {
        "direction": list(range(1, IBARAKI_2017_DIRECTIONS + 1)),
        "vision": list(range(1, len(TSUKUBA_STRATEGY_VISIONS) + 1)),
        "issue": list(range(1, len(TSUKUBA_STRATEGY_ISSUES) + 1)),
    }
    assert items[items["kind"] == "issue"]["name"].tolist() == TSUKUBA_STRATEGY_ISSUES
    projects = data.programs[data.programs["project"] == "つくば市産業戦略"]
    assert projects["program"].tolist() == TSUKUBA_STRATEGY_PROJECTS


def test_the_numbers_of_the_strategy_are_the_printed_ones(data):
    numbers = {what: value for what, value, _ in TSUKUBA_STRATEGY_NUMBERS}
    plans = data.strategies.set_index("strategy_id")
    current = plans.loc["tsukuba_industry_strategy"]
    first, last, years = TSUKUBA_STRATEGY_PERIOD
    assert (current["start_year"], current["end_year"]) == (first, last)
    assert last - first + 1 == years
    decided = plans["decided_year"].dropna()
    assert decided.to_dict() == {
        "tsukuba_industry_vision": numbers["つくば市産業戦略ビジョンの策定"],
        "tsukuba_industry_plan_1": numbers["第1次産業振興マスタープランの策定"],
        "tsukuba_industry_plan_2": numbers["第2次産業振興マスタープランの策定"],
    }
    interval = numbers["産業振興施策の見直しの間隔"]
    assert f"{interval}年ごと" in plans.loc["tsukuba_industry_vision", "note"]
    following = plans.loc["tsukuba_industry_strategy_2", "start_year"]
    assert following == numbers["次期戦略の最初の年度"]
    observed = data.observations[data.observations["program_id"] == "industry_strategy"]
    assert rows(observed, "value", "fiscal_year") == [
        (numbers["課題を把握したアンケート調査の対象"], 2019),
        (None, numbers["採用に関するアンケートの実施年度"]),
        (numbers["次期戦略のためのアンケートの対象"], 2023),
    ]
    source = data.sources.set_index("source_id").loc["tsukuba_strategy_2021"]
    assert source["published_on"] == numbers["ページの更新日"]


def test_the_council_judged_the_strategy_as_a_whole_on_the_printed_day(data):
    numbers = {what: value for what, value, _ in TSUKUBA_STRATEGY_NUMBERS}
    rating = data.ratings[data.ratings["program_id"] == "industry_strategy"]
    assert rows(rating, "progress", "grade", "rated_on", "rated_by") == [
        (
            "概ね順調",
            None,
            numbers["第1回つくば市産業戦略会議の開催日"],
            f"つくば市産業戦略会議（第{numbers['つくば市産業戦略会議の回']}回）",
        )
    ]


def test_programs_seen_twice_are_linked_with_a_reason(data):
    same = data.links[data.links["kind"].isin(["same", "part_of"])]
    assert rows(same, "from_id", "to_id") == [
        (
            "082201/support_robot_trial/tsukuba_2018_preliminary",
            "080004/tsukuba_growth_industry/ibaraki_grant_2017",
        ),
        (
            "080004/professional_talent_hub/ibaraki_sme_2020",
            "080004/professional_talent_hub/ibaraki_grant_2017",
        ),
    ]
    assert data.links["reason"].str.len().min() > 5


def test_grants_follow_one_another_from_the_first_to_that_of_2026(data):
    assert rows(data.grants, "grant_name", "first_year", "last_year", "successor") == [
        ("地方創生推進交付金", None, None, "デジタル田園都市国家構想交付金"),
        ("デジタル田園都市国家構想交付金", None, 2024, "新しい地方経済・生活環境創生交付金"),
        ("新しい地方経済・生活環境創生交付金", 2025, 2025, "地域未来交付金"),
        ("地域未来交付金", 2026, None, None),
    ]
