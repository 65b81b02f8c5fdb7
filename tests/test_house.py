"""The house: rooms in their order, words in one place, files and functions that fit a screen."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE, TESTS = ROOT / "src/analysis", ROOT / "tests"
ORDER = (
    *("errors", "environment", "glyphs", "typefaces"),
    *("dataset", "measures", "wording", "figures", "page", "intake", "engine", "batch", "cli"),
)
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST_FILE = 400, 45, 500
SIGNS = "（）％：、。～"  # which are a language's, too, in what is drawn or put on a page
LETTERS = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff]")
HOLD_LETTERS = {  # the letters of readers of printed cells, and of the breaking of lines
    *(f"dataset/{name}.py" for name in ("printed", "printed_text", "printed_words", "single")),
    *(f"dataset/{name}.py" for name in ("units", "values", "vocabulary", "years")),
    *(f"intake/{name}.py" for name in ("compound", "context", "labels", "names", "remarks")),
    "figures/canvas.py",
    *("intake/day_formats.py", "intake/format_codes.py"),  # those of a Japanese Excel
    "wording/trends.py",  # 累計 in the printed name of a KPI
    "page/export/markup.py",  # numbers of any notebook, in whatever signs
}
LANGUAGES = sorted(path.name for path in (SOURCE / "wording").glob("[a-z]*") if path.is_dir())
TESTED_ELSEWHERE = {
    "errors.py": "an exception without a line of its own",
    "engine/job.py": "two records without a line of their own",
    "engine/shell.py": "test_execute.py: notebooks that exit, raise groups, draw at random",
    "batch/task.py": "a record without a line of its own",
}


def modules(*rooms):
    """The modules of rooms, by their paths in the package."""
    paths = [path for room in rooms for path in (SOURCE / room).rglob("*.py")]
    paths += [path for room in rooms if (path := SOURCE / f"{room}.py").is_file()]
    return {path.relative_to(SOURCE).as_posix(): path for path in paths}


EVERY = modules(*ORDER)


def read(path):
    return path.read_text(encoding="utf-8")


def parse(path):
    return ast.parse(read(path))


def test_the_rooms_are_all_there_are():
    there = {path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")} - {"__init__.py"}
    assert {name.removesuffix(".py") for name in there} == {*ORDER}


def test_files_fit_on_a_few_screens():
    long = {name: read(path).count("\n") for name, path in EVERY.items()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def count_lines(function, lines):
    """The lines of code of a function: without its docstring, comments and empty lines."""
    first = function.body[0]
    is_said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = range(first.lineno, first.end_lineno + 1) if is_said else ()
    numbers = range(function.lineno, function.end_lineno + 1)
    own = [lines[number - 1].strip() for number in numbers if number not in said]
    return sum(bool(line) and not line.startswith("#") for line in own)


def test_functions_fit_on_a_screen():
    found = {
        f"{name}: {node.name}": count_lines(node, read(path).splitlines())
        for name, path in EVERY.items()
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def list_imports(path):
    """The modules of the package that a module imports, wherever in it it does so."""
    found = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis"):
            base = node.module.removeprefix("analysis").removeprefix(".").replace(".", "/")
            for alias in node.names:
                inner = f"{base}/{alias.name}".strip("/")
                found.add(next(filter(EVERY.get, (f"{inner}.py", f"{inner}/__init__.py")), base))
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names if a.name.startswith("analysis.")]
            found |= {name.removeprefix("analysis.").replace(".", "/") for name in names}
    return {next(filter(EVERY.get, (n, f"{n}.py", f"{n}/__init__.py")), n) for n in found} - {""}


IMPORTS = {name: list_imports(path) for name, path in EVERY.items()}


def test_imports_go_one_way_through_the_rooms():
    def room(name):
        return ORDER.index(name.partition("/")[0].removesuffix(".py"))

    back = [(a, b) for a, names in IMPORTS.items() for b in names if room(b) > room(a)]
    assert back == []


def test_no_modules_import_one_another():
    left = {name: names & EVERY.keys() - {name} for name, names in IMPORTS.items()}
    while free := {name for name, names in left.items() if not names & left.keys()}:
        left = {name: names for name, names in left.items() if name not in free}
    assert left == {}


def list_strings(path):
    """The string literals of a module that are no docstrings, with their lines."""
    tree = parse(path)
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said = [node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    docs = {id(first.value) for first in said if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_no_word_for_readers_stands_in_code():
    found = {
        f"{name}:{line}": text
        for name, path in EVERY.items()
        if name not in HOLD_LETTERS
        for line, text in list_strings(path)
        if LETTERS.search(text)
    }
    templates = [path for kind in ("*.j2", "*.css") for path in SOURCE.rglob(kind)]
    drawn = {
        f"{name}:{line}": text
        for name, path in modules("measures", "figures", "page").items()
        if name not in HOLD_LETTERS
        for line, text in list_strings(path)
        if set(SIGNS) & set(text)
    }
    assert found == {}
    assert drawn == {}
    assert [path.name for path in templates if LETTERS.search(read(path))] == []


def test_a_language_is_words_and_no_code():
    assert len(LANGUAGES) > 1
    kinds = {p.suffix for name in LANGUAGES for p in (SOURCE / "wording" / name).iterdir()}
    assert kinds == {".toml", ".md"}


@pytest.mark.parametrize("room", ORDER)
def test_every_module_has_a_file_of_tests_by_its_name(room):
    names = [name for name in modules(room) if not name.endswith("__init__.py")]
    assert names
    lacking = {name for name in names if not _find_tests(Path(name))}
    assert lacking == {name for name in TESTED_ELSEWHERE if name in names}


def _find_tests(path):
    """The tests of a module; those of a figure may stand beside its words, for all are drawn."""
    rooms = (path.parent, "wording") if path.parts[0] == "figures" else (path.parent,)
    return any((TESTS / room / f"test_{path.name}").is_file() for room in rooms)


def test_files_of_tests_are_not_longer_than_one_reads():
    long = {path.name: read(path).count("\n") for path in TESTS.rglob("*.py")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_TEST_FILE} == {}
