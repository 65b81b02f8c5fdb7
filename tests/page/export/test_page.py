"""Notebooks of any kind, run by one real run, and their pages as a browser shows them.

The notebooks stand in tests/notebooks/page, one for each case.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from running import run_sosei
from slices import copy_few

from analysis.batch import ledger

ROOT = Path(__file__).parents[3]

NOTEBOOKS = ROOT / "tests" / "notebooks" / "page"

NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))

NO_ALT = "説明（代替テキスト）のない図"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose notebooks are those of the suite, all of them run."""
    folder = tmp_path_factory.mktemp("pages")
    copy_few(folder / "data")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    run_sosei(folder)
    return folder


@pytest.fixture(scope="module")
def warned(project):
    """What the run says about the page of each notebook."""
    entries = ledger.latest(project / "outputs")
    return {Path(e["report"]).name: " / ".join(e.get("warnings", [])) for e in entries}


@pytest.fixture(scope="module")
def window(browser):
    return browser.new_page()


@pytest.fixture(scope="module")
def opened(window, project):
    """Open the page of a notebook at a width."""

    def open_page(name, width=1280):
        window.set_viewport_size({"width": width, "height": 700})
        window.goto((project / f"outputs/{name}/{name}.html").as_uri())
        return window

    return open_page


def pictures_of(page):
    """Alternative text, natural width and shown width of each picture, all of them loaded."""
    script = "all => all.map(i => [i.alt, i.naturalWidth, Math.round(i.width)])"
    return [tuple(found) for found in page.locator("img").evaluate_all(script)]


