"""Charts of Altair and plotly as pictures, made without any request.

Altair's are drawn by vl-convert within this process. plotly's are drawn by its own exporter,
kaleido, in a Chromium that this process starts for the first figure (1 to 3 s, then about 0.15 s
a figure) and closes at its end; it ends by itself when this process is killed, and has no network.
"""

import asyncio
import json
import multiprocessing.util
import re
import threading
from collections.abc import Coroutine
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.page.export.shown import Shown, show_picture, show_reason
from analysis.wording.labels import labels

WORDS = labels("export")
FONTS = "IPAexGothic, 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic', sans-serif"
SECONDS = 120  # a figure may take, the start of its browser included
WIDTH, HEIGHT = 800, 450  # of a plotly figure that says nothing of its size
BASE = "https://vega.github.io/vega-datasets/"  # what vl-convert takes a file's name to be below
NOT_IN_SVG = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_NETWORK = "http://127.0.0.1:9"  # a proxy that is not there


def read_vega(html: str) -> dict[str, Any] | None:
    """The chart in what Altair shows for a browser; None where there is none."""
    start = re.search(r"\}\)\((?=\{)", html)
    try:
        spec = _read_json(html, start.end())[0] if start else {}
    except ValueError:  # another script, which begins alike
        return None
    return spec if "/schema/vega" in str(spec.get("$schema")) else None


def read_plotly(html: str) -> dict[str, dict[str, Any]]:
    """The figures in what plotly shows for a browser, each by the name of its place there."""
    figures = {}
    for call in re.finditer(r'Plotly\.newPlot\(\s*"([^"]+)",\s*(?=\[)', html):
        try:
            traces, end = _read_json(html, call.end())
            layout, _ = _read_json(html, html.index("{", end))
        except ValueError:  # no figure of plotly's own making
            continue
        figures[call[1]] = {"data": traces, "layout": layout}
    return figures


def _read_json(text: str, start: int) -> tuple[Any, int]:
    return json.JSONDecoder().raw_decode(text, start)


def show_vega(spec: dict[str, Any]) -> Shown:
    """Draw a chart of Vega or Vega-Lite."""
    try:
        convert = _import_vl_convert()
    except ImportError:
        return show_reason(
            WORDS["no_package"].format(what=WORDS["altair"], package="vl-convert-python"),
            "an Altair chart is left out: install vl-convert-python (sosei[interactive])",
        )
    is_lite = "vega-lite" in str(spec.get("$schema", "vega-lite"))
    spec = _without_controls(spec)
    try:
        if is_lite:
            svg = convert.vegalite_to_svg(spec, config={"font": FONTS}, allowed_base_urls=[])
        else:
            svg = convert.vega_to_svg(spec, allowed_base_urls=[])
    except ValueError as error:
        return _say_not_drawn(error, spec)
    return show_picture(svg, _name_vega(spec), "an Altair chart")


@cache
def _import_vl_convert() -> Any:
    import vl_convert

    package = find_spec("matplotlib_fontja")  # to import it would import matplotlib
    if package and package.origin:
        vl_convert.register_font_directory(str(Path(package.origin).parent / "fonts"))
    return vl_convert


def _without_controls(value: Any) -> Any:
    """The same without characters that SVG cannot hold: vl-convert ends its process at them."""
    if isinstance(value, str):
        return NOT_IN_SVG.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_without_controls(k): _without_controls(v) for k, v in value.items()}
    return [_without_controls(part) for part in value] if isinstance(value, list) else value


def _say_not_drawn(error: ValueError, spec: dict[str, Any]) -> Shown:
    found = re.search(r"External data url not allowed: (\S+)", str(error))
    if found:
        is_file = found[1].startswith(BASE) and BASE not in str(spec)
        address = found[1].removeprefix(BASE) if is_file else found[1]
        return show_reason(
            WORDS["loads_file" if is_file else "loads_outside"].format(address=address),
            f"an Altair chart is left out: it would have asked {address}; "
            "read the data in the notebook and give the chart a DataFrame",
        )
    lines = [line for line in str(error).splitlines() if line.strip()]
    reason = (lines[1] if len(lines) > 1 else lines[0])[:200]
    return show_reason(
        WORDS["not_drawn"].format(what=WORDS["altair"]),
        f"an Altair chart is left out: vl-convert says: {reason}",
    )


