"""TeX formulas as MathML, which browsers show without script."""

import re
from html import escape

from math_core import LatexError, LatexToMathML

from analysis.page.export.draft import Draft
from analysis.wording.labels import labels

WORDS = labels("export")
MACROS = {
    "mbox": r"\text{#1}",
    "substack": r"\begin{array}{c}#1\end{array}",
    "hdots": r"\ldots",
    "dotsc": r"\ldots",
    "dotsb": r"\cdots",
    "smash": "#1",
    "strut": "",
}
TO_WHAT_IS_KNOWN = (
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{eqnarray(\*?)\}"), r"\\begin{array}{rcl}"),
    (re.compile(r"\\end\{eqnarray(\*?)\}"), r"\\end{array}"),
    (re.compile(r"\\begin\{alignat(\*?)\}\s*\{\d+\}"), r"\\begin{align\1}"),
    (re.compile(r"\\end\{alignat(\*?)\}"), r"\\end{align\1}"),
    (re.compile(r"\\\\\s*\[-?[\d.]+\s*[a-z]+\]"), r"\\\\"),  # distances between lines
    (
        re.compile(r"\\DeclareMathOperator(\*?)\s*\{?(\\[A-Za-z]+)\}?\s*\{([^{}]*)\}"),
        r"\\newcommand{\2}{\\operatorname\1{\3}}",
    ),
    (  # also of what is known already, as \R
        re.compile(r"\\newcommand\*?\s*\{?(\\[A-Za-z]+)\}?"),
        r"\\providecommand{\1}{}\\renewcommand{\1}",
    ),
)
ENCLOSED = re.compile(r'<menclose notation="([^"]*)"')
DRAWN = {"box", "updiagonalstrike", "downdiagonalstrike"}  # by the page's style: Chromium does not
LABEL = r"\label"  # a formula without one needs no number, and has none in JupyterLab
NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather|multline)\}")
TAG_ALONE = re.compile(r"(?!\\begin\{(?:equation|align|gather|multline)\*?\}).*\\tag", re.DOTALL)
FORMULA = re.compile(
    r"(?<!\\)(?P<mark>\$\$?)(?P<tex>.+?)(?<!\\)(?P=mark)"
    r"|\\\[(?P<block>.+?)\\\]|\\\((?P<inline>.+?)\\\)"
    r"|(?P<whole>\\begin\{(?P<name>[a-z]+\*?)\}.*?\\end\{(?P=name)\})",
    re.DOTALL,
)


def show_formula(tex: str, draft: Draft, display: bool) -> str:
    r"""Show a formula, in the line or in a line of its own.

    The formulas of a page share their numbers, labels and \newcommand. Where one cannot be
    converted its TeX is shown as code, and the run says why.
    """
    known = tex.strip()
    for pattern, instead in TO_WHAT_IS_KNOWN:
        known = pattern.sub(instead, known)
    if LABEL not in known:
        known = NUMBERED.sub(r"\\\1{\2*}", known)
    if display:
        known = known.removeprefix(r"\displaystyle").strip()
        if TAG_ALONE.match(known):
            known = rf"\begin{{equation*}}{known}\end{{equation*}}"
    draft.converter = draft.converter or _make_converter()
    try:
        shown: str = draft.converter.convert_with_global_state(known, displaystyle=display)
    except LatexError as error:
        return _show_tex(tex, str(error).partition(": ")[2] or str(error), draft)
    unknown = {name for names in ENCLOSED.findall(shown) for name in names.split()} - DRAWN
    if unknown:
        return _show_tex(tex, f"browsers do not draw {', '.join(sorted(unknown))}.", draft)
    if not display:
        return shown
    name = WORDS["formula"]
    return f'<span class="formula" role="group" tabindex="0" aria-label="{name}">{shown}</span>'


def _show_tex(tex: str, why: str, draft: Draft) -> str:
    draft.warn(f"a formula is shown as TeX, for it could not be converted: {why}")
    return f'<code class="tex">{escape(tex.strip(), quote=False)}</code>'


def _make_converter() -> LatexToMathML:
    return LatexToMathML(
        macros=MACROS,
        allow_unreliable_rendering=True,
        global_group=True,
        fancy_error=False,
        id_prefix="formula-",
    )


def show_latex(text: str, draft: Draft) -> str:
    """Show LaTeX as a notebook displays it: formulas between their marks, and text."""
    pieces, end = [], 0
    for found in FORMULA.finditer(text):
        pieces.append(escape(text[end : found.start()], quote=False))
        end = found.end()
        tex = next(filter(None, found.group("tex", "block", "inline", "whole")))
        in_line = found["inline"] or found["mark"] == "$"
        display = not in_line or tex.lstrip().startswith(r"\displaystyle")
        pieces.append(show_formula(tex, draft, display))
    pieces.append(escape(text[end:], quote=False))
    return f"<p>{''.join(pieces)}</p>"
