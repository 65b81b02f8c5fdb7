"""HTML that a library or an author wrote: closed, pictures inside it, tables as the page's."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from bs4 import BeautifulSoup

from analysis.page.export.draft import Draft
from analysis.page.export.links import leads_nowhere
from analysis.page.export.pictures import (
    Attachments,
    NotShownError,
    ask_for_alt,
    embed,
    embed_film,
    leave_out,
)
from analysis.page.export.shown import show_frame
from analysis.wording.labels import labels

WORDS = labels("export")
OF_A_WHOLE_PAGE = ("html", "head", "body", "plaintext")
NUMBER = re.compile(r"[-+−▲△]?[¥￥$]?(?:0|[1-9][\d,]*)(?:\.\d*)?(?:[eE][-+]?\d+)?\s?[%％]?")
NO_NUMBER = {"", "NaN", "nan", "<NA>", "None", "NaT", "null", "inf", "-inf", "...", "…", "—"}
MOST_ON_ONE_LINE = 6
OF_TIME = WORDS["units_of_time"]  # letters that stand in dates and times
WITHOUT_LETTERS = re.compile(rf"(?:[\W\d_]|[{OF_TIME}]){{1,30}}")  # dates, figures with marks
FIXED = re.compile(r"(position\s*:\s*)fixed", re.IGNORECASE)  # to the window
LOCAL = re.compile(r"""url\(\s*["']?(?!data:|https?:|//|#)([^"')]+?)["']?\s*\)""", re.IGNORECASE)
PLACED = re.compile("float|position", re.IGNORECASE)


def mend(
    html: str, draft: Draft, attachments: Attachments | None = None, in_prose: bool = False
) -> str:
    """Close what is open in a piece of HTML, embed its pictures, and show its tables in a box.

    Frames, films and links that a page cannot have are named or left out.

    Tables get the page's style: cells that head rows or columns say so, and figures are set to
    the right. A library's own style of a table is kept, but for that of data frames.

    The whole stands in a box beyond which neither its styles nor what it places reach; prose
    does so only where it has either.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(OF_A_WHOLE_PAGE):
        tag.unwrap()
    for picture in soup.find_all("img"):
        _mend_picture(picture, soup, draft, attachments or {})
    for source in soup.select("picture > source"):
        if not str(source.get("srcset", "")).startswith("data:"):  # else the `img` is shown
            source.decompose()
    for film in soup.find_all(["video", "audio"]):
        _mend_film(film, draft)
    for frame in soup.find_all(["iframe", "embed", "object"]):
        if address := frame.get("src") or frame.get("data"):
            said = show_frame(WORDS["here"], str(address), "span")
            draft.warn(said.warnings[0])
            frame.replace_with(BeautifulSoup(said.html, "html.parser"))
    for link in soup.find_all("a", href=True):
        if leads_nowhere(str(link["href"]), draft):
            link.unwrap()
    for tag in soup.find_all(style=LOCAL):
        tag["style"] = _embed_grounds(str(tag["style"]), draft)
    for style in soup.find_all("style"):
        if ".dataframe" in style.get_text():
            style.decompose()
    for table in soup.find_all("table"):
        if not table.find_parent(["table", "pre"]):
            _mend_table(table, soup, draft)
    return _confine(soup, draft, in_prose)


def _confine(soup: BeautifulSoup, draft: Draft, in_prose: bool) -> str:
    """Write the HTML, in a box of its own where it needs one."""
    styles = soup.find_all("style")
    for placed in soup.find_all(style=FIXED):
        placed["style"] = FIXED.sub(r"\1static", str(placed["style"]))
    if styles and not soup.find(lambda tag: tag.name != "style") and not soup.get_text(strip=True):
        draft.warn("a <style> alone is left out: styles reach only the output that they are in")
        return ""
    name = draft.count_box()
    for style in styles:
        style.string = _scope(_embed_grounds(style.get_text(), draft), name)
    html: str = soup.decode(formatter="minimal").strip()
    stays = not styles and not soup.find(style=PLACED) and not soup.find(align=["left", "right"])
    if not html or (in_prose and stays):
        return html
    key = "" if in_prose or soup.find(class_="scroll") else ' tabindex="0"'  # to scroll it by keys
    return f'<div class="output" id="{name}"{key}>{html}</div>'


def _scope(css: str, name: str) -> str:
    """Rules that reach only what is in the element of that id, however they are written."""
    parts = tinycss2.parse_component_value_list(FIXED.sub(r"\1static", css))
    closed = [part for part in parts if part.type != "error"]  # as a brace that closes nothing
    rules = tinycss2.serialize(closed).replace("</", r"<\/")
    return f"@scope (#{name}) {{{rules}}}"


