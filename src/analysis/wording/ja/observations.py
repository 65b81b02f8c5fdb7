"""What else was published: figures that are no KPIs."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import format_number, format_value, short_fiscal_year
from analysis.wording.ja.phrases import find_names, print_texts
from analysis.wording.labels import STATUSES


def tabulate_others(observations: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """The figures about programs that are no KPI, each with the name of its program."""
    names = pd.Series(find_names(observations, programs), index=observations.index, dtype="str")
    return pd.concat([names.rename("事業"), tabulate_observations(observations)], axis=1)


def describe_observations(observations: pd.DataFrame) -> str:
    """Say what else was published about a program."""
    if observations["value"].isna().all():
        return "指標のほかに公表された数値は、この資料にはありません。"
    known = observations[observations["value"].notna()]
    said = "、".join(
        f"{o['what']}（{short_fiscal_year(o['fiscal_year'])}）："
        f"{format_value(o['value'], o['unit'])}"
        for o in list_rows(known, "what", "fiscal_year", "value", "unit")
    )
    return f"指標のほかに公表された数値：{said}。"


def tabulate_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """The other published figures of a program."""
    return pd.DataFrame(
        {
            "内容": observations["what"],
            "年度": [short_fiscal_year(year) for year in observations["fiscal_year"]],
            "値": [
                format_value(v, u)
                for v, u in zip(observations["value"], observations["unit"], strict=True)
            ],
            "扱い": print_texts(observations["value_status"].map(STATUSES)),
            "母数": [format_number(n) for n in observations["sample_size"]],
            "記載の場所": observations["place"],
        }
    )
