"""What was published against what the published figures give: judgements, rates, grades.

Where published figures do not explain a grade or a rate, that is said, and never called
wrong: the criteria may stand in a paper that is not at hand.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.achievement import RATES, SIGN_OF_DIRECTION, add_reversed_ratio
from analysis.measures.keys import find_rows, list_keys
from analysis.measures.needs import ALL_RATES, KPI_YEAR, check_table
from analysis.measures.rounding import round_figures, whole_half_up
from analysis.measures.rubrics import KEYS, apply_rubric
from analysis.measures.words import CODE_OF_NOTE, NOTE, first_word, words_of

PROGRAM_YEAR = ["government_code", "program_id", "fiscal_year"]
FIGURES = ["kpi", "unit", "direction", "baseline", "target", "actual", "actual_status"]
EXPLAINED_BY_FINDING = {
    "no_kpi": "no",
    "program_as_a_whole": "unknown",
    "no_actual": "no",
    "worse_than_baseline": "no",
    "missed_but_best_word": "no",
    "reached_but_lower_word": "unknown",
    "not_judged": "unknown",
    "nothing_against_it": "yes",
}
FORMULAS = (*RATES, "reversed_ratio", "mirrored_ratio")
FINAL_FIRST = sorted(range(len(FORMULAS)), key=lambda n: FORMULAS[n] != "final_rate")
NOT_PRINTED = ("no_baseline", "no_baseline_year", "no_final_target", "no_final_year")
NEEDED_FOR_RATES = (*FIGURES, *RATES, *(f"{name}_note" for name in RATES), "reached_note")
ROWS_FOR_KAPPA = 20


def audit_published(
    kpis: pd.DataFrame, ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    """Ask of each published judgement whether the published figures explain it.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    ratings
        One row per published judgement of a program, or of one of its KPIs.
    rubrics
        The rubrics by name; a judgement's `scheme` names its own. Its `progress_words` are
        the published words of progress, best first.

    Returns
    -------
    The same judgements in the same order (without those that only print a rate, which
    `audit_rates` is for) with the KPI's figures, rates and `reached`, what
    the rubric gives for the published levels or the figures (`rubric_grade`, `rubric_note`,
    see `apply_rubric`; no_rubric where none is known), the rank of the word of progress
    (`progress_rank`, 0 the best, missing where unknown), and the words `finding` and
    `explained`:

    ========================  =========  ==================================================
    finding                   explained  when
    ========================  =========  ==================================================
    no_kpi                    no         judged, but no KPI is published
    program_as_a_whole        unknown    not one KPI is judged but a program that has KPIs
    no_actual                 no         judged, but no actual is published
    worse_than_baseline       no         a word of progress, though the actual moved from
                                         the baseline away from the target
    missed_but_best_word      no         the best word, though the target was missed
    reached_but_lower_word    unknown    the target was reached, the word is not the best:
                                         the final target may count
    not_judged                unknown    no word of progress, or one of unknown rank
    nothing_against_it        yes        none of these
    ========================  =========  ==================================================

    "yes" means that no figure at hand contradicts the word, not that the word follows.

    Raises
    ------
    DataError
        When `kpis` has a KPI twice in one fiscal year.
    """
    check_table(
        kpis, "kpis", f"{KPI_YEAR} kpi unit reached achievement_rate progress_rate final_rate"
    )
    check_table(ratings, "ratings", f"{KPI_YEAR} scheme")
    ratings = ratings[~_is_only_a_rate(ratings)]
    whole = _with_kpis(kpis, ratings)
    rates = ["achievement_rate", "progress_rate", "final_rate", "reached"]
    judged = whole[[*ratings.columns, *FIGURES, "final_target", *rates]]
    words = judged["scheme"].map(lambda s: rubrics.get(s, {}).get("progress_words", []))
    rank = pd.Series(
        [w.index(p) if p in w else -1 for w, p in zip(words, judged["progress"], strict=True)],
        index=judged.index,
        dtype="int64",
    )
    finding = _finding(judged, rank, kpis)
    return judged.assign(
        progress_rank=rank.where(rank >= 0),
        finding=finding,
        explained=finding.map(EXPLAINED_BY_FINDING),
        **_grades_by_rubric(whole, rubrics),
    )


def _is_only_a_rate(ratings: pd.DataFrame) -> pd.Series:
    """Whether a row publishes a rate and no word: nothing is judged by it."""
    words = ratings.reindex(columns=["progress", "effectiveness", "efficiency", "grade"])
    rate = ratings.get("published_rate", pd.Series(np.nan, index=ratings.index))
    return words.isna().all(axis=1) & rate.notna()


def _with_kpis(
    kpis: pd.DataFrame, ratings: pd.DataFrame, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Put the KPI's own columns, or some of them, beside each judgement."""
    keys = list_keys(kpis, KEYS)
    if len(set(keys)) < len(keys):
        twice = kpis[kpis.duplicated(KEYS)]
        raise DataError(
            f"kpis: {len(twice)} row(s) repeat a KPI in one fiscal year, the first "
            f"{' '.join(str(cell) for cell in twice[KEYS].iloc[0])}; expected one row each: "
            "give the tables of `load`, which keeps the latest edition"
        )
    own = [c for c in kpis if c not in ratings and (columns is None or c in columns)]
    beside = kpis[own].reset_index(drop=True).reindex(find_rows(ratings, kpis, KEYS))
    return pd.concat([ratings, beside.set_axis(ratings.index)], axis=1)


