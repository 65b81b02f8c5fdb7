"""Pictures inside the page: files, attachments and outputs become data URIs, which load nothing."""

import mimetypes
import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from analysis.batch.draft import Draft

NO_ALT = "説明（代替テキスト）のない図"
ELSEWHERE = re.compile(r"(?i)(https?:|ftp:)?//")
WITHOUT_NAMESPACE = re.compile(r"<svg(?![^>]*\sxmlns=)")
NAMESPACE = '<svg xmlns="http://www.w3.org/2000/svg"'


class NotShownError(Exception):
    """Why a picture is not in the page: as the page says it, and as the run says it."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason, self.sentence = reason, sentence


def embed(source: str, draft: Draft, attachments: Mapping[str, Mapping[str, str]]) -> str:
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
        kind = max(found, key=lambda kind: kind == "image/svg+xml")
        return make_uri(kind, found[kind])
    if ELSEWHERE.match(source):
        raise NotShownError(
            f"外部（{urlsplit(source).hostname}）にある画像は載せていません：{source}",
            f"the picture {source} is not in the page, which never asks the network. "
            "Save it beside the notebook.",
        )
    return _embed_file(source, draft)


def _embed_file(source: str, draft: Draft) -> str:
    path = _find_file(source, draft.folder)
    if path is None:
        raise _missing(Path(unquote(source)).name)
    kind = mimetypes.guess_type(path.name)[0] or ""
    if not kind.startswith("image/"):
        raise NotShownError(
            f"画像ではないため載せていません：{path.name}", f"{path.name} is not a picture"
        )
    try:
        data = path.read_bytes()
    except OSError:
        raise _missing(path.name) from None
    draft.files[path] = None
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _find_file(source: str, folder: Path) -> Path | None:
    if source.startswith("file:"):
        source = url2pathname(urlsplit(source).path)
    names = (source, unquote(source), unquote(re.split("[?#]", source)[0]))
    return next((folder / name for name in names if name and (folder / name).is_file()), None)


def _missing(name: str) -> NotShownError:
    return NotShownError(f"画像が見つかりません：{name}", f"the picture {name} is not there")


def leave_out(why: NotShownError, alt: str, draft: Draft) -> str:
    """Say in the place of a picture why it is not there, and what it would have shown."""
    reason = f"{why.reason}（{alt}）" if alt else why.reason
    return draft.leave_out(reason, why.sentence, "span")


def make_uri(kind: str, data: str) -> str:
    """The data URI of a picture of a notebook: base64, of SVG also its text."""
    if kind == "image/svg+xml" and "<" in data:
        data = b64encode(WITHOUT_NAMESPACE.sub(NAMESPACE, data, count=1).encode()).decode()
    return f"data:{kind};base64,{''.join(data.split())}"


def show_picture(uri: str, alt: str, draft: Draft, **sizes: float | None) -> str:
    """An `img`; without alternative text it says so, and the run asks for one."""
    attributes = "".join(f' {name}="{int(size)}"' for name, size in sizes.items() if size)
    return f'<img src="{uri}" alt="{escape(ask_for_alt(alt, draft))}"{attributes}>'


def ask_for_alt(alt: str, draft: Draft) -> str:
    """The alternative text, or what stands for one that is missing."""
    if not alt:
        draft.warn(
            "a picture has no alternative text, for readers who cannot see it. Give it one: "
            "![text](file), Image(…, alt=…), save_figure(…, alt=…) or "
            'display(figure, metadata={"image/png": {"alt": …}}).'
        )
    return alt or NO_ALT
