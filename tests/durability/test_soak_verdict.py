"""What the soak calls flat: a check that could not fail would show nothing."""

from __future__ import annotations

import pytest

from tests.durability.soak import WARM, Done, is_flat, judged

MB = 2**20


def mornings(count: int, memory=0, blocks=0, handles=0) -> list[Done]:
    """So many, each of which leaves this much behind; the store grows by 9 stories."""
    return [
        Done(n, 0, 9 * n, 120 * MB + n * memory, 560_000 + n * blocks, 9 + n * handles)
        for n in range(count)
    ]


def test_d19_what_the_store_needs_is_no_leak():
    """D19: memory that a fresh process needs as well is not held against mornings."""
    done = mornings(200, memory=MB // 4)

    found = judged(done, 200, done[-WARM:])

    assert found["memory_with_the_store"] > 0.3
    assert found["memory_growth"] == 0
    assert is_flat(found)


@pytest.mark.parametrize(
    "leak",
    [{"memory": 80_000}, {"blocks": 110}, {"handles": 1}],
    ids=lambda leak: next(iter(leak)),
)
def test_d19_what_mornings_leave_behind_is_found(leak):
    """D19: bytes, live blocks and handles left by each morning are called growth."""
    fresh = mornings(WARM)

    assert is_flat(judged(mornings(200), 200, fresh))
    assert not is_flat(judged(mornings(200, **leak), 200, fresh))


def test_d19_a_morning_without_its_edition_is_no_success():
    """D19: an edition each."""
    found = judged(mornings(20), 20, mornings(WARM))

    assert is_flat(found)
    assert not is_flat(found | {"editions": 19})
