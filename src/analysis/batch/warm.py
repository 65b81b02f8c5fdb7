"""What every report does first, done once in the process its kernel is forked from."""

import contextlib
import os
import tempfile
from importlib import import_module

import analysis
from analysis.batch.save import REPORT_VARIABLE
from analysis.errors import DataError

KERNEL_MODULES = """
    ipykernel.ipkernel ipykernel.kernelapp ipykernel.zmqshell ipykernel.debugger
    IPython.core.completer IPython.core.magics matplotlib_inline.backend_inline
"""


def warm_up(data: str) -> None:
    """Import what a report imports, read the data folder, and draw one report's figures.

    The figures fill the caches of fonts and texts. Nothing here may start a thread: what is
    forked has only the thread that forks.
    """
    for module in KERNEL_MODULES.split():
        import_module(module)
    for name in analysis.__all__:
        getattr(analysis, name)
    with contextlib.suppress(DataError), tempfile.TemporaryDirectory() as folder:
        os.environ[REPORT_VARIABLE] = f"{folder}/warm"
        _rehearse(analysis.load(data))
    os.environ.pop(REPORT_VARIABLE, None)


def _rehearse(dataset: analysis.Dataset) -> None:
    first = dataset.kpis.drop_duplicates(["government_code", "program_id"]).index[:1]
    kpis = dataset.kpis.loc[first]
    kpis = analysis.add_costs(
        analysis.add_verdicts(analysis.add_achievement(kpis)), dataset.budgets
    )
    kpis = analysis.add_ratings(kpis, dataset.ratings)
    audit = analysis.audit_published(kpis, dataset.ratings, dataset.rubrics)
    rubric = analysis.find_rubric(dataset.ratings, dataset.rubrics)
    figures = {
        "progress": analysis.plot_progress(kpis),
        "plan": analysis.plot_plan(kpis),
        "readings": analysis.plot_readings(kpis),
        "costs": analysis.plot_costs(kpis),
        "trends": analysis.plot_trends(kpis, analysis.fit_trends(kpis)),
        "grades": analysis.plot_grades(audit, rubric),
        "observations": analysis.plot_observations(dataset.observations[:1]),
    }
    for name, figure in figures.items():
        analysis.save_figure(figure, name, alt=name)
    analysis.save_table(analysis.tabulate_progress(kpis), "progress", "progress")
