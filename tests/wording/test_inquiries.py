"""Inquiries in the words of the reports."""

import pandas as pd
from made import rate
from slices import GOSE, IBARAKI, TSUKUBA

import analysis as present


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


def test_no_letter_accuses():
    data, rated = rate(())
    for letter in present.draft_inquiries(rated, data.sources):
        assert "公表された資料があればその場所を" in letter
        assert not any(word in letter for word in ("怠", "隠", "べき", "違反", "不適切"))
