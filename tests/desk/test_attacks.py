"""The attack list of the reliability paper, by id, against the WSGI application."""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
import statistics
import threading
import time
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.urls import get_resolver

from desk.guards import CSP, session_cookie

SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "{{7*7}}{% raw %}",
    "%s%n{0.__class__}",
    '"><b onmouseover=alert(1)>',
)


def routes():
    return {p.name: str(p.pattern) for p in get_resolver().url_patterns}


def paths(house, number, token, key="k", photo="x.jpg"):
    """Every route with real values in its places."""
    values = {
        "number": quote(number),
        "token": token,
        "key": key,
        "path:name": "index.html",
    }
    return {name: "/" + _fill(path, values, photo) for name, path in routes().items()}


def _fill(pattern, values, photo):
    other = photo if "photo" in pattern else "draft"
    return re.sub(r"<(?:str|path):(\w+)>", lambda m: values.get(m[1], other), pattern)


# Who may open (GET) or act (POST) where; everything else must be refused.
ANYBODY = {"front", "health", "lesson", "asset", "login", "logout", "service_worker"}
BY_TOKEN = {
    *("mine", "start", "whole", "drop", "form", "photo", "receipt", "mend", "appeal"),
    *("welcome", "draft_state", "manifest", "pocket", "questions", "parcel"),
    *("pin", "choose_pin"),
}
ONCE = {"setup"}
SIGNED_IN = {"password"}
READERS = {"editor", "reviewer", "final", "chair"}
DESK = {
    "inbox": READERS | {"admin"},
    "story": READERS,
    "originals": READERS,
    "original": READERS,
    "approval_form": READERS,
    "desk_photo": READERS,
    "comment": READERS,
    "edit": {"editor", "reviewer"},
    "fix": {"editor", "reviewer"},
    "captions": {"editor", "reviewer"},
    "paper": {"editor", "reviewer"},
    "tick": READERS,
    "sign": READERS,
    "send_back": READERS,
    "decline": READERS,
    "duplicate": READERS,
    "internal": READERS,
    "undo": READERS,
    "correct": READERS,
    "propose_correction": {"editor", "reviewer"},
    "agree_correction": {"final", "chair"},
    "tick_correction": READERS,
    "refuse_correction": {"final", "chair"},
    "cancel_correction": {"editor", "reviewer"},
    "withdraw": READERS,
    "publish_again": {"final", "chair"},
    "rework": {"editor", "reviewer"},
    "published": READERS,
    "withdraw_story": READERS,
    "photo_edit": {"editor", "reviewer"},
    "change_photo": {"editor", "reviewer"},
    "photo_restore": {"editor", "reviewer"},
    "photo_back": {"editor", "reviewer"},
    "merge": {"editor", "reviewer"},
    "do_merge": {"editor", "reviewer"},
    "take_apart": {"editor", "reviewer"},
    "hold": {"final", "chair"},
    "chair": {"chair"},
    "weigh": READERS,
    "edition": READERS,
    "internal_page": READERS,
    "arrange": {"editor", "reviewer"},
    "shift": {"editor", "reviewer"},
    "retitle": {"editor", "reviewer"},
    "undo_arranging": {"editor", "reviewer"},
    "preview": READERS,
    "issue": {"editor", "reviewer"},
    "release": {"final", "chair"},
    "rules": READERS | {"admin"},
    "rule": READERS | {"admin"},
    "people": {"admin"},
    "account": {"admin"},
    "link": {"admin"},
}
POSTS = {
    *("edit", "fix", "captions", "paper", "tick", "sign", "send_back", "decline"),
    *("undo", "hold", "chair", "weigh", "comment", "arrange", "issue", "release"),
    *("account", "link", "logout", "start", "drop"),
    *("shift", "retitle", "undo_arranging", "duplicate", "internal"),
    *("propose_correction", "agree_correction", "refuse_correction"),
    "tick_correction",
    *("cancel_correction", "withdraw", "publish_again", "withdraw_story", "rework"),
    *("do_merge", "take_apart", "change_photo", "photo_restore", "photo_back"),
}


