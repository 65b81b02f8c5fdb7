# ruff: noqa: E501  (a row of a table is a line)
"""HTML pages, and CSV as spreadsheets write it."""

from pathlib import Path

MENU = """<table class="menu" border="0"><tr><td><a href="/">ホーム</a></td><td><a href="/k/">くらし</a></td>
<td><a href="/s/">しごと</a></td><td><a href="/g/">市政情報</a></td></tr></table>
"""
PLAN = [
    "基本目標１　しごとをつくり、安心して働けるようにする",
    ("市内の創業件数<sup>※1</sup>（件）", "45<br>（H30）", ("50", "55", "60"), ("48", "52", "61"), "75", "◎"),
    ("新規就農者数<br>（人）", "12<br>（H30）", ("15", "15", "15"), ("11", "14<sup>※2</sup>", "9"), "80", "△"),
    "基本目標２　新しいひとの流れをつくる",
    ("東京圏からの<br>年間転入者数（人）", "4,194<br>（H29）", ("4,630", "4,700", "4,800"), ("推 4,600", "4,512", "集計中"), "5,000", "−"),
    ("地価の対前年変動率（％）", "▲0.8<br>（R元）", ("▲0.5", "▲0.3", "0.0"), ("△0.9", "−0.4", "0.2"), "0.5", "◎"),
    "基本目標３　結婚・出産・子育ての希望をかなえる",
    ("子育てしやすいまちと思う市民の割合（％）", "86.0<br>（R元）", ("増加", "増加", "増加"), ("86.9", "87.3", "85.1"), "増加", "△"),
    ("保育所の待機児童数（人）", "24<br>（H31）", ("0", "0", "0"), ("12", "3", "0"), "0", "○"),
]  # fmt: skip


def write_rows() -> str:
    """Section rows over all columns, and two rows for each KPI."""
    lines = []
    for entry in PLAN:
        if isinstance(entry, str):
            lines.append(f'<tr><th colspan="8" class="section">{entry}</th></tr>')
            continue
        name, start, targets, actuals, last, sign = entry
        wanted, reached = (
            "".join(f"<td>{cell}</td>" for cell in row) for row in (targets, actuals)
        )
        lines.append(
            f'<tr><td rowspan="2">{name}</td><td rowspan="2">{start}</td><th>目標</th>{wanted}'
        )
        lines.append(f'<td rowspan="2">{last}</td><td rowspan="2">{sign}</td></tr>')
        lines.append(f"<tr><th>実績</th>{reached}</tr>")
    return "\n".join(lines)


def page(folder: Path) -> None:
    """A page whose menu is a table; two rows a KPI, sections over the whole width."""
    text = f"""<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>総合戦略の進捗状況</title></head><body>
{MENU}<h1>第２期総合戦略の進捗状況（令和３年度）</h1>
<p>評価：◎ 目標を達成、○ 概ね達成、△ 未達成、− 判定できない</p>
<table border="1"><caption>重要業績評価指標（KPI）</caption>
<thead><tr><th rowspan="2">指標名</th><th rowspan="2">策定時<br>（年度）</th><th rowspan="2">区分</th>
<th colspan="3">年度</th><th rowspan="2">最終目標<br>（令和6年度）</th><th rowspan="2">令和3年度<br>評価</th></tr>
<tr><th>令和元</th><th>令和2</th><th>令和3</th></tr></thead>
<tbody>
{write_rows()}
</tbody></table>
<p><sup>※1</sup> 市の支援を受けたものに限る（平成29年度は39件）。<br><sup>※2</sup> うち3人は兼業。</p>
<table class="foot"><tr><td>お問い合わせ</td><td>政策イノベーション部 企画経営課<br>電話：029-000-0000</td></tr></table>
<p class="date">更新日：令和4年10月3日</p></body></html>
"""
    (folder / "07a_page.html").write_bytes(text.encode())


GRANT = "交付金名称</th><td colspan='3'>地方創生推進交付金</td>"
DONE = [
    ("成長分野拠点形成支援事業<br>（ものづくり推進課）",
     "<p>・海外での提携企業の開拓を助成した（前年度は4件）。</p><p>① 盛岡市クラスター活動支援業務委託 10,010 千円<br>② 盛岡ヘルスケア産業協議会負担金 1,333 千円<br>③ 盛岡市医療福祉機器等販路開拓支援事業補助金 17,662 千円</p>",
     "<p>TOLIC会員ものづくり企業への地元高等教育機関卒業生就職者数 18 人</p><p>TOLIC会員ものづくり企業数 33 社</p><p>クラスター構成企業による海外取引にかかる売上高 259,057 千円</p>",
     "実施期間 R1～R3 年度"),
    ("盛岡 AI・IoTプラットフォーム事業（ものづくり推進課）",
     "<ul><li>実証実験を行う場を設けた。</li><li>セミナーを12回開いた。</li></ul>",
     "高度IT人材の県内就職者数 161 人<br>プラットフォーム参加企業数 53 社<br>実証実験補助件数 2 件",
     "実施期間 R3～7 年度"),
    ("関係人口の増加を機軸とした移住・定住・交流人口対策事業<br>（都市戦略室・経済企画課）",
     "<p>東京圏との関わりをつくる催しと情報発信。</p>",
     "<p>①事業を通して、盛岡を訪問した人数<br>目標 150人 実績 集計中</p><p>②事業を通して、ふるさと納税を行った人数<br>目標 500人 実績 集計中</p><p>③事業を通して、移住した移住者数<br>目標 30人 実績 27人</p><p>④事業を通して、データベースに登録した人数<br>目標 1,000人 実績 1,204人（速報）</p>",
     "実施期間 H30～R4"),
]  # fmt: skip
PLANNED = (
    "東北六市連携による伝統的夏祭りを活用した交流人口拡大プロジェクト<br>（観光課）",
    "<p>六市が連携した観光物産の宣伝。</p>",
    "<p>①東北の県庁所在地六市（青森市、盛岡市、仙台市、秋田市、山形市、福島市）延べ宿泊者数 4,200,000 人泊</p><p>②夏祭り（青森ねぶた祭、盛岡さんさ踊り、仙台七夕まつり、秋田竿燈まつり、山形花笠まつり、福島わらじまつり）入込数 8,790,000 人</p><p>③観光物産プロモーション実施回数 2 回</p><p>④スタンプラリー参加者数 1,000 人</p><p>※いずれも令和4年度計画値</p>",
    "実施期間 R4～R6",
)  # fmt: skip


