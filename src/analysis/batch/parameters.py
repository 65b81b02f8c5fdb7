"""What a notebook declares in its parameters cell, and the values that are given for it."""

import ast
import csv
import difflib
import hashlib
import io
import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, TypeAdapter, ValidationError

from analysis.engine.notebook import Notebook
from analysis.errors import DataError

SLICES = {
    "government": "government_code",
    "fiscal_year": "fiscal_year",
    "program": "program_id",
    "group": "group",
}
FILLED = ("data", *SLICES)
OPTIONAL = {"government", "fiscal_year"}
NONE = ("", "None")  # how None is written on the command line and in a table


def _check_date(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError
    return text


TYPES: dict[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list[Any],
    "dict": dict[str, Any],
    "date": Annotated[str, AfterValidator(_check_date)],
}
KNOWN = f"{', '.join(TYPES)}, list[str] or the like, or one of them with `| None`"
SAFE = re.compile(r"[\w-]([\w.-]{0,30}[\w-])?")  # in a folder's name, on any system
UNSAFE = re.compile(r"[^\w-]+")
LONGEST_VALUE, LONGEST_NAME = 24, 60
DATE = '"date" = "2020-01-31"'


@dataclass(frozen=True)
class Parameter:
    """One parameter a notebook declares: its type, as it is written, and its default.

    One whose default is None is optional: the notebook also runs without it. A date is text:
    papermill can hand on no other.
    """

    name: str
    type: Any
    written: str
    default: Any

    def read(self, given: Any) -> Any:
        """Return a value of the declared type for what is given, as text or as TOML has it.

        Raises
        ------
        ValueError
            With what was found and what to write.
        """
        kinds = get_args(self.type) if type(None) in get_args(self.type) else (self.type,)
        if given is None or (isinstance(given, str) and given in NONE and len(kinds) > 1):
            return None
        is_nested = any(get_origin(kind) in (list, dict) for kind in kinds)
        checked = TypeAdapter(self.type)
        try:
            if given == "None":
                raise ValueError("it may be None only where the notebook says `| None`")
            if not isinstance(given, str):
                given = given.isoformat() if isinstance(given, date) else given
                return checked.validate_python(given, strict=True)
            return checked.validate_json(given) if is_nested else checked.validate_python(given)
        except ValidationError:
            hint = ' (write JSON, such as ["a", "b"])' if is_nested else ""
            hint = " (write 2020-01-31)" if "date" in self.written else hint
            if self.type is str and isinstance(given, int):
                hint = f" (declare {self.name}: int = {given} in the notebook's parameters)"
            raise ValueError(f"declared as {self.written}; {given!r} is not one{hint}") from None
        except ValueError as error:
            raise ValueError(f"declared as {self.written}; {given!r} is not one: {error}") from None


def read_parameters(notebook: Notebook) -> list[Parameter]:
    """Read what a notebook declares in its cell tagged `parameters`, without running it.

    Raises
    ------
    DataError
        With every problem of the notebook: no or several such cells, something else than
        `name = literal` in it, a default of another type, a name close to one that sosei fills,
        a parameter set again in a later cell.
    """
    where = f"{notebook.path}: cell `parameters`"
    source = notebook.find_parameters()
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise DataError(f"{where}, line {error.lineno}: {error.msg}") from None
    read = [_read_parameter(statement, source) for statement in statements]
    parameters = [p for p in read if isinstance(p, Parameter)]
    problems = [f"{where}: {p}" for p in read if isinstance(p, str)]
    problems += [f"{where}: {p}" for p in _find_misdeclared(parameters)]
    problems += notebook.find_set_again({p.name for p in parameters})
    if problems:
        raise DataError("\n".join(problems))
    return parameters


def _find_misdeclared(parameters: list[Parameter]) -> list[str]:
    """Find names that are nearly those sosei fills, and slices that cannot be asked for."""
    problems = []
    for parameter in parameters:
        close = difflib.get_close_matches(parameter.name, FILLED, 1, 0.8)
        if close and parameter.name not in FILLED:
            problems.append(
                f"{parameter.name} is not a name that sosei fills "
                f"({', '.join(FILLED)}); did you mean {close[0]}?"
            )
    names = {parameter.name for parameter in parameters}
    optional = {p.name for p in parameters if p.default is None} & set(FILLED)
    if optional not in (set(), OPTIONAL):
        problems.append(
            "only `government` and `fiscal_year` together may be None, for a notebook that also "
            "runs once over everything"
        )
    for name in ("program", "group"):
        if name in names and not {"government", "fiscal_year"} <= names:
            problems.append(f"`{name}` also needs `government` and `fiscal_year`")
    return problems


def _read_parameter(statement: ast.stmt, source: str) -> Parameter | str:
    annotation: ast.expr | None = None
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        name, value, annotation = statement.target.id, statement.value, statement.annotation
    elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        name, value = statement.targets[0].id, statement.value
    else:
        return f"'{ast.get_source_segment(source, statement)}' is not `name = literal`"
    try:
        default = ast.literal_eval(value) if value is not None else None
    except (ValueError, TypeError):
        is_date = "date(" in ast.unparse(value) if value is not None else False
        hint = f". A date is text: {name}: {DATE}" if is_date else ""
        return (
            f"{name} is computed; only literals may stand here, or it would keep its default{hint}"
        )
    if annotation is None:
        if default is None:
            return f"{name}: with the default None it needs a type, such as {name}: str | None"
        written = type(default).__name__
        if written not in TYPES:
            return f"{name}: {written} cannot be given to a notebook ({KNOWN}); set it further down"
        return Parameter(name, TYPES[written], written, default)
    written = ast.unparse(annotation).strip("'\"")
    try:
        kind = _read_type(annotation)
    except (TypeError, SyntaxError):
        return f"{name}: type {written} is not one of {KNOWN}"
    if default is None:
        return Parameter(name, kind | None, written, None)
    try:
        TypeAdapter(kind).validate_python(default, strict=True)
    except ValidationError:
        hint = f"; write {name}: {DATE}" if "date" in written else ""
        return f"{name}: the default {default!r} is not {written}{hint}"
    return Parameter(name, kind, written, default)


def _read_type(annotation: ast.expr) -> Any:
    """The type that an annotation names; TypeError where it is none that can be given."""
    match annotation:
        case ast.Constant(value=None):
            return None
        case ast.Constant(value=str(text)):
            return _read_type(ast.parse(text, mode="eval").body)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in TYPES:
            return TYPES[name]
        case (
            ast.BinOp(left=left, op=ast.BitOr(), right=right)
            | ast.Subscript(
                value=ast.Name(id="Union") | ast.Attribute(attr="Union"),
                slice=ast.Tuple(elts=[left, right]),
            )
        ):
            kinds = [_read_type(left), _read_type(right)]
            if None in kinds:  # which of two types a text is meant as, nobody can tell
                return (kinds[0] or kinds[1]) | None
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            if name == "Optional":
                return _read_type(inner) | None
            if name in ("list", "List"):
                return list[_read_type(inner)]  # type: ignore[misc]
            if name in ("dict", "Dict") and isinstance(inner, ast.Tuple):
                key, value = inner.elts
                if _read_type(key) is str:  # as in JSON
                    return dict[str, _read_type(value)]  # type: ignore[misc]
    raise TypeError


@dataclass(frozen=True)
class Row:
    """One row of a parameter file: where it stands, which slices it is about, its other values."""

    where: str = ""
    slices: tuple[tuple[str, Any], ...] = ()
    own: tuple[tuple[str, Any], ...] = ()


def read_parameter_file(path: Path) -> list[Row]:
    """Read a parameter file: CSV with the names in its first row, or TOML with tables [[report]].

    Raises
    ------
    DataError
        With every problem and its row: what cannot be read, a code that is a number.
    """
    readers = {".csv": _read_csv, ".toml": _read_toml}
    if path.suffix.lower() not in readers:
        raise DataError(f"{path}: a parameter file ends in .csv or .toml")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path}: its text is not UTF-8; save it as CSV UTF-8") from None
    except OSError as error:
        raise DataError(f"{path}: it cannot be read: {error.strerror}") from None
    rows, problems = [], []
    for where, values in readers[path.suffix.lower()](path, text):
        slices: dict[str, Any] = {}
        for name in SLICES.keys() & values:
            value = values.pop(name)
            if isinstance(value, str) or (name == "fiscal_year" and type(value) is int):
                slices[name] = value
            else:
                wanted = "a year, such as 2018" if name == "fiscal_year" else "text, in quotes"
                problems.append(f"{where}, {name}: {value!r} is not {wanted}")
        chosen = tuple((name, slices[name]) for name in SLICES if slices.get(name, "") != "")
        rows.append(Row(where, chosen, tuple(values.items())))
    if not rows:
        problems.append(f"{path}: no rows; a report is one row of CSV, or a table [[report]]")
    if problems:
        raise DataError("\n".join(problems))
    return rows


