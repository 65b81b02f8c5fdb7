"""The figures in data/ against a second transcription of the same documents."""

from collections import Counter

import pytest
from second_transcription import (
    GOSE_KPIS,
    IBARAKI_JOBS,
    MORIOKA_BUDGETS,
    MORIOKA_KPIS,
    MORIOKA_OTHER_FIGURES,
    MORIOKA_PROGRAMS,
    TSUKUBA_BUDGETS,
    TSUKUBA_DEPARTMENTS,
    TSUKUBA_KPIS,
    TSUKUBA_OTHER_FIGURES,
    TSUKUBA_PERIODS,
    TSUKUBA_PROJECTS,
    TSUKUBA_RATINGS,
)
from slices import DATA
from transcribed import plain, rows

from analysis import load
from analysis.dataset.tables import TABLES

SHEETS = [f"④-{number}" for number in range(1, 11)]
SHARED_SHEETS = ["④-7", "④-8", "④-9", "④-10"]
YEN_PER_THOUSAND_YEN = 1_000
WITH_UNITS = ("tsukuba_2018_preliminary", "morioka_2021")  # printed with each amount, or in yen
WITH_ACCOUNTS = ("fukuoka_r7", "kaizuka_h25", "nayoro_r2")


@pytest.fixture(scope="module")
def data():
    return load(DATA)


@pytest.fixture(scope="module")
def tsukuba():
    return load(DATA, government="082201", fiscal_year=2018)


@pytest.fixture(scope="module")
def morioka():
    return load(DATA, government="032018")


def earlier(table):
    """The rows of all documents but those with accounts (test_data_of_costs.py)."""
    return table[~table["source_id"].isin(WITH_ACCOUNTS)]


def by_sheet(programs, *columns):
    """What the programs table says, for each of the sheets a program stands on."""
    return {
        sheet: cells[0] if len(columns) == 1 else cells
        for place, *cells in rows(programs, "place", *columns)
        for sheet in (SHARED_SHEETS if place == "④-7～④-10" else [place])
    }


def named(table):
    """The names of the columns each row says were inferred."""
    return table["inferred"].fillna("").str.split().map(set)


def test_the_data_hold_as_many_rows_as_the_second_transcription(data):
    assert {name: len(table) for name, table in data.tables.items()} == {
        "sources": 1 + 1 + 1 + 2 + 3 + 2 + 3,
        "programs": 7 + 4 + 1 + 1 + (12 - 1) + 73 + (1 + 5) + (5 + 2 + 1),
        "budgets": 7 + 3 + (45 + 64 + 25),
        "kpis": 7 + 14 + 9 + 5 + 1 + (49 + 3),
        "ratings": 10 + 9 + 5 + 1 + (5 + 3),
        "rating_axes": 0,
        "observations": 17 + 1 + 2 + 1 + 3 + (25 + 33),
        "instruments": 181,
        "strategies": 6,
        "strategy_items": 5 + 4 + 6,
        "links": 25,
        "grants": 4,
        "reasons": len(data.reasons),
    }
    assert len(TSUKUBA_BUDGETS) + len(MORIOKA_BUDGETS) == 7 + 3
    assert len(TSUKUBA_KPIS) + len(MORIOKA_KPIS) == 7 + 14
    assert len(TSUKUBA_RATINGS) == 10
    assert len(MORIOKA_PROGRAMS) == 4
    assert sum(len(years) for *_, years in GOSE_KPIS.values()) == 9
    assert sum(len(years) for years in IBARAKI_JOBS.values()) == 5


def test_the_two_grant_documents_are_named_as_printed_without_day_address_and_license(data):
    two = data.sources.head(2)
    columns = "source_id publisher title edition fiscal_year document_id"
    assert rows(two, *columns.split()) == [
        (
            "tsukuba_2018_preliminary",
            "つくば市",
            "平成30年度　地方創生推進交付金事業に付随する重要業績評価指標（ＫＰＩ）の指標一覧",
            "速報版",
            2018,
            "資料２－１",
        ),
        ("morioka_2021", "盛岡市", "地方創生関連交付金等を活用した事業", None, 2021, None),
    ]
    assert two[["published_on", "address", "license"]].isna().all(axis=None)


