"""What a run says at its end about warnings: the weightiest first, each once."""

import os
from pathlib import Path

import pytest
from running import ONE, Terminal

from analysis.batch.messages import Result, describe_result
from analysis.page.export.draft import Draft
from analysis.page.export.lively import show_lively
from analysis.page.export.pictures import ask_for_alt
from analysis.page.export.shown import show_picture

DRAWN = "own_x.png: no font has the character U+1F600: a box is drawn"

TEX = "a formula is shown as TeX, for it could not be converted: smallmatrix"

LINK = "leak.html is a link or another special file, and was left out"


def describe(**warnings):
    warned = [{"report": report, "warnings": said} for report, said in warnings.items()]
    return describe_result(Result(warned=warned), 0, Path("outputs")).splitlines()[1:]


def test_what_is_left_out_is_said_first_then_what_is_shown_otherwise_then_advice():
    draft = Draft(Path(), cell=2)
    ask_for_alt("", draft)
    asked = [*draft.list_warnings(), *show_picture("<svg/>", "", "an Altair chart").warnings]
    outside = show_lively({"text/html": "<script src='https://x.jp/a.js'></script>"}, {}, "".join)
    left_out = [f"cell 7: {said}" for said in outside.warnings]
    lines = describe(a=[*asked, DRAWN, f"cell 3: {TEX}", *left_out], b=[asked[0], LINK])
    assert lines == [
        f"warning: a (cell 7): {outside.warnings[0]}",
        f"warning: b: {LINK}",
        f"warning: a: {DRAWN}",
        f"warning: a (cell 3): {TEX}",
        "advice: 2 reports have pictures without a text to be read aloud "
        "(show_figure(figure, name=..., alt=...) gives one), in the index",
    ]
    assert "left out" in lines[0]


def test_a_warning_is_said_once_for_all_cells_and_reports_and_many_are_counted():
    same = {name: [f"cells {i}, 9: {TEX}"] for i, name in enumerate("abcd")}
    others = [f"the picture {i}.png is not there" for i in range(6)]
    lines = describe(**same, e=others)
    assert lines[:5] == [f"warning: e: {text}" for text in others[:5]]
    assert lines[5:] == ["2 more kinds of warnings, in the index"]
    assert describe(**same) == [
        f"warning: a (cells 0, 9), b (cells 1, 9), c (cells 2, 9) and 1 more: {TEX}"
    ]


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no such terminals")
def test_at_a_terminal_it_says_what_is_under_way_and_the_index_is_a_link(
    project, write_notebook, gate
):
    write_notebook("own", gate.cell)
    gate.close()
    terminal = Terminal(project, "run", *ONE)
    terminal.read_until("starting the process that runs notebooks ...")
    terminal.read_until("now: 2018/082201/own")
    gate.open()
    assert terminal.read_to_end() == 0
    said = terminal.said.decode()
    assert "reading data ..." in said
    link = f";{(project / 'outputs/index.html').as_uri()}\x1b\\outputs/index.html\x1b]8;;"
    *bar, last = said.splitlines()
    assert link in last
    assert "now:" not in last
    assert "now:" not in bar[-1].rpartition("\x1b[2K")[2]  # what stays of the bar
