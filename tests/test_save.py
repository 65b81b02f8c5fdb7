"""What a notebook writes: figures and tables, in its report's own folder."""

import json
import re

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis import DataError, save_figure, save_table
from analysis.figures.canvas import Canvas
from analysis.page.save import write_csv


def a_figure(text="進捗率"):
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, text, fontfamily="IPAexGothic")
    return figure


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setenv("SOSEI_REPORT", str(tmp_path / "program"))
    return tmp_path


def test_a_figure_becomes_png_and_svg_named_after_its_report(report):
    save_figure(a_figure(), "progress", alt="図")
    names = sorted(path.name for path in (report / "figures").iterdir())
    assert names == ["program_progress.png", "program_progress.svg"]


def test_the_same_figure_twice_gives_the_same_bytes(report, monkeypatch):
    def files(name):
        monkeypatch.setenv("SOSEI_REPORT", str(report / name / "program"))
        save_figure(a_figure(), "progress", alt="図")
        return [path.read_bytes() for path in sorted((report / name / "figures").iterdir())]

    assert files("first") == files("second")


def test_the_shown_figure_holds_its_picture_its_narrow_variant_and_its_description(report):
    shown = save_figure(a_figure(), "a", alt="従前値170件", caption="図1", narrow=a_figure("狭"))
    assert shown.html.count("data:image/png;base64,") == 2
    assert 'media="(max-width: 640px)"' in shown.html
    assert 'alt="従前値170件"' in shown.html
    assert "<figcaption>図1</figcaption>" in shown.html


def test_where_nothing_can_be_drawn_the_reason_stands_and_no_file(report):
    shown = save_figure(None, "progress", alt="目標の記載がないため図はありません")
    assert "目標の記載がないため図はありません" in shown.html
    assert not (report / "figures").exists()


def test_a_character_that_no_font_has_is_told_to_the_run_with_the_name_of_each_figure(
    report, monkeypatch
):
    page = Canvas(2, 1)
    page.text(0.1, 0.5, "🦊の町")
    reads = report / "reads"
    monkeypatch.setenv("SOSEI_READS", str(reads))
    for name, figure in {"ours": page.finish(), "theirs": a_figure("🦊の町")}.items():
        with pytest.warns(UserWarning, match="Glyph 129418 .* missing from font"):
            save_figure(figure, name, alt="図")
    told = [json.loads(line)["warning"] for line in reads.read_text("utf-8").splitlines()]
    assert list(dict.fromkeys(told)) == [
        f"figure {name}: no font has the character '🦊' (U+1F98A): a box is drawn"
        for name in ("ours", "theirs")
    ]


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "..", ".a", "a ", "何?", "a\nb", "長" * 60])
def test_a_name_that_cannot_be_that_of_a_file_is_refused(report, name):
    with pytest.raises(DataError, match=f"save_figure: the name {re.escape(repr(name))} is not"):
        save_figure(a_figure(), name, alt="図")
    with pytest.raises(DataError, match=r"save_table: .* is not fit for a file"):
        save_table(pd.DataFrame(), name, "表")
    assert list(report.iterdir()) == []


def test_a_second_figure_or_table_of_one_name_is_refused_and_the_first_is_kept(report):
    save_figure(a_figure("一"), "a", alt="図")
    save_table(pd.DataFrame({"指標": ["一"]}), "a", "表")
    kept = {path: path.read_bytes() for path in report.rglob("*.*")}
    with pytest.raises(DataError, match="save_figure: the name 'a' is used a second time"):
        save_figure(a_figure("二"), "a", alt="図")
    with pytest.raises(DataError, match="save_table: the name 'a' is used a second time"):
        save_table(pd.DataFrame({"指標": ["二"]}), "a", "表")
    assert {path: path.read_bytes() for path in report.rglob("*.*")} == kept


def test_a_picture_has_few_colours_and_its_white_is_white(report):
    figure = Figure(figsize=(2, 1))
    figure.text(0, 0.5, "■", color=(0.2, 0.4, 0.6), size=40, fontfamily="IPAexGothic")
    for step in range(300):  # more colours than a palette has
        figure.add_artist(Rectangle((0.5, step / 300), 0.1, 0.01, color=(step / 300, 0.5, 0.5)))
    save_figure(figure, "a", alt="図")
    with Image.open(report / "figures" / "program_a.png") as picture:
        assert picture.size == (400, 200)
        colours = picture.convert("RGB").getcolors()
    assert len(colours) <= 128
    assert max(colours) == (max(count for count, _ in colours), (255, 255, 255))
    assert (51, 102, 153) in [colour for _, colour in colours]


def test_an_empty_figure_is_a_white_picture(report):
    save_figure(Figure(figsize=(1, 1)), "a", alt="図")
    with Image.open(report / "figures" / "program_a.png") as picture:
        assert picture.convert("RGB").getcolors() == [(40000, (255, 255, 255))]


def test_a_saved_figure_is_left_as_it_was(report):
    figure = a_figure()
    canvas, dpi = figure.canvas, figure.dpi
    save_figure(figure, "a", alt="図")
    assert figure.canvas is canvas
    assert figure.dpi == dpi


def test_in_jupyterlab_files_go_to_outputs_explore(project, monkeypatch):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    monkeypatch.chdir(project / "notebooks")
    for cell in ("a", "b"):  # a cell is run again there
        save_table(pd.DataFrame({"指標": [cell]}), "t", "表")
    table = project / "outputs" / "explore" / "tables" / "t.csv"
    assert table.read_text("utf-8-sig") == "指標\nb\n"


def test_a_saved_table_reads_back_as_it_was(report):
    table = pd.DataFrame({"指標": ["転入者数", "会議, 2回"], "値": [4600.5, -3.0]})
    save_table(table, "progress", "表")
    read = pd.read_csv(report / "tables" / "program_progress.csv", encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read, table)


def test_no_text_can_become_a_formula_and_negative_numbers_stay_numbers(tmp_path):
    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "＝1+1", "＠x", "\tx", "\nx", "平", "＋100", "－"]
    table = pd.DataFrame({"=kpi": cells, "＠rate": [-0.7] * 11, "変化": 1})
    write_csv(table, tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read.columns.tolist() == ["'=kpi", "'＠rate", "変化"]
    assert read["'=kpi"].tolist() == [f"'{cell}" for cell in cells[:8]] + cells[8:]
    assert read["'＠rate"].tolist() == [-0.7] * 11


def test_a_control_character_is_not_written_into_a_table(tmp_path):
    cells = ["a\0b", "\x1b[31m", "a\x9bb", "二\n行\tと列"]
    write_csv(pd.DataFrame({"kpi\x07": cells}), tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read["kpi\ufffd"].tolist() == ["a\ufffdb", "\ufffd[31m", "a\ufffdb", "二\n行\tと列"]


def test_a_word_of_a_few_can_become_a_formula_no_more_than_another_text(tmp_path):
    words = pd.DataFrame({"word": pd.Categorical(["-1+1", "平"])})
    write_csv(words, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8-sig") == "word\n'-1+1\n平\n"


def test_missing_values_are_empty_and_figures_are_written_in_full(tmp_path):
    table = pd.DataFrame(
        {
            "kpi": ["a, b", None],
            "year": pd.array([2018, None], dtype="Int64"),
            "rate": [0.1 + 0.2, float("nan")],
        }
    )
    write_csv(table, tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig").split("\n")
    assert lines == ["kpi,year,rate", '"a, b",2018,0.30000000000000004', ",,", ""]
