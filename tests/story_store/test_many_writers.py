"""Several programs write at once: each waits its turn, no number is given twice."""

from __future__ import annotations

import os
from datetime import date

import pytest

from story_store.store import Store

DAY = date(2026, 11, 22)
WRITERS = 4
EACH = 6

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_children(work):
    """Run ``work(number)`` in processes at the same time; their exit codes."""
    children = []
    for number in range(WRITERS):
        child = os.fork()
        if child == 0:
            work(number)
            os._exit(0)
        children.append(child)
    return [os.waitpid(child, 0)[1] for child in children]


@pytest.mark.slow
def test_d20_numbers_are_given_once_to_many_writers(tmp_path, make):
    """D20, A62: keys that all hand in make one submission, own keys one each."""
    folder = tmp_path / "data"
    Store.open(folder, now=make.now).close()

    def hand_in(writer):
        with Store.open(folder, now=make.now) as store:
            for number in range(EACH):
                store.add_submission(make.submission("shared"), day=DAY)
                store.add_submission(make.submission(f"{writer}-{number}"), day=DAY)

    assert in_children(hand_in) == [0] * WRITERS
    with Store.open(folder, now=make.now) as store:
        numbers = {sub.number for sub in store.submissions()}
        expected = {f"报1122-AFS-{n:02d}" for n in range(1, WRITERS * EACH + 2)}
        assert numbers == expected
