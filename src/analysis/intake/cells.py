"""One cell under known headers -> facts: a figure, a judgement, a year or a span of years."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from analysis.dataset.values import tidy
from analysis.dataset.vocabulary import YEN
from analysis.intake.columns import HAS_FIGURE, Meaning
from analysis.intake.context import Context
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.grid import Cell
from analysis.intake.labels import SPAN, YEAR, Label, take_years
from analysis.intake.names import MONTH_END
from analysis.intake.rows import join_lines
from analysis.intake.values import Figure, as_ratio, as_yen, is_dash, read_figure
from analysis.intake.vocabulary import MARKS, PART_OF_YEAR, SIGNS, compact, find_direction

WORDS = ("progress", "effectiveness", "efficiency", "grade", "policy", "axis")
YEARS = ("final_year", "baseline_year", "actual_year", "start_year", "end_year")
NAMED = re.compile(r"^(?P<word>[^\s0-9０-９]+)[ \u3000]+(?P<value>\S+)$")
LIKE = 60  # of 100
PART = SIGNS["part"]
CHOSEN, OPEN = ("".join(SIGNS[name]) for name in ("chosen", "not_chosen"))
OPEN_SPAN = re.compile(rf"({YEAR.pattern})[〜~](?![0-9])")
UNSET = "amount_status:settled"
SERIES = 2  # so many years of targets before it make one more a target of its own year
MONTHS_A_YEAR, LAST_MONTH = 12, 3
SURELY_YEN = 1_000_000  # a smaller amount without a unit may well be in thousands
LATIN = re.compile(r"[#!-~\s]*")  # TRUE, #REF!
COMMENTED = re.compile("^(?!~~).*[0-9０-９]", re.DOTALL)  # a comment that may correct the figure
BARE_RATIO = 3  # a rate printed without a sign and no greater may be a ratio


def read_named(text: str, kpi: str) -> str:
    """The figure behind a word of the KPI's own name in its cell: 相談 320件 of 創業相談件数."""
    found = NAMED.match(text.strip())
    if found and kpi and fuzz.partial_ratio(found["word"], kpi) >= LIKE:
        return found["value"]
    return ""


def make_fact(cell: Cell, **said: object) -> Fact:
    """A fact of a cell."""
    place = {"place": cell.place, "printed": cell.shown or cell.text, "column": cell.column}
    return Fact(**(place | said))  # type: ignore[arg-type]


@dataclass
class Subject:
    """Of what a row is: names as printed, the units and years its figures share."""

    government: str = ""
    program: str = ""
    key: str = ""
    kpi: str = ""
    kpi_key: str = ""
    unit: str = ""
    year: int | None = None
    kpi_kind: str = ""
    has_names: bool = False  # whether its table has a column of KPIs
    program_cell: Cell | None = None
    kpi_cell: Cell | None = None
    unit_cell: Cell | None = None

    def says(self, fact: Fact, *, of_kpi: bool) -> Fact:
        """A fact of this subject."""
        kpi, kpi_key = (self.kpi, self.kpi_key) if of_kpi else ("", "")
        return replace(
            fact,
            government=self.government,
            program=self.program,
            key=self.key,
            kpi=kpi,
            kpi_key=kpi_key,
        )


