"""The codebook: columns by Japanese name, of one table or several, and computed ones."""

import pytest
from markup import Page

from analysis import DataError, codebook, show_table
from analysis.dataset.kinds import KINDS
from analysis.dataset.tables import TABLES
from analysis.measures.computed import ADDED, COMPUTED
from analysis.wording.codebook import describe_columns, name_column, name_table
from analysis.wording.labels import labels

AGAIN = [of for of, column in ADDED.items() if COMPUTED.get(of[1]) != column]
COLUMNS = {
    **{name: {*table.columns} for name, table in TABLES.items()},
    "computed": {*COMPUTED},
    **{function: {name for of, name in AGAIN if of == function} for function, _ in AGAIN},
}
OF_THE_WORKBOOK = {  # what the workbook to fill says of a column is what it means
    "sources": "publisher title document_id address license",
    "programs": "project department policy_group start_year end_year grant_name scope joint_with "
    "flag description",
    "budgets": "kind nature",
    "kpis": "kpi unit kpi_kind baseline_year tolerance sample_size final_year break_note",
    "ratings": "progress effectiveness efficiency grade policy rated_by rated_on reason",
    "rating_axes": "rated_by axis level",
    "instruments": "term per condition burden",
}


def test_a_table_may_be_named_alone_or_in_a_list():
    assert codebook("kpis").equals(codebook(["kpis"]))
    assert codebook("kpis")["column"].tolist() == list(TABLES["kpis"].columns)


def test_all_tables_of_a_folder_are_listed_by_default():
    assert codebook()["table"].unique().tolist() == list(TABLES)


def test_an_unknown_table_is_refused_with_the_one_that_was_meant():
    with pytest.raises(DataError, match=r"no table 'kpi'\..*Did you mean kpis\?"):
        codebook("kpi")


def test_every_column_of_every_table_has_a_name_in_japanese():
    for listed in (codebook(), codebook("computed")):
        assert listed[listed["label"].str.isascii()].empty
    assert [name for name in TABLES if name_table(name).isascii()] == []


def test_no_two_columns_of_a_table_have_one_japanese_name():
    listed = codebook()
    assert listed[listed.duplicated(["table", "label"], keep=False)].empty


def test_computed_columns_say_their_meaning_unit_and_function():
    listed = codebook("computed", "en").set_index("column")
    assert list(listed) == ["table", "label", "meaning", "unit", "function"]
    rate = listed.loc["achievement_rate"]
    assert rate.tolist() == [
        *("computed", "Achievement rate", "actual / target", "ratio (0.74 is 74 %)"),
        "add_achievement",
    ]
    assert listed.loc["cost_yen", "unit"] == "yen"
    reached = listed.loc["reached", ["function", "unit"]]
    assert reached.values.tolist() == [["add_achievement", "words"], ["compare_programs", "number"]]


def test_no_name_is_kept_of_a_column_or_table_that_is_not_there():
    assert labels("table_names").keys() == TABLES.keys()
    for name, known in COLUMNS.items():
        assert labels(f"data.{name}").keys() <= known
    assert labels("data").keys() <= set().union(*COLUMNS.values())


def test_a_column_is_named_as_its_table_names_it():
    assert name_column("kpis", "direction") == "指標の方向"
    assert name_column("links", "kind") == "つながりの種類"
    assert name_column("kpis", "progress_rate") == "進捗率"
    assert name_column("kpis", "remark") == "remark"


def test_every_column_has_a_meaning_in_japanese_and_no_meaning_is_left_over():
    shared = labels("meanings").keys()
    taken = {}
    for name, columns in COLUMNS.items():
        own = labels(f"meanings.{name}").keys()
        assert own <= columns
        taken[name] = columns - own - shared
    assert {name: left for name, left in taken.items() if left} == {
        name: {*columns.split()} for name, columns in OF_THE_WORKBOOK.items()
    }
    assert shared <= set().union(*COLUMNS.values())
    for listed in (codebook(language="ja"), codebook("computed", "ja")):
        assert listed[listed["meaning"].str.isascii()].empty


def test_every_kind_and_unit_has_words_in_japanese_and_none_are_left_over():
    assert labels("written").keys() == KINDS.keys()
    units = {*codebook(language="en")["unit"], *codebook("computed", "en")["unit"]}
    assert labels("column_units").keys() == units


def test_words_to_be_typed_keep_their_code_beside_their_name():
    written = codebook(["kpis", "budgets", "programs", "reasons"]).set_index(["table", "column"])
    written = written["written"]
    assert written["kpis", "actual_status"].startswith("final（公表値）、preliminary（速報値）、")
    assert "no_worse_than_baseline（従前値を維持）" in written["kpis", "target_bound"]
    assert written["kpis", "is_calendar_year"] == "yes（あり）"
    assert written["programs", "scope"] == "単独、連携のどれか"
    for name, table in TABLES.items():
        said = codebook(name).set_index("column")["written"]
        for column, defined in table.columns.items():
            assert all(word in said[column] for word in defined.words)


def test_the_english_is_that_of_the_definitions():
    listed = codebook("kpis", "en").set_index("column")
    assert listed.loc["target"].tolist() == [
        *("kpis", "Target", False, True, "value aimed at for this fiscal year"),
        "that in the column unit",
        "a plain number such as 1110 or -4.3; put other text in the column *_printed",
    ]
    assert listed.loc["kpi_kind", "written"] == "one of activity, outcome, societal, unknown"


def test_another_language_is_refused():
    with pytest.raises(DataError, match=r"no language 'fr'\. There are en, ja\."):
        codebook("kpis", "fr")


def test_the_columns_of_the_results_are_told_in_both_languages():
    listed = codebook("results")
    assert listed["table"].unique().tolist() == ["kpis", "programs"]
    assert not listed.isna().any(axis=None)
    told = listed.set_index(["table", "column"])
    words = ["label_ja", "label_en", "meaning_en", "unit_ja"]
    assert told.loc[("kpis", "reached"), words].tolist() == [
        *("目標への到達", "Target reached"),
        *("whether the target was reached: yes, no, unknown", "言葉"),
    ]
    assert told.loc[("programs", "reached"), words].tolist() == [
        *("到達した指標", "KPIs reached", "KPIs that reached their target", "数"),
    ]
    assert told.loc[("programs", "source_id"), "label_ja"] == "載っている資料の識別名"
    assert told.loc[("kpis", "source_id"), "label_ja"] == "資料の識別名"
    assert told.loc[("kpis", "actual"), "unit_ja"] == "unit の列の単位"


def test_columns_are_described_in_the_order_given_and_unknown_ones_by_nothing():
    listed = describe_columns("kpis", ["government", "remark", "actual"])
    assert listed["column"].tolist() == ["government", "remark", "actual"]
    assert listed["label_ja"].tolist() == ["団体名", None, "実績"]
    assert listed.loc[1].tolist() == ["kpis", "remark"] + [None] * 6


def test_a_table_to_be_shown_holds_each_text_whole():
    listed = codebook("kpis")
    shown = Page(show_table(listed, "表　列")).texts("td")
    assert max(map(len, listed["written"])) > 50
    assert {*listed["meaning"], *listed["written"]} <= {*shown}
