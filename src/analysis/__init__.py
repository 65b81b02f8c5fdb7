"""The names a notebook needs, each imported when first used so that `sosei` starts fast."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_NAMES = {
    "errors": """
        DataError
    """,
    "intake.check": """
        check
    """,
    "intake.load": """
        Dataset load
    """,
    "intake.codebook": """
        codebook
    """,
    "intake.printed": """
        read_value read_values
    """,
    "intake.single": """
        Value
    """,
    "intake.values": """
        read_yen
    """,
    "intake.years": """
        read_fiscal_years read_year_spans
    """,
    "measures.achievement": """
        add_achievement add_reversed_ratio assume_baseline_year count_reached
    """,
    "measures.comparison": """
        compare_programs
    """,
    "measures.composite": """
        choose_rates
    """,
    "measures.repeats": """
        find_repeats leave_out_repeats
    """,
    "measures.costs": """
        add_costs find_cost_basis sum_costs
    """,
    "measures.unit_costs": """
        audit_unit_costs rank_unit_costs
    """,
    "measures.funding": """
        share_funding
    """,
    "measures.execution": """
        add_execution audit_execution
    """,
    "measures.evaluability": """
        find_grouping leave_out rate_evaluability share_evaluability
    """,
    "measures.instruments": """
        count_flags count_instruments list_capacity list_frames list_terms
    """,
    "measures.lineage": """
        find_links_elsewhere keep_lines trace_grants trace_programs
    """,
    "measures.strategies": """
        cover_items
    """,
    "measures.frontier": """
        measure_efficiency place_on_plane
    """,
    "measures.gaps": """
        list_parts
    """,
    "measures.verdicts": """
        add_verdicts
    """,
    "measures.years": """
        add_cumulative compare_years
    """,
    "measures.trends": """
        fit_trends
    """,
    "measures.reasons": """
        list_reasons
    """,
    "measures.revisions": """
        list_changed_targets list_revisions
    """,
    "measures.rubrics": """
        add_ratings apply_rubric find_rubric list_grades
    """,
    "measures.points": """
        grade_programs
    """,
    "measures.audit": """
        audit_published
    """,
    "measures.agreement": """
        count_agreement measure_agreement
    """,
    "measures.rates": """
        audit_rates
    """,
    "measures.rounding": """
        round_half_up truncate
    """,
    "measures.order": """
        simulate_order
    """,
    "measures.uncertainty": """
        add_intervals bootstrap_mean_progress estimate_count estimate_share
    """,
    "batch.save": """
        save_figure save_table
    """,
    "present.figures": """
        plot_costs plot_observations plot_parts plot_plan
    """,
    "present.readings": """
        describe_assumed describe_dependence describe_readings plot_readings
        tabulate_readings
    """,
    "present.evaluability": """
        describe_absent describe_documents describe_evaluability describe_judgements
        describe_shares draft_inquiries plot_shares summarize_evaluability
        tabulate_contents tabulate_evaluability tabulate_judgements tabulate_others
        tabulate_shares
    """,
    "present.instruments": """
        describe_capacity describe_flags describe_frames describe_instruments describe_terms
        tabulate_flags tabulate_frames tabulate_instruments
        tabulate_quantities tabulate_terms
    """,
    "present.instrument_figures": """
        plot_flags plot_frames plot_instruments
    """,
    "present.lineage": """
        describe_lineage plot_lineage tabulate_lineage
    """,
    "present.grants": """
        describe_grants plot_grants tabulate_grants
    """,
    "present.strategies": """
        describe_coverage describe_plans plot_coverage tabulate_coverage
    """,
    "present.progress": """
        plot_progress
    """,
    "present.overviews": """
        plot_grades plot_words
    """,
    "present.plane": """
        plot_cost_progress
    """,
    "present.html": """
        show show_details show_list show_section show_table show_text show_tiles show_title
    """,
    "present.gradings": """
        describe_agreement describe_gradings describe_rates_audit tabulate_agreement
        tabulate_gradings tabulate_rates_audit tabulate_rubrics
    """,
    "present.headlines": """
        describe_findings describe_title describe_where summarize_government summarize_program
    """,
    "present.judgements": """
        describe_audit describe_axes tabulate_audit tabulate_axes tabulate_grades
    """,
    "present.money": """
        describe_costs describe_execution tabulate_costs tabulate_execution
    """,
    "present.orders": """
        describe_assumptions describe_mean_progress describe_order describe_plane
        tabulate_intervals tabulate_order tabulate_plane
    """,
    "present.amounts": """
        describe_execution_audit describe_funding describe_unit_costs_audit tabulate_amounts
        tabulate_execution_audit tabulate_funding tabulate_unit_costs_audit
    """,
    "present.narrative": """
        NATIONAL_LINE caption_progress explain_progress describe_cost_progress
        describe_grades describe_inferred describe_observations describe_overlap
        describe_parts describe_plan describe_progress describe_rubric
        describe_squares describe_three_readings describe_words
    """,
    "present.trends": """
        describe_movements describe_trends plot_trends
    """,
    "present.reasons": """
        describe_reasons tabulate_reasons
    """,
    "present.revisions": """
        describe_changed_targets describe_revisions tabulate_changed_targets tabulate_revisions
    """,
    "present.years": """
        describe_comparability describe_comparison describe_scope summarize_comparison
        tabulate_trends tabulate_years tabulate_totals
    """,
    "present.tables": """
        describe_doubts tabulate_hashes tabulate_observations
        tabulate_parts tabulate_plan tabulate_program tabulate_programs tabulate_progress
        tabulate_rubric tabulate_sources tabulate_versions
    """,
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = sorted(_HOME)


class _AddFonts:
    """Lets matplotlib's fonts be found as ever, and has ours added once they are imported."""

    MATPLOTLIB, OURS = "matplotlib.font_manager", "analysis.typefaces"

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        """Be asked by Python for a module, once for the one that is waited for."""
        if name != cls.MATPLOTLIB:
            return None
        sys.meta_path.remove(cls)
        spec: Any = find_spec(name)
        load = spec.loader.exec_module

        def load_and_add(module: Any) -> None:
            load(module)
            import_module(cls.OURS)

        spec.loader.exec_module = load_and_add
        return spec


if _AddFonts.MATPLOTLIB in sys.modules:
    import_module(_AddFonts.OURS)
else:
    sys.meta_path.insert(0, _AddFonts)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(f"analysis.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
