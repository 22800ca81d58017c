"""An edition's forms made anew by the desk's worker after a request took them down.

A correction or withdrawal asks for them and answers; nothing that says what no longer
holds is left standing meanwhile. Doing it twice gives the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.building import build_trees
from workflow.forming import (
    drop_files,
    form_folder,
    make_day_forms,
    tree_audiences,
)
from workflow.page_changes import ENDED, settle_pages
from workflow.run_lock import RunBusy, run_lock

if TYPE_CHECKING:
    from story_store.form_jobs import FormsJob
    from story_store.store import Store
    from workflow.office import Office

MOST_TRIES = 3
WAITS = (timedelta(seconds=20), timedelta(minutes=5))
BUSY_WAIT = timedelta(seconds=20)
_PATIENCE = 10  # seconds: a request that takes forms down is soon done


def remake_forms(
    office: Office, store: Store, key: str, *, now: Callable[[], datetime]
) -> None:
    """Make the forms of a job that was taken, and the pages that link them.

    While another run is at the trees they wait, which counts as no try; what fails is
    tried three times.
    """
    from story_store.job_results import JobState

    job = store.forms_job(key)
    if job.tries > MOST_TRIES:
        store.end_forms(key, JobState.MANUAL, at=now(), words=job.words or ENDED)
        return
    at = now()
    try:
        with run_lock(office.data, at, wait=_PATIENCE):
            today = replace(office, now=at)
            # else it takes these forms down again
            settle_pages(today, store, failed=False)
            _remake_day(today, store, job)
            store.end_forms(key, JobState.DONE, at=now(), words="")
    except RunBusy:
        store.put_off_forms(key, until=now() + BUSY_WAIT, words="", at=now())
    except (OSError, NewsroomError) as error:
        _note_failure(store, key, job.tries, str(error), now())


def _note_failure(
    store: Store, key: str, tries: int, words: str, now: datetime
) -> None:
    from story_store.job_results import JobState

    if tries < MOST_TRIES:
        until = now + WAITS[min(tries, len(WAITS)) - 1]
        store.put_off_forms(key, until=until, words=words, at=now)
    else:
        store.end_forms(key, JobState.MANUAL, at=now, words=words)


def _remake_day(office: Office, store: Store, job: FormsJob) -> None:
    """Make a day's forms and build the trees with what there is.

    Raises:
        NewsroomError: a form could not be made, or a tree failed its check.
    """
    faults: list[str] = []
    edition = store.edition(job.day)
    for audience in tree_audiences(edition) if edition else ():
        if audience.value not in job.asked:
            continue
        drop_files(form_folder(office, job.day, audience))
        only = job.asked[audience.value]
        made = make_day_forms(office, store, job.day, audience=audience, only=only)
        faults += made.sentences
    reports = build_trees(office, store)
    faults += [f.sentence for report in reports.values() for f in report.faults]
    if faults:
        raise NewsroomError("；".join(dict.fromkeys(faults)))
