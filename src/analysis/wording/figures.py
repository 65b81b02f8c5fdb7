"""The words of a figure, found by its question: caption, alternative text, table."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import Any

import pandas as pd

from analysis.wording.labels import labels

FIGURES = "analysis.figures."


@dataclass(frozen=True)
class FigureWords:
    """What is said of a figure.

    `sentences` stand above it, or say alone why there is nothing to draw; where there are none,
    they are the `alternative` text of it. `table` holds what the figure shows.
    """

    caption: str = ""
    alternative: str = ""
    sentences: str = ""
    table: pd.DataFrame | None = None


def find_words(plot: Any, tables: tuple[Any, ...]) -> FigureWords:
    """Find the words of a figure in the file of its question; none of a figure not of analysis.

    Of `plot_trends`, a function of figures/trends.py, these are functions of
    wording/trends.py whose parameters bear the names of its own: `describe_trends` (or, where that
    tells something else, `alternative_trends`) for the alternative text, `tabulate_trends` for
    the table and, where its caption depends on the data, `caption_trends`. Where the labels
    have a short `alternative` in `figures.trends`, the sentences are for everybody, above it.
    """
    module = getattr(plot, "__module__", "")
    if not module.startswith(FIGURES):
        return FigureWords()
    name = plot.__name__.removeprefix("plot_")
    sentences = import_module(f"analysis.wording.{module.removeprefix(FIGURES)}")
    said = labels(f"figures.{name}")

    given = dict(zip(signature(plot).parameters, tables, strict=False))

    def call(kind: str) -> Any:
        function: Callable[..., Any] | None = getattr(sentences, f"{kind}_{name}", None)
        if function is None:
            return None
        taken = signature(function).parameters
        if any(of.default is of.empty and name not in given for name, of in taken.items()):
            return None
        return function(**{name: given[name] for name in taken if name in given})

    short = said.get("alternative", "")
    own = hasattr(sentences, f"alternative_{name}")
    described = call("alternative" if own else "describe")
    return FigureWords(
        caption=said.get("caption") or call("caption"),
        alternative=short or described,
        sentences=described if short else "",
        table=call("tabulate"),
    )
