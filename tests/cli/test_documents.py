"""What `--json` prints: one document, the same at every terminal."""

import json
from pathlib import Path

from analysis.batch.messages import Result
from analysis.cli.documents import describe_run, describe_steps, write_document


def test_what_is_no_number_in_json_is_null():
    written = write_document({"名": [float("nan"), float("inf"), 1.5]})
    assert json.loads(written) == {"名": [None, None, 1.5]}
    assert "名".encode() in written


def test_a_plan_is_a_list_of_its_steps():
    steps = [("run", "a/b", "new"), ("keep", "c/d", "up to date")]
    assert describe_steps(steps, {"a/b": {"x": 1}}) == [
        {"report": "a/b", "action": "run", "why": "new", "parameters": {"x": 1}},
        {"report": "c/d", "action": "keep", "why": "up to date", "parameters": {}},
    ]


def test_a_run_is_its_counts_with_what_failed_and_warns(tmp_path):
    (tmp_path / "b.failed.ipynb").touch()
    entry = {"report": "b", "notebook": "notebooks/b.ipynb", "parameters": {"x": 1}}
    failure = {"cell": 3, "error": "ValueError: no", "source": "raise"}
    warned = [{"report": "a", "warnings": ["w"]}, {"report": "c", "ended_at": 2}]
    result = Result(1, [entry | {"failure": failure}], warned, 2, ["a.html"], ["data changed"])
    assert describe_run(result, 5, tmp_path, 1.26) == {
        "reports": 5,
        "made": 1,
        "failed": [
            entry
            | {
                "cell": 3,
                "error": "ValueError: no",
                "as_far_as_it_got": (tmp_path / "b.failed.ipynb").as_posix(),
            }
        ],
        "not_run": 2,
        "up_to_date": 1,
        "interrupted": False,
        "seconds": 1.3,
        "warnings": [
            {"report": "a", "ended_at": None, "warnings": ["w"]},
            {"report": "c", "ended_at": 2, "warnings": []},
        ],
        "changed": ["a.html"],
        "changed_inputs": ["data changed"],
        "index": (tmp_path / "index.html").as_posix(),
    }
    assert describe_run(Result(), 0, Path("outputs"), 0)["index"] == "outputs/index.html"
