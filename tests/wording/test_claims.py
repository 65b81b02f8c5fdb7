"""What no sentence about money claims, and no cell shows, on real data."""

import pytest
from slices import report

import analysis

TSUKUBA, MORIOKA = ("082201", 2018), ("032018", 2021)


def sentences(r):
    means = analysis.bootstrap_mean_progress(r.kpis, resamples=500)
    return [
        analysis.describe_execution(analysis.add_execution(r.comparison, r.data.budgets)),
        analysis.describe_plane(analysis.place_on_plane(r.comparison)),
        analysis.describe_order(analysis.simulate_order(r.comparison, r.kpis, draws=500)),
        analysis.describe_mean_progress(means),
    ]


def tables(r):
    return [
        analysis.tabulate_execution(analysis.add_execution(r.comparison, r.data.budgets)),
        analysis.tabulate_plane(analysis.place_on_plane(r.comparison)),
        analysis.tabulate_order(analysis.simulate_order(r.comparison, r.kpis, draws=500)),
        analysis.tabulate_intervals(analysis.add_intervals(r.kpis)),
    ]


@pytest.mark.parametrize("which", [TSUKUBA, MORIOKA])
def test_no_sentence_claims_an_effect_or_calls_a_program_good_or_bad(which):
    for text in sentences(report(*which)):
        for word in ("効果", "優れ", "良い", "悪い", "劣", "非効率", "nan", "None", "_"):
            assert word not in text
        assert text.endswith("。")


@pytest.mark.parametrize("which", [TSUKUBA, MORIOKA])
def test_no_cell_is_empty_or_shows_a_word_of_the_code(which):
    for table in tables(report(*which)):
        cells = [str(cell) for cell in table.to_numpy().ravel()]
        assert all(cell and not cell.isspace() for cell in cells)
        assert not any(word in cell for cell in cells for word in ("nan", "<NA>", "_", "None"))
