"""Several fiscal years of one KPI in data/ (御所市, 茨城県) against a second transcription."""

from collections import Counter

import pytest
from second_transcription import (
    GOSE_KPIS,
    IBARAKI_FINAL_TARGETS,
    IBARAKI_JOBS,
)
from slices import DATA
from transcribed import plain, rows

from analysis import load

GOSE_IDS = {
    "自主防災組織率": "voluntary_disaster_groups",
    "市民1人あたりの1日に出すごみの量": "daily_waste",
    "駅利用者数": "station_users",
}
IBARAKI_IDS = {"single": "job_creation", "cumulative": "job_creation_cumulative"}
HEISEI_BEGAN_AFTER = 1988


@pytest.fixture(scope="module")
def gose(whole):
    return {
        name: whole.tables[name].query("source_id == 'gose_2013'") for name in ("kpis", "ratings")
    }


@pytest.fixture(scope="module")
def ibaraki():
    return load(DATA, government="080004", program="comprehensive_strategy")


def test_gose_kpis_have_the_printed_figures_of_three_years(gose):
    columns = "kpi unit direction baseline final_target fiscal_year actual kpi_id"
    found = [
        (kpi, plain(unit), *figures) for kpi, unit, *figures in rows(gose["kpis"], *columns.split())
    ]
    arrows = {"アップ": "up", "ダウン": "down"}
    printed = [
        (kpi, unit, arrows[arrow], baseline, target, year + HEISEI_BEGAN_AFTER, actual, kpi_id)
        for kpi_id, (kpi, (unit, arrow, baseline, target, years)) in zip(
            GOSE_IDS.values(), GOSE_KPIS.items(), strict=True
        )
        for year, (actual, _) in years.items()
    ]
    assert Counter(found) == Counter(printed)


def test_gose_rates_are_as_printed(gose):
    columns = ("kpi_id", "fiscal_year", "published_rate", "published_rate_printed")
    printed = [
        (GOSE_IDS[kpi], year + HEISEI_BEGAN_AFTER, round(float(rate) / 100, 3), rate)
        for kpi, (*_, years) in GOSE_KPIS.items()
        for year, (_, rate) in years.items()
    ]
    assert Counter(rows(gose["ratings"], *columns)) == Counter(printed)


def test_the_only_target_of_gose_is_the_final_one_of_2020(gose):
    kpis = gose["kpis"]
    assert kpis["target"].isna().all()
    assert kpis["final_target"].notna().all()
    assert set(rows(kpis, "baseline_year", "final_year")) == {(2010, 2020)}


def test_ibaraki_kpis_have_the_printed_figures_of_both_sheets(ibaraki):
    columns = "kpi_id fiscal_year target actual actual_status"
    printed = [
        (
            IBARAKI_IDS[sheet],
            year + HEISEI_BEGAN_AFTER,
            target,
            actual,
            "preliminary" if is_preliminary else "final",
        )
        for sheet, years in IBARAKI_JOBS.items()
        for year, target, actual, _, is_preliminary in years
    ]
    assert Counter(rows(ibaraki.kpis, *columns.split())) == Counter(printed)
    named = set(rows(ibaraki.kpis, "kpi", "unit"))  # （累計） is ours, to tell the two apart
    assert named == {("雇用創出数", "人"), ("雇用創出数（累計）", "人")}


def test_ibaraki_rates_are_as_printed(ibaraki):
    columns = ("kpi_id", "fiscal_year", "published_rate", "published_rate_printed")
    printed = [
        (IBARAKI_IDS[sheet], year + HEISEI_BEGAN_AFTER, round(float(rate) / 100, 3), rate)
        for sheet, years in IBARAKI_JOBS.items()
        for year, _, _, rate, _ in years
    ]
    assert Counter(rows(ibaraki.ratings, *columns)) == Counter(printed)


def test_the_final_target_of_ibaraki_was_raised_in_fiscal_2017_and_stands_with_the_total_alone(
    ibaraki,
):
    before, after = IBARAKI_FINAL_TARGETS
    held = ibaraki.kpis.dropna(subset=["final_target"])
    assert rows(held, "kpi_id", "fiscal_year", "final_target", "final_year") == [
        ("job_creation_cumulative", 2015, before, 2019),
        ("job_creation_cumulative", 2016, before, 2019),
        ("job_creation_cumulative", 2017, after, 2019),
    ]
    total = IBARAKI_JOBS["cumulative"]
    single = IBARAKI_JOBS["single"]
    assert single[0][2] + single[1][2] == total[1][2] == 5_163
