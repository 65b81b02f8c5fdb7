"""Title, sentences, tiles and tables of what differs between two editions."""

import pandas as pd
import pytest
from compared import WASTE, edition
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, SOURCE

from analysis.measures.changes import find_changes
from analysis.wording.changed_cells import word_changes
from analysis.wording.changes import (
    NumberedSources,
    describe_changes,
    name_editions,
    summarize_changes,
    tabulate_changes,
    tabulate_moved_sentences,
    tabulate_moved_verdicts,
    tabulate_part,
    title_changes,
)

FINAL = {"actual_status": "final"}


@pytest.fixture
def changes(tmp_path):
    """The changes between KPIs, and other tables."""

    def find(old, new, **tables):
        ends = edition(tmp_path / "old", kpis=old), edition(tmp_path / "new", kpis=new, **tables)
        return find_changes(*ends)

    return find


def test_without_a_difference_it_is_said_that_there_is_none(changes):
    same = changes([CONSULTATIONS], [CONSULTATIONS])
    assert title_changes(same) == "2つの版に違いはありません"
    assert describe_changes(same) == "2つの版で、同じ年度の数値・名称・評価はどれも同じです。"


def test_a_further_year_alone_is_said_to_be_no_difference(changes):
    further = changes([CONSULTATIONS], [CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2019}])
    assert title_changes(further) == "同じ年度の記載に違いはありません"
    assert describe_changes(further) == (
        "2つの版で、同じ年度の数値・名称・評価はどれも同じです。"
        "どちらかの版だけにある年度は、違いに数えていません。"
    )


def test_verdicts_that_move_are_the_answer_and_an_eased_target_is_told_apart(changes):
    later = [CONSULTATIONS | FINAL | {"actual": 210}, WASTE | {"target": 590}]
    moved = changes([CONSULTATIONS, WASTE], later)
    assert title_changes(moved) == "目標に届いたかの結論が、2指標で変わります"
    assert describe_changes(moved) == (
        "2つの版で違うのは2か所です（実績・従前値1、目標1）。"
        "未達から到達に変わるのは2指標（うち目標の変更だけによるもの1）です。"
    )
    assert summarize_changes(moved).to_numpy().tolist() == [
        ["結論が変わる指標", "2", "未達→到達 2"],
        ["実績・従前値の違い", "1", "訂正・変更 1"],
        ["目標の変更", "1", "緩和 1"],
        ["消えた・加わった", "0", "なし"],
    ]


def test_one_kpi_in_two_years_is_counted_twice_and_said_so(changes):
    both = [CONSULTATIONS, CONSULTATIONS | {"fiscal_year": 2017}]
    moved = changes(both, [row | {"actual": 200} for row in both])
    assert title_changes(moved) == "目標に届いたかの結論が、延べ2指標で変わります"


def test_figures_that_move_no_verdict_are_said_to_move_none(changes):
    revised = changes([CONSULTATIONS], [CONSULTATIONS | {"actual": 150}])
    assert title_changes(revised) == "目標に届いたかの結論は変わらず、記載が1か所違います"
    assert describe_changes(revised) == (
        "2つの版で違うのは1か所です（実績・従前値1）。年度の目標に届いたかの結論は変わりません。"
    )


def test_a_kpi_that_is_at_its_eased_final_target_is_told(changes):
    early = CONSULTATIONS | {"target": None, "final_target": 300, "final_year": 2020}
    moved = changes([early], [early | {"final_target": 140}])
    assert title_changes(moved) == "最終目標に達しているかの結論が、1指標で変わります"
    assert describe_changes(moved).endswith(
        "年度の目標に届いたかの結論は変わりません。最終目標に達しているかは、1指標で変わります。"
    )


def test_verdicts_and_final_targets_that_move_are_both_counted(changes):
    early = WASTE | {"target": None, "final_target": 500, "final_year": 2020}
    due = CONSULTATIONS | {"final_year": 2018}
    moved = changes([due, early], [due | {"actual": 210}, early | {"final_target": 590}])
    assert describe_changes(moved).endswith(
        "未達から到達に変わるのは1指標、最終目標に達しているかだけが変わるのは1指標です。"
    )
    assert summarize_changes(moved).to_numpy().tolist()[0] == [
        *("結論が変わる指標", "1", "未達→到達 1、ほかに最終目標だけ 1"),
    ]


def test_a_verdict_stands_beside_the_rate_and_the_figures_that_moved_it(changes):
    later = CONSULTATIONS | FINAL | {"actual": 160, "target": 155}
    moved = changes([CONSULTATIONS], [later])
    table = tabulate_moved_verdicts(moved, word_changes(moved, {}))
    assert table.iloc[0].to_dict() == {
        "指標": "マッチング相談件数（合同就職面接会）",
        "年度": "H30",
        "前の判定": "◆ 未達",
        "後の判定": "● 到達",
        "達成率": "74.0％ → 103.2％",
        "結論を動かしたもの": "実績と目標（合わせて）",
        "変わった数値": "実績 148件（速報値） → 160件、目標 200件 → 155件",
    }
    assert table.attrs["states"] == ["前の判定", "後の判定"]