def read_known(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    """Read a cell whose header is known."""
    if label.field in WORDS:
        found = _read_word(cell, label, subject, context)
    elif label.field == "period":
        found = _read_period(cell, context)
    elif label.field in YEARS:
        found = _read_year(cell, label, subject, context)
    elif label.field == "amount" and label.part and label.kind == "source":
        yield make_fact(cell, outcome=LEFT_OUT, note="part")
        return
    elif label.field == "amount":
        found = _read_amount(cell, label, subject, meaning, context)
    elif label.field == "published_execution_rate":
        found = _read_execution(cell, label, subject, context)
    elif label.field == "published_rate":
        found = _read_rate(cell, label, subject, context)
    else:
        found = _read_kpi(cell, label, subject, meaning, context)
    for fact in found:
        if label.unclear and fact.fiscal_year is not None:
            is_known = bool(fact.value) and HAS_FIGURE.search(fact.value)
            fact = replace(fact, fiscal_year=None, outcome=DOUBT if is_known else LEFT_OUT)
            fact = replace(fact, note="no_year")
        rows = subject.kpi_cell.rows if subject.kpi_cell else 1
        of_kpi = fact.table in ("kpis", "ratings", "rating_axes") and cell.rows <= rows
        if fact.table == "kpis" and not subject.kpi:
            outcome = PROBLEM if HAS_FIGURE.search(cell.text) else LEFT_OUT
            yield make_fact(cell, outcome=outcome, note="no_kpi")
            return
        is_part = any(word in compact(label.text) for word in PART_OF_YEAR)
        if (label.is_loose or is_part) and fact.outcome == READ and HAS_FIGURE.search(fact.value):
            fact = replace(fact, outcome=DOUBT, note=f"loose_header: {compact(label.text)}")
        if (
            COMMENTED.search(cell.comment)
            and fact.outcome == READ
            and HAS_FIGURE.search(fact.value)
        ):
            fact = replace(fact, outcome=DOUBT, note=f"commented: {cell.comment}")
        yield subject.says(fact, of_kpi=of_kpi or fact.table == "kpis")


def _read_word(cell: Cell, label: Label, subject: Subject, context: Context) -> Iterator[Fact]:
    """A published judgement in letters or words."""
    text = join_lines(cell.text)
    value = tidy(text)
    if label.field == "progress" and HAS_FIGURE.match(value) and value.endswith("%"):
        yield from _read_rate(cell, label, subject, context)
    elif is_dash(text):
        yield make_fact(cell, outcome=LEFT_OUT, note="no_judgement")
    elif subject.program or subject.kpi:
        table = "rating_axes" if label.field == "axis" else "ratings"
        field = compact(label.text.split(" ")[-1]) if label.field == "axis" else label.field
        fact = make_fact(
            cell,
            table=table,
            field=field,
            value=value,
            fiscal_year=label.year or subject.year,
            rated_by=label.rated_by,
        )
        yield _year_or_doubt(fact)


def _read_period(cell: Cell, context: Context) -> Iterator[Fact]:
    if is_dash(cell.text):
        return
    plain = chosen_of(compact(cell.text))
    if found := OPEN_SPAN.search(plain):
        first = take_years(found[1], context.era)[1]
        if first and not SPAN.search(plain):
            yield make_fact(cell, table="programs", field="start_year", value=str(first[0]))
            return
    rest, years = take_years(plain, context.era)
    if not years:
        yield make_fact(cell, outcome=PROBLEM, note="unreadable_years")
        return
    for field, year in zip(("start_year", "end_year"), years, strict=True):
        if field == "start_year" or years[0] != years[1] or not re.search("[〜~]", rest):
            yield make_fact(cell, table="programs", field=field, value=str(year))


def chosen_of(plain: str) -> str:
    """The chosen of several words (■継続□拡大); the whole text where nothing is to choose."""
    pieces = re.findall(f"[{CHOSEN}]([^{CHOSEN}{OPEN}]+)", plain)
    return pieces[0] if len(pieces) == 1 else plain


def _read_year(cell: Cell, label: Label, subject: Subject, context: Context) -> Iterator[Fact]:
    plain = compact(cell.text)
    table = "programs" if label.field in ("start_year", "end_year") else "kpis"
    if plain in MARKS and label.year:  # a mark in the column of the year
        yield make_fact(cell, table=table, field=label.field, value=str(label.year))
        return
    _, years = take_years(plain, context.era)
    if years and years[0] == years[1]:
        of = subject.year if table == "kpis" else None
        yield make_fact(cell, table=table, field=label.field, value=str(years[0]), fiscal_year=of)
    elif not is_dash(plain):
        said = {"table": table, "field": label.field, "fiscal_year": subject.year}
        yield make_fact(cell, **said, outcome=PROBLEM, note="unreadable_year")


def _amount_kind(label: Label, meaning: Meaning, context: Context) -> str:
    """The kind of an amount whose own header does not say whether it is budget or account."""
    if label.kind not in ("", "whole"):
        return label.kind
    if "settled" in meaning.kinds and label.kind == "whole":
        return "total"
    budget, settled = (word in context.title for word in (SIGNS["budget"], SIGNS["account"]))
    if budget != settled:
        return "total" if budget else "settled"
    return "reported"


def _read_amount(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    kind = _amount_kind(label, meaning, context)
    item = _item_of(label)
    name = f"amount_yen:{kind}" + (f":{item}" if item else "")
    own = None if subject.year is None else subject.year + label.shift
    first, last = label.years or (own, None)
    several = label.years is not None and label.years[0] != label.years[1]
    said: dict[str, object] = {
        "table": "budgets",
        "fiscal_year": figure.year or first,
        "nature": label.nature if kind not in ("source", "national_grant") else "",
        "last_year": last if several else None,
    }
    if figure.problem:
        yield make_fact(cell, **said, field=name, outcome=PROBLEM, note=figure.problem)
        return
    status = label.status or figure.status
    status_name = name.replace("amount_yen", "amount_status", 1)
    if not figure.number:
        yield make_fact(cell, **said, field=status_name, value=status)
        return
    unit = label.unit if YEN in label.unit else context.unit_above(cell.row)
    yen, why = as_yen(figure, unit)
    outcome, note = ("read", "")
    if yen is None and why == "no_unit" and abs(float(figure.number)) >= SURELY_YEN:
        yen, outcome, note = round(float(figure.number)), DOUBT, "taken_as_yen"
    if yen is None:
        yield make_fact(cell, **said, field=name, outcome=PROBLEM, note=why)
        return
    yield _year_or_doubt(
        make_fact(cell, **said, field=name, value=str(yen), outcome=outcome, note=note)
    )
    if status:
        yield make_fact(cell, **said, field=status_name, value=status)


def _item_of(label: Label) -> str:
    if label.kind == "source" or label.part or label.nature in ("personnel", "full"):
        return f"{PART if label.part else ''}{label.word}"
    return ""


def _year_or_doubt(fact: Fact) -> Fact:
    """A figure of no known year is a doubt, and in no table."""
    if fact.fiscal_year is not None:
        return fact
    return replace(fact, outcome=DOUBT, note="no_year")


def _read_execution(cell: Cell, label: Label, subject: Subject, context: Context) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    said: dict[str, object] = {"table": "budgets", "fiscal_year": label.year or subject.year}
    if figure.number:
        bare = not figure.unit and label.unit != "%" and abs(float(figure.number)) <= BARE_RATIO
        value = figure.number if bare and "." in figure.number else as_ratio(figure.number)
        yield _year_or_doubt(make_fact(cell, **said, field="published_execution_rate", value=value))
    elif figure.status == "not_set":
        yield make_fact(cell, **said, field=UNSET, value="not_set", outcome=LEFT_OUT)
    elif figure.problem:
        yield make_fact(cell, outcome=PROBLEM, note=figure.problem)


def _read_rate(cell: Cell, label: Label, subject: Subject, context: Context) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era)
    if not figure.number:
        if figure.problem and not HAS_FIGURE.search(cell.text):  # a judgement in words
            yield from _read_word(cell, replace(label, field="progress"), subject, context)
        elif figure.problem:
            yield make_fact(cell, outcome=PROBLEM, note=figure.problem)
        else:
            yield make_fact(cell, outcome=LEFT_OUT, note="no_rate")
        return
    value = as_ratio(figure.number)
    small = not figure.unit and label.unit != "%" and abs(float(figure.number)) <= BARE_RATIO
    outcome, note = (DOUBT, "percent_or_ratio") if small and "." in figure.number else ("read", "")
    year = label.year or subject.year
    fact = make_fact(cell, table="ratings", field="published_rate", value=value, fiscal_year=year)
    yield _year_or_doubt(replace(fact, outcome=outcome, note=note))


def _read_kpi(
    cell: Cell, label: Label, subject: Subject, meaning: Meaning, context: Context
) -> Iterator[Fact]:
    figure = read_figure(cell.text, context.legend, context.era, first=context.brackets)
    if figure.problem and (named := read_named(cell.text, subject.kpi)):
        figure = read_figure(named, context.legend, context.era)
    if label.unit and not subject.unit and not figure.unit:
        subject.unit = label.unit
    field, year, final = _when(label, figure, subject, meaning)
    said: dict[str, object] = {"table": "kpis", "fiscal_year": year}
    is_increase = compact(cell.text).startswith("+") and figure.number  # or a value
    if is_increase or (figure.upper and field == "actual"):
        note = "increase" if is_increase else "range_of_result"
        yield make_fact(cell, **said, field=field, value=figure.number, outcome=PROBLEM, note=note)
        return
    if figure.problem:
        yield from _read_words(cell, field, said, figure, final)
        return
    if figure.unit and not subject.unit:
        subject.unit = figure.unit
    elif figure.unit and compact(figure.unit) != compact(subject.unit):
        note = f"other_unit: {figure.unit} / {subject.unit}"
        yield make_fact(cell, **said, field=field, value=figure.number, outcome=PROBLEM, note=note)
        return
    if figure.number:
        yield _year_or_doubt(make_fact(cell, **said, field=field, value=figure.number))
        if HAS_FIGURE.search(figure.note):
            yield make_fact(replace(cell, text=figure.note), outcome=LEFT_OUT, note="remark")
        if figure.upper:
            yield make_fact(cell, **said, field=f"{field}_upper", value=figure.upper)
        if figure.bound and field != "actual":
            yield make_fact(cell, **said, field=f"{field}_bound", value=figure.bound)
    status = figure.status or (label.status if figure.number and field == "actual" else "")
    if not status and figure.number and field == "actual" and year == context.year:
        status = context.status
    if status and year is not None:
        yield make_fact(cell, **said, field=f"{field}_status", value=status)
    yield from _years_of(cell, label, field, figure, year, final, said)


def _read_words(
    cell: Cell, field: str, said: dict[str, object], figure: Figure, final: int | None
) -> Iterator[Fact]:
    """A target in words keeps its words; of another figure they are a problem."""
    text = join_lines(cell.text)
    if "target" in field and not HAS_FIGURE.search(text) and not LATIN.fullmatch(text):
        yield make_fact(cell, **said, field=f"{field}_printed", value=text)
        if direction := find_direction(text):
            kept = direction.startswith("keep")
            bound = "no_worse_than_baseline" if kept else "better_than_baseline"
            yield make_fact(cell, **said, field=f"{field}_bound", value=bound)
            if not kept:
                yield make_fact(cell, **said, field="direction", value=direction)
        if final and "final" in field:
            yield make_fact(cell, **said, field="final_year", value=str(final))
        return
    yield make_fact(cell, **said, field=field, outcome=PROBLEM, note=figure.problem)


def _when(
    label: Label, figure: Figure, subject: Subject, meaning: Meaning
) -> tuple[str, int | None, int | None]:
    """The field of a figure, its fiscal year, and the final year of a final target."""
    year = label.year
    if label.shift and subject.year and not year:
        return label.field, subject.year + label.shift, None
    if label.field == "final_target":
        return "final_target", subject.year, year
    if label.field == "baseline":
        return "baseline", subject.year, None
    if label.field == "target" and year and subject.year and year > subject.year:
        later = {y for y in meaning.target_years if y > subject.year}
        before = [y for y in meaning.target_years if y < year]
        goes_on = len(before) >= SERIES and year - max(before) == 1
        if (
            year == max(later, default=None)
            and not goes_on
            and not meaning.has_final
            and year not in meaning.actual_years
        ):
            return "final_target", subject.year, year
    in_cell = figure.year if label.field == "target" and not label.years else None
    if in_cell and subject.year and in_cell > subject.year:
        return "final_target", subject.year, in_cell
    if label.field == "target" and label.years and not year:
        return "final_target", subject.year, label.years[1]
    return label.field, year or subject.year, None


def _find_day(text: str, year: int) -> str:
    """The day within a fiscal year that an actual is of: （9月末）; "" for the end of the year."""
    found = MONTH_END.search(compact(text))
    if not found or not 1 <= int(found[1]) <= MONTHS_A_YEAR or int(found[1]) == LAST_MONTH:
        return ""
    month = int(found[1])
    of = year + (month <= LAST_MONTH)
    return f"{of}-{month:02}-{monthrange(of, month)[1]}"


def _years_of(
    cell: Cell,
    label: Label,
    field: str,
    figure: Figure,
    year: int | None,
    final: int | None,
    said: dict[str, object],
) -> Iterator[Fact]:
    """The years of a baseline, an older actual and a final target."""
    if field == "final_target" and (figure.year or final) and figure.number:
        yield make_fact(cell, **said, field="final_year", value=str(figure.year or final))
    if field == "baseline" and (figure.year or label.year) and figure.number:
        yield make_fact(cell, **said, field="baseline_year", value=str(figure.year or label.year))
    if field == "actual" and year and (day := _find_day(f"{label.text} {cell.text}", year)):
        yield make_fact(cell, **said, field="as_of", value=day)
    if field == "actual" and figure.year and year and figure.year < year:
        yield make_fact(cell, **said, field="actual_year", value=str(figure.year))
