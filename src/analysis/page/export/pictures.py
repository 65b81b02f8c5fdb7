"""Pictures inside the page: files, attachments and outputs become data URIs, which load nothing."""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from html import escape
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from analysis.page.export.draft import Draft
from analysis.wording.labels import labels

WORDS = labels("export")
SIGNS = labels("signs")
ELSEWHERE = re.compile(r"(?i)(https?:|ftp:)?//")
SVG = "image/svg+xml"
NAMESPACE = '<svg xmlns="http://www.w3.org/2000/svg"'
WITHOUT_NAMESPACE = re.compile(r"<svg(?![^>]*\sxmlns=)")
BEGINNINGS = {  # by which a browser tells pictures
    "image/png": re.compile(rb"\x89PNG"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "image/avif": re.compile(rb"....ftypavif", re.DOTALL),
    "image/bmp": re.compile(rb"BM"),
    SVG: re.compile(rb"(\xef\xbb\xbf)?\s*<(.*<)?svg\b", re.DOTALL),
}
Attachments = Mapping[str, Mapping[str, str]]
LARGEST_FILM = 10_000_000  # bytes, of sound too
LONGEST_BEGINNING = 3_000  # bytes; an SVG may begin with comments


class NotShownError(Exception):
    """Why a picture is not in the page: as the page says it, and as the run says it."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason, self.sentence = reason, sentence


def embed(source: str, draft: Draft, attachments: Attachments) -> str:
    """The data URI of a picture that a cell names: a file, an attachment, or a data URI itself.

    A file is looked for from the notebook's folder and noted as one the page was made from.

    Raises
    ------
    NotShownError
        When it is not there, is no picture, or is elsewhere on the network, which a page never
        asks.
    """
    if source.lower().startswith("data:"):
        return source
    if source.startswith("attachment:"):
        name = source.removeprefix("attachment:")
        found = attachments.get(name) or attachments.get(unquote(name))
        if not found:
            raise _missing(unquote(name))
        return make_uri(found[max(found, key=lambda kind: kind == SVG)], name)
    if ELSEWHERE.match(source):
        raise NotShownError(
            _say_outside(source, WORDS["picture"]),
            f"the picture {source} is not in the page, which never asks the network. "
            "Save it beside the notebook.",
        )
    return _embed_file(source, draft)


def embed_film(source: str, draft: Draft, what: str) -> str:
    """The data URI of a film or sound in a file, as `embed` has it of a picture.

    Raises
    ------
    NotShownError
        When it is not there, is none, is very large, or is elsewhere on the network.
    """
    if source.lower().startswith("data:"):
        return source
    name = re.split(r"[/\\]", unquote(source))[-1]
    if ELSEWHERE.match(source):
        raise NotShownError(
            _say_outside(source, what),
            f"{source} is not in the page, which never asks the network",
        )
    path = _find_file(source, draft.folder)
    kind = guess_type(name)[0] or ""
    if path is None or not kind.startswith(("video/", "audio/")):
        reason = WORDS["missing"].format(what=what, name=name)
        raise NotShownError(reason, f"{name} is not there, or no film")
    if path.stat().st_size > LARGEST_FILM:
        raise NotShownError(
            WORDS["too_large"].format(what=what, name=name),
            f"{name} is not in the page: it has more than {LARGEST_FILM // 1_000_000} MB",
        )
    draft.files[path] = None
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"


def _embed_file(source: str, draft: Draft) -> str:
    path = _find_file(source, draft.folder)
    if path is None:
        raise _missing(re.split(r"[/\\]", unquote(source))[-1])
    try:
        data = path.read_bytes()
    except OSError:
        raise _missing(path.name) from None
    kind = _find_kind(data, path.name)
    draft.files[path] = None
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _find_file(source: str, folder: Path) -> Path | None:
    if source.startswith("file:"):
        source = url2pathname(urlsplit(source).path)
    names = (source, unquote(source), unquote(re.split("[?#]", source)[0]))
    return next((folder / name for name in names if name and _is_file(folder / name)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # as of a name that is too long
        return False


def _missing(name: str) -> NotShownError:
    reason = WORDS["missing"].format(what=WORDS["picture"], name=name)
    return NotShownError(reason, f"the picture {name} is not there")


def _say_outside(source: str, what: str) -> str:
    host = urlsplit(source).hostname
    return WORDS["outside"].format(host=host, what=what, source=source)


def leave_out(why: NotShownError, alt: str, draft: Draft) -> str:
    """Say in the place of a picture why it is not there, and what it would have shown."""
    reason = SIGNS["noted"].format(what=why.reason, note=alt) if alt else why.reason
    return draft.leave_out(reason, why.sentence, "span")


def make_uri(data: str, name: str) -> str:
    """The data URI of a picture as a notebook holds it: base64, of SVG the text as well.

    Raises
    ------
    NotShownError
        When it is no picture; it is called by its name then.
    """
    if "<" in data:
        data = b64encode(WITHOUT_NAMESPACE.sub(NAMESPACE, data, count=1).encode()).decode()
    data = "".join(data.split())
    try:
        beginning = b64decode(data[: LONGEST_BEGINNING // 3 * 4])
    except ValueError:
        beginning = b""
    return f"data:{_find_kind(beginning, name)};base64,{data}"


def _find_kind(data: bytes, name: str) -> str:
    beginning = data[:LONGEST_BEGINNING]
    for kind, pattern in BEGINNINGS.items():
        if pattern.match(beginning):
            return kind
    raise NotShownError(
        WORDS["no_picture"].format(name=name), f"{name} cannot be read as a picture"
    )


def show_picture(uri: str, alt: str, draft: Draft, **sizes: object) -> str:
    """An `img`; without alternative text it says so, and the run asks for one."""
    numbers = {name: size for name, size in sizes.items() if isinstance(size, int | float)}
    attributes = "".join(f' {name}="{size:.0f}"' for name, size in numbers.items())
    return f'<img src="{uri}" alt="{escape(ask_for_alt(alt, draft))}"{attributes}>'


def ask_for_alt(alt: str, draft: Draft) -> str:
    """The alternative text, or what stands for one that is missing."""
    if not alt:
        draft.warn(
            "a picture has no alternative text, for readers who cannot see it. Give it one: "
            "![text](file), Image(…, alt=…), show_figure(…, alt=…) or "
            'display(figure, metadata={"image/png": {"alt": …}}).'
        )
    return alt or WORDS["no_alt"]
