"""How well what was read agrees with what a careful reader takes from the same file."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

UNTABLED = {"published_execution_rate", "final_target_bound"}
IN_BRACKETS = re.compile(r"[（(【\[「『〔<〈].*?[）)】\]」』〕>〉]")
MARKS = re.compile(r"[\s・･,、。\-‐－ー_/／]")
LEAST_RIGHT, MOST_EXTRA, MOST_DOUBTS = 0.98, 0.02, 0.15
NEAR = 1e-6

Row = Mapping[str, str]


@dataclass(frozen=True)
class Score:
    """What is right, and a line for each figure that is not."""

    total: int
    right: int
    doubts: int
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def passes(self) -> bool:
        """Nearly all right, nothing wrong without a doubt, next to nothing more than there is."""
        return (
            self.right >= LEAST_RIGHT * self.total
            and not self.silent
            and len(self.extra) <= MOST_EXTRA * self.total
            and self.doubts <= MOST_DOUBTS * self.total
        )

    def __str__(self) -> str:
        counts = f"{self.right} of {self.total} right, {len(self.missing)} missing"
        counts += f", {len(self.wrong)} wrong ({len(self.silent)} without a doubt)"
        counts += f", {len(self.extra)} extra, {self.doubts} doubts"
        return "\n".join([counts, *self.wrong, *self.missing, *self.extra])


def read_names(text: str) -> set[str]:
    """A name without width, blanks and marks: as printed, and without what stands in brackets."""
    wide = unicodedata.normalize("NFKC", text)
    found = {
        MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()
        for name in (wide, IN_BRACKETS.sub("", wide))
    }
    return found - {""} or {""}


def are_same(left: str, right: str) -> bool:
    """Whether two cells hold one number, or one name."""
    try:
        a, b = float(left), float(right)
    except ValueError:
        return bool(read_names(left) & read_names(right))
    return abs(a - b) <= NEAR * max(1.0, abs(a), abs(b))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, empty cells as empty text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]


def read_field(row: Row) -> str:
    """The field, of an amount without its item."""
    return ":".join(row["field"].split(":")[:2])


def say(row: Row) -> str:
    """Where a figure stands and whose it is."""
    whose = f"{row['kpi'] or row['program']} {row['fiscal_year']}".rstrip()
    return f"{row.get('place', '')}: {row['table']} {row['field']} of {whose}: {row['value']!r}"


def score(ingest_csv: Path, truth_csv: Path) -> Score:
    """Compare ingest.csv with the truth, figure by figure."""
    wanted = [row for row in read_rows(truth_csv) if row["field"] not in UNTABLED]
    read = [r for r in read_rows(ingest_csv) if r.get("outcome", "read") in ("read", "doubt")]
    return compare(wanted, read)


def compare(wanted: Iterable[Row], read: list[dict[str, str]]) -> Score:
    """Find for each figure of the truth the one that was read for it."""
    wanted = list(wanted)
    places = defaultdict(list)
    for row in read:
        places[row["table"], row["fiscal_year"], read_field(row)].append(row)
    used: set[int] = set()
    missing, pairs = [], []
    for want in wanted:
        there = places[want["table"], want["fiscal_year"], read_field(want)]
        own = list_candidates(want, [row for row in there if id(row) not in used])
        hit = next((row for row in own if are_same(row["value"], want["value"])), None)
        taken = hit or (own[0] if own and (want["kpi"] or len(own) == 1) else None)
        if taken is None:
            missing.append(want)
            continue
        used.add(id(taken))
        if hit is None:
            pairs.append((want, taken))
    covered = {(row["table"], read_field(row)) for row in wanted}
    extra = [row for row in read if id(row) not in used and is_figure(row, covered)]
    wrong = [f"wrong    {say(have)}, should be {want['value']!r}" for want, have in pairs]
    sure = [have.get("outcome", "read") == "read" for _, have in pairs]
    return Score(
        total=len(wanted),
        right=len(wanted) - len(missing) - len(pairs),
        doubts=sum(row.get("outcome") == "doubt" and bool(row["fiscal_year"]) for row in read),
        missing=[f"missing  {say(row)}" for row in missing],
        wrong=wrong,
        silent=[line for line, is_sure in zip(wrong, sure, strict=True) if is_sure],
        extra=[f"extra    {say(row)}" for row in extra],
    )


def list_candidates(want: Row, there: list[dict[str, str]]) -> list[dict[str, str]]:
    """Of what was read for a field and a year, what may be meant: of the program if it has any."""
    if want["kpi"]:
        there = [row for row in there if read_names(want["kpi"]) & read_names(row["kpi"])]
    own = [row for row in there if read_names(want["program"]) & read_names(row["program"])]
    return own or there


def is_figure(row: Row, covered: set[tuple[str, str]]) -> bool:
    """Whether a row is a figure of a kind that the truth holds."""
    return (row["table"], read_field(row)) in covered and re.search(r"\d", row["value"]) is not None
