"""Widgets of ipywidgets (tqdm.notebook too) as what they stand at when the notebook has ended."""

from collections.abc import Callable
from html import escape
from typing import Any

from analysis.page.export.shown import Shown, show_reason
from analysis.wording.labels import labels

WORDS = labels("export")
SIGNS = labels("signs")
STATE = "application/vnd.jupyter.widget-state+json"
REFERENCE = "IPY_MODEL_"

Outputs = Callable[[list[dict[str, Any]]], str]
Model = dict[str, Any]


def show_widget(models: dict[str, Model], name: str, show_outputs: Outputs) -> Shown | None:
    """The state of a widget and of all in it; None where the notebook does not hold it.

    `models` are the widgets in a notebook's metadata. What was printed or shown in an Output
    is made HTML by `show_outputs`.
    """
    model = models.get(name.removeprefix(REFERENCE))
    if model is None:
        return None
    kind, state = model["model_name"].removesuffix("Model"), model["state"]
    if _is_hidden(models, state):
        return Shown("")
    if "children" in state:
        return _show_children(models, kind, state, show_outputs)
    if kind == "Output":
        return Shown(show_outputs(state.get("outputs", [])))
    if kind == "Image":
        return _show_image(model)
    show = _SHOW.get(kind)
    if show is None and not isinstance(state.get("value"), str | int | float):
        warning = f"a widget is left out: {kind} has no static form; show its value by print"
        return show_reason(WORDS["no_widget"].format(kind=kind), warning)
    return Shown((show or _show_value)(state))


def _is_hidden(models: dict[str, Model], state: dict[str, Any]) -> bool:
    model = models.get((state.get("layout") or "").removeprefix(REFERENCE), {"state": {}})
    layout = model["state"]
    return bool(layout.get("display") == "none" or layout.get("visibility") == "hidden")


def _show_children(
    models: dict[str, Model], kind: str, state: dict[str, Any], show_outputs: Outputs
) -> Shown:
    shown = [show_widget(models, child, show_outputs) for child in state["children"]]
    parts = [part or Shown("") for part in shown]
    pieces = [part.html for part in parts]
    if kind in ("Accordion", "Tab", "Stack"):
        titles = [*(state.get("titles") or ()), *([""] * len(pieces))]
        pieces = [
            f"<details open><summary>{escape(title)}</summary>{piece}</details>"
            for title, piece in zip(titles, pieces, strict=False)
        ]
    style = "display: flex; flex-wrap: wrap; align-items: center; gap: .5rem"
    html = "".join(pieces)
    html = f'<div style="{style}">{html}</div>' if kind == "HBox" else f"<div>{html}</div>"
    return Shown(html, tuple(warning for part in parts for warning in part.warnings))


def _show_image(model: Model) -> Shown:
    state = model["state"]
    content = [part["data"] for part in model.get("buffers", ()) if part["path"] == ["value"]]
    if not content:
        return Shown("")
    source = f"data:image/{escape(state.get('format', 'png'))};base64,{content[0].strip()}"
    return Shown(
        f'<figure><img src="{source}" alt="{WORDS["figure"]}"></figure>',
        ("a picture in a widget has no alternative text: show it by display instead",),
    )


def _show_value(state: dict[str, Any]) -> str:
    value = state.get("value")
    if isinstance(value, bool):
        return _describe(state, WORDS["yes" if value else "no"])
    ends = value if isinstance(value, list) else [value]
    return _describe(state, SIGNS["to"].join(map(_format, ends)))


def _format(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"  # as its slider shows it, without what binary fractions add
    return "—" if value is None else str(value)


def _show_choice(state: dict[str, Any]) -> str:
    """What is chosen of a list: one, several, or the ends of a range."""
    index, labels = state.get("index"), state.get("_options_labels", ())
    chosen = index if isinstance(index, list) else [index]
    return _describe(state, SIGNS["joint"].join(labels[i] for i in chosen if i is not None) or "—")


def _show_progress(state: dict[str, Any]) -> str:
    least = state.get("min", 0)
    value, most = state.get("value", 0) - least, state.get("max", 100) - least
    name = escape(state.get("description") or WORDS["progress"])
    bar = f'<progress aria-label="{name}" value="{value}" max="{most}"></progress>'
    if not state.get("description"):
        return bar
    return f"<p>{_name(state)}{bar} {value:g} / {most:g}</p>"


def _show_markup(state: dict[str, Any]) -> str:
    return f"<div>{_name(state)}{state.get('value', '')}</div>"


def _show_button(state: dict[str, Any]) -> str:
    name = state.get("description") or WORDS["button"]
    return f"<button disabled>{escape(name)}</button>"


def _show_date(state: dict[str, Any]) -> str:
    day = state.get("value") or {}
    if "date" not in day:
        return _describe(state, "—")
    return _describe(
        state, WORDS["day"].format(year=day["year"], month=day["month"] + 1, day=day["date"])
    )


def _describe(state: dict[str, Any], value: str) -> str:
    return f"<p>{_name(state)}{escape(value)}</p>"


def _name(state: dict[str, Any]) -> str:
    described = state.get("description")
    return SIGNS["named"].format(name=escape(described)) if described else ""


_CHOICES = (
    *("Dropdown", "RadioButtons", "Select", "SelectMultiple", "ToggleButtons"),
    *("SelectionSlider", "SelectionRangeSlider"),
)
_VALUES = (
    *("IntSlider", "FloatSlider", "FloatLogSlider", "IntRangeSlider", "FloatRangeSlider"),
    *("IntText", "FloatText", "BoundedIntText", "BoundedFloatText", "Text", "Textarea"),
    *("Combobox", "Label", "Checkbox", "ToggleButton", "Valid", "ColorPicker", "TagsInput"),
)
_SHOW: dict[str, Callable[[dict[str, Any]], str]] = {
    **dict.fromkeys(_VALUES, _show_value),
    **dict.fromkeys(_CHOICES, _show_choice),
    **dict.fromkeys(("IntProgress", "FloatProgress"), _show_progress),
    **dict.fromkeys(("HTML", "HTMLMath"), _show_markup),
    "Button": _show_button,
    "DatePicker": _show_date,
}
