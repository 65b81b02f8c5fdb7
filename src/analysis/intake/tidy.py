"""The facts of a publication -> rows of the tidy tables.

A row is made of the facts of one key. What holds for a KPI in every year of a paper (unit,
direction, baseline, final target) stands in each of its rows. Of two prints of one figure the
first counts: the same again is left out, another is a problem.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.dataset.tables import TABLES
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.guesses import guess_aggregation, guess_direction, guess_kind
from analysis.intake.ids import Known
from analysis.intake.names import same_name
from analysis.intake.profiles import Profile
from analysis.intake.values import as_ratio, is_bare, plain_digits

Rows = list[dict[str, Any]]
Whose = tuple[str, str, str]
OF_KPI = (
    *("unit", "direction", "kpi_kind", "aggregation", "baseline", "baseline_year"),
    *("baseline_status", "baseline_bound", "baseline_upper", "baseline_printed"),
    *("final_target", "final_year", "final_target_status", "final_target_bound"),
    *("final_target_upper", "final_target_printed"),
)
SETTINGS = ("direction", "aggregation", "kpi_kind")
CODE = re.compile("[0-9]{6}|[0-9]{13}")
MONEY = ("amount_yen", "amount_status")
JOINED = ("department",)
RATES = ("published_rate", "published_execution_rate")


@dataclass
class Tidied:
    """The rows of one publication by table, its facts with what became of them, and guesses."""

    tables: dict[str, Rows]
    facts: list[Fact]
    guessed: dict[tuple[str, str], set[str]] = field(default_factory=dict)


class Tidier:
    """Makes the rows of one source."""

    def __init__(
        self,
        source_id: str,
        publisher: tuple[str, str],
        known: Known,
        settings: dict[tuple[str, str], dict[str, str]],
        profile: Profile | None = None,
    ) -> None:
        self.source_id = source_id
        self.code, self.government = publisher
        self.known = known
        self.settings = settings
        of_kpis = profile.kpis if profile else {}
        self.of_all = of_kpis.get("*", {})
        self.of_kpis = {same_name(name): said for name, said in of_kpis.items() if name != "*"}
        self.scheme = profile.source.get("scheme", "") if profile else ""
        self.facts: list[Fact] = []
        self.unread: dict[tuple[Whose, str, str, int | None], Fact] = {}
        self.misread: set[tuple[Whose, str, str, str]] = set()
        self.guessed: dict[tuple[str, str], set[str]] = {}
        self.ends: dict[Whose, str] = {}
        self.codes: dict[Whose, str] = {}
        self.near: dict[tuple[Whose, str], str] = {}

    def tidy(self, facts: Iterable[Fact]) -> Tidied:
        """Make all rows."""
        self.facts = list(facts)
        self.known.printed = {same_name(n) for f in self.facts for n in (f.program, f.kpi) if n}
        self.codes = {
            fact.whose: fact.value
            for fact in self.facts
            if fact.field == "government_code" and CODE.fullmatch(fact.value)
        }
        self.misread = {(*_of_kpi(f), f.field) for f in self.facts if f.outcome == PROBLEM}
        self.unread = {
            (f.whose, f.kpi, f.kpi_key, f.fiscal_year): f
            for f in reversed(self.facts)
            if f.field == "actual" and f.outcome == PROBLEM
        }
        programs = self._rows("programs", lambda f: f.whose)
        self.ends = {
            key: row["end_year"] for key, (row, _) in programs.items() if "end_year" in row
        }
        kpis = self._kpis()
        tables = {
            "programs": self._add_programs(programs),
            "budgets": self._budgets(),
            "kpis": kpis,
            "ratings": self._judgements("ratings"),
            "rating_axes": self._axes(),
            "observations": self._observations(),
        }
        self._doubt_near_names()
        return Tidied(tables, self.facts, self.guessed)

    def _doubt_near_names(self) -> None:
        """Make the first fact of a name that was taken for one nearly the same a doubt."""
        for number, fact in enumerate(self.facts):
            if fact.is_used and (fact.table, fact.field) in (
                ("programs", "program"),
                ("kpis", "kpi"),
            ):
                near = self.near.get((fact.whose, fact.kpi), "")
                if near:
                    note = f"{'same_number' if fact.key and not fact.kpi else 'near_name'}: {near}"
                    self.facts[number] = replace(fact, outcome=DOUBT, note=note)

    # what rows are of

    def _identify(self, fact: Fact) -> dict[str, str]:
        code = self.codes.get(fact.whose, self.code)
        if fact.government and fact.government != self.government and code == self.code:
            code = self.known.find_government(fact.government)
        program_id, near = self.known.find_program(code, fact.program, fact.key)
        if near:
            self.near[fact.whose, ""] = near
        return {"government_code": code, "program_id": program_id}

    def _find_kpi(self, of: dict[str, str], fact: Fact) -> tuple[str, str]:
        return self.known.find_kpi(of["government_code"], of["program_id"], fact.kpi, fact.kpi_key)

    def _trace(self, facts: list[Fact], inferred: Iterable[str] = ()) -> dict[str, Any]:
        doubts = {self._column(f.field) for f in facts if f.outcome == DOUBT}
        said = {name for f in facts for name in f.inferred.split()}
        corrected = {self._column(f.field): f.corrected for f in facts if f.corrected}
        named = sorted({*inferred, *said, *doubts, *corrected})
        trace = {
            "source_id": self.source_id,
            "place": facts[0].place,
            "inferred": " ".join(named),
        }
        return trace | ({"corrected": corrected} if corrected else {})

    @staticmethod
    def _column(name: str) -> str:
        return name.split(":")[0]

    def _used(self, table: str) -> list[tuple[int, Fact]]:
        return [(n, f) for n, f in enumerate(self.facts) if f.table == table and f.is_used]

    def _take(self, number: int, fact: Fact, row: dict[str, Any], column: str) -> bool:
        """Put a figure into a row; the same again is left out, another one is a problem."""
        if column not in row:
            row[column] = fact.value
            return True
        if row[column] == fact.value:
            same = replace(fact, outcome=LEFT_OUT, note="printed_again")
            self.facts[number] = same
        elif column in JOINED:
            row[column] += f"・{fact.value}" if fact.value not in row[column] else ""
            return True
        else:
            note = f"printed_otherwise: {row[column]}"
            self.facts[number] = replace(fact, outcome=PROBLEM, note=note)
        return False

    def _rows(self, table: str, key: Any) -> dict[Any, tuple[dict[str, Any], list[Fact]]]:
        found: dict[Any, tuple[dict[str, Any], list[Fact]]] = {}
        for number, fact in self._used(table):
            row, facts = found.setdefault(key(fact), ({}, []))
            if self._take(number, fact, row, fact.field):
                facts.append(fact)
                _add_printed(table, row, fact.field, fact)
        return found

    # tables

    def _add_programs(self, found: dict[Any, tuple[dict[str, Any], list[Fact]]]) -> Rows:
        """A row for every program that any fact is of."""
        for fact in self.facts:
            if fact.is_used and fact.table and fact.table != "programs" and fact.program:
                found.setdefault(fact.whose, ({}, [fact]))
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for whose, (row, facts) in found.items():
            government, program, _ = whose
            of = self._identify(facts[0])
            inferred = [] if "program" in row else ["program"]
            inferred += ["program_id"] if (whose, "") in self.near else []
            own = {name: what for name, what in row.items() if name != "government_code"}
            new = of | {"government": government or self.government, "program": program} | own
            own_facts = [f for f in facts if f.table == "programs"] or [
                replace(facts[0], outcome=READ, corrected="")
            ]
            trace = self._trace(own_facts, inferred)
            rows.setdefault((of["government_code"], of["program_id"]), new | trace)
        return list(rows.values())

    def _kpis(self) -> Rows:
        by_kpi: dict[tuple[Whose, str, str], list[tuple[int, Fact]]] = {}
        for number, fact in self._used("kpis"):
            of = (fact.whose, same_name(fact.kpi), fact.kpi_key)
            by_kpi.setdefault(of, []).append((number, fact))
        return [row for facts in by_kpi.values() for row in self._rows_of_kpi(facts)]

    def _rows_of_kpi(self, numbered: list[tuple[int, Fact]]) -> Iterable[dict[str, Any]]:
        shared: dict[str, Any] = {}
        years: dict[int, tuple[dict[str, Any], list[Fact]]] = {}
        first = numbered[0][1]
        of_kpi: list[Fact] = []
        told: set[tuple[str, int | None]] = set()
        for number, fact in numbered:
            if fact.field == "kpi":
                of_kpi += [fact] if fact.corrected else []
                continue
            if fact.field in OF_KPI:
                again = (fact.field, fact.fiscal_year) in told
                told.add((fact.field, fact.fiscal_year))
                if not again and shared.get(fact.field) == fact.value:
                    continue  # it holds for another year, too
                if self._take(number, fact, shared, fact.field):
                    of_kpi.append(fact)
                    _add_printed("kpis", shared, fact.field, fact)
            elif fact.fiscal_year is not None:
                row, facts = years.setdefault(fact.fiscal_year, ({}, []))
                if self._take(number, fact, row, fact.field):
                    facts.append(fact)
                    _add_printed("kpis", row, fact.field, fact)
        for fact in of_kpi if not years else ():
            if fact.fiscal_year is not None:
                years.setdefault(fact.fiscal_year, ({}, []))
        of = self._identify(first)
        kpi_id, near = self._find_kpi(of, first)
        if near:
            self.near[first.whose, first.kpi] = near
        base = of | {"kpi_id": kpi_id, "kpi": first.kpi}
        guessed = self._guess(base, shared, years)
        end = self.ends.get(first.whose)
        is_printed = (*_of_kpi(first), "final_year") in self.misread
        if end and "final_target" in shared and "final_year" not in shared and not is_printed:
            shared["final_year"] = end  # the last year of the program
            guessed = [*guessed, "final_year"]
        if near:
            guessed = [*guessed, "kpi_id"]
        for year in sorted(years):
            row, facts = years[year]
            concluded = [*guessed, *self._settle_actual(first, year, row)]
            trace = self._trace([*(facts or of_kpi), *of_kpi], concluded)
            yield base | {"fiscal_year": year} | shared | row | trace

    def _settle_actual(self, of: Fact, year: int, row: dict[str, Any]) -> list[str]:
        """Say what an actual is, or why there is none; what of that is concluded."""
        unread = None if "actual" in row else self._find_unread(of, year)
        if unread:  # printed, and not read: not absent from the paper
            row |= {"actual_status": "not_in_source", "actual_printed": unread.printed}
            return ["actual_status"]
        row.setdefault("actual_status", "final" if "actual" in row else "not_in_source")
        return []

    def _find_unread(self, of: Fact, year: int) -> Fact | None:
        """The actual of a KPI and year that is printed and could not be read."""
        return self.unread.get((of.whose, of.kpi, of.kpi_key, year))

    def _guess(
        self, of: dict[str, str], shared: dict[str, Any], years: dict[int, Any]
    ) -> list[str]:
        """Fill what nobody prints: as set for the KPI, else by its name and figures."""
        key = (of["program_id"], of["kpi_id"])
        of_kpi = self.of_all | self.of_kpis.get(same_name(of["kpi"]), {})
        said = of_kpi | self.settings.get(key, {})
        targets = [row["target"] for row, _ in years.values() if row.get("target")]
        goal = shared.get("final_target") or (targets[-1] if targets else None)
        base = shared.get("baseline")
        numbers = (float(base) if base else None, float(goal) if goal else None)
        kind = shared.get("kpi_kind") or said.get("kpi_kind", "")
        by_year = [float(t) for y in sorted(years) if (t := years[y][0].get("target"))]
        guesses = {
            "direction": guess_direction(of["kpi"], *numbers, by_year, kind),
            "aggregation": guess_aggregation(of["kpi"], shared.get("unit", "")),
            "kpi_kind": guess_kind(of["kpi"]),
        }
        guessed = [name for name in SETTINGS if name not in shared]
        if "unit" in of_kpi and "unit" not in shared:
            shared["unit"] = of_kpi["unit"]
            guessed.append("unit")
        for name in SETTINGS if guessed else ():
            if name in shared:
                continue
            shared[name] = said.get(name) or guesses[name]
        self.guessed.setdefault(key, set()).update(guessed)
        return guessed

    def _budgets(self) -> Rows:
        found: dict[Any, tuple[dict[str, Any], list[Fact]]] = {}
        for number, fact in self._used("budgets"):
            column, kind, item = (*fact.field.split(":", 2), "", "")[:3]
            if column == "published_execution_rate":
                kind = "settled"
            key = (fact.whose, fact.fiscal_year, fact.last_year, kind, item)
            if fact.fiscal_year is None:
                continue
            row, facts = found.setdefault(key, ({}, []))
            if self._take(number, fact, row, column):
                facts.append(fact)
                _add_printed("budgets", row, column, fact)
        rows = []
        for (_, year, last, kind, item), (row, facts) in found.items():
            new = self._identify(facts[0]) | {"fiscal_year": year, "kind": kind, "item": item}
            if "amount_yen" not in row:
                row.setdefault("amount_status", "not_in_source")
            nature = next((f.nature for f in facts if f.nature), "")
            rows.append(
                new | {"last_year": last or "", "nature": nature} | row | self._trace(facts)
            )
        return rows

    def _judgements(self, table: str) -> Rows:
        found = self._rows(table, lambda f: (f.whose, f.kpi, f.kpi_key, f.fiscal_year, f.rated_by))
        rows = []
        for (_, kpi, _, year, rated_by), (row, facts) in found.items():
            if year is None:
                continue
            of = self._identify(facts[0])
            kpi_id = self._find_kpi(of, facts[0])[0] if kpi else ""
            new = of | {"kpi_id": kpi_id, "fiscal_year": year, "rated_by": rated_by}
            if table == "ratings" and self.scheme:
                new["scheme"] = self.scheme
            rows.append(new | row | self._trace(facts))
        return rows

    def _observations(self) -> Rows:
        """A row for each other figure of a program."""
        found: dict[Any, tuple[dict[str, Any], list[Fact]]] = {}
        for number, fact in self._used("observations"):
            name, what, unit = fact.field.split(":", 2)
            if fact.fiscal_year is None:
                continue
            row, facts = found.setdefault((fact.whose, what, fact.fiscal_year), ({}, []))
            if self._take(number, fact, row, name):
                facts.append(fact)
                row |= {"what": what, "unit": unit}
                _add_printed("observations", row, name, fact)
        return [
            self._identify(facts[0]) | {"fiscal_year": year} | row | self._trace(facts)
            for (_, _, year), (row, facts) in found.items()
        ]

    def _axes(self) -> Rows:
        rows = []
        for row in self._judgements("rating_axes"):
            corrected = row.pop("corrected", {})
            about = {n: row.pop(n) for n in list(row) if n not in TABLES["rating_axes"].columns}
            concluded = row["inferred"].split()
            for axis, level in about.items():
                new = row | {"axis": axis, "level": level}
                new["inferred"] = "level" if axis in concluded else ""
                own = {"level": corrected[axis]} if axis in corrected else {}
                rows.append(new | ({"corrected": own} if own else {}))
        return rows


def _of_kpi(fact: Fact) -> tuple[Whose, str, str]:
    return fact.whose, fact.kpi, fact.kpi_key


def _add_printed(table: str, row: dict[str, Any], column: str, fact: Fact) -> None:
    """Keep the text a figure was read from, where it is not the bare number."""
    definition = TABLES[table].columns.get(column)
    if not definition or not definition.printed or definition.printed in row:
        return
    if column in RATES:
        digits = plain_digits(fact.printed)
        if digits and (fact.corrected or as_ratio(digits) == fact.value):  # in per cent, no ratio
            row[definition.printed] = digits
    elif not is_bare(fact.printed) or (
        (column == "amount_yen" or fact.corrected) and not _same(fact)
    ):
        row[definition.printed] = fact.printed.replace("\n", " ")


def _same(fact: Fact) -> bool:
    return fact.printed.strip() == fact.value