def numbered(folder: Path) -> None:
    """KPIs with their numbers in one cell; a further table for the next year, of plans."""

    def table(program: tuple, heading: str) -> str:
        cells = "".join(f"<td>{cell}</td>" for cell in program)
        head = f"<tr><th>事業の名称</th><th>実施内容</th><th>{heading}</th><th>備考</th></tr>"
        return f"<table border='1'><tr><th>{GRANT}</tr>{head}<tr>{cells}</tr></table>"

    done = "\n".join(table(program, "実績（KPI等）") for program in DONE)
    text = f"""<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>地方創生関連交付金</title></head><body>
{MENU}<h2>令和3年度　地方創生関連交付金等を活用した事業</h2>
{done}
<h3>（参考）令和4年度活用事業</h3>
{table(PLANNED, "計画（KPI等）")}
<p>最終更新日　令和4年9月30日</p></body></html>
"""
    (folder / "08a_numbered.html").write_bytes(text.encode())


SPREADSHEET = """第５次総合計画　成果指標の推移（平成25年度）,,,,,,,,
第３章　安全で快適なまちづくり,,,,,,,,
,,,,,,,,
施策,成果指標,"基準値
（H22）",H23,H24,H25,"H25
達成率（％）","目標値
（H32）",備考
① 防災体制の充実,自主防災組織率（％）,57.1,62.0,66.6,69.5,74.7,93.0,"平成26年度は
71.0の見込み"
,"防災訓練の参加者数
（人）※","1,240","1,310","1,288","1,402",87.6,"1,600",
② 循環型社会の形成,1人1日当たりのごみ量（ｇ）,611,581,593,586,101.0,580,減らす指標
,資源化率（％）,－,18.4,18.9,集計中,－,25.0,
③ 公共交通の充実,駅利用者数（人）,"21,754","22,582","22,038","19,975",66.6,"30,000",大雪による運休あり
,都市公園の面積（㎡）,"41,200","41,200","41,200","43,850",97.4,"45,000",
,,,,,,,,
※　隔年で実施する訓練を含む。,,,,,,,,
～　達成率は目標値に対する実績値の割合。①㎡などの機種依存文字あり。,,,,,,,,
"""

LONG = """事業名,指標名,単位,年度,目標値,実績値,達成率,評価,備考
自主防災組織活性化事業,県事業での養成者数（累計）,名,令和2年度,400,313,78.3%,Ｃ,
自主防災組織活性化事業,県事業での養成者数（累計）,名,令和3年度,800,723,90.4%,Ｂ,
自主防災組織活性化事業,県事業での養成者数（累計）,名,令和4年度,"1,200","1,087",90.6%,Ｂ,
自主防災組織活性化事業,県事業での養成者数（累計）,名,令和5年度,"1,600","1,470",91.9%,Ｂ,"令和4年度までに
1,087名"
自主防災組織活性化事業,県事業での養成者数（累計）,名,令和6年度,"2,000","2,053",102.7%,Ａ,
宿泊税導入対策事業,宿泊税における適正賦課徴収率（徴収率=税収/調定額）,％,令和5年度,100,99,99.0%,Ｂ,
宿泊税導入対策事業,宿泊税における適正賦課徴収率（徴収率=税収/調定額）,％,令和6年度,100,99,99.0%,Ｂ,
県税収入確保特別対策事業,個人県民税の増収効果額,億円,令和5年度,9,10,111.1%,Ａ,
県税収入確保特別対策事業,個人県民税の増収効果額,億円,令和6年度,9,調査中,-,-,
,,,,,,,,
合計（参考）,,,,,9,,,9件
"""


def end_lines(text: str) -> str:
    """CRLF after each record, LF within quotes, as spreadsheets write them."""
    parts = text.split('"')
    return '"'.join(p.replace("\n", "\r\n") if i % 2 == 0 else p for i, p in enumerate(parts))


def spreadsheet(folder: Path) -> None:
    """Cp932 with CRLF: title lines, quoted line breaks, units within names, notes below."""
    (folder / "09a_spreadsheet.csv").write_bytes(end_lines(SPREADSHEET).encode("cp932"))


def long_csv(folder: Path) -> None:
    """UTF-8 with BOM, the year in a column of its own, a sum below."""
    (folder / "09b_long.csv").write_bytes(end_lines(LONG).encode("utf-8-sig"))
