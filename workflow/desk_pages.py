"""What the desk asks of the pages: built anew, a story taken back, a look ahead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.edition import Edition, Release
from site_builder.given import Audience
from site_builder.preview import Preview, preview_front
from workflow.building import TREES, build_trees, site_given
from workflow.forming import drop_forms
from workflow.kept_shelves import KeptEditions
from workflow.remaking import ask_anew
from workflow.run_lock import run_lock
from workflow.withdrawing import withdraw_story

if TYPE_CHECKING:
    from desk.office import Pages
    from story_store.store import Store
    from workflow.office import Office

_MOST_TOLD = 3
_WAIT = 30  # seconds: the worker has the lock as long as it makes the forms of a day


class _WithPlanned(KeptEditions):
    """The editions as kept, and today's as it is planned."""

    def __init__(self, store: Store, planned: Edition) -> None:
        super().__init__(store)
        self._planned = planned
        self._day = planned.day.isoformat()

    def digests(self) -> Mapping[str, str]:
        """The digest of each day's edition; of the plan none that was kept."""
        kept = dict(super().digests())
        self._digests = kept | {self._day: f"plan-{self._planned.issued_at}"}
        return self._digests

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

    Forms that say what no longer holds are taken down in the request; ``work`` has
    them made anew.
    """
    from desk.office import Pages

    def rebuild(at: datetime, story_id: int | None) -> tuple[str, ...]:
        today = replace(office, now=at)
        if story_id is not None:
            ask_anew(today, store, story_id)
        with run_lock(office.data, at, wait=_WAIT):
            if story_id is not None:
                drop_forms(today, store, story_id)
            reports = build_trees(today, store)
        work()
        faults = [f.sentence for report in reports.values() for f in report.faults]
        return tuple(faults[:_MOST_TOLD])

    def withdraw(story_id: int, by: str, reason: str, at: datetime) -> str:
        today = replace(office, now=at)
        with run_lock(office.data, at, wait=_WAIT):
            # asked for first: whoever is killed on the way is made up for by the worker
            ask_anew(today, store, story_id)
            taken = withdraw_story(
                today, store, story_id, by=by, reason=reason, renew=drop_forms
            )
        work()
        gone, headline = len(taken.gone), taken.story.headline
        return (
            f"《{headline}》已撤下：两套网页已重新生成，{gone} 个文件不在了。"
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

    return Pages(rebuild=rebuild, withdraw=withdraw, preview=preview)
