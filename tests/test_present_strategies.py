"""The figure, the sentences and the table of what serves a plan."""

from itertools import combinations

import drawn
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from slices import DATA, IBARAKI, TSUKUBA

import analysis
from analysis.figures.canvas import BLUE, RED
from analysis.figures.strategies import plot_coverage
from analysis.measures.strategies import cover_items
from analysis.wording import join_names
from analysis.wording.ja.strategies import describe_coverage, tabulate_coverage

BOTH_WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
LONG = (
    "市内の中小企業と大学と研究機関とがともに取り組む新しい技術の実証実験（試行を含む）の推進" * 2
)


def coverage_of(*rows):
    """Items of one plan: kind, programs, with_kpi, with_amount, is_inferred, unless said else."""
    table = pd.DataFrame(
        rows, columns=["kind", "programs", "with_kpi", "with_amount", "is_inferred"]
    )
    number = table.groupby("kind").cumcount() + 1
    served = table["programs"].fillna(0).astype(int)
    listed = [tuple(f"事業{n + 1}" for n in range(count)) for count in served]
    table = table.assign(
        strategy_id="plan",
        strategy="計画",
        government_code=TSUKUBA,
        item_id=table["kind"] + number.astype("str"),
        order=number,
        name="項目" + number.astype("str"),
        program_names=listed,
    )
    counts = dict.fromkeys(["programs", "with_kpi", "with_amount"], "Int64")
    return table.astype(counts | {"is_inferred": "str"})


def some():
    return coverage_of(
        ("direction", 3, 1, 2, "yes"),
        ("direction", 0, 0, 0, None),
        ("vision", None, None, None, None),
    )


@pytest.fixture(scope="module")
def real():
    def cover(**asked):
        d = analysis.load(DATA, **asked)
        return cover_items(d.strategies, d.strategy_items, d.links, d.programs, d.kpis, d.budgets)

    return {
        "all": cover(),
        "ibaraki": cover(government=IBARAKI, fiscal_year=2017),
        "tsukuba": cover(government=TSUKUBA, fiscal_year=2021),
    }


def words(figure):
    return [text.get_text() for text in drawn.texts(figure)]


def squares(figure):
    """The squares from top to bottom and from left to right."""
    return sorted(drawn.boxes(figure), key=lambda box: (round(box.get_y(), 3), box.get_x()))


def overlapping(figure):
    """The texts that cover each other, a square or leave the page."""
    found, page = drawn.extents(figure), figure.bbox
    outside = [
        t for t, b in found if b.x0 < -1 or b.x1 > page.x1 + 1 or b.y0 < -1 or b.y1 > page.y1
    ]
    pairs = [
        (a, b)
        for (a, x), (b, y) in combinations(found, 2)
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 1 and min(x.y1, y.y1) - max(x.y0, y.y0) > 1
    ]
    sides = [(box.get_bbox().get_points() * figure.dpi).tolist() for box in squares(figure)]
    crossed = [
        text
        for text, b in found
        for (left, top), (right, below) in sides
        if min(b.x1, right) - max(b.x0, left) > 1
        and min(page.y1 - b.y0, below) - max(page.y1 - b.y1, top) > 3
    ]
    return outside + pairs + crossed


# --- the figure ---


@BOTH_WIDTHS
def test_a_square_is_a_program_and_filled_where_it_has_a_kpi(narrow):
    found = squares(plot_coverage(some(), narrow))
    assert [box.get_fill() for box in found] == [True, False, False]
    assert {to_hex(box.get_edgecolor()) for box in found} == {BLUE}
    assert len({box.get_y() for box in found}) == 1


@BOTH_WIDTHS
def test_an_item_without_a_program_says_that_none_was_found_at_hand_and_blames_nobody(narrow):
    figure = plot_coverage(some(), narrow)
    assert words(figure).count("手元の事業の中には見当たらない") == 1
    assert not [t for t in drawn.texts(figure) if to_hex(t.get_color()) == RED]


