"""Rubric files: what they may say, and what is wrong with one, all at once."""

import pytest
from rated import RUBRICS, some_kpis

from analysis import apply_rubric, check
from analysis.dataset import rubrics as files
from analysis.dataset.rubrics import read_rubric
from analysis.measures import rubrics as measures
from analysis.measures.standing import add_standing


def write(folder, **changes):
    """A rubric file with some lines changed, and its problems."""
    lines = {
        "name": '"町"',
        "source": '"評価書"',
        "level": '"kpi"',
        "inputs": '["achievement_rate"]',
        "grades": '[{ grade = "A" }, { grade = "B" }]',
        "rules": (
            '[{ grade = "A", when = { achievement_rate = { at_least = 1.0 } } },'
            ' { grade = "B", when = { achievement_rate = { below = 1.0 } } }]'
        ),
        "aggregation": '"not_stated"',
        "inferred": '""',
        "note": '""',
    }
    said = {key: text for key, text in (lines | changes).items() if text is not None}
    path = folder / "town.toml"
    path.write_text("\n".join(f"{key} = {text}" for key, text in said.items()), encoding="utf-8")
    return read_rubric(path)


def rules(*whens):
    return "[" + ", ".join(f'{{ grade = "{g}", when = {{ {w} }} }}' for g, w in whens) + "]"


def test_a_file_alone_makes_a_new_rubric(tmp_path):
    rubric, problems = write(tmp_path)
    assert problems == []
    graded = apply_rubric(some_kpis(), rubric)
    assert graded["rubric_grade"].tolist() == ["A", "unknown", "B"]


def test_a_rubric_saved_by_notepad_begins_with_a_mark_that_is_no_part_of_it(tmp_path):
    rubric, _ = write(tmp_path)
    path = tmp_path / "town.toml"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig", newline="\r\n")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname")
    assert read_rubric(path) == (rubric, [])


RATE = "achievement_rate = "


