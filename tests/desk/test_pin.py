"""The optional PIN of a link, and the sample beside each question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.links import KNOWN_FOR
from desk.samples import sample_of


@pytest.fixture
def pinned(house):
    """A link whose chair has set a PIN, and the chair's own phone."""
    base = f"/s/{house.links['afs']}/"
    own = house.browser()
    own.post(f"{base}pin/choose", {"pin": "4827", "do": "set"})
    return base, own


def test_a_link_has_no_pin_until_its_chair_sets_one(house):
    """Without a PIN the link alone opens the page."""
    assert 200 == house.browser().get(f"/s/{house.links['afs']}/").status_code


def test_the_phone_that_set_the_pin_is_known(pinned):
    """The chair's own phone is not asked."""
    base, own = pinned

    assert 200 == own.get(base).status_code


def test_an_unknown_phone_is_asked_once(house, pinned):
    """The right PIN opens, and the phone is known from then on."""
    base, _ = pinned
    phone = house.browser()
    asked = phone.get(base)
    wrong = phone.post(f"{base}pin", {"pin": "1111"})
    right = phone.post(f"{base}pin", {"pin": "4827"})

    assert f"{base}pin" == asked.url
    assert (403, 302) == (wrong.status_code, right.status_code)
    assert 200 == phone.get(base).status_code


def test_an_unknown_phone_neither_sees_nor_sends(house, pinned):
    """Every page of the link is behind the PIN, a parcel too."""
    base, _ = pinned
    phone = house.browser()
    answers = [
        phone.get(f"{base}questions"),
        phone.get(f"{base}whole"),
        phone.post(f"{base}new"),
        phone.post(f"{base}parcel", {"key": "a" * 32, "part": "send", "story": "{}"}),
    ]

    assert [302, 302, 403, 403] == [answer.status_code for answer in answers]
    assert () == house.store.submissions()


def test_a31_guessing_is_slow_for_this_link_only(house, pinned):
    """A31: five tries a minute, twenty an hour; another link is not slowed."""
    base, _ = pinned
    phone = house.browser()
    for n in range(5):
        phone.post(f"{base}pin", {"pin": f"900{n}"})
    slowed = phone.post(f"{base}pin", {"pin": "4827"}).content.decode()
    other = house.browser().get(f"/s/{house.links['ds']}/")
    house.clock.on(minutes=2)
    later = phone.post(f"{base}pin", {"pin": "4827"})

    assert "试得太多了" in slowed
    assert 200 == other.status_code
    assert 302 == later.status_code


def test_a_new_pin_ends_what_other_phones_knew(house, pinned):
    """A phone that knew the old PIN is asked for the new one."""
    base, own = pinned
    lost = house.browser()
    lost.post(f"{base}pin", {"pin": "4827"})
    own.post(f"{base}pin/choose", {"pin": "5938", "do": "set"})

    assert 302 == lost.get(base).status_code
    assert 200 == own.get(base).status_code


def test_a_new_card_has_no_pin(house, pinned):
    """Who has forgotten the PIN gets a new card."""
    link = house.store.find_link(house.links["afs"])
    renewed, token = house.store.renew_link(link.id)

    assert not renewed.has_pin
    assert 200 == house.browser().get(f"/s/{token}/").status_code


@pytest.mark.parametrize("pin", ["", "12", "1234", "abcd", "1234567"])
def test_a_pin_that_is_none_is_refused(house, pin):
    """Four to six digits, and not the ones that everybody tries."""
    base = f"/s/{house.links['afs']}/"
    answer = house.browser().post(f"{base}pin/choose", {"pin": pin, "do": "set"})

    assert 422 == answer.status_code
    assert not house.store.find_link(house.links["afs"]).has_pin


def test_a_signed_cookie_of_another_link_opens_nothing(house, pinned):
    """The cookie is bound to the link and its PIN."""
    _, own = pinned
    link = house.store.find_link(house.links["ds"])
    house.store.set_pin(link.id, "4827")
    other = f"/s/{house.links['ds']}/"

    assert 302 == own.get(other).status_code
    assert timedelta(days=90) == KNOWN_FOR


def test_every_topic_has_a_sample_that_is_whole(house):
    """Each answer of a sample stands in its story, and nothing is missing."""
    for template in house.office.settings.story_templates:
        sample = sample_of(template)
        marked = {w for line in sample.paragraphs for w, is_answer in line if is_answer}
        text = "".join(w for line in sample.paragraphs for w, _ in line)

        assert sample.title
        assert "〔" not in text
        assert len(marked) >= 5, template.id


def test_the_sample_stands_beside_its_question(house):
    """The answer of the sample is shown where it is asked for."""
    base = f"/s/{house.links['afs']}"
    client = house.browser()
    key = client.post(f"{base}/new").url.split("/")[4]
    client.post(f"{base}/d/{key}/topic", {"topic": "xiasong"})
    page = client.get(f"{base}/d/{key}/what").content.decode()

    assert "看看范文" in page
    assert "范文这样答：清凉包1200份" in page
    assert "<b>清凉包1200份</b>" in page
