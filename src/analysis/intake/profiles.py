"""A profile: what a publication does not say itself, written down for its files.

It names what holds for the whole paper (`source`), words of its headers (`words`), what its KPIs
are (`kpis`), and for tables that no guess can read, what each column is (`tables`).
"""

import dataclasses
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import process

from analysis.dataset.kinds import KINDS
from analysis.dataset.tables import TABLES
from analysis.dataset.values import YEN_PER_UNIT
from analysis.errors import DataError
from analysis.intake.grid import number_of
from analysis.intake.labels import Label
from analysis.intake.vocabulary import compact

SPAN = re.compile("[A-Z]{1,3}:[A-Z]{1,3}")
FIRST_YEAR = 1900
FOLDER = Path(__file__).with_name("profiles")
NAMES = ("government", "program", "project", "department", "policy_group", "grant_name")
FIELDS = (
    *NAMES,
    *("key", "kpi", "kpi_key", "unit", "fiscal_year", "line", "direction", "aggregation"),
    *("kpi_kind", "baseline", "target", "actual", "final_target", "amount", "published_rate"),
    *("published_execution_rate", "progress", "effectiveness", "efficiency", "grade", "policy"),
    *("axis", "start_year", "end_year", "period", "final_year", "baseline_year", "actual_year"),
    *("observation", ""),
)
OF_SOURCE = ("government", "unit", "scheme")  # beside the columns of the table
OF_BLOCK = {
    "kind": TABLES["budgets"].columns["kind"].words,
    "status": TABLES["budgets"].columns["amount_status"].words,
}
OF_KPI = {
    name: TABLES["kpis"].columns[name] for name in ("direction", "aggregation", "kpi_kind", "unit")
}


@dataclass(frozen=True)
class Column:
    """What one column of a table is.

    `kpi` names the column that holds the name of the KPI its figures are of, `unit_from` the one
    that holds the unit, `otherwise` the one that counts where this one is empty. `words` say what
    printed words stand for. `each` is whether every cell of names is a KPI of its own, though two
    have one name, `optional` whether a file may lack it, `fill` whether
    an empty cell says what the one above it says. `fiscal_year` is a year that stands in no
    header, `shift` how many years after that of its row its figures are.
    """

    field: str = ""
    kind: str = ""
    nature: str = ""
    item: str = ""
    unit: str = ""
    status: str = ""
    rated_by: str = ""
    kpi: str = ""
    unit_from: str = ""
    otherwise: str = ""
    kpi_kind: str = ""
    direction: str = ""
    aggregation: str = ""
    fiscal_year: int = 0
    shift: int = 0
    each: bool = False
    optional: bool = False
    fill: bool = False
    words: dict[str, Any] = dataclasses.field(default_factory=dict)

    @cached_property
    def _said(self) -> dict[str, Any]:
        return {compact(word): what for word, what in self.words.items()}

    def say(self, text: str) -> Any:
        """What a printed word stands for; None where nothing is said of it."""
        return self._said.get(compact(text)) if self.words else None


@dataclass(frozen=True)
class Block:
    """Columns that come again for another year, without a heading that says which.

    What it says (`fiscal_year`, `field`, `kind`, `status`) holds for those of its columns whose
    own rule leaves it open.
    """

    columns: str
    fiscal_year: int
    field: str = ""
    kind: str = ""
    status: str = ""
    concluded: bool = False  # whether the year is no more than likely

    @property
    def numbers(self) -> range:
        """Its columns by number."""
        first, last = map(number_of, self.columns.split(":"))
        return range(first, last + 1)


@dataclass(frozen=True)
class Table:
    """What the columns of one table are, by their header or letter."""

    file: str = "*"
    sheet: str = "*"
    published_in: str = ""  # the column of the year it was published in: of results the year before
    header: int = 1
    last: int = 0  # row; 0: as far as there are cells
    unit: str = ""
    columns: dict[str, Column] = dataclasses.field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    skip: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        of_columns = [n for c in self.columns.values() for n in (c.kpi, c.unit_from, c.otherwise)]
        named = (*self.columns, *self.skip, *of_columns, self.published_in)
        return tuple(compact(name) for name in named if name)

    def names(self, header: str, letters: str = "") -> bool:
        """Whether it says anything of the column of a header."""
        plain = compact(header)
        return letters in self._named or any(fnmatchcase(plain, name) for name in self._named)