@BOTH_WIDTHS
def test_an_item_nobody_assigned_programs_to_has_a_dashed_outline_and_no_warning(narrow):
    figure = plot_coverage(coverage_of(("vision", None, None, None, None)), narrow)
    assert len(drawn.outlines(figure)) == 1
    assert "事業と対応づけていない" in words(figure)
    assert squares(figure) == []
    assert "見当たらない" not in "".join(words(figure))


def test_how_many_have_a_kpi_and_money_stands_at_the_right_under_its_word():
    places = {t.get_text(): t.place[0] for t in drawn.texts(plot_coverage(some()))}
    counts = [t for t in drawn.texts(plot_coverage(some())) if t.place[0] > 6.3]
    said = [(t.get_text(), t.place[0]) for t in counts]
    assert said[2:] == [("1", places["指標あり"]), ("2", places["金額あり"])]


def test_how_many_have_a_kpi_and_money_stands_beside_the_squares_on_a_narrow_screen():
    assert "指標あり1　金額あり2" in words(plot_coverage(some(), narrow=True))


@pytest.mark.parametrize(
    ("grounds", "said", "signs"),
    [
        (("yes", "yes"), "対応は資料に記載がなく、内容から推定", 0),
        (("yes", "no"), "※＝対応の一部または全部を内容から推定", 1),
        (("partly", "partly"), "※＝対応の一部または全部を内容から推定", 2),
        (("no", "no"), None, 0),
    ],
)
def test_the_foot_says_which_correspondence_is_a_conclusion(grounds, said, signs):
    coverage = coverage_of(*(("issue", 1, 0, 0, word) for word in grounds))
    text = "".join(words(plot_coverage(coverage)))
    assert ("推定" in text) == (said is not None)
    assert said is None or said in text
    assert text.count("※") == signs + (1 if signs else 0)


@BOTH_WIDTHS
def test_more_squares_than_have_room_go_on_below_and_touch_no_text(narrow):
    figure = plot_coverage(
        coverage_of(("issue", 60, 20, 0, "yes"), ("issue", 1, 0, 0, "yes")), narrow
    )
    assert len(squares(figure)) == 61
    assert len({round(box.get_y(), 3) for box in squares(figure)}) > 2
    assert max(box.get_x() + box.get_width() for box in squares(figure)) < figure.get_figwidth()
    assert overlapping(figure) == []


@BOTH_WIDTHS
def test_names_of_any_length_touch_nothing(narrow):
    coverage = pd.concat([some(), some().assign(strategy_id="b", strategy=LONG, name=LONG)])
    names = [(LONG * 2,) if some else () for some in coverage["program_names"]]
    assert overlapping(plot_coverage(coverage.assign(program_names=names), narrow)) == []


@BOTH_WIDTHS
def test_the_real_figure_has_every_name_and_nothing_overlaps(real, narrow):
    coverage = real["all"]
    figure = plot_coverage(coverage, narrow)
    text = "".join(words(figure))
    assert all(name in text for name in coverage["name"])
    assert all(name in text for names in coverage["program_names"] for name in names)
    assert not any(sign in text for sign in ("nan", "None", "<NA>"))
    assert figure.get_figwidth() == (3.6 if narrow else 7.6)
    assert overlapping(figure) == []


def test_the_real_figures_have_a_square_for_each_link_and_are_drawn_without_a_warning(real):
    ibaraki, tsukuba = plot_coverage(real["ibaraki"]), plot_coverage(real["tsukuba"])
    assert len(squares(ibaraki)) == 1 + 4 + 4 + 2 + 2
    assert sum(box.get_fill() for box in squares(ibaraki)) == 1
    assert len(squares(tsukuba)) == 6
    assert words(tsukuba).count("手元の事業の中には見当たらない") == 1
    FigureCanvasAgg(tsukuba).draw()


@BOTH_WIDTHS
def test_without_items_there_is_no_figure_and_the_sentence_says_why(narrow):
    nothing = some().iloc[:0]
    assert plot_coverage(nothing, narrow) is None
    assert describe_coverage(nothing) == "手元の資料に、計画の方針や課題は見当たりません。"
    assert tabulate_coverage(nothing).empty


# --- the sentences and the table ---


