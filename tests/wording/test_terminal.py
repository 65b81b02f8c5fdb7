"""The command speaks the language of the terminal, whatever the language of the pages."""

import ast
import re

import pytest
from spoken import SOURCE

from analysis.wording.terminal import speak, speak_reason, speak_time

OF_WORDS = re.compile(r"[A-Za-z]+( [a-z]+)+")
REASONS = "data changed: kpis.csv, 2 rows; code changed; 行き先"


@pytest.fixture
def speaking(monkeypatch):
    """Let the terminal speak a language."""

    def let(locale):
        monkeypatch.delenv("LC_ALL", raising=False)
        monkeypatch.delenv("LC_MESSAGES", raising=False)
        monkeypatch.setenv("LANG", locale)

    return let


@pytest.mark.parametrize(
    ("locale", "said"),
    [("ja_JP.UTF-8", "失敗2件"), ("en_US.UTF-8", "2 failed"), ("C", "2 failed"), ("", "2 failed")],
)
def test_japanese_is_spoken_where_the_locale_is(speaking, locale, said):
    speaking(locale)
    assert speak("run_counts.failed", count=2) == said


def test_a_reason_is_said_with_its_names_and_an_unknown_one_as_it_is(speaking):
    speaking("ja_JP.UTF-8")
    assert speak_reason(REASONS) == "データの変更: kpis.csv, 2 rows; コードの変更; 行き先"
    speaking("C")
    assert speak_reason(REASONS) == REASONS


def list_reasons():
    """What stands as a reason in the code of a plan: texts of words, but for what is explained."""
    tree = ast.parse((SOURCE / "batch/plan.py").read_text(encoding="utf-8"))
    explained = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if is_told(node)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} - explained
    return {text for text in texts if isinstance(text, str) and OF_WORDS.fullmatch(text)}


def is_told(node):
    return isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)


def test_every_reason_of_a_plan_is_known_in_japanese(speaking):
    speaking("ja_JP.UTF-8")
    reasons = list_reasons()
    assert len(reasons) > 10
    assert {reason for reason in reasons if speak_reason(reason) == reason} == set()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.1, "1 s"), (89, "89 s"), (91, "2 min"), (5_400, "1.5 h")]
)
def test_a_time_is_said_in_its_unit(speaking, seconds, said):
    speaking("C")
    assert speak_time(seconds) == said
