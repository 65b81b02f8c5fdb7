"""The first screen of a report: where and when, which question, headline figures."""

import pandas as pd

from analysis.dataset.fields import name_field
from analysis.measures.headlines import (
    Cost,
    Reached,
    count_reached_targets,
    find_cost,
    find_extent,
    find_question,
    list_grants,
    list_without_kpi,
)
from analysis.measures.scale import find_rate_range
from analysis.wording.audit import summarize_odd
from analysis.wording.costs import name_cost, say_no_sum
from analysis.wording.formats import (
    format_fiscal_year,
    format_number,
    format_rate,
    format_yen,
    say_span,
)
from analysis.wording.labels import NO_FIGURE, READINGS, STATUSES, labels
from analysis.wording.phrases import list_words, quote_names, quote_words
from analysis.wording.tiles import Tile, make_tiles, name_tile

MOST_NAMED = 3
COUNTED = labels("counted")
CONCLUDED = {"all": "推定", "some": "一部の事業は推定", "none": ""}
MARKS = {
    "estimated": {"all": "（推計）", "some": "（一部推計）", "none": ""},
    "concluded": {"all": "（推定）", "some": "（一部推定）", "none": ""},
}


def describe_where(programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int) -> str:
    """Say which government, fiscal year and edition a report is about, from `shown_programs`."""
    concluded = say_concluded(programs)
    year = f"{fiscal_year}、{concluded}" if concluded else str(fiscal_year)
    place = programs[["government", "government_code"]].drop_duplicates()
    names = [
        f"{r.government}（{r.government_code}）" if r.government_code.isdecimal() else r.government
        for r in place.itertuples()
    ]
    editions = list(dict.fromkeys(sources["edition"].dropna()))
    return "・".join([*names, f"{format_fiscal_year(fiscal_year)}（{year}）", *editions])


def say_concluded(shown_programs: pd.DataFrame) -> str:
    """Say whether the year of all, or of some, of the programs was concluded; else nothing."""
    return CONCLUDED[find_extent(shown_programs["year_concluded"])]


def describe_title(programs: pd.DataFrame, kpis: pd.DataFrame) -> str:
    """Ask what a report can answer: whether targets were reached, or only what is published."""
    name = programs["program"].iloc[0] if len(programs) == 1 else _name_together(programs)
    return _ask(name, kpis)


def describe_field_title(programs: pd.DataFrame, kpis: pd.DataFrame) -> str:
    """Ask the same of the programs of one field, which they have in common."""
    return _ask(f"「{name_field(programs).iloc[0]}」の{len(programs)}事業", kpis)


def _ask(name: str, kpis: pd.DataFrame) -> str:
    question = find_question(kpis)
    if question == "reached":
        return f"{name}は目標に届いたか"
    if question == "course":
        return f"{name}は最終目標へ進んでいるか"
    return f"{name}について何が公表されたか"


def _name_together(programs: pd.DataFrame) -> str:
    grants = list_grants(programs)
    return f"{'・'.join(grants)}事業" if grants else "公表された事業"


