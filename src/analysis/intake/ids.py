"""Names of programs and KPIs -> ids that stay the same in every year and file.

An id is made of the printed name; where a folder has the name already, its own id is taken. A
name that is nearly one of the folder is taken for that one, as a doubt.
"""

import re
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.intake.names import DIGITS, make_id, number_id, same_name

NEAR = 90  # of 100, by the share of letters in common
NUMBERED = re.compile("k_[0-9a-f]{10}_[0-9a-z_]+")
SHORTEST = 6  # letters: shorter names are too soon near one another


@dataclass
class Known:
    """The ids a folder has: of governments by name, programs by government, KPIs by program."""

    governments: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of governments, by code
    programs: dict[str, dict[str, str]] = field(default_factory=dict)
    kpis: dict[str, dict[str, str]] = field(default_factory=dict)
    numbered: dict[tuple[str, str], str] = field(default_factory=dict)  # names by id of programs
    printed: set[str] = field(default_factory=set)  # names of what is read: of one paper, so apart

    def find_government(self, name: str) -> str:
        """The code of a government known by name, else one made of it."""
        return self.governments.get(same_name(name)) or make_id("x", name)

    def find_program(self, code: str, name: str, key: str = "") -> tuple[str, str]:
        """The id of a program, and the name it is only near to.

        Where the paper numbers its programs, the id is made of the number: names change.
        """
        if key:
            program_id, plain = number_id("p", key), same_name(name)
            before = self.numbered.setdefault((code, program_id), plain)
            return program_id, before if before != plain else ""
        return _find(self.programs.setdefault(code, {}), "p", name, self.printed)

    def find_kpi(self, code: str, program_id: str, name: str, key: str = "") -> tuple[str, str]:
        """The id of a KPI, and the name it is only near to; `key` tells two of one name apart."""
        known = self.kpis.setdefault(f"{code}/{program_id}", {})
        if key:
            return f"{make_id('k', name)}_{key}", ""
        return _find(known, "k", name, self.printed)


def read_known(tables: dict[str, pd.DataFrame]) -> Known:
    """Read which names and ids the tables of a folder have; later rows are the later word."""
    known = Known()
    programs, kpis = tables.get("programs"), tables.get("kpis")
    if programs is not None:
        for row in programs.to_dict("records"):
            code = row["government_code"]
            known.governments[same_name(row["government"])] = code
            known.names[code] = row["government"]
            known.programs.setdefault(code, {})[same_name(row["program"])] = row["program_id"]
            known.numbered[code, row["program_id"]] = same_name(row["program"])
    if kpis is not None:
        for row in kpis.to_dict("records"):
            key = f"{row['government_code']}/{row['program_id']}"
            if not NUMBERED.fullmatch(row["kpi_id"]):  # the second of one name
                known.kpis.setdefault(key, {})[same_name(row["kpi"])] = row["kpi_id"]
    return known


def _find(known: dict[str, str], prefix: str, name: str, printed: set[str]) -> tuple[str, str]:
    plain = same_name(name)
    if plain in known:
        return known[plain], ""
    near = _find_near(plain, {n: known[n] for n in known if n not in printed})
    known[plain] = known[near] if near else make_id(prefix, name)
    return known[plain], near


def _find_near(plain: str, known: dict[str, str]) -> str:
    """The one name that differs in a few letters, and in no digit."""
    if len(plain) < SHORTEST:
        return ""
    found = process.extract(plain, list(known), scorer=fuzz.ratio, score_cutoff=NEAR, limit=2)
    names = [name for name, *_ in found if _digits(name) == _digits(plain)]
    return names[0] if len({known[name] for name in names}) == 1 else ""


def _digits(name: str) -> list[str]:
    return DIGITS.findall(name)
