"""A profile says what a paper does not; one written wrongly is told of line by line."""

import pytest

from analysis import DataError
from analysis.intake.profiles import FOLDER, find_profile, list_profiles, read_profile


def write(folder, text, name="mine"):
    (folder / "profiles").mkdir(exist_ok=True)
    path = folder / "profiles" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_profile_of_the_package_can_be_read():
    names = {path.stem for path in FOLDER.glob("*.toml")}
    assert {"judgit", "ofunato", "rs_system", "tsukuba", "form2"} <= names
    for path in FOLDER.glob("*.toml"):
        assert read_profile(path).name == path.stem


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("judgit_2020.ndjson.gz", "judgit"),
        ("3-1_RS_2024_効果発現経路_目標・実績.zip", "rs_system"),
        ("ofunato_r8.xlsx", "ofunato"),
        ("tsukuba_h30.xlsx", None),  # is used only where it is said
    ],
)
def test_a_file_finds_its_profile_by_its_name(file, name):
    found = find_profile(file, "")
    assert (found and found.name) == name


def test_one_beside_the_data_goes_before_one_of_the_package(tmp_path):
    write(tmp_path, 'files = ["ofunato_*"]\n[source]\ntitle = "別の題"\n', "ofunato")
    assert find_profile("ofunato_r7.xlsx", "", tmp_path).source["title"] == "別の題"
    assert list_profiles(tmp_path)["ofunato"].parent.parent == tmp_path


def test_two_that_fit_one_file_must_be_told_apart(tmp_path):
    write(tmp_path, 'files = ["kpi*"]', "one")
    write(tmp_path, 'files = ["*.xlsx"]', "two")
    with pytest.raises(DataError, match="one, two"):
        find_profile("kpi.xlsx", "", tmp_path)
    assert find_profile("kpi.xlsx", "two", tmp_path).name == "two"


def test_one_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(DataError, match="judgit"):
        find_profile("a.xlsx", "judget")


WRONG = """
file = ["a.xlsx"]
[source]
publishr = "つくば市"
[kpis."件数"]
direction = "upp"
[[tables]]
sheet = "a"
blocks = [{ columns = "B:C" }]
[tables.columns]
"目標" = "targets"
"実績" = { field = "actual", units = "件" }
"予算" = { field = "amount", kind = "inital" }
"""


def test_everything_that_is_wrong_with_one_is_told_at_once(tmp_path):
    with pytest.raises(DataError) as caught:
        read_profile(write(tmp_path, WRONG))
    lines = str(caught.value).splitlines()
    assert len(lines) == 7
    for said in (
        "'file' is no key here. Did you mean 'files'?",
        "Did you mean 'publisher'?",
        "direction is 'upp'. Expected one of up, down",
        "a block without fiscal_year",
        "field is 'targets'. Did you mean 'target'?",
        "Did you mean 'unit'?",
        "kind is 'inital'. Expected one of initial",
    ):
        assert any(said in line for line in lines), said


def test_one_that_is_no_toml_is_told(tmp_path):
    with pytest.raises(DataError, match="no TOML"):
        read_profile(write(tmp_path, "[source\n"))
