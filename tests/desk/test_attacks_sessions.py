"""Attacks on signing in, sessions and forms of other sites (A20-A37)."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from urllib.parse import quote

import pytest

from desk.guards import session_cookie


def strict(house, who=None):
    client = house.browser(who, enforce_csrf_checks=True)
    page = client.get(f"/s/{house.links['afs']}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    return client, token


def test_a20_a_form_of_another_site_changes_nothing(house):
    """A20: without token, with a foreign Origin or Sec-Fetch-Site: refused."""
    client, token = strict(house, "editor")
    number = house.number()
    told = {"text": "x", "csrfmiddlewaretoken": token}
    path = f"/desk/s/{number}/comment"
    bare = client.post(path, {"text": "x"})
    origin = client.post(path, told, headers={"origin": "https://evil.example"})
    fetch = client.post(path, told, headers={"sec-fetch-site": "cross-site"})
    own = client.post(path, told, headers={"sec-fetch-site": "same-origin"})

    assert [403, 403, 403] == [a.status_code for a in (bare, origin, fetch)]
    assert 302 == own.status_code
    assert 1 == len(house.store.comments(number))


def test_a22_signing_in_and_out_needs_the_token(house):
    """A22: login and logout are forms like the others."""
    client = house.browser("editor", enforce_csrf_checks=True)

    assert 403 == client.post("/desk/login", {"login": "a"}).status_code
    assert 403 == client.post("/desk/logout").status_code
    assert 200 == client.get("/desk/").status_code


def test_a25_a_forged_host_is_refused(house):
    """A25: only hosts of the list; forwarded headers are not believed."""
    client = house.browser()

    assert (
        400 == client.get("/desk/login", headers={"host": "evil.example"}).status_code
    )
    answer = client.get("/", headers={"x-forwarded-host": "evil.example"})
    assert "/desk/login" == answer.url


@pytest.mark.parametrize(
    "value", ["//evil.example", "/\\evil", "https:evil", "a\r\nb: c"]
)
def test_a26_a27_no_parameter_says_where_to_go(house, value):
    """A26, A27: redirects go to known paths only, headers hold no line ends."""
    client = house.browser()
    asked = quote(value)
    answers = [
        client.get(f"/desk/?next={asked}"),
        client.get(f"/{asked}"),
        client.get(f"/s/{asked}/"),
    ]

    assert all("evil" not in a.headers.get("Location", "") for a in answers)
    assert all("b" not in a.headers for a in answers)


def sign_in(house, client, password, login="editor"):
    return client.post("/desk/login", {"login": login, "password": password})


GOOD = "清凉一夏-送到车间"


def test_a28_signing_in_makes_a_new_session(house):
    """A28: the session that a browser brought is dead after signing in."""
    house.store.set_password(house.people["editor"].id, GOOD)
    client = house.browser("editor")
    old = client.cookies[session_cookie()].value
    answer = sign_in(house, client, GOOD)
    new = client.cookies[session_cookie()].value
    client.cookies[session_cookie()] = old

    assert 302 == answer.status_code
    assert old != new
    assert 302 == client.get("/desk/").status_code


def test_a29_a_session_is_long_random_and_ends_with_logout(house):
    """A29: 256 bits, HttpOnly, SameSite; the server forgets it at once."""
    house.store.set_password(house.people["editor"].id, GOOD)
    client = house.browser()
    sign_in(house, client, GOOD)
    cookie = client.cookies[session_cookie()]
    token = cookie.value
    client.post("/desk/logout")
    client.cookies[session_cookie()] = token

    assert 43 <= len(token)
    assert cookie["httponly"]
    assert "Lax" == cookie["samesite"]
    assert 302 == client.get("/desk/").status_code


def test_a30_a_session_ends_when_idle_and_after_a_day_of_work(house):
    """A30: 30 minutes idle, 8 hours in all."""
    client = house.browser("editor")
    for _ in range(17):
        house.clock.on(minutes=28)
        client.get("/desk/")
    late = client.get("/desk/").status_code
    house.clock.on(minutes=10)
    over = client.get("/desk/").status_code
    idle = house.browser("editor")
    house.clock.on(minutes=31)

    assert [200, 302, 302] == [late, over, idle.get("/desk/").status_code]


def test_a31_guessing_is_slowed_and_locks_nobody_else(house):
    """A31: five wrong in a minute, then wait; another account is untouched."""
    house.store.set_password(house.people["editor"].id, GOOD)
    house.store.set_password(house.people["chair"].id, GOOD)
    client = house.browser()
    answers = [sign_in(house, client, "wrong").status_code for _ in range(6)]
    even_right = sign_in(house, client, GOOD).status_code
    other = sign_in(house, house.browser(), GOOD, "chair").status_code
    house.clock.on(seconds=61)

    assert [403] * 5 + [429] == answers
    assert [429, 302] == [even_right, other]
    assert 302 == sign_in(house, client, GOOD).status_code


def test_a32_a_wrong_login_looks_like_a_wrong_password(house):
    """A32: same status, same text, like time, whether or not the login exists."""
    house.store.set_password(house.people["editor"].id, GOOD)
    seen = {}
    for login in ("editor", "nobody"):
        took, page = [], ""
        for _ in range(4):
            house.clock.on(hours=2)
            began = time.process_time()
            answer = sign_in(house, house.browser(), "wrong", login)
            took.append(time.process_time() - began)
            page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        seen[login] = (answer.status_code, page, min(took))
    known, unknown = seen["editor"], seen["nobody"]

    assert known[:2] == unknown[:2]
    assert 0.4 < known[2] / unknown[2] < 2.5


def test_a33_a37_an_invitation_is_used_by_sending_not_by_looking(house):
    """A33, A37: 72 hours, one use; a preview robot's GET uses nothing up."""
    account = house.people["editor"].id
    token = house.store.invite(
        "welcome", at=house.clock(), lasts=timedelta(hours=72), account_id=account
    )
    path = f"/desk/welcome/{token}"
    client = house.browser()
    looks = [client.get(path).status_code for _ in range(3)]
    told = {"password": GOOD, "again": GOOD}
    used = client.post(path, told).status_code
    again = client.post(path, told).status_code
    late = house.store.invite(
        "welcome", at=house.clock(), lasts=timedelta(hours=72), account_id=account
    )
    house.clock.on(hours=73)

    assert [200, 200, 200, 302, 404] == [*looks, used, again]
    assert 404 == client.get(f"/desk/welcome/{late}").status_code
    assert 43 <= len(token)


