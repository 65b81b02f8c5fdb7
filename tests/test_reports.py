"""The reports of the real data, made as `make report` makes them and opened in a real browser."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from folders import BUDGET, CONSULTATIONS, JOB_FAIR, SOURCE
from running import run_sosei
from slices import copy_few

from analysis import load
from analysis.batch import ledger
from analysis.dataset.tables import TABLES
from analysis.wording import format_value, format_yen

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[1]

TSUKUBA = [
    *("support_robot_trial", "youth_life_plan", "lifestyle_seminar", "job_fair"),
    *("child_at_work", "migration_promotion", "local_hub_cocreation"),
]

FUKUOKA = [
    *("lodging_tax", "resident_tax", "digital_pr", "civil_protection", "disaster_groups"),
]

NOTEBOOKS = ("program", "government", "comparison", "portfolio")
PLAN, STRATEGY = "comprehensive_plan/program", "comprehensive_strategy/program"

REPORTS = [
    "2018/082201/government",
    *(f"2018/082201/{program}/program" for program in TSUKUBA),
    "2021/032018/government",
    *(f"2021/032018/{p}/program" for p in ("growth_field_hub", "ai_iot_platform")),
    "2021/032018/related_population/program",
    "2022/032018/government",
    "2022/032018/six_city_festivals/program",
    "2013/292087/government",
    f"2013/292087/{PLAN}",
    "2017/080004/government",
    f"2017/080004/{STRATEGY}",
    "2017/080004/startup_10000/program",
    "2024/400009/government",
    *(f"2024/400009/{program}/program" for program in FUKUOKA),
    "2013/272086/government",
    *(f"2013/272086/{program}/program" for program in ("participation", "flood")),
    "2019/012211/agri_centre/program",
    *("2017/080004/portfolio", "2020/080004/portfolio", "2021/082201/portfolio"),
    "comparison/comparison",
    "portfolio/portfolio",
]

ALIKE = (
    *("support_robot_trial", "youth_life_plan", "migration_promotion", "ai_iot_platform"),
    *("lodging_tax", "civil_protection", "disaster_groups", "flood"),
)

OPENED = [report for report in REPORTS if not any(name in report for name in ALIKE)]

EARLIER = [  # reports like others, of other years or places: made, and not opened in a browser
    *("2016/080004/government", f"2016/080004/{STRATEGY}", "2019/012211/government"),
    *("2013/292087/portfolio", "2016/080004/portfolio", "2024/400009/portfolio"),
    *("2018/082201/portfolio", "2021/032018/portfolio", "2022/032018/portfolio"),
    *("2013/272086/portfolio", "2019/012211/portfolio"),
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """All reports of the real data, made once."""
    output = tmp_path_factory.mktemp("reports") / "outputs"
    own = [word for name in NOTEBOOKS for word in ("--notebook", name)]
    run_sosei(ROOT, *own, "--output", str(output))
    return output


@pytest.fixture(scope="module")
def opened(browser, outputs):
    """Open a report at a width, each in the same window; fail on a request that leaves the file."""
    page = browser.new_page()

    def open_page(report, width=1280):
        address = (outputs / f"{report}.html").as_uri()
        left = []

        def note(request):
            if not is_inside(request.url, address):
                left.append(request.url)

        page.set_viewport_size({"width": width, "height": 900})
        page.on("request", note)
        page.goto(address)
        page.remove_listener("request", note)
        assert left == []
        return page

    return open_page


def is_inside(url, address):
    return url == address or url.startswith("data:")


def page_of(outputs, report):
    return (outputs / f"{report}.html").read_text(encoding="utf-8")


def test_every_report_stands_where_the_design_says(outputs):
    pages = sorted(str(path.relative_to(outputs))[:-5] for path in outputs.rglob("*.html"))
    assert pages == sorted([*REPORTS, *EARLIER, "index", "reading"])
    for report in REPORTS:
        assert (outputs / f"{report}.ipynb").exists()
    folder = outputs / "2018/082201/local_hub_cocreation"
    figures = sorted(path.name for path in (folder / "figures").iterdir())
    names = ["costs", "grades", "observations", "parts", "progress", "readings", "targets"]
    assert figures == [f"program_{name}.png" for name in names]
    assert (folder / "tables" / "program_progress.csv").exists()
    made = [entry["report"] for entry in ledger.read(outputs) if "report" in entry]
    assert sorted(made) == sorted([*REPORTS, *EARLIER])


def test_every_published_kpi_figure_and_amount_stands_in_its_report(outputs):
    data = load(ROOT / "data")
    keys = ["government_code", "program_id", "fiscal_year"]
    kpis = data.kpis.merge(data.program_years, on=keys)  # those of the years that are evaluated
    budgets = data.budgets.merge(data.program_years, on=keys)
    for kpi in kpis.to_dict("records"):
        report = f"{kpi['fiscal_year']}/{kpi['government_code']}/{kpi['program_id']}/program"
        page = page_of(outputs, report)
        for name in ("baseline", "target", "actual", "final_target"):
            if pd.notna(kpi[name]):
                assert f">{format_value(kpi[name], kpi['unit'])}</td>" in page, (report, name)
    for amount in budgets.to_dict("records"):
        report = f"{amount['fiscal_year']}/{amount['government_code']}/{amount['program_id']}"
        page = page_of(outputs, f"{report}/program")
        printed = format_yen(amount["amount_yen"]).removesuffix("円")
        assert f">{printed}" in page, (report, printed)
    last = data.program_years.groupby(keys[:2])["fiscal_year"].max()
    for seen in data.observations.dropna(subset=["value"]).to_dict("records"):
        if seen["fiscal_year"] > last[seen["government_code"], seen["program_id"]]:
            continue  # of a plan: in the report of that year, when it is asked for
        place = f"*/{seen['government_code']}"
        found = [
            *outputs.glob(f"{place}/{seen['program_id']}/program.html"),
            *outputs.glob(f"{place}/portfolio.html"),
        ]
        value = format_value(seen["value"], seen["unit"])
        pages = [path.read_text(encoding="utf-8") for path in found]
        assert any(seen["what"] in page and value in page for page in pages), seen["what"]


def test_every_printed_quantity_and_every_program_of_2020_stands_in_its_portfolio(outputs):
    data = load(ROOT / "data", government="080004", fiscal_year=2020)
    page = page_of(outputs, "2020/080004/portfolio")
    plain = unicodedata.normalize("NFKC", page)
    for term in data.instruments.dropna(subset=["quantity"]).to_dict("records"):
        said = unicodedata.normalize("NFKC", f"{term['what']} {term['printed']}")
        assert said in plain, term["term"]
    heads = set(re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page))
    assert set(data.programs["program"]) <= heads


def test_the_judgement_of_the_strategy_stands_in_its_portfolio(outputs):
    page = page_of(outputs, "2021/082201/portfolio")
    for cell in ("つくば市産業戦略会議（第1回）", "2022-01-25", "概ね順調", "令和3年度（推定）"):
        assert cell in page, cell


@pytest.mark.parametrize("report", [*OPENED, "index"])
def test_a_report_is_one_accessible_page_that_fits_wide_and_narrow(opened, report):
    for width in (1280, 390):
        page = opened(report, width)
        assert page.evaluate("document.documentElement.lang") == "ja"
        assert page.locator("h1").count() == 1
        assert page.title()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for image in page.locator("img").all():
            assert len(image.get_attribute("alt")) > 10
            assert image.evaluate("i => i.naturalWidth") > 300
        assert page.locator("table:not(:has(thead th[scope=col]))").count() == 0
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_shows_no_code_no_address_and_no_missing_value(opened, outputs, report):
    text = opened(report).inner_text("main")
    for word in ("sosei.", "import ", "dataset", "NaN", "nan", "<NA>", "None", "Traceback"):
        assert word not in text, word
    page = page_of(outputs, report)
    words = re.sub(r"base64,[^\"]+", "", page)  # a picture may hold any letters
    words = re.sub('<ul class="sources">.*?</ul>', "", words)  # where documents were found
    assert "http" not in re.sub('http-equiv="Content|href\\^=http', "", words)
    assert str(outputs) not in page


def test_a_narrow_screen_gets_the_narrow_figure(opened):
    sizes = [
        opened("2018/082201/job_fair/program", width)
        .locator("figure img")
        .first.evaluate("i => [i.currentSrc.length, i.naturalWidth]")
        for width in (1280, 390)
    ]
    assert [natural for _, natural in sizes] == [1520, 720]


def test_on_paper_a_closed_fold_says_so_and_each_sheet_bears_its_title(opened):
    page = opened("2018/082201/government")
    page.emulate_media(media="print")
    page.locator("summary").nth(1).evaluate("summary => summary.parentElement.open = true")
    notes = page.locator("summary").evaluate_all(
        "all => all.map(summary => getComputedStyle(summary, '::after').content)"
    )
    assert "閉じたまま" in notes[2]
    assert notes[1] == "none"
    assert not page.locator(".take").first.is_visible()
    page.emulate_media(media="screen")
    sheets = page.evaluate("[...document.styleSheets[0].cssRules].map(rule => rule.cssText).join()")
    assert "つくば市" in sheets.partition("@bottom-left")[2]


def test_in_the_dark_the_page_is_dark_and_its_drawings_are_turned(opened):
    page = opened("2018/082201/government")
    page.emulate_media(color_scheme="dark")
    [dark] = page.locator("body").evaluate_all(
        "b => b.map(b => getComputedStyle(b).backgroundColor)"
    )
    turned = page.locator("figure.own img").first.evaluate("i => getComputedStyle(i).filter")
    page.emulate_media(color_scheme="light")
    assert dark == "rgb(18, 23, 30)"
    assert turned.startswith("invert(1)")


def test_every_link_of_a_report_leads_somewhere(opened, outputs):
    for report in ("2018/082201/government", "2018/082201/job_fair/program", "portfolio/portfolio"):
        page = opened(report)
        links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        names = page.locator("[id]").evaluate_all("all => all.map(a => a.id)")
        beside = [unquote(link) for link in links if not link.startswith(("#", "http"))]
        assert {unquote(link[1:]) for link in links if link.startswith("#")} <= {*names}
        assert len(beside) > 5
        files = [link.partition("#")[0] for link in beside]
        assert all(((outputs / report).parent / file).is_file() for file in files)


def test_the_index_finds_reports_by_name(opened):
    page = opened("index")
    assert page.locator("tbody tr:visible").count() == len(REPORTS + EARLIER)
    page.fill("#search", "つくば　面接")
    assert page.locator("tbody tr:visible").all_inner_texts()[0].startswith("合同就職面接会")
    assert page.locator("#found").inner_text() == "1件が見つかりました"
    assert page.locator("section:visible").count() == 1


def test_every_link_of_the_index_leads_somewhere(opened, outputs):
    links = opened("index").locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) == len(REPORTS + EARLIER) + 5
    assert all((outputs / link).is_file() for link in links)


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(outputs, tmp_path):
    again = tmp_path / "outputs"
    run_sosei(ROOT, "--output", str(again), "--program", "job_fair")
    files = [p for p in again.rglob("*") if p.suffix in {".html", ".png", ".csv"}]
    reports = [p for p in files if p.name != "index.html"]
    assert len(reports) > 20
    for path in reports:
        assert path.read_bytes() == (outputs / path.relative_to(again)).read_bytes(), path.name


def test_a_name_with_markup_is_text_in_the_page_and_never_runs(browser, tmp_path):
    copy_few(tmp_path / "data")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    evil = "<script>document.title='x'</script><img src=x onerror=document.title='x'>_**太字**"
    for name, old in (
        ("kpis", "合同就職面接会におけるマッチング相談件数"),
        ("programs", "合同就職面接会"),
    ):
        path = tmp_path / "data" / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, evil), encoding="utf-8")
    run_sosei(tmp_path, "--program", "job_fair")
    page = browser.new_page()
    for report in ("2018/082201/job_fair/program", "index"):
        page.goto((tmp_path / "outputs" / f"{report}.html").as_uri())
        assert page.title() != "x"
        assert page.locator("img[src=x]").count() == 0
        assert "<script>" in page.inner_text("main")
    page.close()


def write_sparse(folder, **tables):
    """A folder of headers, with a row in some tables."""
    folder.mkdir()
    rows = {"sources": [SOURCE], "programs": [JOB_FAIR], "kpis": [], "budgets": []} | tables
    for name, listed in rows.items():
        header = pd.DataFrame(columns=list(TABLES[name].columns))
        table = pd.concat([header, pd.DataFrame(listed)]) if listed else header
        table.to_csv(folder / f"{name}.csv", index=False)


@pytest.mark.parametrize(
    ("tables", "reports"), [({}, 2), ({"budgets": [BUDGET]}, 5), ({"kpis": [CONSULTATIONS]}, 5)]
)
def test_every_notebook_has_a_report_however_little_is_held(tmp_path, tables, reports):
    write_sparse(tmp_path / "data", **tables)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    run_sosei(tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.glob("outputs/*/**/*.html")}
    assert len(made) == reports
    assert (tmp_path / "outputs/results/results.xlsx").is_file()


@pytest.mark.parametrize(
    "name", ["explore", pytest.param("explore_intake", marks=pytest.mark.slow)]
)
def test_the_researchers_notebooks_run_from_their_own_folder(tmp_path, name):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    command = ["-m", "jupyter", "execute", f"{name}.ipynb"]
    environment = {k: v for k, v in os.environ.items() if k != "SOSEI_REPORT"}
    subprocess.run(
        [sys.executable, *command], cwd=tmp_path / "notebooks", env=environment, check=True
    )
    assert (tmp_path / "outputs/explore/figures/progress.png").exists()