@dataclass(frozen=True)
class Profile:
    """What is said of the files of one publication."""

    name: str
    files: tuple[str, ...] = ()
    source: dict[str, Any] = dataclasses.field(default_factory=dict)
    reasons: dict[str, str] = dataclasses.field(default_factory=dict)
    words: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    kpis: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def fiscal_year(self) -> int | None:
        """The year whose results the paper gives, where it is said."""
        return self.source.get("fiscal_year")

    def table_of(self, file: str, sheet: str) -> Table | None:
        """What is said of a sheet."""
        fit = (t for t in self.tables if fnmatchcase(file, t.file) and fnmatchcase(sheet, t.sheet))
        return next(fit, None)

    def keeps(self, file: str, sheet: str, header: str) -> bool:
        """Whether a column of a table is to be held at all."""
        table = self.table_of(file, sheet)
        return not self.tables or (table is not None and table.names(header))

    def leaves_out(self, sheet: str) -> bool:
        """Whether a sheet is not to be read."""
        return any(fnmatchcase(sheet, pattern) for pattern in self.leave_out)


def list_profiles(beside: Path | None = None) -> dict[str, Path]:
    """The profiles there are by name: the package's, and over them those beside the data."""
    folders = [FOLDER, *([beside / "profiles"] if beside else [])]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def find_profile(file: str, said: str, beside: Path | None = None) -> Profile | None:
    """Find the profile of a file: the one that is said (a name, or a path), else by its name.

    Raises
    ------
    DataError
        If there is none of that name, if several fit, or if it is written wrongly.
    """
    known = list_profiles(beside)
    if said:
        path = Path(said) if said.endswith(".toml") else known.get(said)
        if path is None or not path.is_file():
            raise DataError(
                f"there is no profile {said!r}. Expected a path, or one of {', '.join(known)}."
            )
        return read_profile(path)
    fit = [p for p in map(read_profile, known.values()) if _fits(p, file)]
    if len(fit) > 1:
        names = ", ".join(p.name for p in fit)
        raise DataError(f"{file}: several profiles fit ({names}). Say one with --profile.")
    return fit[0] if fit else None


def _fits(profile: Profile, file: str) -> bool:
    return any(fnmatchcase(file, pattern) for pattern in profile.files)


