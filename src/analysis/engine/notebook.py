"""A notebook file as its author left it, before anything of it runs: it is read here only."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.page.export.clean import clean_text
from analysis.page.export.wishes import Wishes, read_wishes
from analysis.wording.labels import translate

PARAMETERS, INJECTED = "parameters", "injected-parameters"  # tags of cells
LEFT_BY_PAPERMILL = {INJECTED, "papermill-error-cell-tag"}
PYTHON = ("python", "ipython")
LONGEST_TITLE = 80
OTHER_KERNELS = ("ir", "julia")  # how their names begin, where no language is named
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
RUN_AS_PYTHON = re.compile(r"^\s*%%(time|capture|prun)\b.*\n")


@dataclass(frozen=True)
class Notebook:
    """A notebook file: its content as nbformat 4 has it, and what it asks of a run."""

    path: Path
    content: dict[str, Any]
    wishes: Wishes

    @cached_property
    def title(self) -> str:
        """The title in its metadata, else its first heading of level 1, else its file name."""
        said = self.content["metadata"].get("title")
        headings = filter(None, map(_find_heading, self.content["cells"]))
        return translate(str(said or next(headings, self.path.stem)))

    @property
    def code(self) -> list[tuple[int, str, list[str]]]:
        """The cells of code: their number, counted from 1 among all, their source, their tags."""
        return [
            (number, _join(cell["source"]), _tags(cell))
            for number, cell in enumerate(self.content["cells"], 1)
            if cell["cell_type"] == "code"
        ]

    def find_parameters(self) -> str:
        """Return the source of the cell tagged `parameters`.

        Raises
        ------
        DataError
            When there is none, or several.
        """
        tagged = [source for _, source, tags in self.code if PARAMETERS in tags]
        if len(tagged) != 1:
            raise DataError(
                f"{self.path}: {len(tagged) or 'no'} cells tagged `parameters`, expected one. Give "
                "one cell this tag (JupyterLab: right sidebar, Property Inspector, Cell Tags): "
                "without it every report would be made with the notebook's own defaults."
            )
        return tagged[0]

    def find_set_again(self, names: set[str]) -> Iterator[str]:
        """Say where a parameter is given a literal after the parameters cell.

        That is what is left of trying things out: the report would be filed under one value and
        show another. What is computed (`data = load(data)`) is the author's word.
        """
        after = False
        for number, source, tags in self.code:
            if after and INJECTED not in tags:
                for statement in _parse(source):
                    if name := next(filter(names.__contains__, _names_literal(statement)), ""):
                        written = ast.unparse(statement)
                        yield (
                            f"{self.path}: cell {number} sets the parameter {name} again "
                            f"({written}): its report would be filed under one value and show "
                            "another. Take the line out, or use another name."
                        )
            after = after or PARAMETERS in tags

    def for_execution(self) -> Any:
        """Its content for papermill: without parameters of an earlier run, cells with ids.

        Its prose is in the language of the process.
        """
        import nbformat

        node = nbformat.from_dict(self.content)
        node.metadata.pop("papermill", None)
        node.cells = [cell for cell in node.cells if not {*_tags(cell)} & LEFT_BY_PAPERMILL]
        for cell in node.cells:
            if cell.cell_type == "markdown":
                cell.source = translate(_join(cell.source))
        if self.content.get("nbformat_minor", 0) < 5:
            node = nbformat.v4.upgrade(node)
            for number, cell in enumerate(node.cells):
                cell["id"] = f"cell-{number}"  # the same each time
        return node


def read_notebook(path: Path) -> Notebook:
    """Read a notebook file.

    Raises
    ------
    DataError
        When it is no notebook of Python in nbformat 4 (what it is instead, and what to do), or
        asks for what there is not.
    """
    content = _read_content(path)
    metadata = content.setdefault("metadata", {})
    if why := _find_other_language(metadata):
        raise DataError(f"{path}: {why}; sosei runs notebooks of Python only")
    if not _part(metadata, "kernelspec").get("name"):
        raise DataError(
            f"{path}: no kernel is named in it. Open it in JupyterLab, choose the Python 3 "
            "kernel and save it."
        )
    try:
        return Notebook(path, content, read_wishes(metadata))
    except DataError as error:
        raise DataError("\n".join(f"{path}: {text}" for text in str(error).splitlines())) from None


def _read_content(path: Path) -> dict[str, Any]:
    if not path.is_file():
        what = "a folder" if path.is_dir() else "a pipe, a device, or a link that leads nowhere"
        raise DataError(f"{path}: not a notebook: it is {what}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path}: not a notebook: its text is not UTF-8") from None
    if not text.strip():
        raise DataError(
            f"{path}: not a notebook: the file is empty. Take it back from version control, or "
            "make it anew in JupyterLab."
        )
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if conflict := CONFLICT.search(text):
            line = text.count("\n", 0, conflict.start()) + 1
            raise DataError(
                f"{path}: not a notebook: line {line} marks a conflict of a merge. Settle it (git "
                "checkout --ours or --theirs, or nbdime mergetool) and save it."
            ) from None
        raise DataError(f"{path}: not a notebook: it is not JSON ({error})") from None
    version = content.get("nbformat", 4) if isinstance(content, dict) else None
    if isinstance(version, int) and version != 4:
        raise DataError(
            f"{path}: a notebook of nbformat {version}; sosei reads nbformat 4. "
            f"Renew it: jupyter nbconvert --to notebook --inplace {path}"
        )
    if not (version == 4 and isinstance(content.get("cells"), list) and _are_cells(content)):
        raise DataError(f"{path}: not a notebook: it is JSON, but without a notebook's cells")
    return dict(content)


def _are_cells(content: dict[str, Any]) -> bool:
    return isinstance(content.get("metadata", {}), dict) and all(
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("source"), (str, list))
        for cell in content["cells"]
    )


def _find_other_language(metadata: dict[str, Any]) -> str:
    kernel = _part(metadata, "kernelspec")
    named = [_part(metadata, "language_info").get("name"), kernel.get("language")]
    for language in filter(None, named):
        if str(language).lower() not in PYTHON:
            return f"a notebook of {language}"
    if not any(named) and str(kernel.get("name", "")).split("-")[0] in OTHER_KERNELS:
        return f"a notebook for the kernel {kernel['name']}"
    return ""


def _part(metadata: dict[str, Any], name: str) -> dict[str, Any]:
    part = metadata.get(name)
    return part if isinstance(part, dict) else {}


def _tags(cell: Any) -> list[str]:
    tags = _part(cell, "metadata").get("tags")
    return tags if isinstance(tags, list) else []


def _find_heading(cell: dict[str, Any]) -> str:
    """The first heading of level 1 in a cell as plain text, "" where there is none."""
    if cell["cell_type"] != "markdown":
        return ""
    import mistune  # only where a title is wanted

    tokens: Any = mistune.create_markdown(renderer=None)(_join(cell["source"]))
    for token in tokens:
        if token["type"] == "heading" and token["attrs"]["level"] == 1:
            text = " ".join(unescape(_read_text(token)).split())
            if title := clean_text(text, LONGEST_TITLE).strip():
                return title
    return ""


def _read_text(token: dict[str, Any]) -> str:
    """The text of a piece of Markdown without its marks; a space for the end of a line."""
    if "children" in token:
        return "".join(map(_read_text, token["children"]))
    return "" if token["type"] == "inline_html" else str(token.get("raw", " "))


def _join(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _parse(source: str) -> list[ast.stmt]:
    """The statements of a cell, IPython's own ways of writing included; none where it is wrong."""
    source = RUN_AS_PYTHON.sub("", source)
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        pass
    from IPython.core.inputtransformer2 import TransformerManager

    manager: Any = TransformerManager
    try:
        return ast.parse(str(manager().transform_cell(source))).body
    except (SyntaxError, ValueError):
        return []  # it will say so when it runs


def _names_literal(statement: ast.stmt) -> Iterator[str]:
    """The names to which a statement gives a literal."""
    targets = {ast.Assign: "targets", ast.AnnAssign: "target"}.get(type(statement))
    value = getattr(statement, "value", None)
    if not targets or value is None:
        return
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, RecursionError):
        return
    found = getattr(statement, targets)
    for target in found if isinstance(found, list) else [found]:
        names = [node for node in ast.walk(target) if isinstance(node, ast.Name)]
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))
