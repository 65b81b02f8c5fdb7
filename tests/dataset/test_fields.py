"""What a program's field is."""

import pandas as pd

from analysis.dataset.fields import name_field


def test_a_field_is_the_policy_group_else_the_project_else_the_department():
    programs = pd.DataFrame(
        {
            "policy_group": ["福祉", None, None, None],
            "project": ["交付金", "交付金", None, None],
            "department": ["課", "課", "課", None],
        }
    )
    assert name_field(programs).tolist() == ["福祉", "交付金", "課", ""]


def test_a_field_is_empty_where_no_group_is_printed():
    assert name_field(pd.DataFrame({"program_id": ["a"]})).tolist() == [""]
