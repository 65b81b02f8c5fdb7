"""How Sphinx makes the site of `make docs`: the pages here, all public names, and their figures."""

import ast
import os
import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Template
from matplotlib.figure import Figure

import analysis

DOCS = Path(__file__).parent
NAMES = Path(analysis.__file__).with_suffix(".pyi")
BEGIN_WITH = ("load", "measure", "show", "ingest")  # of their rooms; the others by module and name
CURRENT = ".. currentmodule:: analysis\n"
LINK_OUT = re.compile(r"\[`?([^]`]+)`?\]\((\.\./[^)]+\.md)\)")
DPI = 184  # 1,400 pixels, for sharp screens; shown half as wide

project = "sosei"
html_title = "sosei"
html_theme = "furo"
html_copy_source = False
html_show_copyright = html_show_sphinx = False
exclude_patterns = ["examples"]
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "myst_parser"]
default_role = "py:obj"  # `load` in a docstring leads to it
highlight_language = "text"
myst_heading_anchors = 3
add_module_names = False
autodoc_class_signature = "separated"  # nobody writes a Dataset's tables by hand
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
napoleon_use_ivar = True
napoleon_custom_sections = ["Returns"]  # is prose here, whose lines are no list of types
python_maximum_signature_line_length = 80


def list_names() -> dict[str, list[str]]:
    """List the public names by room, as `analysis/__init__.pyi` has them."""
    rooms: dict[str, list[str]] = {}
    for line in ast.parse(NAMES.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom):
            room = str(line.module).partition(".")[0]
            rooms.setdefault(room, []).extend(name.name for name in line.names)
    return {room: sorted(rooms[room], key=lambda n: n not in BEGIN_WITH) for room in rooms}


def write_table(*rooms: str) -> str:
    """Write a table of the names of rooms, each with the first sentence of its docstring."""
    names = [name for room in rooms for name in list_names()[room]]
    rows = [f"   * - :py:obj:`~analysis.{name}`\n     - {say_first(name)}" for name in names]
    return "\n".join([CURRENT, ".. list-table::", "   :widths: auto", "", *rows])


def write_entries(*rooms: str) -> str:
    """Write what the docstrings say of all names of rooms."""
    names = [name for room in rooms for name in list_names()[room]]
    return "\n".join([CURRENT, *map(write_entry, names)])


def write_entry(name: str) -> str:
    """Write the directive that shows a name; a figure leads to its place in the gallery."""
    thing = getattr(analysis, name)
    if isinstance(thing, str):
        return f".. py:data:: {name}\n   :type: str\n\n   {thing}\n"
    if isinstance(thing, type):
        return f".. autoclass:: {name}\n   :members:\n   :exclude-members: __init__\n"
    drawn = f"   :ref:`In the gallery <{name}>`\n" if name in read_gallery() else ""
    return f".. autofunction:: {name}\n\n{drawn}"


def say_first(name: str) -> str:
    """Say the first sentence of a docstring; a text says itself."""
    thing = getattr(analysis, name)
    return (thing if isinstance(thing, str) else str(thing.__doc__)).partition("\n")[0]


def read_gallery() -> dict[str, str]:
    """Read the code of each figure of the gallery."""
    return tomllib.loads((DOCS / "gallery.toml").read_text(encoding="utf-8"))


def draw(code: str) -> Figure:
    """Run code of the gallery and return what its last line gives."""
    *before, last = ast.parse(code).body
    known = {"sosei": analysis}
    exec(compile(ast.Module(before, []), "gallery.toml", "exec"), known)
    figure: Figure = eval(ast.unparse(last), known)
    return figure


def write_gallery(folder: Path) -> str:
    """Draw all figures into a folder, and write them with their names and their code."""
    folder.mkdir(parents=True, exist_ok=True)
    return "\n".join(write_figure(name, code, folder) for name, code in read_gallery().items())


def write_figure(name: str, code: str, folder: Path) -> str:
    """Draw a figure into a folder, and write it with its name and its code."""
    picture = folder / f"{name}.png"
    draw(code).savefig(picture, dpi=DPI)
    said = say_first(name)
    shown = code.strip().replace("\n", "\n   ")
    return f"""
.. _{name}:

{name}
{"-" * len(name)}

:py:func:`~analysis.{name}`: {said}

.. image:: {os.path.relpath(picture, DOCS)}
   :width: 700
   :alt: {said}

.. code-block:: python

   {shown}
"""


def link_files(text: str) -> str:
    """Let the links of Markdown to texts that are no page here lead to them as files."""
    return LINK_OUT.sub(r"{download}`\1 <\2>`", text)


def fill(app: Any, name: str, source: list[str]) -> None:
    """Fill the places of a page that are for names or figures."""
    if app.env.doc2path(name).suffix == ".md":
        source[0] = link_files(source[0])
    else:
        drawn = partial(write_gallery, Path(app.doctreedir) / "gallery")
        page = Template(source[0])
        source[0] = page.render(table=write_table, entries=write_entries, gallery=drawn)


def setup(app: Any) -> None:
    """Be called by Sphinx."""
    app.connect("source-read", fill)
