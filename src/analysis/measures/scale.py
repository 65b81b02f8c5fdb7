"""By which rate a figure shows how far KPIs got, in what order, and from which end to which."""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.kpis import is_part_year


def choose_scale(kpis: pd.DataFrame) -> str | None:
    """Choose the rate to draw: progress_rate, else achievement_rate of KPIs that should rise.

    None where no KPI has either.
    """
    if kpis["progress_rate"].notna().any():
        return "progress_rate"
    usable = kpis["achievement_rate"].notna() & ~_is_reversed(kpis)
    return "achievement_rate" if usable.any() else None


def _is_reversed(kpis: pd.DataFrame) -> pd.Series:
    """Whether the plain ratio is that of a KPI that should fall."""
    return kpis["achievement_rate_note"] == "reads_reversed"


def list_progress(kpis: pd.DataFrame, scale: str | None = None) -> list[dict[str, Any]]:
    """List the KPIs as a figure shows them: those that got furthest first, without a rate last.

    Added to each row are `scale` (else that of `choose_scale`), `shown` (its rate by that
    scale; missing where
    a plain ratio reads reversed) and `why` (the note of that rate). No row where there is no
    scale.
    """
    scale = scale or choose_scale(kpis)
    if scale is None:
        return []
    shown = kpis[scale]
    if scale == "achievement_rate":
        shown = shown.mask(_is_reversed(kpis))
    whys = kpis[f"{scale}_note"].tolist()
    rows = [
        row | {"shown": rate, "why": why, "scale": scale}
        for row, rate, why in zip(list_rows(kpis), shown.tolist(), whys, strict=True)
    ]
    rated = [row for row in rows if pd.notna(row["shown"])]
    ordered = sorted(rated, key=lambda row: row["shown"], reverse=True)
    return ordered + [row for row in rows if pd.isna(row["shown"])]


class RateRange(NamedTuple):
    """The lowest and the highest rate of some KPIs by one scale, and which were left out."""

    scale: str | None
    low: float
    high: float
    part_year: int
    reads_reversed: int


def find_rate_range(kpis: pd.DataFrame) -> RateRange:
    """Find the ends of the rates of KPIs with results of a whole year.

    A falling KPI's plain ratio, read reversed, is none. How many rates were left out for either
    reason stands beside; `scale` is None where no rate is left.
    """
    part = is_part_year(kpis)
    scale = choose_scale(kpis[~part])
    ratio = kpis["achievement_rate"].notna() & (scale != "progress_rate")
    rated = ratio | kpis["progress_rate"].notna()
    is_reversed = ratio & _is_reversed(kpis) & ~part
    left_out = (int((part & rated).sum()), int(is_reversed.sum()))
    if scale is None:
        return RateRange(None, float("nan"), float("nan"), *left_out)
    rates = kpis.loc[~part & ~is_reversed, scale].dropna()
    return RateRange(scale, float(rates.min()), float(rates.max()), *left_out)
