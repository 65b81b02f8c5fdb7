"""Published unit costs against what the amounts give."""

import numpy as np
import pandas as pd
import pytest

from analysis import audit_unit_costs

KEY = {"government_code": "072036", "program_id": "hall", "fiscal_year": 2018}
DIRECT = {"kind": "settled", "item": "事業費", "nature": "direct", "amount_yen": 22_963_000}
PERSONNEL = {"kind": "settled", "item": "人件費", "nature": "personnel", "amount_yen": 2_604_000}
TOTAL = {"kind": "total", "item": None, "nature": None, "amount_yen": 30_000_000}
FOUND = ["explained_by", "rounding", "finding", "finding_note"]


def amounts(*rows):
    return pd.DataFrame([KEY | row for row in rows]).astype({"amount_yen": "Int64"})


def kpi(yen, printed, actual=1_000.0):
    cells = {"kpi": "入館者数", "unit": "人", "actual": actual}
    cells |= {"published_unit_cost_yen": yen, "published_unit_cost_printed": printed}
    return pd.DataFrame([KEY | cells])


def found(kpis, *rows, **options):
    return audit_unit_costs(kpis, amounts(*rows), **options)[FOUND].to_numpy().tolist()


@pytest.mark.parametrize(
    ("yen", "printed", "words"),
    [
        # by hand, over 1,000: 22,963; with personnel 25,567; the budget 30,000
        (22_963, "22,963円", ["settled", "half_up", "explained", ""]),
        (25_567, "25,567", ["settled_with_personnel", "half_up", "explained", ""]),
        (30_000, "30千円", ["total", "half_up", "explained", ""]),
        (25_600, "25.6千円/人", ["settled_with_personnel", "half_up", "explained", ""]),
        (25_000, "2.5万円", ["settled_with_personnel", "truncated", "explained_truncated", ""]),
        (99, "99円", ["", "", "anomaly", ""]),
        (22_963, None, ["", "", "cannot_be_checked", "not_printed"]),
        (22_963, "高い", ["", "", "cannot_be_checked", "not_printed"]),
        (22_963_000, "22,963円", ["", "", "cannot_be_checked", "printed_differs"]),
    ],
)
def test_the_cost_and_the_rounding_of_a_published_unit_cost_are_found(yen, printed, words):
    assert found(kpi(float(yen), printed), DIRECT, PERSONNEL, TOTAL) == [words]


@pytest.mark.parametrize(
    ("actual", "rows", "note"),
    [
        (np.nan, [DIRECT], "no_actual"),
        (0.0, [DIRECT], "nothing_achieved"),
        (9.0, [DIRECT | {"kind": "unused"}], "no_cost"),
    ],
)
def test_a_unit_cost_that_cannot_be_checked_says_why(actual, rows, note):
    assert found(kpi(5.0, "5円", actual), *rows) == [["", "", "cannot_be_checked", note]]


def test_a_cost_per_head_is_tried_over_every_figure_in_that_unit():
    # 郡山市 prints a cost per head: 22,963 千円 / 400 users = 57.4 千円
    rows = [
        ("受益者一人あたりコスト", 57.4, "千円／人"),
        ("利用者", 400.0, "人"),
        ("職員", 3.0, "人"),
    ]
    seen = pd.DataFrame(
        [KEY | dict(zip(["what", "value", "unit"], row, strict=True)) for row in rows]
    )
    table = audit_unit_costs(kpi(np.nan, None).iloc[:0], amounts(DIRECT), seen)
    assert table[["name", "per", *FOUND]].to_numpy().tolist() == [
        ["受益者一人あたりコスト", "利用者", "settled", "half_up", "explained", ""]
    ]
    alone = audit_unit_costs(kpi(np.nan, None).iloc[:0], amounts(DIRECT), seen.iloc[:1])
    assert alone[["finding", "finding_note"]].to_numpy().tolist() == [
        ["cannot_be_checked", "no_actual"]
    ]


def test_a_cost_per_head_is_also_tried_with_observed_amounts_of_its_own_side_first():
    # 貝塚市 H25: 一般財源1 82,338 and, of the budget, 40,524 千円 over 89,800: 0.92 and 0.45
    rows = [
        ("受益者一人あたりコスト2", 920.0, "円/人", "0.92"),
        ("受益者一人あたりコスト2（予算）", 450.0, "円/人", "0.45"),
        ("一般財源1", 82_338.0, "千円", None),
        ("一般財源1（予算）", 40_524_000.0, "円", None),
        ("同じ額（予算）", 82_338_000.0, "円", None),
        ("受益者数", 89_800.0, "人", None),
    ]
    columns = ["what", "value", "unit", "printed"]
    seen = pd.DataFrame([KEY | dict(zip(columns, row, strict=True)) for row in rows])
    table = audit_unit_costs(kpi(np.nan, None).iloc[:0], amounts(DIRECT), seen)
    assert table["explained_by"].tolist() == ["一般財源1", "一般財源1（予算）"]
    assert table["also"].tolist() == ["同じ額（予算）", ""]
    assert table["computed"].round(1).tolist() == [916.9, 451.3]
    # a budget and an account that both fit: by the side of the figure
    same = amounts(DIRECT, DIRECT | {"kind": "initial", "amount_yen": 22_963_400})
    heads = pd.DataFrame([KEY | {"what": "利用者", "value": 100.0, "unit": "人", "printed": None}])
    cost = {"value": 230_000.0, "unit": "円/人", "printed": "23万円"}
    both = [KEY | cost | {"what": f"コスト{side}"} for side in ("", "（予算）")]
    table = audit_unit_costs(
        kpi(np.nan, None).iloc[:0], same, pd.concat([heads, pd.DataFrame(both)])
    )
    assert table["explained_by"].tolist() == ["settled", "initial"]


def test_a_cost_per_head_of_unknown_heads_is_not_called_unexplained():
    # 貝塚市 prints 0.58 千円 per resident; the only figure in 人 at hand is that of the staff
    rows = [("受益者一人あたりコスト", 0.58, "千円/人"), ("正職員数", 3.49, "人")]
    columns = ["what", "value", "unit"]
    seen = pd.DataFrame([KEY | dict(zip(columns, row, strict=True)) for row in rows])
    table = audit_unit_costs(kpi(np.nan, None).iloc[:0], amounts(DIRECT), seen)
    assert table[FOUND].to_numpy().tolist() == [["", "", "cannot_be_checked", "no_denominator"]]
    assert table[["per", "results"]].isna().all(axis=None)


def test_without_published_unit_costs_nothing_is_audited():
    plain = kpi(np.nan, None)
    assert audit_unit_costs(plain, amounts(DIRECT)).empty
    columns = ["published_unit_cost_yen", "published_unit_cost_printed"]
    assert audit_unit_costs(plain.drop(columns=columns), amounts(DIRECT)).empty
