"""The field that a program belongs to: what its government groups its programs by."""

import hashlib
from dataclasses import replace

import pandas as pd

from analysis.dataset.load import Dataset
from analysis.dataset.tables import PROGRAM
from analysis.errors import DataError

FIELDS = ("policy_group", "project", "department")
DIGITS_OF_A_GROUP = 10


def name_field(programs: pd.DataFrame) -> pd.Series:
    """Name the field of each program: its policy group, else its project, else its department.

    `programs` has one row per program, with those of these columns that are printed. Empty where
    none of them is: such a program has no field.

    Examples
    --------
    >>> programs = pd.DataFrame({"policy_group": ["福祉", None], "department": ["甲課", "乙課"]})
    >>> name_field(programs).tolist()
    ['福祉', '乙課']
    """
    field = pd.Series(pd.NA, index=programs.index, dtype="str")
    for name in FIELDS:
        if name in programs:
            field = field.fillna(programs[name].astype("str"))
    return field.fillna("")


def name_group(field: str) -> str:
    """Name the group of a field as parameters and folders do: the same for the same name.

    Empty for a program without a field.

    Examples
    --------
    >>> name_group("福祉")
    'g_39ad2d7696'
    """
    digest = hashlib.sha256(field.encode()).hexdigest()
    return f"g_{digest[:DIGITS_OF_A_GROUP]}" if field else ""


def list_groups(programs: pd.DataFrame) -> pd.DataFrame:
    """List the group of each program, by its last row.

    Returns
    -------
    One row per program with its keys, `field` (the name) and `group` (`name_group`); both are
    empty where it has none.
    """
    last = programs.drop_duplicates(PROGRAM, keep="last")
    field = name_field(last)
    names = {name: name_group(name) for name in field.unique()}
    return last[PROGRAM].assign(field=field, group=field.map(names)).reset_index(drop=True)


def keep_group(dataset: Dataset, group: str) -> Dataset:
    """Keep of the slice of a government and year the programs of one group, with all about them.

    Tables that are not about programs stay as they are.

    Raises
    ------
    DataError
        When no program is in the group; it names those there are.
    """
    groups = list_groups(dataset.programs)
    chosen = groups[groups["group"] == group]
    if chosen.empty:
        there = groups[groups["group"] != ""].drop_duplicates("group")
        named = ", ".join(f"{row.group} ({row.field})" for row in there.itertuples())
        raise DataError(f"no program is in the group {group!r}; there are: {named or 'none'}")
    keys = pd.MultiIndex.from_frame(chosen[PROGRAM])

    def keep(table: pd.DataFrame) -> pd.DataFrame:
        if not {*PROGRAM} <= {*table}:
            return table
        found = pd.MultiIndex.from_frame(table[PROGRAM]).isin(keys)
        return table[found].reset_index(drop=True)

    return replace(
        dataset,
        **{name: keep(table) for name, table in dataset.tables.items()},
        revisions={name: keep(table) for name, table in dataset.revisions.items()},
        shown_years=[shown for shown in dataset.shown_years if shown[:2] in keys],
    )
