"""A publisher printed a wrong figure; somebody found it and wrote a line in corrections.csv."""

import pytest
from grids import grid_of, write_csv
from intake.scoring import read_rows

from analysis import DataError, check, load
from analysis.intake.corrections import (
    COLUMNS,
    CORRECTIONS,
    Correction,
    read_corrected,
    read_corrections,
    write_corrections,
)
from analysis.intake.grid import Cell, Grid
from analysis.intake.ingest import ingest
from analysis.intake.page import make_page
from analysis.intake.publication import read_publication

TITLE = ("つくば市 平成30年度 実績一覧",)
HEAD = ("事業名", "指標", "単位", "目標値", "実績値", "決算額（千円）", "達成率", "総合評価")
FAIR = ("面接会", "相談件数", "件", "200", "148", "3,780", "74.0%", "Ｂ")
SHOPS = ("商店街", "解消数", "店", "20", "", "900", "", "Ａ")
CHANGED = (
    ("A", "相談件数", "来場者数"),
    ("B", "件", "人"),
    ("C", "200", "210"),
    ("D", "148", "184"),
)
WHY = "前年度の数が印刷されている"


def write_list(folder, *rows, head=HEAD, title=TITLE, name="list.csv"):
    return write_csv(folder / name, title, (), head, *(rows or (FAIR, SHOPS)))


def correct(folder, *lines, file="list.csv", reported_on="2026-05-01"):
    """Write lines of cell, printed text and correction."""
    folder.mkdir(exist_ok=True)
    rows = ((file, cell, old, new, WHY, reported_on) for cell, old, new in lines)
    return write_csv(folder / CORRECTIONS, COLUMNS, *rows)


def read_with(rows, *lines, **said):
    """The facts of a sheet as corrected: by its cell, of each the field, value and printed text."""
    own = [Correction("a.xlsx", f"指標!{cell}", old, new, WHY) for cell, old, new in lines]
    publication, misfits = read_corrected(
        own, [grid_of(rows, **said)], lambda grids: read_publication("a.xlsx", grids)
    )
    assert misfits == []
    return publication.facts


def tables_of(folder, *names):
    return [read_rows(folder / f"{name}.csv") for name in names]


@pytest.fixture
def city(tmp_path):
    """A folder into which a list was read with its actual corrected from 148 to 184."""
    correct(tmp_path / "city", ("record 4 column E", "148", "184"))
    ingest([write_list(tmp_path)], tmp_path / "city")
    return tmp_path / "city"


def test_the_figure_is_the_corrected_one_and_what_is_printed_stands_beside_it(city):
    [first, _] = read_rows(city / "kpis.csv")
    assert (first["actual"], first["actual_printed"]) == ("184", "148")


def test_exactly_its_row_names_the_figure_as_concluded_with_the_whole_reason(city):
    kpis, reasons = tables_of(city, "kpis", "reasons")
    assert ["actual" in row["inferred"].split() for row in kpis] == [True, False]
    [reason] = [row for row in reasons if row["column"] == "actual"]
    names = ("government_code", "program_id", "kpi_id", "fiscal_year", "source_id")
    assert reason["key"] == "/".join(kpis[0][name] for name in names)
    assert reason["reason"] == (
        "record 4 column Eは「148」とあるが、「184」と訂正した"
        f"（{WHY}。2026年5月1日に公表元へ連絡）。"
    )


def test_its_line_says_both_and_the_line_of_no_other_cell_does(city):
    lines = [line for line in read_rows(city / "ingest.csv") if "corrected" in line["note"]]
    assert [(x["place"], x["printed"], x["value"], x["note"]) for x in lines] == [
        ("record 4 column E", "148", "184", f"corrected: 148 → 184 ({WHY})")
    ]


def test_check_does_not_doubt_a_figure_that_was_corrected_and_load_takes_the_folder(city):
    problems = check(city)
    assert not {"error", "doubt"} & {*problems["severity"]}
    assert load(city, fiscal_year=2018).kpis["actual"].tolist()[0] == 184


def test_reading_it_once_more_leaves_every_file_as_it_was(city, tmp_path):
    before = {path.name: path.read_bytes() for path in city.iterdir() if path.is_file()}
    ingest([tmp_path / "list.csv"], city)
    assert {path.name: path.read_bytes() for path in city.iterdir() if path.is_file()} == before