def test_a38_every_route_is_in_the_matrix(house):
    """A38: a route that nobody has judged fails here."""
    judged = ANYBODY | BY_TOKEN | ONCE | SIGNED_IN | set(DESK)

    assert judged == set(routes())


def test_a38_each_role_reaches_its_routes_and_no_other(house):
    """A38: all routes x strangers, each role, the disabled: denied unless listed."""
    number = house.number()
    where = paths(house, number, house.links["afs"])
    house.store.set_active(house.people["admin"].id, active=True)
    wrong = []
    for who in (None, "editor", "reviewer", "final", "chair", "webmaster", "admin"):
        client = house.browser(who)
        for name, allowed in DESK.items():
            method = client.post if name in POSTS else client.get
            status = method(where[name]).status_code
            is_in = who in allowed
            if who is None:
                good = status in {302, 403}
                good &= status != 302 or "login" in method(where[name]).url
            elif is_in:
                good = status != 403
            else:
                good = status in {403, 404}
            wrong += [] if good else [f"{who} {name}: {status}"]

    assert [] == wrong


def test_a38_a_disabled_account_is_out_at_once(house):
    """A38, A29: disabling ends the session with the next request."""
    client = house.browser("editor")
    before = client.get("/desk/").status_code
    house.store.set_active(house.people["editor"].id, active=False)

    assert 200 == before
    assert 302 == client.get("/desk/").status_code


def test_a39_another_units_things_are_not_there(house, picture):
    """A39: draft, receipt, mending, photo of another unit: 404, as if absent."""
    number = house.number(photo=picture())
    kept = house.store.submission(number).photos[0].file
    mine, other = house.links["afs"], house.links["ds"]
    draft = house.browser().post(f"/s/{mine}/new").url.split("/")[4]
    client = house.browser()
    seen = [
        client.get(f"/s/{other}/{path}")
        for path in (
            f"r/{number}",
            f"r/{number}/mend",
            f"photo/{kept}",
            f"d/{draft}/topic",
            "r/报0101-XXX-01",
        )
    ]

    assert [404] * 5 == [page.status_code for page in seen]
    assert 1 == len({page.content for page in seen})
    assert 200 == client.get(f"/s/{mine}/photo/{kept}").status_code


def test_a39_a_revoked_link_opens_nothing(house):
    """A39, A30: one tap revokes a link; the next request is refused."""
    link = house.store.links()[0]
    token = house.links[link.unit_id]
    house.store.revoke_link(link.id, at=house.clock())

    assert 404 == house.browser().get(f"/s/{token}/").status_code


def test_a40_fields_that_no_form_has_are_ignored_and_logged(house, caplog):
    """A40: state, unit and number cannot be assigned from outside."""
    number = house.number(state="final_ok", unit_id="ds", number="报9999")
    kept = house.store.submission(number)

    assert ("afs", "checked") == (kept.unit_id, kept.state.value)
    assert "unit_id" in caplog.text


@pytest.mark.parametrize("who", ["reviewer", "final", "chair"])
def test_a41_no_step_is_skipped(house, who):
    """A41: nobody signs before their turn, nor after it is signed."""
    number = house.number()
    house.act(who, number, "sign", read_aloud="yes")
    skipped = house.state(number)
    house.sign_all(number)
    house.act("editor", number, "edit", title="改题", text=house.text)

    assert "checked" == skipped
    assert "1200份清凉包送到车间" == house.store.submission(number).title


def test_a42_doubled_and_odd_parameters_are_400(house):
    """A42: a field twice, JSON for a form: 400, and nothing is changed."""
    number = house.number()
    client = house.browser("editor")
    review = house.store.review(number)
    twice = client.post(
        f"/desk/s/{number}/sign",
        f"mark={review.mark}&mark=x&hash={review.text_hash}",
        content_type="application/x-www-form-urlencoded",
    )
    json = client.post(
        f"/desk/s/{number}/sign", {"hash": "x"}, content_type="application/json"
    )

    assert [400, 400] == [twice.status_code, json.status_code]
    assert "checked" == house.state(number)


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


