"""Both trees made to say what was corrected, withdrawn or let stand again.

What is owed is noted with the change itself (``story_store.page_jobs``); here it is
done, by whoever holds the run lock first: the request, the worker, or a publishing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.story import StoryState
from workflow.building import build_trees
from workflow.forming import days_naming, drop_forms
from workflow.run_lock import RunBusy, run_lock
from workflow.withdrawing import clear_pages

if TYPE_CHECKING:
    from story_store.page_jobs import PagesJob
    from story_store.store import Store
    from workflow.office import Office

LATER = (
    "前面的任务（例如早晨任务）还没有跑完，网页等它跑完自动换，不用再点；"
    "换好没有，看“已公开”"
)
ENDED = "后台程序每次都做到一半就停了"
MOST_TRIES = 3
_AGAIN = timedelta(seconds=20)
_LATER_AGAIN = timedelta(minutes=5)
_PATIENCE = 10  # seconds: a request that changes pages is soon done


def change_pages(office: Office, store: Store, *, wait: float) -> str:
    """Do what is owed, if no other run is at the trees or is so in a few seconds.

    Returns:
        Why it is not done yet, as a sentence; empty when the pages say it.
    """
    try:
        with run_lock(office.data, office.now, wait=wait):
            faults = settle_pages(office, store)
    except RunBusy:
        return LATER
    if not faults:
        return ""
    return f"{faults[0].rstrip('。')}；程序自动再试，办得怎样看“已公开”"


def settle_pages(
    office: Office, store: Store, *, failed: bool = True
) -> tuple[str, ...]:
    """Do all that is owed; for whoever holds the run lock. Sentences of what failed.

    ``failed``: whether also what failed before is tried, or left to its own time.
    """
    faults = []
    for job in store.pages_owed():
        if job.words and not failed:
            continue
        try:
            _say_it(office, store, job.story_id)
        except (OSError, NewsroomError) as error:
            _note_failure(store, job, str(error), office.now)
            faults.append(str(error))
        else:
            store.end_pages(job, at=office.now)
    return tuple(faults)


def work_pages(office: Office, store: Store, *, now: Callable[[], datetime]) -> None:
    """The worker's part: while another run is at the trees it waits, uncounted."""
    from story_store.job_results import JobState

    at = now()
    taken = [job for job in store.pages_owed() if job.state is JobState.TAKEN]
    for job in taken:
        if job.tries > MOST_TRIES:  # it ends its worker every time
            store.give_up_pages(job, at=at, words=job.words or ENDED)
    try:
        with run_lock(office.data, at, wait=_PATIENCE):
            settle_pages(replace(office, now=at), store)
    except RunBusy:
        for job in taken:
            store.put_off_pages(job, until=now() + _AGAIN, words="", at=now())


def _say_it(office: Office, store: Store, story_id: int) -> None:
    """Both trees by the store, and no form that says what no longer holds.

    The forms are asked for before they are taken down; afterwards nobody knows which
    there were. Under the lock nobody is just making them.
    """
    story = store.story(story_id)
    _ask_anew(office, store, story_id)
    if story.state is StoryState.WITHDRAWN:
        clear_pages(office, store, story, renew=drop_forms)
        return
    held = drop_forms(office, store, story_id).held
    reports = build_trees(office, store)
    faults = [f.sentence for report in reports.values() for f in report.faults]
    if faults:
        raise NewsroomError(f"网页没有通过检查，还没有换：{'；'.join(faults[:3])}")
    if held:
        names = "、".join(file.name for file in held[:5])
        raise NewsroomError(f"这些文件正被别的程序打开，请先关掉那个程序：{names}")


def _ask_anew(office: Office, store: Store, story_id: int) -> None:
    """Have the worker make the forms that there are of each day that names a story."""
    for day, forms in tuple(days_naming(office, store, story_id)):
        asked = {audience.value: list(only) for audience, only in forms.items()}
        store.ask_forms(day, asked, at=office.now)


def _note_failure(store: Store, job: PagesJob, words: str, now: datetime) -> None:
    if job.tries >= MOST_TRIES:
        store.give_up_pages(job, at=now, words=words)
        return
    wait = _AGAIN if job.tries <= 1 else _LATER_AGAIN
    store.put_off_pages(job, until=now + wait, words=words, at=now)