def test_a_line_that_is_taken_out_leaves_nothing_of_it(city, tmp_path):
    (city / CORRECTIONS).unlink()
    ingest([tmp_path / "list.csv"], city)
    kpis, reasons = tables_of(city, "kpis", "reasons")
    assert (kpis[0]["actual"], kpis[0].get("actual_printed", "")) == ("148", "")
    assert "actual" not in {row["column"] for row in reasons}


def test_money_rates_and_grades_are_corrected_as_they_are_printed(tmp_path):
    lines = [("record 4 column F", "3,780", "3,870"), ("record 4 column G", "74.0%", "74.5%")]
    correct(tmp_path / "city", *lines, ("record 5 column H", "Ａ", "Ｂ"))
    ingest([write_list(tmp_path)], tmp_path / "city")
    budgets, ratings = tables_of(tmp_path / "city", "budgets", "ratings")
    assert (budgets[0]["amount_yen"], budgets[0]["amount_printed"]) == ("3870000", "3,780")
    assert (ratings[0]["published_rate"], ratings[0]["published_rate_printed"]) == ("0.745", "74.0")
    assert (ratings[1]["grade"], ratings[1]["inferred"]) == ("B", "grade")
    assert not {"error"} & {*check(tmp_path / "city")["severity"]}


def test_a_figure_is_added_where_the_paper_has_an_empty_cell(tmp_path):
    correct(tmp_path / "city", ("record 5 column 5", "", "12"), reported_on="")
    ingest([write_list(tmp_path)], tmp_path / "city")
    kpis, reasons = tables_of(tmp_path / "city", "kpis", "reasons")
    assert (kpis[1]["actual"], kpis[1]["actual_status"]) == ("12", "final")
    assert "actual_printed" not in kpis[1]
    [reason] = [row["reason"] for row in reasons if row["column"] == "actual"]
    assert "record 5 column Eは空欄だが、「12」と訂正した" in reason
    assert "公表元へは未連絡" in reason


def test_a_corrected_header_is_said_of_every_figure_that_is_read_by_it(tmp_path):
    head = [*HEAD[:4], "符牒", *HEAD[5:]]
    correct(tmp_path / "city", ("record 3 column E", "符牒", "実績値"))
    done = ingest([write_list(tmp_path, head=head)], tmp_path / "city")
    kpis, lines = tables_of(tmp_path / "city", "kpis", "ingest")
    assert (kpis[0]["actual"], kpis[0].get("actual_printed", "")) == ("148", "")
    assert ["actual" in row["inferred"].split() for row in kpis] == [True, False]
    assert not {"target", "unit", "fiscal_year"} & {*kpis[0]["inferred"].split()}
    [header] = [line for line in lines if line["place"] == "record 3 column E"]
    assert (header["printed"], header["outcome"]) == ("符牒", "left_out")
    assert header["note"] == f"corrected: 符牒 → 実績値 ({WHY})"
    assert not done.has_errors


def test_a_corrected_title_moves_the_year_of_the_source_and_of_its_figures(tmp_path):
    title = ("record 1 column A", TITLE[0], "つくば市 令和元年度 実績一覧")
    correct(tmp_path / "city", ("record 4 column E", "148", "184"), title)
    ingest([write_list(tmp_path)], tmp_path / "city")
    [[source], kpis, reasons] = tables_of(tmp_path / "city", "sources", "kpis", "reasons")
    assert (source["fiscal_year"], source["inferred"]) == ("2019", "fiscal_year title")
    assert {row["fiscal_year"] for row in kpis} == {"2019"}
    assert all("actual" in row["inferred"].split() for row in kpis[:1])
    found = {row["reason"] for row in reasons if row["table"] == "sources"}
    assert len(found) == 1
    reason = found.pop()
    assert "「つくば市 令和元年度 実績一覧」と訂正した" in reason
    assert "184" not in reason
    assert not {"error"} & {*check(tmp_path / "city")["severity"]}


@pytest.mark.parametrize(("given", "inferred"), [("", "publisher title"), ("開成町", "title")])
def test_a_publisher_is_concluded_from_a_corrected_title_unless_it_is_given(
    tmp_path, given, inferred
):
    correct(tmp_path / "city", ("record 1 column A", TITLE[0], "土浦市 平成30年度 実績一覧"))
    ingest([write_list(tmp_path)], tmp_path / "city", publisher=given)
    [source] = read_rows(tmp_path / "city" / "sources.csv")
    assert (source["publisher"], source["inferred"]) == (given or "土浦市", inferred)


