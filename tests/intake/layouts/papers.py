# ruff: noqa: E501  (a row of a table is a line)
"""PDFs: printed from HTML once by a browser, since then kept beside this file.

PYTHONPATH=tests python -m intake.layouts.papers
"""

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STYLE = """<style>
@page { size: A4 landscape; margin: 14mm }
body { font: 10.5pt "IPAMincho" }
th, h3 { font-weight: normal }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 0.6pt solid black; padding: 3pt 4pt; vertical-align: middle }
td.n { text-align: right }
p.unit { text-align: right; margin: 0 }
</style>"""
LANDSCAPE = [
    ("つくば市生活支援ロボット普及促進事業", "政策イノベーション部", "導入した事業所数（事業所）", "2", "8", "7", "87.5％", "8,571", "8,102", "前年度は3事業所"),
    ("若者ライフプラン形成支援事業", "保健福祉部", "冊子の回収率（％）", "－", "10.0", "4.8", "48.0％", "925", "925", "2,277件のうち回収110件"),
    ("つくばライフスタイルセミナー", "経済部", "「つくば市に住みたい」ひとの割合（％）", "86", "89", "93", "104.5％", "540", "498", "10人のうち7人"),
    ("合同就職面接会", "経済部", "合同就職面接会におけるマッチング相談件数（件）", "170", "200", "148", "74.0％", "3,780", "3,612", "・事業所は53（前年度48）。<br>・うち7事業所は相談件数0件。<br>・相談者は75人（前年度72人）。<br>・前年度の相談件数は182件。<br>・前年度の目標値は180件、達成率は101.1％。<br>・前年度の会場は2地域。<br>・前年度の決算額は3,480千円。<br>・前年度の予算額は3,500千円。"),
    ("子連れ出勤モデル事業", "政策イノベーション部", "－", "－", "－", "－", "－", "4,348", "4,300", "2事業所で導入"),
    ("移住促進プロモーション事業", "市長公室", "東京圏からつくば市内への年間転入者数（人）", "4,194", "4,630", "推 4,600", "99.4％", "10,857", "10,455", "前年度は4,521人"),
    ("地域拠点活力共創マネジメント事業", "都市計画部", "新たな地域ビジネスによる事業収入（千円）", "0", "1,000", "1,110", "111.0％", "8,640", "8,611", "－"),
    ("", "", "新たな協働件数（件）", "0", "2", "2", "100.0％", "", "", "〃"),
    ("", "", "アイデア提案件数（件）", "0", "8", "16", "200.0％", "", "", "〃"),
    ("", "", "地域共創プラットフォーム（会議等）の開催回数（回）", "0", "8", "14", "175.0％", "", "", "8地域で開催"),
]  # fmt: skip


def write_landscape() -> str:
    """Two pages and more: the header again on each, a row cut by the page, names wrapped."""
    rows = ""
    for name, department, kpi, *figures, remark in LANDSCAPE:
        down = ' rowspan="4"' if name.startswith("地域拠点") else ""
        head = f"<td{down}>{name}</td><td{down}>{department}</td>" if name else ""
        money = figures[4:] if name else []
        cells = "".join(f'<td class="n">{cell}</td>' for cell in figures[:4])
        cells += "".join(f'<td class="n"{down}>{cell}</td>' for cell in money)
        rows += f"<tr>{head}<td>{kpi}</td>{cells}<td>{remark}</td></tr>"
    widths = "".join(f'<col style="width:{w}mm">' for w in (34, 24, 38, 16, 16, 18, 18, 18, 18, 62))
    return f"""<html lang="ja"><head><meta charset="utf-8">{STYLE}
<style>td, th {{ padding: 9pt 4pt }}</style></head><body>
<h3>平成30年度　地方創生推進交付金事業　KPIの達成状況と決算</h3>
<p class="unit">（単位：千円）</p>
<table><colgroup>{widths}</colgroup><thead><tr><th rowspan="2">事業名</th><th rowspan="2">担当部</th><th rowspan="2">指標（単位）</th><th rowspan="2">従前値</th>
<th colspan="3">平成30年度</th><th rowspan="2">予算現額</th><th rowspan="2">決算額</th><th rowspan="2">備考</th></tr>
<tr><th>目標値</th><th>実績値</th><th>達成率</th></tr></thead><tbody>{rows}</tbody></table>
<p>※「推」は推計値。</p></body></html>"""


RULELESS = [
    ("1", "御所市　総合計画", "自主防災組織率", "%", "57. 1", "69. 5", "93. 0", "7 4. 7%"),
    ("2", "", "1人1日当たりの<br>ごみ量", "g", "6 1 1", "5 8 6", "5 8 0", "101. 0%"),
    ("3", "", "駅利用者数", "人", "2 1, 754", "1 9, 975", "3 0, 000", "66. 6%"),
    ("4", "長野県　しあわせ信州創造プラン", "就業率", "%", "59. 5", "61. 2", "60. 0", "102. 0%"),
    ("5", "", "社会増減", "人", "▲3, 703", "▲2, 530", "▲2, 000", "－"),
    ("6", "", "合計特殊出生率", "－", "1. 54", "1. 56", "1. 68", "92. 9%"),
]


def write_ruleless() -> str:
    """No rules at left and right, none between most rows; digits that are set apart."""
    rows = ""
    for number, plan, kpi, unit, *figures in RULELESS:
        cells = "".join(f'<td class="n">{cell}</td>' for cell in figures)
        line = ' class="line"' if plan else ""
        rows += (
            f"<tr{line}><td>{number}</td><td>{plan}</td><td>{kpi}</td><td>{unit}</td>{cells}</tr>"
        )
    return f"""<html lang="ja"><head><meta charset="utf-8">{STYLE}<style>
th, td {{ border: none; border-left: 0.6pt solid black }}
th:first-child, td:first-child {{ border-left: none }}
thead th {{ border-top: 1pt solid black; border-bottom: 0.6pt solid black }}
tr.line td {{ border-top: 0.6pt solid black }}
table {{ border-bottom: 1pt solid black }}
</style></head><body><h3>参考　他団体の指標（平成25年度実績）</h3>
<table><thead><tr><th style="width:12mm">No.</th><th>計画</th><th>指標名</th><th style="width:14mm">単位</th><th>基準値</th><th>実績値</th><th>最終目標</th><th>達成率</th></tr></thead>
<tbody>{rows}</tbody></table><p>注1　達成率は最終目標に対する実績値の割合。平成24年度の駅利用者数は2 2, 038人。</p></body></html>"""


def print_page(text: str, path: Path) -> None:
    """Print HTML as a PDF without header and footer."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-pdf-tagging", "--no-pdf-header-footer"]
        subprocess.run(
            ["chromium", *options, f"--print-to-pdf={path}", source.as_uri()], check=True
        )


if __name__ == "__main__":
    print_page(write_landscape(), HERE / "10a_landscape.pdf")
    print_page(write_ruleless(), HERE / "10b_ruleless.pdf")
