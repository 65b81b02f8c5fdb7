"""Tables of Markdown whose rows are not alike."""

from pathlib import Path

from analysis.page.export.draft import Draft
from analysis.page.export.markdown import show_markdown


def rows_of(source, draft):
    body = show_markdown(source, draft).partition("<tbody>")[2]
    return [row.count("<td") for row in body.split("<tr>")[1:]]


def test_rows_are_filled_up_or_cut_to_the_head_and_the_run_is_told():
    draft = Draft(Path(), cell=3)
    assert rows_of("|a|b|\n|-|-|\n|1|\n|1|2|3|\n", draft) == [2, 2]
    assert draft.list_warnings() == (
        "cell 3: a row of a table has more cells than its head: the last are left out",
    )


def test_bars_in_code_and_formulas_divide_no_cells():
    draft = Draft(Path())
    assert rows_of("|a|b|\n|-|-|\n|`x|y`|$|x|$|\n", draft) == [2]
    assert draft.said == {}
