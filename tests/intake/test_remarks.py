"""What a remark says in so many words, and nothing that it only speaks of."""

from grids import read_facts

TITLE = ("平成30年度 実績一覧",)
HEAD = ("事業名", "指標", "実績値", "実施内容")


def read(remark):
    """Field and value of what is read of a remark."""
    facts = read_facts(TITLE, HEAD, ("甲", "来場者数（人）", "148", remark))
    return [(f.field, f.value) for f in facts if f.place.endswith("!D3") and f.is_used]


def test_a_period_that_is_called_so_is_read():
    assert read("空き店舗を改修した。\n実施期間 H28～H30") == [
        ("start_year", "2016"),
        ("end_year", "2018"),
    ]


def test_numbered_amounts_with_their_unit_are_read_by_their_names():
    assert read("① 会場の借上げ 120千円\n② 広報　1,500,000円") == [
        ("amount_yen:reported:会場の借上げ", "120000"),
        ("amount_yen:reported:広報", "1500000"),
    ]


def test_figures_that_a_sentence_speaks_of_are_left_alone():
    assert read("昨年度は120人が参加し、3社が出展した。") == []
    assert read("平成28年度に始めた。") == []


def test_the_remark_itself_is_told_as_left_out():
    facts = read_facts(TITLE, HEAD, ("甲", "来場者数（人）", "148", "昨年度は120人が参加した。"))
    [told] = [f for f in facts if f.place.endswith("!D3")]
    assert (told.printed, told.outcome) == ("昨年度は120人が参加した。", "left_out")
