"""The folder of ingested tables: what it has of other sources stays as it is."""

import pytest
from grids import write_csv
from intake.scoring import read_rows
from intake.typed_facts import fact

from analysis import DataError
from analysis.intake.store import (
    FACTS,
    SETTINGS,
    read_facts,
    read_folder,
    read_settings,
    write_folder,
    write_settings,
)

SOURCE = {"source_id": "list_2018", "publisher": "つくば市", "title": "一覧", "fiscal_year": 2018}
SOURCE |= {"place": "a.xlsx", "inferred": ""}
PROGRAM = {"government_code": "082201", "program_id": "p_1", "government": "つくば市"}
PROGRAM |= {"program": "甲", "source_id": "list_2018", "place": "A1", "inferred": ""}
SETTING = ("program_id", "kpi_id", "kpi", "direction", "aggregation", "kpi_kind")


class Tables(dict):
    """New rows by table; none of those that are not named."""

    def __missing__(self, name):
        return []


def test_a_folder_that_is_not_there_has_no_tables(tmp_path):
    assert read_folder(tmp_path / "new") == {}


def test_only_tables_with_rows_are_written(tmp_path):
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], programs=[PROGRAM]), [fact("actual", "1")])
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == [
        FACTS,
        "programs.csv",
        "sources.csv",
    ]


def test_columns_that_hold_nothing_and_need_not_be_there_are_not_written(tmp_path):
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], programs=[PROGRAM]), [])
    header = (tmp_path / "programs.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "government_code,program_id,government,program,source_id,place,inferred"


def test_rows_of_another_source_stay_and_those_of_the_same_are_replaced(tmp_path):
    other = PROGRAM | {"source_id": "list_2017", "place": "A7"}
    sources = [SOURCE | {"source_id": "list_2017", "fiscal_year": 2017}, SOURCE]
    write_folder(tmp_path, {}, Tables(sources=sources, programs=[other, PROGRAM]), [])
    new = PROGRAM | {"place": "A2"}
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=[SOURCE], programs=[new]), [])
    assert [(r["source_id"], r["place"]) for r in read_rows(tmp_path / "programs.csv")] == [
        ("list_2017", "A7"),
        ("list_2018", "A2"),
    ]


def test_each_source_that_is_read_again_keeps_the_address_that_was_added_to_it(tmp_path):
    of = {f"list_{n}": {"source_id": f"list_{n}", "place": f"{n}.xlsx"} for n in (2017, 2018)}
    old = [SOURCE | one | {"address": f"https://{name}"} for name, one in of.items()]
    write_folder(tmp_path, {}, Tables(sources=old), [])
    new = [SOURCE | one for one in of.values()]
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=new), [])
    found = [(r["source_id"], r["address"]) for r in read_rows(tmp_path / "sources.csv")]
    assert found == [(name, f"https://{name}") for name in of]


def test_what_was_concluded_of_a_row_is_not_kept_as_if_a_person_had_added_it(tmp_path):
    old = PROGRAM | {"flag": "new", "inferred": "flag"}
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], programs=[old]), [])
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=[SOURCE], programs=[PROGRAM]), [])
    assert [row["flag"] for row in read_rows(tmp_path / "programs.csv")] == [""]


def test_reasons_of_rows_are_replaced_with_them_and_those_that_people_gave_stay(tmp_path):
    reasons = [
        {"table": table, "column": column, "key": key, "reason": "訳"}
        for table, column, key in (
            ("kpis", "actual", "082201/p_1/k_1/2018/list_2018"),
            ("programs", "note", "082201/p_1/list_2018"),
            ("observations", "value", "082201/p_1/list_2018"),
            ("kpis", "actual", "082201/p_1/k_1/2017/list_2017"),
        )
    ]
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], reasons=reasons), [])
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=[SOURCE]), [])
    kept = [(r["table"], r["column"], r["key"][-4:]) for r in read_rows(tmp_path / "reasons.csv")]
    assert kept == [
        ("programs", "note", "2018"),
        ("observations", "value", "2018"),
        ("kpis", "actual", "2017"),
    ]


def test_a_column_of_ones_own_stays(tmp_path):
    own = PROGRAM | {"source_id": "list_2017", "mine": "確認済"}
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], programs=[own]), [])
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=[SOURCE], programs=[PROGRAM]), [])
    assert [r["mine"] for r in read_rows(tmp_path / "programs.csv")] == ["確認済", ""]


def test_reasons_of_a_source_that_is_read_again_are_replaced(tmp_path):
    reason = {"table": "kpis", "column": "direction", "key": "*/list_2018", "reason": "旧"}
    new = Tables(sources=[SOURCE], reasons=[reason])
    write_folder(tmp_path, {}, new, [])
    write_folder(
        tmp_path,
        read_folder(tmp_path),
        Tables(sources=[SOURCE], reasons=[reason | {"reason": "新"}]),
        [],
    )
    assert [r["reason"] for r in read_rows(tmp_path / "reasons.csv")] == ["新"]


