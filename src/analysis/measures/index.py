"""What the index says of the programs that a report is about: counted, without a word."""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.cost_basis import sum_costs


@dataclass(frozen=True, eq=False)
class Headline:
    """The headline figures of some programs.

    Of `kpis`, `reached` reached their targets and of `unknown` nobody can tell; of `programs`,
    `judged` have anything by which they can be judged; `costs` are sums by kind and year
    (`sum_costs`), of which more than one cannot be added.
    """

    kpis: int
    reached: int
    unknown: int
    programs: int
    judged: int
    costs: pd.DataFrame


def find_headline(programs: pd.DataFrame) -> Headline:
    """Count the headline figures of rows of the computed `programs`."""
    return Headline(
        kpis=int(programs["kpis"].sum()),
        reached=int(programs["reached"].sum()),
        unknown=int(programs["unknown"].sum()),
        programs=len(programs),
        judged=int((programs["judged"] > 0).sum()),
        costs=sum_costs(programs),
    )
