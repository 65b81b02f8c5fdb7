"""The field that a program belongs to: what its government groups its programs by."""

import pandas as pd

FIELDS = ("policy_group", "project", "department")


def name_field(programs: pd.DataFrame) -> pd.Series:
    """Name the field of each program: its policy group, else its project, else its department.

    `programs` has one row per program, with those of these columns that are printed. Empty where
    none of them is: such a program has no field.

    Examples
    --------
    >>> programs = pd.DataFrame({"policy_group": ["福祉", None], "department": ["福祉課", "市民課"]})
    >>> name_field(programs).tolist()
    ['福祉', '市民課']
    """
    field = pd.Series(pd.NA, index=programs.index, dtype="str")
    for name in FIELDS:
        if name in programs:
            field = field.fillna(programs[name].astype("str"))
    return field.fillna("")
