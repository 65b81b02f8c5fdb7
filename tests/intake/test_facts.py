"""A fact stands in a table where it is read, surely or in doubt."""

from analysis.intake.facts import OUTCOMES, Fact


def test_what_is_read_or_in_doubt_is_used_and_the_rest_is_not():
    used = [o for o in OUTCOMES if Fact("指標!A1", "1", outcome=o).is_used]
    assert used == ["read", "doubt"]
