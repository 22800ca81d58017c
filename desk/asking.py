"""What a form sent, read strictly: named fields only, each once, each bounded."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.http import HttpRequest

from newsroom.errors import NewsroomError
from submissions.limits import MAX_TEXT_BYTES

LOG = logging.getLogger("gonghui.desk")
LONGEST_LINE = 2000
_OURS = frozenset({"csrfmiddlewaretoken"})


class BadAsk(NewsroomError):  # noqa: N818 - the request is bad, not the program
    """A request that no page of ours makes."""


def fields(
    request: HttpRequest,
    *lines: str,
    texts: Iterable[str] = (),
    lists: Iterable[str] = (),
) -> dict[str, str]:
    """The values of these fields, ``""`` where one was not sent; others are ignored.

    ``lines`` are short, ``texts`` may be as long as a story; ``lists`` are known and
    read by ``several``.

    Raises:
        BadAsk: no form was sent, a field came twice, or is too long.
    """
    kind = request.content_type
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise BadAsk("请用页面上的按钮发送")
    wanted = dict.fromkeys(lines, LONGEST_LINE) | dict.fromkeys(texts, MAX_TEXT_BYTES)
    unknown = sorted(set(request.POST) - {*wanted, *lists} - _OURS)
    if unknown:
        LOG.warning("fields that no form has: %s", ascii(unknown)[:300])
    return {name: _one(request, name, most) for name, most in wanted.items()}


def several(request: HttpRequest, name: str) -> tuple[str, ...]:
    """All values of a field that may come more than once."""
    return tuple(value[:LONGEST_LINE] for value in request.POST.getlist(name)[:50])


def _one(request: HttpRequest, name: str, most: int) -> str:
    values = request.POST.getlist(name)
    if len(values) > 1:
        raise BadAsk("同一项发来了两次，请返回重试")
    value = values[0].replace("\0", "") if values else ""
    if len(value.encode("utf-8", "surrogatepass")) > most:
        raise BadAsk("文字太长了，请分几篇发")
    return value.encode("utf-8", "ignore").decode()
