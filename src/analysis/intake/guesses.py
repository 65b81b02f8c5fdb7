"""What no paper prints of a KPI, concluded from its name and figures: always named as inferred."""

import re

from analysis.intake.vocabulary import GUESSES, compact


def guess_direction(kpi: str, baseline: float | None, target: float | None) -> str:
    """Where a KPI should go: from its baseline to its target, else by the words of its name.

    Examples
    --------
    >>> guess_direction("待機児童数", None, 0.0), guess_direction("来場者数", None, 100.0)
    ('down', 'up')
    >>> guess_direction("市内の件数", 120.0, 80.0)
    'down'
    """
    if baseline is not None and target is not None and baseline != target:
        return "up" if target > baseline else "down"
    return "down" if _has("down", kpi) else "up"


def guess_aggregation(kpi: str, unit: str) -> str:
    """How the years of a KPI add up, by the words of its name; unknown where none says it."""
    for kind in ("cumulative", "increment", "single_year", "level"):
        if _has(kind, kpi):
            return kind
    return "level" if compact(unit) in ("%", "‰") else "unknown"


def guess_kind(kpi: str) -> str:
    """What a KPI counts, by the words of its name; unknown where none says it."""
    for kind in ("societal", "outcome", "activity"):
        if _has(kind, kpi):
            return kind
    return "unknown"


def _has(kind: str, kpi: str) -> bool:
    return bool(_WORDS[kind].search(compact(kpi)))


_WORDS = {
    kind: re.compile("|".join(re.escape(compact(word)) for word in words))
    for kind, words in GUESSES.items()
}
