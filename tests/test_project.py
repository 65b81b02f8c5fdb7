"""The project's own files agree with one another, and its documents with what they describe."""

import re
import tomllib

import pytest
import yaml

NAME = re.compile(r"^[A-Za-z0-9_.-]+")


@pytest.fixture
def pyproject(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return {NAME.match(text).group().lower() for text in requirements}


def test_environment_yml_names_the_packages_of_pyproject(root, pyproject):
    listed = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = {text for text in listed if isinstance(text, str)}
    (pip,) = [entry["pip"] for entry in listed if isinstance(entry, dict)]
    assert pip[-1] == "-e ."
    found = (names(conda) | names(pip[:-1])) - {"python", "pip"}
    assert found == names(pyproject["project"]["dependencies"])
    lower_bounds = {re.sub(r"\s", "", text).lower() for text in [*conda, *pip]}
    assert {text.lower() for text in pyproject["project"]["dependencies"]} <= lower_bounds


def read_pins(lock):
    return {*re.findall(r"^([a-z0-9_.-]+)==([^ ;]+)", lock, re.M)}


@pytest.mark.parametrize(
    ("name", "group"), [("requirements.lock", "dev"), ("requirements-docs.lock", "docs")]
)
def test_a_lock_pins_every_dependency_with_hashes_and_no_address(root, pyproject, name, group):
    lock = (root / name).read_text(encoding="utf-8")
    wanted = names(pyproject["dependency-groups"][group])
    wanted |= names(pyproject["project"]["dependencies"]) if group == "dev" else set()
    assert wanted <= {package for package, version in read_pins(lock)}
    assert "://" not in lock
    assert not re.search(r"^\s*-(-index|-extra|-find|i|f)", lock, re.M)
    for block in re.split(r"\n(?=\S)", lock):
        assert "--hash=sha256:" in block, block[:60]


def test_what_both_locks_pin_is_the_same_for_they_share_an_environment(root):
    every, docs = (
        read_pins((root / name).read_text(encoding="utf-8"))
        for name in ("requirements.lock", "requirements-docs.lock")
    )
    names = {package for package, version in every}
    shared = {(package, version) for package, version in docs if package in names}
    assert shared and shared <= every


def test_both_readmes_show_the_same_commands_pictures_and_examples(root):
    texts = [(root / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md")]

    def shared(text):
        commands = re.findall(r"^    (make \w+|\.venv/bin/sosei [^#\n]*?)\s*(?:#.*)?$", text, re.M)
        return (
            commands,
            re.findall(r"```python\n.*?```", text, re.S),
            re.findall(r"images/\w+", text),
        )

    assert shared(texts[0]) == shared(texts[1])
    assert len(shared(texts[0])[0]) >= 6


def test_every_file_the_documents_link_to_exists(root):
    for path in [*root.glob("*.md"), *root.glob("docs/*.md"), root / "data/README.md"]:
        links = re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text(encoding="utf-8"))
        for link in links:
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_make_alone_explains_every_target(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.M)
    assert sorted(phony.split()) == sorted(explained)


def test_pictures_are_small(root):
    pictures = list((root / "docs/images").glob("*.png"))
    assert len(pictures) == 10
    assert all(path.stat().st_size < 150_000 for path in pictures)
