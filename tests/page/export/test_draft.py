"""A page in the making: what its parts share."""

from pathlib import Path

from analysis.page.export.draft import Draft


def test_a_sentence_is_said_once_with_all_its_cells():
    draft = Draft(Path())
    for cell in (2, 5, 5):
        draft.cell = cell
        draft.warn("odd")
    draft.warn("other")
    assert draft.list_warnings() == ("cells 2, 5: odd", "cell 5: other")


def test_a_name_is_given_once_and_tables_without_a_caption_are_numbered():
    draft = Draft(Path())
    assert draft.take_id("結果") == ' id="結果"'
    assert draft.take_id("結果") == draft.take_id("") == ""
    assert draft.open_scroll("")["aria-label"] == "表1"
    assert draft.open_scroll("実績")["aria-label"] == "実績"
    assert draft.open_scroll("")["aria-label"] == "表3"
