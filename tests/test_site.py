"""The index of reports: what stands in it when the data have moved on."""

import pandas as pd
import pytest

from analysis import load, measure
from analysis.batch.site import _say_cost, write_index


@pytest.fixture
def make(enter, tmp_path):
    """Note a finished report in the ledger, with a page."""

    def make(report, title, **said):
        page = tmp_path / f"{report}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.touch()
        return enter(
            tmp_path, report, title=title, **{"notebook": "notebooks/program.ipynb"} | said
        )

    return make


def test_a_report_of_a_program_that_left_the_data_stays_listed_apart_and_without_figures(
    root, make, tmp_path
):
    tsukuba = {"government": "082201", "fiscal_year": 2018}
    gone, fair = "2018/082201/a_fair/program", "2018/082201/job_fair/program"
    about = {name: tsukuba | {"program": name} for name in ("a_fair", "job_fair")}
    make(gone, "つくば市 平成30年度 なくなった事業", parameters=about["a_fair"])
    make(fair, "つくば市 平成30年度 就職面接会", parameters=about["job_fair"])
    index = tmp_path / "index.html"
    write_index(measure(load(str(root / "data"))).results["programs"], tmp_path, index)
    held, left = index.read_text(encoding="utf-8").split("<h2>いまのデータにない報告</h2>")
    assert f'<a href="{fair}.html">就職面接会</a>' in held
    assert '<td class="figure">—</td>' not in held
    assert f'<a href="{gone}.html">つくば市 平成30年度 なくなった事業</a>' in left
    assert left.count('<td class="figure">—</td>') == 2
    assert "就職面接会" not in left


def test_a_portfolio_shows_of_how_many_programs_anything_can_be_judged(root, make, tmp_path):
    about = {"government": "080004", "fiscal_year": 2017}
    portfolio = {"notebook": "notebooks/portfolio.ipynb", "parameters": about}
    make("2017/080004/portfolio", "茨城県 平成29年度", **portfolio)
    index = tmp_path / "index.html"
    write_index(measure(load(str(root / "data"))).results["programs"], tmp_path, index)
    shown = index.read_text(encoding="utf-8")
    assert "どの事業を評価できるか</a>" in shown
    assert '<td class="figure">判定できる事業<br>1 / 13</td>' in shown


def test_only_reports_of_the_project_s_own_kinds_have_figures(root, make, tmp_path):
    about = {"government": "082201", "fiscal_year": 2018}
    for name in ("government", "one_plot"):
        notebook = f"notebooks/{name}.ipynb"
        make(f"2018/082201/{name}", "つくば市 平成30年度", notebook=notebook, parameters=about)
    make("one_plot/one_plot", "図", notebook="notebooks/one_plot.ipynb")
    index = tmp_path / "index.html"
    write_index(measure(load(str(root / "data"))).results["programs"], tmp_path, index)
    rows = index.read_text(encoding="utf-8").split('<a href="')[-3:]
    counts = {row.split(".html")[0]: row.count(">—</td>") for row in rows}
    assert counts == {
        "2018/082201/government": 0,
        "2018/082201/one_plot": 2,
        "one_plot/one_plot": 2,
    }


def test_the_name_of_a_notebook_stands_beside_a_title_that_does_not_begin_with_it(
    root, make, tmp_path
):
    titles = ["own", "own（x=a）", "図の形式", "つくば市 平成30年度"]
    for number, title in enumerate(titles):
        about = {"government": "082201", "fiscal_year": 2018} if "つくば" in title else {}
        make(f"own/{number}", title, notebook="notebooks/own.ipynb", parameters=about)
    index = tmp_path / "index.html"
    write_index(measure(load(str(root / "data"))).results["programs"], tmp_path, index)
    shown = index.read_text(encoding="utf-8")
    for number, text in enumerate(["own", "own（x=a）", "図の形式（own）", "own"]):
        assert f'<a href="own/{number}.html">{text}</a>' in shown


def test_a_report_that_ended_early_or_warns_says_so_with_its_warnings_harmless(
    root, make, tmp_path
):
    about = {"government": "082201", "fiscal_year": 2018}
    warnings = [f"\x1b[31m<b>{tmp_path}/図.png", "長" * 999]
    make("2018/082201/own", "つくば市", parameters=about, ended_at=3, warnings=warnings)
    index = tmp_path / "index.html"
    write_index(measure(load(str(root / "data"))).results["programs"], tmp_path, index)
    shown = index.read_text(encoding="utf-8")
    assert '<span class="short">途中で終了</span>' in shown
    assert '>注意2件</span><span class="short">（作成者向け、英語）</span></summary>' in shown
    assert '<ul lang="en"><li>&lt;b&gt;' in shown
    assert "長" * 299 + "…</li>" in shown
    assert "\x1b" not in shown


def test_amounts_of_unlike_kinds_or_years_are_never_summed_in_the_index(root):
    # 総予算額 of つくば市 (H30) and amounts of unstated nature of 盛岡市 (R3)
    programs = measure(load(str(root / "data"))).results["programs"]
    text = _say_cost(programs[programs["government_code"].isin(["082201", "032018"])])
    assert text == "金額の種類が違うため合計しない（総予算額：7事業、記載された金額の合計：1事業）"
    assert _say_cost(programs[programs["government_code"] == "082201"]).endswith("円（総予算額）")
    costs = pd.DataFrame({"fiscal_year": [2018, 2019], "cost_yen": [1, 2]})
    costs = costs.assign(cost_basis="settled", cost_natures="")
    assert _say_cost(costs) == "年度が違うため合計しない（H30：1事業、R元：1事業）"
    assert _say_cost(costs.iloc[:0]) == "記載なし"
