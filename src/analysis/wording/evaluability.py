"""What the documents at hand hold of what an evaluation needs."""

from typing import Any

import pandas as pd

from analysis.measures.documents import (
    Evaluability,
    count_described,
    count_evaluability,
    find_last_reading,
    find_shown,
    group_absent,
    share_by_each,
)
from analysis.measures.evaluability import PARTS
from analysis.measures.keys import list_rows
from analysis.wording.distributions import LONGEST, cut_sentences
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_fiscal_year,
    list_some,
    short_fiscal_year,
)
from analysis.wording.headlines import say_concluded
from analysis.wording.labels import NO_FIGURE, PART_LABELS, STATUSES, labels, say
from analysis.wording.program import tell_apart
from analysis.wording.tables import label_table
from analysis.wording.tiles import Tile, make_tiles, name_tile

HELD = labels("held")
GROUPINGS = labels("columns") | labels("groupings")


def describe_documents(
    shown_programs: pd.DataFrame, sources: pd.DataFrame, fiscal_year: int | None = None
) -> str:
    """Say whose programs, of which year, in how many documents, and up to which day these go."""
    found = find_shown(shown_programs)
    ends = dict.fromkeys(format_fiscal_year(year) for year in (found.first_year, found.last_year))
    when = SIGNS["to"].join(ends) if fiscal_year is None else format_fiscal_year(fiscal_year)
    concluded = "" if fiscal_year is None else say_concluded(shown_programs)
    return say(
        "evaluability.shown",
        governments=list_some(found.governments, LISTS["dot"], LISTS["governments"]),
        when=say("lists.noted", what=when, note=concluded) if concluded else when,
        documents=_documents(sources),
    )


def _documents(sources: pd.DataFrame) -> str:
    day = find_last_reading(sources)
    return say(
        "evaluability.documents_read_by" if day else "evaluability.documents_at_hand",
        day=_format_day(day) if day else "",
        count=len(sources),
    )


def _format_day(day: str) -> str:
    year, month, date = (int(part) for part in day.split("-"))
    return say("evaluability.day", year=year, month=labels("months")[str(month)], date=date)


