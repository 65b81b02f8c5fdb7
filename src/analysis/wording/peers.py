"""Where the KPIs of one program lie among those of its like."""

import pandas as pd

from analysis.measures.distributions import find_rates
from analysis.measures.peers import Peer, find_peers
from analysis.wording.distributions import COLUMNS, cut_sentences
from analysis.wording.formats import format_rate
from analysis.wording.labels import NO_FIGURE, READINGS, say
from analysis.wording.tables import label_table


def say_place_among(peer: Peer) -> str:
    """Say the place of a KPI by its rate: 120のうち高い方から34番目, in short 34/120."""
    return f"{peer.higher + 1:,}/{len(peer.spread.figures):,}"


def describe_peers(kpis: pd.DataFrame, own: pd.DataFrame, by: str) -> str:
    """Say where each KPI of a program lies among its like, or that none has a rate."""
    peers = find_peers(kpis, own, by)
    if not peers:
        return say("peers.nothing")
    rate, what = READINGS[find_rates(kpis)[0]], COLUMNS.get(by, by)
    return cut_sentences(
        say("peers.figure", what=what, rate=rate),
        (
            say(
                "peers.kpi",
                kpi=peer.row["kpi"],
                rate=format_rate(peer.rate),
                count=len(peer.spread.figures),
                place=peer.higher + 1,
            )
            for peer in peers
        ),
    )


def caption_peers(kpis: pd.DataFrame, own: pd.DataFrame, by: str) -> str:
    """Caption the figure of a program among its like."""
    what, rate = COLUMNS.get(by, by), READINGS[find_rates(kpis)[0]]
    return say("peers.caption", what=what, rate=rate)


def tabulate_peers(kpis: pd.DataFrame, own: pd.DataFrame, by: str) -> pd.DataFrame:
    """Each KPI of a program with its rate and that of the middle of its like."""
    peers = find_peers(kpis, own, by)
    return label_table(
        "peers",
        {
            "kpi": [peer.row["kpi"] for peer in peers],
            "group": [
                NO_FIGURE if peer.spread.group.name is None else str(peer.spread.group.name)
                for peer in peers
            ],
            "rate": [format_rate(peer.rate) for peer in peers],
            "median": [format_rate(peer.spread.at(0.5)) for peer in peers],
            "place_among": [say_place_among(peer) for peer in peers],
        },
        headers={"rate": READINGS[find_rates(kpis)[0]]},
    )
