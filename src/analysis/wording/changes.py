"""What differs between two editions of the data: a title, sentences, tiles, tables."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.changes import ChangeCounts, count_changes
from analysis.measures.keys import KPI_YEAR, find_rows, list_keys, list_rows
from analysis.wording.changed_cells import HOW, VERDICTS, WORDS, Row, Rubrics, word_changes
from analysis.wording.formats import (
    LISTS,
    format_fiscal_year,
    format_number,
    short_fiscal_year,
)
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.tables import label_table
from analysis.wording.tiles import make_tiles

PARTS = labels("edition_changes.parts")
TILES = labels("edition_changes.tiles")
HEADERS = labels("edition_changes.columns")
SHORT_PARTS = labels("edition_changes.short_parts")
IN_TILES = HOW | labels("changes_in_tiles")
WITH_RATE = ("actual", "target")
MOVES = ("now_reached", "no_longer", "other_verdicts", "finals")  # of conclusions, as counted
END = LISTS["ends_sentence"]


def tabulate_changes(changes: pd.DataFrame, rubrics: Rubrics) -> pd.DataFrame:
    """Every change in a row, in words and then by its codes: the columns of `find_changes`."""
    worded = word_changes(changes, rubrics)
    told = {
        "part": changes["part"].map(PARTS),
        "government": changes["government"],
        "program": changes["program"],
        "kpi": changes["kpi"],
        "fiscal_year": [format_fiscal_year(year) for year in changes["fiscal_year"]],
        "what": worded["what"],
        "how": worded["how"],
        "before": worded["before"],
        "after": worded["after"],
    }
    words = pd.DataFrame({HEADERS[code]: cells for code, cells in told.items()})
    codes = changes.drop(columns=["government", "program", "kpi"])
    return pd.concat([words, codes], axis=1)


def title_changes(changes: pd.DataFrame) -> str:
    """Answer in one line whether anything differs, and whether a conclusion moves."""
    found = count_changes(changes)
    if found.verdicts:
        is_once = found.kpis == found.verdicts
        return say(
            "changes.verdicts_move" if is_once else "changes.verdicts_move_over_years",
            count=found.verdicts,
        )
    if found.finals:
        return say("changes.finals_move", count=found.finals)
    if found.differs:
        return say("changes.no_verdict_moves", count=found.differs)
    return say("changes.same_years" if found.count("years") else "changes.no_difference")


def describe_changes(changes: pd.DataFrame) -> str:
    """Say in two sentences how much differs, and which verdicts move by what."""
    found = count_changes(changes)
    years = say("changes.years_not_counted") if found.count("years") else ""
    if not found.differs:
        return say("changes.all_the_same") + years
    parts = LISTS["comma"].join(
        say("changes.counted", what=name, count=count)
        for part, name in SHORT_PARTS.items()
        if (count := found.count(part))
    )
    differ = say("changes.differ", count=found.differs, parts=parts)
    return f"{differ}{_say_verdicts(found)}{years}"


def _say_verdicts(found: ChangeCounts) -> str:
    if not found.verdicts:
        finals = say("changes.but_finals", count=found.finals) if found.finals else ""
        return say("changes.no_verdict") + finals
    by_target = say("changes.by_target", count=found.by_target) if found.by_target else ""
    moved = [
        say(f"changes.moved_{what}", count=count, by_target=by_target)
        for what in MOVES
        if (count := getattr(found, what))
    ]
    return say("changes.verdicts", moved=LISTS["comma"].join(moved))


def summarize_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """Give the headline counts: `label`, `value` and `note`, four rows."""
    found = count_changes(changes)
    actual = ("changed", "filled", "withdrawn", "status")
    gone, new = (found.count("presence", change=change) for change in ("gone", "new"))
    counts = {"verdicts": found.verdicts, "actual": found.count("actual")}
    counts |= {"target": found.count("target"), "presence": gone + new}
    notes = (
        {name: getattr(found, name) for name in MOVES},
        {change: found.count("actual", change=change) for change in actual},
        {way: found.ways.get(way, 0) for way in ("eased", "tightened", "unknown")},
        {"gone": gone, "new": new},
    )
    return make_tiles(
        [
            (TILES[name], f"{count:,}", _note_counts(note))
            for (name, count), note in zip(counts.items(), notes, strict=True)
        ]
    )


def _note_counts(counts: dict[str, int]) -> str:
    said = [
        say("changes.in_tile", what=IN_TILES[what], count=count)
        for what, count in counts.items()
        if count
    ]
    return LISTS["comma"].join(said) or IN_TILES["nothing"]


def name_editions(names: tuple[str, str], old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Name two editions by their one publication, else by what they are called.

    `old` and `new` are their sources. Editions of one publication that is called the same in both
    are told apart by their names, too.
    """
    said = [_name_edition(*pair) for pair in zip(names, (old, new), strict=True)]
    if said[0] == said[1]:
        return [
            say("lists.named", what=name, named=one) for name, one in zip(names, said, strict=True)
        ]
    return said


