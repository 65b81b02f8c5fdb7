"""What may run and load in a finished page: nothing but what it holds itself."""

import base64
import hashlib
import re
from html import unescape

OPEN = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
POLICY = (
    "default-src 'none'; img-src data:; media-src data:; font-src data:; "
    "style-src 'unsafe-inline'; script-src {scripts}; form-action 'none'; base-uri 'none'"
)
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
# what the policy does not stop: a refresh, a preconnect; a form connects before it is stopped
LEAVING_TAG = r"<(?:meta|link{more})(?=[\s/>])[^>]*>?"
LEAVING = re.compile(LEAVING_TAG.format(more="|form"), re.IGNORECASE)
LEAVING_OUTSIDE_SCRIPTS = re.compile(
    f"{SCRIPT.pattern}|{LEAVING_TAG.format(more='')}", re.IGNORECASE | re.DOTALL
)
HANDLER = r"""\son[a-z]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
HANDLERS = re.compile(HANDLER, re.IGNORECASE)
HANDLER_IN_TAG = re.compile(f"<[a-z][^<>]*{HANDLER}", re.IGNORECASE)
ATTRIBUTE = re.compile(  # a tag up to within the value of an attribute
    r"""<([\w-]+)(?:[^>"']|"[^"]*"|'[^']*')*?([\w:-]+)\s*=\s*(?:"[^"]*|'[^']*|[^\s"'>]*)$"""
)
SCHEME = re.compile(r"[a-z]+:$", re.IGNORECASE)
IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?$", re.IGNORECASE)
ADDRESS = re.compile(r"//[^\s\"'<>)]+")  # without what it begins with, that search be quick
BESIDE = re.compile(  # a film or sound in a file beside the notebook
    r"<(?:video|audio|source)\b[^>]*\ssrc\s*=\s*[\"']?(?!data:|https?:|//)([^\s\"'>]+)",
    re.IGNORECASE,
)
ASKING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping"}
LINKING = {"link", "use", "image", "feimage", "base"}  # whose href is a request, not a link
MOST = 3  # addresses that are named


def lock_page(html: str, scripts: bool = False) -> tuple[str, tuple[str, ...]]:
    """Write into a finished page what a browser may run and load, and say what this stops.

    Parameters
    ----------
    html
        A page whose head holds `OPEN`.
    scripts
        Whether the inline scripts and event handlers in it run too, each by its hash.

    Returns
    -------
    The page, and sentences for the summary of the run: what the page would have asked of
    another place, which scripts do not run.

    Raises
    ------
    ValueError
        If the page does not hold `OPEN`.
    """
    head, found, body = html.partition(OPEN)
    if not found:
        raise ValueError(f"the page does not hold {OPEN}")
    lean = _drop_pictures(body)
    warnings = [f"the page would have asked {said}" for said in _say_requests(lean)]
    if any("refresh" in unescape(tag).lower() for tag in LEAVING.findall(lean)):
        warnings.append("the page would have left for another one: a meta refresh was removed")
    body = _remove_leaving(body, scripts)
    running: list[str] = []
    handlers: list[str] = []
    if scripts:
        running = SCRIPT.findall(body)
        handlers = ["".join(found) for found in HANDLERS.findall(SCRIPT.sub("", body))]
    elif "<script" in lean or HANDLER_IN_TAG.search(lean):
        warnings.append(
            "scripts in an output or in prose do not run: if they may, write "
            '"sosei": {"scripts": true} into the notebook\'s metadata'
        )
    allowed = [hash_script(script) for script in running]
    allowed += ["'unsafe-hashes'"] if handlers else []  # which lets the hashes of handlers count
    allowed += [hash_script(unescape(handler)) for handler in handlers]
    policy = POLICY.format(scripts=" ".join(dict.fromkeys(allowed)) or "'none'")
    return head + OPEN.replace("default-src 'none'", policy) + body, tuple(warnings)


def _remove_leaving(page: str, scripts: bool) -> str:
    """Remove what leaves the page without a script; but not from within scripts that run.

    A blank stands in its place, lest what is on both sides of it become such a tag.
    """
    if scripts:
        return LEAVING_OUTSIDE_SCRIPTS.sub(
            lambda found: found[0] if found[0][:7].lower() == "<script" else " ", page
        )
    return LEAVING.sub(" ", page)


def _drop_pictures(page: str) -> str:
    """A page without what its pictures are made of: little is left, and soon searched."""
    first, *others = page.split(";base64,")
    return first + "".join(other[other.find('"') :] for other in others)


def _say_requests(page: str) -> list[str]:
    """The addresses that a page would ask for by itself, the first few by name."""
    page = SCRIPT.sub(lambda found: found[0][: found.start(1) - found.start()], page)
    beside = BESIDE.findall(page) if "<video" in page or "<audio" in page else []
    addresses = (_read_request(page, found) for found in ADDRESS.finditer(page))
    asked = dict.fromkeys([*beside, *(address for address in addresses if address)])
    more = len(asked) - MOST
    return [*list(asked)[:MOST], *([f"{more} more addresses"] if more > 0 else [])]


def _read_request(page: str, found: re.Match[str]) -> str:
    """An address where a browser asks for it; "" for one that a reader may follow, or reads."""
    start = page.rfind("<", 0, found.start())
    before = page[start : found.start()]
    scheme = SCHEME.search(before)
    address = (scheme[0] if scheme else "") + found[0]
    if IN_STYLE.search(before[-40:]):
        return address
    place = ATTRIBUTE.match(before)
    if place is None:
        return ""
    tag, name = place[1].lower(), place[2].lower().rpartition(":")[2]
    return address if name in ASKING or (name == "href" and tag in LINKING) else ""


def hash_script(script: str) -> str:
    """The hash of a script as a policy names it; a browser reads line ends as newlines."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
