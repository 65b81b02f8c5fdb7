"""What a remark says in so many words: a period, and numbered amounts with their unit."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.intake.cells import Subject, read_known
from analysis.intake.columns import Meaning
from analysis.intake.compound import split_items
from analysis.intake.context import Context
from analysis.intake.facts import Fact
from analysis.intake.grid import Cell
from analysis.intake.labels import Label

PERIOD_SAID = re.compile(r"(?:実施|事業|計画)期間[ \u3000:：]*([^\n、。]+)")
ITEM_BEGINS = re.compile("[①-⑳]")
AMOUNT_SAID = re.compile(r"^(.+?)[ \u3000]+([0-9０-９,，.]+[ \u3000]?[千百万億]*円)$", re.DOTALL)


def read_remark(cell: Cell, subject: Subject, meaning: Meaning, context: Context) -> Iterator[Fact]:
    """What a remark says in so many words: a period, and numbered amounts with their unit."""
    if period := PERIOD_SAID.search(cell.text):
        label = Label(field="period")
        for fact in read_known(replace(cell, text=period[1]), label, subject, meaning, context):
            yield replace(fact, printed=cell.text)
    items = (
        split_items(cell.text[found.start() :]) if (found := ITEM_BEGINS.search(cell.text)) else []
    )
    for item in items:
        if named := AMOUNT_SAID.match(item.strip()):
            label = Label(field="amount", kind="reported", word=named[1].strip(), part=False)
            piece = replace(cell, text=named[2])
            for fact in read_known(piece, label, subject, meaning, context):
                if fact.is_used:
                    name = f"{fact.field.split(':')[0]}:reported:{named[1].strip()}"
                    yield replace(fact, field=name, printed=item.strip())
