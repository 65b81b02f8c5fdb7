"""Which formula and rounding explain a published rate."""

import numpy as np
import pandas as pd

from analysis.wording.ja.audit import name_judged
from analysis.wording.ja.formats import format_rate, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, READINGS, REASONS

FORMULAS = {
    **READINGS,
    "achievement_rate": "達成率（実績÷目標）",
    "cagr_rate": "年平均成長率の比",
    "reversed_ratio": "目標÷実績",
    "mirrored_ratio": "2－実績÷目標",
}


ROUNDINGS = {
    "half_up": "四捨五入",
    "truncated": "切り捨て",
    "truncated_or_half_even": "切り捨てか偶数への丸め",
    "unrounded_actual": "実績は丸める前の値",
    "unrounded_figures": "実績と目標は丸める前の値",
}


RATE_FINDINGS = {
    "explained": "式で説明できる",
    "explained_truncated": "切り捨てとみれば説明できる",
    "explained_unrounded": "丸める前の値によるとみれば説明できる",
    "anomaly": "手元の数値と式では説明できない",
    "cannot_be_checked": "確かめられない",
}


def tabulate_rates_audit(audit: pd.DataFrame) -> pd.DataFrame:
    """Each published rate beside the formula and the rounding that explain it."""
    others = [
        "・".join(FORMULAS[name] for name in also.split()) or NO_FIGURE for also in audit["also"]
    ]
    formula = audit["explained_by"].map(FORMULAS) + "、" + audit["rounding"].map(ROUNDINGS)
    whole = np.where(audit["finding_note"] == "rate_of_program", "yes", "no")
    judges = audit.get("rated_by", pd.Series(index=audit.index, dtype="str"))
    return pd.DataFrame(
        {
            "指標": name_judged(audit.assign(of_whole=whole)),
            **({"評価した者": judges.fillna(NO_FIGURE)} if judges.notna().any() else {}),
            "年度": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "公表の率": _printed(audit["published_rate_printed"]),
            "計算した率": [format_rate(ratio, 3) for ratio in audit["computed"]],
            "説明する式と丸め方": formula.fillna(audit["finding"].map(RATE_FINDINGS)),
            "ほかに合う式": others,
            "注意・理由": audit["finding_note"].map(REASONS).fillna(NO_FIGURE).astype("str"),
            "場所": audit["place"],
        }
    )


def _printed(texts: pd.Series) -> list[str]:
    return [NO_FIGURE if pd.isna(t) else f"{str(t).rstrip('%％')}％" for t in texts]


EXPLAINED = ("explained", "explained_truncated", "explained_unrounded")


def describe_rates_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates a formula explains, and what stands against the others."""
    if audit.empty:
        return "率の公表はありません。"
    explained = audit[audit["finding"].isin(EXPLAINED)]
    odd = int((audit["finding"] == "anomaly").sum())
    said = [
        _say_explained(explained, len(audit)),
        *_say_roundings(audit),
        f"{odd}件は手元の数値と式では説明できません。別の式によるのかもしれません。" * (odd > 0),
        *_say_unchecked(audit),
    ]
    return "".join(said)


def _say_explained(explained: pd.DataFrame, count: int) -> str:
    """Say how many rates a formula explains, by which, and which of that shows nothing."""
    number = len(explained)
    formulas = _counts(explained["explained_by"].map(FORMULAS))
    by = f"（{formulas}）" if formulas else ""
    begin = f"公表された率{count}件のうち{number}件は、"
    if number == count:
        begin = f"公表された率（{count}件）は、{'いずれも' if count > 1 else ''}"
    circular = int((explained["finding_note"] == "figures_inferred").sum())
    nothing = "目標・実績が推定のため、確かめたことにはなりません。"
    if circular and circular == number:
        return f"{begin}手元の数値から式で説明できますが{by}、{nothing}"
    some = f"うち{circular}件は、{nothing}" if circular else ""
    return f"{begin}手元の数値から式で説明できます{by}。{some}"


def _say_roundings(audit: pd.DataFrame) -> list[str]:
    """Say which rates only fit cut off or before rounding, and which read the other way round."""
    said = []
    cut = int((audit["finding"] == "explained_truncated").sum())
    if cut:
        which = f"{cut}件は、" if len(audit) > 1 else ""
        said.append(f"{which}四捨五入ではなく切り捨てとみれば合います。")
    said += [
        f"このうち{count}件は、{figures}の端数を丸める前の値によるとみれば合います。"
        for rounding, figures in (("unrounded_actual", "実績"), ("unrounded_figures", "実績と目標"))
        if (count := int((audit["rounding"] == rounding).sum()))
    ]
    reads_reversed = audit["finding"].isin(EXPLAINED) & (audit["finding_note"] == "reads_reversed")
    if reads_reversed.any():
        said.append(
            f"{reads_reversed.sum()}件は減らす指標の単純な比で、"
            "100％を超える間は、目標に届いていません。"
        )
    return said


def _say_unchecked(audit: pd.DataFrame) -> list[str]:
    """Say which rates cannot be checked, and why."""
    said = []
    of_program = audit["finding_note"] == "rate_of_program"
    if of_program.any():
        said.append(
            f"{of_program.sum()}件は事業全体の率で、どの数値から計算したかは資料から分かりません。"
        )
    unchecked = audit[(audit["finding"] == "cannot_be_checked") & ~of_program]
    if len(unchecked):
        why = _counts(unchecked["finding_note"].map(REASONS))
        said.append(f"{len(unchecked)}件は確かめられません（{why}）。")
    return said


def _counts(words: pd.Series) -> str:
    counts = words.dropna().astype("str").value_counts()
    return "、".join(f"{word}：{count}件" for word, count in counts.items() if count)
