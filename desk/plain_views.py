"""Pages for anybody: styles and scripts, 小课堂, and whether the desk is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.views.decorators.http import require_safe

from desk.guards import nowhere, refused
from desk.office import the_desk
from desk.templating import ASSETS, asset_file
from desk.templating import asset as asset_path
from newsroom.errors import NotFound
from submissions.lesson_page import PICTURES


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A style or script from the list of those that there are."""
    if name not in ASSETS:
        raise NotFound("没有这个文件")
    kind = ASSETS[name][1]
    response = HttpResponse(asset_file(name).read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def lesson(request: HttpRequest) -> HttpResponseBase:
    """小课堂: how to hand in a story in three minutes."""
    pictures = {name: asset_path(f"lesson-{name}.jpg") for name in PICTURES}
    page = {"office": the_desk().settings.office, "pictures": pictures}
    return render(request, "submissions/lesson.html", page)


@require_safe
def health(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - a view
    """Whether the desk answers and its store can be read; says nothing else."""
    the_desk().store.revision()
    return JsonResponse({"ok": True})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 - Django's door
    """A request that makes no sense."""
    return refused(request, "请求不对，请返回重试", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 - Django's door
    """Not to be done."""
    return refused(request, "这一步不能办", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:  # noqa: ARG001 - Django's door
    """No such page, or not for this reader: both look the same.

    An address that lost its last stroke on the way, or got one, is still that address:
    links are copied by hand and cut by chat programs.
    """
    path = request.path_info
    other = path[:-1] if path.endswith("/") else f"{path}/"
    if request.method == "GET" and is_valid_path(other):
        return redirect(other)
    return nowhere(request)


def failed(request: HttpRequest) -> HttpResponseBase:
    """Something that no other border caught."""
    return refused(request, "出了点问题，请返回再试一次", 500)
