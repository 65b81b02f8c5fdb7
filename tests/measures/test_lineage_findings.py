"""How many lines of descent are our conclusion."""

from samples import lines_of, some_lines

from analysis.measures.lineage import count_concluded, count_years_of_lines, keep_long_lines


def test_a_line_is_a_conclusion_where_any_of_it_is():
    assert count_concluded(some_lines()) == 1
    partly = {"reason": "r", "is_inferred": "partly"}
    printed = {"reason": "r", "is_inferred": "no"}
    assert count_concluded(lines_of((1, "a", 2017, partly), (2, "b", 2017, printed))) == 1


def test_lines_are_counted_and_kept_by_the_years_they_are_shown_for():
    rows = [(1, "a", 2017), (1, "b", 2017), (2, "c", 2017), (2, "c", 2018), (3, "d", 2018)]
    lines = lines_of(*((*row, {}) for row in rows))
    assert count_years_of_lines(lines) == [(2, 1), (1, 2)]
    assert [kept["line"].iloc[0] for kept in keep_long_lines(lines, 2)] == [2, 1]