@pytest.mark.parametrize("name", NAMES)
def test_any_page_is_accessible_asks_for_nothing_and_fits_wide_and_narrow(
    opened, window, project, name
):
    asked = []

    def note(request):
        asked.append(request.url)

    window.on("request", note)
    for width in (1280, 390):
        page = opened(name, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    window.remove_listener("request", note)
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    html = (project / f"outputs/{name}/{name}.html").read_text(encoding="utf-8")
    assert "\x1b" not in html
    for folder in (project, ROOT, Path(sys.prefix), os.__file__):
        assert str(folder) not in html


def test_a_figure_is_a_picture_in_every_format_and_as_large_as_it_is(opened, warned):
    page = opened("pictures")
    assert page.title() == "図の形式"  # the script in the SVG did not run
    found = pictures_of(page)
    drawn, files = found[:3], found[3:]
    assert all(alt == NO_ALT and natural > 300 for alt, natural, _ in drawn)
    svg, _, retina = drawn
    assert retina[1] == 2 * retina[2]  # as the author sees it, sharper
    assert abs(svg[2] - retina[2]) < 60
    assert files == [
        *(("png", 60, 60), ("jpeg", 60, 60), ("gif", 60, 60), ("half", 60, 30)),
        *(("webp", 60, 60), (NO_ALT, 90, 90)),
    ]
    assert page.locator("svg").count() == 0
    assert warned["pictures"].startswith("cells 5, 6, 7, 12: a picture has no alternative text")


def test_markdown_that_was_computed_is_shown_as_markdown(opened):
    page = opened("markdown_outputs")
    assert page.locator("h2#結果").inner_text() == "結果"
    assert page.locator("strong").inner_text() == "7件"
    assert page.locator("p mfrac").bounding_box()["height"] > 10
    assert page.locator("main > ul li").all_inner_texts() == ["一"]
    numbers = page.locator("tbody td:last-child")
    assert numbers.all_inner_texts() == ["148", "1,200"]
    assert numbers.first.evaluate("cell => getComputedStyle(cell).textAlign") == "right"


def test_formulas_are_mathml_and_one_that_cannot_be_is_shown_as_it_was_written(opened, warned):
    page = opened("formulas")
    formulas = page.locator("math")
    assert formulas.count() == 10
    # all but that which only defines a command
    assert sum(formula.bounding_box()["width"] < 5 for formula in formulas.all()) == 1
    text = page.inner_text("main")
    for written in ("\\frac", "\\begin", "\\hat", "$$", "&="):
        assert written not in text
    assert "実績値" in text
    assert "(1)" in text  # the author's \tag
    assert "(2)" not in text
    assert page.locator("mtable").first.bounding_box()["height"] > 20
    assert "金額は $100 と書きます" in text
    assert page.locator("code").inner_text() == "\\nonsense{x}"
    assert warned["formulas"] == (
        "cell 6: a formula is shown as TeX, for it could not be converted: "
        'Unknown command "\\nonsense".'
    )


def test_local_pictures_are_inside_the_page_and_others_are_named_in_their_place(opened, warned):
    page = opened("local_pictures")
    assert pictures_of(page) == [
        *(("相談件数", 60, 60), ("会場の地図", 90, 90), ("貼り付けた図", 80, 80)),
        *(("HTMLの図", 60, 30), (NO_ALT, 60, 60), ("出力の図", 60, 60)),
    ]
    assert page.locator(".absent").all_inner_texts() == [
        "画像が見つかりません：missing.png（売上）",
        "外部（example.com）にある画像は載せていません：https://example.com/x.png（外の図）",
        "画像として読めないため載せていません：table.png（表）",
        "外部（example.com）にある画像は載せていません：//example.com/y.png（外）",
    ]
    for said in (
        "cell 4: the picture missing.png is not there",
        "cell 4: the picture https://example.com/x.png is not in the page, which never asks",
        "cell 4: a picture has no alternative text",
        "cell 4: table.png cannot be read as a picture",
        "cell 5: the picture //example.com/y.png is not in the page",
    ):
        assert said in warned["local_pictures"]


def test_a_link_to_a_heading_leads_there(opened):
    page = opened("sections")
    for name, heading in (("結果", "結果"), ("残った 課題", "残った 課題"), ("まとめ", "まとめ")):
        page.evaluate("scrollTo(0, 0)")
        page.get_by_role("link", name=name).click()
        place = page.get_by_role("heading", name=heading, exact=True).bounding_box()["y"]
        assert -1 < place < 600
        assert page.evaluate("scrollY") > 0


def test_data_frames_have_the_style_of_the_page_and_scroll_in_their_box(opened):
    page = opened("tables", 390)
    boxes = page.locator(".scroll[role=region][tabindex='0']")
    assert boxes.count() == page.locator("table").count() == 4
    labels = boxes.evaluate_all("all => all.map(box => box.getAttribute('aria-label'))")
    assert labels == ["表1", "表2", "表3", "実績の一覧"]
    wide = boxes.nth(1)
    assert wide.evaluate("box => box.scrollWidth > 2 * box.clientWidth")
    script = """cell => {
        const style = getComputedStyle(cell)
        return [style.textAlign, style.borderLeftWidth, style.borderRightWidth]
    }"""
    first = page.locator("table").first
    assert first.locator("td", has_text="1200").evaluate(script) == ["right", "0px", "0px"]
    assert first.locator("td", has_text="NaN").evaluate(script)[0] == "right"
    assert first.locator("th", has_text="実績").evaluate(script)[0] == "right"
    assert first.locator("td", has_text="相談件数").evaluate(script)[0] == "left"
    scopes = page.locator("table").nth(2).locator("th").evaluate_all("all => all.map(t => t.scope)")
    assert scopes == ["colgroup"] * 2 + ["col"] * 4 + ["rowgroup", "row", "row", "row", "row"]


def test_what_is_printed_stands_as_a_terminal_would_show_it(opened):
    texts = opened("printed").locator("pre").all_inner_texts()
    assert texts[0] == "処理 完了 \n13\n"
    assert texts[1] == "前\n後 <b>\n"
    assert "警告" not in "".join(texts)


def test_html_that_is_left_open_ends_with_its_output(opened):
    page = opened("unclosed")
    assert page.locator("td").inner_text() == "開いたまま"
    outside = page.locator("main > pre", has_text="次の出力")
    assert outside.is_visible()
    last = page.locator("main > p", has_text="最後の文です。")
    assert last.evaluate("p => getComputedStyle(p).fontWeight") == "400"
    assert last.evaluate("p => getComputedStyle(p).color") == page.locator("h1").evaluate(
        "h => getComputedStyle(h).color"
    )
    assert page.locator("main > h2").inner_text() == "後の節"


def test_a_saved_figure_is_shown_once_and_one_that_is_not_shown_stays_as_it_was(opened):
    alts = [alt for alt, _, _ in pictures_of(opened("saved_figure"))]
    assert alts == ["1から2へ上がる線", "aの図の説明", "bの図の説明", NO_ALT]


def test_tags_hide_what_they_hide_elsewhere(opened, project):
    page = opened("tags")
    assert page.locator("main > pre").all_inner_texts() == ["見える出力\n"]
    assert page.locator("details > pre").all_text_contents() == [
        "折りたたんだ出力\n",
        "折りたたんだセル\n",
        "JupyterLabで畳んだ出力\n",
    ]
    html = (project / "outputs/tags/tags.html").read_text(encoding="utf-8")
    assert "消した" not in html


def test_code_is_shown_for_a_notebook_a_cell_or_a_run_that_asks(opened, project):
    page = opened("code")
    codes = page.locator("pre.code")
    assert codes.all_text_contents()[1:] == [
        'print("開いたコード" + "の出力")',
        'print("畳んだコード" + "の出力")',
    ]
    assert [code.is_visible() for code in codes.all()[1:]] == [True, False]
    assert codes.first.inner_text().startswith("# Parameters")
    assert codes.first.bounding_box()["y"] > page.locator("h1").bounding_box()["y"]
    assert "ないコードの出力" in page.inner_text("main")
    assert opened("one_code").locator("pre.code").all_inner_texts() == ["shown = 1 < 2"]
    run_sosei(project, "--notebook", "one_code", "--output", "with_code", "--show-code")
    html = (project / "with_code/one_code/one_code.html").read_text(encoding="utf-8")
    assert "hidden = 2" in html


def test_an_error_that_was_asked_for_is_shown_and_the_cells_after_it_ran(opened):
    page = opened("raises")
    first, second = page.locator("pre.error").all_inner_texts()
    assert "----> 3     return 1 / 0" in first
    assert first.endswith("ZeroDivisionError: division by zero")
    assert "File json/decoder.py:" in second
    assert page.locator("main > pre").last.inner_text() == "続き\n"


def test_cells_that_were_never_executed_say_so(opened):
    page = opened("stops")
    assert page.locator(".absent").all_inner_texts() == [
        "ノートブックは、作成者の指示によりここで終わります。",
        "実行されていません",
    ]
    assert page.locator("main > p").last.inner_text() == "終わりの文章"


def test_what_no_page_can_show_is_named_in_its_place_and_to_the_run(opened, warned):
    page = opened("unknown")
    assert page.locator(".absent").all_inner_texts() == [
        "この出力はスクリプトで描かれるため、この報告では表示されません。",
        "この形の出力は載せられません：application/vnd.other+json",
    ]
    assert page.locator("pre").all_inner_texts() == ["文字だけ", '{\n  "件数": 7\n}']
    assert warned["unknown"] == (
        "cell 3: an output needs scripts, which do not run: if they may, write "
        '"sosei": {"scripts": true} into the notebook\'s metadata / '
        "cell 4: an output cannot be shown on a page: application/vnd.other+json / "
        "cell 5: an output is shown as plain text only, not as application/vnd.other+json"
    )


def test_frames_and_strikes_in_formulas_are_drawn(opened, warned):
    page = opened("struck_formulas")
    marked = page.locator("menclose")
    seen = [formula.screenshot() for formula in marked.all()]
    page.add_style_tag(
        content="menclose { background: #fff !important; border-color: #fff !important }"
    )
    assert len(seen) == 6
    assert all(old != formula.screenshot() for old, formula in zip(seen, marked.all(), strict=True))
    assert page.locator("code.tex").inner_text() == "\\phase{x}"
    assert warned["struck_formulas"].endswith("browsers do not draw phasorangle.")


def test_an_output_and_its_styles_stay_in_a_box_of_its_own(opened, warned):
    page = opened("boxes")
    above, fixed, absolute, first, second, floats, wide = (
        page.locator(place).bounding_box()
        for place in ("h1", *(f"#output-{n}" for n in range(1, 7)))
    )
    assert above["y"] + above["height"] <= fixed["y"]
    assert fixed["height"] > 20
    assert fixed["y"] + fixed["height"] <= absolute["y"]
    assert absolute["height"] < 100
    assert first["y"] + first["height"] <= second["y"]
    after = page.locator("pre", has_text="浮いた文の後").bounding_box()
    assert floats["y"] + floats["height"] <= after["y"]
    assert wide["width"] < 1000
    colour = "e => getComputedStyle(e).color"
    ink = page.locator("h1").evaluate(colour)
    assert page.locator("main").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor").endswith(
        "0)"
    )
    assert page.locator(".mine").evaluate(colour) == "rgb(1, 2, 3)"
    assert page.get_by_text("普通の文です。").evaluate(colour) == ink == "rgb(31, 42, 55)"
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator(".prose").evaluate(line) == "underline"
    assert page.locator("h1").evaluate(line) == "none"
    assert page.locator("td", has_text="1200").evaluate(colour) == "rgb(4, 5, 6)"
    assert warned["boxes"].startswith("cell 9: a <style> alone is left out")
    page.emulate_media(media="print")
    assert page.locator("#output-6").evaluate("e => getComputedStyle(e).overflowX") == "visible"
    page.emulate_media(media="screen")


