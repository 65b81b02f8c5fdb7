"""Which programs could be evaluated, in a figure, tables, sentences and letters."""

import drawn
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from slices import DATA, GOSE, IBARAKI, MORIOKA, TSUKUBA, compute

import analysis
from analysis.measures.evaluability import (
    PARTS,
    find_grouping,
    rate_evaluability,
    share_evaluability,
)
from analysis.present import evaluability as present
from analysis.present.canvas import BLUE

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
SLICES = [(TSUKUBA, 2018), (TSUKUBA, 2021), (GOSE, 2012), (IBARAKI, 2017), (IBARAKI, 2020), ()]
EACH = pytest.mark.parametrize("asked", SLICES, ids=str)
LONG = "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）への支援"


def rate(asked):
    data = analysis.load(DATA, *asked)
    return data, rate_evaluability(data.shown_programs, compute(data).kpis, data.budgets)


def share(asked):
    _, rated = rate(asked)
    by = find_grouping(rated)
    return share_evaluability(rated, by), by


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


@EACH
@BOTH_WIDTHS
def test_nothing_touches_and_nothing_leaves_the_page(asked, narrow):
    figure = present.plot_shares(*share(asked), narrow)
    assert drawn.touching(figure) == []
    assert drawn.off_the_page(figure) == []


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing(narrow):
    shares, by = share((TSUKUBA, 2018))
    figure = present.plot_shares(shares.assign(program=LONG), by, narrow)
    assert drawn.touching(figure) == []
    assert drawn.off_the_page(figure) == []


def test_a_cell_shows_how_many_of_how_many_and_a_bar_as_long_as_the_share():
    figure = present.plot_shares(*share(()))
    assert {"4/7", "7/7", "2/13", "つくば市 H30（7事業）", "茨城県 R2（73事業）"} <= set(
        words(figure)
    )
    bars = [b for b in drawn.boxes(figure) if to_hex(b.get_facecolor()) == BLUE]
    whole = max(bar.get_width() for bar in bars)
    assert min(bar.get_width() for bar in bars) == pytest.approx(whole / 73)


def test_what_no_document_holds_is_a_dashed_outline():
    shares, by = share((IBARAKI, 2020))
    period = shares[["period_held", "period_partly"]].any(axis=1).sum()
    assert len(drawn.outlines(present.plot_shares(shares, by))) == 5 * len(PARTS) - period


def test_without_a_program_there_is_no_figure_and_a_sentence_says_so():
    shares, by = share((TSUKUBA, 2018))
    assert present.plot_shares(shares.iloc[:0], by) is None
    assert present.describe_shares(shares.iloc[:0], by) == "この資料に事業の記載はありません。"


def test_the_lead_counts_program_years_where_a_program_comes_more_than_once():
    data, rated = rate(())
    said = present.describe_evaluability(rated, data.program_sources)
    assert said.startswith(
        "2026年11月26日までに読み取った11資料に載る延べ113事業年度（111事業）のうち"
    )
    assert "目標に届いたかを判定できるのは12、" in said
    assert "決算額の記載があるのは8事業年度です。" in said
    assert said.endswith("ほかの資料には載っているかもしれません。")


def test_the_lead_of_a_document_without_any_figure_does_not_count_zeros():
    data, rated = rate((IBARAKI, 2020))
    said = present.describe_evaluability(rated, data.sources)
    assert "73事業のどれにも、指標・目標・実績・事業費の記載はありません。" in said
    assert "ほかの資料には載っているかもしれません。" in said


def test_a_year_that_was_concluded_is_called_so():
    printed = ((IBARAKI, 2015), (IBARAKI, 2020), (TSUKUBA, 2018), (GOSE, 2011))
    concluded = ((IBARAKI, 2017), (TSUKUBA, 2021), (MORIOKA, 2021))
    for asked, estimated in [(a, False) for a in printed] + [(a, True) for a in concluded]:
        data, _ = rate(asked)
        where = present.describe_documents(data.shown_programs, data.sources, asked[1])
        assert ("推定）" in where) == estimated


def test_the_tiles_have_their_denominators():
    data, rated = rate((IBARAKI, 2020))
    tiles = present.summarize_evaluability(rated, data.instruments).set_index("label")["value"]
    assert tiles.to_dict() == {
        "指標のある事業": "0 / 73",
        "到達を判定できる事業": "0 / 73",
        "事業費の載る事業": "0 / 73",
        "条件に数量のある事業": "21 / 73",
    }
    data, rated = rate((GOSE, 2012))
    last = present.summarize_evaluability(rated, data.instruments).iloc[-1]
    assert last["value"] == "—"
    assert last["note"] == "データに収めていない"