def _finding(judged: pd.DataFrame, rank: pd.Series, kpis: pd.DataFrame) -> pd.Series:
    sign = judged["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    worse = (judged["actual"] - judged["baseline"]) * sign < 0
    worse |= (judged["progress_rate"] < 0) & sign.isna()
    no_kpi, reached = judged["kpi"].isna(), judged["reached"]
    has_kpis = find_rows(judged, kpis, PROGRAM_YEAR) >= 0
    words = {
        "program_as_a_whole": judged["kpi_id"].isna() & has_kpis,
        "no_kpi": no_kpi,
        "no_actual": judged["actual"].isna(),
        "not_judged": rank < 0,
        "worse_than_baseline": worse & (reached != "yes"),
        "missed_but_best_word": (reached == "no") & (rank == 0),
        "reached_but_lower_word": (reached == "yes") & (rank > 0),
    }
    found = np.select(list(words.values()), list(words), "nothing_against_it")
    return pd.Series(found, index=judged.index, dtype="str")


def _grades_by_rubric(
    judged: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> dict[str, pd.Series]:
    grade = pd.Series("unknown", index=judged.index, dtype="str")
    note = pd.Series("no_rubric", index=judged.index, dtype="str")
    for name in judged["scheme"].dropna().unique():
        if name in rubrics:
            graded = apply_rubric(judged[judged["scheme"] == name], rubrics[name])
            grade, note = (
                graded[column].reindex(judged.index).fillna(other)
                for column, other in (("rubric_grade", grade), ("rubric_note", note))
            )
    return {"rubric_grade": grade, "rubric_note": note}


def audit_rates(kpis: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """Find the formula and the rounding that explain each published rate.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    ratings
        One row per published judgement, with `published_rate` (a ratio) and
        `published_rate_printed` (the same in percent as printed: its decimals count).

    Returns
    -------
    One row per published rate, in the order given, with the KPI's figures and

    explained_by
        the formula that gives the printed figure: one of the rates of `add_achievement`,
        else reversed_ratio (target / actual) or mirrored_ratio (2 - actual / target, see
        `add_reversed_ratio`); empty where none does.
    rounding
        half_up, else truncated: the first by which any formula fits; truncated_or_half_even
        where the figure lies on a half and Python's rounding prints the same as cutting off
        (rounding to even explains no figure that neither of the others does).
    also
        the other formulas that fit by that rounding, with blanks between.
    computed
        the ratio that formula gives, not rounded; missing where none fits.
    finding
        explained, explained_truncated, anomaly (rates can be had, none gives the printed
        figure) or cannot_be_checked (none can be had).
    finding_note
        what to mind of the explaining formula, such as reads_reversed; why a rate cannot be
        checked (no_kpi, no_actual, ..., not_printed: its decimals are not known); for an
        anomaly what the documents do not print, so that not every formula could be tried.

    An anomaly is a figure to ask about, not an error: its formula may be another one.

    Raises
    ------
    DataError
        When a printed rate is another number than `published_rate`, or `kpis` has a KPI
        twice in one fiscal year.

    Source: docs/methods.md, who prints which rate.
    """
    check_table(kpis, "kpis", f"{KPI_YEAR} kpi unit {ALL_RATES}")
    check_table(ratings, "ratings", f"{KPI_YEAR} published_rate published_rate_printed")
    published = ratings[ratings["published_rate"].notna()]
    rated = _with_kpis(kpis, published, NEEDED_FOR_RATES)
    rates, notes = _list_formulas(rated)
    printed, decimals = _read_printed(rated)
    up, cut, even = (
        _prints(rates, printed, decimals, to_whole)
        for to_whole in (whole_half_up, np.floor, np.rint)
    )
    by_up, by_cut, by_even = up.any(axis=1), cut.any(axis=1), (cut & even).any(axis=1)
    rounding = np.select(
        [by_up, by_even, by_cut], ["half_up", "truncated_or_half_even", "truncated"], ""
    )
    fitting = np.where(by_up[:, np.newaxis], up, cut)
    late = rated["reached_note"] == "not_due"  # then the printed target is the final one
    found = [
        [n for n in (FINAL_FIRST if by_final else range(len(FORMULAS))) if fits[n]]
        for fits, by_final in zip(fitting, late, strict=True)
    ]
    by = np.array([fits[0] if fits else -1 for fits in found], dtype=np.intp)
    known = ~np.isnan(rates).all(axis=1) & ~np.isnan(decimals)
    finding = np.select(
        [~known, by < 0, ~by_up],
        ["cannot_be_checked", "anomaly", "explained_truncated"],
        "explained",
    )
    row = np.arange(len(by))
    return rated[[*ratings.columns, *FIGURES]].assign(
        explained_by=_texts([FORMULAS[n] if n >= 0 else "" for n in by]),
        rounding=_texts(rounding),
        also=_texts([" ".join(FORMULAS[n] for n in fits[1:]) for fits in found]),
        computed=np.where(by < 0, np.nan, rates[row, by]),
        finding=_texts(finding),
        finding_note=_finding_note(rated, notes, by, finding, decimals),
    )


def _texts(words: Any) -> Any:
    return pd.array(words, dtype="str")


def _list_formulas(rated: pd.DataFrame) -> tuple[Any, Any]:
    """The rates of all formulas, one column each in the order of FORMULAS, and their notes."""
    figures = rated[["direction", "target", "actual"]]
    turned = [add_reversed_ratio(figures, form) for form in ("ratio", "mirror")]
    rates = [rated[name] for name in RATES] + [table["reversed_ratio"] for table in turned]
    notes = [rated[f"{name}_note"] for name in RATES]
    notes += [table["reversed_ratio_note"] for table in turned]
    return (
        np.column_stack([rate.to_numpy(dtype="float64", na_value=np.nan) for rate in rates]),
        np.column_stack([note.astype(NOTE).cat.codes for note in notes]),
    )


def _read_printed(rated: pd.DataFrame) -> tuple[Any, Any]:
    """The printed percentages as numbers, and how many decimals each has."""
    read = [_read_percentage(cell) for cell in rated["published_rate_printed"].tolist()]
    printed, decimals = np.array(read, dtype="float64").reshape(-1, 2).T
    rate = rated["published_rate"].to_numpy(dtype="float64", na_value=np.nan)
    other = rated[np.abs(printed - rate * 100) > 1e-6]
    if len(other):
        found = other[["published_rate_printed", "published_rate"]].iloc[0].tolist()
        raise DataError(
            f"ratings: {len(other)} printed rate(s) differ from published_rate, the first "
            f"{found[0]!r} and {found[1]}; expected the printed percentage divided by 100"
        )
    return printed, decimals


def _read_percentage(cell: Any) -> tuple[float, float]:
    text = "" if pd.isna(cell) else unicodedata.normalize("NFKC", str(cell))
    text = re.sub(r"^[△▲−‐]", "-", re.sub(r"[,%\s]", "", text))
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return np.nan, np.nan
    return float(text), len(text.partition(".")[2])


def _prints(rates: Any, printed: Any, decimals: Any, to_whole: Any) -> Any:
    rounded = round_figures(rates * 100, decimals[:, np.newaxis], to_whole)
    near = 1e-9 * np.maximum(np.abs(printed), 1)
    return np.abs(rounded - printed[:, np.newaxis]) < near[:, np.newaxis]


def _finding_note(rated: pd.DataFrame, notes: Any, by: Any, finding: Any, decimals: Any) -> Any:
    note = np.where(by < 0, CODE_OF_NOTE[""], notes[np.arange(len(by)), by])
    for name in ("final_rate", "pace_rate", "progress_rate"):
        why = notes[:, FORMULAS.index(name)]
        not_printed = np.isin(why, [CODE_OF_NOTE[word] for word in NOT_PRINTED])
        note = np.where((finding == "anomaly") & not_printed, why, note)
    unchecked = finding == "cannot_be_checked"
    note = np.where(unchecked, notes[:, FORMULAS.index("achievement_rate")], note)
    note = np.where(unchecked & np.isnan(decimals), CODE_OF_NOTE["not_printed"], note)
    note = np.where(unchecked & rated["kpi"].isna(), CODE_OF_NOTE["no_kpi"], note)
    return words_of(note, rated.index)


def count_agreement(audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Count published against computed grades.

    Parameters
    ----------
    audit
        The table of `audit_published`.
    rubrics
        The rubrics by name, for the order of their grades.

    Returns
    -------
    One row per `scheme` and pair of `published` and `computed` grade, best first, with
    `judgements`, their number, zero included. Judgements without both grades, or with a
    published grade the rubric does not have, are not counted.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(audit, "audit", "scheme grade rubric_grade")
    parts = []
    for name, counts in _cross(audit, rubrics).items():
        scale = counts.index.to_list()
        pairs = pd.MultiIndex.from_product([scale, scale], names=["published", "computed"])
        long = pd.Series(counts.to_numpy().ravel(), index=pairs, name="judgements").reset_index()
        parts.append(long.assign(scheme=name))
    columns = ["scheme", "published", "computed", "judgements"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def measure_agreement(audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Say how far published grades agree with those their rubric gives.

    Parameters
    ----------
    audit
        The table of `audit_published`.
    rubrics
        The rubrics by name, for the order of their grades.

    Returns
    -------
    One row per `scheme` that is a known rubric: `judgements` (all of them), `both` (those
    with a published and a computed grade), `agreeing`, `agreement` (their share of `both`,
    missing where that is 0), `kappa` (Cohen's, weighted linearly by the distance in the
    rubric's order; 1 full agreement, 0 what chance would give), `kappa_note` (too_few_rows
    below 20, one_grade where only one grade occurs) and `circular`: of `both`, how many
    rest on a sheet of the very year judged, so that agreement there shows nothing.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Source: Cohen (1968), weighted kappa.
    """
    check_table(audit, "audit", "scheme grade rubric_grade rubric_note fiscal_year")
    columns = ["scheme", "judgements", "both", "agreeing", "agreement", "kappa", "circular"]
    rows = []
    for name, counts in _cross(audit, rubrics).items():
        observed = counts.to_numpy(dtype="float64")
        both, agreeing = int(observed.sum()), int(np.trace(observed))
        of_scheme = audit[(audit["scheme"] == name) & _has_both(audit, rubrics[name])]
        sheet = "attested_" + of_scheme["fiscal_year"].astype("Int64").astype("str")
        share = agreeing / both if both else np.nan
        judgements = int((audit["scheme"] == name).sum())
        circular = int((of_scheme["rubric_note"] == sheet).sum())
        rows.append((name, judgements, both, agreeing, share, _kappa(observed), circular))
    measured = pd.DataFrame(rows, columns=columns).astype({"kappa": "float64"})
    few = measured["both"] < ROWS_FOR_KAPPA
    note = first_word([(few, "too_few_rows"), (measured["kappa"].isna(), "one_grade")], few.index)
    return measured.assign(kappa=measured["kappa"].mask(few), kappa_note=note)


def _cross(audit: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Per scheme the published (rows) against the computed grades (columns)."""
    crossed = {}
    for name in audit["scheme"].dropna().unique():
        if name in rubrics:
            scale = _scale(rubrics[name])
            both = audit[(audit["scheme"] == name) & _has_both(audit, rubrics[name])]
            counts = pd.crosstab(both["grade"], both["rubric_grade"])
            crossed[str(name)] = counts.reindex(index=scale, columns=scale, fill_value=0)
    return crossed


def _scale(rubric: dict[str, Any]) -> list[str]:
    return [grade["grade"] for grade in rubric["grades"]]


def _has_both(audit: pd.DataFrame, rubric: dict[str, Any]) -> pd.Series:
    scale = _scale(rubric)
    return audit["grade"].isin(scale) & audit["rubric_grade"].isin(scale)


def _kappa(observed: Any) -> float:
    """Linearly weighted kappa of a square table of counts; missing without any spread."""
    distance = np.abs(np.subtract.outer(*[np.arange(len(observed))] * 2))
    total = observed.sum()
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / max(total, 1)
    by_chance = (distance * expected).sum()
    return float(1 - (distance * observed).sum() / by_chance) if by_chance else float("nan")