def test_tsukuba_programs_have_the_printed_names(tsukuba):
    hub = "地域拠点活力共創マネジメント事業"
    assert by_sheet(tsukuba.programs, "program") == {
        "④-1": "つくば市生活支援ロボット普及促進事業",
        "④-2": "若者ライフプラン形成支援事業",
        "④-3": "つくばライフスタイルセミナー",
        "④-4": "合同就職面接会",
        "④-5": "子連れ出勤モデル事業",
        "④-6": "移住促進プロモーション事業",
        **dict.fromkeys(SHARED_SHEETS, hub),
    }


def test_two_programs_are_joint_and_all_but_the_plans_are_paid_by_the_same_grant(data):
    joint = data.programs[data.programs["scope"] == "連携"]
    assert rows(joint, "program_id", "joint_with") == [
        ("support_robot_trial", "茨城県"),
        ("six_city_festivals", "青森市・仙台市・秋田市・山形市・福島市"),
    ]
    assert data.programs["joint_with"].notna().sum() == 2
    first = data.programs.head(7 + 4 + 1 + 1)
    paid = first["grant_name"].notna()
    assert first.loc[paid, "grant_name"].tolist() == ["地方創生推進交付金"] * 11
    assert first.loc[~paid, "program_id"].tolist() == [
        "comprehensive_plan",
        "comprehensive_strategy",
    ]
    assert rows(data.programs.drop_duplicates("government_code"), "government") == [
        ("つくば市",),
        ("盛岡市",),
        ("御所市",),
        ("茨城県",),
        ("福岡県",),
        ("貝塚市",),
        ("名寄市",),
    ]


def test_tsukuba_kpis_have_the_printed_names_units_and_figures(tsukuba):
    columns = "place kpi unit fiscal_year baseline target actual actual_status final_target"
    found = [
        (place, plain(kpi), plain(unit), *figures)
        for place, kpi, unit, *figures in rows(tsukuba.kpis, *columns.split())
    ]
    printed = [
        (
            sheet,
            plain(kpi),
            plain(unit),
            2018,
            baseline,
            target,
            actual,
            "estimated" if is_estimate else "preliminary",
            final_target,
        )
        for sheet, kpi, unit, baseline, target, actual, is_estimate, final_target, _ in TSUKUBA_KPIS
    ]
    assert Counter(found) == Counter(printed)


def test_all_tsukuba_kpis_are_printed_with_an_upward_arrow(tsukuba):
    assert tsukuba.kpis["direction"].tolist() == ["up"] * 7


def test_the_final_target_of_a_tsukuba_kpi_is_due_in_the_last_year_of_its_period(tsukuba):
    assert rows(tsukuba.kpis, "place", "final_year") == [
        (sheet, TSUKUBA_PERIODS[sheet][1]) for sheet, *_ in TSUKUBA_KPIS
    ]


def test_tsukuba_ratings_have_the_printed_words_levels_and_grades(tsukuba):
    found = rows(tsukuba.ratings, "place", "progress", "effectiveness", "efficiency", "grade")
    printed = [(sheet, progress or None, *levels) for sheet, progress, *levels in TSUKUBA_RATINGS]
    assert Counter(found) == Counter(printed)
    assert tsukuba.ratings["fiscal_year"].tolist() == [2018] * 10


def test_tsukuba_progress_words_agree_between_kpis_and_ratings_of_the_second_transcription():
    of_ratings = {sheet: progress for sheet, progress, *_ in TSUKUBA_RATINGS if progress}
    assert {sheet: progress for sheet, *_, progress in TSUKUBA_KPIS} == of_ratings


