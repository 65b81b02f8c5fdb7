"""How problems are counted and told."""

from folders import OBSERVATION, write

from analysis import check
from analysis.dataset.problems import MEANINGS, SEVERITY_OF, summarize_problems


def test_problems_are_counted_by_kind_file_and_column_errors_first(folder):
    rows = [OBSERVATION | {"what": f"参加者{n}", "printed": "57名"} for n in range(3)]
    write(folder, "observations", *rows, OBSERVATION | {"value": "約75"})
    counted = summarize_problems(check(folder))
    columns = ["severity", "kind", "file", "column", "rows", "first_row"]
    assert counted[columns].astype(object).to_numpy().tolist() == [
        ["error", "bad_cell", "observations.csv", "value", 1, 5],
        ["doubt", "printed_differs", "observations.csv", "value", 3, 2],
    ]


def test_nothing_is_counted_where_there_is_no_problem(folder):
    assert summarize_problems(check(folder)).empty


def test_every_kind_has_one_severity_and_stands_in_the_docs(root):
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    assert set(MEANINGS) == set(SEVERITY_OF)
    assert [kind for kind in MEANINGS if f"`{kind}`" not in text] == []
