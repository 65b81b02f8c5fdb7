"""A workbook is made for a government and year that there are, and says what is wrong else."""

import pytest
from intake.filling import Book
from intake.scoring import read_rows

from analysis import DataError
from analysis.intake.ingest import ingest
from analysis.intake.new import new_government, new_year


def test_all_that_is_wrong_is_said_at_once(root, tmp_path):
    with pytest.raises(DataError) as refused:
        new_year(root / "data", "082202", 21, 2018, tmp_path / "a.xlsx")
    said = str(refused.value).splitlines()
    assert [line.partition(" ")[0] for line in said] == ["government", "fiscal", "year"]
    assert "its check digit is wrong" in said[0]
    with pytest.raises(DataError, match="has no name"):
        new_government(tmp_path, "143669", " ", 2021)


def test_a_government_that_is_there_goes_on_from_a_year(root, tmp_path):
    with pytest.raises(DataError, match="`sosei new year` goes on"):
        new_government(root / "data", "082201", "つくば市", 2021, tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="a workbook is"):
        new_year(root / "data", "082201", 2019, path=tmp_path / "a.xls")


def test_a_year_that_the_folder_has_not_names_those_it_has(root, tmp_path):
    with pytest.raises(DataError, match="nothing of 082201 in fiscal year 2015") as refused:
        new_year(root / "data", "082201", 2016, path=tmp_path / "a.xlsx")
    assert "082201 つくば市 2018, 2021" in str(refused.value)


def test_a_first_year_is_typed_read_and_gone_on_from(tmp_path):
    data = tmp_path / "data"
    path = new_government(data, "143669", "開成町", 2021, tmp_path / "first.xlsx")
    book = Book(path, 2021, None)
    book.at("sources", "1", "title").value = "令和3年度 事業評価"
    book.add("programs", program__name="健康づくり", place="1ページ", start_year__kept=2021)
    of = {"program__name": "健康づくり", "kpi__name": "喫煙率", "unit__kept": "％"}
    of |= {"direction__kept": "減らす", "aggregation__kept": "その時点の水準"}
    book.add("kpis", **of, kpi_kind__kept="成果", target=10, actual=12.5)
    book.add("budgets", program__name="健康づくり", kind__name="決算額", amount_yen="500千円")
    assert not ingest(book.save(tmp_path / "first.xlsx"), into=data).has_errors
    [kpi] = read_rows(data / "kpis.csv")
    assert (kpi["direction"], kpi["actual"], kpi["actual_status"]) == ("down", "12.5", "final")
    again = new_year(data, "143669", 2022, path=tmp_path / "second.xlsx")
    second = Book(again, 2022, 2021)
    key = f"{kpi['program_id']}/{kpi['kpi_id']}"
    assert second.at("kpis", key, "actual", "before").value == 12.5
    assert second.at("sources", "1", "source_id", "kept").value == "143669_2022"
