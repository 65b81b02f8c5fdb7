"""What a line of the ledger is, and what is none."""

from running import GOOD, ONE

from analysis.batch import ledger
from analysis.batch.outputs import hold

WRONG = [
    "1",
    "null",
    '"report"',
    '{"report": 1}',
    "[" * 100_000,
    "9" * 5_000,
    '{"site": "\\ud800"}',
]


def test_a_line_of_the_ledger_that_is_no_entry_is_passed_over_and_said(
    sosei, project, enter, write_notebook
):
    outputs = project / "outputs"
    with hold(outputs, "data"):
        enter(outputs, "a/a")
        enter(outputs, "b/b")
    path = outputs / ledger.NAME
    whole = path.read_bytes()
    lacking = whole.replace(b'"rubrics": {}, ', b"").rpartition(b', "crc32"')[0] + b"}"
    flipped = whole.splitlines()[0].replace(b'"seconds": 0.1', b'"seconds": 0.3')
    wrong = [*(line.encode() for line in WRONG), b"\xff\xfe", lacking, flipped, whole[:70]]
    path.write_bytes(whole + b"\n".join(wrong))
    passed_over = []
    known = ledger.latest(outputs, passed_over)
    assert [entry["report"] for entry in known] == ["a/a", "b/b"]
    assert passed_over == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert ledger.last(outputs) == {}
    write_notebook("good", GOOD)
    planned = sosei("plan", *ONE)
    assert planned.returncode == 0
    assert "ledger.jsonl: 12 lines passed over (the first is line 3)" in planned.stderr
    assert len(planned.stderr.splitlines()) == 1
