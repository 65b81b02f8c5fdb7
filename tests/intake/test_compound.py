"""A cell that holds several: split where each part finds its name, else left whole."""

import pytest

from analysis.intake.cells import Subject
from analysis.intake.compound import (
    find_inside,
    keep_items,
    split_items,
    split_lines,
    split_pair,
    split_subject,
)
from analysis.intake.grid import Cell
from analysis.intake.labels import read_label


def cell(text, column=0):
    return Cell(text, "指標!A1", 0, column)


def split(kpi, **figures):
    """What `split_subject` makes of a row: names and, by header, the texts of their cells."""
    subject = Subject(program="甲", kpi=keep_items(kpi), kpi_cell=cell(kpi) if kpi else None)
    cells = [(cell(text, n), read_label(head)) for n, (head, text) in enumerate(figures.items())]
    return [
        (of.kpi, of.unit, [(label.field, c.text) for c, label in found])
        for of, found in split_subject(subject, cells)
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("①来場者数②売上高\n③雇用者数", ["来場者数", "売上高", "雇用者数"]),
        ("・来場者数\n・売上高", ["来場者数", "売上高"]),
        ("(1)来場者数\n(2)売上高", ["来場者数", "売上高"]),
        ("来場者数\n（延べ）", ["来場者数\n（延べ）"]),
        ("①来場者数", ["①来場者数"]),
        ("創業①の件数", ["創業①の件数"]),
    ],
)
def test_numbered_items_are_split_and_broken_lines_are_not(text, items):
    assert split_items(text) == items


@pytest.mark.parametrize(
    ("text", "count", "pieces"),
    [
        ("18店\n5,410人\n12回", 3, ["18店", "5,410人", "12回"]),
        ("①300件\n②集計中", 2, ["300件", "集計中"]),
        ("－\n90.2％", 2, ["－", "90.2％"]),
        ("18店\n5,410人", 3, None),
        ("概ね\n順調", 2, None),
    ],
)
def test_a_cell_of_figures_is_split_only_into_as_many_as_there_are_names(text, count, pieces):
    assert split_lines(text, count) == pieces


def test_each_name_gets_its_own_figure():
    found = split("①来場者数（人）\n②売上高（千円）", 目標値="①200\n②300", 実績値="①148\n②－")
    assert found == [
        ("来場者数", "人", [("target", "200"), ("actual", "148")]),
        ("売上高", "千円", [("target", "300"), ("actual", "－")]),
    ]


def test_lines_of_names_are_split_where_every_cell_of_figures_has_as_many():
    found = split("来場者数\n売上高", 目標値="200人\n300円", 実績値="148人\n210円")
    assert [(kpi, cells[1]) for kpi, _, cells in found] == [
        ("来場者数", ("actual", "148人")),
        ("売上高", ("actual", "210円")),
    ]


def test_a_cell_with_too_few_figures_stays_whole_at_the_first_name():
    found = split("①来場者数\n②売上高", 実績値="148")
    assert found == [("来場者数", "", [("actual", "148")]), ("売上高", "", [])]


def test_a_name_broken_over_lines_beside_one_figure_is_one_name():
    assert split("就職面接会の\n来場者数", 実績値="148") == [
        ("就職面接会の来場者数", "", [("actual", "148")])
    ]


def test_labels_with_their_values_are_taken_out_of_the_cell_of_a_name():
    assert find_inside("移住した人数　目標 150人　実績 集計中") == (
        "移住した人数",
        [("目標", "150人"), ("実績", "集計中")],
    )
    assert split("移住した人数　目標 150人　実績 集計中") == [
        ("移住した人数", "", [("target", "150人"), ("actual", "集計中")])
    ]


def test_a_name_that_only_speaks_of_targets_is_no_pair():
    assert find_inside("目標値を達成した事業の割合") == ("目標値を達成した事業の割合", [])


def test_a_bracket_opened_before_a_label_is_not_part_of_its_value():
    assert find_inside("移住した人数（目標 150人）") == ("移住した人数", [("目標", "150人")])


def test_two_figures_are_split_as_their_header_names_them():
    label = read_label("実績値／目標値")
    assert [(c.text, said.field) for c, said in split_pair(cell("98／120"), label)] == [
        ("98", "actual"),
        ("120", "target"),
    ]
    assert [(c.text, said.field) for c, said in split_pair(cell("－"), label)] == [
        ("－", "actual"),
        ("－", "target"),
    ]


def test_a_pair_with_one_figure_is_not_guessed():
    [(piece, label)] = split_pair(cell("98"), read_label("実績値／目標値"))
    assert (piece.text, label.field) == ("98", "actual")


def test_names_beside_their_figures_in_a_cell_without_a_column_of_names_are_kpis():
    found = split("", 実績="参加企業数 53 社\n参加者数 148 人")
    assert found[:2] == [
        ("参加企業数", "", [("actual", "53 社")]),
        ("参加者数", "", [("actual", "148 人")]),
    ]


@pytest.mark.parametrize("text", ["推 -", "p 148"])
def test_a_mark_before_a_figure_is_no_name(text):
    assert [kpi for kpi, _, _ in split("", 実績=text)] == [""]
