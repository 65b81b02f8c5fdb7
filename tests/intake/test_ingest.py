"""Published files -> a folder: ids that stay, years that are added, nothing else changed."""

import shutil

import pytest
from grids import write_csv
from intake.scoring import read_rows

from analysis import DataError, check, load
from analysis.intake.ingest import ingest

HEAD = ("事業名", "担当課", "指標", "単位", "目標値", "実績値", "決算額（千円）", "総合評価")
FAIR = ("合同就職面接会開催事業", "経済部", "マッチング相談件数", "件")
SHOPS = ("商店街振興事業", "商工課", "空き店舗の解消数", "店")
FIGURES = {2018: ("200", "148", "3,780", "Ｂ"), 2019: ("210", "190", "3,900", "Ａ")}
ERAS = {2018: "平成30年度", 2019: "令和元年度"}
TABLES = ("sources", "programs", "kpis", "budgets", "ratings", "reasons")


def write_list(
    folder, year=2018, names=(FAIR, SHOPS), title="つくば市 {} 実績一覧", file="list_{}.csv"
):
    """A published list of a year, with these programs."""
    rows = ((*of, *FIGURES[year]) for of in names)
    return write_csv(folder / file.format(year), (title.format(ERAS[year]),), (), HEAD, *rows)


def read_kpis(folder, *columns):
    return [tuple(row[c] for c in columns) for row in read_rows(folder / "kpis.csv")]