def test_a_name_that_differs_over_years_is_one_row_with_its_years(changes):
    both = [CONSULTATIONS | {"fiscal_year": year} for year in (2018, 2019)]
    renamed = changes(both, [row | {"kpi": "相談"} for row in both])
    numbered = NumberedSources(pd.DataFrame([SOURCE | {"edition": None}]), pd.DataFrame([]))
    table = tabulate_part(renamed, word_changes(renamed, {}), "definition", numbered)
    assert table[["年度", "前", "後"]].to_numpy().tolist() == [
        ["H30・R元", "マッチング相談件数", "相談"]
    ]


def test_beside_a_figure_stands_the_rate_that_it_moves(changes):
    rows = [CONSULTATIONS, WASTE | {"target": None, "final_target": None}]
    revised = changes(rows, [row | {"actual": 150} for row in rows])
    sources = pd.DataFrame([SOURCE | {"edition": None}])
    numbered = NumberedSources(sources, sources)
    table = tabulate_part(revised, word_changes(revised, {}), "actual", numbered)
    assert table[["項目", "前", "後", "達成率", "記載の場所"]].to_numpy().tolist() == [
        ["実績", "148件（速報値）", "150件（速報値）", "74.0％ → 75.0％", "資料1・④-4"],
        ["実績", "586 g", "150 g", "—", "資料1・④-9"],
    ]


def test_each_change_names_both_publications_by_number_and_place():
    first = SOURCE | {"edition": "速報版"}
    second = first | {"source_id": "final", "edition": "確定版"}
    numbered = NumberedSources(pd.DataFrame([first]), pd.DataFrame([first, second]))
    row = {"earlier_source_id": "tsukuba_2018", "earlier_place": "④-4"}
    later = {"later_source_id": "final", "later_place": "p. 3"}
    assert numbered.say_place(row | later) == "資料1・④-4 → 資料2・p. 3"
    gone = {"later_source_id": None, "later_place": None}
    assert numbered.say_place(row | gone) == "資料1・④-4"
    assert numbered.tabulate()[["番号", "版", "どちらの版か"]].to_numpy().tolist() == [
        ["資料1", "速報版", "両方"],
        ["資料2", "確定版", "後の版"],
    ]


def test_an_edition_of_one_publication_is_called_by_it_and_a_folder_by_its_name():
    first, final = SOURCE | {"edition": "速報版"}, SOURCE | {"edition": "確定版"}
    one, other, two = (pd.DataFrame(rows) for rows in ([first], [final], [first, final]))
    preliminary = "つくば市「指標一覧」（速報版）"
    assert name_editions(("a", "b"), one, other) == [preliminary, "つくば市「指標一覧」（確定版）"]
    assert name_editions(("a", "b"), one, two) == [preliminary, "b（2資料）"]
    assert name_editions(("a", "b"), one, one) == [f"a：{preliminary}", f"b：{preliminary}"]


def test_a_table_about_several_governments_names_them(tmp_path):
    other = {"government_code": "032018"}
    programs = [JOB_FAIR, JOB_FAIR | other | {"government": "盛岡市"}]
    kpis = [CONSULTATIONS, CONSULTATIONS | other]
    old = edition(tmp_path / "old", programs=programs, kpis=kpis)
    later = [kpi | {"actual": 210} for kpi in kpis]
    found = find_changes(old, edition(tmp_path / "new", programs=programs, kpis=later))
    table = tabulate_moved_verdicts(found, word_changes(found, {}))
    assert table["団体"].tolist() == ["つくば市", "盛岡市"]


def test_the_table_of_all_changes_has_words_first_and_then_every_code(tmp_path):
    old = edition(tmp_path / "old", budgets=[BUDGET])
    new = edition(tmp_path / "new", budgets=[BUDGET | {"amount_yen": 3_700_000}])
    table = tabulate_changes(find_changes(old, new), {})
    [row] = table.to_dict("records")
    assert list(row)[:9] == [
        *("区分", "団体", "事業", "指標", "年度", "項目", "変わり方", "前の版", "後の版"),
    ]
    assert (row["区分"], row["年度"], row["前の版"]) == ("金額の違い", "平成30年度", "3,780,000円")
    assert (row["table"], row["earlier"], row["later"]) == ("budgets", 3_780_000, 3_700_000)
    assert (row["later_source_id"], row["later_place"]) == ("tsukuba_2018", "④-4")


def test_only_the_sentences_that_the_other_text_does_not_have_are_shown(changes):
    listed = changes([CONSULTATIONS], [CONSULTATIONS | {"actual": 150}]).iloc[:1]
    said = {"column": "sentence", "kpi": None, "program": JOB_FAIR["program"]}
    said |= {"earlier": "1件です。届きました。", "later": "届きました。2件です。3件です。"}
    table = tabulate_moved_sentences(listed.assign(**said))
    assert table.to_numpy().tolist() == [
        ["合同就職面接会", "H30", "1件です。", "2件です。3件です。"]
    ]
