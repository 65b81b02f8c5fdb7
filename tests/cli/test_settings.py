"""What `sosei.toml` says: options of commands, below those of the command line."""

import os

import pytest
import typer.main

from analysis.cli import app
from analysis.cli.settings import read_settings
from analysis.errors import DataError


@pytest.fixture
def settle(tmp_path, monkeypatch):
    """Write the file, and return the values of all commands."""
    monkeypatch.chdir(tmp_path)

    def settle(text):
        (tmp_path / "sosei.toml").write_text(text, encoding="utf-8")
        return read_settings(typer.main.get_command(app))

    return settle


def test_a_table_of_a_command_goes_before_the_top_level(settle):
    values = settle('data = "mine"\nmemory = 100\nnotebook = "own"\n[run]\nmemory = 200\n')
    assert values["run"] == {"data": "mine", "memory": 200, "notebook": ["own"]}
    assert values["plan"] == values["list"] == {"data": "mine", "notebook": ["own"]}


def test_the_top_level_is_for_commands_where_a_key_means_the_same(settle):
    values = settle('data = "mine"\noutput = "out"\ngovernment = ["082201"]\nlanguage = "en"\n')
    assert values["check"] == {"directory": "mine", "language": "en"}
    assert values["pack"] == {"directory": "mine"}
    assert values["new"] == {"year": {"data": "mine"}, "government": {"data": "mine"}}
    assert values["diff"] == values["ingest"] == {}


def test_keys_are_the_long_options_of_every_command(settle):
    values = settle('[ingest]\nfiscal-year = 2019\n[new.year]\nfrom = 2018\n[pack]\nto = "x"\n')
    assert values["ingest"] == {"fiscal_year": 2019}
    assert values["new"]["year"] == {"before": 2018}
    assert values["pack"] == {"to": "x"}


def test_numbers_are_text_where_text_is_asked_for(settle):
    assert settle("government = 82201")["run"] == {"government": ["82201"]}


def test_everything_that_is_wrong_is_told_at_once_with_what_to_write(settle):
    wrong = """
        memry = 5
        workers = -1
        time_limit = 30.5
        svg = "yes"
        notebook = [true]
        language = "fr"
        plan = "all"
        force = true
        [new.yaer]
        [rum]
        [ingest]
        publisher = 2019-04-01
    """
    with pytest.raises(DataError) as caught:
        settle(wrong)
    told = str(caught.value).splitlines()
    assert told[:6] == [
        "sosei.toml: nothing is set by memry. Did you mean memory?",
        "sosei.toml: workers = -1: write 0 or more.",
        "sosei.toml: time_limit = 30.5: write a whole number.",
        'sosei.toml: svg = "yes": write true or false.',
        "sosei.toml: notebook = [true]: write text in quotes, or a list of such.",
        'sosei.toml: language = "fr": write one of en, ja.',
    ]
    assert told[6].startswith("sosei.toml: nothing is set by force. ")
    assert told[7:] == [
        "sosei.toml: nothing is set by rum. Did you mean run?",
        "sosei.toml: plan is a command: write its options below [plan].",
        'sosei.toml [ingest]: publisher = "2019-04-01": write text in quotes.',
        "sosei.toml [new]: nothing is set by yaer. Did you mean year?",
    ]


@pytest.mark.parametrize("bytes_", [b"data = mine", b"data = '\xff'"])
def test_a_file_that_is_no_toml_is_told_as_such(tmp_path, monkeypatch, run, bytes_):
    (tmp_path / "sosei.toml").write_bytes(bytes_)
    result = run("list")
    assert result.exit_code == 1
    assert result.stderr.startswith("sosei.toml: ")
    assert run("--version").exit_code == 0


def test_the_command_line_goes_before_the_file_and_a_flag_can_be_denied(project, run):
    (project / "sosei.toml").write_text('data = "./data/"\nsvg = true\nnotebook = ["none"]\n')
    assert "none: no such notebook" in run("plan").output
    assert "other: no such notebook" in run("plan", "--notebook", "other").output
    assert "none: no such notebook" not in run("plan", "--notebook", "other").output
    assert run("plan", "--no-svg", "--help").exit_code == 0


def test_the_language_is_that_of_the_option_then_of_the_environment_then_of_the_file(
    project, write_notebook, monkeypatch
):
    write_notebook("own")
    (project / "sosei.toml").write_text('language = "en"\n')

    def find_chosen(variable, *arguments):
        monkeypatch.setenv("SOSEI_LANGUAGE", variable)
        app([*arguments], standalone_mode=False)
        return os.environ["SOSEI_LANGUAGE"]

    for command in ("list", "check"):
        assert find_chosen("", command) == "en"
        assert find_chosen("ja", command) == "ja"
        assert find_chosen("ja", command, "--language", "en") == "en"
