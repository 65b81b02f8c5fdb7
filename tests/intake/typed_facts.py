"""Facts that are typed, and the rows that are made of them."""

from dataclasses import replace

from analysis.intake.facts import Fact
from analysis.intake.ids import Known
from analysis.intake.tidy import Tidier


def fact(field, value, **said):
    """A fact of the KPI 相談件数 of the program 甲 in 2018."""
    base = {"place": "指標!D3", "printed": value, "table": "kpis", "program": "甲"}
    base |= {"kpi": "相談件数", "fiscal_year": 2018, "field": field, "value": value}
    return Fact(**(base | said))


def tidy_facts(*facts, kpi="", settings=None, known=None):
    """The rows of these facts, as of a list that つくば市 published."""
    if kpi:
        facts = [replace(one, kpi=kpi) for one in facts]
    tidier = Tidier("list_2018", ("082201", "つくば市"), known or Known(), settings or {})
    return tidier.tidy(facts)
