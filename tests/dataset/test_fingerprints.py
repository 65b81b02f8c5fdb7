import subprocess
import sys

import pandas as pd
import pytest
from slices import DATA

from analysis import load
from analysis.dataset.fingerprints import Fingerprints, hash_rows, rubric_hashes


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_row_has_one_hash_of_16_hex_digits_and_different_rows_have_different_ones():
    tables = load(DATA).tables
    hashes = hash_rows(tables)
    assert {name: len(set(found)) for name, found in hashes.items()} == {
        name: len(table) for name, table in tables.items()
    }
    assert {len(digits) for digits in hashes["kpis"]} == {16}


@pytest.mark.parametrize("other", [0.0, 148.5, None], ids=str)
def test_a_cell_that_changes_changes_the_hash_of_its_row_alone(other):
    table = pd.DataFrame({"kpi": ["a", "b"], "actual": [148.0, 148.0]})
    before = hash_rows({"kpis": table})["kpis"]
    table.loc[1, "actual"] = other
    after = hash_rows({"kpis": table})["kpis"]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_missing_text_is_no_text_that_reads_like_one():
    table = pd.DataFrame({"unit": pd.array([None, "nan", ""], dtype="str")})
    assert len(set(hash_rows({"kpis": table})["kpis"])) == 3


@pytest.mark.process
def test_hashes_are_the_same_in_another_process():
    code = (
        "from analysis.dataset.fingerprints import Fingerprints\n"
        f"print(Fingerprints({str(DATA)!r}).read([{{'program': 'job_fair'}}]))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout == f"{Fingerprints(DATA).read([{'program': 'job_fair'}])}\n"


def test_a_slice_has_the_hashes_of_the_rows_that_load_returns():
    asked = {"government": "082201", "fiscal_year": 2018, "program": "youth_life_plan"}
    read = Fingerprints(DATA).read([asked])
    assert read == hash_rows(load(DATA, **asked).tables)


def test_slices_that_overlap_count_each_row_once_in_the_order_of_the_file():
    prints = Fingerprints(DATA)
    one, year = {"program": "job_fair"}, {"government": "082201", "fiscal_year": 2018}
    assert prints.read([one, year, one]) == prints.read([year])
    assert prints.read([one, {}]) == prints.read([{}])
    lines = (DATA / "kpis.csv").read_text(encoding="utf-8").splitlines()
    assert len(prints.read([{}])["kpis"]) == len(lines) - 1


def test_superseded_editions_are_among_the_rows_read(copied):
    text = (copied / "sources.csv").read_text(encoding="utf-8").splitlines()
    source = next(line for line in text if line.startswith("morioka_2021,"))
    first = source.replace("morioka_2021,", "morioka_2020,", 1)
    (copied / "sources.csv").write_text("\n".join([*text, first]) + "\n", encoding="utf-8")
    kpis = (copied / "kpis.csv").read_text(encoding="utf-8").splitlines()
    shown = next(line for line in kpis if ",morioka_2021," in line)
    again = shown.replace(",morioka_2021,", ",morioka_2020,")
    (copied / "kpis.csv").write_text("\n".join([*kpis, again]) + "\n", encoding="utf-8")
    data = load(copied, government="032018")
    assert len(data.revisions["kpis"]) == 1
    read = Fingerprints(copied).read([{"government": "032018"}])
    assert len(read["kpis"]) == len(data.kpis) + 1


def test_a_changed_cell_shows_in_the_slices_that_hold_it_only(copied):
    before = Fingerprints(copied)
    replace(copied / "kpis.csv", ",148,", ",149,")
    after = Fingerprints(copied)
    fair, hub = [{"program": "job_fair"}], [{"program": "local_hub_cocreation"}]
    changed = {name for name, rows in after.read(fair).items() if rows != before.read(fair)[name]}
    assert changed == {"kpis"}
    assert after.read(hub) == before.read(hub)


def test_no_slice_and_a_slice_of_nothing_have_no_rows():
    prints = Fingerprints(DATA)
    assert prints.read([]) == prints.read([{"program": "jobfair"}])
    assert set(map(len, prints.read([]).values())) == {0}


def test_rubrics_have_the_first_12_digits_of_their_sha256_and_the_folders_own_go_first(copied):
    packaged = rubric_hashes(DATA)
    replace(copied / "rubrics" / "tsukuba.toml", 'level = "program"', 'level = "program" ')
    (copied / "rubrics" / "new.toml").write_bytes(b"")
    found = rubric_hashes(copied)
    changed = {name for name in found if found[name] != packaged.get(name)}
    assert changed == {"tsukuba.toml", "new.toml"}
    assert found["new.toml"] == "e3b0c44298fc"  # SHA-256 of nothing
