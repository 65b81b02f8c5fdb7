"""What is said of what a figure cannot be drawn of, before anything is drawn."""

import inspect

import pandas as pd
import pytest
from matplotlib.figure import Figure
from slices import DATA

import analysis
from analysis import DataError

PLOTS = sorted(name for name in analysis.__all__ if name.startswith("plot_"))
OTHERS = {"by": "department", "rubric": None}


@pytest.fixture(scope="module")
def data():
    return analysis.load(DATA, "082201", 2018)


def call(name, table, **more):
    """Call a function that draws with one thing in the place of each of its tables."""
    plot = getattr(analysis, name)
    needed = [p for p in inspect.signature(plot).parameters.values() if p.default is p.empty]
    return plot(*[OTHERS.get(parameter.name, table) for parameter in needed], **more)


def refused(name, table, **more):
    with pytest.raises(DataError) as error:
        call(name, table, **more)
    return str(error.value)


@pytest.mark.parametrize("name", PLOTS)
def test_no_figure_is_drawn_into_axes_of_another(name, data):
    assert f"{name} takes no axes: it draws a page of its own" in refused(name, data.kpis, ax=None)
    axes = Figure().subplots()
    with pytest.raises(DataError, match="returns a Figure; leave ax out"):
        getattr(analysis, name)(data.kpis, axes)


@pytest.mark.parametrize("name", PLOTS)
def test_what_is_no_table_is_refused_by_every_figure(name, data):
    assert "It is one row or column" in refused(name, data.kpis.iloc[0])
    assert "Give one of its tables" in refused(name, data)


@pytest.mark.parametrize("name", sorted({*PLOTS} - {"plot_grades"}))  # of any rubric's columns
def test_a_table_of_something_else_is_refused_by_every_figure(name):
    assert "There are: 事業" in refused(name, pd.DataFrame({"事業": ["面接会"]}))


def test_kpis_as_loaded_are_told_which_function_is_first(data):
    said = refused("plot_progress", data.kpis)
    assert "progress_rate is added by add_achievement" in said
    assert said.endswith("Give what add_achievement returns.")
    assert call("plot_progress", analysis.add_achievement(data.kpis)) is not None


def test_a_wrong_name_of_a_parameter_stays_an_ordinary_error(data):
    with pytest.raises(TypeError, match="colour"):
        call("plot_progress", data.kpis, colour="red")


def test_the_signature_and_the_description_stay_those_of_the_function():
    assert list(inspect.signature(analysis.plot_progress).parameters) == ["kpis", "narrow"]
    assert analysis.plot_progress.__doc__.startswith("Draw how far each KPI went")
