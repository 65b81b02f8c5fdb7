"""How many lines of descent are our conclusion."""

from samples import lines_of, some_lines

from analysis.measures.lineage import count_concluded


def test_a_line_is_a_conclusion_where_any_of_it_is():
    assert count_concluded(some_lines()) == 1
    partly = {"reason": "r", "is_inferred": "partly"}
    printed = {"reason": "r", "is_inferred": "no"}
    assert count_concluded(lines_of((1, "a", 2017, partly), (2, "b", 2017, printed))) == 1
