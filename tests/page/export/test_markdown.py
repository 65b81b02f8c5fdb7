"""Markdown as Jupyter shows it."""

from pathlib import Path

from analysis.page.export.draft import Draft
from analysis.page.export.markdown import show_markdown


def show(source):
    return show_markdown(source, Draft(Path()))


def test_a_heading_bears_the_name_that_links_lead_to_once():
    draft = Draft(Path())
    assert show_markdown("## 残った 課題", draft) == '<h2 id="残った-課題">残った 課題</h2>\n'
    assert show_markdown("## 残った 課題", draft) == "<h2>残った 課題</h2>\n"


def test_figures_of_a_table_stand_where_the_author_set_them():
    shown = show("|指標|実績|\n|---|---:|\n|相談|148|\n")
    assert '<th scope="col" class="figure">実績</th>' in shown
    assert '<td class="figure">148</td>' in shown
    assert 'role="region" tabindex="0" aria-label="表1"' in shown


def test_an_item_that_is_done_says_so_to_who_hears_it():
    shown = show("- [x] 一\n- [ ] 二\n")
    assert '<input type="checkbox" disabled checked aria-label="済み"> 一' in shown
    assert '<input type="checkbox" disabled aria-label="未了"> 二' in shown
