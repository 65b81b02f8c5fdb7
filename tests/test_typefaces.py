"""Japanese text in any figure of any notebook: real runs, and what the fonts hold."""

import io
import shutil
import xml.dom.minidom

import matplotlib as mpl
import numpy as np
import pytest
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.batch import ledger
from analysis.batch.verify import read_lasting
from analysis.glyphs import FONT
from analysis.typefaces import FALLBACK, find_font

JAPANESE, RARE, LATIN = FALLBACK


@pytest.fixture
def run_cases(sosei, project, root):
    """Run notebooks of the suite; return how it ended, and the last entry of each report."""

    def run(*names, options=()):
        for name in names:
            shutil.copy(root / f"tests/notebooks/fonts/{name}.ipynb", project / "notebooks")
        ran = sosei("run", *options)
        entries = ledger.latest(project / "outputs")
        return ran, {entry["report"].partition("/")[0]: entry for entry in entries}

    return run


def warnings_about_fonts(entry):
    return [warning for warning in entry.get("warnings", ()) if "font" in warning]


def pictures_of(project, name):
    """The pictures that a notebook showed."""
    cells = read_lasting(project / f"outputs/{name}/{name}.ipynb").cells
    data = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [bundle["image/png"] for bundle in data if "image/png" in bundle]


def pixels_of(text, **font):
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, text, size=12, color="black", **font)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


# In notebooks


@pytest.mark.slow
def test_japanese_text_is_right_in_every_order_of_imports_and_every_kind_of_kernel(
    run_cases, project
):
    names = ("pyplot", "seaborn_theme", "styles")  # analysis imported second, third, first
    ran, entries = run_cases(*names, "without_the_package", "rare_kanji")
    assert ran.returncode == 0, ran.stderr
    assert [warnings_about_fonts(entry) for entry in entries.values()] == [[]] * 5
    forked = {name: pictures_of(project, name) for name in names}
    assert [len(pictures) for pictures in forked.values()] == [1, 1, 2]

    ran, entries = run_cases(options=("--force", "--ordinary-kernels", "--workers", "2"))
    assert ran.returncode == 0, ran.stderr
    assert [warnings_about_fonts(entry) for entry in entries.values()] == [[]] * 5
    assert {name: pictures_of(project, name) for name in names} == forked


@pytest.mark.slow
def test_a_character_that_no_font_has_costs_a_warning_and_not_the_report(run_cases, project):
    ran, entries = run_cases("no_glyph", options=("--svg",))
    assert ran.returncode == 0, ran.stderr
    assert warnings_about_fonts(entries["no_glyph"]) == [
        "a figure that is shown: no font has the character '🦊' (U+1F98A): a box is drawn",
        "figure saved: no font has the character '🏯' (U+1F3EF): a box is drawn",
        "figure saved: no font has the character U+001B: a box is drawn",
    ]
    xml.dom.minidom.parse(str(project / "outputs/no_glyph/figures/no_glyph_saved.svg"))


def test_a_name_that_is_no_file_name_or_is_taken_is_refused(run_cases):
    ran, entries = run_cases("name_again", "name_with_slash")
    assert ran.returncode == 1
    refused = {name: entry["failure"]["error"] for name, entry in entries.items()}
    assert "show_figure: the name 'progress' is used a second time" in refused["name_again"]
    assert "show_figure: the name 'a/b' is not fit for a file" in refused["name_with_slash"]


# In figures


@pytest.mark.parametrize(
    "style",
    [
        lambda: None,
        sns.set_theme,
        lambda: plt.style.use("ggplot"),
        mpl.rcdefaults,
        lambda: mpl.rc("font", family="monospace", weight="bold"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*findfont.*")
def test_text_that_the_font_of_a_style_lacks_is_drawn_in_the_japanese_one(style):
    with mpl.rc_context():
        style()
        drawn = pixels_of("達成率")
    np.testing.assert_array_equal(drawn, pixels_of("達成率", family=FONT))


@pytest.mark.parametrize("style", [lambda: None, sns.set_theme])
def test_a_figure_of_seaborn_with_japanese_labels_lacks_no_glyph(style, recwarn):
    with mpl.rc_context():
        style()
        axes = Figure().subplots()
        sns.barplot(x=["相談件数", "𠮷野町"], y=[148, 200], ax=axes).set(title="実績（件）")
        FigureCanvasAgg(axes.figure).draw()
    assert [str(one.message) for one in recwarn if "lyph" in str(one.message)] == []


def test_latin_text_keeps_the_font_of_the_settings():
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        drawn = pixels_of("Rate")
    assert (drawn != pixels_of("Rate", family=FONT)).any()


@pytest.mark.parametrize("fonts", ["dejavusans", "cm", "stix"])
def test_japanese_text_beside_a_formula_is_drawn(fonts, caplog):
    with mpl.rc_context({"mathtext.fontset": fonts}):
        drawn = pixels_of("𠮷野町 $x^2$")
        figure = Figure(figsize=(2, 1))
        figure.text(0.1, 0.5, "𠮷野町 $x^2$")
        figure.savefig(io.BytesIO(), format="svg")
    assert caplog.records == []  # matplotlib logs a symbol that stands for another
    height, width = 100, 72  # the kanji: 3 of 12 points at 100 dots an inch, from a tenth on
    apart = pixels_of("𠮷野町", family=FONT)
    ink = [255 - page[..., 0].astype(float)[:height, :width] for page in (drawn, apart)]
    assert ink[0].sum() == pytest.approx(ink[1].sum(), rel=0.05)


def test_a_pdf_holds_the_second_font():
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, "𠮷野")
    file = io.BytesIO()
    figure.savefig(file, format="pdf")
    assert b"SoseiFallback" in file.getvalue()


# What the fonts hold


def test_each_character_comes_from_the_first_font_that_has_it():
    assert [find_font(c) for c in "達é𠮷∑🦊"] == [JAPANESE, JAPANESE, RARE, LATIN, None]


def test_the_second_font_is_small_and_lies_beside_its_licence(root):
    folder = root / "src/analysis/fonts"
    assert (folder / "sosei-fallback.otf").stat().st_size < 500_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