def test_a_table_with_rows_that_are_not_alike_is_a_table(opened, warned):
    page = opened("irregular_tables")
    rows = page.locator("tbody tr").all()
    assert [row.locator("td").all_inner_texts() for row in rows] == [
        *(["a|b", "1"], ["|\n𝑥\n|", "2"], ["短い", ""], ["長い", "3"], ["閉じない", "4"])
    ]
    assert page.locator("p").inner_text() == "表の後の文です。"
    assert "余り" not in page.inner_text("main")
    assert warned["irregular_tables"].startswith("cell 3: a row of a table has more cells")


def test_pictures_and_sound_of_html_are_in_the_page_and_frames_are_named(opened, warned):
    page = opened("html_media")
    assert pictures_of(page) == [("貼り付けた図", 1, 80), ("印", 60, 60), ("大きな印", 60, 60)]
    ground = page.locator(".ground").evaluate("e => getComputedStyle(e).backgroundImage")
    assert ground.startswith('url("data:image/svg+xml')
    page.wait_for_function("document.querySelector('audio').readyState > 0")
    assert page.locator("iframe, video").count() == 0
    assert page.locator(".absent").all_inner_texts() == [
        "動画が見つかりません：film.mp4",
        "外部（example.com）にある動画は載せていません：https://example.com/film.mp4",
        "ここは枠の中の別のページ（https://example.com/map）で、この報告では表示されません。",
    ]
    assert "cell 3: the picture missing.svg is not there" in warned["html_media"]
    assert "cell 4: a frame is left out: it would have asked" in warned["html_media"]


