"""What became of a budget, and whether published rates of execution follow from it."""

import re

import pandas as pd

from analysis.wording.ja.costs import name_parts
from analysis.wording.ja.formats import (
    format_number,
    format_percent,
    format_percent_range,
    format_yen,
    short_fiscal_year,
)
from analysis.wording.ja.phrases import (
    describe_audit_of,
    explain,
    join_cells,
    list_missing,
    name_programs,
    quote_names,
    say_note,
)
from analysis.wording.labels import BASES, BUDGET_KINDS, NO_FIGURE, PARTS, REASONS

LEFT_OUT = re.compile(
    r"(^|、)(total|settled|initial|supplementary|carried_in|carried_out|reserve)/"
)


UNNAMED = {"plain": "内訳のない金額", "full": "人件費を含む総額", "personnel": "人件費"}


def _names(table: pd.DataFrame) -> pd.Series:
    return table["program"] if "program" in table else table["program_id"]


def tabulate_execution(executed: pd.DataFrame) -> pd.DataFrame:
    """What was budgeted, spent, carried over and left, from the table of `add_execution`.

    Without rows where neither a budget nor a settled amount is known.
    """
    if executed[["total_yen", "settled_yen"]].isna().all(axis=None):
        return pd.DataFrame()

    def yen(name: str) -> list[str]:
        return [format_yen(value).removesuffix("円") for value in executed[f"{name}_yen"]]

    columns = {
        "事業": _names(executed),
        "年度": executed["fiscal_year"].map(short_fiscal_year),
        "予算額（円）": yen("total"),
        "決算額（円）": yen("settled"),
        "執行率": executed["execution_rate"].map(format_percent),
        "翌年度への繰越（円）": yen("carried_out"),
        "不用額（円）": yen("unused"),
    }
    if executed["national_grant_yen"].notna().any():
        columns["うち国費（円）"] = yen("national_grant")
    rate, rest = executed["execution_note"], executed["unused_note"]
    columns["根拠・注意"] = join_cells(
        _name_budgets(executed),
        [say_note(note) for note in rate.where(rate != "items_left_out", "")],
        [f"{names}を除く" if names else "" for names in _name_left_out(executed)],
        [
            "" if note in (why, "items_left_out") else say_note(note)
            for note, why in zip(rest, rate, strict=True)
        ],
    )
    return pd.DataFrame(columns)


def _name_budgets(executed: pd.DataFrame) -> list[str]:
    """Name each budget; a sum of parts by those that are printed."""
    names = executed["total_basis"].map(BASES).fillna("").tolist()
    rows = executed[[f"{kind}_yen" for kind in PARTS]].notna().to_numpy()
    return [
        name_parts([kind for kind, is_there in zip(PARTS, row, strict=True) if is_there])
        if basis == "parts"
        else name
        for name, basis, row in zip(names, executed["total_basis"], rows, strict=True)
    ]


def _name_left_out(executed: pd.DataFrame) -> list[str]:
    """What stands on one side only, with its sum: 決算額の人件費（34,361,000円）."""
    return [
        f"{LEFT_OUT.sub(_side, names)}（{format_yen(yen)}）" if names else ""
        for names, yen in zip(
            (_name_scopes(cell) for cell in executed["execution_left_out"]),
            executed["execution_left_out_yen"],
            strict=True,
        )
    ]


def _side(found: re.Match[str]) -> str:
    return f"{found[1]}{BUDGET_KINDS[found[2]]}の"


def _name_scopes(names: str) -> str:
    return re.sub(r"(?<=/)(plain|full|personnel)(?=、|$)", lambda found: UNNAMED[found[1]], names)


def describe_execution(executed: pd.DataFrame) -> str:
    """Say how much of the budgets was spent, and for which programs that cannot be said."""
    if executed.empty:
        return "金額のある事業がないため、執行率は求められません。"
    names, rate = _names(executed), executed["execution_rate"]
    known, over = rate.notna(), executed["execution_note"] == "over_execution"
    said = []
    if known.any():
        ends = format_percent_range(rate.min(), rate.max())
        said.append(f"予算額と決算額がそろう{known.sum()}事業の執行率は{ends}です。")
        said.append(
            "予算の一部は翌年度に繰り越されることがあり、執行率が低くても使い残しとは限りません。"
        )
    if over.any():
        said.append(f"{quote_names(names[over])}は、決算額が予算額を超えています。")
    left_out = zip(names, _name_left_out(executed), strict=True)
    said += [
        f"「{name}」は、予算額と決算額の両方にある項目だけで計算し、{items}を除きました。"
        for name, items in left_out
        if items
    ]
    if not known.any():
        counts = executed["execution_note"].astype("str").value_counts(sort=False)
        why = "、".join(f"{REASONS[note]}：{count}事業" for note, count in counts.items())
        said.append(f"執行率を求められる事業はありません（{why}）。")
    elif not known.all():
        why = list_missing(executed["execution_note"][~known], names[~known])
        said.append(f"執行率を求められない事業があります（{why}）。")
    return "".join(said)


DIVISIONS = {
    "settled/total": "決算額 ÷ 予算額",
    "settled/parts": "決算額 ÷ 予算額（当初・補正・繰越の合計）",
    "settled/initial": "決算額 ÷ 当初予算",
    "settled/total_less_carried_out": "決算額 ÷（予算額 − 翌年度への繰越）",
    "settled_and_carried_out/total": "（決算額 ＋ 翌年度への繰越）÷ 予算額",
    "settled/planned": "決算額 ÷ 計画額",
}


def tabulate_execution_audit(
    audit: pd.DataFrame, programs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each published rate of execution beside the division and the rounding that explain it.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    if audit.empty:
        return pd.DataFrame()
    item = audit.get("item", pd.Series(index=audit.index, dtype="str"))
    printed = audit["published_execution_rate_printed"]
    return pd.DataFrame(
        {
            **name_programs(audit, programs),
            "年度": [short_fiscal_year(year) for year in audit["fiscal_year"]],
            "項目": item.fillna(NO_FIGURE),
            "公表の執行率": [
                NO_FIGURE if pd.isna(text) else f"{str(text).rstrip('%％')}％" for text in printed
            ],
            "計算した率": [
                NO_FIGURE if pd.isna(rate) else f"{format_number(rate * 100, 3)}％"
                for rate in audit["computed"]
            ],
            "説明する計算と丸め方": explain(audit, audit["explained_by"].map(DIVISIONS)),
            "注意・理由": audit["finding_note"].astype("str").map(REASONS).fillna(NO_FIGURE),
        }
    )


def describe_execution_audit(audit: pd.DataFrame) -> str:
    """Say how many published rates of execution the amounts explain; nothing without any."""
    rounded = audit[(audit["computed"].round(6) != audit["published_execution_rate"].round(6))]
    text = describe_audit_of(audit, "執行率")
    whole = rounded[rounded["published_execution_rate"] == 1]
    whole = whole[whole["finding"] == "explained"]
    if len(whole):
        rates = whole["computed"]
        ends = dict.fromkeys(format_percent(rate) for rate in (rates.min(), rates.max()))
        text += f"100％と公表された{len(whole)}件は、計算では{'～'.join(ends)}です。"
    return text
