"""What was changed afterwards, in tables and sentences; governments and years side by side."""

from typing import Any

import pandas as pd

from analysis.present.sentences import (
    NO_FIGURE,
    STATUSES,
    format_fiscal_year,
    format_number,
    format_percent,
    format_value,
    short_fiscal_year,
)
from analysis.present.trends import signed

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
    "published_rate": "公表の率",
    "value": "その他の数値",
}
CHANGES = {"changed": "変更", "filled": "後から記載", "not_printed": "後の版に記載なし"}
VERDICTS = {"yes": "到達", "no": "未達", "unknown": "判定できない"}
LOWERED = {"yes": "届きやすい向き", "no": "届きにくい向き", "unknown": "向きは不明"}


def tabulate_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """Each figure a later edition prints differently, from the table of `list_revisions`."""
    rows = revisions.to_dict("records")
    return pd.DataFrame(
        {
            "事業・指標": [_said(r["program"]) if pd.isna(r["kpi"]) else r["kpi"] for r in rows],
            "年度": [short_fiscal_year(r["fiscal_year"]) for r in rows],
            "項目": [COLUMNS[r["column"]] for r in rows],
            "先の版": [_cell(r["earlier"], r["column"]) for r in rows],
            "後の版": [_cell(r["later"], r["column"]) for r in rows],
            "変わり方": [CHANGES[r["change"]] for r in rows],
            "判定": [_pair(r, "reached", VERDICTS) for r in rows],
            "総合評価": [_pair(r, "grade", {}) for r in rows],
        },
        dtype="str",
    )


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
    """Each target that a later fiscal year states differently."""
    rows = changed.to_dict("records")
    return pd.DataFrame(
        {
            "指標": [r["kpi"] for r in rows],
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
    by = "" if pd.isna(due) else f"（{short_fiscal_year(due)}まで）"
    stated = short_fiscal_year(row[f"stated_{when}"])
    return f"{stated}：{format_value(row[f'target_{when}'], row['unit'])}{by}"


def describe_changed_targets(changed: pd.DataFrame) -> str:
    """Say how many targets were changed afterwards and which way, without saying why."""
    if changed.empty:
        return "手元の資料の中で、年度によって違う最終目標は見つかりません。"
    lowered = int((changed["lowered"] == "yes").sum())
    unknown = int((changed["lowered"] == "unknown").sum())
    postponed = int((changed["postponed"] == "yes").sum())
    said = f"最終目標が途中で変わった例は{len(changed)}件です。"
    said += f"うち届きやすい向きに変わったもの{lowered}件、期限が先送りされたもの{postponed}件"
    said += f"、向きの分からないもの{unknown}件。" if unknown else "。"
    return f"{said}変えた理由は、この表からは分かりません。"


# Governments and years side by side


def describe_scope(years: pd.DataFrame) -> str:
    """Say how many governments and fiscal years a comparison holds, from `compare_years`."""
    governments = list(dict.fromkeys(years["government"]))
    ends = [format_fiscal_year(year) for year in (years["fiscal_year"].min(), _last(years))]
    return f"{'・'.join(governments)}、{'～'.join(dict.fromkeys(ends))}"


def _last(years: pd.DataFrame) -> int:
    return int(years["fiscal_year"].max())


def summarize_comparison(years: pd.DataFrame, trends: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a comparison: `label`, `value` and `note`, four rows."""
    several = int((trends["observed"] > 1).sum())
    unknown = int(years["unknown"].sum())
    return pd.DataFrame(
        [
            ("団体と年度", f"{len(years)}", f"{years['government_code'].nunique()}団体の延べ年度"),
            (
                "目標に到達",
                f"{years['reached'].sum()} / {years['kpis'].sum()}",
                f"延べ指標（判定できないもの{unknown}）",
            ),
            ("動きを追える指標", f"{several} / {len(trends)}", "実績が2年度以上ある指標"),
            (
                "公表された率・評価",
                f"{years['rates'].sum()} / {years['grades'].sum()}",
                "件（率 / 総合評価）",
            ),
        ],
        columns=["label", "value", "note"],
    )


def describe_comparison(years: pd.DataFrame) -> str:
    """Say who publishes what a judgement needs, and that the shares are no ranking."""
    whole = years.groupby("government", sort=False)[list(PUBLISHED)].sum()
    said = [f"{len(whole)}団体の延べ{len(years)}年度、{whole['kpis'].sum()}指標を並べます。"]
    for name, label in PUBLISHED.items():
        without = list(whole.index[whole[name] == 0])
        if without and name != "kpis":
            said.append(f"手元の資料に{label}の記載がないのは{'・'.join(without)}です。")
    early = years.groupby("government", sort=False)["not_due"].sum()
    said += [
        f"{name}の{count}指標は、期限がまだ来ていない最終目標と比べた到達・未達です。"
        for name, count in early.items()
        if count
    ]
    said.append(
        "団体によって指標の数も種類も目標の立て方も違うので、到達した割合は団体の順位になりません。"
    )
    return "".join(said)


PUBLISHED = {
    "kpis": "指標",
    "baseline": "従前値",
    "target": "目標",
    "actual": "実績",
    "rates": "達成率など率",
    "grades": "総合評価",
}


def tabulate_years(years: pd.DataFrame) -> pd.DataFrame:
    """What each government published of each fiscal year and how many targets it reached."""
    counts = PUBLISHED | {
        "reached": "到達",
        "missed": "未達",
        "unknown": "不明",
        "not_due": "期限前の目標",
        "rates": "公表の率",
    }
    order = ["kpis", "baseline", "target", "actual", "reached", "missed", "unknown", "not_due"]
    order += ["rates", "grades"]
    return pd.DataFrame(
        {
            "団体": years["government"],
            "年度": [short_fiscal_year(year) for year in years["fiscal_year"]],
            **{counts[name]: years[name].astype("str") for name in order},
        }
    )


def describe_comparability(kpis: pd.DataFrame) -> str:
    """Say which KPIs could be compared between governments at all: the same name and unit."""
    named = kpis.groupby(["kpi", "unit"], dropna=False)["government_code"].nunique()
    shared = [str(kpi) for kpi, _ in named.index[named > 1]]
    units = kpis["unit"].nunique()
    ways = kpis["aggregation"].astype("str").map(AGGREGATIONS).value_counts(sort=False)
    said = "、".join(f"{word}{count}" for word, count in ways.items() if count)
    same = (
        f"2つ以上の団体が同じ名と単位で公表している指標は「{'」「'.join(shared)}」です。"
        if shared
        else "同じ名と単位の指標を2つ以上の団体が公表している例はありません。"
    )
    return (
        f"{same}単位は{units}種類あり、違う単位の値は比べられません。"
        f"年度の合わせ方は、{said}（延べ指標）です。単年度の値と累計の値も比べられません。"
    )


AGGREGATIONS = {
    "single_year": "単年度の値",
    "increment": "各年度の増加分",
    "cumulative": "累計の値",
    "level": "その時点の水準",
    "unknown": "記載なし",
}
