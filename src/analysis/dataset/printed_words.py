"""The words and signs of printed cells: absence, status, bounds, and why a cell is refused.

A new word met in a publication is added here. Cells are tidied before they are compared:
ordinary digits and signs, one blank for blanks and line breaks, ( ) for every kind of bracket.
"""

import re
from collections.abc import Iterable

from analysis.dataset.values import WAVE
from analysis.dataset.years import ERA

BRACKETS = str.maketrans("[]〔〕【】〈〉", "()()()()")
DASH = "[-–—―ー─]"


def any_of(names: Iterable[str]) -> str:
    """Write a pattern that finds any of the words, the longer before the shorter."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


# A year that stands before or behind a figure: H30, 平成30年度, 2018年度.
YEAR = rf"(?:{ERA}(?:[0-9]{{1,2}}|元)(?:年度|年)?|[0-9]{{4}}年度?)"
_TIME = "[0-9RH./年度月日令和平成初中下上旬末頃春夏秋冬以降]"
_WORK = (
    "(?:集計|調査|精査|算定|算出|確認|整理|検証|取り?まとめ|とりまとめ|照会|計算|分析|測定|集約"
    "|審査|評価|把握|確定作業|集計作業)"
)
_WORK_TO_COME = "(?:集計|公表|算出|算定|調査|判明|確定|発表|把握|取り?まとめ|とりまとめ)"
_WHAT = "(?:(?:実績値?|目標値?|数値|結果|現在|データ|速報)は?)?"
_NOT = "(?:なし|無し|せず|未実施|を?実施せず|を?実施して(?:い)?ない|を?行っていない|実施なし)"

# Words that stand where a figure would: the whole cell, or what a dash is explained by.
ABSENCES = {
    "not_set": rf"{DASH}+(?:%|人|件|社|回|[千万億]?円|百万円)?|/|…+|‥+|・{{2,}}|\.{{3,}}"
    r"|N/?A|n/?a|N\.A\.|n\.a\.|対象外|未定|未設定|設定(?:なし|無し|せず)"
    "|(?:目標値?|指標)の?(?:設定なし|なし|未設定)",
    "pending": rf"{_WHAT}{_WORK}中(?:です|のため)?|未確定|未集計|未算定|未算出|未判明"
    rf"|(?:集計|公表|結果|調査)待ち|(?:{_TIME}+に?)?{_WORK_TO_COME}予定",
    "unpublished": "未公表|非公表|非公開|未公開|公表(?:して|されて)いない|公表されず|公表なし|秘匿"
    "|把握(?:不能|できない|できず|困難)|(?:算出|算定|測定|集計|計測)不[能可]",
    "not_surveyed": r"(?:(?:今|本|当|当該)年度?(?:は|の)?)?"
    rf"(?:未調査|調査{_NOT}|調査年度?では?ない|調査対象外(?:年度?)?)"
    rf"|(?:隔年|[0-9]年(?:に[1一][度回]|ごと|毎|おき)の?)(?:調査|実施)(?:のため)?{_NOT}?",
}
# The same, somewhere in a remark beside a figure: the figure is then not the whole of it.
PARTIAL = rf"{_WORK}中(?![止心])|未公表|非公表|未確定|未集計|把握不能|未調査"

WORDS_OF_STATUS = {
    "final": ("確定値", "確報値", "確定", "確報"),
    "preliminary": ("速報値", "速報", "暫定値", "暫定"),
    "estimated": (
        *("推計値", "推計", "推定値", "推定", "推", "決算見込額", "決算見込み", "決算見込"),
        *("実績見込み", "実績見込", "見込値", "見込み", "見込額", "見込"),
    ),
    "planned": ("計画値", "計画", "予定値", "予定"),
}
STATUS_OF_WORD = {word: status for status, names in WORDS_OF_STATUS.items() for word in names}
NO_STATUS_BEHIND = ("計画",)  # 計画120 is a plan of 120, 3計画 are three plans
STATUS_HINT = "速報|暫定|推計|推定|見込"

BOUNDS_BEFORE = {
    "about": ("約", "概ね", "おおむね", "およそ", "おおよそ", "ほぼ"),
    "at_least": ("≧", "≥", "⩾", ">=", "最低", "最短", "下限", "少なくとも"),
    "above": (">",),
    "at_most": ("≦", "≤", "⩽", "<=", "最大", "最長", "上限", WAVE),
    "below": ("<",),
}
BOUNDS_BEHIND = {
    "about": (
        *("程度", "前後", "くらい", "ぐらい", "ほど", "余り", "あまり", "余", "内外"),
        *("人台", "円台", "%台", "人強", "人弱", "円強", "円弱", "%強", "%弱"),
    ),
    "at_least": ("以上", WAVE),
    "above": ("超過", "超え", "超", "を超える", "を超えている", "を上回る"),
    "at_most": ("以下", "以内", "まで"),
    "below": ("未満", "を下回る"),
}
BOUND_BEFORE = {word: bound for bound, names in BOUNDS_BEFORE.items() for word in names}
BOUND_BEHIND = {word: bound for bound, names in BOUNDS_BEHIND.items() for word in names}

# What may stand before a figure without changing it: kept in the note.
NOTED_BEFORE = (
    *("合計", "総計", "総数", "累計", "累積", "通算", "平均", "年間", "延べ", "のべ", "延", "計"),
    *("全", "男性", "女性", "男子", "女子", "男", "女"),
)

# What kanji numbers count: 三社. Not 十分 (enough), 八戸 (a city), 五日 (a day), 一円 (all of it).
COUNTED_IN_KANJI = (
    *("人", "名", "件", "社", "者", "回", "市", "町", "村", "県", "か国", "校", "店", "団体"),
    *("事業", "事業者", "事業所", "施設", "地区", "世帯", "冊", "種類", "室", "枚", "台", "つ"),
    *("か所", "箇所", "カ所", "ヶ所", "ヵ所"),
)
# Units of shares: 46・3% and 8. 5% can only be one figure.
SHARES = "(?:%ポイント|%|‰|ポイント|pt)"

# Why a cell is refused and what to write instead, in the order in which they are tried.
REFUSALS = (
    ("〃|同上|同左|同右|々|^[\"”″']+$", "it refers to another cell; write the figure of that cell"),
    (
        rf"^{YEAR}$|[0-9]+年[0-9]+月|[0-9]+月[0-9]+日|[0-9]{{4}}[-/.][0-9]+[-/.][0-9]+"
        rf"|^[^0-9]*{YEAR}|年度",
        "it holds a year or a date; write the figure alone and the year in its own column",
    ),
    (
        r"^\([^()]*[0-9][^()]*\)$",
        "a figure in brackets alone may be negative, a subtotal or a reference; write ▲1,234 for "
        "a negative one, 1,234 for another",
    ),
    ("^#[A-Z]", "it is an error of a spreadsheet; write the figure, or nothing"),
    ("±", "it is a band around a value it does not name; write the share in tolerance"),
    (
        "[↑↓→←↗↘⇗⇘⇒⇧⇩⬆⬇]|増|減|延伸|向上|上昇|低下|改善|アップ|ダウン|維持|現状",
        "it is a direction or a change, not a figure; write it in direction, or the figure it "
        "leads to",
    ),
    (
        r"[⁰¹²³⁴-⁹₀-₉]|[①-⑳❶-❿⑴-⒇]",
        "a small or circled number may be a mark or part of the figure; write the figure alone, "
        "or split numbered figures into rows",
    ),
    (
        r"[0-9] ?[/:対] ?[0-9]|分の",
        "it is a ratio, a fraction or a date; write a decimal such as 0.5",
    ),
    (
        "^(?:該当)?(?:なし|無し|無|無い|ない)$|皆無|実績なし|該当",
        "it may mean zero or that nothing was counted; write 0 or -",
    ),
    (
        "^第|^No[. ]?[0-9]|^#[0-9]|号",
        "it is a number in an order; write it with 位, or leave it empty",
    ),
    (
        "[0-9]・[0-9]",
        "・ may be a decimal point or stand between figures; write . or split the cell",
    ),
    (
        "[0-9.,] [0-9.,]",
        "blanks stand between its digits: one figure split, or two; write one without blanks",
    ),
    (
        r"[0-9]+\.[0-9]{3}[.,]|[0-9],|[.,]$|^[.,]|(?:^|[^0-9.,])0[0-9]",
        "its commas, points or zeros are not where a number has them; check the digits",
    ),
    ("[0-9][^0-9]+[0-9]", "it holds more than one figure; split the cell, or write one unit"),
    ("[数幾]", "it names no number; write the figure"),
)
OTHERWISE = "{rest} is no unit, status or bound known here; write the figure with its unit alone"
WITHOUT_FIGURE = "it is words without a figure; write -, 集計中 or the like, or the figure"
TOO_LONG = "it is a text, not one cell of figures; write the figure alone"
REFUSED_BEFORE = (
    "a figure or unit in brackets stands first: the number of a list, a unit or another value; "
    "write the figure with its unit alone"
)
REFUSED_UNIT = "a unit in brackets stands behind no number; write the unit behind its number"
REFUSED_MARK = "※ and a small number are a mark or a marked figure; write the figure alone"
