"""What the rubrics at hand would give for the same KPIs: how much hangs on the rubric."""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.keys import KPI_YEAR

PLACES = ("best", "between", "worst")


@dataclass(frozen=True)
class Gradings:
    """How many KPIs and rubrics a table of `list_grades` holds, and how many depend on which.

    `rubrics` of which `giving` grade at least one KPI and `giving_all` each of the `graded`
    KPIs; of those, `changing` have another place in the scale by another rubric, and
    `comparable` have two rubrics or more.
    """

    kpis: int
    graded: int
    rubrics: int
    giving: int
    giving_all: int
    changing: int
    comparable: int


@dataclass(frozen=True)
class Places:
    """One KPI with the rubrics by the place they give it.

    `by_place` holds (rubric, grade) by PLACES; `without` the rubrics that give no grade, by the
    note that says why. `is_open`: the actual is not final.
    """

    kpi: str
    fiscal_year: int
    is_open: bool
    by_place: dict[str, list[tuple[str, str]]]
    without: dict[str, list[str]]


def count_gradings(gradings: pd.DataFrame) -> Gradings:
    """Count for how many KPIs the place in the scale hangs on the rubric."""
    graded = gradings[gradings["standing"] != "unknown"]
    by_kpi = graded.groupby(KPI_YEAR, dropna=False)
    places, rubrics = by_kpi["standing"].nunique(), by_kpi["rubric"].nunique()
    per_rubric = graded["rubric"].value_counts()
    return Gradings(
        kpis=gradings.groupby(KPI_YEAR, dropna=False).ngroups,
        graded=by_kpi.ngroups,
        rubrics=gradings["rubric"].nunique(),
        giving=len(per_rubric),
        giving_all=int((per_rubric == by_kpi.ngroups).sum()),
        changing=int((places > 1).sum()),
        comparable=int((rubrics > 1).sum()),
    )


def list_places(gradings: pd.DataFrame) -> list[Places]:
    """List the KPIs that some rubric grades, each with the rubrics by the place they give it."""
    found = []
    for _, kpi in gradings.groupby(KPI_YEAR, sort=False, dropna=False):
        if (kpi["standing"] == "unknown").all():
            continue
        by_place: dict[str, list[tuple[str, str]]] = {place: [] for place in PLACES}
        without: dict[str, list[str]] = {}
        cells = (kpi[name] for name in ("standing", "rubric", "grade", "note"))
        for place, rubric, grade, note in zip(*cells, strict=True):
            if place == "unknown":
                without.setdefault(note, []).append(rubric)
            else:
                by_place[place].append((rubric, grade))
        first, is_open = kpi.iloc[0], bool((kpi["note"] == "not_final").any())
        found.append(Places(first["kpi"], first["fiscal_year"], is_open, by_place, without))
    return found


def list_giving(gradings: pd.DataFrame) -> set[str]:
    """List the rubrics that grade a KPI."""
    return set(gradings.loc[gradings["standing"] != "unknown", "rubric"])
