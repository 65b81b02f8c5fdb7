"""What a report is called, and what the index says of what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.measures.index import Headline
from analysis.wording.costs import name_cost, say_no_sum
from analysis.wording.formats import ERAS, LISTS, format_fiscal_year, format_yen
from analysis.wording.labels import NO_FIGURE, fill, labels, say

INDEX = labels("index")
NOTEBOOKS = labels("notebooks")  # what the project's own notebooks are about
PORTFOLIO = "portfolio"
ASKED = ("missed", "odd", "unknown")
PREFECTURES = INDEX["prefectures"].split()  # in the order of the first two digits of their codes


def name_slice(government: str, fiscal_year: int | None) -> str:
    """Name a government and a year, either of which may be missing."""
    year = format_fiscal_year(fiscal_year) if fiscal_year else ""
    return " ".join(filter(None, (government, year)))


def name_report(parts: Iterable[str], values: Mapping[str, str]) -> str:
    """Name a report by what it is about, and by the values that tell it from its like.

    Examples
    --------
    >>> name_report(["つくば市 平成30年度", "就職面接会"], {"threshold": "0.8", "n": "2"})
    'つくば市 平成30年度 就職面接会（threshold=0.8、n=2）'
    """
    told = LISTS["comma"].join(f"{name}={value}" for name, value in values.items())
    named = " ".join(filter(None, parts))
    return say("lists.noted", what=named, note=told) if told else named


def name_row(title: str, subject: str, values: Mapping[str, str], notebook: str) -> str:
    """Name a report in the index, below the government and the year that it is about.

    Parameters
    ----------
    title
        The whole title where it does not stand below them, else "".
    subject
        What the report is about there; "" of one about a whole.
    values
        Of parameters, that tell it from its like.
    notebook
        The name of its notebook, which is told where it is not the project's own.
    """
    kind = NOTEBOOKS.get(notebook, notebook)
    shown = title or name_report([subject or kind], values)
    is_told = notebook in NOTEBOOKS or subject == notebook or not (title or subject)
    return shown if is_told else say("lists.noted", what=shown, note=notebook)


def name_prefecture(code: str) -> str:
    """Name the prefecture of a government by its code of six digits; any other has none.

    Examples
    --------
    >>> name_prefecture("082201"), name_prefecture("8000012100004"), name_prefecture("x_town")
    ('茨城県', 'そのほか', 'そのほか')
    """
    number = int(code[:2]) if len(code) == 6 and code.isdecimal() else 0
    return PREFECTURES[number - 1] if 0 < number <= len(PREFECTURES) else INDEX["elsewhere"]


def tell_apart(name: str, code: str) -> str:
    """Name a government whose name another one bears, too: 府中市（東京都）."""
    return say("index.told_apart", name=name, prefecture=name_prefecture(code), code=code)


def list_eras() -> list[tuple[str, str, int]]:
    """List the eras for a search: the name, the letter in small, the western first year."""
    return [(name, letter.lower(), first) for first, name, letter in ERAS]


def describe_headline(headline: Headline | None, notebook: str) -> dict[str, Any]:
    """Word the headline figures of a report: `reached`, `beside` below it, `cost`, and `marks`.

    Of a notebook that is not the project's own nobody knows what it shows. A portfolio's own
    figure is of how many programs anything can be judged. `marks` are codes (missed, odd,
    reached) with their words, `counts` the figures that one may ask for (missed, odd, unknown).
    """
    nothing = {"reached": NO_FIGURE, "beside": [], "cost": NO_FIGURE, "marks": [], "counts": {}}
    if headline is None or notebook not in NOTEBOOKS:
        return nothing
    if notebook == PORTFOLIO:
        judged = f"{headline.judged:,} / {headline.programs:,}"
        return {**nothing, "reached": INDEX["judged"], "beside": [judged]}
    kpis, unknown = headline.kpis, headline.unknown
    reached = f"{headline.reached:,} / {kpis:,}"
    if unknown == kpis:
        reached = INDEX["all_unknown"] if kpis else INDEX["no_kpi"]
    return {
        "reached": reached,
        "beside": _list_beside(headline),
        "cost": _say_cost(headline),
        "marks": _list_marks(headline),
        "counts": {n: count for n in ASKED if (count := getattr(headline, n))},
    }


def _list_beside(headline: Headline) -> list[str]:
    """Of how many KPIs nobody can tell, and how many are judged by what was concluded."""
    some = 0 < headline.unknown < headline.kpis
    counts = {"unknown": headline.unknown if some else 0, "concluded": headline.concluded}
    return [fill(INDEX[name], count=count) for name, count in counts.items() if count]


def _list_marks(headline: Headline) -> list[tuple[str, str]]:
    counts = {"missed": headline.missed, "odd": headline.odd}
    marks = [(n, fill(INDEX[f"of_{n}"], count=count)) for n, count in counts.items() if count]
    if 0 < headline.kpis == headline.reached:
        marks.insert(0, ("reached", INDEX["of_reached"]))
    return marks


def _say_cost(headline: Headline) -> str:
    """The sum of costs of one kind and year, with its name; else why there is none."""
    if len(headline.costs) > 1:
        return say_no_sum(pd.DataFrame(list(headline.costs)))
    for cost in headline.costs:
        name = name_cost(cost["cost_basis"], cost["cost_natures"], cost.get("cost_kinds", ""))
        return say("lists.noted", what=format_yen(cost["cost_yen"]), note=name)
    return INDEX["no_cost"]


def describe_together(headline: Headline, programs: int, failed: int) -> str:
    """Say what all listed reports say together.

    Parameters
    ----------
    headline
        The headline figures of what they are about: a program counts once in every fiscal year.
    programs
        How many programs these are, each counted once.
    failed
        How many reports could not be made.

    Examples
    --------
    >>> describe_together(Headline(reached=5, missed=2, programs=1), 1, 0)
    '1事業についての報告です。目標に到達したかを判定できる7指標のうち、到達したのは5指標でした。'
    """
    years, said = headline.programs, []
    if programs:
        several = years > programs
        said += [
            say(
                "index.programs_and_years" if several else "index.programs",
                count=programs,
                years=years,
            ),
            say("index.kpis_by_year") if several else "",
            *_say_judged(headline, headline.reached + headline.missed),
        ]
    if headline.odd:
        said.append(say("index.odd", count=headline.odd))
    if failed:
        said.append(say("index.failed", count=failed))
    return "".join(said)


def _say_judged(headline: Headline, judged: int) -> list[str]:
    unknown, reached = headline.unknown, headline.reached
    if not judged:
        return [say("index.nothing_judged")]
    if reached == judged:
        said = say("index.one_reached" if judged == 1 else "index.all_reached", count=judged)
    elif not reached:
        said = say("index.one_missed" if judged == 1 else "index.all_missed", count=judged)
    else:
        said = say("index.some_reached", count=judged, reached=reached)
    return [said, say("index.others_unknown", count=unknown)] if unknown else [said]
