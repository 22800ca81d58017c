"""The optional PIN of a personal link: for phones that are not the chair's own.

A phone that has given it once is known for ninety days by a signed cookie, which a
new PIN makes worthless. Guessing is slow for this link alone (reliability: A31).
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desk.asking import fields
from desk.form_pages import frame
from desk.links import (
    KNOWN_FOR,
    Sender,
    known_phone,
    link_of,
    personal,
    phone_cookie,
    sign_phone,
)

_PIN = re.compile(r"\d{4,6}")
_LIMITS = ((5, timedelta(minutes=1)), (20, timedelta(hours=1)))
_TOO_SIMPLE = frozenset({"0000", "1111", "1234", "123456", "000000", "111111"})


@require_http_methods(["GET", "POST"])
@link_of
def enter(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """The page that asks an unknown phone for the PIN."""
    if known_phone(request, sender.link):
        return redirect("mine", sender.token)
    fault, status = "", 200
    if request.method == "POST":
        told = fields(request, "pin")
        fault = _try(sender, told["pin"].strip())
        if not fault:
            return _let_in(redirect("mine", sender.token), sender)
        status = 403
    page = frame(sender) | {"fault": fault}
    return render(request, "submissions/pin.html", page, status=status)


@require_http_methods(["GET", "POST"])
@personal
def choose(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """Setting a PIN, another one, or none."""
    fault = ""
    if request.method == "POST":
        told = fields(request, "pin", "do")
        pin = "" if told["do"] == "none" else told["pin"].strip()
        fault = _why_not(pin) if told["do"] != "none" else ""
        if not fault:
            link = sender.desk.store.set_pin(sender.link.id, pin)
            renewed = Sender(link, sender.token, sender.unit, sender.desk)
            return _let_in(redirect("mine", sender.token), renewed)
    page = frame(sender) | {"fault": fault}
    status = 422 if fault else 200
    return render(request, "submissions/choose_pin.html", page, status=status)


def _try(sender: Sender, pin: str) -> str:
    """Why a phone is not let in, empty when it is."""
    store, at = sender.desk.store, sender.desk.now()
    limits = {
        f"pin:{sender.link.id}:{place}": limit for place, limit in enumerate(_LIMITS)
    }
    if store.begin_attempt(limits, at=at) is not None:
        return "试得太多了，请过一会儿再试；忘了口令，请编辑换一张卡片"
    if not _PIN.fullmatch(pin) or not store.is_pin(sender.link.id, pin):
        return "口令不对。忘了口令，请编辑换一张卡片"
    store.forget_attempt(limits, at=at)
    return ""


def _why_not(pin: str) -> str:
    if not _PIN.fullmatch(pin):
        return "口令是四到六位数字"
    if pin in _TOO_SIMPLE:
        return "这个太好猜，请换一个"
    return ""


def _let_in(response: HttpResponse, sender: Sender) -> HttpResponse:
    if sender.link.has_pin:
        response.set_cookie(
            phone_cookie(sender.link),
            sign_phone(sender.link),
            max_age=int(KNOWN_FOR.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=sender.desk.address.startswith("https:"),
            path="/s/",
        )
    return response
