"""An executed notebook -> one HTML file that needs nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

import nbformat

TEMPLATES = Path(__file__).parent / "template"


def export_html(notebook: Path, title: str) -> str:
    """Turn an executed notebook into a page without code, in Japanese, with no request to anywhere.

    Shown are its prose and its results; code, prompts and warnings stay in the notebook.
    """
    page, _ = _exporter().from_notebook_node(
        nbformat.read(notebook, as_version=4), {"title": title}
    )
    return str(page)


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        language_code="ja",
    )
