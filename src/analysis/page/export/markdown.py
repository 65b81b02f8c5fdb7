"""Markdown as Jupyter shows it, with formulas as MathML and pictures inside the page."""

import re
from html import escape, unescape
from typing import Any

from mistune.plugins import import_plugin
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from analysis.page.export.draft import Draft
from analysis.page.export.formulas import show_formula
from analysis.page.export.links import leads_nowhere
from analysis.page.export.markup import mend
from analysis.page.export.pictures import Attachments, NotShownError, embed, leave_out, show_picture
from analysis.page.export.pipes import lenient_tables
from analysis.page.export.terminal import is_wide
from analysis.wording.labels import labels

WORDS = labels("export")
TAG = re.compile(r"<[^>]*>")


def show_markdown(source: str, draft: Draft, attachments: Attachments | None = None) -> str:
    """Show Markdown: of a cell, with the pictures attached to it, or of an output."""
    renderer = _Renderer(draft, attachments or {})
    plugins: list[Any] = [
        lenient_tables if name == "table" else import_plugin(name)
        for name in MarkdownWithMath.DEFAULT_PLUGINS
    ]
    html: str = MarkdownWithMath(renderer=renderer, plugins=plugins).render(source)
    return mend(html, draft, renderer.attached, in_prose=True) if renderer.holds_html else html


class _Renderer(IPythonRenderer):
    """nbconvert's, which leaves formulas to a script and does not know what to leave out."""

    def __init__(self, draft: Draft, attachments: Attachments) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.draft, self.attached = draft, attachments
        self.holds_html = False

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A heading with the id that Jupyter gives it, to which [text](#heading) leads."""
        name = unescape(TAG.sub("", text)).strip().replace(" ", "-")
        return f"<h{level}{self.draft.take_id(name)}>{text}</h{level}>\n"

    def block_html(self, html: str) -> str:
        """HTML among the Markdown: what is shown has to be mended as a whole."""
        self.holds_html = True
        return super().block_html(html)

    def inline_html(self, html: str) -> str:
        """HTML in a line."""
        self.holds_html = True
        return super().inline_html(html)

    def block_code(self, code: str, info: str | None = None) -> str:
        """Code; where it may scroll on a telephone, the keyboard reaches it."""
        html: str = super().block_code(code, info)
        return html.replace("<pre", '<pre tabindex="0"', 1) if is_wide(code) else html

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link, or its text where it leads nowhere."""
        return text if leads_nowhere(unescape(url), self.draft) else super().link(text, url, title)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture, or why it is not there."""
        alt = unescape(TAG.sub("", text))
        try:
            uri = embed(unescape(url), self.draft, self.attached)
        except NotShownError as why:
            return leave_out(why, alt, self.draft)
        return show_picture(uri, alt, self.draft)

    def block_math(self, body: str) -> str:
        """A formula in a line of its own."""
        return show_formula(body, self.draft, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        """A formula in an environment, as align."""
        return show_formula(rf"\begin{{{name}}}{body}\end{{{name}}}", self.draft, display=True)

    def inline_math(self, body: str) -> str:
        """A formula in the line."""
        return show_formula(body, self.draft, display=False)

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """An item of a list that is done or not, also for who hears the page."""
        state = f'aria-label="{WORDS["done" if checked else "not_done"]}"'
        state = f"checked {state}" if checked else state
        return f'<li class="task"><input type="checkbox" disabled {state}> {text}</li>\n'

    def table(self, text: str) -> str:
        """A table, in a box in which it scrolls."""
        scroll = self.draft.open_scroll("").items()
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in scroll)
        return f"<div{attributes}><table>\n{text}</table></div>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """A cell of a table; figures stand where the author set them."""
        name = ' class="figure"' if align == "right" else ""
        if align == "center":
            name = ' style="text-align:center"'
        return f'<th scope="col"{name}>{text}</th>\n' if head else f"<td{name}>{text}</td>\n"
