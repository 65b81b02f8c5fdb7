"""Evaluability in the words of the reports."""

import pandas as pd
import pytest
from made import rate
from slices import GOSE, IBARAKI, MORIOKA, TSUKUBA

import analysis as present
from analysis.figures.grouping import find_grouping
from analysis.measures.evaluability import (
    share_evaluability,
)
from analysis.wording.evaluability import name_group

SLICES = [(TSUKUBA, 2018), (TSUKUBA, 2021), (GOSE, 2012), (IBARAKI, 2017), (IBARAKI, 2020), ()]


EACH = pytest.mark.parametrize("asked", SLICES, ids=str)


def share(asked):
    _, rated = rate(asked)
    by = find_grouping(rated)
    return share_evaluability(rated, by), by


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


def test_a_missing_column_of_a_program_leaves_no_hole_in_a_name():
    row = pd.Series({"department": None, "programs": 3})
    assert name_group(row.to_dict(), ["department"]) == "記載なし"
