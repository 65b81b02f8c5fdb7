"""The ledger: what was run, whatever became of its last line."""

import json

from analysis.batch import ledger


def test_the_ledger_survives_a_torn_last_line(enter, tmp_path):
    failure = {"cell": None, "error": "", "source": ""}
    enter(tmp_path, "a", status="failed", failure=failure)
    enter(tmp_path, "a", status="ok")
    with (tmp_path / ledger.NAME).open("a") as file:
        file.write('{"report": "b", "sta')
    assert [(e["report"], e["status"]) for e in ledger.latest(tmp_path)] == [("a", "ok")]
    assert json.loads((tmp_path / ledger.NAME).read_text().splitlines()[0])["status"] == "failed"
