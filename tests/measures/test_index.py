"""What is counted of the programs of a report."""

from analysis import load, measure
from analysis.measures.index import find_headline


def test_kpis_programs_and_costs_of_unlike_kinds_are_counted_apart(root):
    # 総予算額 of つくば市 (H30) and amounts of unstated nature of 盛岡市 (R3)
    programs = measure(load(str(root / "data"))).results["programs"]
    found = find_headline(programs[programs["government_code"].isin(["082201", "032018"])])
    counts = found.costs.groupby(["cost_basis"])["programs"].sum()
    assert counts.to_dict() == {"total": 7, "reported": 1}
    tsukuba = programs[(programs["government_code"] == "082201") & programs["is_evaluated"]]
    found = find_headline(tsukuba)
    assert found.programs == len(tsukuba)
    assert found.reached + found.unknown <= found.kpis
    assert found.judged <= found.programs
    assert len(found.costs) == 1
