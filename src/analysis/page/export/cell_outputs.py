"""The outputs of a cell -> HTML, each in the best form it has."""

import json
import re
from collections.abc import Callable
from itertools import groupby
from typing import Any

from analysis.environment import WHOLE
from analysis.page.export.clean import clean_paths
from analysis.page.export.draft import Draft
from analysis.page.export.formulas import show_latex
from analysis.page.export.lively import show_lively
from analysis.page.export.markdown import show_markdown
from analysis.page.export.markup import mend
from analysis.page.export.pictures import NotShownError, leave_out, make_uri, show_picture
from analysis.page.export.terminal import settle, show_printed
from analysis.wording.labels import labels

WORDS = labels("export")
JSON = "application/json"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif")
NAME_OF_AN_OBJECT = re.compile(r"<IPython\.(core|lib)\.display\.\w+ object>")
Metadata = dict[str, Any]


def show_outputs(outputs: list[Any], draft: Draft) -> list[str]:
    """Show the outputs of a cell, standard output that standard error divides as one."""
    seen = [output for output in outputs if output.get("name") != "stderr"]
    pieces: list[str] = []
    for kind, group in groupby(seen, key=lambda output: output["output_type"]):
        if kind == "stream":
            pieces.append(show_printed("".join(_join(output["text"]) for output in group)))
        elif kind == "error":
            pieces += [_show_error(o["ename"], o["evalue"], o["traceback"]) for o in group]
        else:
            pieces += [_show_data(o["data"], o.get("metadata", {}), draft) for o in group]
    return pieces


def _show_data(data: dict[str, Any], metadata: Metadata, draft: Draft) -> str:
    """Show what a cell displayed: in the first of `FORMS` that it has.

    What sosei made is taken as it is; what a script would make of an output is asked of
    `show_lively`. What has no form is named in its place and to the run.
    """
    if "text/html" in data and _about("text/html", metadata).get(WHOLE):
        return str(data["text/html"])
    lively = show_lively(data, draft.metadata, lambda some: "".join(show_outputs(some, draft)))
    if lively:
        for sentence in lively.warnings:
            draft.warn(sentence)
        return mend(lively.html, draft) if lively.foreign else lively.html
    texts = {kind: _join(value) for kind, value in data.items() if kind in FORMS}
    if NAME_OF_AN_OBJECT.fullmatch(texts.get("text/plain", "")):
        del texts["text/plain"]
    unknown = ", ".join(kind for kind in data if kind not in FORMS)
    if unknown and texts.keys() == {"text/plain"}:
        draft.warn(f"an output is shown as plain text only, not as {unknown}")
    for kind, show in FORMS.items():
        if kind in texts:
            return show(kind, texts[kind], metadata, draft)
    return _leave_out(data, unknown, draft)


def _about(kind: str, metadata: Metadata) -> Metadata:
    about = metadata.get(kind)
    return about if isinstance(about, dict) else {}


def _join(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _leave_out(data: dict[str, Any], unknown: str, draft: Draft) -> str:
    if JSON in data:
        return show_printed(json.dumps(data[JSON], ensure_ascii=False, indent=2))
    if not unknown:
        return show_printed(_join(data["text/plain"])) if data else ""
    return draft.leave_out(
        WORDS["unknown_form"].format(form=unknown),
        f"an output cannot be shown on a page: {unknown}",
    )


def _show_html(_: str, html: str, __: Metadata, draft: Draft) -> str:
    return mend(html, draft)


def _show_picture(kind: str, data: str, metadata: Metadata, draft: Draft) -> str:
    about = _about(kind, metadata)
    alt = str(about.get("alt", ""))
    try:
        uri = make_uri(data, kind)
    except NotShownError as why:
        return leave_out(why, alt, draft)
    sizes = {name: about.get(name) for name in ("width", "height")}
    return f"<figure>{show_picture(uri, alt, draft, **sizes)}</figure>"


def _show_latex(_: str, text: str, __: Metadata, draft: Draft) -> str:
    return show_latex(text, draft)


def _show_markdown(_: str, text: str, __: Metadata, draft: Draft) -> str:
    return show_markdown(text, draft)


def _show_text(_: str, text: str, __: Metadata, ___: Draft) -> str:
    return show_printed(text)


FORMS: dict[str, Callable[[str, str, Metadata, Draft], str]] = {
    "text/html": _show_html,
    "text/markdown": _show_markdown,
    "text/latex": _show_latex,
    **dict.fromkeys(PICTURES, _show_picture),
    "text/plain": _show_text,
}


def _show_error(name: str, value: str, traceback: list[str]) -> str:
    """Show the error of a cell that may raise one, as Jupyter does, without paths of here."""
    text = settle("\n".join(traceback) or f"{name}: {value}")
    return show_printed(clean_paths(text), "error")
