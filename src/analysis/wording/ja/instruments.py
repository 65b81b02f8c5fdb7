"""On what terms programs support somebody."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.dataset.tables import PROGRAM
from analysis.measures.instruments import Limit
from analysis.measures.keys import find_rows, list_rows, take
from analysis.wording.ja.formats import (
    format_large_yen,
    format_number,
    format_percent,
    format_percent_range,
    format_value,
    list_some,
)
from analysis.wording.ja.phrases import quote_names
from analysis.wording.labels import FLAGS, NO_FIGURE

INSTRUMENT_KINDS = {
    "subsidy": "補助・助成",
    "loan": "融資",
    "interest": "利子補給",
    "guarantee_fee": "保証料補助",
    "fund": "基金・ファンド",
    "training": "研修・訓練",
    "prize": "表彰・認定",
    "space": "施設・場所",
    "event": "催し",
    "advice": "相談・助言",
    "matching": "引き合わせ",
    "research": "研究・実証",
    "promotion": "普及・連携",
    "supervision": "法に基づく認可など",
}


COUNTED = {"programs": "事業", **FLAGS, "neither": "どちらの印もない"}


NEW = "新設"


LEAD_IN = {"burden": "負担は"}


YEN_PER_MILLION_YEN = 1_000_000


HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


MOST_KINDS_NAMED = 3


def add_neither(flags: pd.DataFrame) -> pd.DataFrame:
    """Add the programs without either mark, and a word for a department that is not printed."""
    return flags.assign(
        department=flags["department"].fillna("担当の記載なし"),
        neither=flags["programs"] - flags["new"] - flags["expanded"],
    )


def format_frame(row: dict[str, Any]) -> str:
    """Write the amount of a frame, its share of the whole, and whether it is new."""
    share = [f"全体の{format_percent(row['share_of_whole'])}"] if row["depth"] else []
    notes = "、".join([*share, *([NEW] if row["is_new"] == "yes" else [])])
    return format_large_yen(row["yen"]) + (f"（{notes}）" if notes else "")


def _texts(cells: pd.Series) -> list[str]:
    return [NO_FIGURE if pd.isna(cell) else str(cell) for cell in cells]


def _find_names(table: pd.DataFrame, programs: pd.DataFrame) -> pd.Series:
    """Find the name of each row's program as the row's own source prints it."""
    rows = find_rows(table, programs, [*PROGRAM, "source_id"])
    return take(programs["program"], rows, table.index).fillna(table["program_id"])


def tabulate_instruments(counts: pd.DataFrame) -> pd.DataFrame:
    """How many programs offer each kind of support, from `count_instruments`."""
    return pd.DataFrame(
        {
            "支援の種類": counts["kind"].map(INSTRUMENT_KINDS),
            "事業": counts["programs"].astype("str"),
            "うち数量の記載がある事業": counts["with_quantity"].astype("str"),
            "全事業に占める割合": (counts["programs"] / counts["all_programs"]).map(format_percent),
        }
    )


def tabulate_flags(flags: pd.DataFrame) -> pd.DataFrame:
    """How many programs of each department are new or expanded, from `count_flags`."""
    table = add_neither(flags)
    if len(table) > 1:
        total = table[list(COUNTED)].sum().to_frame().T.assign(department="計")
        table = pd.concat([table, total], ignore_index=True)
    return (
        table[["department", *COUNTED]]
        .astype("str")
        .rename(columns={"department": "担当"} | COUNTED)
    )


def tabulate_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Rates and caps side by side, from `list_terms`; a rate also as it is printed."""
    rows = [row | {"limit": say_limits(row["limits"])} for row in list_rows(terms)]
    return pd.DataFrame(
        {
            "支援の内容": terms["term"],
            "率": [f"{row['what']} {_rate(row)}" for row in rows],
            "上限額（円）": [_cap(row) for row in rows],
            "期間・条件・負担": [_join(row, "limit", "condition", "burden") for row in rows],
            "記載の場所": terms["place"],
        }
    )


