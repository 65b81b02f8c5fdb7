"""Names and ids: the same in every year, near ones taken for the known one and told."""

import pandas as pd

from analysis.intake.ids import Known, read_known

LONG = "東京圏からつくば市内への年間転入者数"


def known_of(*programs, kpis=()):
    """What a folder knows that has these programs (name, id) and KPIs (name, id) of the first."""
    shown = [
        {
            "government_code": "082201",
            "government": "つくば市",
            "program": name,
            "program_id": program_id,
        }
        for name, program_id in programs
    ]
    measured = [
        {
            "government_code": "082201",
            "program_id": programs[0][1],
            "kpi": name,
            "kpi_id": kpi_id,
        }
        for name, kpi_id in kpis
    ]
    return read_known({"programs": pd.DataFrame(shown), "kpis": pd.DataFrame(measured)})


def test_a_name_that_the_folder_has_keeps_its_id():
    known = known_of(("合同就職面接会", "job_fair"))
    assert known.find_program("082201", "合同 就職面接会") == ("job_fair", "")


def test_a_name_of_another_government_is_another_program():
    known = known_of(("合同就職面接会", "job_fair"))
    program_id, near = known.find_program("032018", "合同就職面接会")
    assert program_id != "job_fair"
    assert near == ""


def test_a_kpi_keeps_its_id_within_its_program_only():
    known = known_of(("甲事業", "a"), ("乙事業", "b"), kpis=[("来場者数", "visitors")])
    assert known.find_kpi("082201", "a", "来場者数") == ("visitors", "")
    assert known.find_kpi("082201", "b", "来場者数")[0] != "visitors"


def test_a_new_name_has_the_id_it_has_in_an_empty_folder():
    fresh = Known().find_program("082201", "移住相談窓口")
    assert known_of(("合同就職面接会", "job_fair")).find_program("082201", "移住相談窓口") == fresh


def test_a_name_that_differs_in_a_letter_is_near_the_known_one():
    known = known_of(("甲", "a"), kpis=[(LONG, "migrants")])
    kpi_id, near = known.find_kpi("082201", "a", LONG.replace("市内", "市"))
    assert (kpi_id, near) == ("migrants", LONG)


def test_names_that_differ_in_a_digit_are_two():
    known = known_of(("甲", "a"), kpis=[("商店街振興事業の参加店舗数その1", "one")])
    kpi_id, near = known.find_kpi("082201", "a", "商店街振興事業の参加店舗数その2")
    assert kpi_id != "one"
    assert near == ""


def test_a_short_name_is_near_no_other():
    known = known_of(("甲", "a"), kpis=[("来場者数", "visitors")])
    assert known.find_kpi("082201", "a", "来場者")[1] == ""


def test_a_name_near_two_others_is_taken_for_neither():
    known = known_of(("甲", "a"), kpis=[(LONG + "男", "men"), (LONG + "女", "women")])
    kpi_id, near = known.find_kpi("082201", "a", LONG + "計")
    assert kpi_id not in ("men", "women")
    assert near == ""


def test_a_government_that_the_folder_knows_keeps_its_code_and_another_gets_one_of_its_name():
    known = known_of(("甲", "a"))
    assert known.find_government("つくば市") == "082201"
    assert known.find_government("開成町").startswith("x_")
    assert known.find_government("開成町") == Known().find_government("開成 町")


def test_an_empty_folder_knows_nothing():
    assert read_known({}) == Known()


def test_of_two_ids_of_one_name_the_later_row_counts():
    assert (
        known_of(("甲事業", "old"), ("甲事業", "new")).find_program("082201", "甲事業")[0] == "new"
    )
