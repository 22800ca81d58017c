"""What the screens of the form share: showing one, and an answer that a script asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render

from desk.links import Sender
from desk.sending import Fault
from desk.templating import url

REFUSED = 422
View = Callable[..., HttpResponseBase]


def frame(sender: Sender) -> dict[str, object]:
    """What every page of a correspondent shows."""
    kept = sender.desk.settings.store
    return {
        "kept_days": {"rejected": kept.keep_rejected, "adopted": kept.keep_originals},
        "sender": sender,
        "unit": sender.unit,
        "token": sender.token,
        "office": sender.desk.settings.office,
        "paper": sender.desk.settings.edition.title,
        "home": url("mine", sender.token),
        "faults": (),
    }


def show(
    request: HttpRequest, sender: Sender, name: str, page: dict[str, object]
) -> HttpResponse:
    """The page of this name; with faults in it, as a refusal that says what to mend."""
    page = frame(sender) | page
    status = REFUSED if page["faults"] else 200
    if status == REFUSED and wants_json(request):
        return refuse(page["faults"])  # type: ignore[arg-type]
    return render(request, f"submissions/{name}.html", page, status=status)


def refuse(faults: tuple[Fault, ...]) -> JsonResponse:
    """The faults for a script, which shows them at their fields."""
    told = [{"field": fault.field, "words": fault.words} for fault in faults]
    return JsonResponse({"faults": told}, status=REFUSED)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which stays on its page when the line is bad."""
    return request.headers.get("Accept") == "application/json"


def told_where(view: View) -> View:
    """A script that posts is told where to go, in place of being sent there."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - as the view
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseRedirect) and wants_json(request):
            return JsonResponse({"next": response.url})
        return response

    return told