def _name_vega(spec: dict[str, Any]) -> str:
    title = spec.get("title") or ""
    if isinstance(title, dict):
        title = title.get("text") or ""
    name = spec.get("description") or title
    return " ".join(map(str, name)) if isinstance(name, list) else str(name)


def show_plotly(figure: dict[str, Any]) -> Shown:
    """Draw a figure of plotly."""
    figure = _without_controls(figure)
    layout = figure.get("layout") or {}
    try:
        svg = _run(_draw_plotly({"data": figure.get("data") or [], "layout": layout}))
    except ImportError:
        return show_reason(
            WORDS["no_package"].format(what=WORDS["plotly"], package="kaleido"),
            "a plotly figure is left out: install kaleido (sosei[interactive])",
        )
    except Exception as error:  # kaleido's own, its browser's, or the time that is up
        return _say_no_plotly(error)
    title = layout.get("title") or ""
    title = str(title.get("text") or "" if isinstance(title, dict) else title)
    alt = unescape(re.sub(r"<br\s*/?>", " ", title))
    return show_picture(_without_chance(svg), re.sub(r"<[^>]*>", "", alt), "a plotly figure")


def _say_no_plotly(error: Exception) -> Shown:
    kind = type(error).__name__
    if kind == "ChromeNotFoundError":
        return show_reason(
            WORDS["no_browser"].format(what=WORDS["plotly"]),
            "a plotly figure is left out: kaleido draws it in Chromium or Chrome, and finds none",
        )
    reason = (str(error) or kind).splitlines()[0][:200]
    return show_reason(
        WORDS["not_drawn"].format(what=WORDS["plotly"]),
        f"a plotly figure is left out: kaleido says: {reason}",
    )


def _without_chance(svg: bytes) -> bytes:
    """Replace the six characters that plotly.js chooses by chance for the names of a figure."""
    chosen = re.search(rb'id="(?:topdefs|defs)-([0-9a-f]{6})"', svg)
    return svg.replace(chosen[1], b"figure") if chosen else svg


_browser: asyncio.Task[Any] | None = None


async def _draw_plotly(figure: dict[str, Any]) -> bytes:
    """Draw in the browser of this process; one that failed is not used again."""
    global _browser
    from kaleido import Kaleido, errors

    if _browser is None:
        kaleido = Kaleido(timeout=SECONDS / 2, mathjax=False, proxy_server=NO_NETWORK)
        _browser = asyncio.ensure_future(kaleido.__aenter__())
    kaleido = await _browser
    layout = figure["layout"]
    size = {"width": layout.get("width", WIDTH), "height": layout.get("height", HEIGHT)}
    try:
        svg: bytes = await kaleido.calc_fig(figure, opts={"format": "svg", **size})
    except errors.KaleidoError:  # of the figure
        raise
    except BaseException:
        await _close_browser()
        raise
    return svg


async def _close_browser() -> None:
    global _browser
    if _browser and _browser.done() and not (_browser.cancelled() or _browser.exception()):
        kaleido, _browser = _browser.result(), None
        await kaleido.__aexit__(None, None, None)


def _run(coroutine: Coroutine[Any, Any, Any], seconds: int = SECONDS) -> Any:
    future = asyncio.run_coroutine_threadsafe(coroutine, _loop())
    try:
        return future.result(seconds)
    except TimeoutError:
        future.cancel()  # and with it a browser that does not start: the next figure fails at once
        raise


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own, in which the browser lives as long as this process."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    # worker processes end without `atexit`
    multiprocessing.util.Finalize(None, lambda: _run(_close_browser(), 10), exitpriority=10)
    return loop
