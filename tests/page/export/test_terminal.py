"""What a program printed, as a terminal shows it in the end."""

import pytest

from analysis.page.export.terminal import is_wide, settle, show_printed


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("10%\r100%", "100%"),
        ("100%\r10%\x1b[K", "10%"),
        ("ab\b\bc", "cb"),
        ("前\ra", "a "),  # half of a wide letter is blank
        ("\x1b]8;;https://example.org\x07a link\x1b]8;;\x07 and on", "a link and on"),
        ("\x1bPsixel\x1b\\after", "after"),
        ("a\x00b\x07c", "abc"),
    ],
)
def test_what_is_overwritten_or_no_text_is_gone(printed, seen):
    assert settle(printed) == seen


def test_colours_are_classes_where_nothing_moves_and_markup_is_text():
    assert show_printed("\x1b[31m<b>\x1b[0m") == (
        '<pre><span class="ansi-red-fg">&lt;b&gt;</span></pre>'
    )
    assert show_printed("\x1b[31m<b>\x1b[0m\rx") == "<pre>xb&gt;</pre>"


def test_text_that_scrolls_on_a_telephone_is_reached_by_the_keyboard():
    assert not is_wide("指標" * 10)
    assert is_wide("指標" * 11)
    assert show_printed("a" * 41).startswith('<pre tabindex="0">')
