"""What a notebook asks of a run, checked before it runs."""

from listing import alter, refused

from analysis.engine.notebook import read_notebook


def test_what_a_notebook_asks_for_is_checked_and_all_that_is_wrong_is_named(write_notebook):
    path = write_notebook("own")
    alter(path, sosei={"cwd": "..", "files": ["extra.csv"], "show_code": True})
    wishes = read_notebook(path).wishes
    assert (wishes.cwd, wishes.files, wishes.show_code) == ("..", ("extra.csv",), True)
    assert (wishes.scripts, wishes.environment) == (False, ())
    alter(path, sosei={"cdw": "..", "files": "extra.csv", "scripts": "yes", "colour": 1})
    assert refused(read_notebook, path).splitlines() == [
        f"{path}: metadata `sosei`: cdw is not a setting; did you mean cwd?",
        f"{path}: metadata `sosei`: files is 'extra.csv'; write a list of paths, such as "
        '["extra.csv"]',
        f"{path}: metadata `sosei`: scripts is 'yes'; write true or false",
        f"{path}: metadata `sosei`: colour is not a setting; there are: cwd, environment, files, "
        "scripts, show_code, ordinary_kernel, least_programs",
    ]
