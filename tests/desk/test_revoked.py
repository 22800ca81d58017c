"""A link that is revoked while somebody writes: nothing is taken, nothing is lost."""

from __future__ import annotations

import pytest

from tests.desk.conftest import PAGE

FORM = "application/x-www-form-urlencoded"


def _revoke(house) -> None:
    (link,) = [one for one in house.store.links() if one.unit_id == "afs"]
    house.store.revoke_link(link.id, at=house.clock())


def test_what_was_typed_is_given_back_to_copy(house):
    """The browser's way back leads to a page that is no more."""
    client, path = house.browser(), f"/s/{house.links['afs']}/whole"
    client.get(path)
    _revoke(house)
    answer = client.post(path, PAGE)
    told = answer.content.decode()

    assert 404 == answer.status_code
    assert "请扫最新的卡片" in told
    assert PAGE["text"].splitlines()[0] in told
    assert PAGE["title"] in told
    assert "NEWS" not in told
    assert () == tuple(house.store.submissions())


def test_a_link_that_never_was_looks_the_same(house):
    """Nobody learns from the answer which links there were."""
    _revoke(house)
    told = [
        house.browser().post(f"/s/{token}/whole", PAGE).content
        for token in (house.links["afs"], "x" * 43)
    ]

    assert told[0] == told[1]


def test_a_dead_link_that_is_opened_says_what_to_do(house):
    """Without a word typed there is nothing to give back."""
    _revoke(house)
    told = house.browser().get(f"/s/{house.links['afs']}/").content.decode()

    assert "请扫最新的卡片" in told
    assert "您写的在这里" not in told


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"&".join(b"a%d=1" % n for n in range(5000)), FORM),
        (b"a=" + b"x" * 9_000_000, FORM),
    ],
)
def test_what_cannot_be_read_under_no_address_is_nowhere(house, body, kind):
    """A sender of rubbish to a page that never was gets the answer of any other."""
    answer = house.browser().post("/s/no/such/page", data=body, content_type=kind)

    assert 404 == answer.status_code
    assert "请扫最新的卡片" in answer.content.decode()