def test_each_tsukuba_rating_judges_the_kpi_of_its_sheet_or_a_program_without_kpi(tsukuba):
    kpi_of_sheet = dict(rows(tsukuba.kpis, "place", "kpi_id"))
    assert rows(tsukuba.ratings, "place", "kpi_id") == [
        (sheet, kpi_of_sheet.get(sheet)) for sheet in SHEETS
    ]


def test_tsukuba_budgets_are_the_printed_totals(tsukuba):
    found = [
        (place.split("～")[0], amount, kind, year)
        for place, amount, kind, year in rows(
            tsukuba.budgets, "place", "amount_yen", "kind", "fiscal_year"
        )
    ]
    printed = [(sheet, amount, "total", 2018) for sheet, amount in TSUKUBA_BUDGETS]
    assert Counter(found) == Counter(printed)


def test_tsukuba_departments_are_the_printed_ones_of_each_sheet(tsukuba):
    assert by_sheet(tsukuba.programs, "department") == TSUKUBA_DEPARTMENTS


def test_tsukuba_programs_belong_to_the_printed_projects(tsukuba):
    printed = {
        sheet: plain(project) for project, sheets in TSUKUBA_PROJECTS.items() for sheet in sheets
    }
    found = by_sheet(tsukuba.programs, "project")
    assert {sheet: plain(project) for sheet, project in found.items()} == printed


def test_tsukuba_programs_run_over_the_printed_periods(tsukuba):
    found = by_sheet(tsukuba.programs, "start_year", "end_year")
    assert {sheet: tuple(years) for sheet, years in found.items()} == TSUKUBA_PERIODS


def test_tsukuba_budgets_ratings_and_kpis_belong_to_the_program_of_their_sheet(tsukuba):
    program = by_sheet(tsukuba.programs, "program_id")
    assert list(program) == SHEETS
    for table in (tsukuba.budgets, tsukuba.ratings, tsukuba.kpis, tsukuba.observations):
        for place, program_id in rows(table, "place", "program_id"):
            assert program[place.split()[0].split("～")[0]] == program_id, place


def test_tsukuba_observations_are_the_other_printed_figures(tsukuba):
    program = by_sheet(tsukuba.programs, "program_id")
    observed = tsukuba.observations[tsukuba.observations["value"].notna()]
    found = [
        (program_id, value, plain(unit), year)
        for program_id, value, unit, year in rows(
            observed, "program_id", "value", "unit", "fiscal_year"
        )
    ]
    printed = [
        (program[sheet], value, plain(unit), year)
        for sheet, what, value, unit, year in TSUKUBA_OTHER_FIGURES
        if what != "対象とする地域拠点市街地の数（列挙された名称を数えた）"
    ]
    assert Counter(found) == Counter(printed)


def test_the_districts_counted_by_name_are_as_many_as_the_printed_districts(tsukuba):
    counts = {
        sheet: value for sheet, _, value, unit, _ in TSUKUBA_OTHER_FIGURES if unit == "市街地"
    }
    observed = tsukuba.observations[tsukuba.observations["unit"] == "市街地"]
    assert counts == {"④-7": 8, "④-10": 8}
    assert observed["value"].tolist() == [8]


def test_shares_and_parts_say_of_how_many_they_are(tsukuba):
    parts = tsukuba.observations[tsukuba.observations["sample_size"].notna()]
    assert rows(parts, "program_id", "value", "unit", "sample_size") == [
        ("youth_life_plan", 4.8, "％", 2277),
        ("youth_life_plan", 46.3, "％", 110),
        ("youth_life_plan", 76.3, "％", 110),
        ("lifestyle_seminar", 7, "人", 10),
        ("job_fair", 7, "社", 53),
    ]
    assert round(110 / 2277 * 100, 1) == 4.8


def test_the_survey_of_2018_was_still_to_be_counted(tsukuba):
    empty = tsukuba.observations[tsukuba.observations["value"].isna()]
    assert rows(empty, "program_id", "fiscal_year", "value_status") == [
        ("youth_life_plan", 2018, "pending")
    ]


