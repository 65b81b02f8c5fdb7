"""A heavy page packs its pictures tighter, and shows the same."""

import io
import re
from base64 import b64decode, b64encode

import numpy as np
import pytest
from PIL import Image

from analysis.page.export.lighter import HEAVY, lighten

LINES = (np.indices((60, 90)).sum(axis=0) % 17 * 15).astype("uint8")
MUCH = "<p>" + "文" * HEAVY


def uri(picture, **options):
    file = io.BytesIO()
    picture.save(file, "PNG", **options)
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()


def pixels(html):
    kind, data = re.search(r"data:image/(\w+);base64,([^\"]+)", html).groups()
    with Image.open(io.BytesIO(b64decode(data))) as picture:
        return kind, np.asarray(picture.convert("RGBA"))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_the_pictures_of_a_heavy_page_are_smaller_and_the_same(mode):
    img = f'<img src="{uri(Image.fromarray(LINES).convert(mode), compress_level=0)}">'
    light, heavy = lighten(img), lighten(MUCH + img)
    assert light == img
    assert heavy.startswith(MUCH)
    assert len(heavy) < len(MUCH + img)
    (png, before), (webp, after) = pixels(light), pixels(heavy)
    assert (png, webp) == ("png", "webp")
    assert np.array_equal(before, after)


def test_what_is_see_through_keeps_its_colours():
    clear = np.dstack([LINES] * 4)
    page = MUCH + f'<img src="{uri(Image.fromarray(clear), compress_level=0)}">'
    assert np.array_equal(pixels(lighten(page))[1], clear)


def test_a_picture_in_a_script_stays_for_the_page_lets_only_that_script_run():
    picture = uri(Image.fromarray(LINES), compress_level=0)
    scripts = f"<script>show('{picture}')</script>", f"<SCRIPT a>x = '{picture}'\n</SCRIPT>"
    page = lighten(f'{MUCH}{scripts[0]}<img src="{picture}">{scripts[1]}')
    assert all(script in page for script in scripts)
    assert page.count("image/webp") == 1


@pytest.mark.parametrize(
    "kept",
    [
        uri(Image.fromarray(LINES.astype("uint16") * 257)),  # which WebP would round
        uri(Image.fromarray(np.zeros((1, 20_000), "uint8"))),  # wider than WebP can be
        uri(Image.fromarray(LINES), save_all=True, append_images=[Image.new("L", (90, 60))]),
        "data:image/png;base64,AAAA",
        "data:image/png;base64,A",
    ],
    ids=["16_bits", "wide", "animated", "no_picture", "torn"],
)
def test_what_it_cannot_hold_exactly_stays_as_it_is(kept):
    page = MUCH + f'<img src="{kept}">'
    assert lighten(page) == page
