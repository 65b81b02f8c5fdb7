"""The same reports in two languages, side by side: each leads to the other."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.batch.outputs import find_other_languages, find_output
from analysis.environment import LANGUAGE_VARIABLE, find_language, list_languages

NOTEBOOK = Path(__file__).parents[2] / "notebooks/program.ipynb"
CODE, YEAR, PROGRAM = "082201", 2018, "job_fair"
LINK = re.compile(r'<a href="([^"]+)" hreflang="(\w+)" lang="\w+">(?:<span[^>]*>)?(\w+)')
JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿]")


def test_a_process_speaks_what_it_is_asked_to_and_japanese_otherwise(monkeypatch):
    assert list_languages() == ["en", "ja"]
    for asked, spoken in (("en", "en"), ("ja", "ja"), ("", "ja"), ("fr", "ja")):
        monkeypatch.setenv(LANGUAGE_VARIABLE, asked)
        assert find_language() == spoken


def test_reports_in_english_stand_in_a_folder_of_their_own(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("data", "other"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert find_output("data").as_posix() == "outputs/en"
    assert find_output("other").as_posix() == "outputs/other/en"


def test_what_stands_beside_is_known_from_either_side(monkeypatch, tmp_path):
    whole, english = tmp_path / "outputs", tmp_path / "outputs/en"
    english.mkdir(parents=True)
    assert find_other_languages(whole) == {}
    for folder in (whole, english):
        (folder / "index.html").touch()
    assert find_other_languages(whole) == {"en": "en/"}
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert find_other_languages(english) == {"ja": "../"}
    assert find_other_languages(tmp_path) == {}  # where its reader wanted it


def sosei(folder, *command):
    environment = {name: v for name, v in os.environ.items() if name != LANGUAGE_VARIABLE}
    run = [sys.executable, "-c", "from analysis.cli import main; main()", *command]
    return subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.process
def test_a_report_and_the_index_lead_to_themselves_in_the_other_language(project):
    shutil.copy(NOTEBOOK, project / "notebooks")
    asked = ["--government", CODE, "--fiscal-year", str(YEAR), "--program", PROGRAM]
    for more in ([], ["--language", "en"]):
        ran = sosei(project, "run", *asked, *more)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    report = f"{YEAR}/{CODE}/{PROGRAM}/program.html"
    for name in (report, "index.html", "reading.html"):
        page = project / "outputs/en" / name
        text = page.read_text(encoding="utf-8")
        assert '<html lang="en">' in text
        [(place, language, name_of_language)] = LINK.findall(text)
        assert (language, name_of_language) == ("ja", "日本語")
        assert '<html lang="ja">' in (page.parent / place).read_text(encoding="utf-8")
    assert "outputs: sosei run --language ja lets its pages lead to these" in ran.stdout
    planned = sosei(project, "plan", *asked).stdout
    assert "other reports beside it" in planned  # the Japanese page leads to the English one now
    text = (project / "outputs/en" / report).read_text("utf-8")
    assert '<h1>Did <span lang="ja">' in text
    titles = re.findall(r"<(?:h2|summary|figcaption)[^>]*>(.*?)</", text)
    assert len(titles) > 15
    assert [title for title in titles if JAPANESE.search(title)] == []


@pytest.mark.process
def test_a_language_that_is_not_there_is_refused(project):
    ran = sosei(project, "run", "--language", "fr")
    assert ran.returncode == 2
    assert "'fr'" in ran.stderr and "Traceback" not in ran.stderr
