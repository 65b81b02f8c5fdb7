"""The index of reports: what stands in it, in one page or with pieces beside it."""

import hashlib
import re

import pytest
from indexed import enter_reports, make_audit, make_programs

from analysis import load, measure
from analysis.batch import index
from analysis.batch.index import MOST_IN_ONE, write_index

TSUKUBA = {"government": "082201", "fiscal_year": 2018}


@pytest.fixture(scope="module")
def programs(root):
    """The computed programs of the real data."""
    return measure(load(str(root / "data"))).results["programs"]


@pytest.fixture
def make(enter, tmp_path):
    """Note a finished report in the ledger, with a page."""

    def make(report, title, **said):
        page = tmp_path / f"{report}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.touch()
        notebook = {"notebook": f"notebooks/{report.rpartition('/')[2]}.ipynb"}
        return enter(tmp_path, report, title=title, **notebook | said)

    return make


@pytest.fixture
def read_index(programs, tmp_path):
    """Write the index and read it."""

    def read():
        write_index(programs, tmp_path, tmp_path / "index.html")
        return (tmp_path / "index.html").read_text(encoding="utf-8")

    return read


def test_a_report_of_a_program_that_left_the_data_stays_listed_apart_and_without_figures(
    make, read_index
):
    gone, fair = "2018/082201/a_fair/program", "2018/082201/job_fair/program"
    names = {gone: ("a_fair", "なくなった事業"), fair: ("job_fair", "就職面接会")}
    for report, (program, name) in names.items():
        title, parameters = f"つくば市 平成30年度 {name}", TSUKUBA | {"program": program}
        make(report, title, subject=name, parameters=parameters)
    held, left = read_index().split("<h2>いまのデータにない報告</h2>")
    assert f'<a href="{fair}.html">就職面接会</a>' in held
    assert '<td class="figure">—</td>' not in held
    assert f'<a href="{gone}.html">つくば市 平成30年度 なくなった事業</a>' in left
    assert left.count('<td class="figure">—</td>') == 2
    assert "就職面接会" not in left


def test_a_line_of_the_ledger_of_the_version_before_is_listed_by_its_whole_title(make, read_index):
    fair, title = "2018/082201/job_fair/program", "つくば市 平成30年度 就職面接会"
    make(fair, title, parameters=TSUKUBA | {"program": "job_fair"})
    assert f'<a href="{fair}.html">{title}</a>' in read_index()


def test_a_portfolio_shows_of_how_many_programs_anything_can_be_judged(make, read_index):
    about = {"government": "080004", "fiscal_year": 2017}
    make("2017/080004/portfolio", "茨城県 平成29年度", subject="", parameters=about)
    assert '<td class="figure">判定できる事業<br>1 / 13</td>' in read_index()


def test_only_reports_of_the_project_s_own_kinds_have_figures(make, read_index):
    for name in ("government", "one_plot"):
        make(f"2018/082201/{name}", "つくば市 平成30年度", subject="", parameters=TSUKUBA)
    make("one_plot/one_plot", "図", subject="図")
    rows = read_index().split('<a href="')[-3:]
    counts = {row.split(".html")[0]: row.count(">—</td>") for row in rows}
    assert counts == {
        "2018/082201/government": 0,
        "2018/082201/one_plot": 2,
        "one_plot/one_plot": 2,
    }


def test_reports_of_one_government_and_year_stand_together_and_the_others_under_the_whole(
    make, read_index
):
    make("2018/082201/government", "つくば市 平成30年度", subject="", parameters=TSUKUBA)
    make("own/own", "own（x=a）", subject="own", values={"x": "a"})
    shown = read_index()
    assert "<h2>つくば市 平成30年度</h2>" in shown
    assert shown.partition("<h2>全体</h2>")[2].count('<a href="own/own.html">own（x=a）</a>') == 1


def test_a_report_that_ended_early_or_warns_says_so_with_its_warnings_harmless(
    make, read_index, tmp_path
):
    warnings = [f"\x1b[31m<b>{tmp_path}/図.png", "長" * 999]
    make("2018/082201/own", "つくば市", parameters=TSUKUBA, ended_at=3, warnings=warnings)
    shown = read_index()
    assert '<span class="short">途中で終了</span>' in shown
    assert '>注意2件</span><span class="short">（作成者向け、英語）</span></summary>' in shown
    assert '<ul lang="en"><li>&lt;b&gt;' in shown
    assert "長" * 299 + "…</li>" in shown
    assert "\x1b" not in shown


def write_made(output, reports, governments=1_788):
    """Write an index of reports that are made up; return its text and its pieces."""
    programs = make_programs(reports, governments)
    assert enter_reports(output, programs) == reports
    write_index(programs, output, output / "index.html", make_audit(programs))
    pieces = sorted((output / "index_files").glob("*"))
    return (output / "index.html").read_text(encoding="utf-8"), pieces


