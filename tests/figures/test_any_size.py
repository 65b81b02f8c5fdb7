"""What holds of every figure for few and for hundreds of programs: it fits, nothing touches."""

from functools import cache

import pandas as pd
import pytest
from drawn import BOTH_WIDTHS, off_the_page, touching
from made import at_rates, some_budgets
from samples import COUNTS, FLAGS, NEST, grants_of, lines_of, some_lines
from slices import DATA, TSUKUBA, compute, report, yearly_kpi

import analysis
from analysis.figures.many import MOST_INCHES
from analysis.page.figures import _draw, _draw_png
from analysis.wording.figures import find_words

MOST_BYTES, MOST_LETTERS = 150_000, 600


def copies(table, times, *names):
    """A table so many times over, each time of other programs, with other values of `names`."""
    found = []
    for n in range(times):
        new = {name: table[name].astype("str") + f"（{n}）" for name in names}
        if "program_id" in table:
            new["program_id"] = table["program_id"].astype("str") + str(n)
        found.append(table.assign(**new))
    return pd.concat(found, ignore_index=True)


@cache
def tables_of(times):
    r, whole = report(TSUKUBA, 2018), analysis.load(DATA)
    flood = report("272086", 2013).data.observations
    kpis = analysis.add_program_columns(r.kpis, r.data.shown_programs)
    kpis = copies(kpis, times, "kpi").assign(cost_yen=range(1, 7 * times + 1))
    history = analysis.add_achievement(whole.kpis)
    history = copies(history, max(times // 10, 1), "kpi")
    trends = analysis.fit_trends(history)
    evaluability = copies(r.evaluability, times, "department")
    comparison = copies(r.comparison, times, "program")
    coverage = compute(whole).coverage
    lines = [(n, f"p{n}", 2015 + n % 3 + m, {}) for n in range(4 * times) for m in range(2)]
    grants = [(f"交付金{n}", 2014, 2016, None, None) for n in range(times)]
    by = ["department"]
    return {
        "progress": (kpis,),
        "targets": (kpis,),
        "readings": (kpis,),
        "costs": (kpis,),
        "distribution": (kpis, "department"),
        "reached": (kpis, "department"),
        "peers": (kpis, kpis.head(times), "department"),
        "parts": (copies(r.parts, times, "name"),),
        "shares": (analysis.share_evaluability(evaluability, by), by),
        "cost_progress": (comparison,),
        "progress_words": (copies(r.audit, times),),
        "grades": (copies(r.audit, times), r.rubric),
        "observations": (copies(flood, max(times // 5, 1)),),
        "trends": (history, trends),
        "instruments": (COUNTS,),
        "flags": (copies(FLAGS, times, "department"),),
        "frames": (copies(NEST, times, "term"),),
        "coverage": (copies(coverage, times, "strategy", "strategy_id"),),
        "lineage": (lines_of(*lines) if times > 1 else some_lines(),),
        "grants": (grants_of(*grants),),
    }


def test_every_figure_is_among_them():
    plots = {name.removeprefix("plot_") for name in dir(analysis) if name.startswith("plot_")}
    assert plots == {*tables_of(1)}


@BOTH_WIDTHS
@pytest.mark.parametrize("name", list(tables_of(1)))
def test_a_figure_of_hundreds_of_programs_fits_on_two_screens(name, narrow):
    figure = getattr(analysis, f"plot_{name}")(*tables_of(60)[name], narrow=narrow)
    assert figure.get_size_inches()[1] <= MOST_INCHES[narrow]
    assert touching(figure) == []
    assert off_the_page(figure) == []
    [png] = _draw(figure, name, _draw_png)
    assert len(png) < MOST_BYTES


@pytest.mark.parametrize("times", [1, 60], ids=["few", "many"])
@pytest.mark.parametrize("name", list(tables_of(1)))
def test_the_alternative_text_of_a_figure_of_any_size_is_read_out_in_a_minute(name, times):
    words = find_words(getattr(analysis, f"plot_{name}"), tables_of(times)[name])
    assert 0 < len(words.alternative) <= MOST_LETTERS
    assert words.caption.startswith("図")


@BOTH_WIDTHS
@pytest.mark.parametrize("count", [61, 100])
def test_many_of_which_next_to_nothing_is_known_are_drawn_all_the_same(count, narrow):
    rates = analysis.add_verdicts(at_rates(*[0.5] * count))
    part = rates.assign(actual_printed="途中", as_of="2018-09-30")
    two_years = pd.concat([yearly_kpi([1, 2], kpi_id=f"k{n}") for n in range(count)])
    nothing = {"what": "来場者", "value": 0.0, "unit": "人", "fiscal_year": 2018}
    observations = pd.DataFrame([nothing | {"value_status": "final"}] * count)
    observations = observations.assign(sample_size=None, place="1")
    programs = pd.DataFrame({"program": [f"事業{n}" for n in range(count)], "cost_yen": 0.0})
    programs = programs.assign(mean_capped_low=0.0, mean_capped_high=1.0, missed=0)
    costs = analysis.add_costs(rates, some_budgets(("p", "settled", 0)))
    costs = costs.assign(unit_cost_yen=0.0, unit_cost_low_yen=0.0, unit_cost_high_yen=0.0)
    drawn = {
        "progress": (part,),
        "costs": (costs,),
        "trends": (two_years, analysis.fit_trends(two_years)),
        "observations": (observations,),
        "cost_progress": (programs,),
    }
    for name, tables in drawn.items():
        plot = getattr(analysis, f"plot_{name}")
        figure = plot(*tables, narrow=narrow)
        assert figure.get_size_inches()[1] <= MOST_INCHES[narrow], name
        assert off_the_page(figure) == [], name
        said = find_words(plot, tables).alternative
        assert 0 < len(said) <= MOST_LETTERS and "—" not in said, name