def _mend_picture(
    picture: Any, soup: BeautifulSoup, draft: Draft, attachments: Attachments
) -> None:
    alt = picture.get("alt", "")
    source = picture.get("src") or next(iter(picture.get("srcset", "").split()), None)
    try:
        if source is not None:  # else a script gives it one, as of an animation
            picture["src"] = embed(source, draft, attachments)
    except NotShownError as why:
        picture.replace_with(BeautifulSoup(leave_out(why, alt, draft), "html.parser"))
        return
    del picture["srcset"]
    if "alt" not in picture.attrs:
        picture["alt"] = ask_for_alt("", draft)


def _mend_film(film: Any, draft: Draft) -> None:
    """Take a film or sound into the page, from its own address or the first of several."""
    sources = [film, *film.find_all("source")]
    source = next((tag["src"] for tag in sources if tag.get("src")), None)
    if source is None:
        return
    try:
        film["src"] = embed_film(source, draft, WORDS[film.name])
    except NotShownError as why:
        film.replace_with(BeautifulSoup(leave_out(why, "", draft), "html.parser"))
        return
    for tag in sources[1:]:
        tag.decompose()
    film["controls"] = ""
    if poster := film.attrs.pop("poster", None):
        try:
            film["poster"] = embed(poster, draft, {})
        except NotShownError as why:
            draft.warn(why.sentence)


def _embed_grounds(css: str, draft: Draft) -> str:
    """Embed the local pictures in rules of style; one that cannot be is told the run."""

    def take(found: re.Match[str]) -> str:
        try:
            return f'url("{embed(found[1], draft, {})}")'
        except NotShownError as why:
            draft.warn(why.sentence)
            return "none"

    return LOCAL.sub(take, css)


def _mend_table(table: Any, soup: BeautifulSoup, draft: Draft) -> None:
    del table["border"]
    for row in table.find_all("tr"):
        if "right" in row.get("style", ""):  # as pandas sets its heads
            del row["style"]
    for head in table.find_all("th"):
        _say_what_it_heads(head)
    _set_figures_right(table)
    if table.find_parent(class_="scroll"):
        return
    label = table.caption.get_text(" ", strip=True) if table.caption else ""
    box = _box_of(table)
    if box is None:
        box = table.wrap(soup.new_tag("div"))
    named = box.get("class") or []
    scroll = draft.open_scroll(label)
    box.attrs.update(scroll | {"class": [*named, scroll["class"]]})


def _box_of(table: Any) -> Any:
    """The box in which a library lets its table scroll, if it has one."""
    return table.find_parent(style=re.compile("overflow"))


def _say_what_it_heads(head: Any) -> None:
    if not head.get_text(strip=True) and not head.find(True):
        head.name = "td"
    elif "scope" not in head.attrs:
        is_row = not head.find_parent("thead") and head.parent.find("td", recursive=False)
        spans = _span(head, "rowspan" if is_row else "colspan") > 1
        head["scope"] = ("row" if is_row else "col") + ("group" if spans else "")


def _span(cell: Any, name: str) -> int:
    text = str(cell.get(name, "1"))
    return int(text) if text.isdigit() else 1


def _set_figures_right(table: Any) -> None:
    """Set the columns that hold figures to the right, and let short cells be on one line.

    Columns are counted from the right, because a cell that heads rows may span several.
    """
    rows = [row.find_all(["td", "th"], recursive=False)[::-1] for row in table.find_all("tr")]
    body = [row for row in rows if row and row[0].find_parent("thead") is None]
    columns: dict[int, list[str]] = {}
    for place, cell in _places(body):
        text = cell.get_text(strip=True)
        if cell.name == "td":
            columns.setdefault(place.start, []).append(text)
        if len(text) <= MOST_ON_ONE_LINE or WITHOUT_LETTERS.fullmatch(text):
            _add_class(cell, "short")
    right = {place for place, texts in columns.items() if _are_figures(texts)}
    for place, cell in _places(rows):
        heads_others = cell.name == "th" and cell.get("scope", "col") != "col"
        if right.issuperset(place) and not heads_others:
            _add_class(cell, "figure")


def _places(rows: list[list[Any]]) -> Iterator[tuple[range, Any]]:
    """Each cell with the columns it stands in, the last of a row in column 0."""
    for row in rows:
        begin = 0
        for cell in row:
            end = begin + _span(cell, "colspan")
            yield range(begin, end), cell
            begin = end


def _are_figures(texts: list[str]) -> bool:
    numbers = [bool(NUMBER.fullmatch(text)) for text in texts]
    return any(numbers) and all(
        number or text in NO_NUMBER for number, text in zip(numbers, texts, strict=True)
    )


def _add_class(cell: Any, name: str) -> None:
    names = cell.get("class") or []
    cell["class"] = names if name in names else [*names, name]