def read_bytes(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.*")) if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The list of 2018, and in `city` what was read of it."""
    made = tmp_path_factory.mktemp("first")
    ingest([write_list(made)], made / "city")
    return made


@pytest.fixture
def folder(first, tmp_path):
    """A folder that the list of 2018 was ingested into; the list lies beside it."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "city"


def test_a_list_becomes_tables_that_check_and_load_take_as_they_are(folder):
    problems = check(folder)
    assert set(problems["severity"]) <= {"note"}
    dataset = load(folder, fiscal_year=2018)
    assert dataset.kpis[["kpi", "target", "actual"]].to_numpy().tolist() == [
        ["マッチング相談件数", 200, 148],
        ["空き店舗の解消数", 200, 148],
    ]
    assert dataset.budgets["amount_yen"].tolist() == [3_780_000, 3_780_000]
    assert dataset.ratings["grade"].tolist() == ["B", "B"]


def test_the_source_says_who_published_what_of_which_year(folder):
    [source] = read_rows(folder / "sources.csv")
    assert source["publisher"] == "つくば市"
    assert source["title"] == "つくば市 平成30年度 実績一覧"
    assert source["fiscal_year"] == "2018"
    assert source["place"] == "list_2018.csv"
    assert source["inferred"] == ""


def test_every_row_says_where_it_was_printed(folder):
    assert [row["place"] for row in read_rows(folder / "kpis.csv")] == ["record 4", "record 5"]


def test_a_second_year_adds_rows_keeps_ids_and_changes_nothing_else(folder, tmp_path):
    before = {name: read_rows(folder / f"{name}.csv") for name in TABLES}
    ingest([write_list(tmp_path, 2019)], folder)
    after = {name: read_rows(folder / f"{name}.csv") for name in TABLES}
    for name in TABLES:
        assert after[name][: len(before[name])] == before[name]
        assert len(after[name]) == 2 * len(before[name])
    ids = read_kpis(folder, "program_id", "kpi_id")
    assert ids[:2] == ids[2:]
    assert read_kpis(folder, "fiscal_year", "actual") == [
        ("2018", "148"),
        ("2018", "148"),
        ("2019", "190"),
        ("2019", "190"),
    ]


def test_the_lines_of_another_file_stay_in_ingest_csv(folder, tmp_path):
    before = read_rows(folder / "ingest.csv")
    ingest([write_list(tmp_path, 2019)], folder)
    after = read_rows(folder / "ingest.csv")
    assert after[: len(before)] == before
    assert {line["file"] for line in after[len(before) :]} == {"list_2019.csv"}


def test_the_same_file_again_leaves_every_file_as_it_was_byte_for_byte(folder, tmp_path):
    before = read_bytes(folder)
    ingest([tmp_path / "list_2018.csv"], folder)
    assert read_bytes(folder) == before


@pytest.mark.parametrize("year", [2018, 2019])
def test_either_of_two_files_again_leaves_every_table_byte_for_byte(folder, tmp_path, year):
    ingest([write_list(tmp_path, 2019)], folder)
    before = read_bytes(folder)
    ingest([tmp_path / f"list_{year}.csv"], folder)
    after = read_bytes(folder)
    assert {name for name in before if after[name] != before[name]} <= {"ingest.html"}


def test_a_file_that_has_changed_leaves_the_lines_of_the_other_byte_for_byte(folder, tmp_path):
    path = write_list(tmp_path, 2019)
    ingest([path], folder)
    before = {name: (folder / f"{name}.csv").read_bytes().splitlines() for name in TABLES}
    path.write_text(path.read_text(encoding="utf-8").replace("190", "195"), encoding="utf-8")
    ingest([path], folder)
    for name in TABLES:
        after = (folder / f"{name}.csv").read_bytes().splitlines()
        assert [row for row in after if b"2018" in row] == [
            row for row in before[name] if b"2018" in row
        ]
    assert read_kpis(folder, "actual") == [("148",), ("148",), ("195",), ("195",)]


def test_a_file_that_is_given_twice_is_read_once(tmp_path):
    path = write_list(tmp_path)
    (tmp_path / "city").mkdir()
    done = ingest([path, tmp_path / "city" / ".." / path.name], tmp_path / "city")
    assert len(done.publications) == 1
    assert not done.has_errors
    assert len(read_kpis(tmp_path / "city", "actual")) == 2


def test_two_files_of_one_name_and_year_in_one_command_are_refused(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
    files = [write_list(tmp_path / name, file="list.csv") for name in "ab"]
    with pytest.raises(DataError, match=r"b/list\.csv: another file of this command is list\.csv"):
        ingest(files, tmp_path / "city")
    assert not (tmp_path / "city").exists()


def test_a_corrected_figure_replaces_the_one_of_the_same_file(folder, tmp_path):
    path = tmp_path / "list_2018.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("148", "151"), encoding="utf-8")
    ingest([path], folder)
    assert read_kpis(folder, "actual") == [("151",), ("151",)]


def test_the_same_names_have_the_same_ids_in_another_folder_year_and_file(folder, tmp_path):
    ingest([write_list(tmp_path, 2019, file="別の名.csv")], tmp_path / "other")
    assert read_kpis(folder, "program_id", "kpi_id") == read_kpis(
        tmp_path / "other", "program_id", "kpi_id"
    )


def test_the_order_of_programs_does_not_change_their_ids(folder, tmp_path):
    ingest([write_list(tmp_path, names=(SHOPS, FAIR))], tmp_path / "other")
    found = [set(read_kpis(f, "kpi", "kpi_id")) for f in (folder, tmp_path / "other")]
    assert found[0] == found[1]


def test_a_name_in_another_width_is_the_same_and_no_doubt(folder, tmp_path):
    wide = ("合同就職 面接会開催事業", "経済部", "マッチング・相談件数", "件")
    done = ingest([write_list(tmp_path, 2019, names=(wide,))], folder)
    assert done.counts["doubt"] == 0
    assert len({*read_kpis(folder, "kpi_id")}) == 2


def test_a_name_that_is_nearly_a_known_one_is_taken_for_it_as_a_doubt(folder, tmp_path):
    near = ("合同就職面接会の開催事業", "経済部", "マッチング相談の件数", "件")
    done = ingest([write_list(tmp_path, 2019, names=(near,))], folder)
    assert [f.note for f in done.facts if f.outcome == "doubt"] == [
        "near_name: 合同就職面接会開催事業",
        "near_name: マッチング相談件数",
    ]
    ids = read_kpis(folder, "program_id", "kpi_id")
    assert ids[2] == ids[0]


def test_a_name_that_differs_in_a_number_is_another(folder, tmp_path):
    other = ("合同就職面接会開催事業", "経済部", "マッチング相談件数２", "件")
    done = ingest([write_list(tmp_path, 2019, names=(other,))], folder)
    assert done.counts["doubt"] == 0
    assert len({*read_kpis(folder, "kpi_id")}) == 3


def test_what_is_set_for_a_kpi_is_used_in_every_year_and_stays(folder, tmp_path):
    path = folder / "kpi_settings.csv"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    lines[1] = lines[1].replace(",up,unknown,", ",keep_above,single_year,")
    assert lines != text.splitlines()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ingest([write_list(tmp_path, 2019)], folder)
    assert read_kpis(folder, "kpi", "fiscal_year", "direction", "aggregation")[2:] == [
        ("マッチング相談件数", "2019", "keep_above", "single_year"),
        ("空き店舗の解消数", "2019", "up", "unknown"),
    ]
    assert path.read_text(encoding="utf-8").splitlines() == lines


def test_a_code_that_is_given_is_that_of_every_row(tmp_path):
    ingest([write_list(tmp_path)], tmp_path / "city", government="082201")
    for name in ("programs", "kpis", "budgets", "ratings"):
        rows = read_rows(tmp_path / "city" / f"{name}.csv")
        assert {row["government_code"] for row in rows} == {"082201"}


def test_a_publisher_without_a_code_has_one_made_of_its_name(folder):
    codes = {row["government_code"] for row in read_rows(folder / "programs.csv")}
    assert len(codes) == 1
    assert codes.pop().startswith("x_")


def test_a_folder_that_knows_the_code_of_a_publisher_keeps_it(tmp_path):
    ingest([write_list(tmp_path)], tmp_path / "city", government="082201")
    ingest([write_list(tmp_path, 2019)], tmp_path / "city")
    assert {code for (code,) in read_kpis(tmp_path / "city", "government_code")} == {"082201"}


def test_a_publisher_that_is_given_counts_and_is_not_inferred(tmp_path):
    path = write_list(tmp_path, title="{} 実績一覧")
    ingest([path], tmp_path / "a", publisher="開成町")
    ingest([path], tmp_path / "b")
    [given], [made] = (read_rows(tmp_path / f / "sources.csv") for f in "ab")
    assert (given["publisher"], given["inferred"]) == ("開成町", "")
    assert made["inferred"] == "publisher"


def test_a_year_that_is_given_is_that_of_the_figures_and_the_source(tmp_path):
    ingest([write_list(tmp_path)], tmp_path / "city", fiscal_year=2020)
    assert {year for (year,) in read_kpis(tmp_path / "city", "fiscal_year")} == {"2020"}
    [source] = read_rows(tmp_path / "city" / "sources.csv")
    assert source["fiscal_year"] == "2020"


def test_a_file_without_any_year_is_doubts_and_an_error_until_the_year_is_given(tmp_path):
    path = write_list(tmp_path, title="つくば市の指標一覧（{}）".replace("{}", "実績"))
    done = ingest([path], tmp_path / "city")
    assert done.has_errors
    assert {f.note for f in done.facts if f.field in ("target", "actual")} == {"no_year"}
    assert not (tmp_path / "city" / "kpis.csv").exists()
    assert not ingest([path], tmp_path / "dated", fiscal_year=2018).has_errors
    assert read_kpis(tmp_path / "dated", "actual") == [("148",), ("148",)]


def test_a_year_that_is_added_to_a_folder_without_one_leaves_no_row_of_the_first_reading(tmp_path):
    path = write_list(tmp_path, title="つくば市の指標一覧（実績）")
    ingest([path], tmp_path / "city")
    ingest([path], tmp_path / "city", fiscal_year=2018)
    assert len(read_rows(tmp_path / "city" / "sources.csv")) == 1
    assert not check(tmp_path / "city")["severity"].eq("error").any()


def test_a_figure_that_cannot_be_read_is_an_error_and_the_rest_is_there(tmp_path):
    path = write_list(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("148", "1・4・8", 1), encoding="utf-8")
    done = ingest([path], tmp_path / "city")
    assert done.has_errors
    assert done.counts["problem"] == 1
    assert read_kpis(tmp_path / "city", "target", "actual") == [("200", ""), ("200", "148")]


def test_several_files_are_sources_of_one_folder(tmp_path):
    files = [write_list(tmp_path, year) for year in FIGURES]
    done = ingest(files, tmp_path / "city")
    assert [p.file for p in done.publications] == ["list_2018.csv", "list_2019.csv"]
    assert len(read_rows(tmp_path / "city" / "sources.csv")) == 2
    assert len({*read_kpis(tmp_path / "city", "kpi_id")}) == 2


def test_names_of_officials_stand_in_no_file_of_the_folder(tmp_path):
    head = ("事業名", "指標", "実績値", "記入者", "課長名")
    rows = (("甲", "来場者数（人）", "148", "見本 花子", "見本 一郎"),)
    path = write_csv(tmp_path / "a.csv", ("つくば市 平成30年度 実績一覧",), (), head, *rows)
    ingest([path], tmp_path / "city")
    assert read_kpis(tmp_path / "city", "actual") == [("148",)]
    holding = [
        name for name, data in read_bytes(tmp_path / "city").items() if "見本".encode() in data
    ]
    assert holding == []


def test_a_file_that_cannot_be_read_leaves_the_folder_as_it_was(folder, tmp_path):
    before = read_bytes(folder)
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    with pytest.raises(DataError, match=r"bad\.xlsx"):
        ingest([write_list(tmp_path, 2019), tmp_path / "bad.xlsx"], folder)
    assert read_bytes(folder) == before


def test_every_reason_that_a_column_is_inferred_stands_beside_the_data(folder):
    inferred = {
        (name, column)
        for name in TABLES[:-1]
        for row in read_rows(folder / f"{name}.csv")
        for column in row["inferred"].split()
    }
    reasons = {(row["table"], row["column"]) for row in read_rows(folder / "reasons.csv")}
    assert inferred == reasons
    assert inferred == {("kpis", name) for name in ("aggregation", "direction", "kpi_kind")}


def test_a_program_named_by_the_title_is_named_as_inferred(tmp_path):
    rows = (("来場者数（人）", "200", "148"),)
    title = ("つくば市 平成30年度 総合計画の数値目標",)
    path = write_csv(tmp_path / "a.csv", title, (), ("指標", "目標値", "実績値"), *rows)
    ingest([path], tmp_path / "city")
    [program] = read_rows(tmp_path / "city" / "programs.csv")
    assert (program["program"], program["inferred"]) == (title[0], "program")


def test_lines_are_the_facts_as_text(folder, tmp_path):
    done = ingest([tmp_path / "list_2018.csv"], folder)
    lines = [line for line in read_rows(folder / "ingest.csv") if line["file"] == "list_2018.csv"]
    told = [(fact.cell, fact.value, fact.outcome, fact.note) for fact in done.facts]
    assert [(x["place"], x["value"], x["outcome"], x["note"]) for x in lines] == told


def test_two_files_of_one_name_and_two_years_both_stand_in_the_folder(tmp_path):
    for year in (2018, 2019):
        (tmp_path / str(year)).mkdir()
        path = write_list(tmp_path / str(year), year, file="list.csv")
        ingest([path], tmp_path / "city")
    sources = read_rows(tmp_path / "city" / "sources.csv")
    assert [(s["source_id"], s["place"]) for s in sources] == [
        ("list_2018", "list.csv"),
        ("list_2019", "2019/list.csv"),
    ]
    assert {line["file"] for line in read_rows(tmp_path / "city" / "ingest.csv")} == {
        "list.csv",
        "2019/list.csv",
    }


def test_what_people_added_that_no_paper_prints_stays_when_a_file_is_read_again(tmp_path):
    path = write_list(tmp_path)
    ingest([path], tmp_path / "city")
    ratings = tmp_path / "city" / "ratings.csv"
    text = ratings.read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    at = head.split(",").index("scheme")
    filled = [",".join([*r.split(",")[:at], "tama", *r.split(",")[at + 1 :]]) for r in rows]
    ratings.write_text("\n".join([head, *filled]) + "\n", encoding="utf-8")
    ingest([path], tmp_path / "city")
    assert {row["scheme"] for row in read_rows(ratings)} == {"tama"}


def test_an_actual_that_is_printed_and_not_read_is_not_called_absent(tmp_path):
    rows = (("甲", "来場者数（人）", "200", "30・40"),)
    head = ("事業名", "指標", "目標値", "実績値")
    path = write_csv(tmp_path / "a.csv", ("つくば市 平成30年度 実績一覧",), (), head, *rows)
    ingest([path], tmp_path / "city")
    [kpi] = read_rows(tmp_path / "city" / "kpis.csv")
    assert (kpi["actual_printed"], kpi["actual_status"]) == ("30・40", "not_in_source")
    assert "actual_status" in kpi["inferred"].split()
    reasons = {r["column"] for r in read_rows(tmp_path / "city" / "reasons.csv")}
    assert "actual_status" in reasons


def test_names_that_stand_side_by_side_in_one_paper_are_never_one(tmp_path):
    pairs = ("男性職員の育児休業の取得率の向上（％）", "女性職員の育児休業の取得率の向上（％）")
    rows = [("甲", name, "80", "75") for name in pairs]
    head = ("事業名", "指標", "目標値", "実績値")
    path = write_csv(tmp_path / "a.csv", ("つくば市 平成30年度 実績一覧",), (), head, *rows)
    done = ingest([path], tmp_path / "city")
    assert len({kpi for (kpi,) in read_kpis(tmp_path / "city", "kpi_id")}) == 2
    assert not done.has_errors


def test_settings_saved_by_a_spreadsheet_in_shift_jis_are_read(folder, tmp_path):
    path = folder / "kpi_settings.csv"
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(text.replace(",up,", ",down,").encode("cp932"))
    ingest([tmp_path / "list_2018.csv"], folder)
    assert {way for (way,) in read_kpis(folder, "direction")} == {"down"}


def test_a_code_a_year_or_a_folder_that_cannot_be_is_refused_at_once(tmp_path):
    path = write_list(tmp_path)
    with pytest.raises(DataError) as refused:
        ingest([path], path, government="8220", fiscal_year=1)
    assert str(refused.value).count("\n") == 2
    assert "'8220' is no code" in str(refused.value)
