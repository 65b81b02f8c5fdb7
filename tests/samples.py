"""Small typed tables that the tests of several rooms look at: amounts, plans, lines, terms."""

import numpy as np
import pandas as pd
from slices import IBARAKI, TSUKUBA

from analysis.measures.instruments import Limit
from analysis.measures.lineage import LINEAGE, trace_grants

LONG = (
    "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）の推進" * 2
)
BUS = {"government_code": "012211", "program_id": "bus", "fiscal_year": 2018, "place": "1"}


def budgets(*rows):
    """Amounts of one program, each typed as (kind, item, nature, yen, last year)."""
    table = pd.DataFrame(rows, columns=["kind", "item", "nature", "amount_yen", "last_year"])
    table = table.astype({"amount_yen": "Int64", "last_year": "Int64"})
    return table.assign(**BUS, amount_status=None)


AMOUNTS = budgets(
    ("settled", "事業費", "direct", 9_000, None),
    ("settled", "人件費", "personnel", 1_000, None),
    ("whole_plan", None, None, 50_000, 2022),
    ("carried_out", None, None, -300, None),
    ("source", "国庫支出金", None, 6_000, None),
    ("source", "一般財源", None, 4_000, None),
)


def coverage_of(*rows):
    """Items of one plan: kind, programs, with_kpi, with_amount, is_inferred, unless said else."""
    table = pd.DataFrame(
        rows, columns=["kind", "programs", "with_kpi", "with_amount", "is_inferred"]
    )
    number = table.groupby("kind").cumcount() + 1
    served = table["programs"].fillna(0).astype(int)
    listed = [tuple(f"事業{n + 1}" for n in range(count)) for count in served]
    table = table.assign(
        strategy_id="plan",
        strategy="計画",
        government_code=TSUKUBA,
        item_id=table["kind"] + number.astype("str"),
        order=number,
        name="項目" + number.astype("str"),
        program_names=listed,
    )
    counts = dict.fromkeys(["programs", "with_kpi", "with_amount"], "Int64")
    return table.astype(counts | {"is_inferred": "str"})


def some_coverage():
    return coverage_of(
        ("direction", 3, 1, 2, "yes"),
        ("direction", 0, 0, 0, None),
        ("vision", None, None, None, None),
    )


TYPES = dict.fromkeys(LINEAGE, "str") | {"line": "int64"}
TYPES |= dict.fromkeys(("fiscal_year", "start_year", "end_year"), "Int64")


def lines_of(*rows):
    """Rows of one program each line: line, program_id, fiscal_year and what is said else."""
    usual = {"government_code": TSUKUBA, "government": "町", "source_id": "s", "source": "資料"}
    found = [
        usual
        | {"line": line, "program_id": program, "program": f"事業{program}", "fiscal_year": year}
        | said
        for line, program, year, said in rows
    ]
    return pd.DataFrame(found, columns=list(LINEAGE)).astype(TYPES)


SAME = {"reason": "名が同じ。", "is_inferred": "yes"}


def grants_of(*rows):
    columns = ["grant_name", "first_year", "last_year", "successor", "note"]
    table = pd.DataFrame(rows, columns=columns)
    texts = dict.fromkeys(["grant_name", "successor", "note"], "str")
    return trace_grants(table.astype(texts | {"first_year": "Int64", "last_year": "Int64"}))


FAMILY = [
    ("甲", None, None, "丙", "まとめられた。"),
    ("乙", 2016, None, "丙", None),
    ("丙", 2022, 2024, None, None),
]


def some_lines():
    """Two programs that are one, of which one has a period; and one of two documents."""
    period = {"start_year": 2016, "end_year": 2020}
    return lines_of(
        (1, "a", 2017, SAME),
        (1, "b", 2018, SAME | period),
        (2, "c", 2017, {}),
        (2, "c", 2019, {"flag": "expanded"}),
    )


COUNTS = pd.DataFrame(
    {
        "kind": ["training", "research"],
        "programs": [12, 3],
        "with_quantity": [4, 0],
        "all_programs": [73, 73],
    }
)
FLAGS = pd.DataFrame(
    {"department": ["課", np.nan], "programs": [8, 4], "new": [2, 0], "expanded": [1, 0]}
)
PROGRAMS = pd.DataFrame(
    {
        "government_code": IBARAKI,
        "program_id": "loans",
        "source_id": ["list", "later"],
        "program": ["融資", "新しい名の融資"],
    }
)


def typed(rows, **usual):
    keys = {"government_code": IBARAKI, "program_id": "loans", "source_id": "list"}
    keys |= {"condition": None, "place": "p.1"}
    return pd.DataFrame([keys | usual | row for row in rows])


def frames(*rows):
    """Frames typed as (term, yen, depth, part_of, rest)."""
    columns = ["term", "yen", "depth", "part_of", "rest_yen"]
    table = typed([dict(zip(columns, row, strict=True)) for row in rows], is_new=None)
    table["share_of_whole"] = table["yen"] / table["yen"].iloc[0]
    return table.astype({"yen": "Int64", "rest_yen": "Int64"})


NEST = frames(
    ("全体", 100 * 10**8, 0, None, 40 * 10**8),
    ("新規", 60 * 10**8, 1, "全体", 45 * 10**8),
    ("承継", 15 * 10**8, 2, "新規", None),
)
TERM = {"term": "賃料補助", "kind": "subsidy", "what": "補助率", "rate": 0.5}
TERM |= {"rate_before": np.nan, "rate_printed": "１／２", "cap_yen": 2_400_000, "cap_per": "件"}
TERM |= {"limits": (Limit("期間", 3.0, "年", None, None),), "burden": None}
BARE = {"rate": 2 / 3, "rate_before": 0.2, "cap_yen": pd.NA}
BARE |= {"rate_printed": None, "cap_per": None, "limits": ()}
TERMS = typed([TERM, TERM | BARE]).astype({"cap_yen": "Int64"})
COURSE = {"term": "講座", "kind": "training", "what": "定員", "quantity": 700.0, "unit": "人"}
COURSE |= {"per": None, "part_of": None, "printed": None}
CAFE = {"what": "開催の間隔", "quantity": 2.0, "unit": "週", "printed": "隔週", "kind": "event"}
ROOM = {"what": "室数", "quantity": 8.0, "unit": "室", "printed": "８室", "per": "前期"}
CAPACITY = typed([COURSE, COURSE | CAFE, COURSE | ROOM])
