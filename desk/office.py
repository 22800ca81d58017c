"""What the views work with: settings, store, clock, and the acts of the workflow.

The desk stands below the workflow and may not import it. ``workflow.desk_office``
makes the one ``Desk`` of the process and puts it here before the first request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from config import Settings
from newsroom.edition import Edition
from newsroom.errors import NewsroomError
from newsroom.submission import Submission
from story_store.store import Store

if TYPE_CHECKING:
    from newsroom.submission import Door
    from site_builder.preview import Preview
    from submissions.pasted import PasteAnswer


class PreviewAct(Protocol):
    """Today's front page as it would be, in memory; nothing is kept."""

    def __call__(self, at: datetime, *, is_public: bool) -> Preview:
        """The page for readers, or the office's own."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What the workflow does to the two trees.

    Attributes:
        change: has both say what stories say now; why they do not yet, else nothing.
            While another run is at them it is done by itself afterwards.
        withdraw: takes a story out of both by name and reason; what was done.
        preview: the front page with today's plan.
    """

    change: Callable[[datetime], str]
    withdraw: Callable[[int, str, str, datetime], str]
    preview: PreviewAct


class PasteAct(Protocol):
    """Takes in the stories of a pasted or typed text."""

    def __call__(
        self, text: str, unit: str, door: Door, by: str | None, at: datetime
    ) -> tuple[PasteAnswer, ...]:
        """What became of each; ``unit`` is for those that name none, may be empty."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What only the workflow can do, as functions.

    Attributes:
        check: runs the proof-reader over a submission just handed in.
        plan: today's edition as it would be issued now; nothing is kept.
        issue: issues today's edition and builds the internal pages.
        release: lets a day into the public tree by two names.
        work: has the worker look for jobs; without a worker, works them off at once.
        refresh: follows the settings files where they have changed; never fails.
        paste: takes in what an editor pastes or types.
        pages: what is done to the trees.
    """

    check: Callable[[Submission, datetime], Submission]
    plan: Callable[[datetime], Edition]
    issue: Callable[[datetime], Edition]
    release: Callable[[date, str, str, datetime], Edition]
    work: Callable[[], None]
    refresh: Callable[[], None]
    paste: PasteAct
    pages: Pages


@dataclass(frozen=True, slots=True)
class Desk:
    """One office's desk."""

    settings: Settings
    store: Store
    now: Callable[[], datetime]
    acts: Acts
    output: Path
    address: str = ""


class _Place:
    """Where the process keeps its desk."""

    desk: Desk | None = None


def open_desk(desk: Desk | None) -> None:
    """Put the desk in place; None takes it away."""
    _Place.desk = desk


def the_desk() -> Desk:
    """The desk of this process.

    Raises:
        NewsroomError: none was opened.
    """
    if _Place.desk is None:
        raise NewsroomError("编辑台没有打开：请用 gonghui serve-desk 启动")
    return _Place.desk
