# ruff: noqa: E501  (a row of a table is a line)
"""The profiles of the package read the files they are for, figure by figure."""

import json
import shutil
from pathlib import Path

import pytest
from intake.layouts.build import build_all
from intake.scoring import read_rows
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from analysis.intake.ingest import ingest

NAMES = ("ア", "イ", "ウ", "カ", "キ", "ク", "サ", "シ", "ス")
MONEY = ["国庫支出金", "都道府県支出金", "地方債", "その他", "一般財源", "事業費計\u3000（A）"]
STAFF = ["正規職員従事人数", "延べ業務時間", "人件費計\u3000(B)", "トータルコスト(A)＋(B)"]
KINDS = ("⑤活動指標", "⑥対象指標", "⑦成果指標")
STARTS = {2020: "BT", 2021: "CM", 2022: "DF", 2023: "DY", 2024: "ER", 2025: "FK"}
WIDTH = 210


@pytest.fixture(scope="module")
def layouts(tmp_path_factory):
    return build_all(tmp_path_factory.mktemp("layouts"))


@pytest.mark.parametrize(
    ("layout", "profile"),
    [
        ("04a_form2", "form2"),
        ("02a_years", "yearly_sheet"),
        ("02b_expected_years", "yearly_sheet"),
        ("05a_program_sheets", "program_sheet"),
        ("05b_circled_form", "program_sheet"),
    ],
)
def test_what_is_guessed_rightly_is_read_the_same_by_a_profile(layouts, layout, profile, tmp_path):
    ingest(layouts[layout], tmp_path / "guessed")
    done = ingest(layouts[layout], tmp_path / "named", profile=profile)
    assert done.counts["problem"] == done.counts["doubt"] == 0
    assert read_rows(tmp_path / "named" / "ingest.csv") == read_rows(
        tmp_path / "guessed" / "ingest.csv"
    )


def test_by_its_profile_tsukubas_list_is_as_typed_by_hand(tmp_path):
    ingest("docs/examples/tsukuba_h30.xlsx", tmp_path, profile="tsukuba")
    typed = {r["kpi"]: r for r in read_rows(Path("data/kpis.csv")) if r["source_id"].startswith("tsukuba_2018")}  # fmt: skip
    for row in read_rows(tmp_path / "kpis.csv"):
        for column in ("kpi_kind", "aggregation", "direction", "actual", "final_target"):
            assert row[column] == typed[row["kpi"]][column], (row["kpi"], column)
    assert {row["scheme"] for row in read_rows(tmp_path / "ratings.csv")} == {"tsukuba"}
    assert read_rows(tmp_path / "sources.csv")[0]["publisher"] == "つくば市"


