"""The words of a language stand in its files, once; every word that is asked for is there."""

import ast

import pytest
from spoken import FILES, SOURCE, flatten, read

from analysis.measures.notes import NOTES
from analysis.wording.labels import LANGUAGES, labels

WORDS = {
    language: {name: word for path in paths for name, word in flatten(read(path))}
    for language, paths in FILES.items()
}


def calls(name):
    """The first argument of each call of a function in the package, where it is a literal."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args:
                try:
                    yield path.name, ast.literal_eval(node.args[0])
                except ValueError:
                    continue


def test_a_section_gives_words_by_code_and_none_of_the_sections_in_it():
    assert labels("reasons")["no_actual"] == "実績がない"
    assert all(isinstance(word, str) for word in labels("figures.costs").values())


def test_a_section_that_is_not_there_is_no_section_without_words():
    with pytest.raises(KeyError):
        labels("nowhere")


def test_every_section_that_the_package_asks_for_is_there():
    asked = {section for _, section in calls("labels")}
    assert len(asked) > 50
    for section in asked:
        labels(section)


def test_every_table_of_a_question_has_a_caption():
    named = {name for _, name in calls("label_table")}
    assert len(named) > 30
    assert named - set(labels("tables")) == set()


def test_every_reason_of_a_missing_figure_has_a_word_and_no_word_is_left_over():
    assert set(labels("reasons")) == set(NOTES) - {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_section_stands_in_two_files(language):
    said = [
        section if section != "sentences" else f"sentences.{name}"
        for path in FILES[language]
        for section, words in read(path).items()
        for name in (words if section == "sentences" else [""])
    ]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty(language):
    may_be = {"", "no", "before_unit", "quoted"}
    names = [name for name, word in WORDS[language].items() if not word]
    assert [name for name in names if name.rpartition(".")[2] not in may_be] == []
