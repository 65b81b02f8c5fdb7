"""What needs a script or the net in a browser -> what stands in a page without either."""

import re
from dataclasses import replace
from html import escape, unescape
from typing import Any

from analysis.page.export.charts import read_plotly, read_vega, show_plotly, show_vega
from analysis.page.export.shown import Shown, show_frame, show_reason
from analysis.page.export.widgets import STATE, Outputs, show_widget
from analysis.page.export.wishes import read_wishes
from analysis.wording.labels import labels

WORDS = labels("export")
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
MADE = (PLOTLY, WIDGET, "application/vnd.vegalite.", "application/vnd.vega.")
STILL = {"image/png", "image/jpeg", "image/svg+xml"}
JAVASCRIPT = "application/javascript"
LIVE = ("<script", "<iframe", "bk-notebook-logo")
SCRIPTS = re.compile(r"<script\b[^>]*>.*?</script\s*>", re.IGNORECASE | re.DOTALL)
FRAMES = re.compile(
    r"""<iframe\b((?:[^>"']|"[^"]*"|'[^']*')*)>(?:.*?</iframe\s*>)?""", re.IGNORECASE | re.DOTALL
)
UNSEEN = re.compile(  # what of HTML is not shown where no script runs
    r"<(style|noscript)\b[^>]*>.*?</\1\s*>|<(\w+)\b[^>]*\shidden(?=[\s>=])[^>]*>.*?</\2\s*>",
    re.IGNORECASE | re.DOTALL,
)
VISIBLE = re.compile(r"<(?:table|svg|img|video|audio)\b", re.IGNORECASE)
LOADED = re.compile(  # a script from elsewhere, in HTML and as Bokeh's own script loads it
    r"<script\b[^>]*\ssrc\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)"
    r"|(?:<script\b[^>]*>\s*import|const js_urls =) *\[?[\"'](https?://[^\"']+)",
    re.IGNORECASE,
)
ICON = re.compile(r'<i class="fa fa-([^"]+)"></i>')
ICONS = {  # of matplotlib's animations, whose own are in a font that is loaded
    **{"minus": "−", "plus": "+", "pause": "‖", "play": "▶", "play fa-flip-horizontal": "◀"},
    **{"fast-backward": "|◀", "step-backward": "◁", "step-forward": "▷", "fast-forward": "▶|"},
}
ICON_FONT = re.compile(r'<link rel="stylesheet"\s+href="[^"]*font-awesome[^"]*">')
FIRST_FRAME = re.compile(r'frames\[0\] = "data:image/png;base64,([^"]+)"')
LOADERS = ("window._itables_", "bk-notebook-logo", "_bokeh_is_loading", "window.PlotlyConfig")
MAKERS = {  # a mark in an output: what it shows, and what made it
    "_anim_img": ("animation", "an animation"),
    "plotly": ("plotly", "plotly"),
    "okeh": ("bokeh", "Bokeh"),
    "leaflet": ("map", "a map of Leaflet (folium)"),
    "itables": ("itables", "ITables"),
}


def show_lively(
    data: dict[str, Any], notebook_metadata: dict[str, Any], show_outputs: Outputs
) -> Shown | None:
    """Show an output that lives by scripts as a picture, as its last state, or as why it is not.

    Parameters
    ----------
    data
        One output of a cell: its forms by their types.
    notebook_metadata
        Of the whole notebook. It holds the state of widgets and, in its key `sosei`, whether
        scripts may run.
    show_outputs
        What makes HTML of outputs of a cell, for those that were caught in a widget.

    Returns
    -------
    None for an output that a page shows without a script.
    """
    made = next((kind for kind in data if kind.startswith(MADE)), None)
    if made:
        if not STILL.isdisjoint(data):
            return None
        if made == PLOTLY:
            return show_plotly(data[made])
        if made == WIDGET:
            return _show_view(data, notebook_metadata, show_outputs)
        return show_vega(data[made])
    html, script = ("".join(data.get(kind, "")) for kind in ("text/html", JAVASCRIPT))
    if not script and not any(mark in html for mark in LIVE):
        return None
    if read_wishes(notebook_metadata).scripts:
        return _show_running(html, script)
    return _show_still(html, script)


def _show_view(
    data: dict[str, Any], notebook_metadata: dict[str, Any], show_outputs: Outputs
) -> Shown:
    models = notebook_metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    shown = show_widget(models, data[WIDGET]["model_id"], show_outputs)
    if shown is None:
        text = data.get("text/plain", WORDS["widget"])
        warning = f"a widget is shown as text, its state is not in the notebook: {text[:60]}"
        return Shown(f"<pre>{escape(text)}</pre>", (warning,))
    return replace(shown, foreign=True)


