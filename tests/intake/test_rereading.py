"""Somebody changed a figure in a table by hand; then the file is read again."""

import csv

import pytest
from grids import write_csv
from intake.scoring import read_rows

from analysis import DataError, check
from analysis.intake.ingest import ingest

TITLE = ("つくば市 平成30年度 実績一覧",)
HEAD = (
    "事業名",
    "指標",
    "単位",
    "従前値",
    "目標値",
    "実績値",
    "決算額（千円）",
    "達成率",
    "総合評価",
)
FAIR = ("面接会", "相談件数", "件", "90", "200", "推 1,480", "3,780", "74.0%", "Ｂ")
SHOPS = ("商店街", "解消数", "店", "9", "20", "30・40", "900", "", "Ａ")
REASON = "表（{}.csv）の値が手で直されていたので、その値を残した。"
COLUMNS = ("cell", "printed", "corrected")


@pytest.fixture
def city(tmp_path):
    ingest([write_csv(tmp_path / "list.csv", TITLE, (), HEAD, FAIR, SHOPS)], tmp_path / "city")
    return tmp_path / "city"


def change(folder, table, row, **cells):
    """Change cells of a row of a table by hand; no cells: take the row out."""
    rows = read_rows(folder / f"{table}.csv")
    rows[row : row + 1] = [rows[row] | cells] if cells else []
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)


def read_again(folder):
    return ingest([folder.parent / "list.csv"], folder)


def lines_of(folder):
    return [tuple(row[c] for c in COLUMNS) for row in read_rows(folder / "corrections.csv")]


def test_where_nobody_changed_anything_no_line_is_written(city):
    assert read_again(city).changed == []
    assert not (city / "corrections.csv").exists()


@pytest.mark.parametrize(
    ("table", "column", "now", "line"),
    [
        ("kpis", "actual", "1840", ("record 4 column F", "推 1,480", "推 1,840")),
        ("kpis", "target", "210", ("record 4 column E", "200", "210")),
        ("kpis", "baseline", "95.5", ("record 4 column D", "90", "95.5")),
        ("kpis", "unit", "人", ("record 4 column C", "件", "人")),
        ("budgets", "amount_yen", "3870000", ("record 4 column G", "3,780", "3,870")),
        ("budgets", "amount_yen", "3870001", ("record 4 column G", "3,780", "3,870.001")),
        ("ratings", "published_rate", "0.745", ("record 4 column H", "74.0%", "74.5%")),
        ("ratings", "grade", "S", ("record 4 column I", "Ｂ", "S")),
        ("programs", "program", "就職面接会", None),
    ],
)
def test_a_figure_is_kept_as_a_correction_in_the_manner_it_is_printed(
    city, table, column, now, line
):
    change(city, table, 0, **{column: now})
    done = read_again(city)
    if line is None:  # the name that rows are found by
        assert "the row is gone" in done.changed[0]
        return
    assert read_rows(city / f"{table}.csv")[0][column] == now
    assert lines_of(city) == [line]
    [written] = read_rows(city / "corrections.csv")
    assert (written["file"], written["reported_on"]) == ("list.csv", "")
    assert written["reason"] == REASON.format(table)
    said = f"{line[0]} {line[1]!r} -> {line[2]!r}"
    assert done.changed == [f"changed by hand and kept, now in corrections.csv: {said}"]
    assert column in read_rows(city / f"{table}.csv")[0]["inferred"].split()
    assert not {"error"} & {*check(city)["severity"]}


def test_from_then_on_it_is_a_correction_like_any_other(city):
    change(city, "kpis", 0, actual="1840")
    read_again(city)
    before = {path.name: path.read_bytes() for path in city.iterdir() if path.is_file()}
    assert read_again(city).changed == []
    assert {path.name: path.read_bytes() for path in city.iterdir() if path.is_file()} == before
    text = (city.parent / "list.csv").read_text(encoding="utf-8")
    (city.parent / "list.csv").write_text(text.replace("1,480", "1,840"), encoding="utf-8")
    with pytest.raises(DataError, match="no longer '推 1,480'"):
        read_again(city)


def test_several_changes_are_kept_at_once(city):
    change(city, "kpis", 0, actual="1840", target="210")
    change(city, "ratings", 1, grade="C")
    read_again(city)
    assert [corrected for *_, corrected in lines_of(city)] == ["210", "推 1,840", "C"]
    assert [row["actual"] for row in read_rows(city / "kpis.csv")] == ["1840", ""]


def test_a_figure_that_becomes_that_of_another_kpi_or_year_is_kept_too(city, tmp_path):
    change(city, "kpis", 0, target="20")
    read_again(city)
    assert lines_of(city) == [("record 4 column E", "200", "20")]
    head = (*HEAD[:3], "平成29年度実績値", "平成30年度実績値")
    row = ("面接会", "相談件数", "件", "148", "190")
    path = write_csv(tmp_path / "list.csv", TITLE, (), head, row)
    ingest([path], tmp_path / "years")
    change(tmp_path / "years", "kpis", 1, actual="148")
    read_again(tmp_path / "years")
    assert lines_of(tmp_path / "years") == [("record 4 column E", "190", "148")]


