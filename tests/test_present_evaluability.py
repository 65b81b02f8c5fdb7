"""Which programs could be evaluated, in a figure, tables, sentences and letters."""

import drawn
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from slices import DATA, GOSE, IBARAKI, MORIOKA, TSUKUBA, compute

import analysis
import analysis as present
from analysis.figures.canvas import BLUE
from analysis.figures.grouping import find_grouping
from analysis.measures.evaluability import (
    PARTS,
    rate_evaluability,
    share_evaluability,
)
from analysis.wording.ja.evaluability import name_group

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
        "2026年11月26日までに読み取った11資料に載る111事業は、年度ごとに数えて113件です。"
        "このうち指標があるのは18件、目標に届いたかを判定できるのは12件、"
    )
    assert "の記載があるのは16件（うち決算額は8件）です。" in said
    assert (
        "113件のうち72件には、評価に必要な8項目のどれも載っておらず、"
        "ほかの41件にも8項目のすべては載っていません。"
    ) in said
    whole = rated.assign(parts_held=8, parts_partly=0)
    said_of_whole = present.describe_evaluability(whole, data.program_sources)
    assert "8項目がすべてそろうのは113件です。" in said_of_whole
    assert "載っておらず" not in said_of_whole
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
        "補助率や定員が数字で示された事業": "21 / 73",
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


def bullets(letter):
    return [line for line in letter.split("\n") if line.startswith("・")]


def test_each_government_gets_one_letter_with_a_place_for_the_answer():
    data, rated = rate(())
    letters = present.draft_inquiries(rated, data.program_sources)
    assert len(letters) == 7
    for letter in letters:
        first, purpose, *_, last = letter.split("\n")
        assert first.endswith("　御中")
        assert purpose.startswith("公表資料から事業の評価に必要な情報を調べています。")
        assert last == "回答先：（ご自身の連絡先を書き入れてください）"
    addressed = [letter.partition("\n")[0] for letter in letters]
    assert {"御所市　御中", "名寄市　農務課　御中", "福岡県　総務部税務課ほか3部署　御中"} <= set(
        addressed
    )


def test_programs_of_one_document_that_lack_the_same_share_a_line_and_many_are_counted():
    data, rated = rate((IBARAKI, 2020))
    [letter] = present.draft_inquiries(rated, data.sources)
    with_period, without = bullets(letter)
    assert with_period == (
        "・『茨城県産業戦略部の中小企業関連施策等の概要』（令和2年度）の「いばらきチャレンジ基金事業」"
        "「コンテンツ活用ブランド力アップ支援事業」「いばらきｅスポーツ産業創造プロジェクト事業」"
        "など61事業：成果をはかる指標・予算額・決算額・事業の期間"
    )
    assert without.endswith("など12事業：成果をはかる指標・予算額・決算額")


def test_a_name_its_title_says_already_is_not_repeated():
    data, rated = rate((TSUKUBA, 2021))
    [letter] = present.draft_inquiries(rated, data.sources)
    [line] = bullets(letter)
    assert line.startswith("・『つくば市産業戦略』の「事業承継から創業へつなぐ")
    assert "など6事業：" in line


def test_one_line_speaks_of_all_years_in_which_the_same_is_lacking():
    data, rated = rate((GOSE, 2013))
    before = rated.assign(fiscal_year=2012)
    [letter] = present.draft_inquiries(pd.concat([before, rated]), data.sources)
    assert bullets(letter) == [
        "・『第5次総合計画「13指標」進捗状況』（平成24年度・平成25年度）：予算額・決算額・事業の期間"
    ]


def test_a_program_with_a_kpi_is_asked_for_what_its_kpi_lacks_and_no_concluded_year_is_named():
    data, rated = rate((IBARAKI, 2017))
    [letter] = present.draft_inquiries(rated, data.sources)
    [line] = [line for line in bullets(letter) if "10,000社" in line]
    assert "平成29年度" not in line
    assert line.endswith("：指標の従前値・指標の実績値・予算額・決算額")


def test_figures_still_counted_are_asked_for_as_such_and_no_actual_of_what_is_only_planned():
    data, rated = rate(())
    lines = [line for x in present.draft_inquiries(rated, data.sources) for line in bullets(x)]
    [pending] = [line for line in lines if "関係人口の増加" in line]
    assert "集計中とあった指標の実績値" in pending
    [planned] = [line for line in lines if "夏祭り" in line]
    assert "実績" not in planned
    [unclear] = [line for line in lines if "成長分野拠点形成" in line]
    assert "記載された金額が予算額か決算額か" in unclear


def test_what_a_program_does_is_its_description_and_no_note_on_how_it_was_read():
    data, _ = rate((TSUKUBA, 2018))
    first = present.tabulate_contents(data.shown_programs).iloc[0]
    assert first["内容"].startswith("介護・製造・運輸・農業などの市内事業者に生活支援ロボットを")
    assert "欄は「-」" not in first["内容"]


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
    assert name_group(row.to_dict(), ["department"]) == "記載なし"