def _show_running(html: str, script: str) -> Shown:
    """What scripts draw, as it is; in its still form if they need more than the page has."""
    if loaded := _find_loaded(script):
        return _say_outside(_name(script)[0], loaded)
    if (
        _find_loaded(html)
        or FRAMES.search(html)
        or read_vega(html)
        or any(mark in html for mark in ("itables", "bk-notebook-logo"))
    ):
        return _show_still(html, script)
    if "_anim_img" in html:
        return Shown(_complete_animation(html))
    code = script.replace("</script", "<\\/script")
    return Shown(f"{html}<script>{code}</script>" if script else html)


def _complete_animation(html: str) -> str:
    """An animation of matplotlib with what it loads, or lacks for those who do not see it."""
    html = ICON.sub(lambda icon: ICONS.get(icon[1], ""), ICON_FONT.sub("", html))
    picture, slider = f'<img alt="{WORDS["animation"]}"', f'<input aria-label="{WORDS["frame"]}"'
    html = html.replace('<img id="_anim_img', f'{picture} id="_anim_img')
    return html.replace('<input id="_anim_slider', f'{slider} id="_anim_slider')


def _find_loaded(html: str) -> str:
    """The address of a script that is loaded; MathJax, which plotly can do without, is none."""
    found = (first or second for first, second in LOADED.findall(html))
    return next((address for address in found if "mathjax" not in address.lower()), "")


def _show_still(html: str, script: str) -> Shown:
    """What is left of an output where its scripts do not run."""
    if spec := read_vega(html):
        return show_vega(spec)
    rest = SCRIPTS.sub("", html)
    if figures := read_plotly(html):
        return _show_figures(figures, rest)
    what, maker = _name(html + script)
    if framed := FRAMES.search(html):
        return _show_frame(f" {unescape(framed[1])}", rest, what)
    is_loader = any(mark in html + script for mark in LOADERS)
    if is_loader and "<table" not in html and "plotly-graph-div" not in html:
        return Shown("")  # it prepares what later outputs show
    if loaded := _find_loaded(html + script):
        return _say_outside(what, loaded)
    needs = f"{maker} needs scripts, which do not run"
    if "_anim_img" not in html and _is_visible(rest):
        rests = f"{needs}: shown is what the output holds without"
        return Shown(rest, (rests,), foreign=True)
    frame = FIRST_FRAME.search(html)
    said = show_reason(
        WORDS["does_not_move" if frame else "needs_scripts"].format(what=what),
        f'{needs}: if they may, write "sosei": {{"scripts": true}} into the notebook\'s metadata',
    )
    if frame is None:
        return said
    content = frame[1].replace("\\\n", "")
    first_frame = WORDS["first_frame"].format(what=what)
    image = f'<img src="data:image/png;base64,{content}" alt="{first_frame}">'
    return Shown(f"<figure>{image}</figure>{said.html}", said.warnings)


def _show_figures(figures: dict[str, dict[str, Any]], rest: str) -> Shown:
    """Put pictures where scripts would have drawn, in what else the output holds."""
    warnings: list[str] = []
    pictures = []
    for figure in figures.values():
        shown = show_plotly(figure)
        pictures.append(shown.html)
        warnings += shown.warnings
    if not _is_visible(rest):
        return Shown("".join(pictures), tuple(warnings))
    for name, picture in zip(figures, pictures, strict=True):
        place = re.search(rf'<div id="{re.escape(name)}"[^>]*>', rest)
        end = place.end() if place else len(rest)
        rest = rest[:end] + picture + rest[end:]
    return Shown(rest, tuple(warnings), foreign=True)


def _is_visible(html: str) -> bool:
    seen = UNSEEN.sub("", html)
    return bool(VISIBLE.search(seen) or unescape(re.sub(r"<[^>]*>", "", seen)).strip())


def _name(html: str) -> tuple[str, str]:
    """What an output shows, and what made it."""
    found = (names for mark, names in MAKERS.items() if mark in html)
    code, maker = next(found, ("output", "an output"))
    return WORDS[code], maker


def _show_frame(attributes: str, html: str, what: str) -> Shown:
    """Say what a page within the page would have asked for; one that asks nothing is shown."""
    if loaded := _find_loaded(attributes):
        return _say_outside(what, loaded)
    found = re.search(r"\ssrc\s*=\s*[\"']?([^\"'\s>]+)", attributes, re.IGNORECASE)
    if found is None:
        return Shown(html, foreign=True)
    framed = show_frame(what, found[1])
    return replace(framed, html=FRAMES.sub(lambda _: framed.html, html), foreign=True)


def _say_outside(what: str, address: str) -> Shown:
    return show_reason(
        WORDS["needs_outside"].format(what=what, address=address),
        f"an output is left out: it would have asked {address}",
    )
