"""Which formula and rounding explain a published rate."""

import numpy as np
import pandas as pd

from analysis.measures.rates_findings import RatesFound, find_rates
from analysis.wording.audit import name_judged
from analysis.wording.formats import format_rate, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, READINGS, REASONS, labels
from analysis.wording.phrases import ROUNDINGS, print_percentages, where_printed
from analysis.wording.tables import label_table

FORMULAS = READINGS | labels("rates.formulas")
FINDINGS = labels("rates.findings")
UNROUNDED = labels("rates.unrounded")


def tabulate_rates_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published rate beside the formula and the rounding that explain it."""
    others = [
        "・".join(FORMULAS[name] for name in also.split()) or NO_FIGURE for also in audit["also"]
    ]
    formula = audit["explained_by"].map(FORMULAS) + "、" + audit["rounding"].map(ROUNDINGS)
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
        return "率の公表はありません。"
    found = find_rates(audit)
    said = [_say_explained(found), *_say_roundings(found)]
    if found.odd:
        said.append(
            f"{found.odd}件は手元の数値と式では説明できません。別の式によるのかもしれません。"
        )
    if found.of_program:
        said.append(
            f"{found.of_program}件は事業全体の率で、どの数値から計算したかは資料から分かりません。"
        )
    if found.unchecked:
        why = _say_counts(found.why_unchecked, REASONS)
        said.append(f"{found.unchecked}件は確かめられません（{why}）。")
    return "".join(said)


def _say_explained(found: RatesFound) -> str:
    """Say how many rates a formula explains, by which, and which of that shows nothing."""
    formulas = _say_counts(found.by_formula, FORMULAS)
    by = f"（{formulas}）" if formulas else ""
    begin = f"公表された率{found.rates}件のうち{found.explained}件は、"
    if found.explained == found.rates:
        begin = f"公表された率（{found.rates}件）は、{'いずれも' if found.rates > 1 else ''}"
    nothing = "目標・実績が推定のため、確かめたことにはなりません。"
    if found.circular and found.circular == found.explained:
        return f"{begin}手元の数値から式で説明できますが{by}、{nothing}"
    some = f"うち{found.circular}件は、{nothing}" if found.circular else ""
    return f"{begin}手元の数値から式で説明できます{by}。{some}"


def _say_roundings(found: RatesFound) -> list[str]:
    """Say which rates only fit cut off or before rounding, and which read the other way round."""
    said = []
    if found.truncated:
        which = f"{found.truncated}件は、" if found.rates > 1 else ""
        said.append(f"{which}四捨五入ではなく切り捨てとみれば合います。")
    said += [
        f"このうち{count}件は、{UNROUNDED[word]}の端数を丸める前の値によるとみれば合います。"
        for word, count in found.unrounded.items()
    ]
    if found.reversed:
        said.append(
            f"{found.reversed}件は減らす指標の単純な比で、100％を超える間は、目標に届いていません。"
        )
    return said


def _say_counts(counts: dict[str, int], words: dict[str, str]) -> str:
    return "、".join(f"{words[code]}：{count}件" for code, count in counts.items())
