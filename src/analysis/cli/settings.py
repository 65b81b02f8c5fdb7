"""`sosei.toml` in the working folder: what one would else type each time.

Its keys are the long options, in a table for each command. At its top level stands what the
commands about reports share.
"""

import difflib
import json
import tomllib
from pathlib import Path
from typing import Any, get_args, get_type_hints

from analysis.environment import list_languages

NAME = "sosei.toml"
OF_REPORTS = ("run", "plan", "verify", "list")
OTHERS = {  # parameters of other commands that mean the same, by the keys of the top level
    "check": {"data": "directory", "language": "language"},
    "pack": {"data": "directory"},
    "new year": {"data": "data"},
    "new government": {"data": "data"},
}
WANTED = {bool: "true or false", int: "a whole number", str: "text in quotes"}


def read_settings(command: Any) -> dict[str, Any]:
    """Read the file for all commands: the values of their parameters, as click's `default_map`.

    Raises
    ------
    DataError
        With everything that is wrong in it, one a line.
    """
    from analysis.errors import DataError

    try:
        given = tomllib.loads(Path(NAME).read_text(encoding="utf-8-sig"))
    except ValueError as error:  # no TOML, or no UTF-8
        raise DataError(f"{NAME}: {error}") from None
    commands = command.commands
    problems: list[str] = []
    options = {k: v for name in OF_REPORTS for k, v in _list_options(commands[name]).items()}
    top = {key: value for key, value in given.items() if key not in commands}
    shared = _take(top, options, [*commands], "", problems)
    values = _read_group(commands, given, shared, "", problems)
    if problems:
        raise DataError("\n".join(problems))
    return values


def _read_group(
    commands: Any, given: dict[str, Any], shared: dict[str, Any], group: str, problems: list[str]
) -> dict[str, Any]:
    """The values of each command of a group: those that are shared, then its own."""
    values = {}
    for name, command in commands.items():
        path = f"{group} {name}".strip()
        table = given.get(name, {})
        if not isinstance(table, dict):
            problems.append(f"{NAME}: {name} is a command: write its options below [{name}].")
        elif inner := getattr(command, "commands", None):
            _take({k: v for k, v in table.items() if k not in inner}, {}, [*inner], path, problems)
            values[name] = _read_group(inner, table, shared, path, problems)
        else:
            own = _take(table, _list_options(command), [], path, problems)
            values[name] = _choose_shared(path, command, shared) | own
    return values


def _choose_shared(path: str, command: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """What of the top level a command takes, by the names of its parameters."""
    if path in OF_REPORTS:
        names = {parameter.name for parameter in command.params}
        return {name: value for name, value in shared.items() if name in names}
    return {to: shared[key] for key, to in OTHERS.get(path, {}).items() if key in shared}


def _list_options(command: Any) -> dict[str, tuple[Any, Any, Any]]:
    """The options of a command by their keys: parameter, type, and what typer knows of it.

    A flag that cannot be denied on the command line is none of them.
    """
    hints = get_type_hints(command.callback, include_extras=True)
    return {
        long[0].removeprefix("--").replace("-", "_"): (parameter, *get_args(hints[parameter.name]))
        for parameter in command.params
        if (long := [name for name in parameter.opts if name.startswith("--")])
        and not (getattr(parameter, "is_flag", False) and not parameter.secondary_opts)
    }


def _take(
    table: dict[str, Any],
    options: dict[str, tuple[Any, Any, Any]],
    commands: list[str],
    path: str,
    problems: list[str],
) -> dict[str, Any]:
    """The values of a table by the names of parameters; what is wrong goes into `problems`."""
    values, place = {}, f"{NAME} [{path.replace(' ', '.')}]" if path else NAME
    for key, value in table.items():
        if option := options.get(key.replace("-", "_")):
            try:
                values[option[0].name] = _read_value(key, value, *option)
            except ValueError as error:
                problems.append(f"{place}: {key} = {json.dumps(value, default=str)}: {error}")
            continue
        known = [*options, *commands]
        near = difflib.get_close_matches(key, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known) or 'none'}."
        problems.append(f"{place}: nothing is set by {key}. {hint}")
    return values


def _read_value(key: str, value: Any, parameter: Any, kind: Any, known: Any) -> Any:
    """A value as the command line would give it.

    Raises
    ------
    ValueError
        With what is wanted instead.
    """
    kind = kind if kind in WANTED else next((one for one in get_args(kind) if one in WANTED), str)
    several = value if isinstance(value, list) and parameter.multiple else [value]
    if kind is str:  # a year or a code in numbers is text, too
        several = [str(one) if type(one) is int else one for one in several]
    if any(type(one) is not kind for one in several):
        raise ValueError(f"write {WANTED[kind]}{', or a list of such' * parameter.multiple}.")
    if kind is int and known.min is not None and several[0] < known.min:
        raise ValueError(f"write {known.min} or more.")
    if key == "language" and value not in list_languages():
        raise ValueError(f"write one of {', '.join(list_languages())}.")
    return several if parameter.multiple else several[0]