def test_a_link_that_leads_nowhere_is_text(opened, warned):
    page = opened("lost_links")
    links = page.locator("main a:not(.above a)").all_inner_texts()
    assert links == ["ある節", "外の頁", "そこ"]
    text = page.inner_text("main")
    assert all(
        kept in text for kept in ("元のデータ、ない節", "覚え書き、ない所", "logo.svg", "一覧")
    )
    for said in (
        "cell 3: the link to data/origin.csv",
        "cell 3: the link to #ない節",
        "cell 5: the link",
    ):
        assert said in warned["lost_links"]


def test_dates_labels_and_colours_can_be_read(opened):
    page = opened("table_cells", 390)
    day = page.locator("td", has_text="2018-04-01").first
    assert day.evaluate("e => getComputedStyle(e).whiteSpace") == "nowrap"
    heads = page.locator("table").nth(1).locator("thead")
    label = heads.locator("th", has_text="目標")
    assert label.evaluate("e => getComputedStyle(e).textAlign") == "center"
    assert label.evaluate("e => getComputedStyle(e).borderBottomWidth") == "0px"
    last = heads.locator("th", has_text="2018").first
    assert last.evaluate("e => getComputedStyle(e).borderBottomWidth") == "2px"
    missing = page.locator("td", has_text="nan")
    assert missing.evaluate("e => getComputedStyle(e).textAlign") == "right"
    script = "all => all.map(e => getComputedStyle(e).backgroundColor)"
    grounds = page.locator("pre").evaluate_all(script)
    assert grounds == [*["rgb(244, 246, 249)"] * 2, "rgba(0, 0, 0, 0)"]
    red = page.locator("pre .ansi-bold")
    assert red.inner_text() == "赤い太字"
    style = red.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).fontWeight]")
    assert style == ["rgb(178, 60, 11)", "700"]