def describe_evaluability(evaluability: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say of how many programs the documents hold what, from `rate_evaluability`."""
    found = count_evaluability(evaluability)
    counted = "of_years" if found.programs < found.rows else "of_programs"
    documents, elsewhere = _documents(sources), say("evaluability.elsewhere")
    if not found.with_kpi and not found.with_money:
        nothing = say(f"evaluability_{counted}.nothing", documents=documents, **found._asdict())
        return nothing + elsewhere
    said = say(f"evaluability_{counted}.found", documents=documents, **found._asdict())
    return said + _say_parts(found, counted) + elsewhere


def _say_parts(found: Evaluability, counted: str) -> str:
    """Say how many programs have none of the eight parts, and how many have all."""
    counts = found._asdict() | {"others": found.rows - found.nothing}
    if found.everything:
        empty = say(f"evaluability_{counted}.some_empty", **counts) if found.nothing else ""
        return empty + say(f"evaluability_{counted}.some_whole", **counts)
    if found.nothing == found.rows:
        return say(f"evaluability_{counted}.all_empty", **counts)
    if found.nothing:
        return say(f"evaluability_{counted}.some_empty_no_whole", **counts)
    return say("evaluability.no_whole")


def summarize_evaluability(evaluability: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Give the headline figures of a portfolio: `label`, `value` and `note`, four rows."""
    found, (described, read) = count_evaluability(evaluability), count_described(instruments)
    settled = say(
        "evaluability.note_settled" if found.settled else "evaluability.note_no_settled",
        count=found.settled,
    )
    counts = {
        "with_kpi": (found.with_kpi, found.rows, say("evaluability.note_with_kpi")),
        "judged": (found.judged, found.rows, say("evaluability.note_judged")),
        "with_money": (found.with_money, found.rows, settled),
        "described": (described, read, say("evaluability.note_described")),
    }
    return make_tiles([_share_tile(name, *count) for name, count in counts.items()])


def _share_tile(name: str, count: int, of: int, note: str) -> Tile:
    if not of:
        return name_tile(name), NO_FIGURE, say("evaluability.note_without_data")
    return name_tile(name), f"{count:,} / {of:,}", note


def name_group(row: dict[str, Any], by: list[str]) -> str:
    """Name a group of programs by the columns that make it."""
    return " ".join(_name_of_group(row[name], name) for name in by if name != "government_code")


def _name_of_group(value: Any, by: str) -> str:
    if by == "fiscal_year":
        return short_fiscal_year(value)
    return say("distributions.not_stated") if pd.isna(value) else str(value)


def describe_shares(shares: pd.DataFrame, by: list[str]) -> str:
    """Say what the figure of shares shows: of each group, how many programs hold each part."""
    if shares.empty:
        return say("evaluability.no_programs")
    largest = shares.sort_values("programs", ascending=False, kind="stable")
    each = [_say_share(row, by) for row in list_rows(shares)]
    start = say("evaluability.figure_of_shares")
    if len(start) + sum(map(len, each)) <= LONGEST:
        return start + "".join(each)
    return cut_sentences(start, (_say_share(row, by) for row in list_rows(largest)))


def _say_share(row: dict[str, Any], by: list[str]) -> str:
    parts, partly = (_list_held(row, word) for word in ("held", "partly"))
    held = parts or say("evaluability.nothing_held")
    if partly:
        partly = say("evaluability.partly_held", parts=partly)
        held = say("lists.noted", what=held, note=partly)
    return say(
        "evaluability.share_of_one" if row["programs"] == 1 else "evaluability.share",
        group=name_group(row, by),
        programs=row["programs"],
        held=held,
    )


def _list_held(row: dict[str, Any], word: str) -> str:
    """List the parts that are held, or partly, and of several programs of how many."""
    counts = {PART_LABELS[part]: n for part in PARTS if (n := row[f"{part}_{word}"])}
    return LISTS["comma"].join(
        part if row["programs"] == 1 else say("evaluability.held_by", part=part, count=n)
        for part, n in counts.items()
    )


def name_shares(row: dict[str, Any], by: list[str]) -> str:
    """Name a group of programs, with how many they are where they are several."""
    name, count = name_group(row, by), row["programs"]
    if count < 2:
        return name
    return say("lists.noted", what=name, note=say("evaluability.programs", count=count))


def tabulate_shares(evaluability: pd.DataFrame) -> pd.DataFrame:
    """How many programs hold each part wholly, by each thing that tells them apart.

    Of how many stands beside. What is the same for all programs is left out, but for the whole.
    """
    shares = share_by_each(evaluability)
    return label_table(
        "shares",
        {
            "group": [
                say("distributions.all")
                if row["grouping"] == "everything"
                else _name_of_group(row["group"], row["grouping"])
                for row in list_rows(shares, "group", "grouping")
            ],
            "grouping": shares["grouping"].map(GROUPINGS),
            "program_years": shares["programs"].astype("str"),
            **{part: shares[f"{part}_held"].astype("str") for part in PARTS},
            "judged": shares["judged"].astype("str"),
        },
        headers=PART_LABELS,
    )


def tabulate_evaluability(evaluability: pd.DataFrame) -> pd.DataFrame:
    """Each program with the parts the documents hold of it, and how many of the eight."""
    return label_table(
        "evaluability",
        {
            "program": evaluability["program"],
            **tell_apart(evaluability),
            **{part: evaluability[part].map(HELD) for part in PARTS},
            "parts_held": [f"{n} / {len(PARTS)}" for n in evaluability["parts_held"]],
            "place": evaluability["place"],
        },
        headers=PART_LABELS,
    )


def describe_parts(parts: pd.DataFrame) -> str:
    """Say what the documents at hand do not hold."""
    if parts.empty:
        return ""
    said = [
        say(f"evaluability.absent_{words[0]}", items=items)
        for words in ABSENT
        if (items := _list_absent(parts, words))
    ]
    if (parts["budget"] == "nature_not_stated").any():
        said.append(say("evaluability.nature_not_stated"))
    if said:
        said.append(say("evaluability.perhaps_elsewhere"))
    if items := _list_absent(parts, ("not_reckoned",)):
        said.append(say("evaluability.not_reckoned", items=items))
    if not said:
        return say("evaluability.complete")
    kpis = int(parts["name"].notna().sum())
    programs = len(parts) - kpis
    whom = "both" if kpis and programs else "kpis" if kpis else "programs"
    return say(f"evaluability.about_{whom}", kpis=kpis, programs=programs, said="".join(said))


ABSENT = (
    ("not_in_source", "not_set"),
    ("pending",),
    ("unpublished",),
    ("not_surveyed",),
    ("one_end",),
)


def _list_absent(parts: pd.DataFrame, states: tuple[str, ...]) -> str:
    """Which parts are absent of how many, those of one number together: 決算（10件とも）."""
    rows = len(parts)
    return say("evaluability.items_joint").join(
        say(
            ("evaluability.in_all_rows" if rows > 1 else "evaluability.in_the_only_row")
            if count == rows
            else "evaluability.in_rows",
            parts=LISTS["dot"].join(PART_LABELS[part] for part in absent),
            count=count,
        )
        for count, absent in group_absent(parts, states)
    )


def tabulate_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Which parts of an evaluation the documents at hand hold; one KPI a row."""
    words, no_kpi = STATUSES | labels("part_states"), labels("figures.parts")["no_kpi"]
    names = zip(parts["name"], parts["program"], strict=True)
    return label_table(
        "parts",
        {
            "kpi_or_program": [
                no_kpi.format(program=program) if pd.isna(name) else name for name, program in names
            ],
            **{part: parts[part].map(words) for part in PARTS},
        },
        headers=PART_LABELS,
    )
