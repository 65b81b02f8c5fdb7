"""The tidy tables: what a row is, its key, its columns, and how a cell must be written.

`TABLES` is the only place where a column is defined. The checks, the conversion to
numbers (`cells.py`) and the codebook are all made from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

STATUSES = (
    "final",
    "preliminary",
    "estimated",
    "pending",
    "unpublished",
    "not_in_source",
    "planned",
    "not_set",
    "not_surveyed",
)
WITHOUT_VALUE = ("pending", "unpublished", "not_in_source", "not_set", "not_surveyed")
DIRECTIONS = ("up", "down", "keep_above", "keep_below", "keep_within", "milestone", "unknown")
AGGREGATIONS = ("single_year", "increment", "cumulative", "level", "unknown")
KPI_KINDS = ("activity", "outcome", "societal", "unknown")
VALUE_BOUNDS = ("exact", "at_least", "above", "at_most", "below", "about", "range")
BOUNDS = (*VALUE_BOUNDS, "better_than_baseline", "no_worse_than_baseline")
BUDGET_KINDS = (
    "initial",
    "supplementary",
    "carried_in",
    "carried_out",
    "reserve",
    "total",
    "settled",
    "national_grant",
    "unused",
    "planned",
    "reported",
    "source",
    "whole_plan",
)
NATURES = ("direct", "personnel", "full")
CHANGES_FROM = ("baseline", "previous_year", "target")
INSTRUMENT_KINDS = (
    "subsidy",
    "loan",
    "interest",
    "guarantee_fee",
    "fund",
    "training",
    "prize",
    "space",
    "event",
    "advice",
    "matching",
    "research",
    "promotion",
    "supervision",
)
ITEM_KINDS = ("vision", "direction", "issue")
LINK_KINDS = ("same", "part_of", "serves", "succeeds")
ALL_ROWS = "*"  # the key of a reason that holds for every row
SLUG = r"[a-z0-9]+(?:_[a-z0-9]+)*"


@dataclass(frozen=True)
class Kind:
    """A way of writing a cell: a pattern, the words a message uses for it, a pandas dtype.

    `most` is how many characters a cell may have. Names and words stand in figures and in cells
    of tables, so 1,000; what is told in sentences may be longer; a slug names a folder.
    """

    pattern: str
    expected: str
    dtype: str = "str"
    most: int = 1_000


TEXT = r"[^\x00-\x08\x0b-\x1f\x7f-\x9f]*"  # any, but no control character beside tab and line feed
LARGEST = 2**53 - 1  # beyond it a float does not hold every whole number
KINDS = {
    "text": Kind(TEXT, "text"),
    "prose": Kind(TEXT, "text", most=10_000),
    "code": Kind(
        rf"[0-9]{{6}}|[0-9]{{13}}|x_{SLUG}",
        "a 6-digit 地方公共団体コード with its leading zero, a 13-digit 法人番号, or, for a "
        "publisher without a known code, x_ and its name in small letters (x_kaisei_town)",
        most=100,
    ),
    "slug": Kind(SLUG, "a name of small letters, digits and _, such as job_fair", most=100),
    "reference": Kind(
        rf"(?:[0-9]{{6}}|[0-9]{{13}}|x_{SLUG})/{SLUG}/{SLUG}|{SLUG}",
        "government_code/program_id/source_id of a row of programs, or the name of a strategy "
        "or of one of its items",
    ),
    "year": Kind(
        r"(19|20)[0-9]{2}",
        "the western year in which the fiscal year begins, such as 2018 for 平成30年度",
        "Int64",
    ),
    "calendar_year": Kind(
        r"(19|20)[0-9]{2}", "a western calendar year such as 2008 for 平成20年", "Int64"
    ),
    "number": Kind(
        r"-?[0-9]+(\.[0-9]+)?",
        "a plain number such as 1110 or -4.3; put other text in the column *_printed",
        "float64",
    ),
    "kpi": Kind(rf"{SLUG}/{SLUG}", "program_id/kpi_id, such as job_fair/consultations"),
    "names": Kind(rf"{SLUG}(?: {SLUG})*", "source_ids with blanks between"),
    "count": Kind(r"[0-9]+", "a whole number such as 110", "Int64"),
    "yen": Kind(
        r"-?[0-9]+", "whole yen without separators such as 10010000 for 10,010千円", "Int64"
    ),
    "as_of": Kind(
        r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])-[0-9]{2})?",
        "a day within the fiscal year such as 2025-09-30; where no day is printed the fiscal "
        "year alone, such as 2025",
    ),
    "date": Kind(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2019-03-31"),
}


@dataclass(frozen=True)
class Column:
    """One column: its Japanese name, what its cells mean, how they are written, and if left empty.

    A `filled` column has no empty cell. A `core` column may have empty cells but must stand in
    the header: a report without it would look as if nothing had been published.
    """

    label: str
    meaning: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    filled: bool = False
    core: bool = False

    @property
    def expected(self) -> str:
        """What a cell of this column must hold, in words for a message."""
        what = f"one of {', '.join(self.words)}" if self.words else KINDS[self.kind].expected
        return what if self.filled else f"{what}, or nothing"


@dataclass(frozen=True)
class Table:
    """One table: its name in Japanese, what a row is, its key, and all columns."""

    label: str
    row: str
    key: tuple[str, ...]
    columns: dict[str, Column]


def _trace() -> dict[str, Column]:
    return {
        "source_id": Column(
            "資料の識別名", "the publication the row was read from", "slug", filled=True
        ),
        "place": Column("記載の場所", "sheet, page or cell in that publication", filled=True),
        "inferred": Column(
            "推定した項目",
            "the columns of this row that were concluded, not read; blanks between",
            core=True,
        ),
    }


def _program() -> dict[str, Column]:
    return {
        "government_code": Column("団体コード", "the government", "code", filled=True),
        "program_id": Column(
            "事業の識別名",
            "the program (個別事業), our own name, stable over the years",
            "slug",
            filled=True,
        ),
    }


def _status(of: str, label: str) -> Column:
    return Column(label, f"what the {of} is; empty: a plain printed figure", words=STATUSES)


RATING = ("government_code", "program_id", "kpi_id", "fiscal_year", "rated_by")
INFERRING = (
    *("sources", "programs", "budgets", "kpis", "ratings", "rating_axes", "observations"),
    *("instruments", "strategies", "strategy_items", "links", "grants"),
)
TABLES = {
    "sources": Table(
        "資料",
        "one publication",
        ("source_id",),
        {
            "source_id": Column(
                "資料の識別名", "our own name of the publication", "slug", filled=True
            ),
            "publisher": Column("公表者", "who published it", filled=True),
            "title": Column("資料名", "its title as printed", filled=True),
            "edition": Column("版", "速報版, 確定版 or as printed"),
            "supersedes": Column(
                "置き換える版",
                "the source_ids of earlier editions that this one replaces whole, program by "
                "program and year by year",
                "names",
            ),
            "fiscal_year": Column(
                "年度",
                "the one fiscal year whose results it gives; it may hold history and plans beside",
                "year",
                filled=True,
            ),
            "published_on": Column("公表日", "the day it was published", "date"),
            "document_id": Column("資料番号", "its number among the papers it belongs to"),
            "address": Column("掲載先", "where it was found"),
            "license": Column("利用条件", "the terms it is offered on; empty: not stated"),
            "read_on": Column("読み取った日", "the day it was read into these tables", "date"),
            "place": Column("記載の場所", "where in it these facts stand", filled=True),
            "inferred": Column(
                "推定した項目", "the columns of this row that were concluded, not read", core=True
            ),
        },
    ),
    "programs": Table(
        "事業",
        "one program as one source shows it",
        ("government_code", "program_id", "source_id"),
        _program()
        | {
            "government": Column("団体名", "name of the government", filled=True),
            "project": Column("交付金事業", "the grant project (交付金事業) it belongs to"),
            "program": Column("事業名", "name of the program (個別事業) as printed", filled=True),
            "department": Column(
                "担当", "the department or departments in charge, ・ between them"
            ),
            "policy_group": Column("施策の区分", "the group of policies the source lists it under"),
            "start_year": Column("開始年度", "first fiscal year", "year"),
            "end_year": Column("終了年度", "last fiscal year", "year"),
            "grant_name": Column("交付金", "the grant that pays for it"),
            "scope": Column(
                "実施の範囲", "one government alone, or several together", words=("単独", "連携")
            ),
            "joint_with": Column("連携先", "the other governments, ・ between them"),
            "flag": Column("新規・拡充", "how the source marks it", words=("new", "expanded")),
            "description": Column("内容", "what it does, in our own words", "prose"),
            "note": Column(
                "備考", "what to know of how it was read into this row, in our own words", "prose"
            ),
        }
        | _trace(),
    ),
    "budgets": Table(
        "金額",
        "one amount of a program in one fiscal year",
        ("government_code", "program_id", "fiscal_year", "last_year", "kind", "item", "source_id"),
        _program()
        | {
            "fiscal_year": Column("年度", "the fiscal year of the amount", "year", filled=True),
            "last_year": Column(
                "最後の年度",
                "last fiscal year, where one amount is for several from fiscal_year on",
                "year",
            ),
            "kind": Column("金額の種類", "what kind of amount", words=BUDGET_KINDS, filled=True),
            "item": Column(
                "内訳",
                "which item, where one program has several amounts of a kind; for the kind source "
                "where the money comes from, as printed (国庫支出金, 一般財源)",
                core=True,
            ),
            "nature": Column(
                "費用の範囲",
                "direct: 事業費 without staff, personnel: 人件費, full: both (トータルコスト); "
                "empty: not stated",
                words=NATURES,
            ),
            "amount_yen": Column("金額（円）", "the amount in yen", "yen", core=True),
            "amount_status": _status("amount", "金額の状態"),
            "amount_printed": Column("金額の記載", "the amount as printed"),
            "published_execution_rate": Column(
                "公表の執行率", "on a settled amount: the published 執行率 as a ratio", "number"
            ),
            "published_execution_rate_printed": Column(
                "公表の執行率の記載", "that rate in percent as printed, with all its decimals"
            ),
        }
        | _trace(),
    ),
    "kpis": Table(
        "指標",
        "one KPI (重要業績評価指標) in one fiscal year, as one source shows it",
        ("government_code", "program_id", "kpi_id", "fiscal_year", "source_id"),
        _program()
        | {
            "kpi_id": Column(
                "指標の識別名",
                "our own name of the KPI, stable over the years",
                "slug",
                filled=True,
            ),
            "fiscal_year": Column("年度", "the fiscal year evaluated", "year", filled=True),
            "kpi": Column("指標", "name of the KPI as printed", filled=True),
            "unit": Column("単位", "the unit of all its values, as printed", core=True),
            "kpi_kind": Column("指標の種類", "what it counts", words=KPI_KINDS, filled=True),
            "direction": Column("指標の方向", "where it should go", words=DIRECTIONS, filled=True),
            "aggregation": Column(
                "年度ごとの数え方", "how years add up", words=AGGREGATIONS, filled=True
            ),
            "baseline": Column("従前値", "value before the program (従前値)", "number", core=True),
            "baseline_year": Column("従前値の年度", "fiscal year of the baseline", "year"),
            "baseline_status": _status("baseline", "従前値の状態"),
            "baseline_bound": Column(
                "従前値の範囲", "how a baseline in words is meant", words=VALUE_BOUNDS
            ),
            "baseline_upper": Column("従前値の上限", "upper end of a baseline range", "number"),
            "baseline_printed": Column(
                "従前値の記載", "the baseline as printed, if not a bare number"
            ),
            "target": Column(
                "目標", "value aimed at for this fiscal year (目標値)", "number", core=True
            ),
            "target_status": _status("target", "目標の状態"),
            "target_bound": Column(
                "目標の範囲", "how a target in words bounds the actual", words=BOUNDS
            ),
            "target_upper": Column("目標の上限", "upper end of a target range", "number"),
            "tolerance": Column(
                "目標の許容幅", "accepted share of the target either way (0.1 = ±10％)", "number"
            ),
            "target_printed": Column("目標の記載", "the target as printed, if not a bare number"),
            "target_before": Column(
                "見直し前の目標",
                "the target before it was revised, where one source prints both",
                "number",
            ),
            "actual": Column("実績", "value reached (実績値)", "number", core=True),
            "actual_year": Column(
                "実績の年度", "fiscal year of the actual, if an earlier one", "year"
            ),
            "actual_status": Column(
                "実績の状態", "what the actual is", words=STATUSES, filled=True
            ),
            "actual_printed": Column("実績の記載", "the actual as printed, if not a bare number"),
            "as_of": Column(
                "実績の時点", "the day of an actual that does not cover the whole year", "as_of"
            ),
            "sample_size": Column("割合の母数", "number of answers behind a survey share", "count"),
            "final_target": Column(
                "最終目標",
                "value aimed at for the program's last year (最終目標値)",
                "number",
                core=True,
            ),
            "final_year": Column("最終目標の年度", "fiscal year of the final target", "year"),
            "final_target_status": _status("final target", "最終目標の状態"),
            "final_target_bound": Column(
                "最終目標の範囲", "how a final target in words bounds the actual", words=BOUNDS
            ),
            "final_target_upper": Column(
                "最終目標の上限", "upper end of a final target range", "number"
            ),
            "final_target_printed": Column(
                "最終目標の記載", "the final target as printed, if not a bare number"
            ),
            "natural_limit": Column(
                "値の限界", "the value it cannot pass, such as 100 of a share in percent", "number"
            ),
            "is_calendar_year": Column(
                "暦年の値", "whether its values are of calendar years (暦年)", words=("yes",)
            ),
            "break_note": Column(
                "比べられない理由",
                "why this row cannot be compared with earlier years, in our own words",
                "prose",
            ),
            "same_as": Column(
                "再掲元の指標",
                "program_id/kpi_id of the KPI of this government that this row repeats (再掲)",
                "kpi",
            ),
            "published_change": Column(
                "公表の増減",
                "a printed increase or difference of the actual, in the KPI's unit",
                "number",
            ),
            "published_change_from": Column(
                "増減の起点", "from what that is counted", words=CHANGES_FROM
            ),
            "published_unit_cost_yen": Column(
                "公表の単位当たりコスト（円）", "the published 単位当たりコスト", "number"
            ),
            "published_unit_cost_printed": Column(
                "公表の単位当たりコストの記載", "that cost as printed, with its unit"
            ),
        }
        | _trace(),
    ),
    "ratings": Table(
        "評価",
        "one published judgement of a program, or of one of its KPIs",
        (*RATING, "source_id"),
        _program()
        | {
            "kpi_id": Column(
                "指標の識別名", "the KPI judged; empty: the program as a whole", "slug", core=True
            ),
            "fiscal_year": Column("年度", "the fiscal year judged", "year", filled=True),
            "scheme": Column(
                "評価の基準", "the rubric it follows: a file of data/rubrics", "slug", core=True
            ),
            "progress": Column("進捗", "published progress (進捗状況)", core=True),
            "effectiveness": Column("有効性", "published effectiveness (有効性)"),
            "efficiency": Column("効率性", "published efficiency (効率性)"),
            "grade": Column("総合評価", "published overall grade (総合評価)", core=True),
            "policy": Column("今後の方針", "published plan for the future (今後の方針)"),
            "published_rate": Column(
                "公表の率", "published rate as a ratio (0.74 for 74 ％)", "number"
            ),
            "published_rate_printed": Column(
                "公表の率の記載", "the rate in percent as printed, with all its decimals (101.0)"
            ),
            "rated_by": Column(
                "評価した者",
                "who judged, as printed (一次評価, 外部評価); empty: only one judgement is printed",
            ),
            "rated_on": Column("評価日", "the day of the judgement", "date"),
            "reason": Column("評価の理由", "the reason given, in our own words", "prose"),
        }
        | _trace(),
    ),
    "rating_axes": Table(
        "評価の観点",
        "one published judgement on an axis that has no column in ratings (必要性, 公平性)",
        (*RATING, "axis", "source_id"),
        _program()
        | {
            "kpi_id": Column(
                "指標の識別名", "the KPI judged; empty: the program as a whole", "slug", core=True
            ),
            "fiscal_year": Column("年度", "the fiscal year judged", "year", filled=True),
            "rated_by": Column("評価した者", "who judged, as in ratings"),
            "axis": Column("評価の観点", "the axis as printed", filled=True),
            "level": Column("水準", "the level as printed", filled=True),
        }
        | _trace(),
    ),
    "observations": Table(
        "その他の数値",
        "any other published figure about a program",
        ("government_code", "program_id", "what", "fiscal_year", "source_id"),
        _program()
        | {
            "what": Column("何の数値か", "what was counted, in our own words", filled=True),
            "fiscal_year": Column(
                "数値の年度", "the fiscal year the figure is about", "year", filled=True
            ),
            "value": Column("数値", "the figure", "number", core=True),
            "value_status": _status("figure", "数値の状態"),
            "unit": Column("単位", "its unit", core=True),
            "sample_size": Column("割合の母数", "the number it is a share or part of", "count"),
            "printed": Column("数値の記載", "the figure as printed, if not a bare number"),
        }
        | _trace(),
    ),
    "instruments": Table(
        "支援の条件",
        "one quantity of the terms on which a program supports somebody",
        ("government_code", "program_id", "term", "what", "source_id"),
        _program()
        | {
            "term": Column("支援策", "name of the support measure within the program", filled=True),
            "kind": Column(
                "支援の種類", "what kind of support", words=INSTRUMENT_KINDS, filled=True
            ),
            "what": Column(
                "量るもの", "what is measured: rate, cap, frame, places, in our words", filled=True
            ),
            "quantity": Column(
                "数量", "the figure; rates as ratios, money in yen", "number", core=True
            ),
            "quantity_status": _status("figure", "数量の状態"),
            "unit": Column("単位", "its unit; 割合 for a ratio, 円 for money", core=True),
            "per": Column("何あたりか", "what it is given for each of: a year, a firm, a case"),
            "quantity_before": Column("変更前の数量", "the figure before it was changed", "number"),
            "condition": Column("対象・条件", "for whom and for what, in our own words", "prose"),
            "burden": Column("負担割合", "who bears it in what proportion"),
            "part_of": Column(
                "含まれる枠", "the term whose figure holds this one: never add the two"
            ),
            "is_new": Column("新設", "whether the source calls it newly created", words=("yes",)),
            "printed": Column("数量の記載", "the figure as printed, if not a bare number"),
        }
        | _trace(),
    ),
    "strategies": Table(
        "計画",
        "one plan of a government",
        ("strategy_id",),
        {
            "strategy_id": Column("計画の識別名", "our own name of the plan", "slug", filled=True),
            "government_code": Column("団体コード", "the government", "code", filled=True),
            "strategy": Column("計画名", "its name as printed", filled=True),
            "start_year": Column("開始年度", "first fiscal year", "year"),
            "end_year": Column("終了年度", "last fiscal year", "year"),
            "decided_year": Column(
                "策定した年", "the year in which it was drawn up", "calendar_year"
            ),
            "note": Column("備考", "what else is said of it, in our own words", "prose"),
        }
        | _trace(),
    ),
    "strategy_items": Table(
        "計画の項目",
        "one vision, direction or issue of a plan",
        ("item_id",),
        {
            "item_id": Column("項目の識別名", "our own name of the item", "slug", filled=True),
            "strategy_id": Column("計画の識別名", "the plan it belongs to", "slug", filled=True),
            "kind": Column("項目の種類", "what it is", words=ITEM_KINDS, filled=True),
            "name": Column(
                "項目名（短縮）", "its name, shortened where a sentence is printed", filled=True
            ),
            "order": Column("順序", "its number in the plan", "count", filled=True),
        }
        | _trace(),
    ),
    "links": Table(
        "つながり",
        "two rows of programs, plans or items of plans that belong together",
        ("from_id", "to_id", "kind"),
        {
            "from_id": Column(
                "つなぐ元", "the one; of two plans the later", "reference", filled=True
            ),
            "to_id": Column(
                "つなぐ先", "the other; what is served, what came before", "reference", filled=True
            ),
            "kind": Column(
                "つながりの種類",
                "the same program, a part of one, a program that serves an item, a later plan",
                words=LINK_KINDS,
                filled=True,
            ),
            "reason": Column(
                "つながりの理由", "why they belong together, in our own words", "prose", filled=True
            ),
        }
        | _trace(),
    ),
    "grants": Table(
        "交付金",
        "one grant scheme",
        ("grant_name",),
        {
            "grant_name": Column("交付金", "its name", filled=True),
            "first_year": Column("始まった年度", "first fiscal year under this name", "year"),
            "last_year": Column("終わった年度", "last fiscal year under this name", "year"),
            "successor": Column("後継の交付金", "the name of the scheme that took its place"),
            "note": Column("備考", "what else is known of the change, in our own words", "prose"),
        }
        | _trace(),
    ),
    "reasons": Table(
        "推定の理由",
        "why something was concluded rather than read",
        ("table", "column", "key"),
        {
            "table": Column("表", "the table", words=INFERRING, filled=True),
            "column": Column("項目", "the column named in inferred", filled=True),
            "key": Column(
                "行",
                "the key of the row without empty cells, / between; */source_id for all rows of "
                "one source, * for all rows",
                filled=True,
            ),
            "reason": Column("推定の理由", "the reason, in our own words", "prose", filled=True),
        },
    ),
}

PROGRAM = ["government_code", "program_id"]
SOURCED = [
    name for name, table in TABLES.items() if name != "sources" and "source_id" in table.columns
]
REQUIRED_TABLES = ("sources", "programs")
MISSED_TABLES = {  # what reports say without one of these
    "budgets": "no amount of any program is known",
    "kpis": "no program has a KPI",
    "ratings": "nothing was judged",
    "observations": "no other figure is known",
    "instruments": "no term of support is known",
}
OWN = "own_"  # before the name of a column that no table has, lest it be taken for one of them
LINKED = {
    "programs": [*PROGRAM, "source_id"],
    "strategies": ["strategy_id"],
    "strategy_items": ["item_id"],
}


def list_keys(table: pd.DataFrame, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    """List the key of each row."""
    return list(zip(*(table[column].tolist() for column in columns), strict=True))


def list_key_names(table: str, rows: pd.DataFrame) -> list[str]:
    """List the key of each row as `reasons` names it: without empty cells, / between.

    Examples
    --------
    >>> links = {"from_id": ["plan_2"], "to_id": ["plan_1"], "kind": ["succeeds"]}
    >>> list_key_names("links", pd.DataFrame(links))
    ['plan_2/plan_1/succeeds']
    """
    absent = pd.Series("", index=rows.index, dtype="str")
    cells = [rows.get(c, absent).astype("str").fillna("") for c in TABLES[table].key]
    return ["/".join(filter(None, key)) for key in zip(*cells, strict=True)]


def list_names(table: str, rows: pd.DataFrame) -> pd.Series:
    """List the names by which `links` names the rows of a table: their keys with / between.

    Examples
    --------
    >>> programs = {"government_code": ["082201"], "program_id": ["fair"], "source_id": ["list"]}
    >>> list_names("programs", pd.DataFrame(programs)).tolist()
    ['082201/fair/list']
    """
    keys = zip(*(rows[column].tolist() for column in LINKED[table]), strict=True)
    return pd.Series(["/".join(key) for key in keys], index=rows.index, dtype="str")
