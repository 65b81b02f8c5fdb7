"""What someone asks for, by a name, a code or a year as printed -> how the data name it.

`load` and the command ask here. A code or an id that the data hold is taken as it stands, at no
cost; names are only looked at where something else is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import PROGRAM, list_keys
from analysis.dataset.values import tidy
from analysis.dataset.vocabulary import KIND_OF_GOVERNMENT
from analysis.dataset.years import YEARS_EXPECTED, read_fiscal_years
from analysis.errors import DataError

Codes = defaultdict[str, dict[str, None]]
MOST_NAMED = 5
ALIKE = 65  # of 100: how alike a name must be to be proposed


def read_years(asked: Any) -> list[int]:
    """Read one fiscal year or several, each as a number or as text.

    Raises
    ------
    DataError
        When something asked for is no year, or a span with an open end, or nothing is.

    Examples
    --------
    >>> read_years("H30"), read_years([2017, "平成30年度"]), read_years("H28～R元")
    ([2018], [2017, 2018], [2016, 2017, 2018, 2019])
    """
    several = isinstance(asked, Iterable) and not isinstance(asked, str)
    years = [year for one in (asked if several else [asked]) for year in _read_year(one)]
    if not years:
        raise DataError("no year at all; leave fiscal_year out for all of them")
    return list(dict.fromkeys(years))


def _read_year(asked: Any) -> range:
    first = last = None
    if isinstance(asked, str):
        with suppress(DataError):
            first, last = read_fiscal_years(asked)
    elif isinstance(asked, int | float | np.integer) and asked == asked // 1:  # no nan, no half
        first = last = int(asked)
    if first is None or last is None:
        raise DataError(f"{asked!r} is no fiscal year; write {YEARS_EXPECTED}")
    return range(first, last + 1)


class Names:
    """The governments and the programs of some data, by their codes and by their names.

    Parameters
    ----------
    programs
        The table `programs`.

    Examples
    --------
    >>> programs = {"government_code": ["082201", "032018"], "government": ["つくば市", "盛岡市"],
    ...             "program_id": ["job_fair", "hub"], "program": ["合同就職面接会", "拠点形成"]}
    >>> names = Names(pd.DataFrame(programs))
    >>> names.find_government("つくば"), names.find_program("合同就職面接会")
    ('082201', 'job_fair')
    >>> names.find_program("jobfair")
    Traceback (most recent call last):
    ...
    analysis.errors.DataError: jobfair: not in the data. Did you mean job_fair (合同就職面接会)? ...
    """

    def __init__(self, programs: pd.DataFrame) -> None:
        self._programs = programs
        self._codes = set(programs["government_code"].unique())
        self._ids = set(programs["program_id"].unique())

    def find_government(self, asked: Any) -> str:
        """The code of a government that is asked for by its code or its name.

        The name may lack what kind of government it is (つくば).

        Raises
        ------
        DataError
            When it is no text, or no government or several are called so.
        """
        if not isinstance(asked, str):
            raise DataError(
                f"{asked!r} is not text: write the code in quotes, such as '082201', or the name"
            )
        code = tidy(asked)
        if code in self._codes:
            return code
        whole, short = self._governments
        name = _plain(asked)
        codes = list(whole.get(name) or short.get(name) or {})
        if len(codes) > 1:
            raise DataError(f"{asked}: {len(codes)} governments are called so; write {_or(codes)}")
        if codes:
            return codes[0]
        if (dropped := code.zfill(6)) in self._codes:
            raise DataError(f"{asked}: not in the data (its zero was dropped: {dropped})")
        named = dict(list_keys(self._programs, ["government_code", "government"]))
        raise DataError(tell_unknown(asked, {code: str(name) for code, name in named.items()}))

    def find_program(self, asked: Any, governments: Collection[str] = ()) -> str:
        """The id of a program that is asked for by its id or its name as published.

        Parameters
        ----------
        asked
            The id or the name.
        governments
            The codes of those whose program it may be; none: all.

        Raises
        ------
        DataError
            When there is no such program, or what has this name cannot be told from others by
            its id.
        """
        if not isinstance(asked, str):
            raise DataError(f"{asked!r} is not text: write the id in quotes, or the name")
        if asked in self._ids:
            return asked
        programs = self._programs
        if governments:
            programs = programs[programs["government_code"].isin(governments)]
        rows = list_keys(programs, [*PROGRAM, "program"])
        wanted = _plain(asked)
        called = {row[:2] for row in rows if _plain(row[2]) == wanted}
        ids = {program_id for _, program_id in called}
        alike = list(dict.fromkeys(row[:2] for row in rows if row[1] in ids))
        if len(ids) == 1 and len(alike) == len(called):
            return str(ids.pop())
        if called:
            which = _or(["/".join(key) for key in alike])
            raise DataError(f"{asked}: it may be {which}; give the government and the id")
        raise DataError(tell_unknown(asked, {row[1]: str(row[2]) for row in rows}))

    @cached_property
    def _governments(self) -> tuple[Codes, Codes]:
        """The codes by name, and by name without the kind of government."""
        whole: Codes = defaultdict(dict)
        short: Codes = defaultdict(dict)
        named = self._programs[["government_code", "government"]].drop_duplicates()
        for code, name in list_keys(named, ["government_code", "government"]):
            plain = _plain(name)
            whole[plain][code] = None
            short[KIND_OF_GOVERNMENT.sub("", plain)][code] = None
        return whole, short


def _plain(name: Any) -> str:
    return tidy(str(name)).replace(" ", "").casefold()


def _or(names: list[str]) -> str:
    more = f" or one of {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return " or ".join(names[:MOST_NAMED]) + more


def tell_unknown(asked: str, known: Mapping[str, str]) -> str:
    """Say that something is not in the data, what there is that looks like it, and how much.

    Parameters
    ----------
    asked
        What was asked for.
    known
        The names of what there is by code; an empty name where it has none.

    Examples
    --------
    >>> tell_unknown("082210", {"082201": "つくば市", "292087": "御所市"})
    '082210: not in the data. Did you mean 082201 (つくば市)? There are 2 in all.'
    """
    from rapidfuzz import fuzz, process, utils  # takes as long as a small folder: only when needed

    texts = [*known, *known.values()]
    codes = [*known, *known]
    found = process.extract(
        asked,
        texts,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=2 * MOST_NAMED,
        score_cutoff=ALIKE,
    )
    near = list(dict.fromkeys(codes[place] for _, _, place in found))
    shown = (near or list(known))[:MOST_NAMED]
    listed = ", ".join(f"{code} ({known[code]})" if known[code] else code for code in shown)
    named = asked or "''"
    if near:
        return f"{named}: not in the data. Did you mean {listed}? There are {len(known)} in all."
    such = ":" if len(known) <= MOST_NAMED else ", such as"
    return f"{named}: not in the data. There are {len(known)} in all{such} {listed or 'none'}."
