"""Pixels as PNG: what a reader decodes is what was drawn, in the colours that Pillow chooses."""

import io
import zlib

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from analysis.page.png import write_png

WHITE = (255, 255, 255, 255)


def drawn():
    figure = Figure(figsize=(2.01, 1), dpi=100)
    figure.text(0.1, 0.5, "進捗率", fontfamily="IPAexGothic")
    for step in range(300):  # more colours than a palette has
        figure.add_artist(Rectangle((0.5, step / 300), 0.1, 0.01, color=(step / 300, 0.5, 0.5)))
    figure.add_artist(Circle((0.8, 0.5), 0.1, color="#0b5cad", alpha=0.5))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def made_by_pillow(pixels):
    """The same colours put at their places one by one; the picture is written by Pillow."""
    places = [place for place in np.ndindex(pixels.shape[:2]) if tuple(pixels[place]) != WHITE]
    whole = Image.new("RGB", pixels.shape[1::-1], "white")
    if places:
        few = Image.new("RGB", (len(places), 1))
        few.putdata([tuple(pixels[place][:3].tolist()) for place in places])
        few = few.quantize(127, Image.Quantize.FASTOCTREE).convert("RGB")
        for number, (y, x) in enumerate(places):
            whole.putpixel((x, y), few.getpixel((number, 0)))
    file = io.BytesIO()
    whole.save(file, "PNG")
    return file.getvalue()


def decode(png):
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"))


def a_few(*colors, width=1):
    return np.array(colors, dtype=np.uint8).reshape(-1, width, 4)


@pytest.mark.parametrize(
    "pixels",
    [
        drawn(),
        a_few(WHITE),
        a_few((1, 2, 3, 255)),
        a_few(WHITE, (0, 0, 0, 255), (0, 0, 0, 255), WHITE, WHITE, (255, 0, 0, 255), width=3),
        np.random.default_rng(0).integers(0, 256, (20, 31, 4), dtype=np.uint8),
    ],
    ids=["a figure", "one white pixel", "one pixel", "two rows", "noise"],
)
def test_the_decoded_pixels_are_those_that_pillow_would_make(pixels):
    np.testing.assert_array_equal(decode(write_png(pixels)), decode(made_by_pillow(pixels)))


def test_the_same_pixels_are_the_same_bytes():
    assert write_png(drawn()) == write_png(drawn())


def test_the_file_holds_what_the_format_asks_for_and_nothing_else():
    png = write_png(drawn())
    signature, rest, kinds = png[:8], png[8:], []
    while rest:
        size = int.from_bytes(rest[:4])
        body, check = rest[4 : 8 + size], rest[8 + size : 12 + size]
        assert zlib.crc32(body) == int.from_bytes(check)
        kinds.append(body[:4])
        rest = rest[12 + size :]
    assert signature == b"\x89PNG\r\n\x1a\n"
    assert kinds == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
