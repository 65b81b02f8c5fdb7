"""A government of many programs, and all publishers of a year: pages that stay readable."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from running import run_sosei

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[1]
PROGRAMS, FIELDS, CODE = 130, 3, "900010"
MOST_BYTES, MOST_ROWS, MOST_LETTERS = 1_000_000, 100, 600


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Reports of a synthetic city that has the 130 programs of a synthetic nation."""
    folder = tmp_path_factory.mktemp("scale")
    command = [sys.executable, ROOT / "benchmarks/national.py", "--only-data"]
    command += ["--programs", str(PROGRAMS), "--output", folder]
    subprocess.run(command, check=True, capture_output=True)
    for path in (folder / "data").glob("*.csv"):
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
        if "government_code" in table:
            table["government_code"] = CODE
        if path.stem == "programs":
            table["government"] = "合成市"
            table["policy_group"] = [f"分野{n % FIELDS}" for n in range(len(table))]
        table.to_csv(path, index=False)
    notebooks = [p for name in ("nation", "government", "field") for p in ("--notebook", name)]
    place = ["--data", str(folder / "data"), "--output", str(folder / "outputs")]
    run_sosei(ROOT, *place, *notebooks)
    return folder


def read_pages(folder):
    pages = {path.relative_to(folder): path.read_text("utf-8") for path in folder.glob("**/*.html")}
    return {
        path: page
        for path, page in pages.items()
        if path.name not in ("index.html", "reading.html")
    }


def test_a_field_has_a_report_of_its_own_where_it_has_enough_programs(made):
    fields = list((made / "outputs/2023" / CODE / "field").iterdir())
    assert len(fields) == FIELDS
    [title] = re.findall("<h1>(.*?)</h1>", (fields[0] / "field.html").read_text("utf-8"))
    assert re.match("「分野[0-2]」の4[34]事業", title)


def test_the_nation_says_how_many_of_how_many(made):
    page = (made / "outputs/2023/nation.html").read_text("utf-8")
    [lead] = re.findall('<p class="lead">(.*?)</p>', page)
    assert f"、{PROGRAMS}事業です。" in lead


def test_no_page_table_or_alternative_text_grows_with_the_programs(made):
    pages = read_pages(made)
    assert len(pages) == FIELDS + 2
    for path, html in pages.items():
        assert len(html.encode()) <= MOST_BYTES, path
        bodies = re.findall("<tbody>.*?</tbody>", html, re.DOTALL)
        assert max(body.count("<tr>") for body in bodies) <= MOST_ROWS, path
        texts = re.findall('alt="([^"]*)"', html)
        assert max(map(len, texts), default=0) <= MOST_LETTERS, path


def test_a_table_that_is_cut_names_a_file_that_holds_every_row(made):
    folder = made / "outputs/2023" / CODE
    links = re.findall('href="(tables/[^"]*)"', (folder / "government.html").read_text("utf-8"))
    assert "tables/government_programs.csv" in links
    rows = (folder / "tables/government_programs.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == PROGRAMS + 1
