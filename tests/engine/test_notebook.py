"""A notebook file as its author left it: what is read of it, and what is refused."""

import codecs
import json
import os

import nbformat
import pytest
from listing import alter, refused

from analysis import DataError
from analysis.engine.notebook import read_notebook


def test_a_byte_order_mark_is_read(write_notebook):
    path = write_notebook("own", parameters="threshold: float = 0.8")
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert read_notebook(path).find_parameters() == "threshold: float = 0.8"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a notebook: the file is empty. Take it back from version control"),
        (b'{"cells": [', "not a notebook: it is not JSON (Expecting value: line 1"),
        (b'{"cells": 1}', "not a notebook: it is JSON, but without a notebook's cells"),
        (b"[1]", "not a notebook: it is JSON, but without a notebook's cells"),
        (b"\x82\xa0", "not a notebook: its text is not UTF-8"),
        (
            b'{\n<<<<<<< HEAD\n "cells": [],\n=======\n "cells": [1],\n>>>>>>> theirs\n}\n',
            "line 2 marks a conflict of a merge. Settle it (git checkout --ours or --theirs",
        ),
        (
            b'{"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
            "a notebook of nbformat 3; sosei reads nbformat 4. Renew it: jupyter nbconvert --to ",
        ),
    ],
)
def test_what_is_no_notebook_is_named_as_what_it_is(project, content, said):
    path = project / "notebooks/own.ipynb"
    path.write_bytes(content)
    message = refused(read_notebook, path)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert "\n" not in message


def test_a_notebook_of_another_language_is_refused(write_notebook):
    path = write_notebook("own")
    spec = {"name": "ir", "display_name": "R"}
    alter(path, kernelspec=spec | {"language": "R"}, language_info={"name": "R"})
    assert (
        refused(read_notebook, path)
        == f"{path}: a notebook of R; sosei runs notebooks of Python only"
    )
    alter(path, kernelspec=spec, language_info={})
    assert "a notebook for the kernel ir" in refused(read_notebook, path)


TITLES = [
    ("# **図**の [形式](x.md) `a_b` &amp; c\\*d <b>e</b>\n", "図の 形式 a_b & c*d e"),
    ("```\n# comment\n```\n## 二\n\n二行の\n題\n===\n# 次", "二行の 題"),
    ("# \n# \x1b[31m\x07題", "題"),
    ("# " + "長" * 99, "長" * 79 + "…"),
    ("## 二\n<h1>no</h1>", "own"),
]


@pytest.mark.parametrize(("source", "title"), TITLES)
def test_a_notebook_without_a_title_is_called_by_its_first_heading_else_by_its_file(
    write_notebook, source, title
):
    path = write_notebook("own", parameters="x: int = 1")
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [source]}
    content["cells"] += [cell, {**cell, "id": "b", "source": "no heading"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert read_notebook(path).title == title
    alter(path, title="名前")
    assert read_notebook(path).title == "名前"
    alter(path, title="")
    assert read_notebook(path).title == title


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(project):
    os.mkfifo(project / "notebooks/pipe.ipynb")
    with pytest.raises(DataError, match=r"pipe\.ipynb: not a notebook: it is a pipe"):
        read_notebook(project / "notebooks/pipe.ipynb")


def test_a_file_that_is_no_notebook_is_refused(project):
    path = project / "notebooks" / "torn.ipynb"
    path.write_text('{"cells": [')
    with pytest.raises(DataError, match="not a notebook"):
        read_notebook(path)


def test_a_notebook_that_names_no_kernel_is_refused_before_anything_runs(project):
    path = project / "notebooks" / "bare.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    with pytest.raises(DataError, match=r"no kernel is named in it\. Open it in JupyterLab"):
        read_notebook(path)


def test_the_projects_notebooks_hold_no_function_no_loop_and_no_output(root):
    for path in (root / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        for cell in notebook.cells:
            assert not cell.get("outputs"), path
            lines = cell.source.splitlines() if cell.cell_type == "code" else []
            starts = [line.split()[0] for line in lines if line.strip()]
            assert not {"def", "class", "for", "while", "if"} & set(starts), (path, cell.source)