def test_at_ten_thousand_reports_the_page_is_light_and_names_each_publisher(tmp_path):
    page, pieces = write_made(tmp_path, 10_000)
    assert len(page.encode()) < 300_000
    assert page.count('.html">合成') == 1_788
    assert "10,000件の報告" in page
    scripts = [path for path in pieces if path.suffix == ".js"]
    plain = [path for path in pieces if path.suffix == ".html"]
    assert len(plain) == 1_788
    assert max(path.stat().st_size for path in scripts) < 300_000
    rows = sum(path.read_text(encoding="utf-8").count('<th scope=\\"row') for path in scripts)
    assert rows == sum(p.read_text(encoding="utf-8").count('<th scope="row') for p in plain)
    assert rows == 10_000


def test_few_reports_stand_in_the_page_itself_and_more_beside_it(tmp_path):
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, reports in ((few, MOST_IN_ONE), (many, MOST_IN_ONE + 2)):
        folder.mkdir()
        page, pieces = write_made(folder, reports, governments=10)
        is_one = folder == few
        assert page.count('<th scope="row">') == (reports if is_one else 0)
        assert (pieces == []) == is_one
        assert ("'strict-dynamic'" in page) == (not is_one)


def test_a_script_is_named_by_its_content_and_stays_when_nothing_in_it_changes(tmp_path):
    page, before = write_made(tmp_path, 402, governments=94)
    for path in before:
        if path.suffix == ".js":
            assert hashlib.sha256(path.read_bytes()).hexdigest()[:32] == path.stem
            assert f"index_files/{path.name}" in page
    programs = make_programs(402, 94)
    programs.loc[0, "program"] = "変わった事業"
    programs.loc[0, "reached"] = programs.loc[0, "kpis"] = 9
    write_index(programs, tmp_path, tmp_path / "index.html", make_audit(programs))
    after = {*(tmp_path / "index_files").glob("*.js")}
    of_scripts = {path for path in before if path.suffix == ".js"}
    assert len(of_scripts - after) == len(after - of_scripts) == 1


def test_no_page_of_an_index_asks_for_anything_but_its_own_pieces(tmp_path):
    page, pieces = write_made(tmp_path, 402, governments=94)
    plain = [path.read_text(encoding="utf-8") for path in pieces if path.suffix == ".html"]
    for text in (page, *plain):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        assert policy.startswith("default-src 'none';")
        assert not re.search(r"<(?:link|base|form|img|iframe|script src)", text)
    assert all("script-src 'none'" in text and "<script" not in text for text in plain)


def test_what_all_reports_say_together_stands_at_the_top(make, programs, tmp_path, root):
    make("2018/082201/government", "つくば市 平成30年度", subject="", parameters=TSUKUBA)
    audit = measure(load(str(root / "data"))).audit
    write_index(programs, tmp_path, tmp_path / "index.html", audit)
    lead = (tmp_path / "index.html").read_text(encoding="utf-8").partition('class="lead">')[2]
    assert lead.startswith(
        "7事業についての報告です。目標に到達したかを判定できる7指標のうち、"
        "到達したのは5指標でした。公表の数値と合わない評価は1件です。</p>"
    )


def test_a_filter_for_failed_reports_is_there_only_where_one_has_failed(make, read_index):
    make("2018/082201/government", "つくば市", subject="", parameters=TSUKUBA)
    assert 'value="missed"' in read_index()
    assert 'value="failed"' not in read_index()
    failure = {"cell": 1, "error": "ValueError: <数値>がない", "source": ""}
    make("2018/082201/own", "つくば市", parameters=TSUKUBA, status="failed", failure=failure)
    assert 'value="failed"' in read_index()
    assert "ValueError: &lt;数値&gt;がない" in read_index()


def test_of_many_reports_about_no_one_publisher_or_none_any_more_each_kind_has_its_page(
    enter, tmp_path
):
    programs = make_programs(20, governments=10)
    for number in range(200):
        for name, parameters in (("own", {"x": number}), ("old", {"government": "999999"})):
            report = f"own/{name}{number}/own"
            (tmp_path / report).parent.mkdir(parents=True)
            (tmp_path / f"{report}.html").touch()
            enter(tmp_path, report, title=f"{name} {number}", parameters=parameters)
    write_index(programs, tmp_path, tmp_path / "index.html")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for name, title in (("whole", "全体"), ("gone", "いまのデータにない報告")):
        assert f'<a href="index_files/{name}.html">{title}</a>' in page
        plain = (tmp_path / f"index_files/{name}.html").read_text(encoding="utf-8")
        assert plain.count('<th scope="row"><a href="../own/') == 200


@pytest.mark.parametrize(
    "code", ["../../evil", "gone", "a/b", 'x"><script>', "X" * 300, "\u202e市"]
)
def test_a_code_that_no_file_can_bear_names_none(enter, tmp_path, monkeypatch, code):
    monkeypatch.setattr(index, "MOST_IN_ONE", 0)
    output = tmp_path / "outputs"
    output.mkdir()
    (output / "a.html").touch()
    programs = make_programs(2, governments=1).assign(government_code=code)
    about = {"government": code, "fiscal_year": 2018}
    enter(output, "a", notebook="notebooks/government.ipynb", parameters=about)
    write_index(programs, output, output / "index.html")
    [plain] = (output / "index_files").glob("*.html")
    assert re.fullmatch(r"code_[0-9a-f]{16}\.html", plain.name)
    assert f'href="index_files/{plain.name}"' in (output / "index.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["outputs"]
