"""An executed notebook -> one HTML file that needs nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "template"


def export_html(notebook: Any, title: str) -> str:
    """Turn an executed notebook into a page without code, in Japanese, with no request to anywhere.

    Shown are its prose and its results; code, prompts and warnings stay in the notebook.
    """
    page, _ = _exporter().from_notebook_node(notebook, {"title": title})
    return str(page)


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
