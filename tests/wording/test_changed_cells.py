"""One change between two editions in words."""

import pandas as pd
import pytest

from analysis.measures.changes import CHANGE_COLUMNS
from analysis.wording.changed_cells import word_changes

ACTUAL = {"part": "actual", "table": "kpis", "column": "actual", "change": "changed"}
ACTUAL |= {"earlier": 148.0, "later": 152.0, "unit_before": "件", "unit_after": "件"}
ACTUAL |= {"status_before": "preliminary", "status_after": "final"}
TARGET = {"part": "target", "table": "kpis", "column": "target", "change": "changed"}
TARGET |= {"earlier": 200.0, "later": 150.0, "unit_before": "件", "unit_after": "件"}
MOVED = {"part": "conclusion", "table": "kpis", "column": "reached", "change": "moved"}
MOVED |= {"earlier": "no", "later": "yes", "moved_by": "target"}
GRADE = MOVED | {"column": "rubric_grade", "item": "town", "earlier": "B", "later": "unknown"}
BUDGET = {"part": "amount", "table": "budgets", "column": "amount_yen", "change": "withdrawn"}
BUDGET |= {"item": "settled 人件費", "earlier": 3_780_000, "unit_before": "yen"}
BUDGET |= {"status_after": "not_set"}
RUBRICS = {"town": {"name": "開成町", "grades": [{"grade": "B"}]}}


def word(**cells):
    """The words of one change: what, before, after, how."""
    change = pd.DataFrame([cells]).reindex(columns=list(CHANGE_COLUMNS))
    return tuple(word_changes(change.astype("object"), RUBRICS).iloc[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ACTUAL, ("実績", "148件（速報値）", "152件", "訂正・変更")),
        (
            ACTUAL | {"change": "status", "later": 148.0},
            ("実績", "148件（速報値）", "148件（公表値）", "扱いだけの変更"),
        ),
        (
            ACTUAL | {"change": "filled", "earlier": None, "status_before": "pending"},
            ("実績", "集計中", "152件", "後から記載"),
        ),
        (TARGET | {"way": "eased"}, ("目標", "200件", "150件", "緩和（届きやすい向き）")),
        (
            TARGET | {"way": "tightened", "later": 250.0},
            ("目標", "200件", "250件", "引き上げ（届きにくい向き）"),
        ),
        (TARGET | {"way": "unknown"}, ("目標", "200件", "150件", "向きは不明")),
        (
            TARGET | {"earlier": "充実", "later": 0.0},
            ("目標", "充実", "0件", "訂正・変更"),
        ),
        (
            {**TARGET, "column": "final_year", "earlier": 2018, "later": 2020, "unit_before": None},
            ("最終目標の年度", "平成30年度", "令和2年度", "訂正・変更"),
        ),
        (
            {**TARGET, "column": "direction", "earlier": "up", "later": "unknown"},
            ("指標の方向", "増やす", "記載なし", "訂正・変更"),
        ),
        (
            {**TARGET, "column": "target_bound", "earlier": "at_least", "later": None},
            ("目標の範囲", "以上", "—", "訂正・変更"),
        ),
        (BUDGET, ("金額（円）（決算額 人件費）", "3,780,000円", "「-」と記載", "記載がなくなった")),
        (MOVED, ("到達の判定", "◆ 未達", "● 到達", "目標")),
        (
            MOVED | {"column": "at_final", "moved_by": "actual+target"},
            (
                "最終目標に達しているか",
                "◆ 最終目標に未達",
                "● 最終目標に到達",
                "実績と目標（合わせて）",
            ),
        ),
        (
            MOVED | {"column": "achievement_rate", "earlier": 0.74, "later": None},
            ("達成率", "74.0％", "—", "目標"),
        ),
        (GRADE, ("基準に当てはめた評価（開成町）", "B", "不明", "目標")),
        (
            {"part": "years", "table": "kpis", "change": "new_year", "later": 1200},
            ("指標", "—", "1,200行", "後の版だけの年度"),
        ),
        (
            {"part": "presence", "table": "programs", "column": "program", "change": "gone"}
            | {"earlier": "面接会"},
            ("事業", "面接会", "—", "後の版にない"),
        ),
        (
            {"part": "rating", "table": "ratings", "column": "published_rate", "change": "changed"}
            | {"earlier": 0.74, "later": 0.75, "unit_before": "ratio", "unit_after": "ratio"},
            ("公表の率", "74.0％", "75.0％", "訂正・変更"),
        ),
    ],
)
def test_a_change_is_worded_with_units_statuses_and_which_way(change, said):
    assert word(**change) == said
