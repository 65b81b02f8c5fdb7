"""What no paper prints of a KPI: by its figures, else by the words of its name."""

import pytest

from analysis.intake.guesses import guess_aggregation, guess_direction, guess_kind


@pytest.mark.parametrize(
    ("kpi", "baseline", "target", "direction"),
    [
        ("市内の件数", 120.0, 80.0, "down"),
        ("市内の件数", 80.0, 120.0, "up"),
        ("待機児童数", 10.0, 20.0, "up"),  # its own figures say so
        ("待機児童数", None, 0.0, "down"),
        ("待機児童数", 0.0, 0.0, "down"),
        ("交通事故の件数", None, None, "down"),
        ("来場者数", None, 100.0, "up"),
    ],
)
def test_a_kpi_goes_from_its_baseline_to_its_target_else_as_its_name_says(
    kpi, baseline, target, direction
):
    assert guess_direction(kpi, baseline, target) == direction


@pytest.mark.parametrize(
    ("kpi", "unit", "aggregation"),
    [
        ("創業件数（累計）", "件", "cumulative"),
        ("就職率（累計）", "%", "cumulative"),
        ("会員の増加数", "人", "increment"),
        ("年間転入者数", "人", "single_year"),
        ("市民の満足度", "", "level"),
        ("TOLIC会員の比", "％", "level"),
        ("協働件数", "件", "unknown"),
    ],
)
def test_how_years_add_up_is_said_by_the_name_or_the_unit(kpi, unit, aggregation):
    assert guess_aggregation(kpi, unit) == aggregation


@pytest.mark.parametrize(
    ("kpi", "kind"),
    [
        ("総人口", "societal"),
        ("セミナーの開催回数", "activity"),
        ("セミナー開催による移住者数", "outcome"),
        ("協働の数", "unknown"),
    ],
)
def test_what_is_counted_is_said_by_the_name_the_farthest_from_the_office_first(kpi, kind):
    assert guess_kind(kpi) == kind


@pytest.mark.parametrize(
    ("kpi", "direction"),
    [
        ("危険物施設に係る事故件数", "down"),
        ("コンテナ船のうち、申告のない貨物による海難事故の件数。", "down"),
        ("航空事故発生率を成果指標とする。", "down"),
        ("自殺未遂者への対応の研修の受講者数", "up"),
        ("医療事故情報収集等事業年報の作成数（前年度以上）", "up"),
        ("廃棄物の仮置場への搬入が完了した市町村数", "up"),
    ],
)
def test_a_word_says_where_a_kpi_goes_only_where_it_is_what_is_counted(kpi, direction):
    assert guess_direction(kpi, None, 5.0, kind="outcome") == direction


def test_plans_that_fall_say_nothing_by_themselves():
    falling = [30.0, 20.0, 10.0]
    assert guess_direction("補助した施設の数", None, 10.0, falling) == "unknown"
    assert guess_direction("給付の件数", None, 10.0, falling, "activity") == "up"
    assert guess_direction("事故件数", None, 10.0, falling, "outcome") == "down"
    assert guess_direction("補助した施設の数", None, 10.0, [10.0, 20.0]) == "up"
