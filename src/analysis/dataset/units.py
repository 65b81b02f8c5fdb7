"""Units: what may stand behind a number, and what looks like a unit but is none.

Publications count in any noun (3市街地, 39コース), so units are not a closed list. What changes a
number instead (5名増, 2回目, 100%達成), dates it or names a choice (3 終了) is refused.
"""

import re

from analysis.errors import DataError

SIZE_IN_GROUP = {"": 1, "十": 10, "百": 100, "千": 1_000}
SIZE_OF_GROUP = {"": 1, "万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000}

LATIN_UNITS = (
    *("t-CO2", "tCO2", "kg-CO2", "CO2", "km2", "m2", "m3", "cm2", "mm", "cm", "km", "m", "ha"),
    *("mg", "kg", "g", "t", "ml", "mL", "kL", "L", "kWh", "MWh", "GWh", "kW", "MW", "W", "h"),
    *("TJ", "GJ", "MJ", "TEU", "PV", "UU", "MB", "GB", "TB", "dB", "Bq", "ppm", "ppb", "pt", "PT"),
)
HIRAGANA_UNITS = ("か所", "か国", "か月", "か年", "か村", "つ")
COUNTERS = (
    *("人", "名", "件", "社", "者", "回", "市", "町", "村", "県", "国", "校", "園", "店", "団体"),
    *("事業", "事業者", "事業所", "施設", "地区", "戸", "世帯", "日", "円", "冊", "種", "種類"),
    *("室", "枚", "台", "年", "年間", "月", "人月", "人日", "人泊", "泊", "トン", "点", "本", "頭"),
    *("箇所", "カ所", "ヶ所", "ヵ所", "箇月", "カ月", "ヶ月", "ヵ月", "カ国", "ヶ国", "ヵ国"),
    *("羽", "匹", "隻", "組", "食", "基", "棟", "軒", "区画", "時間", "分", "週間", "日間", "歳"),
    *("倍", "割", "位", "品", "品目", "項目", "講座", "コース", "会場", "団地", "経営体", "床"),
    *(
        "市町村",
        "都道府県",
        "ドル",
        "ポイント",
        "%ポイント",
        "パーセント",
        "アクセス",
        "フォロワー",
    ),
)
COUNTED = frozenset((*COUNTERS, *LATIN_UNITS, *HIRAGANA_UNITS, *"%‰℃㎡㎢㎥㎞㎏㌔㌧㏊"))
SCALES = tuple(f"{small}{large}" for small in SIZE_IN_GROUP for large in SIZE_OF_GROUP)
KNOWN_UNITS = frozenset(scale + unit for scale in SCALES for unit in ("", *COUNTED)) - {""}

_LATIN = "|".join(sorted(LATIN_UNITS, key=len, reverse=True))
ATOM = (
    rf"(?:%(?:ポイント|pt)|[%‰℃°㌀-㏿]|(?:{_LATIN})(?![A-Za-z])|{'|'.join(HIRAGANA_UNITS)}"
    "|[々一-鿿ァ-ヺー]++)"
)
UNIT = rf"(?:{ATOM}(?: ?[/・] ?{ATOM}){{0,3}})"
LONGEST_UNIT = 12
LONGEST_NOUN = 6  # 地方公共団体; longer ones are names that begin with a number
CALENDAR_YEARS = range(1868, 2101)

SAME_UNITS = {"名": "人"} | dict.fromkeys(("箇所", "カ所", "ヶ所", "ヵ所", "ケ所"), "か所")
RATIO_UNIT, PARTS_OF_ONE = "割合", {"割": 10, "%": 100}  # 5割 of the unit 割合 is 0.5

POINT_IN_TIME = re.compile("月|時(?!間)|年度|年末|日付")
NOT_IN_A_UNIT = re.compile(
    "[増減超数余未済他也率比式第推注一二三四五六七八九]|(?<![品種項科])目|(?<![契予規協条])約|(?<!学)級"
    "|以[上下内外前降後]|[年月日]間?[前後]|達成|維持|向上|低下|改善|悪化|実績|現状|見込|予定"
    "|速報|暫定|累計|平均|連続|程度|前後|時点|現在|年度|不明|該当|同[上左]|次(?!元)"
    "|実施|検討|導入|策定|設置|開設|整備|完了|終了|廃止|休止|継続|拡充|縮小|統合|制定"
    "|[中等計番号期章版弱強代]$|(?:アップ|ダウン)(?!ロード)|プラス|マイナス"
    rf"|[々一-鿿]{{{LONGEST_NOUN + 1}}}|^.{{{LONGEST_UNIT + 1}}}"
)
STRAY_SCALE = re.compile("[万億兆]|[十百千]$")


def is_same_unit(one: str, other: str) -> bool:
    """Whether two units count alike: 名 and 人.

    Examples
    --------
    >>> is_same_unit("名", "人"), is_same_unit("名", "件")
    (True, False)
    """
    return SAME_UNITS.get(one, one) == SAME_UNITS.get(other, other)


def check_unit(number: float, unit: str, base: str, *, apart: bool) -> None:
    """Refuse what stands behind a number but is no unit of it.

    Parameters
    ----------
    number, unit, base
        The number; its unit with and without 千, 万 or 億.
    apart
        Whether a blank stands between them: then only units known here are read, because
        3 終了 is the third choice of a list.

    Raises
    ------
    DataError
        For a change (名増), an order (回目), a point in time (月, 2019年) and the like.
    """
    if POINT_IN_TIME.match(unit) or (unit.startswith("年") and number in CALENDAR_YEARS):
        raise DataError("it is a year or a date; leave the figure empty and give the year")
    known = all(part in KNOWN_UNITS for part in re.split("[/・]", base))
    if NOT_IN_A_UNIT.search(unit) or STRAY_SCALE.search(base) or (apart and base and not known):
        raise DataError(
            f"{unit!r} behind the number is not a unit; write the number with its unit alone, "
            "and the rest in a note"
        )