def database(house) -> str:
    """A hash of everything that is kept, but for when sessions were seen."""
    with sqlite3.connect(house.store.folder / "store.sqlite3") as open_file:
        dump = [
            line
            for line in open_file.iterdump()
            if not line.startswith('INSERT INTO "desk_session"')
        ]
    open_file.close()
    return hashlib.sha256("\n".join(dump).encode()).hexdigest()


def test_a21_looking_changes_nothing(house):
    """A21: every route by GET leaves the store as it was."""
    number = house.number()
    where = paths(house, number, house.links["afs"])
    clients = [house.browser(who) for who in (None, "editor", "chair", "admin")]
    before = database(house)
    for client in clients:
        for path in where.values():
            client.get(path)

    assert before == database(house)


def test_a23_a24_a72_headers_stand_on_every_answer(house):
    """A23, A24, A72: CSP, nosniff, no-store, no foreign origin; errors too."""
    number = house.number()
    where = paths(house, number, house.links["afs"])
    client = house.browser("editor")
    for name, path in {**where, "none": "/nothing/here"}.items():
        answer = client.get(path)
        headers = answer.headers
        policy = headers["Content-Security-Policy"]

        assert policy == CSP or "photo" in name, name
        assert "nosniff" == headers["X-Content-Type-Options"], name
        assert "same-origin" == headers["Referrer-Policy"], name
        assert "Access-Control-Allow-Origin" not in headers, name
        assert "no-store" in headers["Cache-Control"] or name == "asset", name


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
            began = time.perf_counter()
            answer = sign_in(house, house.browser(), "wrong", login)
            took.append(time.perf_counter() - began)
            page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        seen[login] = (answer.status_code, page, statistics.median(took))
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


def test_a01_a02_a03_a19_what_is_typed_is_shown_as_text(house, picture):
    """A01-A03, A19: scripts and templates in every field come out as letters."""
    bad = "".join(SCRIPTS)
    number = house.number(
        title="<b>标题</b>{{7*7}}",
        text=house.text + bad,
        place=bad[:50],
        author="<i>李</i>",
    )
    house.act("editor", number, "comment", text=bad)
    pages = [
        house.browser("editor").get(f"/desk/s/{number}/"),
        house.browser("editor").get("/desk/"),
        house.browser("editor").get(f"/desk/s/{number}/form"),
        house.browser().get(f"/s/{house.links['afs']}/"),
        house.browser().get(f"/s/{house.links['afs']}/r/{number}"),
    ]
    text = "".join(page.content.decode() for page in pages)

    assert [200] * 5 == [page.status_code for page in pages]
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>标题" not in text
    assert "{{7*7}}" in text
    assert "/b&gt;49" not in text


def test_a07_a43_a_file_name_is_only_words(house, picture):
    """A07, A43: names with paths, NUL and tags name nothing on the disk."""
    photo = picture()
    photo.name = '../../x"><img src=x onerror=1>.php.jpg'
    number = house.number(photo=photo)
    kept = house.store.submission(number).photos[0]
    client = house.browser("editor")

    assert re.fullmatch(r"[0-9a-f]{64}\.(jpg|png)", kept.file)
    for name in ("..%2F..%2Fstore.sqlite3", "con.docx", ".htaccess", "x%00.jpg"):
        assert 404 == client.get(f"/desk/s/{number}/photo/{name}").status_code
        assert 404 == client.get(f"/desk/paper/{name}").status_code
    assert 404 == client.get("/desk/paper/../../data/store.sqlite3").status_code


