"""The pieces of an index in their place: whatever a run is killed at, an index finds its own."""

import pytest

from analysis.batch import index_files
from analysis.batch.index_files import is_index_whole, move_index

OLD, SAME, NEW = ("0" * 32, "5" * 32, "f" * 32)


def write_made(folder, scripts, pages=()):
    """What `write_index` leaves in a work folder: an index that names pieces, and these."""
    pieces = folder / "index_files"
    pieces.mkdir(parents=True)
    for name in scripts:
        (pieces / f"{name}.js").write_text(name)
    for name, text in dict(pages).items():
        (pieces / f"{name}.html").write_text(text)
    named = " ".join(f"index_files/{name}.js" for name in scripts)
    links = "".join(f'<a href="index_files/{name}.html">' for name in dict(pages))
    (folder / "index.html").write_text(f'<div data-pieces="{named}">{links}')


@pytest.fixture
def output(tmp_path):
    """A folder with an index of two scripts and a page, as an earlier run left it."""
    output, work = tmp_path / "outputs", tmp_path / "first"
    output.mkdir()
    write_made(work, (OLD, SAME), {"082201": "before"})
    move_index(work, output)
    return output


def names(output):
    return sorted(path.stem for path in (output / "index_files").iterdir())


def test_pieces_of_the_index_before_go_and_those_that_stay_the_same_are_not_written_again(
    output, tmp_path
):
    (output / "index_files/notes.txt").write_text("somebody's own")
    inode = (output / f"index_files/{SAME}.js").stat().st_ino
    write_made(tmp_path / "second", (SAME, NEW), {"032018": "after"})
    move_index(tmp_path / "second", output)
    assert names(output) == ["032018", SAME, NEW, "notes"]
    assert (output / f"index_files/{SAME}.js").stat().st_ino == inode
    assert is_index_whole(output)


def test_an_index_in_one_page_leaves_no_folder_behind(output, tmp_path):
    work = tmp_path / "second"
    work.mkdir()
    (work / "index.html").write_text('<div data-pieces=""><a href="2018/082201/government.html">')
    move_index(work, output)
    assert sorted(path.name for path in output.iterdir()) == ["index.html"]
    assert is_index_whole(output)


def test_an_index_whose_piece_is_gone_is_not_whole(output):
    assert is_index_whole(output)
    (output / f"index_files/{OLD}.js").unlink()
    assert not is_index_whole(output)
    (output / "index.html").unlink()
    assert not is_index_whole(output)


@pytest.mark.parametrize("last", range(4))
def test_a_run_killed_at_any_move_leaves_an_index_with_all_its_pieces(
    output, tmp_path, monkeypatch, last
):
    write_made(tmp_path / "second", (SAME, NEW), {"032018": "after", "082201": "after"})
    moved = []

    def move(made, target):
        if len(moved) == last:
            raise KeyboardInterrupt
        moved.append(target.name)
        made.replace(target)

    monkeypatch.setattr(index_files, "move_into_place", move)
    with pytest.raises(KeyboardInterrupt):
        move_index(tmp_path / "second", output)
    assert len(moved) == last
    assert is_index_whole(output)
    assert OLD in (output / "index.html").read_text()
    # the next run, with a work folder of its own, ends it
    monkeypatch.undo()
    write_made(tmp_path / "third", (SAME, NEW), {"032018": "after", "082201": "after"})
    move_index(tmp_path / "third", output)
    assert is_index_whole(output)
    assert names(output) == ["032018", "082201", SAME, NEW]