def test_lines_of_a_file_are_replaced_and_those_of_others_stay(tmp_path):
    write_folder(tmp_path, {}, Tables(), [fact("actual", "1", file="a.csv")])
    write_folder(tmp_path, {}, Tables(), [fact("actual", "2", file="b.csv")])
    write_folder(tmp_path, {}, Tables(), [fact("actual", "3", file="a.csv")])
    assert [(r["file"], r["value"]) for r in read_rows(tmp_path / FACTS)] == [
        ("a.csv", "3"),
        ("b.csv", "2"),
    ]


def test_tables_that_cannot_be_read_stop_it_before_anything_is_written(tmp_path):
    (tmp_path / "kpis.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"kpis\.csv"):
        read_folder(tmp_path)


def test_settings_are_by_program_and_kpi(tmp_path):
    write_csv(tmp_path / SETTINGS, SETTING, ("p_1", "k_1", "相談件数", "down", "level", "outcome"))
    assert read_settings(tmp_path)["p_1", "k_1"]["direction"] == "down"
    assert read_settings(tmp_path / "new") == {}


def test_settings_saved_by_a_spreadsheet_are_read(tmp_path):
    write_csv(tmp_path / SETTINGS, SETTING, ("p_1", "k_1", "相談件数", "down", "level", "outcome"))
    text = (tmp_path / SETTINGS).read_text(encoding="utf-8")
    (tmp_path / SETTINGS).write_text(text, encoding="utf-8-sig")
    assert set(read_settings(tmp_path)) == {("p_1", "k_1")}


def test_settings_without_a_column_say_which(tmp_path):
    write_csv(tmp_path / SETTINGS, SETTING[:4], ("p_1", "k_1", "相談件数", "down"))
    with pytest.raises(DataError, match="no column aggregation, kpi_kind"):
        read_settings(tmp_path)


def test_what_is_set_stays_and_new_kpis_get_a_line(tmp_path):
    kpi = {"program_id": "p_1", "kpi_id": "k_1", "kpi": "相談件数", "direction": "up"}
    kpi |= {"aggregation": "unknown", "kpi_kind": "unknown"}
    write_settings(tmp_path, {}, [kpi])
    settings = read_settings(tmp_path)
    settings["p_1", "k_1"]["direction"] = "down"
    write_settings(tmp_path, settings, [kpi, kpi | {"kpi_id": "k_2", "kpi": "参加者数"}])
    assert [(r["kpi_id"], r["direction"]) for r in read_rows(tmp_path / SETTINGS)] == [
        ("k_1", "down"),
        ("k_2", "up"),
    ]


def test_without_kpis_there_are_no_settings(tmp_path):
    write_settings(tmp_path, {}, [])
    assert not (tmp_path / SETTINGS).exists()


def test_rows_typed_beside_what_was_read_of_a_source_stay_when_it_is_read_again(tmp_path):
    told = fact("value:hours:h", "3", place="a.csv!B2", table="observations")
    read = {"government_code": "082201", "program_id": "p_1", "source_id": "list_2018"}
    of_file = read | {"what": "hours", "place": "a.csv!B2"}
    of_person = read | {"what": "visitors", "place": "p. 3"}
    first = Tables(sources=[SOURCE], observations=[of_file, of_person], instruments=[of_person])
    write_folder(tmp_path, {}, first, [told])
    again = Tables(sources=[SOURCE], observations=[of_file | {"value": "4"}])
    write_folder(tmp_path, read_folder(tmp_path), again, [told])
    rows = read_rows(tmp_path / "observations.csv")
    assert [(row["what"], row["value"]) for row in rows] == [("hours", "4"), ("visitors", "")]
    assert len(read_rows(tmp_path / "instruments.csv")) == 1


def test_a_text_that_a_spreadsheet_would_obey_is_made_harmless_and_read_as_it_was(tmp_path):
    program = PROGRAM | {"program": "=HYPERLINK(1)"}
    found = fact("actual", "-5", printed="@SUM(A1)", program="=HYPERLINK(1)")
    write_folder(tmp_path, {}, Tables(sources=[SOURCE], programs=[program]), [found])
    [line] = read_rows(tmp_path / FACTS)
    assert (line["printed"], line["program"], line["value"]) == (
        "'@SUM(A1)",
        "'=HYPERLINK(1)",
        "-5",
    )
    assert read_facts(tmp_path)[0]["printed"] == "@SUM(A1)"
    assert read_folder(tmp_path)["programs"]["program"].tolist() == ["=HYPERLINK(1)"]
    write_folder(tmp_path, read_folder(tmp_path), Tables(sources=[SOURCE]), [])
    assert [row["printed"] for row in read_rows(tmp_path / FACTS)] == ["'@SUM(A1)"]
