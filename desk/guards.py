"""Around every view: headers, same site only, who is here, errors as sentences."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render

from desk.asking import BadAsk
from desk.office import the_desk
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.roles import Act, Person

LOG = logging.getLogger("gonghui.desk")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
LONGEST_SESSION = timedelta(hours=8)
LARGEST_BODY = 230 * 1024 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"", "same-origin", "none"})
_FORBIDDEN, _NOT_FOUND, _TOO_LARGE = 403, 404, 413
_UPGRADED = (
    "程序刚升级过，这个编辑台还是旧的：请管理员重新启动 gonghui serve-desk。"
    "您写的没有丢，启动以后返回再试一次"
)
_NOWHERE = "没有这一页，或者它不归您看"
# What a form says without a person having written it.
_NOT_TYPED = frozenset(
    {
        *("csrfmiddlewaretoken", "opened", "key", "website", "go", "topic"),
        *("kind", "public", "promise", "mark", "hash", "version"),
        *("do", "id", "base", "tried", "seen", "kept", "digest", "finding", "photo"),
        *("other", "other_mark", "covers", "crop", "page", "story", "tab", "day"),
        *("item_class", "hand", "column", "decision", "how", "level", "unit", "login"),
        # What nobody may read over a shoulder, or find in a browser's history.
        *("password", "again", "old", "pin", "code"),
    }
)
_SIGNED_OUT = "您已经退出登录（半小时没动，或者满八小时），这一步没有存。请登录后再办。"
_DEAD_LINK = "链接可能没有抄全，或者已经换了新卡片。请扫最新的卡片，或者请编辑再发一次"

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def session_cookie() -> str:
    """The cookie's name; ``__Host-`` binds it to https and this host alone."""
    return "__Host-desk" if the_desk().address.startswith("https:") else "desk"


def headers(get_response: GetResponse) -> GetResponse:
    """The security headers of every answer."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        the_desk().acts.refresh()
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Older browsers inside chat programs know no frame-ancestors.
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if the_desk().address.startswith("https:"):
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return answer


def same_site(get_response: GetResponse) -> GetResponse:
    """Nothing is changed at the wish of another site, whatever token it has."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in _SAFE:
            if request.headers.get("Sec-Fetch-Site", "") not in _OWN_SITE:
                return refused(request, "请从我们自己的页面上操作", _FORBIDDEN)
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdecimal() or int(length) > LARGEST_BODY:
                return refused(request, "发来的东西太大了：照片请分几次发", _TOO_LARGE)
        return get_response(request)

    return answer


def sentences(get_response: GetResponse) -> Any:  # noqa: ANN401 - Django's protocol
    """Errors as sentences for whoever can mend them; never a trace."""
    return _Sentences(get_response)


class _Sentences:
    """One request is the border at which everything is caught."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        match error:
            case BadAsk():
                return refused(request, str(error), 400)
            case NotFound() | Http404():
                return nowhere(request)
            case NotAllowed():
                return refused(request, str(error), _FORBIDDEN)
            case NewsroomError():
                return refused(request, str(error), 409)
            case SuspiciousOperation() | MultiPartParserError():
                return refused(request, "请求不对，请返回重试", 400)
        mark = secrets.token_hex(4)
        LOG.error("request %s failed", mark, exc_info=error)
        words = f"出了点问题，已经记下（编号 {mark}）。您写的没有丢，请返回再试一次"
        return refused(request, _UPGRADED if _is_upgraded() else words, 500)


def _is_upgraded() -> bool:
    """Whether a newer program works on the store, and this desk is the old one."""
    try:
        return the_desk().store.is_newer()
    except DatabaseError:
        return False


def refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """A plain page that says what is wrong, and whom a chair can ask."""
    at_desk = request.path.startswith("/desk")
    page = {"words": words, "is_lost": status == _NOT_FOUND, "at_desk": at_desk}
    page |= {"office": the_desk().settings.office}
    return render(request, "desk/refused.html", page, status=status)


def nowhere(request: HttpRequest) -> HttpResponse:
    """No such page, or not for this reader: both look the same."""
    is_link = request.path.startswith("/s/")
    if is_link and _typed(request):
        return _given_back(request, f"{_DEAD_LINK}。", _NOT_FOUND)
    return refused(request, _DEAD_LINK if is_link else _NOWHERE, _NOT_FOUND)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was too old or not ours; what was typed is given back to copy."""
    LOG.warning("csrf: %s", reason)
    return _given_back(request, "页面放得太久了，请返回刷新后再发。", _FORBIDDEN)


def _given_back(
    request: HttpRequest, words: str, status: int, *, is_signed_out: bool = False
) -> HttpResponse:
    """A refusal with what was typed, to be copied: a browser may not keep it."""
    page = {"words": words, "texts": _typed(request), "is_signed_out": is_signed_out}
    return render(request, "desk/stale.html", page, status=status)


def _typed(request: HttpRequest) -> list[str]:
    try:
        sent = request.POST
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return []  # it cannot be read, or broke off: no more to give back
    typed = (values for name, values in sent.lists() if name not in _NOT_TYPED)
    return [str(value) for values in typed for value in values if value]


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in, None when nobody is."""
    token = request.COOKIES.get(session_cookie(), "")
    if not token:
        return None
    desk = the_desk()
    return desk.store.session_person(
        token,
        at=desk.now(),
        idle=timedelta(minutes=desk.settings.desk.idle_minutes),
        longest=LONGEST_SESSION,
    )


def signed_in(*acts: Act) -> Callable[[View], View]:
    """The view is for people who may do one of these acts; with none, for anybody
    who is signed in. The person is its second argument.
    """  # noqa: D205 - one sentence

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the view
            person = person_of(request)
            if person is None:
                if request.method not in _SAFE:
                    return _given_back(
                        request, _SIGNED_OUT, _FORBIDDEN, is_signed_out=True
                    )
                return redirect("login")
            if acts and not any(person.may(act) for act in acts):
                return refused(request, "这一页不归您的账号办", _FORBIDDEN)
            return view(request, person, *args, **kwargs)

        guarded.guard = acts  # type: ignore[attr-defined]
        return guarded

    return guard


def leave_note(request: HttpRequest, note: str) -> None:
    """Something to tell on the next page."""
    the_desk().store.leave_note(request.COOKIES.get(session_cookie(), ""), note[:500])
