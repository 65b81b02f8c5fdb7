"""Characters that no figure can show."""

from folders import CONSULTATIONS, write

from analysis import check


def test_a_character_that_no_figure_can_show_is_noted_with_its_place_and_its_number(folder):
    names = ["𠮷田町の①㈱髙﨑、葛\U000e0100城市", "つくば🦊の\t町🦊", "二\n行", "外字\ue000"]
    rows = [CONSULTATIONS | {"kpi_id": f"k{n}", "kpi": name} for n, name in enumerate(names)]
    write(folder, "kpis", *rows)
    problems = check(folder)
    assert problems[["kind", "row", "column", "severity"]].to_numpy().tolist() == [
        ["no_glyph", 3, "kpi", "note"],
        ["no_glyph", 5, "kpi", "note"],
    ]
    assert problems["found"].tolist() == ["'🦊' (U+1F98A), U+0009", "U+E000"]
