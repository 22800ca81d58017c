"""Signing in and out, the first administrator, and one-use links for passwords."""

from __future__ import annotations

import threading
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk.asking import fields
from desk.guards import (
    LONGEST_SESSION,
    person_of,
    refused,
    session_cookie,
    signed_in,
)
from desk.office import Desk, the_desk
from desk.templating import url
from newsroom.errors import NotAllowed
from newsroom.roles import Person, Role

SETUP = "setup"
WELCOME = "welcome"
WELCOME_LASTS = timedelta(hours=72)
_WRONG = "登录名或密码不对"
_NO_CODE = (
    "代码用过了，或者过了 30 分钟：已有管理员的直接登录，"
    "没有的再运行一次 gonghui desk setup"
)
_USED = (
    "这条链接用过了，或者过了 72 小时：密码设好了的直接登录，没有的请账号管理员再发一条"
)
_SHORTEST, _LONGEST = 8, 128
_ACCOUNT_TRIES, _ADDRESS_TRIES = 5, 20
_MINUTE = 60
# Each hash takes 100 MB and a tenth of a second: never more than two at once (A36).
_HASHING = threading.BoundedSemaphore(2)
_common = CommonPasswordValidator()


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """The page to sign in; a wrong login and a wrong password look the same."""
    desk = the_desk()
    page: dict[str, object] = {
        "fault": "",
        "login": request.GET.get("set", "")[:40],
        "office": desk.settings.office,
        "is_set": "set" in request.GET and request.method != "POST",
        "is_new": not desk.store.people(),
        "has_code": desk.store.has_invite(SETUP, at=desk.now()),
    }
    if request.method != "POST":
        return render(request, "desk/login.html", page)
    told = fields(request, "login", "password")
    limits = _limits(told["login"], request.META.get("REMOTE_ADDR", ""))
    at = desk.now()
    wait = desk.store.begin_attempt(limits, at=at)
    if wait is not None:
        page |= {"fault": _slow(wait), "login": told["login"]}
        return _told_to_wait(render(request, "desk/login.html", page, status=429), wait)
    with _HASHING:
        person = desk.store.find_login(told["login"], told["password"])
    if person is None:
        page |= {"fault": _WRONG, "login": told["login"]}
        return render(request, "desk/login.html", page, status=403)
    desk.store.forget_attempt(limits, at=at)
    return _open(request, desk, person)


def _limits(login: str, address: str) -> dict[str, tuple[int, timedelta]]:
    """How often one may try: an account in a minute, an address in an hour.

    An account that is guessed at is slow, never locked (reliability: A31).
    """
    account = login.lower()[:40]
    return {
        f"login:{account}": (_ACCOUNT_TRIES, timedelta(minutes=1)),
        f"ip:{address}": (_ADDRESS_TRIES, timedelta(hours=1)),
    }


def _slow(wait: timedelta) -> str:
    seconds = int(wait.total_seconds())
    if seconds <= _MINUTE:
        return "试得太多了，请一分钟后再试"
    minutes = seconds // _MINUTE + 1
    return f"试得太多了，请 {minutes} 分钟后再试，或请账号管理员发设密码链接"


def _told_to_wait(response: HttpResponse, wait: timedelta) -> HttpResponse:
    response.headers["Retry-After"] = str(int(wait.total_seconds()))
    return response


