"""Links that lead nowhere from a page, which has no files beside it: their text stays."""

import re
from html import unescape
from urllib.parse import unquote

from analysis.page.export.draft import Draft

NO_FILE = re.compile(r"(?!file:|attachment:)[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
NAMES = re.compile(r'\s(?:id|name)="([^"]*)"')
LINKS = re.compile(r'<a\b[^>]*?\shref="#([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
TOP = {"", "top"}  # where browsers go without being told


def leads_nowhere(address: str, draft: Draft) -> bool:
    """Whether a link is to a file, of which the run is told; those to headings are noted."""
    address = address.strip()
    if address.startswith("#"):
        draft.links.setdefault(unquote(address[1:]), {})[draft.cell] = None
    if not address or NO_FILE.match(address):
        return False
    draft.warn(f"the link to {address} is left out: a page has no files beside it")
    return True


def drop_lost_links(pieces: list[str], draft: Draft) -> list[str]:
    """Leave only the text of links to headings that are not in the page, and tell the run."""
    names = {unescape(name) for piece in pieces for name in NAMES.findall(piece)} | TOP
    lost = draft.links.keys() - names
    for name in sorted(lost):
        for cell in draft.links[name]:
            draft.cell = cell
            draft.warn(f"the link to #{name} is left out: the page has no such heading")

    def keep(found: re.Match[str]) -> str:
        return found[2] if unquote(unescape(found[1])) in lost else found[0]

    return [LINKS.sub(keep, piece) for piece in pieces] if lost else pieces