@pytest.mark.parametrize(
    ("changes", "key", "found", "expected"),
    [
        ({"source": None}, "source", "no such key", "docs/data.md"),
        ({"colour": '"red"'}, "colour", "the key 'colour'", "one of name, source"),
        ({"level": '"town"'}, "level", "'town'", "'kpi' or 'program'"),
        ({"government_code": '"082202"'}, "government_code", "'082202'", "check digit"),
        ({"valid_from": "2019", "valid_to": "2018"}, "valid_to", "2018", "2019 or later"),
        (
            {"inputs": '["achievement_rate", "actual"]'},
            "inputs",
            "'actual' in inputs only",
            "the columns the rules look at",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_leest = 1 }"), ("B", RATE + "{ below = 1 }"))},
            "rules.0.when.achievement_rate.at_leest",
            "the key 'at_leest'",
            "one of at_least, above, at_most, below",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1, below = 0.5 }"), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "which holds nothing",
            "an end above its beginning",
        ),
        (
            {"rules": rules(("A", RATE + "{ above = 1, at_most = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "which holds nothing",
            "an end above its beginning",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1, above = 0.5 }"), ("B", RATE + "0"))},
            "rules.0.when.achievement_rate",
            "at_least",
            "one of them at least",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 0.8 }"), ("B", RATE + "{ at_least = 1 }"))},
            "rules.1",
            "a rule that never counts, for rule 0 holds",
            "the narrower one first",
        ),
        (
            {"rules": rules(("A", RATE + "{ at_least = 1 }"), ("Z", RATE + "{ below = 1 }"))},
            "rules.1.grade",
            "'Z'",
            "one of A, B, unknown",
        ),
        (
            {"rules": rules(("A", 'rate = "high"'), ("B", RATE + "1"))},
            "rules.0.when.rate",
            "the column 'rate'",
            "one of achievement_rate",
        ),
        (
            {"rules": rules(("A", 'exceeded = "perhaps"'), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "'perhaps'",
            "one of yes, no",
        ),
        (
            {"rules": rules(("A", RATE + '"high"'), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "'high'",
            "a number or an interval",
        ),
        (
            {"grades": '[{ grade = "A" }, { grade = "B" }, { grade = "C" }]'},
            "grades.2",
            "'C' without a rule",
            "from_figures = false",
        ),
        (
            {"grades": '[{ grade = "A" }, { grade = "B" }, { grade = "A" }]'},
            "grades.2",
            "'A' again",
            "each grade once",
        ),
        (
            {"rules": rules(("A", "target = { printed = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.target.printed",
            "1",
            "valid boolean",
        ),
        (
            {"rules": rules(("A", "target = { printed = true, above = 1 }"), ("B", RATE + "1"))},
            "rules.0.when.target.above",
            "the key 'above'",
            "printed alone",
        ),
        (
            {"rules": rules(("A", "exceeded = { printed = true }"), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "printed of the column 'exceeded'",
            "this one is computed",
        ),
        *(
            (
                {"rules": rules(("A", f"direction = {{ not = {said} }}"), ("B", RATE + "1"))},
                "rules.0.when.direction.not",
                found,
                "a word, or a list of words",
            )
            for said, found in (("[]", "[]"), ("3", "3"), ('["up", 3]', "['up', 3]"))
        ),
        (
            {"rules": rules(("A", 'direction = { not = ["up", "upp"] }'), ("B", RATE + "1"))},
            "rules.0.when.direction",
            "'upp'",
            "one of up, down",
        ),
        (
            {"rules": rules(("A", 'exceeded = { not = ["yes", "no"] }'), ("B", RATE + "1"))},
            "rules.0.when.exceeded",
            "which holds nothing",
            "some but not all of yes, no",
        ),
        (
            {"rules": rules(("A", RATE + '{ not = "high" }'), ("B", RATE + "1"))},
            "rules.0.when.achievement_rate",
            "{'not': ['high']}",
            "a number or an interval",
        ),
        (
            {"rules": rules(("A", "kpi_kind = 1"), ("B", RATE + "1"))},
            "rules.0.when.kpi_kind",
            "1.0",
            "one of activity, outcome",
        ),
        (
            {"rules": rules(("A", 'baseline = "low"'), ("B", RATE + "1"))},
            "rules.0.when.baseline",
            "'low'",
            "a number or an interval",
        ),
        *(
            (
                {"rules": rules(("A", earlier), ("B", later))},
                "rules.1",
                "a rule that never counts, for rule 0 holds",
                "the narrower one first",
            )
            for earlier, later in (
                ("target = { printed = true }", "target = { above = 10 }"),
                ("target = { printed = false }", f"target = {{ printed = false }}, {RATE}1"),
                ('direction = { not = "up" }', 'direction = "down"'),
                ('direction = { not = "up" }', 'direction = { not = ["up", "down"] }'),
                ('exceeded = "yes"', 'exceeded = { not = "no" }'),
            )
        ),
        (
            {"zero_target": "0.001"},
            "zero_target",
            "0.001",
            "a rule that looks at growth_ratio",
        ),
        ({"zero_target": "0.0"}, "zero_target", "0.0", "greater than 0"),
        (
            {"aggregation": '"mean_of_points"'},
            "grades.0",
            "'A' without points",
            "points, or a number as the grade",
        ),
        (
            {"aggregation": '"mean_of_points"', "level": '"program"'},
            "level",
            "'program'",
            "'kpi', whose points are averaged",
        ),
        (
            {"program_rules": rules(("good", "mean_points = { above = 1 }"))},
            "aggregation",
            "'not_stated'",
            "'mean_of_points'",
        ),
        (
            {"program_rules": rules(("good", RATE + "1"))},
            "program_rules.0.when.achievement_rate",
            "the column 'achievement_rate'",
            "one of mean_points, kpis, unknown_kpis",
        ),
        (
            {"program_rules": rules(("good", "kpis = 3"), ("bad", "kpis = 3, mean_points = 1"))},
            "program_rules.1",
            "a rule that never counts",
            "the narrower one first",
        ),
    ],
)
def test_what_a_rubric_file_may_not_say_is_named_with_its_key(
    tmp_path, changes, key, found, expected
):
    rubric, problems = write(tmp_path, **changes)
    assert rubric == {}
    ours = [p for p in problems if p.key == key]
    assert len(ours) == 1
    assert found in ours[0].found
    assert expected in ours[0].expected


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("target = { printed = true }", "target = { printed = false }"),
        ("target = { printed = false }", "target = { above = 10 }"),
        ("target = { above = 10 }", "target = { printed = true }"),
        ('direction = { not = "up" }', 'direction = "up"'),
        ('direction = { not = ["up", "down"] }', 'direction = { not = "up" }'),
        ('direction = "down"', 'direction = { not = "up" }'),
        ('unit = "％"', 'unit = { not = "人" }'),
    ],
)
def test_rules_of_which_neither_holds_whenever_the_other_does_may_follow_one_another(
    tmp_path, earlier, later
):
    said = rules(("A", earlier), ("B", later))
    inputs = {"inputs": f'["{earlier.split()[0]}"]'}
    assert write(tmp_path, rules=said, **inputs)[1] == []


def test_a_file_is_read_back_with_the_words_it_was_written_in(tmp_path):
    said = rules(("A", 'direction = { not = "up" }'), ("B", "target = { printed = true }"))
    rubric, problems = write(tmp_path, rules=said, inputs='["direction", "target"]')
    assert problems == []
    assert [rule["when"] for rule in rubric["rules"]] == [
        {"direction": {"not": ["up"]}},
        {"target": {"printed": True}},
    ]


def test_all_problems_of_a_rubric_file_come_at_once_as_rows(project):
    write(project / "data" / "rubrics", source=None, colour='"red"', level="3")
    problems = check("data")
    problems = problems[problems["file"] == "rubrics/town.toml"]
    assert sorted(problems["column"]) == ["colour", "level", "source"]
    assert set(problems["severity"]) == {"error"}


def test_every_rubric_of_the_project_says_what_is_inferred_and_whether_its_years_are_known():
    assert len(RUBRICS) == 14
    for rubric in RUBRICS.values():
        assert rubric["inferred"]
        assert rubric["address"]
        assert "valid_from" in rubric or "年度" in rubric["note"] + rubric["inferred"]


def test_the_columns_a_rule_may_name_are_the_ones_that_are_computed():
    rated = set(add_standing(some_kpis()))
    assert {*files.RATES, *files.STANDING, "reached"} <= rated
    assert set(files.STANDING) == set(measures.NEEDED_FOR)


def test_a_rubric_need_not_say_what_was_concluded_nor_anything_beside(tmp_path):
    rubric, problems = write(tmp_path, inferred=None, note=None)
    assert problems == []
    assert (rubric["inferred"], rubric["note"]) == ("", "")
