"""Where the KPIs of a program lie among their like."""

import numpy as np
import pytest
from made import at_rates

from analysis.errors import DataError
from analysis.measures.peers import find_peers


def placed(by="department"):
    kpis = at_rates(0.2, 0.4, 0.4, 0.9, 0.1).assign(department=["a", "a", "a", "a", "b"])
    return kpis, find_peers(kpis, kpis.iloc[[1, 4]], by)


def test_a_place_counts_those_with_a_higher_rate_in_the_same_group_alone():
    _, (other, own) = placed()
    assert (own.rate, own.higher, len(own.spread.figures)) == (pytest.approx(0.4), 1, 4)
    assert (other.rate, other.higher, len(other.spread.figures)) == (pytest.approx(0.1), 0, 1)


def test_a_kpi_whose_group_is_not_printed_lies_among_all():
    kpis, _ = placed()
    own = kpis.iloc[[3]].assign(department=None)
    [peer] = find_peers(kpis, own, "department")
    assert len(peer.spread.figures) == 5 and peer.higher == 0


def test_a_kpi_without_a_rate_has_no_place():
    kpis, _ = placed()
    own = kpis.iloc[[0]].assign(progress_rate=np.nan)
    assert find_peers(kpis, own, "department") == []


def test_a_missing_column_is_named():
    kpis, _ = placed()
    with pytest.raises(DataError, match="field"):
        find_peers(kpis, kpis, "field")