def _join(row: dict[str, Any], *names: str) -> str:
    said = [f"{LEAD_IN.get(n, '')}{row[n]}" for n in names if pd.notna(row.get(n))]
    return "、".join(said) or NO_FIGURE


def _rate(row: dict[str, Any]) -> str:
    """Write a rate as printed and in percent: 5割（50.0％、変更前は20.0％）."""
    percent = format_percent(row["rate"])
    if pd.notna(row["rate_before"]):
        percent += f"、変更前は{format_percent(row['rate_before'])}"
    printed = "" if pd.isna(row["rate_printed"]) else row["rate_printed"].translate(HALF_WIDTH)
    return f"{printed}（{percent}）" if printed else percent


def _cap(row: dict[str, Any]) -> str:
    per = "" if pd.isna(row["cap_yen"]) or pd.isna(row["cap_per"]) else f"／{row['cap_per']}"
    return format_number(row["cap_yen"]) + per


def tabulate_frames(frames: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """The loan frames as a nest, from `list_frames`, in million yen."""
    names = zip(frames["depth"], frames["term"], strict=True)
    return pd.DataFrame(
        {
            "融資枠": ["　" * depth + term for depth, term in names],
            "金額（百万円）": [format_number(yen / YEN_PER_MILLION_YEN) for yen in frames["yen"]],
            "全体に占める割合": frames["share_of_whole"].map(format_percent),
            "内訳の記載がない額（百万円）": [
                format_number(yen / YEN_PER_MILLION_YEN) for yen in frames["rest_yen"]
            ],
            "この枠を含む枠": _texts(frames["part_of"]),
            NEW: _texts(frames["is_new"].map({"yes": NEW})),
            "対象・条件": _texts(frames["condition"]),
            "事業": _find_names(frames, programs),
            "記載の場所": frames["place"],
        }
    )


def tabulate_quantities(instruments: pd.DataFrame) -> pd.DataFrame:
    """Each printed quantity with its terms and its place, of `instruments` or `list_capacity`."""
    printed = instruments[instruments["quantity"].notna()]
    rows = list_rows(printed)
    return pd.DataFrame(
        {
            "支援の内容": printed["term"],
            "数量": [_quantity(row) for row in rows],
            "種類": printed["kind"].map(INSTRUMENT_KINDS),
            "条件・負担": [_join(row, "condition", "burden") for row in rows],
            "記載の場所": printed["place"],
        }
    )


def _quantity(row: dict[str, Any]) -> str:
    """Write what is counted and how many: as printed (隔週, 30㎡程度), else with its unit."""
    plain = format_value(row["quantity"], row["unit"])
    said = plain if pd.isna(row["printed"]) else row["printed"].translate(HALF_WIDTH)
    return f"{row['what']} {said}" + ("" if pd.isna(row["per"]) else f"（{row['per']}）")


def describe_instruments(counts: pd.DataFrame) -> str:
    """Say which kinds of support are most frequent and of which no quantity is printed."""
    if counts.empty:
        return "この資料に支援の条件の記載はありません。"
    names = counts["kind"].map(INSTRUMENT_KINDS)
    most = names + "（" + counts["programs"].astype("str") + "事業）"
    more = "など" if len(most) > MOST_KINDS_NAMED else ""
    none, known = quote_names(names[counts["with_quantity"] == 0]), counts["with_quantity"].sum()
    without = f"（{none}には記載がありません）" if none and known else ""
    return (
        f"支援の条件をデータに収めた{counts['all_programs'].iloc[0]}事業を"
        f"{len(counts)}種類に分けると、"
        f"事業が多いのは順に{'、'.join(most.head(MOST_KINDS_NAMED))}{more}です。"
        f"種類ごとに数えた延べ{counts['programs'].sum()}事業のうち、この資料に数量（率・金額・"
        f"定員など）の記載があるのは{known}事業です{without}。"
        "1つの事業が複数の種類をもつことがあるため割合の合計は100％にならず、"
        "数量の記載がない支援の種類は、説明の文から推定したものです。"
    )


def describe_flags(flags: pd.DataFrame) -> str:
    """Say how many programs the source marks as new or expanded, and what no mark means."""
    if not flags[["new", "expanded"]].any(axis=None):
        return "この資料に新規・拡充の印の記載はありません。"
    table = add_neither(flags)
    total = table[list(COUNTED)].sum()
    each = list_some(
        [
            f"{row['department']}は{row['programs']}事業のうち新規{row['new']}・拡充{row['expanded']}"
            for row in list_rows(table)
        ]
    )
    without = (
        f"どちらの印もない{total['neither']}事業が前の年度と同じ内容かどうかは、"
        "この資料からは分かりません。"
    )
    return (
        f"{total['programs']}事業のうち、この資料が新規とするのは{total['new']}事業、"
        f"拡充とするのは{total['expanded']}事業です（{each}）。"
        f"{without if total['neither'] else ''}"
    )


def describe_terms(terms: pd.DataFrame) -> str:
    """Say what rates are printed, which have a cap beside them, and which were changed."""
    if terms.empty:
        return "この資料に補助などの率の記載はありません。"
    each = "、".join(
        f"{INSTRUMENT_KINDS[str(kind)]}{len(rates)}件で"
        f"{format_percent_range(rates.min(), rates.max())}"
        for kind, rates in terms.groupby("kind", sort=False)["rate"]
    )
    changed = "".join(
        f"変更前の率の記載があるのは「{row['term']}」で、{format_percent(row['rate_before'])}から"
        f"{format_percent(row['rate'])}への変更です。"
        for row in list_rows(terms[terms["rate_before"].notna()])
    )
    return (
        f"率の記載がある支援は、事業ごとに数えて{len(terms)}件です（{each}）。"
        f"このうち上限額の記載があるのは{terms['cap_yen'].notna().sum()}件で、"
        f"記載がないことは上限がないことを意味しません。{changed}"
    )


def describe_frames(frames: pd.DataFrame) -> str:
    """Say which loan frames lie in which, and how much no frame inside names."""
    if frames.empty:
        return "この資料に融資枠の記載はありません。"
    rows, said = list_rows(frames), []
    for row in rows:
        name = f"「{row['term']}」{format_large_yen(row['yen'])}"
        inside = [f"「{part['term']}」{format_frame(part)}" for part in rows if _holds(row, part)]
        if inside:
            rest = f"（残る{format_large_yen(row['rest_yen'])}の内訳の記載はありません）"
            said.append(
                f"{name}に含まれる枠として記載があるのは{'、'.join(inside)}です"
                f"{rest if row['rest_yen'] else ''}。"
            )
        elif row["depth"] == 0:
            said.append(f"{name}の内訳の記載はありません。")
    return list_some(said, "") + "枠は入れ子なので足し合わせられず、貸し付けた実績でもありません。"


def _holds(frame: dict[str, Any], part: dict[str, Any]) -> bool:
    same = all(frame[name] == part[name] for name in (*PROGRAM, "source_id"))
    return same and part["depth"] > 0 and bool(part["part_of"] == frame["term"])


def describe_capacity(capacity: pd.DataFrame) -> str:
    """Say how many quantities are planned of which kinds, and that none of it is a result."""
    if capacity.empty:
        return "この資料に定員・開催などの数量の記載はありません。"
    kinds = capacity["kind"].map(INSTRUMENT_KINDS).value_counts()
    each = "、".join(f"{kind}{count}件" for kind, count in kinds.items())
    return (
        f"定員・開催・施設などの数量は、{len(capacity[PROGRAM].drop_duplicates())}事業について"
        f"{len(capacity)}件の記載があります（{each}）。"
        "これらは定員・開催の計画や施設の規模であって、参加や利用の実績ではありません。"
    )


def say_limits(limits: Iterable[Limit]) -> str | None:
    """Say quantities in words: 日数の上限 10日／１企業（初回のみ）; None without any."""
    return "、".join(_say_limit(limit) for limit in limits) or None


def _say_limit(limit: Limit) -> str:
    said = f"{limit.what} {limit.quantity:,.15g}{limit.unit or ''}"
    said += f"／{limit.per}" if limit.per else ""
    return said + (f"（{limit.condition}）" if limit.condition else "")