def test_a_program_that_no_cell_names_is_not_called_by_the_figure_that_was_corrected(tmp_path):
    lines = [(f"record 4 column {at}", *texts) for at, *texts in CHANGED]
    correct(tmp_path / "city", *lines)
    path = write_list(tmp_path, FAIR[1:6], head=HEAD[1:6])
    assert not ingest([path], tmp_path / "city").has_errors
    [[program], [kpi]] = tables_of(tmp_path / "city", "programs", "kpis")
    assert (program["inferred"], kpi["actual"]) == ("program", "184")


def test_of_the_axes_of_a_judgement_the_corrected_one_names_its_level(tmp_path):
    correct(tmp_path / "city", ("record 4 column H", "高い", "普通"))
    path = write_list(tmp_path, (*FAIR[:7], "高い", "高い"), head=(*HEAD[:7], "必要性", "公平性"))
    assert not ingest([path], tmp_path / "city").has_errors
    axes, reasons = tables_of(tmp_path / "city", "rating_axes", "reasons")
    assert [(row["axis"], row["level"], row["inferred"]) for row in axes] == [
        ("必要性", "普通", "level"),
        ("公平性", "高い", ""),
    ]
    [reason] = [row for row in reasons if row["table"] == "rating_axes"]
    assert reason["column"] == "level"
    assert "/必要性/" in reason["key"]


def test_a_corrected_name_is_concluded_and_the_figures_beside_it_are_not(tmp_path):
    correct(tmp_path / "city", ("record 4 column B", "相談件数", "来場者数"))
    ingest([write_list(tmp_path)], tmp_path / "city")
    [first, _] = read_rows(tmp_path / "city" / "kpis.csv")
    assert first["kpi"] == "来場者数"
    assert "kpi" in first["inferred"].split()
    assert not {"actual", "target"} & {*first["inferred"].split()}


def test_what_is_told_at_a_corrected_name_and_printed_nowhere_stays_so(tmp_path):
    correct(tmp_path / "city", ("record 5 column B", "解消数", "来場者数"))
    ingest([write_list(tmp_path)], tmp_path / "city")
    lines = read_rows(tmp_path / "city" / "ingest.csv")
    [absent] = [line for line in lines if line["value"] == "not_in_source"]
    assert (absent["place"], absent["printed"]) == ("record 5 column B", "")


def test_a_header_of_several_columns_is_the_reason_of_what_stands_under_it_alone():
    head = (
        ("事業名", "指標", "単位", "令和元年度", "", "決算額（千円）"),
        ("", "", "", *HEAD[3:5]),
    )
    rows = (TITLE, (), *head, FAIR[:6])
    lines = [("D3", "令和元年度", "平成30年度"), ("F5", "3,780", "3,870")]
    facts = read_with(rows, *lines, spans={"D3": (1, 2)})
    why = {f.field: f.corrected for f in facts if f.corrected}
    assert {*why} == {"target", "actual", "amount_yen:settled"}
    assert {why[name].count("訂正した") for name in why} == {1}
    assert "指標!D3" in why["actual"]


def test_of_two_corrected_headers_each_is_the_reason_of_its_own_columns():
    head = (("事業名", "指標", "令和元年度", "", "符牒"), ("", "", "目標値", "実績値", ""))
    rows = (TITLE, (), *head, ("面接会", "相談件数", "200", "148", "3,780,000"))
    lines = [("C3", "令和元年度", "平成30年度"), ("E3", "符牒", "決算額")]
    facts = read_with(rows, *lines, spans={"C3": (1, 2)})
    why = {f.field: [x for x in ("C3", "E3") if f"指標!{x}" in f.corrected] for f in facts}
    found = {name: cells for name, cells in why.items() if cells}
    assert found == {"target": ["C3"], "actual": ["C3"], "amount_yen:settled": ["E3"]}


def test_a_figure_that_becomes_readable_by_its_correction_is_called_corrected():
    rows = (TITLE, (), HEAD, (*FAIR[:4], "+148", *FAIR[5:]))
    found = {f.field: f for f in read_with(rows, ("E4", "+148", "148")) if f.place == "指標!E4"}
    assert (found["actual"].value, bool(found["actual"].corrected)) == ("148", True)


@pytest.mark.parametrize("cell", ["指標!E5", "指標!Z4", "指標!E9", "別の表!E4", "ノート"])
def test_a_place_that_is_taken_or_lies_outside_is_no_cell(cell):
    grids = [grid_of((TITLE, (), HEAD, FAIR, SHOPS), spans={"E4": (2, 1)})]
    read = [Correction("a.xlsx", cell, "", "1", WHY)]
    _, misfits = read_corrected(read, grids, lambda gs: read_publication("a.xlsx", gs))
    assert len(misfits) == 1


