"""What a finished page would have asked of another place."""

import pytest

from analysis.page.export.lock import OPEN, lock_page


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ("<img src=https://a.test/x.png>", "https://a.test/x.png"),
        ("<img alt='a>b' src='//a.test/x'>", "//a.test/x"),
        ("<img srcset='https://a.test/1 1x'>", "https://a.test/1"),
        ("<div style='background: url(https://a.test/u)'>", "https://a.test/u"),
        ("<style>@import 'https://a.test/i'</style>", "https://a.test/i"),
        ("<svg><use xlink:href='https://a.test/s#a'/></svg>", "https://a.test/s#a"),
        ("<iframe srcdoc='<img src=https://a.test/z>'></iframe>", "https://a.test/z"),
        ("<a href='https://a.test/'>a</a> https://a.test/", None),
        ("<svg xmlns='http://www.w3.org/2000/svg'></svg>", None),
        ("<p data-src='https://a.test/'>", None),
    ],
)
def test_what_a_page_would_have_asked_for_is_told(html, asked):
    _, told = lock_page(f"{OPEN}{html}")
    assert told == ((f"the page would have asked {asked}",) if asked else ())