def test_the_alternative_text_says_of_each_group_what_is_held_and_held_in_part():
    said = present.describe_shares(*share((TSUKUBA, 2018)))
    assert "合同就職面接会：指標、従前値、目標、実績、予算、期間、単価。" in said
    assert (
        "地域拠点活力共創マネジメント事業：指標、従前値、目標、実績、予算、期間（一部だけ：単価）"
        in said
    )
    assert "茨城県 R2は73事業のうち期間1（一部だけ：期間11）。" in present.describe_shares(
        *share(())
    )


@EACH
def test_tables_have_a_row_for_every_program_and_no_hole(asked):
    data, rated = rate(asked)
    for table in (
        present.tabulate_evaluability(rated),
        present.tabulate_contents(data.shown_programs),
    ):
        assert len(table) == len(rated)
        assert not table.isin(["nan", "None", "<NA>", ""]).any(axis=None)
        assert table.notna().all(axis=None)
    first = present.tabulate_shares(rated).iloc[0]
    assert (first["区分"], first["事業（延べ年度）"]) == ("すべて", str(len(rated)))


def test_a_publisher_is_asked_once_for_all_programs_of_a_document_that_lack_the_same():
    data, rated = rate((IBARAKI, 2020))
    letters = present.draft_inquiries(rated, data.sources)
    assert all(
        "「茨城県産業戦略部の中小企業関連施策等の概要」に載る令和2年度の" in x for x in letters
    )
    asked = [sum(f"「{name}」" in x for x in letters) for name in rated["program"]]
    assert set(asked) == {1}
    [without_period] = [x for x in letters if "期間" in x]
    assert "「いばらきチャレンジ基金事業」" in without_period
    assert "、成果をはかる指標・予算額・決算額・事業の期間を見つけられませ" in without_period


def test_one_letter_speaks_of_all_years_in_which_the_same_is_lacking():
    data, rated = rate((GOSE, 2013))
    before = rated.assign(fiscal_year=2012)
    [letter] = present.draft_inquiries(pd.concat([before, rated]), data.sources)
    assert "平成24年度・平成25年度の「第5次総合計画」について" in letter


def test_a_program_with_a_kpi_is_asked_for_what_its_kpi_lacks_and_no_concluded_year_is_named():
    data, rated = rate((IBARAKI, 2017))
    [letter] = [x for x in present.draft_inquiries(rated, data.sources) if "10,000社" in x]
    assert "平成29年度" not in letter
    assert "指標の従前値・指標の実績値・予算額・決算額を見つけられませんでした。" in letter


def test_figures_still_counted_are_asked_for_as_such_and_no_actual_of_what_is_only_planned():
    data, rated = rate(())
    letters = present.draft_inquiries(rated, data.sources)
    [pending] = [x for x in letters if "関係人口の増加" in x]
    assert "集計中とあった指標の実績値" in pending
    [planned] = [x for x in letters if "夏祭り" in x]
    assert "実績" not in planned
    [unclear] = [x for x in letters if "成長分野拠点形成" in x]
    assert "記載された金額が予算額か決算額か" in unclear


def test_no_letter_accuses():
    data, rated = rate(())
    for letter in present.draft_inquiries(rated, data.sources):
        assert "公表された資料があればその場所を" in letter
        assert not any(word in letter for word in ("怠", "隠", "べき", "違反", "不適切"))


def test_a_judgement_of_what_has_no_figures_is_shown_with_who_when_and_why():
    data, _ = rate((TSUKUBA, 2021))
    ratings = analysis.leave_out(data.ratings, data.measured_years)
    [row] = present.tabulate_judgements(ratings, data.shown_programs).to_dict("records")
    assert (row["事業"], row["評価の日"], row["進捗"], row["総合評価"]) == (
        "つくば市産業戦略",
        "2022-01-25",
        "概ね順調",
        "—",
    )
    assert "第1回" in row["評価した者"]
    assert "確かめることも、否定することも" in present.describe_judgements(
        ratings, data.shown_programs
    )


def test_programs_with_reports_of_their_own_are_left_out_of_what_only_the_portfolio_shows():
    data, _ = rate(())
    left = analysis.leave_out(data.ratings, data.measured_years)
    assert left["program_id"].tolist() == ["industry_strategy"]
    nothing = analysis.leave_out(data.ratings.iloc[:0], data.measured_years)
    assert list(nothing) == list(data.ratings)


def test_what_was_not_taken_into_the_data_is_not_called_unpublished():
    data, _ = rate((GOSE, 2012))
    said = present.describe_absent(data.tables)
    assert said.startswith(
        "支援の条件（補助率・人数など）・計画の方針や課題・交付金の移り変わりは、"
    )
    assert said.endswith("資料に書かれていないという意味ではありません。")
    assert present.describe_absent(analysis.load(DATA).tables) == ""


def test_a_missing_column_of_a_program_leaves_no_hole_in_a_name():
    row = pd.Series({"department": None, "programs": 3})
    assert present.name_group(row.to_dict(), ["department"]) == "記載なし"
