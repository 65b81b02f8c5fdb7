"""On what terms programs support somebody: kinds, rates and caps, loan frames, capacity.

All of it is what a document says will be offered, before anything was done. The trap: frames
nest, so their amounts are never added, and what is not printed is not zero.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.tables import INSTRUMENT_KINDS, PROGRAM
from analysis.dataset.vocabulary import CAP, FRAME, RATIO, YEN
from analysis.measures.keys import Rows, find_rows, list_keys, list_rows, take
from analysis.measures.needs import ONE_PROGRAM, check_table
from analysis.measures.rounding import round_half_up

TERM = [*PROGRAM, "source_id", "term"]
CAPACITY_KINDS = ("training", "space", "event", "advice", "matching", "prize")


class Limit(NamedTuple):
    """One more quantity of a support measure: 日数の上限 10日／１企業（初回のみ）."""

    what: str
    quantity: float
    unit: str | None
    per: str | None
    condition: str | None


def count_instruments(instruments: pd.DataFrame) -> pd.DataFrame:
    """Count for each kind of support the programs that offer it.

    Parameters
    ----------
    instruments
        The table of a dataset. A program named by several sources counts once.

    Returns
    -------
    One row per kind that occurs, most frequent first, with `kind`, `programs`,
    `with_quantity` (those of them for which at least one quantity of that kind is printed)
    and `all_programs`: those of which the support was taken into the table at all. Of other
    programs nothing is known here. A program may offer several kinds, so the shares
    programs / all_programs do not add to 1.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(instruments, "instruments", f"{ONE_PROGRAM} kind quantity")
    printed = instruments.assign(printed=instruments["quantity"].notna())
    offers = printed.groupby(["kind", *PROGRAM])["printed"].any()
    counts = offers.groupby("kind").agg(programs="size", with_quantity="sum")
    counts = counts.reindex([kind for kind in INSTRUMENT_KINDS if kind in counts.index])
    counts = counts.sort_values("programs", ascending=False, kind="stable")
    counts["all_programs"] = len(instruments[PROGRAM].drop_duplicates())
    return counts.astype("int64").rename_axis("kind").reset_index()


def count_flags(programs: pd.DataFrame) -> pd.DataFrame:
    """Count for each department the programs that the source marks as new or expanded.

    Only programs of sources that mark any program count. A program named by several of them
    counts once, as the last of them shows it.

    Returns
    -------
    One row per `department` in order of appearance, missing where none is named, with
    `programs`, `new` and `expanded`.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> programs = {"government_code": "080004", "program_id": ["a", "b"], "department": "課"}
    >>> programs |= {"flag": ["new", None], "source_id": "list"}
    >>> count_flags(pd.DataFrame(programs)).to_numpy().tolist()
    [['課', 2, 1, 0]]
    """
    check_table(programs, "programs", f"{ONE_PROGRAM} department flag source_id")
    marking = programs.loc[programs["flag"].notna(), "source_id"]
    marked = programs[programs["source_id"].isin(marking)]
    last = marked.drop_duplicates(PROGRAM, keep="last")
    marks = pd.DataFrame(
        {
            "department": last["department"],
            "programs": 1,
            **{flag: (last["flag"] == flag).astype("int64") for flag in ("new", "expanded")},
        }
    )
    return marks.groupby("department", sort=False, dropna=False).sum().reset_index()