def write_city(path):
    """A workbook as the city's: two programs, the second without a name in the second KPI."""
    book = Workbook()
    sheet = book.active
    sheet.title = "データ集計マクロ用シート"
    header, first, second = ([None] * WIDTH for _ in range(3))

    def put(letters, head, *values):
        column = column_index_from_string(letters) - 1
        header[column] = head
        first[column], second[column] = (*values, None, None)[:2]

    put("H", "事務事業ID", "0086", "0581")
    put("I", "事務事業名", "不法投棄対策事業", "魚市場運営委員会運営事業")
    put("P", "施策名", "廃棄物処理対策の推進", "水産業の振興")
    put("U", "部課名", "市民環境課", "水産課")
    put("AD", "事業期間\n（期間（始期））", "昭和44", "-")
    put("AE", "事業期間\n（期間（終期））")
    letters = ["BB", "BD", "BF", "BH", "BJ", "BL", "BN", "BP", "BR"]
    units = ["BC", "BE", "BG", "BI", "BK", "BM", "BO", "BQ", "BS"]
    for number, (name, unit) in enumerate(zip(letters, units, strict=True)):
        called = {
            0: ("啓発の回数", "開催回数"),
            1: ("看板の設置基数", 0),
            6: ("改善された箇所", "答申件数"),
        }
        put(name, f"指標{NAMES[number]}：名称", *called.get(number, ()))
        put(unit, f"指標{NAMES[number]}：単位", *{0: ("回", "回"), 1: ("基", 0), 6: ("件", "件")}.get(number, ()))  # fmt: skip
    for step, (year, start) in enumerate(STARTS.items()):
        column = column_index_from_string(start) - 1
        heads = [*MONEY, *STAFF, *(f"{KINDS[n // 3]}\n{NAMES[n]}" for n in range(9))]
        header[column : column + len(heads)] = heads
        first[column : column + 10] = [
            0,
            0,
            0,
            0,
            3000 + step,
            3000 + step,
            3,
            280,
            1120,
            4120 + step,
        ]
        second[column : column + 10] = [0] * 10
        first[column + 10], first[column + 11], first[column + 16] = (
            str(step),
            10 + step,
            year - 2000,
        )
        second[column + 10], second[column + 11] = 2, 0
    rated = ["①\u3000政策体系との整合性", "②\u3000公共関与の妥当性", "③\u3000対象・意図の妥当性", "④\u3000成果の向上余地", "⑤\u3000廃止・休止の成果への影響", "⑥\u3000事業費の削減余地", "⑦\u3000人件費（延べ業務時間）の削減余地", "⑧\u3000受益機会・費用負担の適正化余地", "(1) 改革改善の方向性", "４\u3000課長等意見\n(1) 今後の方向性"]  # fmt: skip
    for letters, head in zip(["GG", "GI", "GK", "GM", "GO", "GQ", "GS", "GU", "GW", "HA"], rated, strict=True):  # fmt: skip
        put(letters, head, "現状維持", "現状維持")
    for row in ([None, None, "調整用"], header, first, second):
        sheet.append(row)
    book.save(path)


def test_the_citys_blocks_are_years_and_each_figure_is_of_its_kpi(tmp_path):
    write_city(tmp_path / "ofunato_r7.xlsx")
    done = ingest(tmp_path / "ofunato_r7.xlsx", tmp_path / "city")
    assert [one.profile for one in done.publications] == ["ofunato"]
    assert not done.has_errors
    kpis = read_rows(tmp_path / "city" / "kpis.csv")
    of = {(r["program_id"], r["kpi"], r["fiscal_year"]): r for r in kpis}
    assert [of["p_0086", "啓発の回数", str(y)]["actual"] for y in range(2020, 2025)] == list(
        "01234"
    )
    assert of["p_0086", "啓発の回数", "2025"]["target"] == "5"
    assert of["p_0086", "看板の設置基数", "2023"]["actual"] == "13"
    assert of["p_0086", "改善された箇所", "2021"]["actual"] == "21"
    assert of["p_0581", "開催回数", "2022"]["actual"] == "2"
    assert {r["kpi"] for r in kpis} == {
        "啓発の回数",
        "看板の設置基数",
        "改善された箇所",
        "開催回数",
        "答申件数",
    }
    assert all("fiscal_year" in r["inferred"].split() for r in kpis if r["actual"])
    amounts = {
        (r["program_id"], r["fiscal_year"], r["kind"], r["item"]): r["amount_yen"]
        for r in read_rows(tmp_path / "city" / "budgets.csv")
    }
    assert amounts["p_0086", "2024", "settled", ""] == "3004000"
    assert amounts["p_0086", "2020", "settled", "人件費計"] == "1120000"
    assert amounts["p_0086", "2025", "planned", "トータルコスト"] == "4125000"
    assert amounts["p_0086", "2021", "source", "一般財源"] == "3001000"
    hours = read_rows(tmp_path / "city" / "observations.csv")
    assert {r["value"] for r in hours if r["program_id"] == "p_0086"} == {"3", "280"}
    reasons = read_rows(tmp_path / "city" / "reasons.csv")
    assert any(r["column"] == "fiscal_year" and "最後の組" in r["reason"] for r in reasons)