def test_a34_setup_needs_the_consoles_code_and_then_is_gone(house):
    """A34: no default account; without a code the page does not exist."""
    client = house.browser()
    closed = client.get("/desk/setup").status_code
    code = house.store.invite("setup", at=house.clock(), lasts=timedelta(minutes=30))
    told = {"login": "first", "name": "一号", "password": GOOD, "again": GOOD}
    wrong = client.post("/desk/setup", told | {"code": "x" * 43}).status_code
    made = client.post("/desk/setup", told | {"code": code}).status_code

    assert [404, 422, 302] == [closed, wrong, made]
    assert 404 == client.get("/desk/setup").status_code
    assert 302 == sign_in(house, client, GOOD, "first").status_code


@pytest.mark.parametrize(
    ("word", "is_fine"),
    [
        ("short7!", False),
        ("password123", False),
        ("editor-2026", False),
        ("gonghui-2026", False),
        ("正好八个字的密码", True),
        ("x7" * 40, True),
    ],
)
def test_a35_what_a_password_may_be(house, word, is_fine):
    """A35: 8 or more, long ones too, no common ones, none with one's own name."""
    from desk.sign_in_views import password_fault

    assert is_fine == (password_fault(word, word, ("editor", "何文")) == "")


def test_a36_passwords_are_argon2id(house):
    """A36: argon2id at 100 MB and two rounds; the input is bounded."""
    from story_store.desk_models import AccountRow

    house.store.set_password(house.people["editor"].id, GOOD)
    kept = AccountRow.objects.get(login="editor").password

    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,")
