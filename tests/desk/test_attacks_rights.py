"""Attacks on rights: every route by every role, looking, headers (A21-A24, A38-A42)."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from desk.guards import CSP
from tests.desk.routes import paths, routes

# Who may open (GET) or act (POST) where; everything else must be refused.
ANYBODY = {"front", "health", "lesson", "asset", "login", "logout", "service_worker"}


BY_TOKEN = {
    *("mine", "start", "whole", "drop", "form", "photo", "receipt", "mend", "appeal"),
    *("welcome", "draft_state", "manifest", "pocket", "questions", "parcel"),
    *("pin", "choose_pin"),
}


ONCE = {"setup"}


SIGNED_IN = {"password", "inbox"}


READERS = {"editor", "reviewer", "final", "chair"}


DESK = {
    "story": READERS,
    "paste": {"editor", "reviewer"},
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
    "retry_forms": READERS,
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
    "retry_forms",
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
