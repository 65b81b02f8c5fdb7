"""How an output that needs more than a page has stands in it: HTML, or a sentence that says why."""

import base64
from dataclasses import dataclass
from html import escape

from analysis.wording.labels import labels

WORDS = labels("export")


@dataclass(frozen=True)
class Shown:
    """HTML for the place of an output, and what of it is not as its author meant it.

    `foreign` is HTML that the notebook made, which a page mends as any other of it; what is not
    stands in the page as it is.
    """

    html: str
    warnings: tuple[str, ...] = ()
    foreign: bool = False


def show_reason(reason: str, warning: str) -> Shown:
    """A sentence for readers in the place of an output, and one for the run's summary."""
    return Shown(f'<p class="absent">{escape(reason)}</p>', (warning,))


def show_picture(svg: str | bytes, alt: str, of: str) -> Shown:
    """An SVG as an image, so that nothing in it can run; without `alt` a warning asks for one."""
    content = base64.b64encode(svg.encode() if isinstance(svg, str) else svg).decode()
    name = escape(alt or WORDS["figure"])
    image = f'<img src="data:image/svg+xml;base64,{content}" alt="{name}">'
    asked = () if alt else (f"{of} has no title to be read aloud in its place: give it one",)
    return Shown(f"<figure>{image}</figure>", asked)


def show_frame(what: str, address: str, tag: str = "p") -> Shown:
    """Say that a page within the page is left out, with the link to it."""
    shown = escape(address[:200])
    link = f'<a href="{shown}">{shown}</a>' if address.startswith("http") else shown
    reason = WORDS["framed"].format(what=what, link=link)
    warning = f"a frame is left out: it would have asked {address[:200]}"
    return Shown(f'<{tag} class="absent">{reason}</{tag}>', (warning,))