def list_terms(instruments: pd.DataFrame) -> pd.DataFrame:
    """List the printed rates, each with the cap of its support measure side by side.

    Returns
    -------
    One row per printed rate (unit 割合), in the order of the rows, with `government_code`,
    `program_id`, `source_id`, `term`, `kind`, `what`, and

    rate, rate_before, rate_printed
        ratios now and before the change (missing: none is printed), and the words printed.
    cap_yen, cap_per
        the first cap (上限額) of the same measure in yen and what it is given for each of.
        A missing cap is one that is not printed, not "no cap".
    limits
        its other quantities as a tuple of Limit: what, quantity, unit, per, condition.
    condition, burden, place
        as in the table.

    The same measure may stand under two programs: it then has a row for each of them.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(instruments, "instruments", f"{ONE_PROGRAM} term kind what quantity unit")
    printed = instruments[instruments["quantity"].notna()].reset_index(drop=True)
    is_rate = printed["unit"] == RATIO
    is_cap = (printed["unit"] == YEN) & printed["what"].str.contains(CAP)
    rates = printed[is_rate].reset_index(drop=True)
    caps = printed[is_cap].drop_duplicates(TERM)
    others = printed[~is_rate].drop(caps.index)
    cap = find_rows(rates, caps, TERM)
    limits = _list_limits(others)
    return pd.DataFrame(
        {
            **{column: rates[column] for column in (*TERM, "kind", "what")},
            "rate": rates["quantity"],
            "rate_before": rates["quantity_before"],
            "rate_printed": rates["printed"],
            "cap_yen": _whole_yen(take(caps["quantity"], cap, rates.index)),
            "cap_per": take(caps["per"], cap, rates.index),
            "limits": pd.Series(
                [limits.get(key, ()) for key in list_keys(rates, TERM)], dtype=object
            ),
            **{column: rates[column] for column in ("condition", "burden", "place")},
        }
    )


def _list_limits(rows: pd.DataFrame) -> dict[tuple[str, ...], tuple[Limit, ...]]:
    """The quantities of each support measure."""
    limits: dict[tuple[str, ...], tuple[Limit, ...]] = {}
    keys = list_keys(rows, TERM)
    for key, cells in zip(keys, list_keys(rows, list(Limit._fields)), strict=True):
        printed: list[Any] = [None if pd.isna(cell) else cell for cell in cells]
        limits[key] = (*limits.get(key, ()), Limit(*printed))
    return limits


def _whole_yen(amounts: pd.Series) -> pd.Series:
    return round_half_up(amounts).astype("Int64")


def list_frames(instruments: pd.DataFrame) -> pd.DataFrame:
    """List the loan frames (融資枠) as the nest they are. Their amounts are never added.

    Returns
    -------
    One row per frame with a printed amount, each followed by the frames inside it, the larger
    first, with `government_code`, `program_id`, `source_id`, `term`, `yen`, `part_of`, and

    depth
        0 for a whole; also for a frame whose `part_of` is absent, or that lies in a circle.
    share_of_whole
        its amount / that of the whole it lies in; missing where the whole is 0.
    rest_yen
        what of its own amount no frame directly inside it names, at least 0; missing where
        there is no frame inside.
    is_new, condition, place
        as in the table.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(instruments, "instruments", f"{ONE_PROGRAM} term kind what quantity part_of")
    is_frame = (instruments["kind"] == "loan") & (instruments["what"] == FRAME)
    frames = instruments[is_frame & instruments["quantity"].notna()].reset_index(drop=True)
    frames = frames.sort_values(["quantity", *TERM], ascending=[False, *[True] * len(TERM)])
    frames = frames.assign(yen=_whole_yen(frames["quantity"])).reset_index(drop=True)
    parent = _find_parents(frames)
    depth, whole, order = _nest(parent)
    inside = frames["yen"].groupby(parent).sum().reindex(frames.index)
    of_whole = frames["quantity"].to_numpy()[whole]
    added = {
        "depth": depth,
        "share_of_whole": frames["quantity"] / np.where(of_whole > 0, of_whole, np.nan),
        "rest_yen": (frames["yen"] - inside).clip(lower=0),
    }
    columns = [*TERM, "yen", "part_of", *added, "is_new", "condition", "place"]
    return frames.assign(**added)[columns].iloc[order].reset_index(drop=True)


def _find_parents(frames: pd.DataFrame) -> Rows:
    """Find the position of the frame that holds each; -1 where none does, or in a circle."""
    parent = find_rows(frames.assign(term=frames["part_of"]), frames, TERM)
    above = parent
    for _ in parent:
        above = np.where(above >= 0, parent[above], -1)
    return np.where(above >= 0, -1, parent)


def _nest(parent: Rows) -> tuple[Rows, Rows, list[int]]:
    """Find the depth and the whole of each row, and the order that puts parts after wholes."""
    here = np.arange(len(parent))
    depth, whole, above = np.zeros_like(here), here, parent
    paths: list[tuple[int, ...]] = [(row,) for row in here.tolist()]
    while (inside := above >= 0).any():
        depth, whole = depth + inside, np.where(inside, above, whole)
        paths = [(up, *path) if up >= 0 else path for up, path in zip(above, paths, strict=True)]
        above = np.where(inside, parent[above], -1)
    return depth, whole, sorted(here.tolist(), key=paths.__getitem__)


