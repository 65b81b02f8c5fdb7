"""What a report cannot say, and what it does without."""

from collections.abc import Iterable

from analysis.wording.labels import labels, say
from analysis.wording.phrases import quote_all

LIMITS = ("effect", "targets", "sources", "comparison", "documents")  # what figures are about
QUOTES = labels("quotes")
INNER_QUOTES = str.maketrans(QUOTES["outer"], QUOTES["inner"])


def describe_left_out(titles: Iterable[str]) -> str:
    """Say which sections a report does without; nothing where it has all."""
    named = quote_all(title.translate(INNER_QUOTES) for title in titles)
    return say("left_out.sections", sections=named) if named else ""


def describe_limits(topic: str) -> list[str]:
    """Say what figures of a topic cannot say: a sentence or more for each limit."""
    return list(labels(f"limits.{topic}").values())