def test_morioka_programs_have_the_printed_names_departments_and_periods(morioka):
    found = [
        (plain(program), department.split("・"), start, end)
        for program, department, start, end in rows(
            morioka.programs, "program", "department", "start_year", "end_year"
        )
    ]
    printed = [
        (plain(program), departments, start, end)
        for program, departments, start, end in MORIOKA_PROGRAMS
    ]
    assert found == printed


def test_morioka_programs_are_printed_without_a_project(morioka):
    assert morioka.programs["project"].isna().all()


def test_morioka_budgets_are_the_printed_items(morioka):
    columns = ("program_id", "item", "amount_yen", "kind", "fiscal_year")
    found = rows(morioka.budgets, *columns)
    printed = [
        ("growth_field_hub", item, amount, "reported", 2021) for item, amount in MORIOKA_BUDGETS
    ]
    assert Counter(found) == Counter(printed)


def test_morioka_kpis_have_the_printed_names_units_figures_and_statuses(morioka):
    program = [program_id for (program_id,) in rows(morioka.programs, "program_id")]
    found = [
        (program.index(program_id) + 1, plain(kpi), *figures)
        for program_id, kpi, *figures in rows(
            morioka.kpis, "program_id", "kpi", "unit", "target", "actual", "fiscal_year"
        )
    ]
    printed = [
        (number, plain(kpi), unit, target, actual, 2022 if status == "計画値" else 2021)
        for number, kpi, unit, target, actual, status in MORIOKA_KPIS
    ]
    assert Counter(found) == Counter(printed)


def test_morioka_statuses_say_what_is_final_pending_planned_or_not_printed(morioka):
    # target_status, actual_status, actual_printed; a target beside 集計中 is a plain figure
    meaning = {
        "final": ("not_in_source", "final", None),
        "集計中": (None, "pending", "集計中"),
        "計画値": ("planned", "not_in_source", None),
    }
    found = [
        (plain(kpi), *statuses)
        for kpi, *statuses in rows(
            morioka.kpis, "kpi", "target_status", "actual_status", "actual_printed"
        )
    ]
    printed = [(plain(kpi), *meaning[status]) for _, kpi, *_, status in MORIOKA_KPIS]
    assert Counter(found) == Counter(printed)


def test_morioka_prints_no_baseline_final_target_direction_or_aggregation(morioka):
    kpis = morioka.kpis
    assert kpis[["baseline", "final_target", "final_year"]].isna().all(axis=None)
    assert kpis["baseline_status"].tolist() == ["not_in_source"] * 14
    assert kpis["direction"].tolist() == ["unknown"] * 14
    assert kpis["aggregation"].tolist() == ["unknown"] * 14


def test_morioka_observations_are_the_other_figures_that_are_not_years(morioka):
    found = rows(morioka.observations, "program_id", "value", "unit", "fiscal_year")
    printed = [
        ("six_city_festivals", value, unit, year)
        for program, _, value, unit, year in MORIOKA_OTHER_FIGURES
        if program == 4 and unit != "年"
    ]
    assert Counter(found) == Counter(printed)


def test_the_years_of_the_earlier_festivals_stand_in_the_description_of_the_program(morioka):
    years = [value for _, _, value, unit, _ in MORIOKA_OTHER_FIGURES if unit == "年"]
    said = morioka.programs.set_index("program_id")["description"]["six_city_festivals"]
    assert years == [2011, 2016, 2017]
    assert [year for year in years if str(year) not in said] == []


def test_amounts_are_the_printed_ones_in_yen(data):
    whole = data.budgets[data.budgets["source_id"].isin(WITH_UNITS)]
    assert len(whole) == 7 + 3
    for amount, printed in rows(whole, "amount_yen", "amount_printed"):
        number, *unit = printed.replace(",", "").split()
        assert amount == int(number) * (YEN_PER_THOUSAND_YEN if unit == ["千円"] else 1)


