"""Outputs that live by scripts, in a page that runs none but its own, as a browser shows them."""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from slices import copy_few

from analysis.batch import ledger
from analysis.page.export.lively import show_lively
from analysis.page.export.lock import OPEN, lock_page

ROOT = Path(__file__).parents[3]

KEY = '"sosei": {"scripts": true}'


@pytest.fixture(scope="module")
def outputs(chromium, tmp_path_factory):
    """The suite's notebooks, run once. Neither a browser nor a file of one is left."""
    project = tmp_path_factory.mktemp("lively")
    copy_few(project / "data")
    shutil.copytree(ROOT / "tests/notebooks/lively", project / "notebooks")
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "run"]
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        environment = os.environ | {"TMPDIR": folder}
        done = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert os.listdir(folder) == []  # noqa: PTH208
    return project / "outputs"


@pytest.fixture(scope="module")
def elsewhere():
    """A place that example.org is, for the browser of these tests: it hears who connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture(scope="module")
def page(chromium, elsewhere):
    rule = f"MAP example.org:443 127.0.0.1:{elsewhere.getsockname()[1]}"
    arguments = ["--no-sandbox", f"--host-resolver-rules={rule}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser.new_page()
        browser.close()


@pytest.fixture(scope="module")
def opened(outputs, page):
    def open_report(name):
        page.goto((outputs / f"{name}/{name}.html").as_uri())
        return page

    return open_report


@pytest.fixture(scope="module")
def warnings(outputs):
    """What the run said of each report."""
    return {e["report"].split("/")[0]: e.get("warnings", []) for e in ledger.latest(outputs)}


def pictures(page):
    """The width of each picture as the browser has decoded it, and its alternative text."""
    found = page.locator("main img").all()
    return [(i.evaluate("i => i.naturalWidth"), i.get_attribute("alt")) for i in found]


@pytest.mark.slow
def test_a_chart_of_altair_is_a_picture_with_its_japanese_text(opened, warnings):
    shown = opened("altair_chart")
    ((width, alt),) = pictures(shown)
    assert width > 200
    assert alt == "事業ごとの達成率"
    source = shown.locator("main img").get_attribute("src").partition("base64,")[2]
    svg = base64.b64decode(source).decode()
    assert all(f">{word}<" in svg for word in ("面接会", "相談", "事業ごとの達成率"))
    assert warnings["altair_chart"] == []


@pytest.mark.slow
def test_a_chart_of_data_elsewhere_says_what_it_would_have_asked(opened, warnings):
    text = opened("altair_of_an_address").inner_text("main")
    assert "外部（https://example.org/rates.csv）から読み込むため、表示できません" in text
    (warning,) = warnings["altair_of_an_address"]
    assert "would have asked https://example.org/rates.csv" in warning


def test_a_figure_of_plotly_is_a_picture_however_it_was_shown(opened, warnings):
    shown = pictures(opened("plotly_figure"))
    assert shown == [(800, "事業ごとの達成率")] * 3
    assert warnings["plotly_figure"] == []


def test_scripts_that_the_notebook_lets_run_draw(opened, warnings):
    shown = opened("plotly_with_its_script")
    assert shown.locator(".bars .point").count() == 2
    assert "面接会" in shown.locator(".xtick").first.text_content()
    shown = opened("animation_that_runs")
    ((width, alt),) = pictures(shown)
    assert width > 100
    assert alt == "アニメーション"
    frames = {}
    for button in ("Pause", "First frame", "Last frame"):
        shown.get_by_title(button).click()
        place = shown.locator(".anim-slider").input_value()
        frames[place] = shown.locator("main img").get_attribute("src")
    assert frames["0"] != frames["2"]
    assert warnings["plotly_with_its_script"] == warnings["animation_that_runs"] == []


def test_an_animation_that_may_not_run_shows_its_first_frame_and_the_run_says_how_it_may(
    opened, warnings
):
    shown = opened("animation")
    ((width, alt),) = pictures(shown)
    assert width > 100
    assert alt == "アニメーションの最初のコマ"
    assert "sosei" not in shown.inner_text("main .absent")
    (warning,) = warnings["animation"]
    assert KEY in warning


def test_widgets_show_what_they_stand_at_and_what_was_printed_in_them(opened, warnings):
    text = opened("widgets").inner_text("main")
    for words in ("年数：3", "区分：乙", "含む：はい", "太字", "部品の中の印刷", "二枚目の札"):
        assert words in text, words
    for words in ("選んだ値は 3", "条件", "期間：2015～2018", "福祉、移住", "開始：2018年4月1日"):
        assert words in text, words
    assert "隠した文" not in text
    assert "部品（Controller）は表示できません" in text
    (warning,) = warnings["widgets"]
    assert "Controller" in warning


def test_a_progress_bar_stands_at_its_end(opened):
    shown = opened("progress_bar")
    assert shown.locator("progress").evaluate("bar => bar.position") == 1
    text = shown.inner_text("main")
    assert "100%" in text
    assert "5/5" in text


def test_nothing_hostile_runs_or_leaves_the_page(opened, warnings, elsewhere, tmp_path):
    shown = opened("hostile_html")
    address = shown.url
    for place in ("#p", "#b", "#a"):
        shown.evaluate("place => document.querySelector(place).click()", place)
    shown.wait_for_load_state("networkidle")
    assert shown.url.removesuffix("#p") == address
    assert shown.title() != "taken"
    text = shown.inner_text("main")
    assert all(words in text for words in ("残る文", "地", "押す", "https://example.org/frame"))
    assert shown.locator("main meta, main link").count() == 0
    said = "\n".join(warnings["hostile_html"])
    assert "scripts in an output or in prose do not run" in said
    assert "a meta refresh was removed" in said
    assert "would have asked https://example.org/frame" in said
    elsewhere.settimeout(0)
    with pytest.raises(BlockingIOError):
        elsewhere.accept()
    # and this is a place that hears who asks
    control = tmp_path / "control.html"
    control.write_text("<img src=https://example.org/img>", encoding="utf-8")
    shown.goto(control.as_uri(), wait_until="commit")
    elsewhere.settimeout(30)
    elsewhere.accept()[0].close()


def test_the_index_finds_reports_under_the_policy(outputs, page):
    page.goto((outputs / "index.html").as_uri())
    page.fill("#search", "widgets")
    assert page.locator("tbody tr:visible").count() == 1


def test_a_script_with_the_line_ends_of_windows_runs(page, tmp_path):
    html = f"<head>{OPEN}</head><p>\r\n<script>document.title =\r\n'ran'</script><script></script>"
    locked, _ = lock_page(html, scripts=True)
    path = tmp_path / "page.html"
    path.write_bytes(locked.encode())
    page.goto(path.as_uri())
    assert page.title() == "ran"


def test_an_ordinary_output_is_left_to_the_page():
    table = {"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}
    assert show_lively(table, {}, "".join) is None
    assert show_lively({"image/png": "", "text/plain": "<Figure>"}, {}, "".join) is None
