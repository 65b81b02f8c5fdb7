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
    LISTS,
    SIGNS,
    format_fiscal_year,
    format_number,
    format_rate,
    format_yen,
    say_span,
)
from analysis.wording.labels import NO_FIGURE, READINGS, STATUSES, labels, say
from analysis.wording.phrases import list_words, quote_names, quote_words
from analysis.wording.states import add_notes
from analysis.wording.tiles import Tile, make_tiles, name_tile

MOST_NAMED = 3
COUNTED = STATUSES | labels("counted")
CONCLUDED = labels("headlines.concluded")
SCALES = labels("headlines.scales")
COSTS_ESTIMATED = labels("headlines.costs_estimated")
COSTS_CONCLUDED = labels("headlines.costs_concluded")
COST_NOTES = labels("headlines.cost_notes")


def describe_where(programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int) -> str:
    """Say which government, fiscal year and edition a report is about, from `shown_programs`."""
    concluded = say_concluded(programs)
    year = say(
        "headlines.year_concluded" if concluded else "headlines.year",
        year=format_fiscal_year(fiscal_year),
        western=fiscal_year,
        concluded=concluded,
    )
    place = programs[["government", "government_code"]].drop_duplicates()
    names = [
        add_notes(r.government, r.government_code if r.government_code.isdecimal() else "")
        for r in place.itertuples()
    ]
    editions = list(dict.fromkeys(sources["edition"].dropna()))
    return LISTS["dot"].join([*names, year, *editions])


def say_concluded(shown_programs: pd.DataFrame) -> str:
    """Say whether the year of all, or of some, of the programs was concluded; else nothing."""
    return CONCLUDED.get(find_extent(shown_programs["year_concluded"]), "")


def describe_title(programs: pd.DataFrame, kpis: pd.DataFrame) -> str:
    """Ask what a report can answer: whether targets were reached, or only what is published."""
    name = programs["program"].iloc[0] if len(programs) == 1 else _name_together(programs)
    return _ask(name, kpis)


def describe_field_title(programs: pd.DataFrame, kpis: pd.DataFrame) -> str:
    """Ask the same of the programs of one field, which they have in common."""
    field = name_field(programs).iloc[0]
    return _ask(say("headlines.programs_of_field", field=field, count=len(programs)), kpis)


def _ask(name: str, kpis: pd.DataFrame) -> str:
    return say(f"headlines.question_{find_question(kpis)}", name=name)


def _name_together(programs: pd.DataFrame) -> str:
    grants = LISTS["dot"].join(list_grants(programs))
    if grants:
        return say("headlines.programs_of_grants", grants=grants)
    return say("headlines.published_programs")


def summarize_program(
    kpis: pd.DataFrame, budgets: pd.DataFrame, ratings: pd.DataFrame, observations: pd.DataFrame
) -> pd.DataFrame:
    """Give the headline figures of one program: `label`, `value` and `note`, four rows."""
    published = int(observations["value"].notna().sum())
    count = say("headlines.figures", count=published)
    others = (name_tile("others"), count, say("headlines.figures_beside"))
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
    named = quote_names(without, MOST_NAMED) or say("headlines.all_with_kpi")
    return make_tiles(
        [
            _reached_tile(kpis),
            (name_tile("without_kpi"), share, named),
            (name_tile("odd"), *summarize_odd(audit)),
            _cost_tile(find_cost(budgets)),
        ]
    )


def _rate_tile(kpis: pd.DataFrame) -> Tile:
    found = find_rate_range(kpis)
    left_out = {"part_year": found.part_year, "reads_reversed": found.reads_reversed}
    said = list_counts(left_out)
    without = say("headlines.without", counts=said) if said else ""
    if found.scale is None:
        none = add_notes(say("headlines.no_rate"), without)
        return READINGS["progress_rate"], NO_FIGURE, none
    ends = dict.fromkeys(format_rate(rate) for rate in (found.low, found.high))
    note = add_notes(SCALES[found.scale], without)
    return READINGS[found.scale], SIGNS["to"].join(ends), note


