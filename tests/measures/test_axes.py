"""Levels on other axes stand side by side, one row a judgement."""

import pandas as pd

from analysis.measures.axes import spread_axes

KEY = {"government_code": "x_town", "program_id": "fair", "kpi_id": None, "fiscal_year": 2018}


def test_the_levels_of_one_judgement_stand_side_by_side_and_each_judge_has_a_row():
    rows = [("一次", "必要性", "高"), ("一次", "公平性", "中"), ("外部", "必要性", "低")]
    axes = pd.DataFrame(
        [KEY | {"rated_by": judge, "axis": axis, "level": level} for judge, axis, level in rows]
    )
    judged, levels = spread_axes(axes)
    assert judged["rated_by"].tolist() == ["一次", "外部"]
    assert levels == {"必要性": ["高", "低"], "公平性": ["中", None]}