@pytest.mark.parametrize(
    "content",
    [b"MZ" + b"\0" * 99, b"<svg onload=alert(1)>", b"<html>", b"GIF89a" + b"\0" * 9],
)
def test_a09_a44_a52_what_is_no_picture_is_refused_with_a_sentence(house, content):
    """A09, A44, A52: by content, whatever the name; the text typed stays."""
    file = io.BytesIO(content)
    file.name = "照片.jpg"
    page = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        {"title": "标题", "text": house.text, "photo": file},
    )
    words = page.content.decode()

    assert 422 == page.status_code
    assert "照片.jpg：" in words
    assert "1200份" in words


def test_a45_a54_a_photo_is_only_its_pixels(house, picture):
    """A45, A54: a page glued to a photo is gone; it is served where nothing runs."""
    photo = picture()
    whole = io.BytesIO(photo.read() + b"<script>alert(1)</script>")
    whole.name = "x.jpg"
    number = house.number(photo=whole)
    name = house.store.submission(number).photos[0].file
    answer = house.browser("editor").get(f"/desk/s/{number}/photo/{name}")
    data = answer.content

    assert b"<script>" not in data
    assert "default-src 'none'; sandbox" == answer.headers["Content-Security-Policy"]
    assert "image/jpeg" == answer.headers["Content-Type"]


def test_a56_a_unit_sends_so_many_a_day_and_no_more(house):
    """A56: past the day's number a plain page; the text is kept; editors go on."""
    for _ in range(20):
        house.store.note_attempt("send:afs", at=house.clock())
    page = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        {
            "when": "9月18日",
            "title": "第二十一篇",
            "text": house.text,
            "author": "李",
            "reviewer": "陈",
            "phone": "13800001111",
            "public": "yes",
            "promise": "yes",
        },
    )
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()

    assert 409 == page.status_code
    assert "今天已经报了很多篇" in page.content.decode()
    assert "第二十一篇" in own


def test_a58_a59_floods_are_refused_early(house):
    """A58, A59: a giant length, thousands of fields, hundreds of files: 4xx."""
    client = house.browser()
    path = f"/s/{house.links['afs']}/whole"
    giant = client.post(
        path,
        b"",
        content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(10 * 1024**3)},
    )
    fields = client.post(path, {f"f{n}": "x" for n in range(5000)})
    files = client.post(path, {f"f{n}": io.BytesIO(b"x") for n in range(100)})

    assert 413 == giant.status_code
    assert [400, 400] == [fields.status_code, files.status_code]