def _name_edition(name: str, sources: pd.DataFrame) -> str:
    if len(sources) != 1:
        return say("changes.several_documents", name=name, count=len(sources))
    [source] = list_rows(sources)
    return say(
        "changes.document" if pd.isna(source["edition"]) else "changes.document_of_edition",
        publisher=source["publisher"],
        title=source["title"],
        edition=source["edition"],
    )


class NumberedSources:
    """The publications of two editions, each with a number by which tables name it."""

    def __init__(self, old: pd.DataFrame, new: pd.DataFrame) -> None:
        told = ["source_id", "title", "publisher", "edition"]
        both = pd.concat([old.assign(which="earlier"), new.assign(which="later")])
        listed = both.groupby(told, sort=False, dropna=False)["which"].agg(list).reset_index()
        self._listed = listed.assign(
            which=[w[0] if len(w) == 1 else "both" for w in listed["which"]],
            number=[WORDS["source_number"].format(number=n + 1) for n in range(len(listed))],
        )
        self._numbers = {
            (end, row["source_id"]): row["number"]
            for row in list_rows(self._listed)
            for end in ("earlier", "later")
            if row["which"] in (end, "both")
        }

    def say_place(self, row: Row) -> str:
        """Where a change was printed: 資料1・④-4 → 資料2・④-4, once where it is the same."""
        said = [
            LISTS["dot"].join(
                [self._numbers.get((end, row[f"{end}_source_id"]), ""), str(row[f"{end}_place"])]
            )
            for end in ("earlier", "later")
            if pd.notna(row[f"{end}_source_id"])
        ]
        return " → ".join(dict.fromkeys(said)) or NO_FIGURE

    def tabulate(self) -> pd.DataFrame:
        """The publications with their numbers."""
        listed = self._listed
        return label_table(
            "sources_of_changes",
            {
                "number": listed["number"],
                "source": listed["title"],
                "publisher": listed["publisher"],
                "edition": listed["edition"].astype("object").fillna(NO_FIGURE),
                "which_edition": listed["which"].map(WORDS),
            },
        )


def tabulate_part(
    changes: pd.DataFrame, worded: pd.DataFrame, part: str, sources: NumberedSources
) -> pd.DataFrame:
    """The changes of one part, a row each; a name or unit that differs over years in one.

    `worded` are all `changes` as `word_changes` words them; beside figures of KPIs stands the rate
    that moves.
    """
    own = changes["part"] == part
    rows = [
        row | words
        for row, words in zip(list_rows(changes[own]), list_rows(worded[own]), strict=True)
    ]
    if part == "definition":
        rows = _join_years(rows)
    columns = {
        "kpi_or_program": [name_subject(row) for row in rows],
        **_name_governments(rows),
        "fiscal_year": [row.get("years") or short_fiscal_year(row["fiscal_year"]) for row in rows],
        "item": [row["what"] for row in rows],
        "before": [row["before"] for row in rows],
        "after": [row["after"] for row in rows],
        "change": [row["how"] for row in rows],
    }
    if part in WITH_RATE:
        rates = _find_rates(changes, worded)
        keys = [tuple(row[name] for name in KPI_YEAR) for row in rows]
        columns["rate_before_after"] = [rates.get(key, NO_FIGURE) for key in keys]
    if part == "years":
        return label_table("changes_years", columns)
    places = [sources.say_place(row) for row in rows]
    return label_table(f"changes_{part}", columns | {"place": places})


def name_subject(row: Row) -> str:
    """Name what a change is about: the KPI with its program, the program, or the government."""
    if pd.notna(row["kpi"]):
        kpi = str(row["kpi"])
        return kpi if pd.isna(row["program"]) else say("lists.noted", what=kpi, note=row["program"])
    names = (row[name] for name in ("program", "government", "program_id", "government_code"))
    return str(next(filter(pd.notna, names), NO_FIGURE))