def list_counts(counts: dict[str, int]) -> str:
    """How many KPIs are of each kind, those of none left out: 推計値1、速報値6."""
    return LISTS["comma"].join(
        say("headlines.counted", what=COUNTED[name], count=count)
        for name, count in counts.items()
        if count
    )


def _judgement_tile(ratings: pd.DataFrame) -> Tile:
    """The grades with the words of progress; where neither is printed, what is to follow."""
    grades, policies = list_words(ratings, "grade"), list_words(ratings, "policy")
    progress, policy = quote_words(ratings, "progress"), quote_words(ratings, "policy")
    if policies and not grades and not progress:
        listed, note = LISTS["dot"].join(policies), say("headlines.only_policy")
        return name_tile("policy"), listed, note
    said = [say("headlines.progress", words=progress)] if progress else []
    said += [say("headlines.policy", words=policy)] if policy else []
    none = say("headlines.no_grade" if ratings.empty else "headlines.no_progress")
    listed = LISTS["dot"].join(grades) or NO_FIGURE
    return name_tile("grade"), listed, LISTS["comma"].join(said) or none


def _reached_tile(kpis: pd.DataFrame) -> Tile:
    if kpis.empty:
        return name_tile("reached"), NO_FIGURE, say("headlines.no_kpi")
    found = count_reached_targets(kpis)
    if found.known:
        return name_tile("reached"), f"{found.reached} / {found.kpis}", _say_rests_on(found)
    if found.not_due:
        by_part = list_counts({"part_year": found.already_final_in_part_year})
        note = say(
            "headlines.kpis_not_due_of_which" if by_part else "headlines.kpis_not_due",
            counts=by_part,
        )
        return name_tile("already_final"), f"{found.already_final} / {found.kpis}", note
    none = say("headlines.not_judged" if found.kpis > 1 else "headlines.not_judged_alone")
    return name_tile("reached"), NO_FIGURE, none


def _say_rests_on(found: Reached) -> str:
    said = list_counts(
        {
            "estimated": found.estimated,
            "preliminary": found.preliminary,
            "part_year": found.part_year,
            "concluded": found.concluded,
            "not_due": found.not_due,
            "unknown": found.unjudged,
        }
    )
    return say("headlines.kpis_of_which" if said else "headlines.kpis", counts=said)


def _cost_tile(found: Cost) -> Tile:
    if found.kind == "span":
        return _span_tile(found)
    if found.kind == "unlike":
        return name_tile("cost"), NO_FIGURE, say_no_sum(found.sums)
    if found.kind != "sum":
        is_in_part = found.kind == "no_total"
        none = say("headlines.no_total" if is_in_part else "headlines.no_amount")
        return name_tile("cost"), NO_FIGURE, none
    whole = found.sums.iloc[0]
    label = name_cost(whole["cost_basis"], whole["cost_natures"], whole["cost_kinds"])
    label = add_notes(
        label,
        COSTS_ESTIMATED.get(found.estimated, ""),
        COSTS_CONCLUDED.get(found.concluded, ""),
    )
    notes = [
        COST_NOTES.get(whole["cost_basis"], COST_NOTES["no_settled"]),
        _say_personnel(found),
        say("headlines.spans_beside", count=found.spans) if found.spans else "",
    ]
    return label, format_number(whole["cost_yen"]), LISTS["ends_sentence"].join(filter(None, notes))


def _span_tile(found: Cost) -> Tile:
    """What is printed for several years together: no cost of the year."""
    span = found.span
    if span is None:
        return name_tile("cost"), NO_FIGURE, say("headlines.spans", count=found.spans)
    label = name_cost(span["cost_basis"], span["cost_natures"], span["cost_kinds"])
    years = say_span(span["first_year"], span["last_year"])
    note = say("headlines.span", years=years)
    label = add_notes(label, say("headlines.span_label"))
    return label, format_number(span["cost_yen"]), note


def _say_personnel(found: Cost) -> str:
    """Say what personnel stands beside the costs, and of how many programs where not of all."""
    if not found.with_personnel:
        return ""
    return say(
        "headlines.personnel_of_some"
        if found.with_personnel < found.programs
        else "headlines.personnel",
        yen=format_yen(found.personnel_yen),
        count=found.with_personnel,
    )
