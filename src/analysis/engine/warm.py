"""What every report does first, done once in the process its own is forked from."""

import contextlib
import os
import tempfile
from importlib import import_module
from typing import Any

from IPython.core.pylabtools import activate_matplotlib
from matplotlib import pyplot
from matplotlib.backends.registry import backend_registry
from matplotlib_inline import backend_inline

import analysis
from analysis.engine import cells
from analysis.environment import REPORT_VARIABLE, SVG_VARIABLE
from analysis.errors import DataError

KERNEL_MODULES = """
    ipykernel.ipkernel ipykernel.kernelapp ipykernel.zmqshell ipykernel.debugger
    IPython.core.completer IPython.core.completerlib IPython.core.magics IPython.core.logger
    IPython.core.oinspect IPython.core.debugger IPython.extensions.storemagic
    pandas.io.formats.csvs psutil resource sqlite3
    tornado.platform.asyncio
"""


def _choose_backend(shell: Any, backend: str) -> None:
    """Show figures in the notebook, as pyplot makes an ordinary kernel do when it is imported."""
    pyplot.switch_backend(backend)
    if backend.endswith("inline"):
        activate_matplotlib(backend)  # type: ignore[no-untyped-call]
        backend_inline.configure_inline_support(shell, backend)  # type: ignore[no-untyped-call]


def warm_up(data: str, rehearse: bool = True) -> None:
    """Make the kernel, import what a report imports, read the data folder; or draw figures, too.

    The figures fill the caches of fonts and texts. Nothing here may start a thread: what is
    forked has only the thread that forks.
    """
    for module in KERNEL_MODULES.split():
        import_module(module)
    _choose_backend(cells.prepare(), os.environ["MPLBACKEND"])
    for name in dir(analysis):
        getattr(analysis, name)
    backend_registry.list_all()  # type: ignore[no-untyped-call]  # which asks every package, once
    if not rehearse:
        with contextlib.suppress(DataError):
            analysis.load(data)
        return
    with contextlib.suppress(DataError), tempfile.TemporaryDirectory() as folder:
        os.environ |= {REPORT_VARIABLE: f"{folder}/warm", SVG_VARIABLE: "yes"}
        _rehearse(data)
    for name in (REPORT_VARIABLE, SVG_VARIABLE):
        os.environ.pop(name, None)


def _rehearse(data: str) -> None:
    """Look up one slice of each kind, and draw the figures of a program that has a KPI."""
    whole = analysis.load(data)
    first = (whole.kpis if len(whole.kpis) else whole.program_years).iloc[0]
    government, program = first["government_code"], first["program_id"]
    year = int(first["fiscal_year"])
    analysis.load(data, government)
    analysis.load(data, government, year)
    history = analysis.load(data, government, program=program)
    dataset = analysis.load(data, government, year, program)
    measured = analysis.measure(dataset)
    kpis = measured.kpis
    trends = analysis.fit_trends(history.kpis)
    for plot, *tables in (
        (analysis.plot_progress, kpis),
        (analysis.plot_targets, kpis),
        (analysis.plot_parts, measured.parts),
        (analysis.plot_readings, kpis),
        (analysis.plot_costs, kpis),
        (analysis.plot_trends, history.kpis, trends),
        (analysis.plot_grades, measured.audit, measured.rubric),
        (analysis.plot_observations, whole.observations[:1]),
    ):
        analysis.show_figure(plot, *tables)
    analysis.show_table(analysis.tabulate_versions())
