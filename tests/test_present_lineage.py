"""Lines of descent in figures, sentences and tables: what stands where, and no invented year."""

from itertools import combinations

import drawn
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from slices import DATA, TSUKUBA

import analysis
from analysis.figures.canvas import BLUE, LIGHT
from analysis.figures.grants import plot_grants
from analysis.figures.lineage import plot_lineage
from analysis.measures.lineage import LINEAGE, trace_grants, trace_programs
from analysis.wording.ja.formats import say_years
from analysis.wording.ja.grants import describe_grants, tabulate_grants
from analysis.wording.ja.lineage import describe_lineage, tabulate_lineage

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
TYPES = dict.fromkeys(LINEAGE, "str") | {"line": "int64"}
TYPES |= dict.fromkeys(("fiscal_year", "start_year", "end_year"), "Int64")
RADIUS = 4  # of a mark, in pixels
LONG = (
    "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）の推進" * 2
)


def lines_of(*rows):
    """Rows of one program each line: line, program_id, fiscal_year and what is said else."""
    usual = {"government_code": TSUKUBA, "government": "町", "source_id": "s", "source": "資料"}
    found = [
        usual
        | {"line": line, "program_id": program, "program": f"事業{program}", "fiscal_year": year}
        | said
        for line, program, year, said in rows
    ]
    return pd.DataFrame(found, columns=list(LINEAGE)).astype(TYPES)


SAME = {"reason": "名が同じ。", "is_inferred": "yes"}


def some():
    """Two programs that are one, of which one has a period; and one of two documents."""
    period = {"start_year": 2016, "end_year": 2020}
    return lines_of(
        (1, "a", 2017, SAME),
        (1, "b", 2018, SAME | period),
        (2, "c", 2017, {}),
        (2, "c", 2019, {"flag": "expanded"}),
    )


@pytest.fixture(scope="module")
def real():
    d = analysis.load(DATA)
    return trace_programs(d.shown_programs, d.links, d.sources), trace_grants(d.grants)


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def marks(figure):
    """Where the marks stand, from top to bottom."""
    return sorted(
        (mark.get_xydata()[0].tolist() for mark in drawn.marks(figure)), key=lambda p: p[1]
    )


def lines_in(figure, color):
    return [line for line in drawn.lines(figure) if to_hex(line.get_color()) == color]


def at_years(figure):
    """The x of each year that is written at the top."""
    return {t.get_text(): t.place[0] for t in drawn.texts(figure) if t.place[1] == 0.12}


