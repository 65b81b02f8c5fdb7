"""Words that Japanese publishers print and that decide how a figure is read.

Data, not words of ours: what a unit counts, which item is a whole, which name says a share. A
publisher with another word is a line here, and no other change. Nothing of it is ever shown.
"""

import re

# governments

KIND_OF_GOVERNMENT = re.compile("(?<=.)[都道府県市区町村]$")

# items of a budget or an account

STAFF = "人件費"
PART_OF = "うち"  # an item that begins so is a part of another amount
WHOLE = frozenset(
    [
        *("合計", "計", "総計", "総額", "総事業費", "総コスト", "フルコスト", "トータルコスト"),
        *("事業費計", "歳出計", "歳出合計", "事業費合計"),
    ]
)
BUDGET_SIDES = ("予算", "当初", "当初予算", "補正後")
SIDE = rf"（({'|'.join(BUDGET_SIDES)}|決算|決算見込|見込)）$"  # of which side an item is

# units

PERCENT_UNITS = ("％", "%")
SHARE_UNITS = "[%‰割点位歳倍度]|ポイント|pt|°C"
PER_SOMETHING = "/|当たり|あたり"
COUNT_UNITS = frozenset(
    [
        *("件", "回", "人", "名", "社", "者", "組", "台", "店", "戸", "棟", "室", "校", "品", "枚"),
        *("部", "冊", "隻", "頭", "本", "泊", "日", "時間", "団体", "世帯", "箇所", "か所", "カ所"),
        *("ヶ所", "区画", "事業所", "企業", "講座", "商品", "品目", "人泊", "人日", "人回", "事業"),
        *("延べ人", "施設", "拠点", "地区", "市街地", "プロジェクト"),
    ]
)
EVENT_UNITS = ("件",)  # what happens one by one, so that chance alone scatters their number
MEASURED_UNITS = re.compile(  # of what is measured, not counted: a whole number may be rounded
    r"[%‰]|ポイント|pt|倍|(?:千|百|万|百万|千万|億|十億|兆)[^ ]+|ha|a|[cmk]?m[23]?|"
    r"[mk]?g|t(?:-.+)?|トン|k?[Ll]|リットル|°C|[kMGT]?Wh?|[kMGT]?J|時間|分|秒|歳|年|ppm|dB"
)

# names and targets of KPIs

SHARE_NAMES = "平均|割合|比率|[1一]人(?:当|あ)たり|率(?:$|[(（])"
PERIODS = re.compile(r"\(?(?:累計|累積|延べ|年間|単年度?)\)?")  # over what time a KPI is counted
ONLY_MARKS = re.compile(r"[\W_ー]*")  # a dash where a figure would stand

# terms of support

RATIO, YEN = "割合", "円"
CAP, FRAME = "上限", "融資枠"

# headers that people type instead of the names of our columns

HEADERS = {
    "団体コード": "government_code",
    "地方公共団体コード": "government_code",
    "団体名": "government",
    "事業": "program",
    "事業名": "program",
    "交付金事業": "project",
    "担当": "department",
    "開始年度": "start_year",
    "終了年度": "end_year",
    "年度": "fiscal_year",
    "会計年度": "fiscal_year",
    "指標": "kpi",
    "指標名": "kpi",
    "単位": "unit",
    "単位名": "unit",
    "指標の方向": "direction",
    "指標の方向性": "direction",
    "方向性": "direction",
    "方向": "direction",
    "従前値": "baseline",
    "基準値": "baseline",
    "現状値": "baseline",
    "目標": "target",
    "目標値": "target",
    "実績": "actual",
    "実績値": "actual",
    "最終目標": "final_target",
    "最終目標値": "final_target",
    "最終年度": "final_year",
    "金額": "amount_yen",
    "決算額": "amount_yen",
    "予算額": "amount_yen",
    "金額の種類": "kind",
    "内訳": "item",
    "進捗": "progress",
    "進捗状況": "progress",
    "有効性": "effectiveness",
    "効率性": "efficiency",
    "総合評価": "grade",
    "今後の方針": "policy",
    "達成率": "achievement_rate",
    "進捗率": "progress_rate",
    "執行率": "execution_rate",
}

# what the checks of a folder read

EDITIONS = {"確定": 1, "確報": 1, "速報": -1}  # which edition is the later word
REMAINDER = "一般財源"  # where it is listed, the list of sources is complete
YEN_OF_UNIT = {"千円": 10**3, "万円": 10**4, "百万円": 10**6, "億円": 10**8}
PRINTED_UNIT = rf"(?:\.([0-9]+))?\s*({'|'.join(YEN_OF_UNIT)})"
SPAN_OF_YEARS = (
    r"[0-9０-９元]\s*(?:年度?)?\s*[～~〜－–-]\s*[HRＨＲ平令]?[成和]?\s*[0-9０-９]{1,4}\s*年"
)
