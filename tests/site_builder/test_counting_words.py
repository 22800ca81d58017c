"""Small counts, as one says them."""

from __future__ import annotations

import pytest

from site_builder.wording import numeral


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (2, "两"), (10, "十"), (12, "12")]
)
def test_two_minutes_are_said_as_one_counts(number, said):
    """两分钟, never 二分钟."""
    assert said == numeral(number)