def _read_csv(path: Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError(f"{path}: broken CSV: {error}") from None
    header, found, problems = [name.strip() for name in (lines or [[]])[0]], [], []
    for name in dict.fromkeys(header):
        if not name.isidentifier():
            problems.append(f"{path} row 1: {name!r} is not the name of a parameter")
        elif header.count(name) > 1:
            problems.append(f"{path} row 1: {name} stands there {header.count(name)} times")
    for number, cells in enumerate(lines[1:], 2):
        if any(cells) and len(cells) != len(header):
            problems.append(f"{path} row {number}: {len(cells)} cells under {len(header)} names")
        elif any(cells):
            found.append((f"{path} row {number}", dict(zip(header, cells, strict=True))))
    if problems:
        raise DataError("\n".join(problems))
    return found


def _read_toml(path: Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(f'{path}: not TOML: {error} (a code is text: "011002")') from None
    tables = content.pop("report", [])
    if content or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        other = f"; found {', '.join(content)}" if content else ""
        raise DataError(f"{path}: each report is a table [[report]], and nothing else{other}")
    return [(f"{path} report {number}", dict(table)) for number, table in enumerate(tables, 1)]


def write_value(value: Any) -> str:
    """A value as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def name_folder(values: dict[str, Any]) -> str:
    """A folder's name that tells values: the same for the same, and never that of others.

    What a file system may not bear, or not tell apart, is told apart by the end of a hash.
    """
    name = ",".join(f"{name}={_make_safe(write_value(value))}" for name, value in values.items())
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}_{_hash(name)}"


def _make_safe(text: str) -> str:
    is_plain = text == text.casefold() and unicodedata.is_normalized("NFC", text)
    if is_plain and SAFE.fullmatch(text):
        return text
    return f"{UNSAFE.sub('_', text).strip('_')[:LONGEST_VALUE]}_{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
