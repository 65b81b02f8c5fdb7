"""A table more needs its definition, its names in Japanese and its file, and nothing else."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from slices import DATA

DEFINITION = """
[talks_held]
row = "what people said at one hearing about a program"
key = ["government_code", "program_id", "fiscal_year", "what", "source_id"]
slice = "year"
references = { programs = ["government_code", "program_id"] }
shared = ["program", "trace"]
[talks_held.columns]
fiscal_year   = { kind = "year", filled = true, meaning = "the fiscal year of the hearing" }
what          = { filled = true, meaning = "who was heard" }
people        = { kind = "count", core = true, status = "people_status", explained = true, \
printed = "people_printed", unit = "unit", revised = true, meaning = "how many came" }
people_status = { words = "statuses", meaning = "what the figure is" }
people_printed = { meaning = "the figure as printed" }
unit          = { core = true, meaning = "its unit" }
"""
NAMES = """
[data.talks_held]
what = "聴いた相手"
people = "参加者数"
people_status = "参加者数の状態"
people_printed = "参加者数の記載"
"""
MEANINGS = """
[meanings.talks_held]
fiscal_year = "聴いた年度。"
what = "聴いた相手。"
people = "何人来たか。"
people_status = "参加者数の状態。"
people_printed = "印刷されたとおりの参加者数。"
unit = "参加者数の単位。"
"""
HEADER = "government_code,program_id,fiscal_year,what,people,people_status,people_printed,unit,"
HEADER += "source_id,place,inferred\n"
OF_2018 = "082201,job_fair,2018,企業,{},{},{},人,{},表題,what\n"
BY = "tsukuba_2018_preliminary", "tsukuba_2018_final"
SOUND = (
    OF_2018.format(12, "", "", BY[0])
    + OF_2018.format(14, "final", "14人", BY[1])
    + "032018,growth_field_hub,2021,学生,,not_set,-,人,morioka_2021,表題,\n"
)
WRONG = (
    OF_2018.format("", "", "", BY[0])
    + OF_2018.format("12", "pending", "", BY[1])
    + "082201,fair,2018,企業,x,,,人,nowhere,表題,\n"
    + "082201,job_fair,2017,企業,6,,60人,人,tsukuba_2018_preliminary,表題,\n"
)
ASK = """
import json, sys
import analysis
if sys.argv[1] == "check":
    problems = analysis.check("data")
    problems = problems[problems["file"] == "talks_held.csv"]
    told = problems[["row", "column", "kind"]].values.tolist()
else:
    whole = analysis.load("data")
    asked = {"of 2018": {"government": "082201", "fiscal_year": 2018},
        "of 2021": {"government": "082201", "fiscal_year": 2021},
        "of another": {"government": "032018"}}
    slices = {name: analysis.load("data", **which) for name, which in asked.items()}
    fair = analysis.load("data", program="job_fair")
    revisions = analysis.list_revisions(fair)
    reasons = analysis.tabulate_reasons(analysis.list_reasons(fair.tables))
    told = {
        "rows": {name: data.talks_held["people"].tolist() for name, data in slices.items()},
        "types": str(whole.talks_held["people"].dtype),
        "superseded": whole.revisions["talks_held"]["people"].tolist(),
        "revisions": revisions[["table", "item", "column", "earlier", "later"]].values.tolist(),
        "said": analysis.tabulate_revisions(revisions)["項目"].tolist(),
        "inferred": analysis.describe_inferred({"talks_held": fair.talks_held}),
        "reasons": reasons[reasons["表"] == "聴き取り"].values.tolist(),
        "codebook": analysis.codebook("talks_held")["label"].tolist(),
        "hash": "talks_held" in fair.hashes,
    }
print(json.dumps(told, ensure_ascii=False, default=str))
"""


def add(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The package and the data, each with the table more, in a folder of their own."""
    there = tmp_path_factory.mktemp("project")
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(DATA.parent / "src/analysis", there / "src/analysis", ignore=caches)
    shutil.copytree(DATA, there / "data")
    shutil.copytree(DATA.parent / "notebooks", there / "notebooks")
    add(there / "src/analysis/dataset/tables.toml", DEFINITION)
    words = there / "src/analysis/wording/ja"
    tables = words / "tables.toml"
    text = tables.read_text(encoding="utf-8")
    text = text.replace("[table_names]\n", '[table_names]\ntalks_held = "聴き取り"\n')
    tables.write_text(text, encoding="utf-8")
    add(words / "data.toml", NAMES)
    add(words / "meanings.toml", MEANINGS)
    line = "tsukuba_2018_final,つくば市,指標一覧,確定版,2018,,,,,,表題,\n"
    add(there / "data/sources.csv", line)
    programs = there / "data/programs.csv"
    [row] = [r for r in programs.read_text(encoding="utf-8").splitlines() if ",job_fair," in r]
    add(programs, row.replace(*BY) + "\n")
    (there / "data/talks_held.csv").write_text(HEADER + SOUND, encoding="utf-8")
    return there


def run(folder, *command):
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    ran = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.process
def test_its_cells_keys_statuses_printed_texts_and_references_are_checked(copied):
    path = copied / "data/talks_held.csv"
    sound = path.read_text(encoding="utf-8")
    assert json.loads(run(copied, "-c", ASK, "check")) == []
    path.write_text(HEADER + WRONG, encoding="utf-8")
    try:
        assert json.loads(run(copied, "-c", ASK, "check")) == [
            [2, "people", "silently_empty"],
            [3, "people", "value_despite_status"],
            [4, "people", "bad_cell"],
            [4, "source_id", "unknown_source"],
            [4, "program_id", "unknown_program"],
            [5, "people", "printed_differs"],
        ]
    finally:
        path.write_text(sound, encoding="utf-8")


@pytest.mark.process
def test_it_is_loaded_sliced_and_named_and_its_later_edition_counts(copied):
    assert json.loads(run(copied, "-c", ASK, "load")) == {
        "rows": {"of 2018": [14], "of 2021": [], "of another": ["<NA>"]},
        "types": "Int64",
        "superseded": [12],
        "revisions": [["talks_held", "企業", "people", 12, 14]],
        "said": ["参加者数"],
        "inferred": ["聴き取り：聴いた相手"],
        "reasons": [["聴き取り", "聴いた相手", "1件", "理由の記載はありません"]],
        "codebook": [
            *("団体コード", "事業の識別名", "年度", "聴いた相手", "参加者数", "参加者数の状態"),
            *("参加者数の記載", "単位", "資料の識別名", "記載の場所", "推定した項目"),
        ],
        "hash": True,
    }


@pytest.mark.slow
@pytest.mark.process
def test_the_report_of_a_program_it_tells_of_is_made(copied):
    asked = "--notebook program --government 082201 --fiscal-year 2018 --program job_fair"
    made = run(copied, "-c", "from analysis.cli import main; main()", "run", *asked.split())
    assert "1 of 1 reports made" in made
    page = (copied / "outputs/2018/082201/job_fair/program.html").read_text(encoding="utf-8")
    assert "聴き取り" in page
    assert "参加者数" in page