SHEET = {
    "事業ID": 14121, "公開年度": 2020, "事業名": "監視に必要な経費", "開始年度": 2013, "終了年度": None,
    "府省庁": "個人情報保護委員会", "担当部局庁": "事務局", "担当課室": "参事官室",
    "予算": [{"年度": 2019, "当初予算": 1171.4, "予備費等": 3.5, "予算計": 1174.9, "執行額": 1167.0,
              "補正予算": 0.0, "前年度から繰越し": 0.0, "翌年度へ繰越し": 0.0}, {"年度": 2021, "要求額": 2279.5}],
    "アウトカム": [{"成果目標": "減らす", "成果指標": None, "単位": "％", "目標値": "80", "目標最終年度": 2022,
                "成果実績": [{"年度": 2019, "目標値": 75.5, "成果実績": None}]}],
    "アウトプット": [
        {"活動指標": "件数", "単位": "件", "活動実績": [{"年度": 2018, "活動実績": 41.0, "当初見込み": None}]},
        {"活動指標": "件数", "単位": "件", "活動実績": [{"年度": 2018, "活動実績": None, "当初見込み": None}]},
    ],
}  # fmt: skip


def test_a_review_sheet_becomes_amounts_and_kpis_of_its_ministry(tmp_path):
    path = tmp_path / "judgit_2020.ndjson"
    path.write_text(json.dumps(SHEET, ensure_ascii=False), encoding="utf-8")
    done = ingest(path, tmp_path / "nation")
    assert not done.has_errors
    [program] = read_rows(tmp_path / "nation" / "programs.csv")
    assert (program["government"], program["program_id"]) == ("個人情報保護委員会", "p_14121")
    assert (program["department"], program["start_year"]) == ("事務局・参事官室", "2013")
    kpis = read_rows(tmp_path / "nation" / "kpis.csv")
    told = [(r["kpi"], r["kpi_id"][-2:], r["fiscal_year"], r["target"], r["actual"]) for r in kpis]
    assert [row[0::2] for row in told] == [("減らす", "2019", ""), ("件数", "2018", "41"), ("件数", "2018", "")]  # fmt: skip
    assert told[2][1] == "_2"
    assert (kpis[0]["target"], kpis[0]["final_target"], kpis[0]["final_year"]) == (
        "75.5",
        "80",
        "2022",
    )
    amounts = {(r["fiscal_year"], r["kind"]): r["amount_yen"] for r in read_rows(tmp_path / "nation" / "budgets.csv")}  # fmt: skip
    assert amounts["2019", "settled"] == "1167000000"
    assert amounts["2021", "planned"] == "2279500000"
    assert read_rows(tmp_path / "nation" / "sources.csv")[0]["fiscal_year"] == "2019"


def test_the_zips_of_the_rs_system_come_into_one_folder(layouts, tmp_path):
    guessed, named = tmp_path / "guessed", tmp_path / "named"
    for name, number in (("15a_review_2-1", "2-1"), ("15b_review_3-1", "3-1"), ("15c_review_1-2", "1-2")):  # fmt: skip
        path = tmp_path / f"{number}_RS_2024_見本.zip"
        shutil.copy(layouts[name], path)
        ingest(layouts[name], guessed)
        done = ingest(path, named)
        assert [one.profile for one in done.publications] == ["rs_system"]
        assert done.counts["problem"] == 0
    keys = ("program", "fiscal_year", "field")
    for table in ("kpis", "budgets", "ratings"):
        sides = []
        for folder in (guessed, named):
            rows = read_rows(folder / "ingest.csv")
            sides.append({
                (*(r[k] for k in keys), r["kpi"], r["value"]) for r in rows
                if r["table"] == table and r["outcome"] == "read" and r["value"]
                and r["field"].split(":")[0] in ("actual", "target", "amount_yen", "published_rate", "final_year")
            })  # fmt: skip
        assert sides[0] <= sides[1], table
    ids = {r["program_id"] for r in read_rows(named / "programs.csv")}
    assert ids == {"p_003136", "p_003342", "p_001074"}
