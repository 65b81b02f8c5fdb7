"""Where a page leads: to the index, to what it is a part of, and to what stands beside it."""

import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from urllib.parse import quote

from analysis.page.export.contents import make_id
from analysis.wording.labels import labels

WORDS = labels("page")
OWN = re.compile("<(?:script|style|textarea|select|svg)\\b", re.I)
TEXT = re.compile(">([^<>]*)<")
JAPANESE = re.compile(
    r"[\u3005\u3041-\u30ff\u3400-\u9fff\uff10-\uff5a]"
    r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef0-9-]*"
)
MARKED = r'<span lang="ja">\g<0></span>'
TERMS = {word.lower(): labels("term_headings")[code] for code, word in labels("terms").items()}
TERM = re.compile(
    rf"(?<![a-z\u3400-\u9fff])(?:{'|'.join(TERMS)})(?![a-z\u3400-\u9fff])", re.IGNORECASE
)
PARAGRAPH = re.compile("<p(?: [^>]*)?>.*?</p>", re.DOTALL)
LINK_OR_TEXT = re.compile("<a .*?</a>|<[^>]*>|[^<]+", re.DOTALL)
HEADER = re.compile('<th scope="row">[^<]*</th>')
Link = tuple[str, str]  # the name of a page, and where it is from this one, not yet quoted


@dataclass(frozen=True)
class Neighbours:
    """The pages that a page leads to.

    `above` begins with the index and ends with what the report is a part of, `title` is the
    report's own name below them, `reading` is how it is read; `years` are the same report in the
    years before and after, `beside` others about the same, `below` those of its parts. `more` is
    how many of these are not named. `languages` are the same report in others, with their codes.
    """

    title: str = ""
    above: tuple[Link, ...] = ()
    years: tuple[Link, ...] = ()
    beside: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()
    more: int = 0
    reading: Link | None = None
    languages: tuple[tuple[str, str, str], ...] = ()

    @property
    def digest(self) -> str:
        """The first 12 digits of the SHA-256 of all of it."""
        return sha256(repr(self).encode()).hexdigest()[:12]


def show_above(places: Neighbours) -> str:
    """The way from the index to a page; nothing where it is not among others."""
    if not places.above:
        return ""
    links = [*map(_link, places.above), f'<span aria-current="page">{escape(places.title)}</span>']
    items = "".join(f"<li>{link}</li>" for link in links)
    items += f'<li class="reading">{_link(places.reading)}</li>' if places.reading else ""
    for code, name, place in places.languages:
        shown = f'<a href="{quote(place)}" hreflang="{code}" lang="{code}">{escape(name)}</a>'
        items += f'<li class="language">{shown}</li>'
    return f'<nav class="above" aria-label="{WORDS["above"]}"><ol>{items}</ol></nav>'


def show_beside(places: Neighbours) -> str:
    """What one may read next, at the end of a page; nothing where there is nothing."""
    told = [
        (WORDS[f"next_{name}"], links)
        for name, links in (
            ("years", places.years),
            ("below", places.below),
            ("beside", places.beside),
        )
        if links
    ]
    if not told:
        return ""
    parts = []
    for name, links in told:
        items = [f"<li>{_link(link)}</li>" for link in links]
        if places.more and links is places.below:
            items.append(f"<li>{escape(WORDS['next_more'].format(count=places.more))}</li>")
        parts.append(f"<h3>{name}</h3><ul>{''.join(items)}</ul>")
    title = WORDS["next"]
    heading = f'<h2 id="{make_id(title)}">{title}</h2>'
    return f'<nav class="next" aria-label="{title}">{heading}{"".join(parts)}</nav>'


def link_names(pieces: list[str], places: Neighbours) -> list[str]:
    """Let the row headers of tables that name a part, in just its words, lead to its page."""
    named = Counter(name for name, _ in places.below)
    headers = {
        f'<th scope="row">{escape(link[0])}</th>': f'<th scope="row">{_link(link)}</th>'
        for link in places.below
        if named[link[0]] == 1
    }
    if not headers:
        return pieces
    return [HEADER.sub(lambda found: headers.get(found[0], found[0]), piece) for piece in pieces]


def link_terms(pieces: list[str], places: Neighbours) -> list[str]:
    """Let each term lead to its explanation where the prose of a page uses it first.

    Pieces with scripts, styles or forms are an author's own, and stay as they are.
    """
    if not places.reading:
        return pieces
    page, used = quote(places.reading[1]), set[str]()

    def link(term: re.Match[str]) -> str:
        heading = TERMS[term[0].lower()]
        if heading in used:
            return term[0]
        used.add(heading)
        return f'<a class="term" href="{page}#{escape(make_id(heading))}">{term[0]}</a>'

    def link_text(part: re.Match[str]) -> str:
        return part[0] if part[0].startswith("<") else TERM.sub(link, part[0])

    def link_paragraph(paragraph: re.Match[str]) -> str:
        return LINK_OR_TEXT.sub(link_text, paragraph[0])

    return [
        piece if OWN.search(piece) else PARAGRAPH.sub(link_paragraph, piece) for piece in pieces
    ]


def mark_japanese(pieces: list[str]) -> list[str]:
    """Say of Japanese names in a page of another language that they are: for voices and breaks.

    Pieces with scripts, styles or forms are an author's own, and stay as they are.
    """
    return [piece if OWN.search(piece) else TEXT.sub(_mark, piece) for piece in pieces]


def _mark(text: re.Match[str]) -> str:
    return f">{JAPANESE.sub(MARKED, text[1])}<"


def _link(link: Link) -> str:
    name, place = link
    return f'<a href="{quote(place)}">{escape(name)}</a>'