def test_a_text_that_would_lose_what_else_the_cell_says_is_not_taken(tmp_path):
    head, period = ("事業名", "事業期間", *HEAD[1:3], "実績値"), "平成28年度～令和2年度"
    row = ("面接会", period, "相談件数", "件", "148")
    ingest([write_csv(tmp_path / "list.csv", TITLE, (), head, row)], tmp_path / "city")
    change(tmp_path / "city", "programs", 0, start_year="2017")
    [said] = read_again(tmp_path / "city").changed
    assert "programs.csv start_year of 面接会: read '2016', now '2017'" in said
    assert read_rows(tmp_path / "city" / "programs.csv")[0]["end_year"] == "2020"


def test_what_a_line_of_another_cell_mends_already_needs_none(city):
    change(city, "budgets", 0, amount_yen="3780")
    change(city, "budgets", 1, amount_yen="900")
    head = ("file", "cell", "printed", "corrected", "reason", "reported_on")
    unit = ("record 3 column G", "決算額（千円）", "決算額（円）")
    write_csv(city / "corrections.csv", head, ("list.csv", *unit, "単位の誤り", ""))
    assert read_again(city).changed == []
    assert lines_of(city) == [unit]


def test_a_figure_that_could_not_be_read_and_was_filled_in_is_kept(city):
    change(city, "kpis", 1, actual="30", actual_status="final")
    done = read_again(city)
    kpi = read_rows(city / "kpis.csv")[1]
    assert (kpi["actual"], kpi["actual_status"], kpi["actual_printed"]) == ("30", "final", "30・40")
    assert lines_of(city) == [("record 5 column F", "30・40", "30")]
    assert not done.has_errors


@pytest.mark.parametrize(
    ("status", "text"), [("pending", "集計中"), ("not_set", "-"), ("not_in_source", "-")]
)
def test_a_figure_that_was_emptied_stays_empty(city, status, text):
    change(city, "kpis", 0, actual="", actual_status=status)
    read_again(city)
    kpi = read_rows(city / "kpis.csv")[0]
    assert kpi["actual"] == ""
    assert kpi["actual_status"] == ("pending" if status == "pending" else "not_set")
    assert "actual_status" in kpi["inferred"].split()
    assert lines_of(city) == [("record 4 column F", "推 1,480", text)]


def test_what_the_file_says_by_now_itself_needs_no_line(city):
    change(city, "kpis", 0, actual="1840")
    text = (city.parent / "list.csv").read_text(encoding="utf-8")
    (city.parent / "list.csv").write_text(text.replace("1,480", "1,840"), encoding="utf-8")
    assert read_again(city).changed == []
    assert not (city / "corrections.csv").exists()


def test_a_cell_that_prints_something_else_by_now_is_read_so_and_told(city):
    change(city, "kpis", 0, actual="1840")
    text = (city.parent / "list.csv").read_text(encoding="utf-8")
    (city.parent / "list.csv").write_text(text.replace("1,480", "1,490"), encoding="utf-8")
    [said] = read_again(city).changed
    assert "kpis.csv actual of 面接会 相談件数 2018: read '1480', now '1840'" in said
    assert read_rows(city / "kpis.csv")[0]["actual"] == "1490"
    assert not (city / "corrections.csv").exists()


def test_what_stands_in_the_way_of_a_line_that_is_there_is_told_and_the_line_stands(city):
    line = ("list.csv", "record 4 column F", "推 1,480", "推 1,840", "誤記", "")
    head = ("file", "cell", "printed", "corrected", "reason", "reported_on")
    write_csv(city / "corrections.csv", head, line)
    read_again(city)
    change(city, "kpis", 0, actual="1999")
    [said] = read_again(city).changed
    assert "read '1840', now '1999'" in said
    assert read_rows(city / "kpis.csv")[0]["actual"] == "1840"
    assert lines_of(city) == [line[1:4]]


def test_a_row_that_is_gone_is_told_in_one_message_and_comes_back(city):
    change(city, "kpis", 0)
    [said] = read_again(city).changed
    assert said.startswith("changed by hand and read as printed again, as no one cell could be")
    assert "kpis.csv actual of 面接会 相談件数 2018: read '1480', now the row is gone" in said
    assert len(read_rows(city / "kpis.csv")) == 2


def test_a_figure_of_which_the_paper_prints_no_cell_is_told(city):
    change(city, "ratings", 1, published_rate="0.5")
    [said] = read_again(city).changed
    assert "ratings.csv published_rate of 商店街 解消数 2018: read '', now '0.5'" in said


def test_what_nobody_prints_is_no_change(city):
    change(city, "ratings", 0, scheme="tama", reason="自分の言葉")
    assert read_again(city).changed == []
    assert read_rows(city / "ratings.csv")[0]["scheme"] == "tama"
