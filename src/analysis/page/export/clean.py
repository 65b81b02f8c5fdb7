"""Text from a notebook without what only a terminal or this machine knows."""

import re
from pathlib import Path

from analysis.environment import WORK

LONGEST_TEXT = 2_000
ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # of colours, of the cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # links, titles
    r"|\x1b[ -/]*[0-~]?"
)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
IN_A_PATH = r"[^\s'\"<>|:;,()\[\]]*"
PATHS = (  # what of the machine's own stands in a path, and what is said instead
    (re.compile(rf"~?/{IN_A_PATH}/(?:site|dist)-packages/"), ""),
    (re.compile(rf"~?/{IN_A_PATH}/lib/python3\.\d+/"), ""),
    (re.compile(rf"~?/{IN_A_PATH}/bin/(python)[\d.]*(?![\w.])"), r"\1"),
    (re.compile(rf"/{IN_A_PATH}/{re.escape(WORK)}/[0-9a-f]{{8}}/{IN_A_PATH}?/?[0-9a-f]{{8}}/"), ""),
    (re.compile(rf"/{IN_A_PATH}/sosei-\w{{8}}/"), ""),  # the folder of a run
)


def clean_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text from a notebook as it may be shown anywhere, cut to the longest that is wanted.

    Without escape and control characters, but for tabs and ends of lines, and without what only
    this machine has in its paths (`clean_paths`).
    """
    text = clean_paths(CONTROLS.sub("", ESCAPES.sub("", text.replace("\r\n", "\n"))))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def clean_paths(text: str) -> str:
    """Text without what only this machine has in its paths.

    That is the project's folder, one's home, and where Python and its packages stand.
    """
    for pattern, instead in PATHS:
        text = pattern.sub(instead, text)
    project, home = str(Path.cwd()), str(Path.home())
    for folder, inside, itself in ((project, "", "."), (home, "~/", "~")):
        if len(folder) > 1:
            text = text.replace(f"{folder}/", inside)
            text = re.sub(rf"{re.escape(folder)}(?![\w.-])", itself, text)
    return text
