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
    LISTS,
    SIGNS,
    format_large_yen,
    format_number,
    format_percent,
    format_percent_range,
    format_value,
    list_some,
)
from analysis.wording.labels import FLAGS, NO_FIGURE, labels, say
from analysis.wording.phrases import find_names, print_texts, quote_names
from analysis.wording.tables import label_table

KINDS = labels("instruments.kinds")
WORDS = labels("instruments")
NEW = labels("columns")["is_new"]
INDENT = say("instruments.indent")  # of a frame in another one
YEN_PER_MILLION_YEN = 1_000_000
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def name_department(department: object) -> str:
    """Name a department, or say that none is printed."""
    return WORDS["no_department"] if pd.isna(department) else str(department)


def format_frame(row: dict[str, Any]) -> str:
    """Write the amount of a frame, its share of the whole, and whether it is new."""
    share = say("instruments.of_whole", share=format_percent(row["share_of_whole"]))
    notes = [share] * (row["depth"] > 0) + [NEW] * (row["is_new"] == "yes")
    return _note(format_large_yen(row["yen"]), LISTS["comma"].join(notes))


def _note(what: str, note: str | None) -> str:
    """Put a note behind what it is on, where there is one."""
    return say("lists.noted", what=what, note=note) if note else what


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
    said = {n: row[n] for n in names if pd.notna(row.get(n))}
    if "burden" in said:
        said["burden"] = say("instruments.burden", burden=said["burden"])
    return LISTS["comma"].join(said.values()) or NO_FIGURE


def _rate(row: dict[str, Any]) -> str:
    """Write a rate as printed and in percent: 5割（50.0％、変更前は20.0％）."""
    percent = format_percent(row["rate"])
    if pd.notna(row["rate_before"]):
        before = format_percent(row["rate_before"])
        percent = say("instruments.now_and_before", now=percent, before=before)
    printed = "" if pd.isna(row["rate_printed"]) else row["rate_printed"].translate(HALF_WIDTH)
    return _note(printed, percent) if printed else percent


def _cap(row: dict[str, Any]) -> str:
    cap = format_number(row["cap_yen"])
    return cap if pd.isna(row["cap_yen"]) or pd.isna(row["cap_per"]) else _per(cap, row["cap_per"])


def _per(amount: str, per: str) -> str:
    return say("instruments.per", amount=amount, per=per)


def tabulate_frames(frames: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """The loan frames as a nest, from `list_frames`, in million yen."""
    names = find_names(frames, programs, [*TERM[:2], "source_id"])
    return label_table(
        "frames",
        {
            "frame": [INDENT * row["depth"] + row["term"] for row in list_rows(frames)],
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
    return _note(f"{row['what']} {said}", None if pd.isna(row["per"]) else row["per"])


def describe_instruments(counts: pd.DataFrame) -> str:
    """Say which kinds of support are most frequent and of which no quantity is printed."""
    if counts.empty:
        return say("instruments.nothing")
    found = sum_instruments(counts)
    most = LISTS["comma"].join(
        say("instruments.programs_of_kind", kind=KINDS[kind], count=count)
        for kind, count in found.most
    )
    is_more, is_nowhere = found.kinds > len(found.most), found.without and found.with_quantity
    without = quote_names(KINDS[kind] for kind in found.without)
    said = vars(found) | {"most": most, "without": without}
    return (
        say("instruments.most_frequent" if is_more else "instruments.all_kinds", **said)
        + say("instruments.quantities_but_some" if is_nowhere else "instruments.quantities", **said)
        + say("instruments.how_counted")
    )


def describe_flags(flags: pd.DataFrame) -> str:
    """Say how many programs the source marks as new or expanded, and what no mark means."""
    total = sum_flags(flags)
    if not total["new"] and not total["expanded"]:
        return say("instruments.no_marks")
    each = list_some(
        [
            say("instruments.marks_of", **row | {"department": name_department(row["department"])})
            for row in list_rows(flags)
        ]
    )
    without = say("instruments.no_mark", count=total["neither"]) if total["neither"] else ""
    return say("instruments.marks", **total, each=each) + without


def describe_terms(terms: pd.DataFrame) -> str:
    """Say what rates are printed, which have a cap beside them, and which were changed."""
    if terms.empty:
        return say("instruments.no_rates")
    each = LISTS["comma"].join(
        say(
            "instruments.rates_of_kind",
            kind=KINDS[row["kind"]],
            count=row["rates"],
            range=format_percent_range(row["low"], row["high"]),
        )
        for row in list_rows(range_terms(terms))
    )
    changed = [
        say(
            "instruments.changed",
            term=row["term"],
            before=format_percent(row["rate_before"]),
            after=format_percent(row["rate"]),
        )
        for row in list_rows(terms[terms["rate_before"].notna()])
    ]
    caps = say("instruments.caps", count=terms["cap_yen"].notna().sum())
    return say("instruments.rates", count=len(terms), each=each) + caps + "".join(changed)


def describe_frames(frames: pd.DataFrame) -> str:
    """Say which loan frames lie in which, and how much no frame inside names."""
    if frames.empty:
        return say("instruments.no_frames")
    nest = [(row, parts) for row, parts in list_nest(frames) if parts or row["depth"] == 0]
    said = [_describe_frame(row, parts) for row, parts in nest]
    return list_some(said, "") + say("instruments.frames_nest")


def _describe_frame(row: dict[str, Any], parts: list[dict[str, Any]]) -> str:
    """Say what lies in a frame, and how much of it nothing does."""
    frame = {"term": row["term"], "amount": format_large_yen(row["yen"])}
    if not parts:
        return say("instruments.frame_alone", **frame)
    return say(
        "instruments.frames_inside_and_rest" if row["rest_yen"] else "instruments.frames_inside",
        **frame,
        inside=LISTS["comma"].join(
            say("instruments.frame", term=part["term"], amount=format_frame(part)) for part in parts
        ),
        rest=format_large_yen(row["rest_yen"]),
    )


def describe_capacity(capacity: pd.DataFrame) -> str:
    """Say how many quantities are planned of which kinds, and that none of it is a result."""
    if capacity.empty:
        return say("instruments.no_capacity")
    programs, kinds = count_capacity(capacity)
    each = LISTS["comma"].join(
        say("instruments.quantities_of_kind", kind=KINDS[kind], count=count)
        for kind, count in kinds.items()
    )
    planned = say("instruments.planned", programs=programs, count=len(capacity), each=each)
    return planned + say("instruments.not_results")


def say_limits(limits: Iterable[Limit]) -> str | None:
    """Say quantities in words: 日数の上限 10日／１企業（初回のみ）; None without any."""
    return LISTS["comma"].join(_say_limit(limit) for limit in limits) or None


def _say_limit(limit: Limit) -> str:
    unit = f"{SIGNS['before_unit']}{limit.unit}" if limit.unit else ""
    said = f"{limit.what} {limit.quantity:,.15g}{unit}"
    return _note(_per(said, limit.per) if limit.per else said, limit.condition)
