"""What the desk asks of the pages: built anew, a story taken back, a look ahead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.edition import Edition, Release
from newsroom.outline import EditionOutline, edition_outline
from site_builder.given import Audience
from site_builder.preview import Preview, preview_front
from workflow.building import TREES, site_given
from workflow.kept_shelves import KeptEditions
from workflow.page_changes import change_pages
from workflow.withdrawing import note_withdrawn

if TYPE_CHECKING:
    from desk.office import Pages
    from story_store.store import Store
    from workflow.office import Office

_WAIT = 5  # seconds; what takes longer is the worker's


class _WithPlanned(KeptEditions):
    """The editions as kept, and today's as it is planned."""

    def __init__(self, store: Store, planned: Edition) -> None:
        super().__init__(store)
        self._planned = planned
        self._day = planned.day.isoformat()
        self._digest = f"plan-{planned.issued_at}"

    def digests(self) -> Mapping[str, str]:
        """The digest of each day's edition; of the plan none that was kept."""
        return dict(super().digests()) | {self._day: self._digest}

    def outlines(self, days: Collection[str]) -> Iterable[EditionOutline]:
        """The outlines of these days' editions, the plan's last."""
        yield from super().outlines([day for day in days if day != self._day])
        if self._day in days:
            yield edition_outline(self._planned, self._digest)

    def editions(self, days: Collection[str]) -> Iterable[Edition]:
        """These days' editions in full."""
        yield from super().editions([day for day in days if day != self._day])
        if self._day in days:
            yield self._planned


def make_pages(
    office: Office,
    store: Store,
    plan: Callable[[datetime], Edition],
    *,
    work: Callable[[], None],
) -> Pages:
    """The acts of the desk on the two trees, as functions of the time.

    Pages and forms that say what no longer holds are changed in the request, unless
    another run is at them; ``work`` has the worker do the rest.
    """
    from desk.office import Pages

    def change(at: datetime) -> str:
        try:
            return change_pages(replace(office, now=at), store, wait=_WAIT)
        finally:
            work()

    def withdraw(story_id: int, by: str, reason: str, at: datetime) -> str:
        story = note_withdrawn(store, story_id, by=by, reason=reason, at=at)
        waits = change(at)
        if waits:
            return f"《{story.headline}》已登记撤下。{waits}"
        return (
            f"《{story.headline}》已撤下：两套网页里都没有了。"
            "主机上的由网站管理员马上运行 gonghui publish"
        )

    def preview(at: datetime, *, is_public: bool) -> Preview:
        audience = Audience.PUBLIC if is_public else Audience.INTERNAL
        planned = plan(at)
        if is_public:  # shown as if it were signed
            planned = replace(planned, release=Release("", "", at, ""))
        given = replace(
            site_given(replace(office, now=at), store),
            editions=_WithPlanned(store, planned),
        )
        return preview_front(given, audience, office.data / "build" / TREES[audience])

    return Pages(change=change, withdraw=withdraw, preview=preview)
