"""Pictures inside the page: what is taken in, and what is named in its place."""

import base64

import pytest

from analysis.page.export.draft import Draft
from analysis.page.export.pictures import (
    LARGEST_FILM,
    NotShownError,
    embed,
    embed_film,
    leave_out,
    make_uri,
    show_picture,
)

PNG = b"\x89PNG\r\n"


def test_a_file_beside_the_notebook_is_in_the_page_which_is_made_from_it(tmp_path):
    draft = Draft(tmp_path)
    (tmp_path / "図 1.png").write_bytes(PNG)
    uri = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert embed("図%201.png?x", draft, {}) == uri
    assert list(draft.files) == [tmp_path / "図 1.png"]
    assert embed("attachment:a.png", draft, {"a.png": {"image/png": uri[22:]}}) == uri


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("no.png", "画像が見つかりません：no.png"),
        ("https://a.test/x.png", "外部（a.test）にある画像は載せていません：https://a.test/x.png"),
        ("text.png", "画像として読めないため載せていません：text.png"),
        ("attachment:no.png", "画像が見つかりません：no.png"),
    ],
)
def test_what_is_not_there_or_no_picture_is_named_with_what_it_would_have_shown(
    tmp_path, source, reason
):
    (tmp_path / "text.png").write_text("x")
    with pytest.raises(NotShownError) as why:
        embed(source, Draft(tmp_path), {})
    assert why.value.reason == reason
    shown = leave_out(why.value, "地図", Draft(tmp_path))
    assert shown == f'<span class="absent">{reason}（地図）</span>'


def test_a_film_is_taken_in_unless_it_is_very_large(tmp_path):
    film = tmp_path / "a.mp4"
    film.write_bytes(b"x")
    assert embed_film("a.mp4", Draft(tmp_path), "動画").startswith("data:video/mp4;base64,")
    with film.open("r+b") as file:
        file.truncate(LARGEST_FILM + 1)
    with pytest.raises(NotShownError, match="more than 10 MB"):
        embed_film("a.mp4", Draft(tmp_path), "動画")


def test_an_svg_gets_the_namespace_that_an_image_needs():
    content = make_uri("<svg></svg>", "a.svg").partition("base64,")[2]
    assert base64.b64decode(content) == b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


def test_a_picture_without_a_text_says_so_and_the_run_asks_for_one(tmp_path):
    draft = Draft(tmp_path)
    assert 'alt="説明（代替テキスト）のない図"' in show_picture("data:", "", draft, width=9.6)
    assert "has no alternative text" in draft.list_warnings()[0]
