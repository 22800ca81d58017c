"""A submission opened at the desk, and acts on it: a refusal is told, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.asking import BadAsk
from desk.guards import leave_note, signed_in
from desk.inbox_views import may_see
from desk.office import Desk, the_desk
from newsroom.errors import NewsroomError, NotFound
from newsroom.roles import Act, Person
from newsroom.signing import Step
from story_store.reviews import Review

TO_THE_CHAIR = "这件稿子须由主席定能不能公开，已转给主席；您改的都存着，不会丢"
View = Callable[..., HttpResponseBase]
STEP_ACT = {Step.FIRST: Act.FIRST, Step.SECOND: Act.SECOND, Step.FINAL: Act.FINAL}


@dataclass(frozen=True, slots=True)
class Open:
    """A submission opened by someone at the desk."""

    desk: Desk
    person: Person
    review: Review

    @property
    def number(self) -> str:
        """The submission's number."""
        return self.review.submission.number


def find_story(person: Person, number: str) -> Open:
    """The submission, if this person may know of it.

    Raises:
        NotFound: there is none, or it is the chair's: both look the same.
    """
    desk = the_desk()
    review = desk.store.review(number)
    if not may_see(person, review):
        raise NotFound("没有这件投稿")
    return Open(desk, person, review)


def act(*acts: Act) -> Callable[[Callable[..., object]], View]:
    """A change by POST; a refusal is told on the story's page, nothing is lost."""

    def wrap(view: Callable[..., object]) -> View:
        @require_POST
        @signed_in(*acts)
        @wraps(view)
        def acted(request: HttpRequest, person: Person, number: str) -> Any:  # noqa: ANN401 - as the view
            opened = find_story(person, number)
            note: object
            try:
                note = view(request, opened)
            except (BadAsk, NotFound):
                raise
            except NewsroomError as error:
                note = str(error)
            if isinstance(note, HttpResponse):
                return note
            if not may_see(person, opened.desk.store.review(number)):
                leave_note(request, TO_THE_CHAIR)
                return redirect("inbox")
            leave_note(request, str(note))
            return redirect("story", number)

        acted.guard = acts  # type: ignore[attr-defined]
        return acted

    return wrap