def summarize_program(
    kpis: pd.DataFrame, budgets: pd.DataFrame, ratings: pd.DataFrame, observations: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of one program: `label`, `value` and `note`, four rows."""
    published = int(observations["value"].notna().sum())
    others = (name_tile("others"), f"{published} 件", "指標以外の数値")
    rate = _rate_tile(kpis) if len(kpis) else others
    return make_tiles(
        [_reached_tile(kpis), rate, _cost_tile(find_cost(budgets)), _judgement_tile(ratings)]
    )


def summarize_government(
    comparison: pd.DataFrame, kpis: pd.DataFrame, budgets: pd.DataFrame, audit: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of a government's year: `label`, `value` and `note`, four rows."""
    without = list_without_kpi(comparison)
    share = f"{len(without)} / {len(comparison)}"
    return make_tiles(
        [
            _reached_tile(kpis),
            (name_tile("without_kpi"), share, quote_names(without, MOST_NAMED) or "なし"),
            (name_tile("odd"), *summarize_odd(audit)),
            _cost_tile(find_cost(budgets)),
        ]
    )


def _rate_tile(kpis: pd.DataFrame) -> Tile:
    found = find_rate_range(kpis)
    left_out = {"part_year": found.part_year, "reads_reversed": found.reads_reversed}
    said = _list_counts(left_out)
    without = f"（{said}を除く）" if said else ""
    if found.scale is None:
        return READINGS["progress_rate"], NO_FIGURE, f"求められる指標がない{without}"
    whole = "0％＝従前値、100％＝目標" if found.scale == "progress_rate" else "実績÷目標"
    ends = dict.fromkeys(format_rate(rate) for rate in (found.low, found.high))
    return READINGS[found.scale], "～".join(ends), whole + without


def _list_counts(counts: dict[str, int]) -> str:
    """How many KPIs are of each kind, those of none left out: 推計値1、速報値6."""
    words = STATUSES | COUNTED
    return "、".join(f"{words[name]}{count}" for name, count in counts.items() if count)


def _judgement_tile(ratings: pd.DataFrame) -> Tile:
    """The grades with the words of progress; where neither is printed, what is to follow."""
    grades, policies = list_words(ratings, "grade"), list_words(ratings, "policy")
    progress, policy = quote_words(ratings, "progress"), quote_words(ratings, "policy")
    if policies and not grades and not progress:
        return name_tile("policy"), "・".join(policies), "ほかの評価の記載なし"
    said = [f"進捗{progress}"] * bool(progress) + [f"今後の方針{policy}"] * bool(policy)
    none = "評価の記載なし" if ratings.empty else "進捗の記載なし"
    return name_tile("grade"), "・".join(grades) or NO_FIGURE, "、".join(said) or none


def _reached_tile(kpis: pd.DataFrame) -> Tile:
    if kpis.empty:
        return name_tile("reached"), NO_FIGURE, "手元の資料に指標の記載なし"
    found = count_reached_targets(kpis)
    if found.known:
        return name_tile("reached"), f"{found.reached} / {found.kpis}", _say_rests_on(found)
    if found.not_due:
        by_part = found.already_final_in_part_year
        of_which = f"、うち{COUNTED['part_year']}{by_part}" if by_part else ""
        note = f"指標（期限前{of_which}）"
        return name_tile("already_final"), f"{found.already_final} / {found.kpis}", note
    every = "どの指標も判定できない" if found.kpis > 1 else "判定できない"
    return name_tile("reached"), NO_FIGURE, every


def _say_rests_on(found: Reached) -> str:
    said = _list_counts(
        {
            "estimated": found.estimated,
            "preliminary": found.preliminary,
            "part_year": found.part_year,
            "not_due": found.not_due,
            "unknown": found.unjudged,
        }
    )
    return f"指標（うち{said}）" if said else "指標"


def _cost_tile(found: Cost) -> Tile:
    if found.kind == "span":
        return _span_tile(found)
    if found.kind == "unlike":
        return name_tile("cost"), NO_FIGURE, say_no_sum(found.sums)
    if found.kind != "sum":
        none = "総額の記載なし" if found.kind == "no_total" else "金額の記載なし"
        return name_tile("cost"), NO_FIGURE, none
    whole = found.sums.iloc[0]
    label = name_cost(whole["cost_basis"], whole["cost_natures"], whole["cost_kinds"])
    label += MARKS["estimated"][found.estimated] + MARKS["concluded"][found.concluded]
    notes = {"settled": "円", "reported": "円。性質の記載なし、全額とは限らない"}
    note = notes.get(whole["cost_basis"], "円。決算額はこの資料に記載なし")
    beside = f"。ほかに数年度分の合計だけの{found.spans}事業" if found.spans else ""
    return label, format_number(whole["cost_yen"]), f"{note}{_say_personnel(found)}{beside}"


def _span_tile(found: Cost) -> Tile:
    """What is printed for several years together: no cost of the year."""
    span = found.span
    if span is None:
        note = f"数年度分の合計だけの記載（{found.spans}事業）"
        return name_tile("cost"), NO_FIGURE, note
    label = name_cost(span["cost_basis"], span["cost_natures"], span["cost_kinds"])
    years = say_span(span["first_year"], span["last_year"])
    note = f"円。{years}の合計で、この年度の費用は分からない"
    return f"{label}（数年度分）", format_number(span["cost_yen"]), note


def _say_personnel(found: Cost) -> str:
    """Say what personnel stands beside the costs, and of how many programs where not of all."""
    if not found.with_personnel:
        return ""
    some = found.with_personnel < found.programs
    of = f"（{found.with_personnel}事業）" if some else ""
    return f"。ほかに人件費{format_yen(found.personnel_yen)}{of}"
