"""TeX formulas as MathML; one that cannot be is shown as it was written."""

from pathlib import Path

from analysis.page.export.draft import Draft
from analysis.page.export.formulas import show_formula, show_latex


def test_a_formula_in_the_line_is_mathml_and_one_of_its_own_line_can_be_scrolled():
    draft = Draft(Path())
    assert show_formula(r"\frac{a}{b}", draft, display=False).startswith("<math")
    shown = show_formula(r"\frac{a}{b}", draft, display=True)
    assert shown.startswith('<span class="formula" role="group" tabindex="0" aria-label="数式">')
    assert draft.said == {}


def test_a_formula_that_cannot_be_converted_is_code_and_the_run_is_told():
    draft = Draft(Path(), cell=4)
    assert show_formula(r"\nonsense{<}", draft, True) == (
        r'<code class="tex">\nonsense{&lt;}</code>'
    )
    (told,) = draft.list_warnings()
    assert told.startswith("cell 4: a formula is shown as TeX, for it could not be converted")


def test_text_between_formulas_is_text():
    shown = show_latex("率は $x$ <b>", Draft(Path()))
    assert shown.startswith("<p>率は <math")
    assert shown.endswith(" &lt;b&gt;</p>")
