"""What became of a published file, for those who published it: fields, values, doubts, places."""

import re
from collections.abc import Iterable, Mapping, Sequence

from analysis.dataset.values import tidy
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.wording.codebook import name_column
from analysis.wording.details import say_detail
from analysis.wording.formats import (
    LISTS,
    SIGNS,
    format_fiscal_year,
    format_percent,
    format_value,
    format_yen,
    list_some,
    short_fiscal_year,
)
from analysis.wording.labels import (
    BUDGET_KINDS,
    DIRECTIONS,
    KPI_KINDS,
    STATUSES,
    labels,
    say,
)
from analysis.wording.problems import KINDS, advise_on_problem, name_problem

INTAKE = labels("intake")
NOTES = labels("intake_notes")
REMEDIES = labels("intake_remedies")
REFUSALS = labels("intake_refusals")
CORRECTIONS = labels("corrections", LANGUAGE_OF_DOCUMENTS)  # which stand in the tables
STOP = labels("lists", LANGUAGE_OF_DOCUMENTS)["stop"]
BOUNDS = {**labels("bounds"), **labels("targets_in_words"), **labels("intake_bounds")}
AMOUNT, AMOUNT_STATUS, AXES = "amount_yen", "amount_status", "rating_axes"
WITH_UNIT = ("baseline", "target", "actual", "final_target", "target_before", "tolerance")
WORDS_OF = {"direction": DIRECTIONS, "kpi_kind": KPI_KINDS}
OF_ONE_CELL = ("printed_otherwise",)  # notes whose detail is of one cell only
OF_NO_YEAR = ("baseline", "final_", "unit", "direction", "kpi_kind")  # but told with each
OF_CHECKS = KINDS.keys() - NOTES.keys()  # notes that `sosei check` gives
BESIDE = " | "  # between what a check found and what it expected
CORRECTED = "; corrected: "  # behind a note: what the cell was corrected to
DETAIL = "{detail}"  # where a note or a remedy has it
FIRST_ERA = 1926  # years before it are written as they are counted in the west


def describe_note(note: str) -> str:
    """Say why something is a doubt, a problem or left out. `note` is a code, or `code: detail`.

    A code that has no words is shown as it is.

    Examples
    --------
    >>> describe_note("unknown_header: 政策所管府省庁")
    '意味の分からない見出し「政策所管府省庁」'
    >>> describe_note("tenfold: 1,760 | about 148 as in the years around it")
    '前後の年度と桁が違う（1,760。前後の年度は148程度）'
    >>> describe_note("unreadable: it holds more than one figure; split the cell")
    '数値として読めない記載（1つのセルに2つ以上の数値がある）'
    """
    note, mark, correction = note.partition(CORRECTED)
    if mark:
        return LISTS["stop"].join(map(describe_note, (note, mark[2:] + correction)))
    code, _, detail = note.partition(": ")
    if code in OF_CHECKS:
        found, _, expected = detail.partition(BESIDE)
        said = INTAKE["beside"].join(filter(None, map(say_detail, (found, expected))))
        return _note(name_problem(code), said)
    if code not in NOTES:
        return note
    if code == "unreadable":
        detail = REFUSALS.get(re.split("[;:]", detail)[0].rstrip("."), "")
    said = NOTES[code].format(detail=detail)
    is_told = said != NOTES[code] or DETAIL in REMEDIES.get(code, "")
    return _note(said, "" if is_told else detail)


def _note(what: str, note: str) -> str:
    return say("lists.noted", what=what, note=note) if note else what


def name_issue(note: str) -> str:
    """Say what is asked, alike for all the cells that it is asked about.

    Examples
    --------
    >>> name_issue("printed_otherwise: 15795"), name_issue("unknown_header: 符牒")
    ('ほかのセルの記載と違う', '意味の分からない見出し「符牒」')
    """
    note = note.partition(CORRECTED)[0]
    code = note.partition(": ")[0]
    return describe_note(code if code in (*OF_ONE_CELL, *OF_CHECKS) else note)


def say_correction(
    place: str, printed: str, corrected: str, reason: str, reported_on: str = ""
) -> str:
    """Say what is printed in a cell, what it is read as instead, why, and whether it is reported.

    Examples
    --------
    >>> say_correction("指標一覧!J9", "148", "184", "前年度の値が印刷されている", "2026-05-01")
    '指標一覧!J9は「148」とあるが、「184」と訂正した（前年度の値が印刷されている。2026年5月1日に公表元へ連絡）。'
    >>> say_correction("A1", "", "184", "抜けている。")
    'A1は空欄だが、「184」と訂正した（抜けている。公表元へは未連絡）。'
    """
    day = re.fullmatch(r"(?P<year>\d+)[-/]0?(?P<month>\d+)[-/]0?(?P<date>\d+)", reported_on)
    told = CORRECTIONS["reported"].format(**day.groupdict()) if day else CORRECTIONS["unreported"]
    cell = {"place": place, "printed": printed, "corrected": corrected}
    said = CORRECTIONS["of_printed" if printed else "of_empty"]
    return said.format(**cell, reason=reason.rstrip(STOP), told=told)


def advise_on_note(note: str) -> str:
    """What the publisher is asked for, for a doubt or problem; "" where there is nothing to ask."""
    code, _, detail = note.partition(CORRECTED)[0].partition(": ")
    if code in OF_CHECKS:
        return advise_on_problem(code)
    return REMEDIES.get(code, "").format(detail=detail)


