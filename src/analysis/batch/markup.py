"""HTML that a library or an author wrote: closed, pictures inside it, tables as the page's."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from bs4 import BeautifulSoup

from analysis.batch.draft import Draft
from analysis.batch.pictures import NotShownError, ask_for_alt, embed, leave_out

OF_A_WHOLE_PAGE = ("html", "head", "body", "plaintext")
NUMBER = re.compile(r"[-+−▲△]?[¥￥$]?(?:0|[1-9][\d,]*)(?:\.\d*)?(?:[eE][-+]?\d+)?\s?[%％]?")
NO_NUMBER = {"", "NaN", "<NA>", "None", "NaT", "null", "inf", "-inf", "...", "…", "—"}
MOST_ON_ONE_LINE = 6
FIXED = re.compile(r"(position\s*:\s*)fixed", re.IGNORECASE)  # to the window
PLACED = re.compile("float|position", re.IGNORECASE)


def mend(html: str, draft: Draft, in_prose: bool = False) -> str:
    """Close what is open in a piece of HTML, embed its pictures, and show its tables in a box.

    Tables get the page's style: cells that head rows or columns say so, and figures are set to
    the right. A library's own style of a table is kept, but for that of data frames.

    The whole stands in a box beyond which neither its styles nor what it places reach; prose
    does so only where it has either.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(OF_A_WHOLE_PAGE):
        tag.unwrap()
    for picture in soup.find_all("img"):
        _mend_picture(picture, soup, draft)
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
        style.string = _scope(style.get_text(), name)
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


def _mend_picture(picture: Any, soup: BeautifulSoup, draft: Draft) -> None:
    alt = picture.get("alt", "")
    try:
        if "src" in picture.attrs:  # else a script gives it one, as of an animation
            picture["src"] = embed(picture["src"], draft, {})
    except NotShownError as why:
        picture.replace_with(BeautifulSoup(leave_out(why, alt, draft), "html.parser"))
        return
    del picture["srcset"]
    if "alt" not in picture.attrs:
        picture["alt"] = ask_for_alt("", draft)


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
        if len(text) <= MOST_ON_ONE_LINE:
            _add_class(cell, "short")
    right = {place for place, texts in columns.items() if _are_figures(texts)}
    for place, cell in _places(rows):
        is_row_head = cell.name == "th" and cell.get("scope", "").startswith("row")
        if right.issuperset(place) and not is_row_head:
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
    cell["class"] = [*(cell.get("class") or []), name]
