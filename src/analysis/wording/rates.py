"""Which formula and rounding explain a published rate."""

import numpy as np
import pandas as pd

from analysis.measures.rates_findings import RatesFound, find_rates
from analysis.wording.audit import name_judged
from analysis.wording.formats import LISTS, format_rate, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, READINGS, REASONS, labels, say
from analysis.wording.phrases import ROUNDINGS, print_percentages, where_printed
from analysis.wording.tables import label_table

FORMULAS = READINGS | labels("rates.formulas")
FINDINGS = labels("rates.findings")
UNROUNDED = labels("rates.unrounded")


def tabulate_rates_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published rate beside the formula and the rounding that explain it."""
    others = [
        LISTS["dot"].join(FORMULAS[name] for name in also.split()) or NO_FIGURE
        for also in audit["also"]
    ]
    rounding = audit["rounding"].map(ROUNDINGS)
    formula = audit["explained_by"].map(FORMULAS) + LISTS["comma"] + rounding
    whole = np.where(audit["finding_note"] == "rate_of_program", "yes", "no")
    return label_table(
        "rates",
        {
            "kpi": name_judged(audit.assign(of_whole=whole)),
            **where_printed(audit, "rated_by"),
            "fiscal_year": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "published_rate": print_percentages(audit["published_rate_printed"]),
            "computed_rate": [format_rate(ratio, 3) for ratio in audit["computed"]],
            "explained_by_formula": formula.fillna(audit["finding"].map(FINDINGS)),
            "also": others,
            "reason_of_note": audit["finding_note"].map(REASONS).fillna(NO_FIGURE).astype("str"),
            "place_of_judgement": audit["place"],
        },
    )


def describe_rates_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates a formula explains, and what stands against the others."""
    if audit.empty:
        return say("rates.nothing")
    found = find_rates(audit)
    said = [_say_explained(found), *_say_roundings(found)]
    if found.odd:
        said.append(say("rates.odd", count=found.odd))
    if found.of_program:
        said.append(say("rates.of_program", count=found.of_program))
    if found.unchecked:
        why = _say_counts(found.why_unchecked, REASONS)
        said.append(say("audits.unchecked", count=found.unchecked, why=why))
    return "".join(said)


def _say_explained(found: RatesFound) -> str:
    """Say how many rates a formula explains, by which, and which of that shows nothing."""
    formulas = _say_counts(found.by_formula, FORMULAS)
    is_every = found.explained == found.rates
    which = say(
        ("rates.every" if found.rates > 1 else "rates.only") if is_every else "rates.some",
        rates=found.rates,
        count=found.explained,
    )
    if found.circular and found.circular == found.explained:
        return say("rates.circular", which=which, formulas=formulas)
    said = say(
        "rates.explained_by" if formulas else "rates.explained", which=which, formulas=formulas
    )
    return said + say("rates.some_circular", count=found.circular) if found.circular else said


def _say_roundings(found: RatesFound) -> list[str]:
    """Say which rates only fit cut off or before rounding, and which read the other way round."""
    said = []
    if found.truncated:
        is_one = found.rates == 1
        said.append(say("rates.truncated" if is_one else "audits.truncated", count=found.truncated))
    said += [
        say("rates.unrounded", count=count, figures=UNROUNDED[word])
        for word, count in found.unrounded.items()
    ]
    if found.reversed:
        said.append(say("rates.reversed", count=found.reversed))
    return said


def _say_counts(counts: dict[str, int], words: dict[str, str]) -> str:
    return LISTS["comma"].join(
        say("rates.counted", what=words[code], count=count) for code, count in counts.items()
    )
