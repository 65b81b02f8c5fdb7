"""An executed notebook -> one HTML file that needs nothing else."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.batch.lively import show_lively
from analysis.batch.lock import lock_page
from analysis.batch.notebook import read_wishes

TEMPLATES = Path(__file__).parent / "template"


@dataclass(frozen=True)
class Page:
    """A page, the files it was made from beside the notebook, and what it could not show as meant.

    `files` are the pictures taken into it; `warnings` are sentences for the summary of the run.
    """

    html: str
    files: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()


def export_page(notebook: Any, title: str, folder: Path, show_code: bool = False) -> Page:
    """Turn an executed notebook into a page in Japanese, with no request to anywhere.

    Shown are its prose and its results; code, prompts and warnings stay in the notebook. Local
    pictures are looked for from `folder`.
    """
    warnings: list[str] = []

    def show(output: Any) -> str | None:
        shown = show_lively(output.data, output.metadata, notebook.metadata)
        warnings.extend(shown.warnings if shown else ())
        return shown.html if shown else None

    html, _ = _exporter().from_notebook_node(notebook, {"title": title, "show_lively": show})
    page, stopped = lock_page(str(html), read_wishes(notebook.metadata).scripts)
    return Page(page, warnings=(*warnings, *stopped))


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
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        language_code="ja",
    )