def name_field(table: str, field: str) -> str:
    """Name a field of a fact; money by its kind, and its item in brackets.

    Examples
    --------
    >>> name_field("budgets", "amount_yen:settled:人件費"), name_field("kpis", "target")
    ('決算額（人件費）', '目標')
    """
    if table == AXES or not table:
        return field
    name, _, rest = field.partition(":")
    if name not in (AMOUNT, AMOUNT_STATUS):
        return name_column(table, field)
    kind, _, item = rest.partition(":")
    said = _note(BUDGET_KINDS.get(kind, kind), item)
    return said if name == AMOUNT else say("intake.status_of", what=said)


def say_value(field: str, value: str, unit: str = "") -> str:
    """Say a value of a fact as a reader prints it; one that is no number or code as it is.

    Examples
    --------
    >>> say_value("amount_yen:total", "8571000"), say_value("target", "4630", "人")
    ('8,571,000円', '4,630人')
    >>> say_value("actual_status", "estimated"), say_value("published_rate", "0.74")
    ('推計値', '74.0％')
    """
    name = field.partition(":")[0]
    if name in WORDS_OF:
        return WORDS_OF[name].get(value, value)
    if name.endswith("_status"):
        return STATUSES.get(value, value)
    if name.endswith("_bound"):
        return BOUNDS.get(value, value)
    try:
        return _say_number(name, value, unit)
    except (ValueError, ArithmeticError):
        return value


def _say_number(name: str, value: str, unit: str) -> str:
    if name.endswith("_yen"):
        return format_yen(float(value))
    if name.endswith("_rate"):
        return format_percent(float(value))
    if name.endswith("_year"):
        return say_year(int(value))
    if name.removesuffix("_upper") in WITH_UNIT:
        return format_value(float(value), unit)
    return value


def say_year(year: int) -> str:
    """Say a fiscal year in full, of whatever time."""
    return format_fiscal_year(year) if year >= FIRST_ERA else say("intake.early_year", year=year)


def say_fiscal_years(years: Iterable[int]) -> str:
    """Say several fiscal years in brief, those that follow one another as a span.

    Examples
    --------
    >>> say_fiscal_years([2018]), say_fiscal_years([2020, 2016, 2017, 2018])
    ('H30', 'H28～H30、R2')
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = ([_brief(run[0])] + [_brief(run[-1])] * (len(run) > 1) for run in runs)
    return LISTS["comma"].join(SIGNS["to"].join(ends) for ends in said)


def _brief(year: int) -> str:
    return short_fiscal_year(year) if year >= FIRST_ERA else str(year)


def say_fact(
    table: str, field: str, years: Sequence[int], value: str, printed: str, unit: str = ""
) -> str:
    """Say in brief what a cell was read as: 目標 H30 = 4,630人.

    The value is left out where the cell already shows it so.

    Examples
    --------
    >>> say_fact("kpis", "target", [2018], "4630", "4,630", "人")
    '目標 H30 = 4,630人'
    >>> say_fact("ratings", "grade", [2018], "B", "Ｂ")
    '総合評価 H30'
    """
    shown = say_value(field, value, unit)
    when = "" if field.startswith(OF_NO_YEAR) else say_fiscal_years(years)
    name = " ".join(filter(None, (name_field(table, field), when)))
    is_seen = not shown or _compact(shown) == _compact(printed)
    return name if is_seen else f"{name} = {shown}"


def _compact(text: str) -> str:
    return re.sub(r"\s", "", tidy(text))


def say_subject(program: str, kpi: str) -> str:
    """Say of which program and KPI a figure is."""
    return INTAKE["within"].join(filter(None, (program, kpi)))


def summarize_outcomes(file: str, counts: Mapping[str, int]) -> str:
    """Say in two or three sentences how much of a file was read, and what is asked."""
    total = sum(counts.values())
    if not total:
        return say("intake.nothing", file=file)
    read, left = counts.get("read", 0), counts.get("left_out", 0)
    said = say("intake.read" if read else "intake.none_read", file=file, total=total, read=read)
    if left:
        said += say("intake.left_out", left=left)
    problems, doubts = counts.get("problem", 0), counts.get("doubt", 0)
    if problems and doubts:
        return said + say("intake.problems_and_doubts", problems=problems, doubts=doubts)
    if problems:
        return said + say("intake.problems", problems=problems)
    return said + say("intake.doubts" if doubts else "intake.all_clear", doubts=doubts)


def say_what_is_left_out(cells: int, rows: int) -> str:
    """Say that a sheet is not drawn in full, and how many of its rows are not."""
    return say("intake.rows_left_out", cells=cells, rows=rows)


def say_nothing_to_draw(rows: int) -> str:
    """Say that no row of a sheet of a large file is drawn, as nothing is asked about it."""
    return say("intake.nothing_to_draw", rows=rows)


def say_bare_columns(count: int) -> str:
    """Say how many columns are not drawn, as nothing stands under their headers."""
    return say("intake.bare_columns", count=count)


def say_columns(first: str, last: str) -> str:
    """Name the columns of a part of a wide sheet."""
    return say("intake.columns", first=first, last=last)


def say_more(count: int) -> str:
    """Say how many places more there are than are listed."""
    return say("intake.more_places", count=count)


def say_legend(legend: Mapping[str, str]) -> str:
    """Say what the marks of a publication mean, as it explains them: 「推」は推計値."""
    return list_some(
        [say("intake.mark", mark=m, meaning=STATUSES.get(word, word)) for m, word in legend.items()]
    )
