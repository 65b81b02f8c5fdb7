"""An executed notebook -> one HTML file that needs nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook

from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.page.export import TEMPLATE
from analysis.page.export.cell_outputs import show_outputs
from analysis.page.export.contents import add_contents, number_parts, write_print_style
from analysis.page.export.draft import Draft
from analysis.page.export.lighter import lighten
from analysis.page.export.links import drop_lost_links
from analysis.page.export.lock import lock_page
from analysis.page.export.markdown import show_markdown
from analysis.page.export.neighbours import (
    Neighbours,
    link_names,
    link_terms,
    mark_japanese,
    show_above,
    show_beside,
)
from analysis.page.export.sections import find_empty_sections
from analysis.page.export.terminal import show_printed
from analysis.page.export.wishes import read_wishes
from analysis.wording import describe_left_out
from analysis.wording.labels import LANGUAGE, labels

WORDS = labels("export")
NOT_RUN = f'<p class="absent">{WORDS["not_run"]}</p>'
ENDED = f'<p class="absent">{WORDS["ended"]}</p>'


@dataclass(frozen=True)
class Page:
    """A page, the files it was made from beside the notebook, and what it could not show as meant.

    `files` are the pictures taken into it; `warnings` are sentences for the summary of the run.
    """

    html: str
    files: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()


class CellError(Exception):
    """A cell that cannot be put on a page: its number and its source."""

    def __init__(self, reason: str, cell: int, source: str) -> None:
        super().__init__(reason)
        self.cell, self.source = cell, source


def export_page(
    notebook: Any,
    title: str,
    folder: Path,
    show_code: bool = False,
    places: Neighbours | None = None,
) -> Page:
    """Turn an executed notebook into a page, with no request to anywhere.

    Shown are its prose and its results, each in the best form it has: HTML (closed, its tables
    in the page's style), pictures (as data URIs), formulas (as MathML), Markdown, text (as a
    terminal shows it). What has no form a page can show is named in its place and in the
    warnings. Prompts and standard error stay in the notebook; a cell that was never executed
    says so, and so does one with which its author ended the notebook.

    Code is shown where `show_code`, the notebook (`show_code` of its key `sosei`) or a cell's
    tag `show-input` asks for it. Tags of cells, written with - or _: `remove-cell`,
    `remove-input`, `remove-output`; `hide-input` and `hide-output` fold, `hide-cell` both. Outputs
    that were collapsed in JupyterLab are folded, too.

    Local pictures are looked for from `folder`. At its top and end it leads to `places`.

    Raises
    ------
    CellError
        When a cell cannot be shown, with the cell.
    """
    wishes = read_wishes(notebook.metadata)
    draft = Draft(folder, notebook.metadata)
    pieces: list[str] = []
    ended_at = notebook.metadata.get("papermill", {}).get("ended_at")
    empty = find_empty_sections(notebook.cells)
    for number, cell in _in_order(notebook.cells):
        if number in empty:
            continue
        draft.cell = number
        try:
            shown = _show_cell(cell, draft, show_code or wishes.show_code)
        except Exception as error:
            reason = f"cannot be shown on a page: {type(error).__name__}: {error}"
            raise CellError(reason, number, cell.source) from error
        pieces += [piece for piece in shown if piece != NOT_RUN or pieces[-1:] != [NOT_RUN]]
        pieces += [ENDED] * (number == ended_at)
    pieces += _tell_left_out(empty.values())
    pieces = number_parts(drop_lost_links(pieces, draft))
    places = places or Neighbours()
    pieces = link_terms(link_names(pieces, places), places)
    pieces = add_contents([show_above(places), *pieces, show_beside(places)])
    if LANGUAGE != LANGUAGE_OF_DOCUMENTS:
        pieces = mark_japanese(pieces)
    filled = {"title": title, "pieces": pieces, "print_style": write_print_style(title)}
    html, _ = _exporter().from_notebook_node(new_notebook(), filled)
    locked, warnings = lock_page(str(html), wishes.scripts)
    return Page(lighten(locked), tuple(draft.files), (*draft.list_warnings(), *warnings))


def _tell_left_out(titles: Iterable[str]) -> list[str]:
    said = escape(describe_left_out(dict.fromkeys(titles)))
    return [f'<p class="absent">{said}</p>'] if said else []


def _in_order(cells: list[Any]) -> list[tuple[int, Any]]:
    """The cells with their numbers: the values of the report once, below the first prose."""
    numbered = list(enumerate(cells))
    tagged = {tag: at for at, cell in numbered for tag in cell.metadata.get("tags", ())}
    given, declared = (tagged.get(tag) for tag in ("injected-parameters", "parameters"))
    if given is None or declared is None:
        return numbered
    title = next((at for at, cell in numbered if cell.cell_type == "markdown"), -1)
    moved = [numbered.pop(given)]
    place = max(title, given)
    numbered[place:place] = moved
    return [(at, cell) for at, cell in numbered if at != declared]


def _show_cell(cell: Any, draft: Draft, show_code: bool) -> list[str]:
    tags = {tag.replace("_", "-") for tag in cell.metadata.get("tags", ())}
    if "remove-cell" in tags or cell.cell_type not in ("markdown", "code"):
        return []
    if cell.cell_type == "markdown":
        return [show_markdown(cell.source, draft, cell.get("attachments"))]
    if cell.metadata.get("papermill", {}).get("status") == "pending" and cell.source.strip():
        return [*_show_code(cell.source, tags, show_code), NOT_RUN]
    outputs = [] if "remove-output" in tags else show_outputs(cell.outputs, draft)
    collapsed = cell.metadata.get("jupyter", {}).get("outputs_hidden")
    if any(outputs) and (collapsed or tags & {"hide-output", "hide-cell"}):
        outputs = [_fold(WORDS["output_of_cell"], "\n".join(outputs))]
    return [*_show_code(cell.source, tags, show_code), *outputs]


def _show_code(source: str, tags: set[str], show_code: bool) -> list[str]:
    wanted = "show-input" in tags or (show_code and "remove-input" not in tags)
    if not wanted or not source.strip():
        return []
    code = show_printed(source, "code")
    return [_fold(WORDS["code"], code) if tags & {"hide-input", "hide-cell"} else code]


def _fold(summary: str, html: str) -> str:
    return f"<details><summary>{summary}</summary>{html}</details>"


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter

    class ReportExporter(HTMLExporter):
        """Without what the report's own template has no use for: it writes the page whole."""

        default_preprocessors = []  # noqa: RUF012

        def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
            """Fill the template, and do not parse the page again to mend it."""
            return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    return ReportExporter(  # type: ignore[no-untyped-call]
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        language_code=LANGUAGE,
    )
