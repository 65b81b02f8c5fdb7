"""On what terms programs support somebody."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.instruments import (
    TERM,
    Limit,
    add_neither,
    count_capacity,
    list_nest,
    range_terms,
    sum_flags,
    sum_instruments,
)
from analysis.measures.keys import list_rows
from analysis.wording.formats import (
    format_large_yen,
    format_number,
    format_percent,
    format_percent_range,
    format_value,
    list_some,
)
from analysis.wording.labels import FLAGS, NO_FIGURE, labels
from analysis.wording.phrases import find_names, print_texts, quote_names
from analysis.wording.tables import label_table

KINDS = labels("instruments.kinds")
WORDS = labels("instruments")
NEW = labels("columns")["is_new"]
YEN_PER_MILLION_YEN = 1_000_000
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def name_department(department: object) -> str:
    """Name a department, or say that none is printed."""
    return WORDS["no_department"] if pd.isna(department) else str(department)


def format_frame(row: dict[str, Any]) -> str:
    """Write the amount of a frame, its share of the whole, and whether it is new."""
    share = [f"全体の{format_percent(row['share_of_whole'])}"] if row["depth"] else []
    notes = "、".join([*share, *([NEW] if row["is_new"] == "yes" else [])])
    return format_large_yen(row["yen"]) + (f"（{notes}）" if notes else "")


def tabulate_instruments(counts: pd.DataFrame) -> pd.DataFrame:
    """How many programs offer each kind of support, from `count_instruments`."""
    return label_table(
        "instruments",
        {
            "kind_of_support": counts["kind"].map(KINDS),
            "programs": counts["programs"].astype("str"),
            "with_quantity": counts["with_quantity"].astype("str"),
            "share_of_all": (counts["programs"] / counts["all_programs"]).map(format_percent),
        },
    )


def tabulate_flags(flags: pd.DataFrame) -> pd.DataFrame:
    """How many programs of each department are new or expanded, from `count_flags`."""
    table = add_neither(flags)
    departments = [name_department(name) for name in table["department"]]
    totals = [sum_flags(flags)] if len(table) > 1 else []
    return label_table(
        "flags",
        {
            "department": [*departments, *(WORDS["total"] for _ in totals)],
            **{
                name: [str(n) for n in (*table[name], *(total[name] for total in totals))]
                for name in ("programs", "new", "expanded", "neither")
            },
        },
        headers=FLAGS,
    )


def tabulate_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Rates and caps side by side, from `list_terms`; a rate also as it is printed."""
    rows = [row | {"limit": say_limits(row["limits"])} for row in list_rows(terms)]
    return label_table(
        "terms",
        {
            "term": terms["term"],
            "rate": [f"{row['what']} {_rate(row)}" for row in rows],
            "cap_yen": [_cap(row) for row in rows],
            "limit_terms": [_join(row, "limit", "condition", "burden") for row in rows],
            "place": terms["place"],
        },
    )


def _join(row: dict[str, Any], *names: str) -> str:
    said = [f"{WORDS.get(n, '')}{row[n]}" for n in names if pd.notna(row.get(n))]
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
    names = find_names(frames, programs, [*TERM[:2], "source_id"])
    return label_table(
        "frames",
        {
            "frame": ["　" * row["depth"] + row["term"] for row in list_rows(frames)],
            "million_yen": _print_millions(frames["yen"]),
            "share_of_whole": frames["share_of_whole"].map(format_percent),
            "rest_million_yen": _print_millions(frames["rest_yen"]),
            "part_of": print_texts(frames["part_of"]),
            "is_new": print_texts(frames["is_new"].map({"yes": NEW})),
            "condition_of_frame": print_texts(frames["condition"]),
            "program": names.fillna(frames["program_id"]),
            "place": frames["place"],
        },
    )


def _print_millions(amounts: pd.Series) -> list[str]:
    return [format_number(yen / YEN_PER_MILLION_YEN) for yen in amounts]


def tabulate_quantities(instruments: pd.DataFrame) -> pd.DataFrame:
    """Each printed quantity of `instruments` with its terms and its place."""
    return _label_quantities("quantities", instruments[instruments["quantity"].notna()])


def tabulate_capacity(capacity: pd.DataFrame) -> pd.DataFrame:
    """Each planned quantity with its terms and its place, from `list_capacity`."""
    return _label_quantities("capacity", capacity)


def _label_quantities(name: str, printed: pd.DataFrame) -> pd.DataFrame:
    rows = list_rows(printed)
    return label_table(
        name,
        {
            "term": printed["term"],
            "quantity": [_quantity(row) for row in rows],
            "kind": printed["kind"].map(KINDS),
            "burden_terms": [_join(row, "condition", "burden") for row in rows],
            "place": printed["place"],
        },
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
    found = sum_instruments(counts)
    most = "、".join(f"{KINDS[kind]}（{count}事業）" for kind, count in found.most)
    more = "など" if found.kinds > len(found.most) else ""
    none = quote_names(KINDS[kind] for kind in found.without)
    without = f"（{none}には記載がありません）" if none and found.with_quantity else ""
    return (
        f"支援の条件をデータに収めた{found.programs}事業を{found.kinds}種類に分けると、"
        f"事業が多いのは順に{most}{more}です。"
        f"種類ごとに数えた延べ{found.offers}事業のうち、この資料に数量（率・金額・"
        f"定員など）の記載があるのは{found.with_quantity}事業です{without}。"
        "1つの事業が複数の種類をもつことがあるため割合の合計は100％にならず、"
        "数量の記載がない支援の種類は、説明の文から推定したものです。"
    )


def describe_flags(flags: pd.DataFrame) -> str:
    """Say how many programs the source marks as new or expanded, and what no mark means."""
    total = sum_flags(flags)
    if not total["new"] and not total["expanded"]:
        return "この資料に新規・拡充の印の記載はありません。"
    each = list_some(
        [
            f"{name_department(row['department'])}は{row['programs']}事業のうち"
            f"新規{row['new']}・拡充{row['expanded']}"
            for row in list_rows(flags)
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
        f"{KINDS[row['kind']]}{row['rates']}件で{format_percent_range(row['low'], row['high'])}"
        for row in list_rows(range_terms(terms))
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
    said = []
    for row, parts in list_nest(frames):
        name = f"「{row['term']}」{format_large_yen(row['yen'])}"
        inside = "、".join(f"「{part['term']}」{format_frame(part)}" for part in parts)
        if inside:
            rest = f"（残る{format_large_yen(row['rest_yen'])}の内訳の記載はありません）"
            said.append(
                f"{name}に含まれる枠として記載があるのは{inside}です"
                f"{rest if row['rest_yen'] else ''}。"
            )
        elif row["depth"] == 0:
            said.append(f"{name}の内訳の記載はありません。")
    return list_some(said, "") + "枠は入れ子なので足し合わせられず、貸し付けた実績でもありません。"


def describe_capacity(capacity: pd.DataFrame) -> str:
    """Say how many quantities are planned of which kinds, and that none of it is a result."""
    if capacity.empty:
        return "この資料に定員・開催などの数量の記載はありません。"
    programs, kinds = count_capacity(capacity)
    each = "、".join(f"{KINDS[kind]}{count}件" for kind, count in kinds.items())
    return (
        f"定員・開催・施設などの数量は、{programs}事業について"
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
