"""The names a notebook uses: what is said of one that is none, and what to call first."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import analysis


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("add_acheivement", "add_achievement"),
        ("plot_progres", "plot_progress"),
        ("Load", "load"),
        ("DataErorr", "DataError"),
    ],
)
def test_a_misspelt_name_is_told_with_the_one_that_is_meant(typed, meant):
    with pytest.raises(AttributeError, match=rf"attribute {typed}; did you mean {meant}\b"):
        getattr(analysis, typed)


@pytest.mark.parametrize("name", ["xyz", "_repr_html_", "__wrapped__"])
def test_a_name_that_nothing_is_like_or_that_tools_ask_for_is_an_ordinary_error(name):
    with pytest.raises(AttributeError) as error:
        getattr(analysis, name)
    assert "did you mean" not in str(error.value)


def test_the_description_names_what_to_call_first_and_each_of_it_is_there():
    said = analysis.__doc__
    called = ("load", "codebook", "add_achievement", "plot_progress", "show_figure")
    places = [said.index(f"sosei.{name}(") for name in called]
    assert places == sorted(places)
    assert all(callable(getattr(analysis, name)) for name in called)
    assert len(said.splitlines()) < 20


@pytest.mark.process
def test_to_import_the_package_is_light():
    heavy = ("pandas", "matplotlib", "rapidfuzz", "difflib")
    code = f"import sys, analysis; print([n for n in {heavy} if n in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_package_says_its_version():
    assert analysis.__version__ == version("sosei")
