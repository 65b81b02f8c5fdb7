"""Every sentence stands in the files of each language, with places for what the code says."""

import ast
import json
import re
import string

import pytest
from spoken import FILES, SOURCE, flatten, read

from analysis.wording.labels import LANGUAGES, fill, say

WORDING = SOURCE / "wording"
SAYING = {"say", "speak"}
OF_JAPANESE = re.compile(r"[ぁ-んァ-ヺー㐀-鿿（）％：、。～]")


def list_sentences(language):
    said = [flatten(read(path).get("sentences", {})) for path in FILES[language]]
    return {name: text for one in said for name, text in one}


SENTENCES = {language: list_sentences(language) for language in LANGUAGES}


def list_places(text):
    """The places of a sentence, by name."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def find_sentences(of):
    """What an argument of `say` names: each sentence of a language that it may be."""
    if isinstance(of, ast.Constant):
        return re.compile(re.escape(of.value))
    if isinstance(of, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else None for p in of.values]
        return re.compile("".join(r"\w+" if part is None else re.escape(part) for part in parts))
    if isinstance(of, ast.IfExp):
        both = find_sentences(of.body), find_sentences(of.orelse)
        return re.compile("|".join(one.pattern for one in both))
    return None


def list_calls():
    """Each call that says one: where, the pattern of what it names, the places that it fills."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
                filled = {keyword.arg for keyword in node.keywords}
                yield f"{path.name}:{node.lineno}", find_sentences(node.args[0]), filled


CALLS = list(list_calls())


def test_sentences_are_named_where_they_are_said():
    assert len(CALLS) > 10
    assert [where for where, pattern, _ in CALLS if pattern is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_said_is_there_and_its_places_are_filled(language):
    wrong = []
    for where, pattern, filled in CALLS:
        named = [name for name in SENTENCES[language] if pattern.fullmatch(name)]
        if not named:
            wrong.append((where, pattern.pattern))
        for name in named:
            lacking = list_places(SENTENCES[language][name]) - filled
            if lacking and None not in filled:  # `**places` may hold them
                wrong.append((where, name, lacking))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_that_nobody_says(language):
    said = [pattern for _, pattern, _ in CALLS]
    assert [n for n in SENTENCES[language] if not any(p.fullmatch(n) for p in said)] == []


def may_count(name):
    """What is counted may be one or many in one language, and a word for both in another."""
    return {"count"} if name.startswith("lists.") else set()


def list_files(language):
    """The files of a language that every other one has, too.

    Not the prose of notebooks, which are in Japanese themselves, nor what columns mean, whose
    English stands where they are defined.
    """
    return [p for p in FILES[language] if p.name not in ("prose.toml", "meanings.toml")]


def test_every_language_has_the_same_files():
    assert {p.name for p in list_files("en")} == {p.name for p in list_files("ja")}


@pytest.mark.parametrize("path", list_files("en"), ids=lambda p: p.name)
def test_a_file_has_the_same_words_in_every_language(path):
    counted = {"large_units", "short_units", "eras"}  # each language has its own
    here, there = (dict(flatten(read(p))) for p in (path, WORDING / "ja" / path.name))
    own = {name for name in here | there if name.partition(".")[0] in counted}
    assert here.keys() - own == there.keys() - own
    differ = {
        name: (list_places(here[name]), list_places(there[name]))
        for name in here.keys() - own
        if list_places(here[name]) - list_places(there[name]) - may_count(name)
    }
    assert differ == {}


@pytest.mark.parametrize("path", FILES["en"], ids=lambda p: p.name)
def test_english_is_in_english(path):
    names = [name for name, word in flatten(read(path)) if OF_JAPANESE.search(word)]
    assert names == []


def list_prose():
    """Each line of prose of a notebook that is run, and each text in Japanese in its code."""
    for path in sorted((SOURCE.parents[1] / "notebooks").glob("*.ipynb")):
        if path.name.startswith("explore"):
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        yield content["metadata"].get("title", "")
        for cell in content["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield from source.split("\n")
            else:
                constants = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant))
                yield from (str(node.value) for node in constants)


def test_all_prose_of_the_notebooks_is_there_in_english_and_no_more():
    prose = read(WORDING / "en/prose.toml")["prose"]
    assert {text for text in list_prose() if OF_JAPANESE.search(text)} == {*prose}


def test_a_number_chooses_between_the_words_for_one_and_for_many():
    text = "{n:,} {n:program|programs} {n:is|are} here"
    assert fill(text, n=1) == "1 program is here"
    assert fill(text, n=1200) == "1,200 programs are here"


def test_a_place_that_is_not_filled_is_an_error():
    assert say("years.since", year="H30") == "H30から"
    with pytest.raises(KeyError):
        say("years.since")
    with pytest.raises(KeyError):
        say("years.ago", year="H30")