def overlapping(figure):
    """The texts that cover each other or a mark, or leave the page."""
    found, page = drawn.extents(figure), figure.bbox
    outside = [
        t for t, b in found if b.x0 < -1 or b.x1 > page.x1 + 1 or b.y0 < -1 or b.y1 > page.y1
    ]
    pairs = [
        (a, b)
        for (a, x), (b, y) in combinations(found, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]
    spots = [(x * figure.dpi, page.y1 - y * figure.dpi) for x, y in marks(figure)]
    crossed = [t for t, b in found for x, y in spots if b.padded(RADIUS).contains(x, y)]
    return outside + pairs + crossed


# --- programs ---


@BOTH_WIDTHS
def test_a_mark_stands_at_each_year_for_which_a_document_shows_the_program(narrow):
    figure = plot_lineage(some(), narrow)
    at = at_years(figure)
    assert list(at) == ["H28", "H29", "H30", "R元", "R2"]
    found = marks(figure)
    assert [x for x, _ in found[:2]] == pytest.approx([at["H29"], at["H30"]])
    assert sorted(x for x, _ in found[2:]) == pytest.approx([at["H29"], at["R元"]])
    assert found[2][1] == found[3][1] > found[1][1] > found[0][1]


@BOTH_WIDTHS
def test_the_printed_period_is_a_line_and_a_period_that_is_not_printed_has_none(narrow):
    figure = plot_lineage(some(), narrow)
    at = at_years(figure)
    [period] = [line for line in lines_in(figure, LIGHT) if line.get_linewidth() == 3]
    assert list(period.get_xdata()) == pytest.approx([at["H28"], at["R2"]])
    without = some().assign(start_year=pd.NA, end_year=pd.NA).astype(TYPES)
    bare = plot_lineage(without, narrow)
    assert [line for line in lines_in(bare, LIGHT) if line.get_linewidth() == 3] == []
    assert "期間" not in "".join(words(bare))


def test_an_end_that_is_printed_alone_gives_no_line_of_a_length_nobody_printed():
    figure = plot_lineage(lines_of((1, "a", 2017, {"end_year": 2019}), (1, "a", 2018, {})))
    assert [line for line in lines_in(figure, LIGHT) if line.get_linewidth() == 3] == []
    assert at_years(figure)["R元"] > at_years(figure)["H30"]


def test_what_is_the_same_is_joined_from_mark_to_mark():
    [line] = lines_in(plot_lineage(some()), BLUE)
    ends = sorted(line.get_xydata().tolist(), key=lambda point: point[1])
    assert ends == [pytest.approx(spot) for spot in marks(plot_lineage(some()))[:2]]


def test_on_a_narrow_screen_the_line_goes_beside_the_names():
    figure = plot_lineage(some(), narrow=True)
    joined = lines_in(figure, BLUE)
    assert len(joined) == 3
    assert max(x for line in joined for x in line.get_xdata()) < min(at_years(figure).values())


@pytest.mark.parametrize(
    ("grounds", "dashed", "said"),
    [
        ("yes", True, "青い破線＝同じ事業かその一部と推定"),
        ("no", False, "青い線＝資料が同じとする事業"),
    ],
)
def test_the_line_is_dashed_where_the_sameness_is_a_conclusion(grounds, dashed, said):
    lines = some().assign(is_inferred=[grounds, grounds, None, None]).astype(TYPES)
    figure = plot_lineage(lines)
    assert [line.is_dashed() for line in lines_in(figure, BLUE)] == [dashed]
    assert said in "".join(words(figure))


def test_the_years_of_a_program_that_two_documents_show_are_joined_by_their_link_alone():
    linked = lines_of((1, "a", 2017, SAME), (1, "a", 2020, SAME))
    [line] = lines_in(plot_lineage(linked), BLUE)
    assert line.get_xydata().tolist() == [
        pytest.approx(spot) for spot in marks(plot_lineage(linked))
    ]
    alone = lines_of((1, "a", 2017, {}), (1, "a", 2020, {}))
    assert lines_in(plot_lineage(alone), BLUE) == []


@BOTH_WIDTHS
def test_names_of_any_length_and_years_of_any_span_touch_nothing(narrow):
    lines = some().assign(program=LONG, government=LONG[:20])
    assert overlapping(plot_lineage(lines, narrow)) == []
    lines.loc[0, "fiscal_year"] = 1975
    assert overlapping(plot_lineage(lines, narrow)) == []


@BOTH_WIDTHS
def test_a_line_within_one_year_is_drawn(narrow):
    figure = plot_lineage(lines_of((1, "a", 2017, SAME), (1, "b", 2017, SAME)), narrow)
    assert list(at_years(figure)) == ["H29"]
    assert overlapping(figure) == []


@BOTH_WIDTHS
def test_the_real_lines_are_drawn_with_every_name_and_nothing_overlaps(real, narrow):
    figure = plot_lineage(real[0], narrow)
    text = "".join(words(figure))
    assert all(name in text for name in real[0]["program"])
    assert len(marks(figure)) == 2 + 2 + 1 + 1  # strategy, hub, project and its part
    assert at_years(figure).keys() >= {"H29", "R元", "R2"}
    assert "R2は拡充" in text
    assert not any(sign in text for sign in ("nan", "None", "<NA>"))
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []
    FigureCanvasAgg(figure).draw()


@BOTH_WIDTHS
def test_without_lines_there_is_no_figure_and_the_sentence_says_why(narrow):
    nothing = some().iloc[:0]
    assert plot_lineage(nothing, narrow) is None
    said = "手元の資料には、2つ以上の資料や年度に現れる事業は見当たりません。"
    assert describe_lineage(nothing) == said
    assert tabulate_lineage(nothing).empty


def test_the_sentences_name_each_line_with_its_years_and_say_what_is_a_conclusion():
    assert describe_lineage(some()) == (
        "2つ以上の資料か年度に現れる事業は2つです："
        "町「事業a」（H29）と町「事業b」（H30）、町「事業c」（H29・R元）。"
        "うち1つは、同じ事業（またはその一部）だと書いた資料がなく、名称や内容から推定しました。"
    )
    assert "推定" not in describe_lineage(some().iloc[2:])


def test_the_table_has_a_row_a_year_with_its_document_and_the_reason():
    expected = pd.DataFrame(
        {
            "事業": ["事業b", "事業c"],
            "団体": ["町"] * 2,
            "系統": ["1", "2"],
            "年度": ["H30", "R元"],
            "資料": ["資料"] * 2,
            "資料の印": ["—", "拡充"],
            "書かれた期間": ["H28～R2", "年度の記載なし"],
            "同じとみた理由": ["名が同じ。（内容から推定）", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_lineage(some().iloc[[1, 3]]), expected)


def test_the_real_sentences_join_tsukuba_and_ibaraki(real):
    said = describe_lineage(real[0])
    assert "茨城県「プロフェッショナル人材戦略拠点運営事業」（H29・R2）" in said
    assert "（H29）とつくば市「つくば市生活支援ロボット普及促進事業」（H30）" in said
    assert "うち2つは、同じ事業（またはその一部）だと書いた資料がなく" in said


# --- grants ---


def grants_of(*rows):
    columns = ["grant_name", "first_year", "last_year", "successor", "note"]
    table = pd.DataFrame(rows, columns=columns)
    texts = dict.fromkeys(["grant_name", "successor", "note"], "str")
    return trace_grants(table.astype(texts | {"first_year": "Int64", "last_year": "Int64"}))


FAMILY = [
    ("甲", None, None, "丙", "まとめられた。"),
    ("乙", 2016, None, "丙", None),
    ("丙", 2022, 2024, None, None),
]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (pd.NA, pd.NA, "年度の記載なし"),
        (pd.NA, 2024, "R6まで"),
        (2026, pd.NA, "R8から"),
        (2025, 2025, "R7のみ"),
        (2016, 2019, "H28～R元"),
    ],
)
def test_only_the_years_that_are_printed_are_said(first, last, said):
    assert say_years(first, last) == said


@BOTH_WIDTHS
def test_an_arrow_leads_to_the_next_grant_and_a_later_one_is_named(narrow):
    figure = plot_grants(grants_of(*FAMILY), narrow)
    spots = marks(figure)
    [arrow] = drawn.arrows(figure)
    assert len(spots) == 3
    assert spots[1][1] < arrow.start[1] < spots[2][1]
    assert [word for word in words(figure) if "後継は" in word] == ["後継は「丙」"]
    assert {"年度の記載なし", "まとめられた。", "H28から", "R4～R6"} <= set(words(figure))


@BOTH_WIDTHS
def test_names_and_notes_of_any_length_touch_nothing(narrow):
    long = [(f"{LONG}{n}", None, None, f"{LONG}{n + 1}", LONG) for n in range(3)]
    assert overlapping(plot_grants(grants_of(*long, (f"{LONG}3", *[None] * 4)), narrow)) == []


@BOTH_WIDTHS
def test_the_real_grants_are_one_chain_of_arrows_without_an_invented_year(real, narrow):
    figure = plot_grants(real[1], narrow)
    assert len(drawn.arrows(figure)) == 3
    years = [word for word in words(figure) if word[:2] in ("年度", "R6", "R7", "R8")]
    assert years == ["年度の記載なし", "R6まで", "R7のみ", "R8から"]
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []
    FigureCanvasAgg(figure).draw()


@BOTH_WIDTHS
def test_without_grants_there_is_no_figure_and_the_sentence_says_why(narrow):
    assert plot_grants(grants_of(), narrow) is None
    assert describe_grants(grants_of()) == "手元の資料に、交付金の移り変わりは見当たりません。"
    assert tabulate_grants(grants_of()).empty


def test_the_sentences_say_which_grant_followed_which_and_the_printed_years():
    assert describe_grants(grants_of(*FAMILY)) == (
        "「甲」の後継は「丙」、「乙」の後継は「丙」です。"
        "資料に書かれた年度：「甲」年度の記載なし、「乙」H28から、「丙」R4～R6。"
    )
    alone = describe_grants(grants_of(FAMILY[2]))
    assert alone.startswith("交付金どうしの後継の関係は見当たりません。")


def test_the_table_of_grants_has_their_years_and_what_followed():
    expected = pd.DataFrame(
        {
            "交付金": ["甲", "乙", "丙"],
            "年度": ["年度の記載なし", "H28から", "R4～R6"],
            "後継": ["丙", "丙", "—"],
            "備考": ["まとめられた。", "—", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_grants(grants_of(*FAMILY)), expected)


def test_more_programs_than_a_figure_can_show_are_in_the_table_alone():
    many = lines_of(*((n, f"p{n}", year, {}) for n in range(61) for year in (2017, 2018)))
    assert plot_lineage(many) is None
    assert plot_lineage(many.head(120)) is not None
    assert "ほか49件" in describe_lineage(many)
    assert len(tabulate_lineage(many)) == 122