def read_profile(path: Path) -> Profile:
    """Read a profile and tell everything that is wrong with it at once."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is no TOML ({error}).") from error
    wrong = list(_find_wrong(said))
    if wrong:
        raise DataError("\n".join(f"{path}: {line}" for line in wrong))
    tables = tuple(_make_table(table) for table in said.pop("tables", []))
    words = {w: as_rule(rule) for w, rule in said.pop("words", {}).items()}
    files, leave_out = (tuple(said.pop(name, [])) for name in ("files", "leave_out"))
    return Profile(path.stem, files, words=words, leave_out=leave_out, tables=tables, **said)


def as_rule(said: str | dict[str, Any]) -> dict[str, Any]:
    """A rule of a column or word: its field alone, or all that is said."""
    return {"field": said} if isinstance(said, str) else dict(said)


def _make_table(said: dict[str, Any]) -> Table:
    columns = {name: Column(**as_rule(rule)) for name, rule in said.get("columns", {}).items()}
    blocks = tuple(Block(**block) for block in said.get("blocks", []))
    skip = {name: tuple(words) for name, words in said.get("skip", {}).items()}
    plain = {k: v for k, v in said.items() if k not in ("columns", "blocks", "skip")}
    return Table(**plain, columns=columns, blocks=blocks, skip=skip)


def _find_wrong(said: dict[str, Any]) -> Iterator[str]:
    """What no profile can say, a line each."""
    yield from _find_unknown("", said, _names_of(Profile) - {"name"})
    yield from _find_unknown(
        "source", said.get("source", {}), {*TABLES["sources"].columns, *OF_SOURCE}
    )
    yield from _find_wrong_source(said.get("source", {}))
    for name, kpi in said.get("kpis", {}).items():
        yield from _find_unknown(f"kpis.{name!r}", kpi, {*OF_KPI})
        for key, what in kpi.items():
            words = OF_KPI[key].words if key in OF_KPI else ()
            if words and what not in words:
                yield f"kpis.{name!r}: {key} is {what!r}. Expected one of {', '.join(words)}."
    for name, rule in said.get("words", {}).items():
        yield from _find_unknown(f"words.{name!r}", as_rule(rule), _names_of(Label) | {"exact"})
    for number, table in enumerate(said.get("tables", []), 1):
        where = f"tables {number}"
        yield from _find_unknown(where, table, _names_of(Table))
        if table.get("unit", "") not in ("", *YEN_PER_UNIT):
            yield f"{where}: unit is {table['unit']!r}. Expected one of {', '.join(YEN_PER_UNIT)}."
        for name, rule in table.get("columns", {}).items():
            yield from _find_wrong_column(f"{where}: column {name!r}", as_rule(rule))
        for block in table.get("blocks", []):
            yield from _find_unknown(f"{where}: blocks", block, _names_of(Block))
            if not SPAN.fullmatch(block.get("columns", "A:A")):
                yield f"{where}: a block of columns {block['columns']!r}. Expected letters, K:P."
            if not isinstance(block.get("fiscal_year", 0), int):
                yield f"{where}: a block of {block['fiscal_year']!r}. Expected a year, 2018."
            for key, words in OF_BLOCK.items():
                if block.get(key, "") not in ("", *words):
                    told = ", ".join(words)
                    yield f"{where}: {key} of a block is {block[key]!r}. Expected one of {told}."
            yield from (
                f"{where}: a block without {need}."
                for need in ("columns", "fiscal_year")
                if not block.get(need)
            )


def _find_wrong_source(source: dict[str, Any]) -> Iterator[str]:
    year, unit, code = (source.get(name) for name in ("fiscal_year", "unit", "government"))
    if year is not None and not (isinstance(year, int) and year > FIRST_YEAR):
        yield f"source: fiscal_year is {year!r}. Expected a year such as 2018."
    if unit is not None and unit not in YEN_PER_UNIT:
        yield f"source: unit is {unit!r}. Expected one of {', '.join(YEN_PER_UNIT)}."
    if code and not re.fullmatch(KINDS["code"].pattern, str(code)):
        yield f"source: government is {code!r}. Expected {KINDS['code'].expected}."


def _find_wrong_column(where: str, rule: dict[str, Any]) -> Iterator[str]:
    yield from _find_unknown(where, rule, _names_of(Column))
    if rule.get("field", "") not in FIELDS:
        yield f"{where}: field is {rule['field']!r}.{_suggest(rule['field'], FIELDS)}"
    allowed = {
        **OF_KPI,
        "kind": TABLES["budgets"].columns["kind"],
        "nature": TABLES["budgets"].columns["nature"],
    }
    for key, definition in allowed.items():
        if definition.words and rule.get(key, "") not in ("", *definition.words):
            yield f"{where}: {key} is {rule[key]!r}. Expected one of {', '.join(definition.words)}."


def _find_unknown(where: str, said: dict[str, Any], known: set[str]) -> Iterator[str]:
    for name in said.keys() - known:
        yield f"{where + ': ' if where else ''}{name!r} is no key here.{_suggest(name, known)}"


def _suggest(name: str, known: Any) -> str:
    near = process.extractOne(name, sorted(known), score_cutoff=60)
    return (
        f" Did you mean {near[0]!r}?" if near else f" Expected one of {', '.join(sorted(known))}."
    )


def _names_of(what: Any) -> set[str]:
    return {one.name for one in dataclasses.fields(what)}
