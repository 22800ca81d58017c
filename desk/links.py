"""Who sends: the correspondent behind a personal link, and what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from desk.office import Desk, the_desk
from newsroom.errors import NotFound
from newsroom.taxonomy import Unit
from story_store.links import Link
from story_store.reviewing import Review

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Sender:
    """A correspondent at work: the link, its token, the unit, the desk."""

    link: Link
    token: str
    unit: Unit
    desk: Desk


def personal(view: View) -> View:
    """The view is for whoever holds a living personal link; its second argument."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the view
        desk = the_desk()
        link = desk.store.find_link(token)
        unit = desk.settings.rules.units.unit(link.unit_id) if link else None
        if link is None or unit is None or not unit.enabled:
            raise NotFound("没有这条报送链接")
        return view(request, Sender(link, token, unit, desk), *args, **kwargs)

    guarded.guard = "link"  # type: ignore[attr-defined]
    return guarded


def own_review(sender: Sender, number: str) -> Review:
    """The submission of this number, if the sender's unit handed it in.

    Raises:
        NotFound: there is none, or it is another unit's: both look the same.
    """
    review = sender.desk.store.review(number)
    if review.submission.unit_id != sender.link.unit_id:
        raise NotFound("没有这件投稿")
    return review
