"""What a report is called, and what the index says of what it is about."""

from collections.abc import Iterable, Mapping

from analysis.measures.index import Headline
from analysis.wording.ja.costs import name_costs, say_no_sum
from analysis.wording.ja.formats import format_fiscal_year, format_yen
from analysis.wording.labels import NO_FIGURE, labels

INDEX = labels("index")
NOTEBOOKS = labels("notebooks")  # what the project's own notebooks are about
PORTFOLIO = "portfolio"


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
    told = "、".join(f"{name}={value}" for name, value in values.items())
    return " ".join(filter(None, parts)) + (f"（{told}）" if told else "")


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
    return shown if is_told else f"{shown}（{notebook}）"


def describe_headline(headline: Headline | None, notebook: str) -> dict[str, str]:
    """Word the headline figures of a report: `reached`, `unknown` below it, and `cost`.

    Of a notebook that is not the project's own nobody knows what it shows. A portfolio's own
    figure is of how many programs anything can be judged.
    """
    nothing = {"reached": NO_FIGURE, "unknown": "", "cost": NO_FIGURE}
    if headline is None or notebook not in NOTEBOOKS:
        return nothing
    if notebook == PORTFOLIO:
        judged = f"{headline.judged} / {headline.programs}"
        return {**nothing, "reached": INDEX["judged"], "unknown": judged}
    kpis, unknown = headline.kpis, headline.unknown
    reached = f"{headline.reached} / {kpis}"
    if unknown == kpis:
        reached = INDEX["all_unknown"] if kpis else INDEX["no_kpi"]
    return {
        "reached": reached,
        "unknown": INDEX["unknown"].format(count=unknown) if 0 < unknown < kpis else "",
        "cost": _say_cost(headline),
    }


def _say_cost(headline: Headline) -> str:
    """The sum of costs of one kind and year, with its name; else why there is none."""
    sums = headline.costs
    if len(sums) > 1:
        return say_no_sum(sums)
    named = zip(sums["cost_yen"], name_costs(sums), strict=True)
    return "".join(f"{format_yen(yen)}（{name}）" for yen, name in named) or INDEX["no_cost"]
