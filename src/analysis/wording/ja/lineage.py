"""Programs that come back in other documents and years."""

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.lineage import Row, list_lanes
from analysis.wording.ja.formats import list_some, say_years, short_fiscal_year
from analysis.wording.labels import FLAGS, NO_FIGURE

GROUNDS = {"yes": "（内容から推定）", "partly": "（一部は内容から推定）", "no": ""}


def tabulate_lineage(lines: pd.DataFrame) -> pd.DataFrame:
    """Each year of each program of a line of descent, from the table of `trace_programs`."""
    rows = list_rows(lines)
    return pd.DataFrame(
        {
            "事業": [r["program"] for r in rows],
            "団体": [r["government"] for r in rows],
            "系統": [str(r["line"]) for r in rows],
            "年度": [short_fiscal_year(r["fiscal_year"]) for r in rows],
            "資料": [r["source"] for r in rows],
            "資料の印": [FLAGS.get(r["flag"], NO_FIGURE) for r in rows],
            "書かれた期間": [say_years(r["start_year"], r["end_year"]) for r in rows],
            "同じとみた理由": [
                NO_FIGURE if pd.isna(r["reason"]) else r["reason"] + GROUNDS[r["is_inferred"]]
                for r in rows
            ],
        },
        dtype="str",
    )


def describe_lineage(lines: pd.DataFrame) -> str:
    """Say which programs several documents, governments or fiscal years show."""
    if lines.empty:
        return "手元の資料には、2つ以上の資料や年度に現れる事業は見当たりません。"
    lanes = list_lanes(lines)
    said = list_some(["と".join(_name_program(years) for years in lane) for lane in lanes])
    concluded = lines.loc[lines["is_inferred"].isin(["yes", "partly"]), "line"].nunique()
    grounds = (
        f"うち{concluded}つは、同じ事業（またはその一部）だと書いた資料がなく、"
        "名称や内容から推定しました。"
    )
    return f"2つ以上の資料か年度に現れる事業は{len(lanes)}つです：{said}。" + (
        grounds if concluded else ""
    )


def _name_program(years: list[Row]) -> str:
    shown = "・".join(short_fiscal_year(row["fiscal_year"]) for row in years)
    return f"{years[-1]['government']}「{years[-1]['program']}」（{shown}）"
