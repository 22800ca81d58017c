"""A form that comes too late: what was typed is shown to be copied, secrets never."""

from __future__ import annotations

import pytest

SECRET = "清凉一夏-送到车间-7"
SECRETS = {
    "/desk/login": {"login": "editor", "password": SECRET},
    "/desk/password": {"old": SECRET, "password": SECRET, "again": SECRET},
    "/desk/setup": {"code": SECRET, "password": SECRET, "again": SECRET},
    "/desk/welcome/abc": {"password": SECRET, "again": SECRET},
    "pin": {"pin": SECRET},
    "pin/choose": {"pin": SECRET, "do": "set"},
}


@pytest.mark.parametrize("path", SECRETS)
def test_no_password_is_ever_shown_back(house, path):
    """A page that is stale gives back texts, never a password, PIN or code."""
    client = house.browser("editor", enforce_csrf_checks=True)
    place = path if path[0] == "/" else f"/s/{house.links['afs']}/{path}"
    answer = client.post(place, SECRETS[path])

    assert 403 == answer.status_code
    assert "请再发一次" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_a_stale_page_gives_back_every_text_and_no_switches(house):
    """Each value of a name that stands several times, and no hidden value."""
    client = house.browser("editor", enforce_csrf_checks=True)
    told = {"text": "改好的正文", "caption": ["图一", "图二"], "do": "save-it"}
    page = client.post("/desk/s/x/edit", told | {"version": "v-7"}).content.decode()

    assert all(text in page for text in ("改好的正文", "图一", "图二"))
    assert not any(switch in page for switch in ("save-it", "v-7"))


def test_a_session_that_ended_in_mid_review_loses_no_text(house):
    """Whoever is signed out while writing gets the text back; nothing is changed."""
    number = house.number()
    before = house.store.review(number).text_hash
    told = {"title": "新标题", "text": "写了半小时的正文"}
    answer = house.browser().post(f"/desk/s/{number}/edit", told)
    page = answer.content.decode()

    assert 403 == answer.status_code
    assert "已经退出登录" in page
    assert all(text in page for text in told.values())
    assert "/desk/login" in page
    assert before == house.store.review(number).text_hash