def test_a_cell_that_is_added_stands_in_its_order_and_its_format_is_gone():
    cells = {(0, n): Cell(str(n), f"s!{'ABC'[n]}1", 0, n, exact="0.5") for n in (0, 2)}
    lines = [Correction("a.xlsx", f"s!{at}1", old, "7", WHY) for at, old in (("A", "0"), ("B", ""))]
    seen = []

    def read(grids):
        seen.append([(c.text, c.exact) for grid in grids for c in grid.cells.values()])
        return read_publication("a.xlsx", grids)

    read_corrected(lines, [Grid("a.xlsx", "s", cells)], read)
    assert seen[0] == [("7", ""), ("7", ""), ("2", "0.5")]


def test_in_a_sheet_what_the_format_hid_does_not_come_back():
    rows = (TITLE, (), HEAD, FAIR)
    facts = read_with(rows, ("E4", "148", "推 184"))
    told = [(f.field, f.value, f.printed) for f in facts if f.place == "指標!E4"]
    assert told == [("actual", "184", "148"), ("actual_status", "estimated", "148")]


def test_what_a_correction_does_not_change_is_not_called_corrected():
    rows = (TITLE, (), HEAD, (*FAIR[:4], "推 148", *FAIR[5:]))
    facts = read_with(rows, ("E4", "推 148", "推 184"))
    found = {f.field: bool(f.corrected) for f in facts if f.place == "指標!E4"}
    assert found == {"actual": True, "actual_status": False}


@pytest.mark.parametrize("printed", ["3780", "3,780 ", "3,780"])
def test_a_spreadsheet_may_have_changed_the_look_of_a_number(tmp_path, printed):
    correct(tmp_path / "city", ("record 4 column F", printed, "3,870"))
    ingest([write_list(tmp_path)], tmp_path / "city")
    [first, _] = read_rows(tmp_path / "city" / "budgets.csv")
    assert (first["amount_yen"], first["amount_printed"]) == ("3870000", "3,780")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_the_file_may_have_been_saved_by_a_spreadsheet(city, encoding):
    text = (city / CORRECTIONS).read_text(encoding="utf-8") + ",,,,,\n"
    (city / CORRECTIONS).write_bytes(text.replace("2026-05-01", "2026/5/1").encode(encoding))
    [line] = read_corrections(city)
    assert (line.corrected, line.reason, line.reported_on) == ("184", WHY, "2026/5/1")


def test_lines_that_fit_no_longer_are_told_at_once_and_nothing_is_written(city, tmp_path):
    path = write_list(tmp_path, (*FAIR[:4], "184", *FAIR[5:]))
    correct(
        city,
        ("record 4 column E", "148", "184"),
        ("record 9 column E", "1", "2"),
        ("record 4 column D", "", "2"),
        ("指標!E4", "1", "2"),
    )
    before = {name.name: name.read_bytes() for name in city.iterdir() if name.is_file()}
    with pytest.raises(DataError) as refused:
        ingest([path], city)
    said = str(refused.value).splitlines()
    assert len(said) == 4
    assert "record 4 column E of list.csv says '184', no longer '148'" in said[0]
    assert "record 9 column E of list.csv is no cell of it" in said[1]
    assert "record 4 column D of list.csv says '200', no longer ''" in said[2]
    assert "指標!E4 of list.csv is no cell of it" in said[3]
    assert {name.name: name.read_bytes() for name in city.iterdir() if name.is_file()} == before


def test_lines_that_are_not_written_in_full_are_told_at_once(tmp_path):
    rows = [
        ("a.csv", "A1", "1", "2", "", ""),
        ("a.csv", "A2", "1", "2", WHY, "soon"),
        ("a.csv", "A3", "1", "2", WHY, ""),
        ("a.csv", "A3 ", "1", "3", WHY, ""),
        ("a.csv", "A4", "1", "", WHY, "2026-02-30"),
    ]
    write_csv(tmp_path / CORRECTIONS, COLUMNS, *rows)
    with pytest.raises(DataError) as refused:
        read_corrections(tmp_path)
    said = [line.partition(f"{CORRECTIONS} ")[2] for line in str(refused.value).splitlines()]
    assert said == [
        "row 2: reason is empty. Fill it in.",
        "row 3: reported_on 'soon' is no day. Write it as 2026-05-01.",
        "row 5: A3 of a.csv has a line already. Keep one.",
        "row 6: corrected is empty. Fill it in.",
        "row 6: reported_on '2026-02-30' is no day. Write it as 2026-05-01.",
    ]