@pytest.mark.parametrize(
    "body", [b"--x\r\n", b"--x\r\nContent-Disposition: form-data", b"\xff" * 500, b""]
)
def test_a60_broken_multipart_is_a_plain_refusal(house, body):
    """A60: malformed bodies give a sentence at once, never a crash."""
    answer = house.browser().post(
        f"/s/{house.links['afs']}/whole",
        body,
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code in {400, 422}
    assert "Traceback" not in answer.content.decode()


def test_a62_sent_sixteen_times_at_once_it_is_one(house):
    """A62: double taps and resends give one submission and the same receipt."""
    base = f"/s/{house.links['afs']}"
    key = house.browser().post(f"{base}/new").url.split("/")[4]
    told = {
        "key": key,
        "when": "9月18日",
        "title": "清凉包",
        "text": house.text,
        "author": "李",
        "reviewer": "陈",
        "phone": "13800001111",
        "public": "yes",
        "promise": "yes",
    }
    answers = at_once(house, lambda c: c.post(f"{base}/whole", told))

    assert {302} == {a.status_code for a in answers}
    assert 1 == len({a.url for a in answers})
    assert 1 == len(house.store.submissions())


def test_a63_of_sixteen_judgements_one_counts(house):
    """A63: compare-and-set; the losers are told who was faster."""
    number = house.number()
    mark = house.store.review(number).mark
    told = {"mark": mark, "reason": "late"}
    answers = at_once(
        house,
        lambda c: c.post(f"/desk/s/{number}/decline", told),
        who="editor",
    )
    steps = house.store.submission_steps(number)

    assert {302} == {a.status_code for a in answers}
    assert 1 == sum(step.after.value == "rejected" for step in steps)


def test_a63_of_two_texts_none_is_lost(house):
    """A63: the slower editor gets both texts, who and when, and nothing is stored."""
    number = house.number()
    house.act("editor", number, "edit", title="先存的标题", text=house.text)
    late = house.browser("reviewer").post(
        f"/desk/s/{number}/edit",
        {"version": 0, "title": "后存的标题", "text": house.text + "\n后写的话"},
    )
    words = late.content.decode()

    assert 409 == late.status_code
    assert "何文 在 08:00 改过" in words
    assert "后写的话" in words
    assert "先存的标题" == house.store.submission(number).title


def at_once(house, ask, who=None, count=16):
    from django.db import connections

    clients = [house.browser(who) for _ in range(count)]
    gate = threading.Barrier(count)
    answers = []

    def run(client):
        gate.wait()
        answers.append(ask(client))
        connections.close_all()

    threads = [threading.Thread(target=run, args=(c,)) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a64_an_old_form_gives_the_text_back(house):
    """A64: a page that is too old is refused, and what was typed can be copied."""
    client = house.browser(enforce_csrf_checks=True)
    page = client.post(f"/s/{house.links['afs']}/whole", {"text": "写了很久的话"})

    assert 403 == page.status_code
    assert "写了很久的话" in page.content.decode()


@pytest.mark.parametrize("word", ["' OR 1=1 --", "%", "_", '"; DROP TABLE story; --'])
def test_a65_a_word_is_only_searched_for(house, word):
    """A65: quotes and wildcards find nothing and break nothing."""
    number = house.number()
    page = house.browser("editor").get("/desk/", {"q": word, "unit": word})

    assert 200 == page.status_code
    assert number not in page.content.decode()
    assert "checked" == house.state(number)


def test_a69_a_name_in_the_log_is_one_line(house, caplog):
    """A69: line ends and colours of a field's name are escaped and cut."""
    told = urlencode({"x\r\nINFO forged \x1b[31m" + "y" * 5000: "1"})
    kind = "application/x-www-form-urlencoded"
    house.browser().post("/desk/login", told, content_type=kind)
    line = next(r.getMessage() for r in caplog.records if "forged" in r.getMessage())

    assert "\n" not in line
    assert "\x1b" not in line
    assert 400 > len(line)


def test_a71_an_error_shows_no_trace_but_a_number(house, monkeypatch):
    """A71: what broke is logged under a number; the page says only that."""
    import desk.own_views

    monkeypatch.setattr(desk.own_views, "status_words", lambda _: 1 / 0)
    house.number()
    page = house.browser().get(f"/s/{house.links['afs']}/")
    words = page.content.decode()

    assert 500 == page.status_code
    assert re.search(r"编号 [0-9a-f]{8}", words)
    assert "ZeroDivision" not in words
    assert "Traceback" not in words


def test_a76_a_field_that_no_person_sees_catches_robots(house):
    """A76: a honeypot; no picture puzzles."""
    base = f"/s/{house.links['afs']}"
    key = house.browser().post(f"{base}/new").url.split("/")[4]
    house.browser().post(f"{base}/d/{key}/topic", {"topic": "free"})
    house.browser().post(f"{base}/d/{key}/draft", {"title": "标", "text": house.text})
    page = house.browser().post(f"{base}/d/{key}/send", {"website": "x"})

    assert 409 == page.status_code
    assert () == house.store.submissions()


def test_a80_wrong_words_are_shown_and_stop_the_signing(house):
    """A80: the list stands beside the text; publishing waits until it is clear."""
    number = house.number()
    house.act("editor", number, "edit", title="截止目前送清凉", text=house.text)
    page = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    house.act("editor", number, "sign")
    before = house.state(number)
    key = re.search(r'name="finding" value="([^"]+)"', page)[1]
    house.act("editor", number, "tick", finding=key)
    house.act("editor", number, "sign")

    assert "改成“截至目前”" in page
    assert ["checked", "first_ok"] == [before, house.state(number)]
