"""A page in the making: what its parts share, and what is to be said about it."""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from analysis.wording.labels import labels

WORDS = labels("export")


@dataclass
class Draft:
    """A page in the making: one for each page, handed to whatever makes a part of it.

    `folder` is the notebook's, from which its pictures are looked for, `metadata` the notebook's;
    `cell` is the number of the cell under way. `files` are the pictures taken into the page,
    `said` the warnings with their cells, `names` the ids given, `links` those that cells lead to,
    `tables` and `boxes` how many there are, `converter` what formulas are converted by.
    """

    folder: Path
    metadata: dict[str, Any] = field(default_factory=dict)
    cell: int = 0
    files: dict[Path, None] = field(default_factory=dict)
    said: dict[str, dict[int, None]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    links: dict[str, dict[int, None]] = field(default_factory=dict)
    tables: int = 0
    boxes: int = 0
    converter: Any = None

    def warn(self, sentence: str) -> None:
        """Note for the summary of the run what is not as meant, in English; once for each cell."""
        self.said.setdefault(sentence, {})[self.cell] = None

    def list_warnings(self) -> tuple[str, ...]:
        """What was noted, each sentence once, after the cells it is about."""
        return tuple(
            f"cell{'s' * (len(cells) > 1)} {', '.join(map(str, cells))}: {sentence}"
            for sentence, cells in self.said.items()
        )

    def leave_out(self, reason: str, sentence: str, tag: str = "p") -> str:
        """Say in the page why something is not there (Japanese), and note it (English)."""
        self.warn(sentence)
        return f'<{tag} class="absent">{escape(reason)}</{tag}>'

    def take_id(self, name: str) -> str:
        """The attribute that lets links lead here; nothing where another part bears the name."""
        if not name or name in self.names:
            return ""
        self.names.add(name)
        return f' id="{escape(name)}"'

    def count_box(self) -> str:
        """An id for the box of another output."""
        self.boxes += 1
        return f"output-{self.boxes}"

    def open_scroll(self, label: str) -> dict[str, str]:
        """The attributes of a box in which a wide table scrolls, also by the keyboard."""
        self.tables += 1
        label = label or WORDS["table"].format(number=self.tables)
        return {"class": "scroll fitted", "role": "region", "tabindex": "0", "aria-label": label}
