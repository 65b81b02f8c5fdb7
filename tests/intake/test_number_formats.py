"""Numbers as a Japanese Excel shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.format_codes import BUILT_IN
from analysis.intake.number_formats import show_number, show_text


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (1234567.5, "General", "1234567.5"),
        (1 / 3, "General", "0.333333333"),
        (0.1 + 0.2, "General", "0.3"),
        (-5, "General", "-5"),
        (123456789012, "General", "1.23457E+11"),
        (5, 'General"人"', "5人"),
        (5, 'G/標準"人"', "5人"),
        (12, "@", "12"),
        (1234.5, "0", "1235"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (1234.45, "0.0", "1234.5"),
        (0, "#,##0", "0"),
        (999, "#,##0", "999"),
        (1234567, "#,##0", "1,234,567"),
        (5, "000", "005"),
        (0.5, ".00", ".50"),
        (0, "#", ""),
        (5, "0.##", "5."),
        (1.5, "0.##", "1.5"),
        (0.885, "0%", "89%"),
        (0.88349, "0.0%", "88.3%"),
        (88.3, '0.0"%"', "88.3%"),
        (5, '0"人"', "5人"),
        (5000, '#,##0"件"', "5,000件"),
        (30, '"平成"0"年度"', "平成30年度"),
        (123456789, '0"億"0000"万円"', "12345億6789万円"),
        (1234567, "000\\-0000", "123-4567"),
        (8471000, "#,##0,", "8,471"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (1234567890, '0.0,,"百万円"', "1234.6百万円"),
        (12345, "0.00E+00", "1.23E+04"),
        (99999.5, "0.0E+00", "1.0E+05"),
        (0.00012, "0.0E-0", "1.2E-4"),
        (12345, "##0.0E+0", "12.3E+3"),
        (0.125, "# ?/?", "1/8"),
        (1.5, "# ?/?", "1 1/2"),
        (0.25, "# ?/8", "2/8"),
    ],
)
def test_a_number_is_shown_by_its_code(number, code, shown):
    assert show_number(number, code) == shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (-1234, "#,##0", "-1,234"),
        (-1234, '#,##0;"▲ "#,##0', "▲ 1,234"),
        (-1234, "#,##0;▲ #,##0", "▲ 1,234"),
        (-3, "#,##0;[Red]△#,##0", "△3"),
        (-1234, "#,##0_);\\(#,##0\\)", "(1,234)"),
        (0, '#,##0;▲#,##0;"-"', "-"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (1234, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "1,234"),
        (5, ";;;", ""),
        (1, '"○";;"×"', "○"),
        (500, '[>=1000]#,##0,"千";0', "500"),
        (-500, '[>=1000]#,##0,"千";0', "-500"),
        (5000, '[>=1000]#,##0,"千";0', "5千"),
        (-5, '[<0]"減"0;0', "減5"),
        (-5, "[>=0]0;▲0", "▲5"),
        (1234, "[$¥-411]#,##0", "¥1,234"),
        (-1234, BUILT_IN[38], "-1,234"),
        (-5, "0;@", "-5"),
    ],
)
def test_a_section_is_chosen_by_the_number(number, code, shown):
    assert show_number(number, code) == shown


def test_a_text_is_shown_by_the_section_for_texts():
    assert show_text("市長", '0;0;0;@"様"') == "市長様"
    assert show_text("市長", '@"様"') == "市長様"
    assert show_text("市長", "#,##0") == "市長"
    assert show_text("市長", ";;;") == ""


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.sampled_from('0#?.,%;E+-/@"_*[]>=ymdhsgea人▲ '), max_size=12),
)
def test_whatever_the_code_something_is_shown(number, code):
    assert isinstance(show_number(number, code), str)
