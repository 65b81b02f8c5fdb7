"""What no paper prints of a KPI, concluded from its name and figures: always named as inferred."""

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.intake.vocabulary import GUESSES, HEADS, compact

OF = HEADS["of"]
BARE_COUNT, BESIDE = re.compile(HEADS["bare_count"]), re.compile(HEADS["beside"])


def guess_direction(
    kpi: str,
    baseline: float | None,
    target: float | None,
    targets: Sequence[float] = (),
    kind: str = "",
) -> str:
    """Where a KPI should go: as its figures say, else by the words of its name, else up.

    Its figures are baseline and target, and the targets of its years where they only rise. Where
    they only fall, the name must say so, too, for most are of a program that grows smaller: else
    it is unknown. An activity is there to be done: neither a word of its name nor plans that
    fall make less of it better.

    Examples
    --------
    >>> guess_direction("待機児童数", None, 0.0), guess_direction("来場者数", None, 100.0)
    ('down', 'up')
    >>> guess_direction("市内の件数", 120.0, 80.0)
    'down'
    >>> names = ("ごみの処理量", "人口減少率", "ごみの資源化率")
    >>> [guess_direction(name, None, None) for name in names]
    ['down', 'down', 'up']
    >>> guess_direction("廃棄物の処理量", None, None, [10, 20, 20, 30])
    'up'
    >>> guess_direction("事故防止講習の回数", None, None, [30, 20], kind="activity")
    'up'
    >>> guess_direction("補助した施設の数", None, None, [30, 20])
    'unknown'
    """
    if baseline is not None and target is not None and baseline != target:
        return "up" if target > baseline else "down"
    if kind == "activity":
        return "up"
    steps = [after - before for before, after in pairwise(targets) if after != before]
    if steps and all(step > 0 for step in steps):
        return "up"
    if _has("up", kpi):
        return "up"
    if _has("down", _head(kpi)):
        return "down"
    return "unknown" if steps and all(step < 0 for step in steps) else "up"


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


def _head(kpi: str) -> str:
    """What a KPI counts, without what is said of it: 受講者数 of 自殺対策研修の受講者数.

    Examples
    --------
    >>> _head("海難事故の件数（暦年）"), _head("事故防止研修の受講者数")
    ('海難事故の件数', '受講者数')
    """
    parts = BESIDE.sub("", compact(kpi)).split(OF)
    is_bare = len(parts) > 1 and BARE_COUNT.fullmatch(parts[-1])
    return OF.join(parts[-2:] if is_bare else parts[-1:])


def _has(kind: str, kpi: str) -> bool:
    return bool(_WORDS[kind].search(compact(kpi)))


_WORDS = {
    kind: re.compile("|".join(re.escape(compact(word)) for word in words))
    for kind, words in GUESSES.items()
}