@pytest.mark.parametrize("text", ["", "file,cell\na,b,c\n", "file,cell\na,b\n"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path, text):
    (tmp_path / CORRECTIONS).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"corrections\.csv: (it is no table|no column printed)"):
        read_corrections(tmp_path)


def test_lines_are_added_and_those_it_has_stay_with_columns_of_ones_own(tmp_path):
    line = ("a.csv", "A1", "", "2", WHY, "")
    write_csv(tmp_path / CORRECTIONS, (*COLUMNS, "by"), (*line, "見本"))
    write_corrections(tmp_path, [Correction("a.csv", "A2", "1", "3", WHY)])
    write_corrections(tmp_path, [])
    text = (tmp_path / CORRECTIONS).read_text(encoding="utf-8-sig").splitlines()[1:]
    assert text == [f"a.csv,A1,,2,{WHY},,見本", f"a.csv,A2,1,3,{WHY},,"]


def test_a_line_for_a_file_that_was_not_read_is_told(tmp_path):
    correct(tmp_path / "city", ("record 4 column E", "148", "184"), file="lst.csv")
    done = ingest([write_list(tmp_path)], tmp_path / "city")
    assert done.changed == ["corrections.csv: no such file was read: lst.csv"]


def test_of_two_files_of_one_name_each_has_its_own_lines(tmp_path):
    for year, era in ((2018, "平成30年度"), (2019, "令和元年度")):
        (tmp_path / str(year)).mkdir()
        path = write_list(tmp_path / str(year), title=(f"つくば市 {era} 実績一覧",))
        ingest([path], tmp_path / "city")
    files = {"list.csv": "184", "2019/list.csv": "185"}
    lines = [(f, "record 4 column E", "148", new, WHY, "") for f, new in files.items()]
    write_csv(tmp_path / "city" / CORRECTIONS, COLUMNS, *lines)
    ingest([tmp_path / "2019" / "list.csv"], tmp_path / "city")
    ingest([tmp_path / "2018" / "list.csv"], tmp_path / "city")
    firsts = [row for row in read_rows(tmp_path / "city" / "kpis.csv") if row["kpi"] == "相談件数"]
    assert {row["fiscal_year"]: row["actual"] for row in firsts} == {"2018": "184", "2019": "185"}


def test_the_page_shows_the_printed_text_with_what_it_was_corrected_to_and_why():
    grid = grid_of((TITLE, (), HEAD, FAIR, SHOPS))
    own = [Correction("a.xlsx", "指標!E5", "", "12", WHY)]
    own += [Correction("a.xlsx", "指標!E4", "148", "184", WHY)]
    own += [Correction("a.xlsx", "指標!D3", "目標値", "最終目標値", WHY)]
    publication, _ = read_corrected(own, [grid], lambda gs: read_publication("a.xlsx", gs))
    page = make_page([publication])
    assert "<bdi>148</bdi>" in page
    assert f"実績 H30 = 184件 訂正して読んだ：148 → 184 ({WHY})" in page
    assert "<bdi>目標値</bdi>" in page
    assert "<bdi>（空欄）</bdi>" in page
    assert f"訂正して読んだ：目標値 → 最終目標値 ({WHY})" in page


def test_the_name_of_a_person_is_not_told_by_a_correction():
    rows = (TITLE, (), (*HEAD, "課長名"), (*FAIR, "見本 一郎"))
    facts = read_with(rows, ("I4", "見本 一郎", "見本 二郎"))
    assert [f for f in facts if "見本" in f"{f.printed}{f.note}{f.value}"] == []


def test_a_cell_of_a_page_of_several_tables_is_that_of_its_own_table():
    grids = [
        Grid("a.html", str(n), {(0, 0): Cell(f"{n}", f"table {n} row 1", 0, 0)}) for n in (1, 2)
    ]
    seen = []

    def read(corrected):
        seen.append([cell.text for grid in corrected for cell in grid.cells.values()])
        return read_publication("a.html", corrected)

    read_corrected([Correction("a.html", "table 2 row 1 column A", "2", "3", WHY)], grids, read)
    assert seen[0] == ["1", "3"]
