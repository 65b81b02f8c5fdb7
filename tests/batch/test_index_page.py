"""The index as a browser shows it from a folder: searched, filtered, without a script, narrow."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from indexed import enter_reports, make_audit, make_programs

from analysis.batch.index import write_index

EVIL = "</script><script>document.title='x'</script>\"><img src=x onerror=document.title='x'>"
SAID = re.compile("[0-9]件|ません")  # when the search has ended
NAMES = {0: "龍ケ崎バスケットボール教室", 1: "R2D2ロボット教室", 2: EVIL}


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """Two indexes of made-up programs: with few reports in one page, and with many in pieces."""
    found = {}
    for name, reports in (("few", 60), ("many", 602)):
        output = tmp_path_factory.mktemp(name)
        programs = make_programs(reports, governments=20)
        for row, text in NAMES.items():
            programs.loc[row, "program"] = text
        programs.loc[3, ["kpis", "missed", "reached", "unknown"]] = [9, 9, 0, 0]
        assert enter_reports(output, programs) == reports
        write_index(programs, output, output / "index.html", make_audit(programs))
        found[name] = output
    return found


@pytest.fixture(scope="module", params=["few", "many"])
def page(request, browser, indexes):
    """An index that is open, of either kind; nothing in it went wrong or was stopped."""
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((indexes[request.param] / "index.html").as_uri())
    yield page
    assert said == []
    page.close()


@pytest.fixture
def ask(page):
    """Search, filter by result or year; return what is said and the rows shown, as texts."""

    def ask(words="", result="", year=""):
        page.fill("#search", words)
        page.check(f"input[name=result][value='{result}']", force=True)
        page.select_option("#year", year)
        if words or result or year:
            page.locator("#found", has_text=SAID).wait_for()
        return page.inner_text("#found"), page.locator("#hits tbody tr:visible").all_inner_texts()

    return ask


@pytest.mark.parametrize(
    "words", ["龍ケ崎バスケ", "龍ヶ崎ばすけ", "ﾊﾞｽｹｯﾄﾎﾞｰﾙ", "ばすけっとぼーる", "合成0000　龍ヶ崎"]
)
def test_a_name_is_found_in_whichever_kana_and_width_it_is_written(ask, words):
    said, [row] = ask(words)
    assert said == "1件が見つかりました"
    assert row.startswith("龍ケ崎バスケットボール教室\n合成0000市 平成30年度")


def test_a_year_is_found_by_any_of_its_names_and_is_not_a_part_of_a_code(ask):
    said, rows = ask("2019")
    assert all("令和元年度" in row for row in rows)
    assert len(rows) >= 20
    for words in ("R1", "Ｒ元", "令和元", "平成31年度", "h31", "㍻31", "2019年度"):
        assert ask(words) == (said, rows), words
    assert len(ask("合成0000市 H30")[1]) == len(ask("合成0000市　平成30")[1]) > 0
    assert len(ask("012010")[1]) > 0  # the code of 合成0000市, which 2010 is a part of
    assert ask("2010") == ("見つかりませんでした", [])


def test_a_name_that_looks_like_a_year_is_found_as_it_is_written(ask):
    assert [row.partition("\n")[0] for row in ask("r2d2")[1]] == ["R2D2ロボット教室"]


def test_a_filter_shows_programs_by_how_many_it_concerns_and_then_the_overviews(page, ask):
    said, rows = ask(result="missed")
    assert said.endswith("。該当の多い事業から順に並べ、団体などのまとめを続けています")
    assert "◆ 未達9" in rows[0]
    assert "団体全体" not in rows[0]
    counts = page.locator("#hits tbody tr").evaluate_all(
        "rows => rows.map(r => [r.classList.contains('whole'), -r.dataset.missed])"
    )
    assert counts == sorted(counts)
    assert all("≠ 数値と合わない評価" in row for row in ask(result="odd")[1])
    assert all("判定できない" in row for row in ask(result="unknown")[1])
    failed = ask(result="failed")[1]
    assert failed
    assert all("× 失敗 ValueError: 数値がない" in row for row in failed)
    both = ask("合成0003市", "missed", "2018")[1]
    assert 0 < len(both) < len(ask(result="missed")[1])
    assert all("合成0003市 平成30年度" in row for row in both)


def test_whoever_clears_the_search_has_the_list_again(page, ask):
    ask("龍ケ崎")
    assert not page.is_visible("#all")
    assert ask() == ("", [])
    assert page.is_visible("#all")
    assert not page.is_visible("#hits")


def test_of_many_hits_a_hundred_are_shown_and_more_on_demand(browser, indexes):
    page = browser.new_page()
    page.goto((indexes["many"] / "index.html").as_uri())
    page.fill("#search", "合成")
    page.wait_for_selector("#more:visible")
    assert page.locator("#hits tbody tr").count() == 100
    assert page.inner_text("#found") == "602件が見つかりました。はじめの100件を表示しています"
    page.press("#more", "Enter")
    assert page.locator("#hits tbody tr").count() == 200
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 101
    page.close()


def test_a_report_that_is_found_is_opened_and_whoever_comes_back_finds_it_found(page, ask):
    ask("龍ケ崎")
    index = page.url
    page.click("#hits tbody a")
    assert page.url == index.replace("index.html", "2018/012010/p_00000/program.html")
    page.go_back()
    assert page.url == index
    page.locator("#found", has_text="1件が見つかりました").wait_for()  # what was asked still stands
    assert page.locator("#hits tbody tr").count() == 1


def test_a_name_with_markup_is_text_and_never_runs(page, ask):
    [row] = ask("onerror")[1]
    assert row.startswith(EVIL)
    assert page.title() == "地方創生事業の評価報告"
    assert page.locator("img").count() == 0


def test_without_a_script_the_list_leads_to_a_plain_page_and_that_to_the_report(browser, indexes):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((indexes["many"] / "index.html").as_uri())
    assert not page.is_visible("#ask")
    page.click("details:has-text('北海道') summary")
    page.click("text=合成0000市")
    assert page.inner_text("h1") == "合成0000市"
    page.click("text=龍ケ崎バスケットボール教室")
    assert page.url.endswith("/2018/012010/p_00000/program.html")
    page.go_back()
    page.click("text=一覧へ戻る")
    assert page.inner_text("h1") == "地方創生事業の評価報告"
    page.goto((indexes["few"] / "index.html").as_uri())
    assert page.locator("#all tbody tr:visible").count() == 60
    context.close()


def test_where_a_piece_is_missing_the_search_says_so_and_the_list_stays(browser, indexes, tmp_path):
    index = (indexes["many"] / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(index, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.fill("#search", "龍ケ崎")
    page.locator("#found", has_text="一部を読み込めなかった").wait_for()
    assert page.is_visible("#all")
    page.close()


def test_a_tag_that_got_into_the_page_loads_no_script(browser, indexes, tmp_path):
    index = (indexes["many"] / "index.html").read_text(encoding="utf-8")
    (tmp_path / "evil.js").write_text("document.title = 'x'", encoding="utf-8")
    tag = "<main><script src='evil.js'></script>"
    titles = {}
    for name, text in {
        "locked": index,
        "open": index.replace('http-equiv="Content-Security-Policy"', 'name="none"'),
    }.items():
        (tmp_path / f"{name}.html").write_text(text.replace("<main>", tag), encoding="utf-8")
        page = browser.new_page()
        page.goto((tmp_path / f"{name}.html").as_uri())
        titles[name] = page.title()
        page.close()
    assert titles == {"locked": "地方創生事業の評価報告", "open": "x"}


def test_it_is_used_with_the_keyboard_alone(page, ask):
    ask()
    page.focus("#search")
    page.keyboard.type("龍ケ崎")
    page.wait_for_selector("#hits tbody tr:visible")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "result"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "missed"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "year"
    assert page.get_attribute("#found", "role") == "status"


@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_accessible_and_fits_wide_and_narrow_before_and_after_a_search(
    page, ask, indexes, width
):
    page.set_viewport_size({"width": width, "height": 900})
    for words in ("", "合成0001市"):
        ask(words)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_a_plain_page_is_accessible_and_fits_wide_and_narrow(browser, indexes):
    page = browser.new_page()
    page.goto((indexes["many"] / "index_files/012010.html").as_uri())
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert Axe().run(page).response["violations"] == []
    page.close()