def list_capacity(instruments: pd.DataFrame) -> pd.DataFrame:
    """List how much training, space, events, advice, matching and prizes is planned.

    Returns
    -------
    One row per printed quantity of these kinds that is neither a rate nor an amount of money
    (places, sessions, rooms, but also 1 week or 50㎡), in the order of the rows, with
    `government_code`, `program_id`, `source_id`, `term`, `kind`, `what`, `quantity`, `unit`,
    `per`, `condition`, `part_of`, `printed` and `place`. None of it is a result.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(instruments, "instruments", f"{ONE_PROGRAM} term kind what quantity unit")
    is_planned = instruments["kind"].isin(CAPACITY_KINDS) & instruments["quantity"].notna()
    is_planned &= ~instruments["unit"].isin([RATIO, YEN])
    columns = [*TERM, "kind", "what", "quantity", "unit", "per", "condition", "part_of", "printed"]
    return instruments.loc[is_planned, [*columns, "place"]].reset_index(drop=True)


@dataclass(frozen=True)
class Kinds:
    """How many programs offer support, of how many kinds, and of which a quantity is printed.

    `offers` counts a program once for each of its kinds, `with_quantity` those with a printed
    quantity; `without` are the kinds of which none is printed anywhere.
    """

    programs: int
    kinds: int
    most: list[tuple[str, int]]
    offers: int
    with_quantity: int
    without: tuple[str, ...]


MOST_KINDS = 3


def sum_instruments(counts: pd.DataFrame) -> Kinds:
    """Sum up the table of `count_instruments`: the most frequent kinds, and what is not printed."""
    most = counts.head(MOST_KINDS)
    return Kinds(
        programs=int(counts["all_programs"].iloc[0]),
        kinds=len(counts),
        most=list(zip(most["kind"], most["programs"], strict=True)),
        offers=int(counts["programs"].sum()),
        with_quantity=int(counts["with_quantity"].sum()),
        without=tuple(counts.loc[counts["with_quantity"] == 0, "kind"]),
    )


def add_neither(flags: pd.DataFrame) -> pd.DataFrame:
    """Add to the table of `count_flags` how many programs have neither mark (`neither`)."""
    return flags.assign(neither=flags["programs"] - flags["new"] - flags["expanded"])


def sum_flags(flags: pd.DataFrame) -> dict[str, int]:
    """Sum up the marks of all departments: programs, new, expanded, neither."""
    table = add_neither(flags)
    return {name: int(table[name].sum()) for name in ("programs", "new", "expanded", "neither")}


def range_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """List for each kind of support how many rates are printed, and between which they lie.

    `kind`, `rates`, `low` and `high`, from the table of `list_terms`.
    """
    groups = terms.groupby("kind", sort=False)["rate"]
    return groups.agg(rates="size", low="min", high="max").reset_index()


def keep_large(frames: pd.DataFrame, most: int, inside: int) -> list[pd.DataFrame]:
    """Keep the largest whole frames of `list_frames`, each with the largest directly in it.

    Where parts are left out, what of the frame no part names (`rest_yen`) is missing.
    """
    starts = np.cumsum(frames["depth"].to_numpy() == 0)
    nests = sorted(
        (nest for _, nest in frames.groupby(starts)), key=lambda nest: -nest["yen"].iloc[0]
    )
    kept = []
    for nest in nests[:most]:
        if len(nest) > inside + 1:
            parts = nest[nest["depth"] == 1]
            largest = parts["yen"].sort_values(ascending=False, kind="stable").index[:inside]
            nest = nest[(nest["depth"] == 0) | nest.index.isin(largest)].assign(rest_yen=np.nan)
        kept.append(nest)
    return kept


def list_nest(frames: pd.DataFrame) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """List each frame of `list_frames` with the frames directly inside it."""
    rows = list_rows(frames)
    return [(row, [part for part in rows if _holds(row, part)]) for row in rows]


def _holds(frame: dict[str, Any], part: dict[str, Any]) -> bool:
    same = all(frame[name] == part[name] for name in (*PROGRAM, "source_id"))
    return same and part["depth"] > 0 and bool(part["part_of"] == frame["term"])


def count_capacity(capacity: pd.DataFrame) -> tuple[int, dict[str, int]]:
    """Count the programs of `list_capacity`, and its quantities by kind, most frequent first."""
    counts = capacity["kind"].value_counts()
    programs = len(capacity[PROGRAM].drop_duplicates())
    return programs, {str(kind): int(count) for kind, count in counts.items()}