def test_the_sentences_say_which_items_have_programs_kpis_and_money_and_which_have_none():
    assert describe_coverage(some()) == (
        "「計画」の2つの方針のうち1つに対応する事業があり（方針1に3事業）、"
        "方針2「項目2」に対応する事業は手元の資料からは見当たりません。"
        "このうち指標の記載がある事業は方針1に1事業で、金額の記載がある事業は方針1に2事業です。"
        "どの事業がどの方針に対応するかは資料に記載がなく、事業の内容から推定しました。"
        "「計画」の1つの将来像は、事業と対応づけていません。"
    )


def test_money_without_a_kpi_is_said():
    said = describe_coverage(coverage_of(("issue", 1, 0, 1, "no")))
    assert said.endswith(
        "指標の記載がある事業は見当たらず、金額の記載がある事業は課題1に1事業です。"
    )


def test_items_none_of_which_has_a_program_at_hand_are_said_at_once():
    said = describe_coverage(coverage_of(("issue", 0, 0, 0, None), ("issue", 0, 0, 0, None)))
    assert said == "「計画」の2つの課題のどれにも、対応する事業は手元の資料からは見当たりません。"


@pytest.mark.parametrize(
    ("grounds", "said"),
    [(("yes", "no"), "対応するかの一部は資料に"), (("partly", "no"), "対応するかの一部は資料に")],
)
def test_a_part_that_is_a_conclusion_is_said_to_be_a_part(grounds, said):
    assert said in describe_coverage(coverage_of(*(("issue", 1, 0, 0, word) for word in grounds)))


def test_what_the_document_prints_is_not_said_to_be_a_conclusion():
    assert "推定" not in describe_coverage(coverage_of(("issue", 1, 0, 0, "no")))


def test_the_real_sentences_say_what_has_a_kpi_and_what_has_nothing(real):
    ibaraki, tsukuba = describe_coverage(real["ibaraki"]), describe_coverage(real["tsukuba"])
    assert "5つの方針のすべてに対応する事業があります" in ibaraki
    assert "指標の記載がある事業は方針4に1事業で、金額の記載がある事業は手元の資料から" in ibaraki
    assert "課題1「経営の改善・安定化」に対応する事業は手元の資料からは見当たりません" in tsukuba
    assert "課題4に2事業" in tsukuba
    assert "指標や金額の記載がある事業は、手元の資料からは見当たりません" in tsukuba
    assert "4つの将来像は、事業と対応づけていません" in tsukuba


def test_the_table_has_a_row_an_item_with_a_dash_where_nobody_assigned_any():
    expected = pd.DataFrame(
        {
            "方針・課題": ["項目1", "項目2", "項目1"],
            "計画": ["計画"] * 3,
            "区分": ["方針1", "方針2", "将来像1"],
            "対応する事業": ["3", "0", "—"],
            "指標あり": ["1", "0", "—"],
            "金額あり": ["2", "0", "—"],
            "事業名": ["事業1・事業2・事業3", "—", "—"],
            "対応の根拠": ["内容から推定", "—", "—"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(tabulate_coverage(some()), expected)


def test_plans_are_named_in_the_order_in_which_they_succeed_one_another():
    data = analysis.load(DATA, TSUKUBA, 2021)
    said = analysis.describe_plans(data.strategies.iloc[::-1], data.links)
    assert said == (
        "計画は次の順に続いています：「つくば市産業戦略ビジョン」（2003年に策定）、"
        "「第1次産業振興マスタープラン」（2008年に策定）、"
        "「第2次産業振興マスタープラン」（2013年に策定）、"
        "「つくば市産業戦略」（R2～R6）、「第2次つくば市産業戦略」（R7から）。"
    )


def test_plans_that_no_link_joins_are_not_put_in_an_order():
    data = analysis.load(DATA, TSUKUBA, 2021)
    assert analysis.describe_plans(data.strategies, data.links.iloc[:0]) == ""


def test_a_name_with_the_joining_mark_in_it_stands_in_brackets():
    assert join_names(["広域バス", "還流・定着支援"]) == "広域バス・「還流・定着支援」"
    assert join_names([]) == ""
