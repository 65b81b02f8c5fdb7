"""A figure merged over several years or KPIs is not given to the first of them."""

from grids import read_facts, tell


def test_a_figure_merged_over_years_is_of_no_year_that_could_be_told():
    facts = read_facts(
        ("事業名", "指標名", "目標", "", "実績", ""),
        ("", "", "R4", "R5", "R4", "R5"),
        ("移住促進", "移住者数（人）", "500", "", "120", "140"),
        ("移住促進", "相談件数（件）", "80", "90", "200", ""),
        spans={"A1": (2, 1), "B1": (2, 1), "C1": (1, 2), "E1": (1, 2), "C3": (1, 2), "E4": (1, 2)},
    )
    assert tell(facts, "target", "actual", "actual_status") == [
        ("移住者数", None, "target", "500"),
        ("移住者数", 2022, "actual", "120"),
        ("移住者数", 2023, "actual", "140"),
        ("相談件数", 2022, "target", "80"),
        ("相談件数", 2023, "target", "90"),
        ("相談件数", None, "actual", "200"),
    ]
    doubts = [(f.kpi, f.value) for f in facts if f.note == "no_year" and f.field != "unit"]
    assert doubts == [("移住者数", "500"), ("相談件数", "200")]


def test_a_figure_merged_over_kpis_is_of_none_that_could_be_told():
    facts = read_facts(
        ("令和4年度",),
        ("事業名", "指標名", "目標", "実績"),
        ("移住促進", "相談件数（件）", "80", "200"),
        ("移住促進", "移住世帯数（世帯）", "30", ""),
        spans={"D3": (2, 1)},
    )
    assert tell(facts, "target", "actual_status") == [
        ("相談件数", 2022, "target", "80"),
        ("移住世帯数", 2022, "target", "30"),
    ]
    shared = [(f.kpi, f.printed, f.outcome) for f in facts if f.note == "several_kpis"]
    assert shared == [("相談件数", "200", "problem"), ("移住世帯数", "200", "problem")]
