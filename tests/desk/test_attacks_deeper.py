"""The attack list once more, against real sockets, threads and a whole database."""

from __future__ import annotations

import re
import socket
import sqlite3
import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections

from desk.guards import session_cookie
from desk.office import open_desk, the_desk
from newsroom.body import Body, Cell, ListBlock, Paragraph, Run, Table
from newsroom.link_finding import body_links, find_links
from newsroom.story import FindingLevel
from workflow.desk_office import make_application
from workflow.desk_serving import desk_in_thread

GOOD = "清凉一夏-送到车间"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _sign_in(client, password, login="editor"):
    return client.post("/desk/login", {"login": login, "password": password})


def _together(count, ask):
    gate, answers = threading.Barrier(count), []

    def run():
        gate.wait()
        answers.append(ask())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _ask(port, method="GET", path="/health", body=None, headers=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_a31_of_sixteen_guesses_at_once_five_are_looked_at(house):
    """A31: counting comes before looking, so a burst gains nothing."""
    house.store.set_password(house.people["editor"].id, GOOD)
    looked = []
    find = type(house.store).find_login

    def counted(store, login, word):
        looked.append(word)
        return find(store, login, word)

    with patch.object(type(house.store), "find_login", counted):
        answers = _together(16, lambda: _sign_in(house.browser(), "wrong").status_code)

    assert [403] * 5 + [429] * 11 == sorted(answers)
    assert 5 == len(looked)


def test_a31_the_password_page_is_no_way_round(house):
    """A31: guessing the present password in a stolen session is as slow."""
    house.store.set_password(house.people["editor"].id, GOOD)
    client = house.browser("editor")
    told = {
        "old": "wrong",
        "password": "又一句很长的清凉话",
        "again": "又一句很长的清凉话",
    }
    pages = [client.post("/desk/password", told).content.decode() for _ in range(6)]
    right = client.post("/desk/password", told | {"old": GOOD})

    assert all("原来的密码不对" in page for page in pages[:5])
    assert "试得太多了" in pages[5]
    assert 422 == right.status_code


def test_a31_right_sign_ins_use_nothing_up(house):
    """A31: a whole office behind one address may sign in all day."""
    house.store.set_password(house.people["editor"].id, GOOD)
    answers = [_sign_in(house.browser(), GOOD).status_code for _ in range(25)]

    assert {302} == set(answers)


def test_a31_a_forged_address_is_not_a_new_one(house):
    """A31, A25: X-Forwarded-For of a stranger is not believed."""
    body = urlencode({"login": "x", "password": "y"})
    with desk_in_thread(make_application()) as port:
        for _ in range(20):
            house.store.note_attempt("ip:127.0.0.1", at=house.clock())
        _, page = _ask(port, path="/desk/login")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        cookie = f"csrftoken={token}"
        status, _ = _ask(
            port,
            "POST",
            "/desk/login",
            body + "&csrfmiddlewaretoken=" + token,
            FORM | {"X-Forwarded-For": "203.0.113.9", "Cookie": cookie},
        )

    assert 429 == status
    assert 0 == house.store.attempts(
        "ip:203.0.113.9", since=house.clock() - timedelta(hours=1)
    )


def test_a32_an_unknown_login_costs_as_many_hashes(house):
    """A32: one hash either way, so the time says nothing."""
    house.store.set_password(house.people["editor"].id, GOOD)
    house.store.set_active(house.people["chair"].id, active=False)
    hashed = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify

    def count(name, work):
        def counted(*args, **kwargs):
            hashed.append(name)
            return work(*args, **kwargs)

        return counted

    costs = {}
    with (
        patch.object(Argon2PasswordHasher, "encode", count("hash", encode)),
        patch.object(Argon2PasswordHasher, "verify", count("hash", verify)),
    ):
        for login in ("editor", "nobody", "chair"):
            hashed.clear()
            _sign_in(house.browser(), "wrong", login)
            costs[login] = len(hashed)

    assert {1} == set(costs.values())


def test_a36_never_more_than_two_hashes_at_once(house):
    """A36: sixteen who sign in together hold the memory of two."""
    now, most, lock = [0], [0], threading.Lock()
    wait = threading.Event()

    def slow(_store, _login, _word):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        wait.wait(0.02)
        with lock:
            now[0] -= 1

    with patch.object(type(house.store), "find_login", slow):
        _together(8, lambda: _sign_in(house.browser(), "x").status_code)

    assert 1 <= most[0] <= 2


def test_a29_a_new_password_ends_every_other_session(house):
    """A29: password, roles and activity are asked for with each request."""
    first, second = house.browser("editor"), house.browser("editor")
    house.store.set_password(house.people["editor"].id, GOOD)

    assert [302, 302] == [
        first.get("/desk/").status_code,
        second.get("/desk/").status_code,
    ]


def test_a29_roles_taken_away_are_gone_with_the_next_request(house):
    """A38: nobody keeps what they may no longer do."""
    from newsroom.roles import Role

    client = house.browser("admin")
    before = client.get("/desk/people").status_code
    house.store.set_roles(house.people["admin"].id, [Role.EDITOR])

    assert [200, 403] == [before, client.get("/desk/people").status_code]


def test_a29_over_https_the_cookie_is_bound_to_the_host(house):
    """A29: __Host-, Secure, HttpOnly, path /, and HSTS, once an address is named."""
    house.store.set_password(house.people["editor"].id, GOOD)
    open_desk(replace(the_desk(), address="https://desk.example.org"))
    client = house.browser()
    answer = _sign_in(client, GOOD)
    cookie = client.cookies["__Host-desk"]

    assert "__Host-desk" == session_cookie()
    assert (True, True, "/", "") == (
        cookie["secure"],
        cookie["httponly"],
        cookie["path"],
        cookie["domain"],
    )
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "https://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
)
def test_a20_other_origins_are_refused_with_a_right_token(house, headers):
    """A20: sandboxed frames, look-alike hosts, sister sites."""
    client = house.browser("editor", enforce_csrf_checks=True)
    number = house.number()
    page = client.get(f"/desk/s/{number}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    told = {"text": "x", "csrfmiddlewaretoken": token}
    answer = client.post(f"/desk/s/{number}/comment", told, headers=headers)

    assert 403 == answer.status_code
    assert () == house.store.comments(number)


def test_a23_pages_and_photos_stand_in_no_frame(house, picture):
    """A23: both headers, on pages, photos, refusals and errors."""
    number = house.number(photo=picture())
    photo = house.store.submission(number).photos[0].file
    client = house.browser("editor")
    paths = ("/desk/", f"/desk/s/{number}/photo/{photo}", "/nothing", "/desk/people")
    answers = [client.get(path) for path in paths]

    assert {"DENY"} == {a.headers["X-Frame-Options"] for a in answers}
    assert {"same-origin"} == {
        a.headers["Cross-Origin-Resource-Policy"] for a in answers
    }


def test_a33_no_token_stands_in_the_database(house):
    """A33, A36: links, sessions and invitations are kept as hashes only."""
    tokens = [*house.links.values()]
    tokens.append(house.store.open_session(house.people["editor"].id, at=house.clock()))
    tokens += [
        house.store.invite(purpose, at=house.clock(), lasts=timedelta(hours=1))
        for purpose in ("setup", "welcome")
    ]
    house.number()
    with sqlite3.connect(house.store.folder / "store.sqlite3") as open_file:
        kept = "\n".join(open_file.iterdump())
    open_file.close()

    assert [] == [token for token in tokens if token in kept]
    assert all(len(token) >= 22 for token in tokens)


def test_a57_slow_senders_hold_up_nobody(house):
    """A57: forty bodies that never end; the forty-first request is answered."""
    head = (
        "POST /desk/login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 100000\r\n\r\nlogin="
    )
    with desk_in_thread(make_application()) as port, ExitStack() as open_ones:
        for _ in range(40):
            slow = socket.create_connection(("127.0.0.1", port))
            open_ones.callback(slow.close)
            slow.sendall(head.encode())
        answers = {_ask(port)[0] for _ in range(3)}

    assert {200} == answers
    assert 0 == house.store.attempts("ip:127.0.0.1", since=house.clock.at)


def test_a57_slow_headers_hold_up_nobody(house):
    """A57: requests that never begin."""
    with desk_in_thread(make_application()) as port, ExitStack() as open_ones:
        for _ in range(40):
            slow = socket.create_connection(("127.0.0.1", port))
            open_ones.callback(slow.close)
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        status, _ = _ask(port)

    assert 200 == status


def test_a58_a_body_without_length_is_bounded(house):
    """A58: chunks without end are refused; the server goes on."""
    with (
        patch("workflow.desk_serving.LARGEST_BODY", 200_000),
        desk_in_thread(make_application()) as port,
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as stream:
            stream.sendall(
                b"POST /desk/login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n"
            )
            try:
                for _ in range(40):
                    stream.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
                answer = stream.recv(64)
            except OSError:
                answer = b""
        status, _ = _ask(port)

    assert not answer.startswith(b"HTTP/1.1 2")
    assert 200 == status


def test_a27_two_requests_in_one_are_not_smuggled(house):
    """A27: a length and chunks together, or two lengths, are refused."""
    smuggled = (
        b"POST /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
        b"Content-Length: 44\r\n\r\nabcdGET /desk/setup HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with (
        desk_in_thread(make_application()) as port,
        socket.create_connection(("127.0.0.1", port), timeout=60) as stream,
    ):
        stream.sendall(smuggled)
        stream.shutdown(socket.SHUT_WR)
        answer = stream.recv(4096)

    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("path", ["/nothing/here", "/desk/s/x/", "/assets/../x"])
def test_a71_what_is_not_there_says_nothing_of_the_house(house, path):
    """A71: no path, version or server name on a page of refusal."""
    with desk_in_thread(make_application()) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        page, headers = answer.read().decode(), dict(answer.getheaders())
        connection.close()

    assert not {"Server", "X-Powered-By"} & set(headers)
    assert "Django" not in page
    assert "/work" not in page


def test_a76_the_page_of_one_form_has_the_field_too(house):
    """A76: a robot that fills every field hands nothing in by either door."""
    token = house.links["afs"]
    told = {"title": "标题", "text": house.text, "website": "http://spam.example"}
    answer = house.browser().post(f"/s/{token}/whole", told)

    assert answer.status_code in {409, 422}
    assert () == house.store.submissions()


LINKED = Body(
    (
        Paragraph((Run("详见"), Run("活动页面", "https://evil.example/a"))),
        ListBlock(((Run("www.hbzgh.org.cn", "https://evil.example/b"),),)),
        Table((((Cell((Run("电话", "tel:12351"),))),),)),
        Paragraph((Run("也可登录 http://www.zhijiang.example/x 报名"),)),
    )
)


def test_a79_every_link_says_where_it_leads():
    """A79: links of the text, of lists and tables, and addresses that were typed."""
    found = list(find_links(LINKED.text, body_links(LINKED)))

    assert [(f.text, f.level, f.why) for f in found] == [
        ("活动页面", FindingLevel.WARN, "链接通向 evil.example"),
        (
            "www.hbzgh.org.cn",
            FindingLevel.BLOCK,
            "写的是 hbzgh.org.cn，链接却通向 evil.example",
        ),
        ("电话", FindingLevel.WARN, "链接通向 12351"),
        (
            "http://www.zhijiang.example/x",
            FindingLevel.WARN,
            "链接通向 zhijiang.example",
        ),
    ]
    assert all(LINKED.text[f.start : f.end] == f.text for f in found)


def test_a79_a_link_is_looked_at_before_it_is_signed(house):
    """A79: a typed address stands among the checks and waits for a tick by name."""
    number = house.number(text=house.text + "\n报名登录 www.evil.example 填表。")
    page = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    house.act("editor", number, "sign")
    before = house.state(number)
    key = re.search(r'name="finding" value="(link:[^"]+)"', page)[1]
    house.act("editor", number, "tick", finding=key)
    house.act("editor", number, "sign")

    assert "链接通向 evil.example" in page
    assert ["checked", "first_ok"] == [before, house.state(number)]
