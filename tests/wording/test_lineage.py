"""Lines of descent in words: which documents show what, and what is our conclusion."""

import pandas as pd
from samples import lines_of, some_lines
from slices import DATA

import analysis
from analysis.measures.lineage import trace_programs
from analysis.wording.lineage import describe_lineage, tabulate_lineage


def test_the_sentences_name_each_line_with_its_years_and_say_what_is_a_conclusion():
    assert describe_lineage(some_lines()) == (
        "2つ以上の資料か年度に現れる事業は2つです："
        "町「事業a」（H29）と町「事業b」（H30）、町「事業c」（H29・R元）。"
        "うち1つは、同じ事業（またはその一部）だと書いた資料がなく、名称や内容から推定しました。"
    )
    assert "推定" not in describe_lineage(some_lines().iloc[2:])


def test_the_table_has_a_row_a_year_with_its_document_and_the_reason():
    expected = pd.DataFrame(
        {
            "事業": ["事業b", "事業c"],
            "団体": ["町"] * 2,
            "系統": ["1", "2"],
            "年度": ["H30", "R元"],
            "資料": ["資料"] * 2,
            "資料の印": ["—", "拡充"],
            "書かれた期間": ["H28～R2", "年度の記載なし"],
            "同じとみた理由": ["名が同じ。（内容から推定）", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_lineage(some_lines().iloc[[1, 3]]), expected)


def test_the_real_sentences_join_tsukuba_and_ibaraki():
    d = analysis.load(DATA)
    said = describe_lineage(trace_programs(d.shown_programs, d.links, d.sources))
    assert "茨城県「プロフェッショナル人材戦略拠点運営事業」（H29・R2）" in said
    assert "（H29）とつくば市「つくば市生活支援ロボット普及促進事業」（H30）" in said
    assert "うち2つは、同じ事業（またはその一部）だと書いた資料がなく" in said


def test_without_lines_the_sentence_says_why_and_the_table_has_no_row():
    nothing = some_lines().iloc[:0]
    said = "手元の資料には、2つ以上の資料や年度に現れる事業は見当たりません。"
    assert describe_lineage(nothing) == said
    assert tabulate_lineage(nothing).empty


def test_of_many_lines_the_sentence_names_some_and_the_table_all():
    many = lines_of(*((n, f"p{n}", year, {}) for n in range(61) for year in (2017, 2018)))
    assert "ほか49件" in describe_lineage(many)
    assert len(tabulate_lineage(many)) == 122
