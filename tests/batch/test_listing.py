"""The sizes of files: as they stood when their folder was first looked into."""

from analysis.batch.listing import Listing


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_sizes_are_those_of_the_first_look_and_none_of_what_is_not_there(tmp_path):
    put(tmp_path / "a/b/b.html", "four")
    put(tmp_path / "a/b/figures/x.png", "x")
    listing = Listing(tmp_path)
    names = ("b.html", "figures/x.png", "tables/x.csv", "figures")
    assert [listing.find_size("a/b", name) for name in names[:3]] == [4, 1, None]
    put(tmp_path / "a/b/b.html", "longer")
    assert listing.find_size("a/b", "b.html") == 4
    assert Listing(tmp_path).find_size("a/b", "b.html") == 6
    assert Listing(tmp_path).find_size("a/b/b.html", "under_a_file") is None
    assert listing.below == {"", "figures", "tables"}


def test_the_hash_is_that_of_every_name_and_size_in_the_folders_asked_for(tmp_path):
    put(tmp_path / "a/a.html", "four")
    put(tmp_path / "a/figures/x.png", "x")
    folders, below = ["a"], ["", "figures"]
    first = Listing(tmp_path).hash(folders, below)
    put(tmp_path / "b/a.html", "of another")
    put(tmp_path / "a/figures/x.png", "y")
    assert Listing(tmp_path).hash(folders, below) == first  # the same size
    put(tmp_path / "a/figures/x.png", "longer")
    assert Listing(tmp_path).hash(folders, below) != first
    put(tmp_path / "a/figures/x.png", "x")
    (tmp_path / "a/figures/x.png").rename(tmp_path / "a/figures/z.png")
    assert Listing(tmp_path).hash(folders, below) != first
    (tmp_path / "a/a.html").unlink()
    assert len({Listing(tmp_path).hash(folders, names) for names in ([""], below, [])}) == 3
