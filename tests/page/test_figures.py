"""What a notebook writes: figures and tables, in its report's own folder."""

import json
import re

import pandas as pd
import pytest
import slices
from markup import HOSTILE, Page
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis import (
    DataError,
    caption_progress,
    describe_parts,
    describe_progress,
    plot_parts,
    plot_progress,
    show_figure,
    show_table,
)
from analysis.figures.canvas import Canvas


def a_figure(text="進捗率"):
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, text, fontfamily="IPAexGothic")
    return figure


@pytest.mark.parametrize(("asked", "kinds"), [("", ["png"]), ("yes", ["png", "svg"])])
def test_a_figure_becomes_a_png_named_after_its_report_and_an_svg_where_asked_for(
    report, monkeypatch, asked, kinds
):
    monkeypatch.setenv("SOSEI_SVG", asked)
    show_figure(a_figure(), name="progress", alt="図")
    names = sorted(path.name for path in (report / "figures").iterdir())
    assert names == [f"program_progress.{kind}" for kind in kinds]


def test_in_jupyterlab_a_figure_is_saved_as_svg_too(project, monkeypatch):
    monkeypatch.delenv("SOSEI_REPORT", raising=False)
    monkeypatch.delenv("SOSEI_SVG", raising=False)
    monkeypatch.chdir(project / "notebooks")
    show_figure(a_figure(), name="progress", alt="図")
    names = sorted(path.name for path in (project / "outputs/explore/figures").iterdir())
    assert names == ["progress.png", "progress.svg"]


def test_the_same_figure_twice_gives_the_same_bytes(report, monkeypatch):
    monkeypatch.setenv("SOSEI_SVG", "yes")

    def files(name):
        monkeypatch.setenv("SOSEI_REPORT", str(report / name / "program"))
        show_figure(a_figure(), name="progress", alt="図")
        return [path.read_bytes() for path in sorted((report / name / "figures").iterdir())]

    assert files("first") == files("second")


def test_where_nothing_can_be_drawn_the_reason_stands_and_no_file(report):
    shown = show_figure(None, name="progress", alt="目標の記載がないため図はありません")
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
            show_figure(figure, name=name, alt="図")
    told = [json.loads(line)["warning"] for line in reads.read_text("utf-8").splitlines()]
    assert list(dict.fromkeys(told)) == [
        f"figure {name}: no font has the character '🦊' (U+1F98A): a box is drawn"
        for name in ("ours", "theirs")
    ]


@pytest.mark.parametrize("name", ["a/b", "a\\b", "..", ".a", "a ", "何?", "a\nb", "長" * 60])
def test_a_name_that_cannot_be_that_of_a_file_is_refused(report, name):
    with pytest.raises(DataError, match=f"show_figure: the name {re.escape(repr(name))} is not"):
        show_figure(a_figure(), name=name, alt="図")
    with pytest.raises(DataError, match=r"show_table: .* is not fit for a file"):
        show_table(pd.DataFrame({"a": [1]}), "表", name=name)
    assert list(report.iterdir()) == []


def test_a_second_figure_or_table_of_one_name_is_refused_and_the_first_is_kept(report):
    show_figure(a_figure("一"), name="a", alt="図")
    show_table(pd.DataFrame({"指標": ["一"]}), "表", name="a")
    kept = {path: path.read_bytes() for path in report.rglob("*.*")}
    with pytest.raises(DataError, match="show_figure: the name 'a' is used a second time"):
        show_figure(a_figure("二"), name="a", alt="図")
    with pytest.raises(DataError, match="show_table: the name 'a' is used a second time"):
        show_table(pd.DataFrame({"指標": ["二"]}), "表", name="a")
    assert {path: path.read_bytes() for path in report.rglob("*.*")} == kept


