"""The computed figures of the real data, as they stand beside the reports."""

import os

import pandas as pd
import pytest

from analysis import load
from analysis.batch import index, ledger
from analysis.batch.inputs import Inputs
from analysis.batch.outputs import hold
from analysis.batch.site import refresh_site

TSUKUBA = [
    *("support_robot_trial", "youth_life_plan", "lifestyle_seminar", "job_fair"),
    *("child_at_work", "migration_promotion", "local_hub_cocreation"),
]


@pytest.fixture(scope="module")
def outputs(root, tmp_path_factory):
    """What stands beside the reports of the real data."""
    output, data = tmp_path_factory.mktemp("site") / "outputs", str(root / "data")
    with hold(output, data) as work:
        refresh_site(load(data), data, output, work, Inputs())
    return output


def test_what_would_become_the_same_is_left_as_it_is(root, outputs):
    data, index = str(root / "data"), outputs / "index.html"
    before = index.stat().st_ino, ledger.size(outputs)
    with hold(outputs, data) as work:
        refresh_site(load(data), data, outputs, work, Inputs())
        assert (index.stat().st_ino, ledger.size(outputs)) == before
        index.unlink()
        refresh_site(load(data), data, outputs, work, Inputs())
    assert index.exists()


def test_a_piece_of_a_long_index_that_is_gone_is_made_again(root, tmp_path, enter, monkeypatch):
    monkeypatch.setattr(index, "MOST_IN_ONE", 0)
    data, output = str(root / "data"), tmp_path / "outputs"
    slices = {"government": "082201", "fiscal_year": 2018}
    with hold(output, data) as work:
        (output / "2018/082201").mkdir(parents=True)
        (output / "2018/082201/government.html").touch()
        enter(output, "2018/082201/government", subject="", parameters=slices)
        refresh_site(load(data), data, output, work, Inputs())
        pieces = sorted((output / "index_files").iterdir())
        assert [path.suffix for path in pieces] == [".html", ".js"]
        os.utime(output / "index.html", (0, 0))  # what is written later is of a later time
        refresh_site(load(data), data, output, work, Inputs())
        assert (output / "index.html").stat().st_mtime == 0
        for piece in pieces:
            os.utime(output / "index.html", (0, 0))
            piece.unlink()
            refresh_site(load(data), data, output, work, Inputs())
            assert sorted((output / "index_files").iterdir()) == pieces
            assert (output / "index.html").stat().st_mtime > 0


def test_the_rates_of_the_seven_tsukuba_kpis_stand_in_the_results(outputs):
    results = pd.read_csv(outputs / "results/kpis.csv", dtype={"government_code": "str"})
    rated = results[results["government_code"] == "082201"].set_index("place")
    columns = ["achievement_rate", "progress_rate", "final_rate"]
    percent = (rated[columns] * 100).round(1)
    # printed values of the H30 table, divided by hand
    expected = {
        "④-3": [104.5, 233.3, 104.5],  # 93 against 89 from 86, final 89
        "④-4": [74.0, -73.3, 74.0],  # 148 against 200 from 170, final 200
        "④-6": [99.4, 93.1, 99.4],  # 4,600 (estimate) against 4,630 from 4,194, final 4,630
        "④-7": [111.0, 111.0, 22.2],  # 1,110 against 1,000 from 0, final 5,000
        "④-8": [100.0, 100.0, 33.3],  # 2 against 2 from 0, final 6
        "④-9": [200.0, 200.0, 100.0],  # 16 against 8 from 0, final 16
        "④-10": [175.0, 175.0, 58.3],  # 14 against 8 from 0, final 24
    }
    assert {place: row.tolist() for place, row in percent.iterrows()} == expected
    assert rated["pace_rate"].isna().all()
    assert set(rated["pace_rate_note"]) == {"no_baseline_year"}
    assert rated["reached"].to_dict() == {
        **dict.fromkeys(["④-3", "④-7", "④-8", "④-9", "④-10"], "yes"),
        **dict.fromkeys(["④-4", "④-6"], "no"),
    }


def test_every_program_year_has_a_row_in_the_results(outputs):
    results = pd.read_csv(outputs / "results/programs.csv", dtype={"government_code": "str"})
    assert results["program_id"].tolist()[:7] == TSUKUBA
    evaluated = results[results["is_evaluated"]]
    assert len(evaluated) == 11 + 1 + 2 + 12 + 73 + 6 + 5 + 2 + 1
    # history and plans: Gose 2, Ibaraki H27, Fukuoka's, Kaizuka H24 and H26, Nayoro
    beside = results[~results["is_evaluated"]].groupby("government").size().to_dict()
    assert beside == {"御所市": 2, "茨城県": 1, "福岡県": 26, "貝塚市": 4, "名寄市": 4}
    assert results.loc[results["program_id"] == "job_fair", "parts_held"].tolist() == [7]
    settled = results[results["has_settled"] == "held"]
    assert set(settled["government"]) == {"福岡県", "貝塚市", "名寄市"}
    assert results.loc[:6, "cost_yen"].sum() == 37_660_800
    assert results.loc[:6, "kpis"].tolist() == [0, 0, 1, 1, 0, 1, 4]
