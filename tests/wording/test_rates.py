"""Which formula explains a published rate, in words: what it shows, and never an accusation."""

import numpy as np
import pandas as pd
from made import typed
from rated import KEY, KPI_COLUMNS, audit_rate, published
from slices import DATA

from analysis import add_achievement, audit_rates, load
from analysis.wording import rates as rates_words


def test_the_audit_of_rates_prints_formula_rounding_and_what_to_mind():
    ibaraki = audit_rates(*published("ibaraki")[:2]).assign(place="頁")
    table = rates_words.tabulate_rates_audit(ibaraki)
    assert table.drop(columns="場所").iloc[3].tolist() == [
        "雇用創出数",
        "H28",
        "129.0％",
        "129.075％",
        "達成率（実績÷目標）、切り捨て",
        "—",
        "—",
    ]
    assert "2件は、四捨五入ではなく切り捨て" in rates_words.describe_rates_audit(ibaraki)


def test_a_reversed_ratio_is_said_to_be_one():
    gose = audit_rates(*published("gose")[:2])
    assert "3件は減らす指標の単純な比" in rates_words.describe_rates_audit(gose)


def test_an_anomaly_is_never_called_wrong():
    row = audit_rate("60", 150, 200, None, "up", 100)
    text = rates_words.describe_rates_audit(pd.DataFrame([row]))
    assert "1件は手元の数値と式では説明できません" in text
    assert "誤り" not in text
    assert "別の式によるのかもしれません" in text


def audited_rates(*cases):
    key = "government_code program_id kpi_id fiscal_year published_rate published_rate_printed"
    cells = ("提案", "％", "up", np.nan, 40.0, 21.0, "final", np.nan)
    kpis = add_achievement(typed(KPI_COLUMNS, (*KEY, *cells)))
    return audit_rates(kpis, typed(key, *cases)).assign(place="頁")


def test_a_rate_by_figures_before_they_were_rounded_is_explained_and_said_to_be():
    audit = audited_rates((*KEY, 0.53, "53.0"), (*KEY, 0.54, "54.0"))
    text = rates_words.describe_rates_audit(audit)
    assert text.startswith("公表された率（2件）は、いずれも手元の数値から式で説明できます（達成率")
    assert "1件は、実績の端数を丸める前の値によるとみれば合います。" in text
    assert "1件は、実績と目標の端数を丸める前の値によるとみれば合います。" in text
    assert "別の式" not in text
    told = rates_words.tabulate_rates_audit(audit)["説明する式と丸め方"]
    assert told[0] == "達成率（実績÷目標）、実績は丸める前の値"


def test_a_rate_of_a_whole_program_says_what_the_documents_do_not():
    audit = audited_rates((*KEY[:2], None, 2018, 0.8, "80.0"))
    text = rates_words.describe_rates_audit(audit)
    assert "1件は事業全体の率で、どの数値から計算したかは資料から分かりません。" in text
    assert "指標がない" not in text
    assert rates_words.tabulate_rates_audit(audit)["指標"].tolist() == ["（事業全体）"]
    named = rates_words.tabulate_rates_audit(audit.assign(program="面接会"))
    assert named["指標"].tolist() == ["事業全体：面接会"]


def test_a_rate_of_figures_that_were_concluded_from_it_is_no_check():
    # 名寄市 prints 100, 100 and 133.3 ％ apart from 6/6, 6/6 and 8/6, years and targets concluded
    data = load(DATA, government="012211", fiscal_year=2019)
    audit = audit_rates(add_achievement(data.kpis), data.ratings, data.programs)
    assert audit[["finding", "finding_note"]].to_numpy().tolist() == [
        ["explained", "figures_inferred"]
    ]
    assert rates_words.describe_rates_audit(audit) == (
        "公表された率（1件）は、手元の数値から式で説明できますが（達成率（実績÷目標）：1件）、"
        "目標・実績が推定のため、確かめたことにはなりません。"
    )
    over_all = audit_rates(add_achievement(load(DATA).kpis), load(DATA).ratings)
    assert over_all["finding_note"].tolist().count("figures_inferred") == 3
    assert "うち3件は、目標・実績が推定のため" in rates_words.describe_rates_audit(over_all)


def test_rates_that_cannot_be_checked_say_why():
    servicenow = audit_rates(*published("servicenow")[:2])
    assert "3件は確かめられません（実績がない：3件）" in rates_words.describe_rates_audit(
        servicenow
    )


def test_without_a_published_rate_that_is_said():
    assert rates_words.describe_rates_audit(pd.DataFrame()) == "率の公表はありません。"
