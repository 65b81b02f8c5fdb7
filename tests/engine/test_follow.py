"""What counts as read and written, and by which hash."""

import os

import pytest

from analysis.engine.follow import ABSENT, _find_use, describe_folders, hash_path

READ, WRITTEN, BOTH = (True, False), (False, True), (True, True)


@pytest.mark.parametrize(
    ("mode", "flags", "use"),
    [
        ("r", 0, READ),
        ("rb", 0, READ),
        ("r+", 0, BOTH),
        ("w", 0, WRITTEN),
        ("w+", 0, WRITTEN),
        ("a", 0, WRITTEN),
        ("x", 0, WRITTEN),
        (None, os.O_RDONLY, READ),
        (None, os.O_WRONLY | os.O_CREAT, WRITTEN),
        (None, os.O_RDWR, BOTH),
    ],
)
def test_how_a_file_is_opened_says_what_is_done_with_it(mode, flags, use):
    assert _find_use("open", ("a.csv", mode, flags)) == use


def test_a_folder_that_is_listed_is_read():
    assert _find_use("os.listdir", ("data",)) == READ


def test_a_file_has_the_hash_of_what_it_holds_and_a_folder_that_of_its_names(tmp_path):
    file = tmp_path / "a.csv"
    assert hash_path(file) == ABSENT
    file.write_text("1")
    one, folder = hash_path(file), hash_path(tmp_path)
    file.write_text("2")
    assert hash_path(file) != one
    assert hash_path(tmp_path) == folder
    for name in (".hidden", "__pycache__"):
        (tmp_path / name).mkdir()
    assert hash_path(tmp_path) == folder
    (tmp_path / "b.csv").touch()
    assert hash_path(tmp_path) != folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert hash_path(tmp_path / "pipe") == ABSENT


def test_folders_are_told_by_their_whole_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    told = describe_folders([tmp_path / "data"], [tmp_path / "outputs/.."])
    assert told == f'[["{tmp_path}/data"], ["{tmp_path}"]]'
