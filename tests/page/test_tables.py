"""Tables in a report: any text is text, figures at the right, states as chips where told."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import HOSTILE, Page, classes

from analysis import DataError, show_table
from analysis.page.tables import write_table
from analysis.wording.tables import label_table

PROGRESS = pd.DataFrame(
    {
        "指標": ["相談件数", "転入者数", "満足度", "催しの数"],
        "実績": ["148件", "4,600人", "—", "2回"],
        "率": ["▲73.3％", "93.1％", "—", "100.0％"],
        "費用": ["3,780,000", "—", "2,160,000～8,640,000", "540,000円"],
        "扱い": ["速報値", "推計値", "集計中", "速報値"],
        "結論": ["◆ 未達（従前値より悪い）", "◇ 推計で未達", "？ 判定できない（集計中）", "● 到達"],
    }
)
PROGRESS.attrs["states"] = ["結論"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_shows_any_name_as_text(name):
    page = Page(write_table(pd.DataFrame({"指標": [name], "実績": ["148件"]}), "表"))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.texts("th") == ["指標", "実績", name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_shows_any_header_and_caption_as_text(name):
    page = Page(write_table(pd.DataFrame({name: ["a"], "実績": ["148件"]}), name))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.texts("th")[0] == name
    assert page.texts("caption") == [name]
    assert page.all("div")[0]["aria-label"] == name
    assert "onerror" not in page.all("div")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_state_shows_any_reason_as_text(name):
    table = with_states({"指標": ["a"], "結論": [f"？ 判定できない（{name}）"]})
    page = Page(write_table(table, "表"))
    assert page.names <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span"}
    assert page.texts("td") == [f"？ 判定できない（{name}）"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_back_out_of_a_cell_as_it_went_in(text):
    page = Page(write_table(pd.DataFrame({"指標": [text], "値": [text]}), "表"))
    assert page.texts("th")[2] == text
    assert page.texts("td") == [text]


def with_states(columns):
    table = pd.DataFrame(columns)
    table.attrs["states"] = ["結論"]
    return table


def body_of(page):
    width = len(PROGRESS.columns)
    cells = [t for t in page.tags if t["tag"] in ("th", "td")][width:]
    return [dict(zip(PROGRESS, cells[n : n + width], strict=True)) for n in range(0, 24, width)]


def test_a_table_names_its_columns_and_its_rows_for_a_screen_reader():
    page = Page(write_table(PROGRESS, "表"))
    heads = page.all("th")
    assert [h["scope"] for h in heads] == ["col"] * 6 + ["row"] * 4
    assert [h["text"] for h in heads] == [*PROGRESS, *PROGRESS["指標"]]


def test_a_table_has_one_caption_and_scrolls_in_a_box_that_the_keyboard_reaches():
    page = Page(write_table(PROGRESS, "表　指標"))
    assert page.texts("caption") == ["表　指標"]
    [box] = page.all("div")
    assert classes(box) == ["scroll"]
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "表　指標")


def test_every_cell_of_a_table_is_shown_in_its_row():
    page = Page(write_table(PROGRESS, "表"))
    shown = [{name: cell["text"] for name, cell in row.items()} for row in body_of(page)]
    assert shown == PROGRESS.to_dict("records")


def test_figures_stand_at_the_right_and_words_at_the_left():
    page = Page(write_table(PROGRESS, "表"))
    for row in body_of(page):
        at_right = {name for name, cell in row.items() if "figure" in classes(cell)}
        assert at_right == {"実績", "率", "費用"}
    assert [h["text"] for h in page.all("th") if "figure" in classes(h)] == ["実績", "率", "費用"]


def test_a_column_of_dashes_alone_is_not_one_of_figures():
    page = Page(write_table(pd.DataFrame({"指標": ["a"], "率": ["—"]}), "表"))
    assert not [t for t in page.tags if "figure" in classes(t)]


def test_one_cell_of_words_makes_a_column_one_of_words():
    table = pd.DataFrame({"指標": ["a", "b"], "値": ["148件", "集計中"]})
    assert not [t for t in Page(write_table(table, "表")).tags if "figure" in classes(t)]


def test_years_and_places_are_words():
    table = pd.DataFrame({"指標": ["a"], "年度": ["H30"], "場所": ["④-4"]})
    assert not [t for t in Page(write_table(table, "表")).tags if "figure" in classes(t)]


def test_names_of_rows_that_begin_with_a_number_are_words():
    table = pd.DataFrame({"指標": ["3歳児健診受診率", "65歳以上の就業者"], "値": ["9人", "8人"]})
    page = Page(write_table(table, "表"))
    assert [t["text"] for t in page.tags if "figure" in classes(t)] == ["値", "9人", "8人"]


@pytest.mark.parametrize(
    ("state", "word", "kind"),
    [
        ("● 到達", "● 到達", "reached"),
        ("● 到達（最終年度はR2）", "● 到達", "reached"),
        ("◆ 未達（従前値より悪い）", "◆ 未達", "missed"),
        ("○ 推計で到達", "○ 推計で到達", "estimated"),
        ("◇ 推計で未達", "◇ 推計で未達", "estimated"),
        ("？ 判定できない（実績は集計中）", "？ 判定できない", "unknown"),
    ],
)
def test_a_state_is_a_chip_and_its_remark_stands_beside_it(state, word, kind):
    page = Page(write_table(with_states({"指標": ["a"], "結論": [state]}), "表"))
    [chip] = page.all("span")
    assert classes(chip) == ["chip", kind]
    assert chip["text"] == word
    assert page.texts("td") == [state]


def test_a_mark_that_a_publisher_prints_is_no_chip():
    printed = {"指標": ["●印の商品"], "政策の区分": ["◆ 中小企業の育成（支援）"]}
    assert not Page(write_table(with_states(printed | {"結論": ["到達"]}), "表")).all("span")


@pytest.mark.parametrize("columns", [["指標", "実績"], []])
def test_a_table_without_rows_shows_nothing(columns):
    piece = write_table(pd.DataFrame(columns=columns), "表")
    assert (piece.html, piece.text) == ("", "")


def test_a_table_in_plain_text_has_its_caption_and_its_cells():
    lines = write_table(PROGRESS, "表　指標").text.splitlines()
    assert lines[0] == "表　指標"
    assert "相談件数" in lines[2]
    assert "▲73.3％" in lines[2]


def test_a_table_of_a_question_knows_its_name_and_caption(report):
    shown = show_table(label_table("progress", {"kpi": ["来場者数"]}))
    assert Page(shown).texts("caption") == ["表　指標ごとの目標・実績・率 数値（CSV）"]
    [saved] = (report / "tables").iterdir()
    assert saved.name == "program_progress.csv"
    assert saved.read_text("utf-8-sig") == "指標\n来場者数\n"


def test_a_table_of_ones_own_needs_a_caption_and_is_saved_where_it_has_a_name(report):
    table = pd.DataFrame({"月": ["4月"], "人": [3]})
    with pytest.raises(DataError, match="this table has no caption"):
        show_table(table)
    assert Page(show_table(table, "月ごとの来場者")).texts("caption") == ["月ごとの来場者"]
    assert not list(report.iterdir())
    show_table(table, "月ごとの来場者", name="visitors")
    assert (report / "tables" / "program_visitors.csv").exists()


def test_a_saved_table_reads_back_as_it_was(report):
    table = pd.DataFrame({"指標": ["転入者数", "会議, 2回"], "値": [4600.5, -3.0]})
    show_table(table, "表", name="progress")
    read = pd.read_csv(report / "tables" / "program_progress.csv", encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read, table)


def test_a_table_is_saved_as_parquet_too_where_that_is_asked_for(report):
    columns = {"指標": ["転入者数", "会議"], "実績": ["4,600人", "—"], "率": ["74.0％", "▲73.3％"]}
    page = Page(show_table(pd.DataFrame(columns), "表", name="progress", parquet=True))
    assert page.texts("a") == ["数値（CSV）", "数値（Parquet）"]
    read = pd.read_parquet(report / page.all("a")[1]["href"])
    assert read.columns.tolist() == ["指標", "実績", "実績（数値）", "率", "率（数値、％）"]
    assert read["率（数値、％）"].tolist() == [74.0, -73.3]
    assert read["実績（数値）"].tolist()[0] == 4600
    assert pd.isna(read["実績（数値）"].tolist()[1])


def test_in_jupyterlab_files_go_to_outputs_explore(project, monkeypatch):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    monkeypatch.chdir(project / "notebooks")
    for cell in ("a", "b"):  # a cell is run again there
        show_table(pd.DataFrame({"指標": [cell]}), "表", name="t")
    table = project / "outputs" / "explore" / "tables" / "t.csv"
    assert table.read_text("utf-8-sig") == "指標\nb\n"


def test_of_many_rows_a_page_shows_the_missed_ones_first_and_names_the_file_of_all(report):
    states = [f"◆ 未達{n}" if n % 5 == 0 else f"● 到達{n}" for n in range(407)]
    table = label_table("progress", {"kpi": states}, states=["kpi"])
    page = Page(show_table(table, "進み具合"))
    shown = page.texts("th")[1:]
    assert len(shown) == 30
    assert shown[:2] == ["◆ 未達0", "◆ 未達5"]
    assert all(text.startswith("◆") for text in shown)
    assert "全407行のうち30行" in page.texts("caption")[0]
    [link] = page.all("a")
    assert (report / link["href"]).read_text("utf-8-sig").count("\n") == 408


def test_rows_are_shown_in_the_tables_order_where_none_is_missed(report):
    table = pd.DataFrame({"指標": [f"指標{n}" for n in range(101)]})
    page = Page(show_table(table, "一覧", name="list"))
    assert page.texts("th")[1:] == [f"指標{n}" for n in range(30)]
    whole = Page(show_table(table[:100], "一覧", name="shorter"))
    assert len(whole.texts("th")) == 101
    assert whole.texts("a") == ["数値（CSV）"]


def test_a_number_is_printed_in_seven_digits_and_saved_in_all(report):
    table = pd.DataFrame({"指標": ["来場者"], "率": [1.0449438202247192]})
    assert "1.044944" in Page(show_table(table, "表", name="rates")).texts("td")
    assert "1.0449438202247192" in (report / "tables/program_rates.csv").read_text("utf-8-sig")
