"""One publishing from beginning to end: what stands first, then what was being made.

After a correction or withdrawal the forms of a day are made anew while its pages are
there already. Readers must not wait for a PDF to lose what was withdrawn, and nobody
should have to publish a second time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic, sleep
from typing import TYPE_CHECKING

from config import HostSettings
from newsroom.errors import NewsroomError
from publisher.publish import silent
from workflow import clock
from workflow.page_changes import settle_pages
from workflow.publishing import Ask, Looks, Outcome, publish_all, with_withdrawn
from workflow.run_lock import run_lock

if TYPE_CHECKING:
    from story_store.form_jobs import FormsJob
    from story_store.store import Store
    from workflow.office import Office

FORMS = "PDF、Word、长图、卡片"
PATIENCE = 600.0  # seconds; a day's forms take some ten
_LOOK_AGAIN = 1.0
_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Round:
    """What became of each host, and a sentence on what is still to come, if any."""

    outcomes: tuple[Outcome, ...]
    note: str = ""


def publish_rounds(
    office: Office,
    hosts: Sequence[HostSettings],
    ask: Ask,
    looks: Looks = lambda _: silent,
    *,
    patience: float = PATIENCE,
) -> Iterator[Round]:
    """Send the public tree; once more when forms were being made anew meanwhile.

    Args:
        office: whose tree.
        hosts: where to.
        ask: what a person asked for; what was confirmed counts for the first time.
        looks: shows how far each host is.
        patience: how many seconds forms that are being made are waited for.

    Raises:
        NewsroomError: there is no public tree, or it does not say yet what was
            corrected or withdrawn.
    """
    with office.store() as store:
        _settle(office, store)
        days = _being_made(store)
        ask = with_withdrawn(ask, store)
    outcomes = publish_all(office, hosts, ask, looks)
    good = [outcome.host for outcome in outcomes if outcome.receipt is not None]
    if not days or not good:
        yield Round(outcomes)
        return
    yield Round(outcomes, f"{_named(days)}的{FORMS}正在重做，做好就接着补发")
    with office.store() as store:
        lacking = _finish(office, store, patience)
    again = publish_all(office, good, replace(ask, confirmed=None), looks)
    yield Round(again, lacking)


def _settle(office: Office, store: Store) -> None:
    """Have the trees say what was corrected or withdrawn since they were built."""
    if not store.pages_owed():
        return
    with run_lock(office.data, office.now, wait=_WAIT):
        faults = settle_pages(office, store)
    if faults:
        raise NewsroomError(f"更正、撤下的还没有换到网页上：{'；'.join(faults)}")


def _finish(office: Office, store: Store, patience: float) -> str:
    """Have the forms made, by the desk's worker or here; what is lacking, in words."""
    from story_store.job_results import JobKind
    from workflow.desk_work import work_off

    until = monotonic() + patience
    worker, kinds = f"publish-{os.getpid()}", (JobKind.PAGES, JobKind.FORMS)
    while _being_made(store) and monotonic() < until:
        work_off(office, store, now=clock.now, worker=worker, only=kinds)
        if _being_made(store):  # the desk's worker is at it
            sleep(_LOOK_AGAIN)
    undone = [job for job in store.forms_jobs().values() if not job.is_done]
    return "；".join(map(_why_not, undone))


def _being_made(store: Store) -> tuple[date, ...]:
    """The days whose forms will be there soon: asked for, and nothing went wrong."""
    jobs = store.forms_jobs().values()
    return tuple(job.day for job in jobs if job.is_open and not job.words)


def _why_not(job: FormsJob) -> str:
    why = f"没有做成（{job.words.rstrip('。')}）" if job.words else "还没有做好"
    return f"{_named([job.day])}的{FORMS}{why}，做好后再运行一次 gonghui publish"


def _named(days: Sequence[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)
