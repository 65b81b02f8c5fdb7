"""What the audit of published rates comes to: how many a formula explains, and by which."""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.explain import count_explained
from analysis.measures.rates import UNROUNDED


@dataclass(frozen=True)
class RatesFound:
    """How many published rates some formula gives.

    Of `rates`, `explained` are given by a formula (`by_formula`, most frequent first): of those,
    `circular` divide figures that were themselves concluded, `truncated` fit only cut off,
    `unrounded` only by figures before they were rounded (by which of them), and `reversed` are
    plain ratios of KPIs that should fall. `odd` rates are given by none, `of_program` are those
    of a whole program, and `unchecked` the others that cannot be checked (`why_unchecked` by
    reason, most frequent first).
    """

    rates: int
    explained: int
    by_formula: dict[str, int]
    circular: int
    truncated: int
    unrounded: dict[str, int]
    reversed: int
    odd: int
    of_program: int
    unchecked: int
    why_unchecked: dict[str, int]


def find_rates(audit: pd.DataFrame) -> RatesFound:
    """Find how many published rates are explained, and how, from the table of `audit_rates`."""
    counts, note = count_explained(audit), audit["finding_note"]
    explained = audit[audit["finding"].str.startswith("explained")]
    of_program = note == "rate_of_program"
    unchecked = audit[(audit["finding"] == "cannot_be_checked") & ~of_program]
    unrounded = {word: int((audit["rounding"] == word).sum()) for word in UNROUNDED}
    return RatesFound(
        rates=counts.figures,
        explained=counts.explained,
        by_formula=_count(explained["explained_by"]),
        circular=int((explained["finding_note"] == "figures_inferred").sum()),
        truncated=counts.truncated,
        unrounded={word: count for word, count in unrounded.items() if count},
        reversed=int((explained["finding_note"] == "reads_reversed").sum()),
        odd=counts.odd,
        of_program=int(of_program.sum()),
        unchecked=len(unchecked),
        why_unchecked=_count(unchecked["finding_note"]),
    )


def _count(words: pd.Series) -> dict[str, int]:
    counts = words[words != ""].astype("str").value_counts()
    return {str(word): int(count) for word, count in counts.items()}