def _open(request: HttpRequest, desk: Desk, person: Person) -> HttpResponse:
    """A new session; what the browser had before is dead."""
    old = request.COOKIES.get(session_cookie(), "")
    if old:
        desk.store.close_session(old)
    token = desk.store.open_session(person.id, at=desk.now())
    rotate_token(request)
    response = redirect("inbox")
    response.set_cookie(
        session_cookie(),
        token,
        max_age=int(LONGEST_SESSION.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=desk.address.startswith("https:"),
        path="/",
    )
    return response


@require_POST
def logout(request: HttpRequest) -> HttpResponseBase:
    """End the session here and in the store."""
    the_desk().store.close_session(request.COOKIES.get(session_cookie(), ""))
    response = redirect("login")
    response.delete_cookie(session_cookie(), path="/", samesite="Lax")
    return response


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponseBase:
    """The first administrator, by the code that the console showed; then no more."""
    desk = the_desk()
    if not desk.store.has_invite(SETUP, at=desk.now()):
        return refused(request, _NO_CODE, 404)
    page: dict[str, object] = {"fault": "", "office": desk.settings.office}
    page["values"] = {"code": "", "login": "", "name": ""}
    if request.method == "POST":
        told = fields(request, "code", "login", "name", "password", "again")
        page["values"] = told
        fault = _setup(desk, told, request.META.get("REMOTE_ADDR", ""))
        if not fault:
            return _to_sign_in(told["login"])
        page["fault"] = fault
        return render(request, "desk/setup.html", page, status=422)
    return render(request, "desk/setup.html", page)


def _to_sign_in(name: str) -> HttpResponse:
    """The page to sign in, which says that the password is set, for whom."""
    return redirect(f"{url('login')}?{urlencode({'set': name.strip()})}")


def _setup(desk: Desk, told: dict[str, str], address: str) -> str:
    """What is wrong, empty once the administrator is there."""
    now, store = desk.now(), desk.store
    key = f"setup:{address}"
    limits = {key: (_ADDRESS_TRIES, timedelta(hours=1))}
    wait = store.begin_attempt(limits, at=now)
    if wait is not None:
        return _slow(wait)
    fault = password_fault(told["password"], told["again"], (told["login"],))
    if fault:
        return fault
    if store.invited(SETUP, told["code"].strip(), at=now) is None:
        return "代码不对：请照着 gonghui desk setup 显示的输入"
    try:
        person = store.add_account(told["login"], told["name"], [Role.ADMIN], at=now)
    except NotAllowed as error:
        return str(error)
    store.use_invite(SETUP, told["code"].strip(), at=now)
    with _HASHING:
        store.set_password(person.id, told["password"])
    store.note_event(person.name, "建立第一个管理员账号", at=now)
    return ""


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """A one-use link: whoever was invited sets their own password.

    Looking uses nothing up, so a preview robot of a chat does no harm.
    """
    desk = the_desk()
    account_id = desk.store.invited(WELCOME, token, at=desk.now())
    if not account_id:
        return refused(request, _USED, 404)
    person = desk.store.person(account_id)
    fault = ""
    if request.method == "POST":
        told = fields(request, "password", "again")
        own = (person.login, person.name)
        fault = password_fault(told["password"], told["again"], own)
        if not fault and desk.store.use_invite(WELCOME, token, at=desk.now()):
            with _HASHING:
                desk.store.set_password(person.id, told["password"])
            desk.store.note_event(person.name, "设置了密码", at=desk.now())
            return _to_sign_in(person.login)
    page = {"person": person, "fault": fault, "office": desk.settings.office}
    status = 422 if fault else 200
    return render(request, "desk/welcome.html", page, status=status)


@require_http_methods(["GET", "POST"])
@signed_in()
def password(request: HttpRequest, person: Person) -> HttpResponseBase:
    """A new password of one's own; every other browser must sign in again."""
    desk = the_desk()
    fault = ""
    if request.method == "POST":
        told = fields(request, "old", "password", "again")
        own = (person.login, person.name)
        fault = password_fault(told["password"], told["again"], own)
        fault = fault or _old_fault(desk, person, told["old"], request)
        if not fault:
            with _HASHING:
                desk.store.set_password(person.id, told["password"])
            return _open(request, desk, person)
    page = {"person": person, "fault": fault, "desk": desk}
    status = 422 if fault else 200
    return render(request, "desk/password.html", page, status=status)


def _old_fault(desk: Desk, person: Person, old: str, request: HttpRequest) -> str:
    """What is wrong with the present password; guessing is as slow as signing in."""
    limits = _limits(person.login, request.META.get("REMOTE_ADDR", ""))
    at = desk.now()
    wait = desk.store.begin_attempt(limits, at=at)
    if wait is not None:
        return _slow(wait)
    with _HASHING:
        known = desk.store.find_login(person.login, old)
    if known is None:
        return "原来的密码不对"
    desk.store.forget_attempt(limits, at=at)
    return ""


def password_fault(word: str, again: str, own: tuple[str, ...]) -> str:
    """What is wrong with a new password, empty when it may be used (A35)."""
    if word != again:
        return "两次写的密码不一样"
    if len(word) < _SHORTEST:
        return f"密码至少 {_SHORTEST} 位，可以用一句话"
    if len(word) > _LONGEST:
        return f"密码太长，请在 {_LONGEST} 位以内"
    if any(one and one.lower() in word.lower() for one in (*own, "gonghui")):
        return "密码里不要有登录名、姓名和 gonghui"
    try:
        _common.validate(word)
    except ValidationError:
        return "这个密码太常见，容易被猜到，请换一个"
    return ""


def front(request: HttpRequest) -> HttpResponseBase:
    """The bare address: to the inbox, or to sign in."""
    return redirect("inbox" if person_of(request) else "login")
