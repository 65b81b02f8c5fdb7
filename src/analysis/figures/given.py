"""What a figure is given, looked at before it is drawn: a table with its columns, and no axes."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import DataError
from analysis.measures.needs import check_table

Given = ParamSpec("Given")
Plot = Callable[Given, Figure | None]


def draws(**tables: tuple[str, str]) -> Callable[[Plot[Given]], Plot[Given]]:
    """Have a function that draws refuse what it cannot draw, with what to give instead.

    `tables` names by parameter the function that makes such a table ("" for one of a dataset), and
    the columns it is told by, with blanks between.

    Examples
    --------
    >>> @draws(counts=("count_instruments", "kind programs"))
    ... def plot_instruments(counts, narrow=False):
    ...     return None
    >>> plot_instruments(None)
    Traceback (most recent call last):
    ...
    analysis.errors.DataError: counts is 'NoneType', ... Give what count_instruments returns.
    """

    def decorate(plot: Plot[Given]) -> Plot[Given]:
        signature = inspect.signature(plot)

        @wraps(plot)
        def draw(*args: Given.args, **named: Given.kwargs) -> Figure | None:
            if "ax" in named or any(isinstance(given, Axes) for given in args):
                raise DataError(
                    f"{plot.__name__} takes no axes: it draws a page of its own, of the size it "
                    "needs, and returns a Figure; leave ax out, and save it with .savefig(...)"
                )
            given = signature.bind(*args, **named).arguments
            for name, (made_by, columns) in tables.items():
                try:
                    check_table(given[name], name, columns)
                except DataError as error:
                    made = f" Give what {made_by} returns." if made_by else ""
                    raise DataError(f"{error}{made}") from None
            return plot(*args, **named)

        return draw

    return decorate
