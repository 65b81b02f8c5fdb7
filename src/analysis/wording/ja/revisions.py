"""What was changed afterwards."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.codebook import name_column
from analysis.wording.ja.formats import (
    format_fiscal_year,
    format_number,
    format_percent,
    format_value,
    list_some,
    short_fiscal_year,
)
from analysis.wording.ja.trends import name_of, signed
from analysis.wording.labels import NO_FIGURE, STATUSES

COLUMNS = {
    "baseline": "従前値",
    "target": "目標",
    "actual": "実績",
    "actual_status": "実績の扱い",
    "final_target": "最終目標",
    "amount_yen": "金額（円）",
    "progress": "進捗",
    "effectiveness": "有効性",
    "efficiency": "効率性",
    "grade": "総合評価",
    "policy": "今後の方針",
    "published_rate": "公表の率",
    "value": "その他の数値",
}


CHANGES = {"changed": "変更", "filled": "後から記載", "not_printed": "後の版に記載なし"}


VERDICTS = {"yes": "到達", "no": "未達", "unknown": "判定できない"}


LOWERED = {"yes": "届きやすい向き", "no": "届きにくい向き", "unknown": "向きは不明"}


def tabulate_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """Each figure a later edition prints differently, from the table of `list_revisions`."""
    rows = list_rows(revisions)
    return pd.DataFrame(
        {
            "事業・指標": [_said(r["program"]) if pd.isna(r["kpi"]) else r["kpi"] for r in rows],
            "年度": [short_fiscal_year(r["fiscal_year"]) for r in rows],
            "項目": [_name(r) + _judge(r) for r in rows],
            "先の版": [_cell(r["earlier"], r["column"]) for r in rows],
            "後の版": [_cell(r["later"], r["column"]) for r in rows],
            "変わり方": [CHANGES[r["change"]] for r in rows],
            "判定": [_pair(r, "reached", VERDICTS) for r in rows],
            "総合評価": [_pair(r, "grade", {}) for r in rows],
        },
        dtype="str",
    )


def _name(row: dict[str, Any]) -> str:
    return COLUMNS.get(row["column"]) or name_column(row["table"], row["column"])


def _judge(row: dict[str, Any]) -> str:
    return f"（{row['item']}）" if row["table"] == "ratings" and pd.notna(row["item"]) else ""


def _said(value: object) -> str:
    return NO_FIGURE if pd.isna(value) else str(value)


def _cell(value: Any, column: str) -> str:
    if pd.isna(value):
        return NO_FIGURE
    if isinstance(value, str):
        return STATUSES.get(value, value)
    return format_percent(value) if column == "published_rate" else format_number(value)


def _pair(row: dict[str, Any], name: str, words: dict[str, str]) -> str:
    before, after = row[f"{name}_before"], row[f"{name}_after"]
    said = [words.get(word, _said(word)) for word in (before, after)]
    return said[0] if said[0] == said[1] else " → ".join(said)


def describe_revisions(revisions: pd.DataFrame) -> str:
    """Say how many figures a later edition changed, and how many verdicts with them."""
    if revisions.empty:
        return (
            "手元の資料には、版によって違う数値は見つかりません。"
            "1つの版しか手元にない資料が多く、後から直されていないという意味ではありません。"
        )
    counts = revisions["change"].value_counts()
    said = "、".join(f"{CHANGES[str(word)]}{count}件" for word, count in counts.items())
    keys = ["government_code", "program_id", "kpi_id", "fiscal_year"]
    both = revisions.dropna(subset=["reached_before", "reached_after"]).drop_duplicates(keys)
    turned = int((both["reached_before"] != both["reached_after"]).sum())
    follows = f"{turned}指標で到達の判定が変わります。" if turned else "到達の判定は変わりません。"
    return f"後の版で違っている数値は{len(revisions)}件です（{said}）。{follows}"


def tabulate_changed_targets(changed: pd.DataFrame) -> pd.DataFrame:
    """Each target that was changed by a later fiscal year, or within one source."""
    rows = list_rows(changed)
    return pd.DataFrame(
        {
            "指標": [name_of(r) for r in rows],
            "先の記載": [_aim(r, "before") for r in rows],
            "後の記載": [_aim(r, "after") for r in rows],
            "変化": [signed(r["change"]) for r in rows],
            "向き": [LOWERED[r["lowered"]] if r["change"] else "値は同じ" for r in rows],
            "期限": [
                {"yes": "先送り", "no": "先送りではない", "unknown": "不明"}[r["postponed"]]
                for r in rows
            ],
        },
        dtype="str",
    )


def _aim(row: dict[str, Any], when: str) -> str:
    due = row[f"due_{when}"]
    if row["within"] == "yes":
        earlier = "（変更前）" if when == "before" else ""
        goal = format_value(row[f"target_{when}"], row["unit"])
        return f"{short_fiscal_year(due)}の目標{earlier}：{goal}"
    by = "" if pd.isna(due) else f"（{short_fiscal_year(due)}まで）"
    stated = short_fiscal_year(row[f"stated_{when}"])
    return f"{stated}：{format_value(row[f'target_{when}'], row['unit'])}{by}"


def describe_changed_targets(changed: pd.DataFrame) -> str:
    """Say how many targets were changed and which way, without saying why."""
    if changed.empty:
        return "手元の資料の中で、途中で変わった目標は見つかりません。"
    within = changed["within"] == "yes"
    said = [_say_change(row) for row in list_rows(changed[within])]
    finals = changed[~within]
    if len(finals):
        said.insert(0, f"最終目標の変更は{len(finals)}件{_say_finals(finals)}。")
    return f"{list_some(said, '')}変えた理由は、この表からは分かりません。"


def _say_change(row: dict[str, Any]) -> str:
    way = "引き上げ" if row["change"] > 0 else "引き下げ"
    return (
        f"「{name_of(row)}」の{format_fiscal_year(row['due_after'])}の目標は"
        f"{_ends(row)}に{way}られました（同じ資料の記載）。"
    )


def _ends(row: dict[str, Any]) -> str:
    return "から".join(format_value(row[f"target_{w}"], row["unit"]) for w in ("before", "after"))


def _say_finals(finals: pd.DataFrame) -> str:
    """The one change of a final target with its figures; of several, how many went which way."""
    if len(finals) == 1:
        [row] = list_rows(finals)
        years = "から".join(format_fiscal_year(row[f"due_{w}"]) for w in ("before", "after"))
        later = f"{years}への期限の先送り" if row["postponed"] == "yes" else ""
        moved = f"{_ends(row)}への{'引き上げ' if row['change'] > 0 else '引き下げ'}"
        how = "と、".join(filter(None, [moved if row["change"] else "", later]))
        return f"で、{how or '期限の記載が変わったもの'}です"
    counts = {
        "届きやすい向きに変わったもの": finals["lowered"] == "yes",
        "届きにくい向きに変わったもの": (finals["lowered"] == "no") & (finals["change"] != 0),
        "向きの分からないもの": finals["lowered"] == "unknown",
        "期限が先送りされたもの": finals["postponed"] == "yes",
    }
    told = "、".join(f"{word}{rows.sum()}件" for word, rows in counts.items() if rows.any())
    return f"です（{told}）" if told else "です"