def _name_governments(rows: list[Row]) -> dict[str, list[str]]:
    """The column with each row's government, in a table about several."""
    names = [NO_FIGURE if pd.isna(row["government"]) else str(row["government"]) for row in rows]
    return {"government": names} if len(set(names)) > 1 else {}


def _join_years(rows: Iterable[Row]) -> list[Row]:
    joined: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = (*(str(row[name]) for name in KPI_YEAR[:3]), row["what"], row["before"], row["after"])
        joined.setdefault(key, []).append(row)
    return [
        same[0] | {"years": LISTS["dot"].join(short_fiscal_year(r["fiscal_year"]) for r in same)}
        for same in joined.values()
    ]


def tabulate_moved_verdicts(changes: pd.DataFrame, worded: pd.DataFrame) -> pd.DataFrame:
    """The KPIs whose verdict moves, with the rate, what moves it, and the figures that differ."""
    is_moved = changes["column"].isin(list(VERDICTS))
    moved, of_kpis = changes[is_moved], changes["table"] == "kpis"
    by_key: dict[tuple[Any, ...], list[str]] = {}
    rates = _find_rates(changes, worded)
    is_figure = of_kpis & (changes["part"] != "conclusion")
    beside = changes[is_figure & (find_rows(changes, moved, KPI_YEAR) >= 0)]
    for key, words in zip(
        list_keys(beside, KPI_YEAR), list_rows(worded.loc[beside.index]), strict=True
    ):
        told = f"{words['what']} {words['before']} → {words['after']}"
        by_key.setdefault(key, []).append(told)
    keys, said = list_keys(moved, KPI_YEAR), worded.loc[moved.index]
    return label_table(
        "moved_verdicts",
        {
            "kpi": [name_subject(row) for row in list_rows(moved)],
            **_name_governments(list_rows(moved)),
            "fiscal_year": [short_fiscal_year(year) for year in moved["fiscal_year"]],
            "verdict_before": said["before"],
            "verdict_after": said["after"],
            "rate_before_after": [rates.get(key, NO_FIGURE) for key in keys],
            "moved_by": said["how"],
            "changed_figures": [
                LISTS["comma"].join(by_key.get(key, [])) or NO_FIGURE for key in keys
            ],
        },
        states=["verdict_before", "verdict_after"],
    )


def _find_rates(changes: pd.DataFrame, worded: pd.DataFrame) -> dict[tuple[Any, ...], str]:
    """By KPI and year the achievement rate of both editions, where it moves."""
    moved = changes["column"] == "achievement_rate"
    ends = list_keys(worded[moved], ["before", "after"])
    return dict(zip(list_keys(changes[moved], KPI_YEAR), map(" → ".join, ends), strict=True))


def tabulate_moved_grades(changes: pd.DataFrame, rubrics: Rubrics) -> pd.DataFrame:
    """By how many KPIs of a year the grade moves that each rubric gives."""
    graded = changes.loc[changes["column"] == "rubric_grade", "item"]
    counts = graded.value_counts(sort=False)
    return label_table(
        "moved_grades",
        {
            "rubric": [rubrics[str(name)]["name"] for name in counts.index],
            "kpis": [format_number(n) for n in counts],
        },
    )


def tabulate_moved_sentences(changes: pd.DataFrame) -> pd.DataFrame:
    """Of what the reports of programs and governments say first, the sentences that differ."""
    moved = changes[changes["column"] == "sentence"]
    pairs = [_keep_other(*pair) for pair in list_keys(moved, ["earlier", "later"])]
    return label_table(
        "moved_sentences",
        {
            "program": [name_subject(row) for row in list_rows(moved)],
            "fiscal_year": [short_fiscal_year(year) for year in moved["fiscal_year"]],
            "sentence_before": [before for before, _ in pairs],
            "sentence_after": [after for _, after in pairs],
        },
    )


def _keep_other(earlier: Any, later: Any) -> tuple[str, str]:
    """Of two texts the sentences that the other does not have.

    Examples
    --------
    >>> _keep_other("届きました。1件です。", "1件です。")
    ('届きました。', '—')
    """
    texts = [[] if pd.isna(text) else text.split(END)[:-1] for text in (earlier, later)]
    left = [[s for s in own if s not in other] for own, other in (texts, texts[::-1])]
    before, after = ("".join(s + END for s in own).strip() or NO_FIGURE for own in left)
    return before, after