@pytest.mark.parametrize(
    ("table", "value", "as_printed"),
    [
        ("kpis", "target", ["4,200,000 人泊", "8,790,000 人", "2 回", "1,000 人"]),
        ("kpis", "actual", ["推 4,600", "7,077 (速報値)"]),
        (
            "observations",
            "value",
            [
                *["７台", "１台", "７名", "７社", "75名", "72名", "２者", "２回", "８市街地"],
                *["地元3市等", "1,000社", "1,000社"],
            ],
        ),
    ],
)
def test_figures_printed_with_other_signs_are_the_figures_read_from_them(
    data, table, value, as_printed
):
    printed = "printed" if table == "observations" else f"{value}_printed"
    with_digits = [
        (figure, cell)
        for figure, cell in rows(earlier(data.tables[table]), value, printed)
        if figure is not None and cell is not None and cell != "六市"
    ]
    assert [cell for _, cell in with_digits] == as_printed
    assert [figure for figure, _ in with_digits] == [
        int("".join(sign for sign in plain(cell) if sign.isdigit())) for cell in as_printed
    ]


def test_every_morioka_place_begins_with_the_name_of_its_program(morioka):
    names = dict(rows(morioka.programs, "program_id", "program"))
    for table in (morioka.programs, morioka.budgets, morioka.kpis, morioka.observations):
        for program_id, place in rows(table, "program_id", "place"):
            assert place.startswith(names[program_id]), place


@pytest.mark.parametrize("name", [name for name in TABLES if name != "reasons"])
def test_every_row_says_its_source_and_the_place_in_it(data, name):
    table = data.tables[name]
    assert set(table["source_id"]) <= set(data.sources["source_id"])
    assert (table["place"].fillna("").str.strip() != "").all()


@pytest.mark.parametrize("name", [name for name in TABLES if name != "reasons"])
def test_only_cells_that_hold_something_are_called_inferred(data, name):
    table = data.tables[name]
    filled = table.notna()
    empty = [
        (table["place"][number], column)
        for number, columns in named(table).items()
        for column in columns
        if not filled.loc[number, column]
    ]
    assert empty == []


def test_periods_of_all_tsukuba_programs_but_the_first_are_called_inferred(tsukuba):
    inferred = by_sheet(tsukuba.programs.assign(names=named(tsukuba.programs)), "names")
    assert {sheet: {"start_year", "end_year"} <= names for sheet, names in inferred.items()} == {
        sheet: sheet != "④-1" for sheet in SHEETS
    }


def test_projects_of_all_tsukuba_programs_but_the_first_are_called_inferred(tsukuba):
    inferred = by_sheet(tsukuba.programs.assign(names=named(tsukuba.programs)), "names")
    assert {sheet: "project" in names for sheet, names in inferred.items()} == {
        sheet: sheet != "④-1" for sheet in SHEETS
    }


def test_department_and_budget_of_the_local_hub_program_alone_are_called_inferred(tsukuba):
    departments = tsukuba.programs[named(tsukuba.programs).map({"department"}.issubset)]
    amounts = tsukuba.budgets[named(tsukuba.budgets).map({"amount_yen"}.issubset)]
    assert departments["program_id"].tolist() == ["local_hub_cocreation"]
    assert amounts["program_id"].tolist() == ["local_hub_cocreation"]


def test_the_axis_names_of_all_tsukuba_ratings_are_called_inferred(tsukuba):
    axes = {"effectiveness", "efficiency"}
    assert named(tsukuba.ratings).map(axes.issubset).tolist() == [True] * 10


def test_the_year_2021_and_the_publisher_of_the_morioka_document_are_called_inferred(morioka):
    assert rows(morioka.sources, "publisher", "fiscal_year", "inferred") == [
        ("盛岡市", 2021, "publisher fiscal_year")
    ]
    for table in (morioka.kpis, morioka.budgets):
        of_2021 = table["fiscal_year"] == 2021
        assert named(table).map({"fiscal_year"}.issubset).tolist() == of_2021.tolist()
    assert named(morioka.programs).map({"government"}.issubset).tolist() == [True] * 4
