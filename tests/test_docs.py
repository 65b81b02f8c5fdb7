"""The site of `make docs`: every public name has its entry, every figure its picture."""

import re
import runpy
from pathlib import Path

import pytest
from jinja2 import Template
from matplotlib.figure import Figure

import analysis

DOCS = Path(__file__).parents[1] / "docs"
SITE = runpy.run_path(str(DOCS / "conf.py"))
GALLERY = SITE["read_gallery"]()


def render(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    return Template(text).render(table=SITE["write_table"], entries=SITE["write_entries"])


def test_the_pages_of_rooms_have_an_entry_for_every_public_name():
    (pages,) = re.findall(r":hidden:\n\n((?: +\w+\n)+)", render("api/index.rst"))
    entries = [
        name
        for page in pages.split()
        for name in re.findall(r"^\.\. (?:auto|py:)\w+:: (\w+)$", render(f"api/{page}.rst"), re.M)
    ]
    assert sorted(entries) == sorted(analysis.__all__)
    assert entries[0] == "load"


def test_the_first_page_lists_every_public_name_once():
    listed = re.findall(r"\* - :py:obj:`~analysis.(\w+)`\n     - \S", render("api/index.rst"))
    assert sorted(listed) == sorted(analysis.__all__)


def test_every_page_stands_in_the_contents():
    contents = (DOCS / "index.rst").read_text(encoding="utf-8")
    listed = set(re.findall(r"^   (\w[\w./-]*)$", contents, re.M))
    assert listed == {path.stem for path in DOCS.glob("*.md")} | {"api/index", "gallery"}


def test_the_gallery_has_every_figure():
    assert set(GALLERY) == {name for name in analysis.__all__ if name.startswith("plot_")}


@pytest.mark.parametrize("name", GALLERY)
def test_a_figure_of_the_gallery_is_drawn_by_the_code_beside_it(name):
    assert GALLERY[name].splitlines()[-1].startswith(f"sosei.{name}(")
    assert isinstance(SITE["draw"](GALLERY[name]), Figure)


def test_a_figure_stands_with_its_name_its_sentence_and_its_code(tmp_path):
    written = SITE["write_figure"]("plot_grants", GALLERY["plot_grants"], tmp_path)
    assert ":py:func:`~analysis.plot_grants`: Draw each grant with its years" in written
    assert '   dataset = sosei.load("data")\n   sosei.plot_grants(' in written
    assert (tmp_path / "plot_grants.png").read_bytes().startswith(b"\x89PNG")


def test_a_text_that_is_no_page_of_the_site_is_linked_as_a_file():
    links = SITE["link_files"]("[`data/`](../data/README.md), [the data](data.md)")
    assert links == "{download}`data/ <../data/README.md>`, [the data](data.md)"
