"""The word that says why a figure is missing, or what to mind: the first condition that holds.

Words are stored as categories (one byte a row), so that millions of rows carry their reasons
cheaply; they compare with text as text does.
"""

from typing import Any

import numpy as np
import pandas as pd

Reasons = list[tuple[Any, str]]
NOTES = (
    "",
    # why a figure is missing
    "no_actual",
    "no_target",
    "no_baseline",
    "no_baseline_year",
    "no_final_target",
    "no_final_year",
    "no_time_passed",
    "no_band",
    "zero_target",
    "zero_value",
    "zero_actual",
    "negative_value",
    "sign_change",
    "milestone",
    "keep_target",
    "target_range",
    "target_in_words",
    "not_due",
    "not_finite",
    "target_equals_baseline",
    "met_at_baseline",
    "increment_actual",
    "not_falling",
    "beyond_mirror",
    "level_kpi",
    "missing_year",
    "no_start_year",
    "before_start",
    "too_few_years",
    "final_year_passed",
    "no_scatter",
    "no_cost",
    "several_years",
    "planned_amount",
    "societal_kpi",
    "activity_kpi",
    "kind_unknown",
    "money_kpi",
    "not_a_count",
    "cumulative_actual",
    "nothing_achieved",
    "no_gain",
    "no_weight",
    "unit_changes",
    "leaves_range",
    "no_settled",
    "no_total",
    "zero_total",
    "no_carried_out",
    "shared_cost",
    "falling_kpi",
    "not_money",
    "zero_cost",
    "order_changes",
    "no_kpi",
    "only_repeats",
    "not_printed",
    "too_few_rows",
    "one_grade",
    "too_few_programs",
    "straddles_median",
    "no_value",
    "input_not_positive",
    "too_few_kpis",
    "no_sample_size",
    "not_a_share",
    "baseline_range",
    "already_final",
    "about_target",
    "planned_actual",
    # what to mind where there is one
    "reads_reversed",
    "direction_unknown",
    "mixed_aggregation",
    "assumed_baseline_year",
    "nature_not_stated",
    "budget_not_settled",
    "over_execution",
    "slack_remains",
    "far_ahead",
    "actual_estimated",
    "older_actual",
    "aggregation_unknown",
    "part_year",
    "series_break",
    "of_final_target",
    "about_value",
    "beyond_tenfold",
    # beside a published rate
    "rate_of_program",
    "figures_inferred",
    # of money, the plane, orders and intervals
    "with_personnel",
    "personnel_reckoned",
    "other_nature",
    "nothing_known",
    "unlike_items",
    "items_left_out",
    "not_events",
    "no_unit",
    "no_denominator",
    "printed_differs",
)
NOTE = pd.CategoricalDtype(NOTES)
CODE_OF_NOTE = {word: np.int8(code) for code, word in enumerate(NOTES)}


def first_word(reasons: Reasons, index: pd.Index) -> pd.Series:
    """Return in each row the word of the first condition that is true there, else "".

    Examples
    --------
    >>> target = pd.Series([0.0, float("nan"), 2.0])
    >>> reasons = [(target.isna(), "no_target"), (target == 0, "zero_target")]
    >>> first_word(reasons, target.index).tolist()
    ['zero_target', 'no_target', '']
    """
    codes = first_code(reasons) if reasons else np.zeros(len(index), dtype="int8")
    return pd.Series(words_of(codes), index=index)


def first_code(reasons: Reasons) -> Any:
    """Return the codes of the words `first_word` returns, one byte each; 0 where none holds."""
    codes = np.zeros(len(reasons[0][0]), dtype="int8")
    for condition, word in reversed(reasons):  # the first is written last
        np.copyto(codes, CODE_OF_NOTE[word], where=np.asarray(condition, dtype=bool))
    return codes


def words_of(codes: Any) -> pd.Categorical:
    """Turn codes into their words."""
    return pd.Categorical.from_codes(codes, dtype=NOTE, validate=False)


def count_notes(notes: pd.Series) -> dict[str, int]:
    """Count how often each word is given, in order of appearance; the empty one is none.

    Examples
    --------
    >>> count_notes(pd.Series(["no_target", "", "no_actual", "no_target"]))
    {'no_target': 2, 'no_actual': 1}
    """
    given = notes[notes != ""].astype("str")
    return {str(note): int(count) for note, count in given.value_counts(sort=False).items()}


def group_by_note(notes: pd.Series, names: pd.Series) -> dict[str, list[str]]:
    """List what each word is given for, in order of appearance; the empty one is none.

    Examples
    --------
    >>> group_by_note(pd.Series(["no_cost", "", "no_cost"]), pd.Series(["a", "b", "c"]))
    {'no_cost': ['a', 'c']}
    """
    groups = names[notes != ""].groupby(notes[notes != ""].astype("str"), sort=False)
    return {str(note): group.tolist() for note, group in groups}
