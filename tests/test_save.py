"""What a notebook writes: figures and tables, in its report's own folder."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis import DataError, save_figure, save_table
from analysis.batch.save import write_csv


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


def test_the_same_figure_twice_gives_the_same_bytes(report):
    def files():
        save_figure(a_figure(), "progress", alt="図")
        return [path.read_bytes() for path in sorted((report / "figures").iterdir())]

    assert files() == files()


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


def test_a_character_the_font_lacks_stops_the_report_instead_of_printing_a_box(report):
    with pytest.raises(DataError, match="figure name: the font cannot write a character"):
        save_figure(a_figure("𠮷野家"), "name", alt="図")


def test_in_jupyterlab_files_go_to_outputs_explore(project, monkeypatch):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    monkeypatch.chdir(project / "notebooks")
    save_table(pd.DataFrame({"指標": ["a"]}), "t", "表")
    assert (project / "outputs" / "explore" / "tables" / "t.csv").exists()


def test_a_saved_table_reads_back_as_it_was(report):
    table = pd.DataFrame({"指標": ["転入者数", "会議, 2回"], "値": [4600.5, -3.0]})
    save_table(table, "progress", "表")
    read = pd.read_csv(report / "tables" / "program_progress.csv", encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read, table)


def test_no_text_can_become_a_formula_and_negative_numbers_stay_numbers(tmp_path):
    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "平"]
    write_csv(pd.DataFrame({"kpi": cells, "rate": [-0.7] * 6}), tmp_path / "t.csv")
    read = pd.read_csv(tmp_path / "t.csv")
    assert read["kpi"].tolist() == ["'=HYPERLINK(1)", "'+1", "'-1", "'@x", "'\tx", "平"]
    assert read["rate"].tolist() == [-0.7] * 6
