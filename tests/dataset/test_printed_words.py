"""Words that stand where a figure would, or beside it: each means one thing."""

import re
from collections import Counter

from analysis.dataset import printed_words as words
from analysis.dataset.tables import BOUNDS, STATUSES, WITHOUT_VALUE


def test_every_word_has_one_meaning():
    for meanings in (words.WORDS_OF_STATUS, words.BOUNDS_BEFORE, words.BOUNDS_BEHIND):
        counts = Counter(word for names in meanings.values() for word in names)
        assert [word for word, times in counts.items() if times > 1] == []


def test_meanings_are_words_that_the_tables_may_hold():
    assert words.WORDS_OF_STATUS.keys() <= {*STATUSES}
    assert words.ABSENCES.keys() <= {*WITHOUT_VALUE}
    assert words.BOUNDS_BEFORE.keys() | words.BOUNDS_BEHIND.keys() <= {*BOUNDS}


def test_a_longer_word_is_found_before_the_one_it_begins_with():
    found = re.match(words.any_of(["速報", "速報値"]), "速報値120")
    assert found[0] == "速報値"
