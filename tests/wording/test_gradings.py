"""What the rubrics at hand would give for the same KPIs, in words."""

from rated import RUBRICS, some_kpis

from analysis import list_grades
from analysis.wording import gradings
from analysis.wording.rubrics import tabulate_bands


def test_a_table_of_gradings_sorts_the_rubrics_by_the_place_they_give_a_kpi():
    chosen = {name: RUBRICS[name] for name in ("ibaraki", "nagano")}
    listed = list_grades(some_kpis(), chosen)
    assert gradings.tabulate_gradings(listed, chosen).to_dict("list") == {
        "指標": ["提案", "ごみ", "来訪（実績は確定前）"],
        "年度": ["H30"] * 3,
        "最上位とする基準": ["茨城県 A、長野県 A", "—", "—"],
        "その間": ["—", "長野県 B", "茨城県 B"],
        "最下位とする基準": ["—", "—", "長野県 C"],
        "評価できない基準": ["—", "減らす指標：茨城県", "—"],
    }


def test_the_sentence_counts_the_kpis_whose_place_hangs_on_the_rubric():
    chosen = {name: RUBRICS[name] for name in ("ibaraki", "nagano")}
    text = gradings.describe_gradings(list_grades(some_kpis(), chosen))
    assert text.startswith(
        "手元にある2通りの基準のうち2通りが、少なくとも1指標を評価できます。"
        "3指標すべてを評価できるのは1通りです。うち1指標は"
    )
    assert "ほかの団体などのもの" in text
    same = gradings.describe_gradings(list_grades(some_kpis().iloc[:1], chosen))
    assert "2通りが、1指標を評価できます。どの基準でも位置（最上位・最下位・その間）は" in same
    one = gradings.describe_gradings(list_grades(some_kpis(), {"nagano": RUBRICS["nagano"]}))
    assert one.startswith("手元にある1通りの基準のうち1通りだけが、3指標すべてを評価できます。")
    assert "位置" not in one  # one rubric alone has nothing to differ from


def test_grades_that_are_codes_are_told_by_their_meaning_and_points_below_zero_have_a_mark():
    for name, grade, shown in (
        ("open_sdg", "target_achieved", "最終目標に到達した"),
        ("open_sdg", "deterioration", "後退"),
        ("kurayoshi", "-3", "▲3"),
        ("nagano", "A", "A"),
    ):
        listed = list_grades(some_kpis().iloc[:1], {name: RUBRICS[name]})
        table = gradings.tabulate_gradings(listed.assign(grade=grade, standing="best"), RUBRICS)
        assert table["最上位とする基準"].tolist() == [f"{RUBRICS[name]['name']} {shown}"]
        assert shown in tabulate_bands(RUBRICS[name])["評価"].tolist()


def test_only_rubrics_that_grade_a_kpi_of_the_report_are_listed_with_their_source():
    # waste should fall: Ibaraki's plain ratio does not grade it, Nagano's progress does
    chosen = {name: RUBRICS[name] for name in ("tsukuba", "ibaraki", "nagano")}
    listed = list_grades(some_kpis().iloc[1:2], chosen)
    assert gradings.tabulate_rubrics(listed, chosen)["基準"].tolist() == [RUBRICS["nagano"]["name"]]
    assert gradings.tabulate_rubrics(list_grades(some_kpis().iloc[:0], RUBRICS), RUBRICS).empty


def test_without_kpis_or_rubrics_nothing_is_graded():
    for listed in (
        list_grades(some_kpis(), {}),
        list_grades(some_kpis().iloc[:0], RUBRICS),
    ):
        assert listed.empty
        assert gradings.tabulate_gradings(listed, RUBRICS).empty
        assert "ありません" in gradings.describe_gradings(listed)