def test_a_picture_has_few_colours_and_its_white_is_white(report):
    figure = Figure(figsize=(2, 1))
    figure.text(0, 0.5, "■", color=(0.2, 0.4, 0.6), size=40, fontfamily="IPAexGothic")
    for step in range(300):  # more colours than a palette has
        figure.add_artist(Rectangle((0.5, step / 300), 0.1, 0.01, color=(step / 300, 0.5, 0.5)))
    show_figure(figure, name="a", alt="図")
    with Image.open(report / "figures" / "program_a.png") as picture:
        assert picture.size == (400, 200)
        colours = picture.convert("RGB").getcolors()
    assert len(colours) <= 128
    assert max(colours) == (max(count for count, _ in colours), (255, 255, 255))
    assert (51, 102, 153) in [colour for _, colour in colours]


def test_an_empty_figure_is_a_white_picture(report):
    show_figure(Figure(figsize=(1, 1)), name="a", alt="図")
    with Image.open(report / "figures" / "program_a.png") as picture:
        assert picture.convert("RGB").getcolors() == [(40000, (255, 255, 255))]


def test_a_saved_figure_is_left_as_it_was(report):
    figure = a_figure()
    canvas, dpi = figure.canvas, figure.dpi
    show_figure(figure, name="a", alt="図")
    assert figure.canvas is canvas
    assert figure.dpi == dpi


def plot_two(text, narrow=False):
    return a_figure("狭い" if narrow else text)


def test_a_function_that_takes_narrow_is_drawn_for_wide_and_for_narrow_screens(report):
    page = Page(show_figure(plot_two, "広い", alt="従前値170件", caption="図1"))
    [source], [image] = page.all("source"), page.all("img")
    assert [t["tag"] for t in page.tags[:4]] == ["figure", "picture", "source", "img"]
    assert source["media"] == "(max-width: 640px)"
    for pictured in (source["srcset"], image["src"]):
        assert pictured.startswith("data:image/png;base64,")
    assert source["srcset"] != image["src"]
    assert image["alt"] == "従前値170件"
    assert page.texts("figcaption") == ["図1 画像（PNG）"]
    assert page.all("a")[0]["href"] == "figures/program_two.png"
    assert [path.name for path in (report / "figures").iterdir()] == ["program_two.png"]


def test_a_figure_of_ones_own_has_no_narrow_variant_and_needs_its_words(report):
    assert not Page(show_figure(a_figure(), name="own", alt="図")).all("source")
    for missing in ({"name": "other"}, {"alt": "図"}):
        with pytest.raises(DataError, match="has no name or no alternative text"):
            show_figure(a_figure(), **missing)


def test_a_figure_of_analysis_brings_the_words_and_the_table_of_its_question(report):
    kpis = slices.report(slices.TSUKUBA, 2018).kpis
    page = Page(show_figure(plot_progress, kpis))
    assert page.all("img")[0]["alt"] == describe_progress(kpis)
    assert page.texts("figcaption") == [f"{caption_progress(kpis)} 画像（PNG） 数値（CSV）"]
    assert page.texts("caption") == ["表　指標ごとの目標・実績・率 数値（CSV）"]
    assert [a["href"] for a in page.all("a")[1:]] == ["tables/program_progress.csv"] * 2
    assert not Page(show_figure(plot_progress, kpis, name="bare", table=False)).all("table")


def test_sentences_for_everybody_stand_above_the_figure_and_are_read_once(report):
    parts = slices.report(slices.TSUKUBA, 2018).parts
    page = Page(show_figure(plot_parts, parts))
    assert page.tags[0] == {"tag": "p", "text": describe_parts(parts)}
    [image] = page.all("img")
    assert image["alt"]
    assert image["alt"] != describe_parts(parts)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_figure_shows_any_alternative_text_and_caption_as_text(report, name):
    page = Page(show_figure(plot_two, "広い", alt=name, caption=name))
    assert page.names == {
        *("figure", "picture", "source", "img"),
        *("figcaption", "span", "a"),
    }
    [image] = page.all("img")
    assert image["alt"] == name
    assert set(image) == {"tag", "text", "src", "alt"}
    assert page.texts("figcaption") == [f"{name} 画像（PNG）"]


def test_an_alternative_text_of_the_author_is_kept_whole(report):
    sentences = "".join(f"指標{n}は到達。" for n in range(200))
    [image] = Page(show_figure(Figure(), name="many", alt=sentences, caption="図")).all("img")
    assert image["alt"] == sentences
