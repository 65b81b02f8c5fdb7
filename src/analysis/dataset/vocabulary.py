"""Words that Japanese publishers print and that decide how a figure is read.

Data, not words of ours: what a unit counts, which item is a whole, which name says a share. A
publisher with another word is a line here, and no other change. Nothing of it is ever shown.
"""

import re

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
    "実績値": "actual",
    "目標値": "target",
    "基準値": "baseline",
    "現状値": "baseline",
    "最終目標値": "final_target",
    "単位名": "unit",
    "指標名": "kpi",
    "指標の方向性": "direction",
    "方向性": "direction",
    "方向": "direction",
    "金額": "amount_yen",
    "決算額": "amount_yen",
    "予算額": "amount_yen",
    "会計年度": "fiscal_year",
    "事業": "program",
}
