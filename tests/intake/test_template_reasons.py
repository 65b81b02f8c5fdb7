"""Why a column was concluded goes on from year to year, with the row it was concluded in."""

import pandas as pd

from analysis.intake.template import About
from analysis.intake.template_names import Filled
from analysis.intake.template_reasons import list_reasons

BEFORE = {"government_code": "082201", "program_id": "fair", "source_id": "list_2018"}
NEW = BEFORE | {"source_id": "list_2019"}
CARRIED = "前年度の表から引き継いだ。"


def reasons_of(inferred, *held):
    filled = Filled(About("082201", "つくば市", 2019, 2018))
    filled.rows["programs"] = [NEW | {"inferred": inferred}]
    filled.before["programs", 0] = BEFORE | {"inferred": inferred}
    table = pd.DataFrame(held, columns=["table", "column", "key", "reason"])
    return [(row["column"], row["key"], row["reason"]) for row in list_reasons(filled, table)]


def test_the_reason_of_a_source_becomes_that_of_the_new_one():
    held = ("programs", "scope", "*/list_2018", "推定した。")
    assert reasons_of("scope", held) == [("scope", "*/list_2019", f"{CARRIED}推定した。")]


def test_the_reason_of_a_row_stays_that_of_the_row():
    held = ("programs", "scope", "082201/fair/list_2018", "この事業だけ。")
    whole = ("programs", "scope", "*/list_2018", "推定した。")
    told = [("scope", "082201/fair/list_2019", f"{CARRIED}この事業だけ。")]
    assert reasons_of("scope", whole, held) == told


def test_a_reason_for_a_whole_table_holds_already():
    assert reasons_of("scope", ("programs", "scope", "*", "推定した。")) == []


def test_a_reason_is_called_carried_once():
    held = ("programs", "scope", "*/list_2018", f"{CARRIED}推定した。")
    assert reasons_of("scope", held) == [("scope", "*/list_2019", f"{CARRIED}推定した。")]


def test_without_a_reason_the_usual_one_is_given():
    [(_, key, reason)] = reasons_of("scope")
    assert key == "*/list_2019"
    assert reason.startswith(CARRIED)
