"""What lets a reader find and name a part of a page: numbers, anchors, a table of contents."""

import re
from html import escape, unescape

from analysis.wording.labels import labels

WORDS = labels("page")
FEWEST = 3  # headings that are worth a table of contents
BLANKS = re.compile(r"\s+")
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
OWN = {  # what sosei shows -> its kind: where it begins, and where its caption does
    '<figure class="own">': ("figure", '<figure class="own" id="{id}">', "<figcaption>"),
    '<table class="own">': ("table", '<table class="own" id="{id}">', "<caption>"),
}


def number_parts(pieces: list[str]) -> list[str]:
    """Number the figures and the tables that sosei shows, each with an anchor at its number."""
    counts = dict.fromkeys(OWN, 0)
    return [_number(piece, counts) for piece in pieces]


def _number(piece: str, counts: dict[str, int]) -> str:
    for begin, (kind, opened, caption) in OWN.items():
        before, *parts = piece.split(begin)
        for part in parts:
            counts[begin] += 1
            name = WORDS[f"{kind}_number"].format(number=counts[begin])
            place = make_id(name)
            link = f'{caption}<a class="number" href="#{place}">{name}</a>{WORDS["space"]}'
            called = caption + _call(kind)
            old = called if called in part else caption
            before += opened.format(id=place) + part.replace(old, link, 1)
        piece = before
    return piece


def _call(kind: str) -> str:
    """What the caption of a figure or a table begins with, where it has no number: 図　."""
    return WORDS[f"{kind}_number"].format(number="").rstrip() + WORDS["space"]


def make_id(name: str) -> str:
    """Make the id of a part from its name, without the blanks that an id may not have.

    Examples
    --------
    >>> make_id("Figure 1"), make_id("図1")
    ('Figure-1', '図1')
    """
    return "-".join(name.split())


def list_contents(pieces: list[str]) -> str:
    """The headings of a page as a list of links in a fold; nothing where there are few.

    A heading that a link cannot reach, as two of one name, is not in it.
    """
    found = [heading for piece in pieces for heading in HEADING.findall(piece)]
    if len(found) < FEWEST:
        return ""
    items = "".join(
        f'<li><a href="#{name}">{escape(unescape(TAG.sub("", text)))}</a></li>'
        for name, text in found
    )
    return (
        f'<nav class="contents"><details><summary>{WORDS["contents"]}</summary>'
        f"<ol>{items}</ol></details></nav>"
    )


def add_contents(pieces: list[str]) -> list[str]:
    """The pieces with the table of contents above the first heading it names."""
    contents = list_contents(pieces)
    if not contents:
        return pieces
    first, found = next((n, h) for n, p in enumerate(pieces) if (h := HEADING.search(p)))
    above, below = pieces[first][: found.start()], pieces[first][found.start() :]
    return [*pieces[:first], *([above] if above else []), contents, below, *pieces[first + 1 :]]


def write_print_style(title: str) -> str:
    """What a page bears on paper: its title and number on each sheet, a word at a closed fold."""
    return (
        f"summary {{ --not-printed: {_quote(WORDS['not_printed'])}; }}\n"
        f"@page {{ @bottom-left {{ content: {_quote(title)}; }} "
        '@bottom-right { content: counter(page) " / " counter(pages); } }'
    )


def _quote(text: str) -> str:
    """A text as CSS has it, in which nothing ends the string or the style."""
    safe = (c if c.isalnum() else f"\\{ord(c):x} " for c in BLANKS.sub(" ", text))
    return f'"{"".join(safe)}"'
