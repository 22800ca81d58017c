"""List pages never seen: rows, titles in full, days and the next page, by family."""

from __future__ import annotations

import pytest
from reading_shapes_list_habits import LIST_HABITS
from reading_shapes_lists import LISTS

from page_reading import read_list


def _reading(shape):
    found = read_list(shape.page)
    days = [one.published and one.published.date().isoformat() for one in found.entries]
    return {
        "addresses": [one.url for one in found.entries],
        "titles": [one.title for one in found.entries],
        "dates": days,
        "next": found.next_page,
    }


@pytest.mark.parametrize(
    "shape", [*LISTS, *LIST_HABITS], ids=lambda shape: shape.family
)
def test_a_list_is_read_without_a_rule_for_its_site(shape):
    """Every row once with its full title and day, nothing else, and the next page."""
    assert {
        "addresses": list(shape.addresses),
        "titles": list(shape.titles),
        "dates": list(shape.dates or [None] * len(shape.addresses)),
        "next": shape.next_page,
    } == _reading(shape)
