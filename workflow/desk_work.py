"""The desk's jobs worked off, one at a time and by one worker of an office.

A photo is made anew, a document read in its own child, a mail sent, an edition's forms
made again (``workflow.remaking``). What a job gave
is written first and then put into the submission, so whoever is killed in between
loses nothing; a job that ends its worker three times goes to a person.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from newsroom.errors import NewsroomError, NotAllowed
from newsroom.submission import Photo, Submission, SubmissionState
from submissions.documents import read_document
from submissions.drafts import decode_text, read_draft
from submissions.file_kinds import NeedsPerson
from submissions.limits import MAX_TEXT_BYTES, MEGABYTE
from submissions.picture_codes import KeepPicture, keep_with_codes
from submissions.pictures import PictureRefused, clean_picture
from submissions.zip_gate import DocumentRefused
from workflow.inbox import check_new, refuse_unread
from workflow.replying import open_replies

if TYPE_CHECKING:
    from story_store.job_results import Job, JobKind, ReadText
    from story_store.store import Store
    from workflow.office import Office

LOCK = "desk/work.lock"
MOST_TRIES = {"photo": 3, "document": 3, "mail": 6}
WAITS = (timedelta(seconds=20), timedelta(minutes=5), timedelta(hours=1))
KEPT_FOR_PERSON = "处理了几次都没有成功，原件已封存，编辑会手工处理"
_TEXTS = frozenset({".txt", ".text", ".md"})
Now = Callable[[], datetime]


def work_off(  # noqa: PLR0913 - who works, when, how long, and at what
    office: Office,
    store: Store,
    *,
    now: Now,
    worker: str = "",
    is_stopped: Callable[[], bool] = lambda: False,
    only: Collection[JobKind] = (),
) -> int:
    """Work off the jobs whose time has come, of these kinds or of all; how many.

    Does nothing while another process of this office is at it: it will take them.
    """
    count = 0
    with _alone(office.data) as is_alone:
        if not is_alone:
            return 0
        store.release_jobs()
        while not is_stopped():
            job = store.take_job(worker, at=now(), only=only)
            if job is None:
                break
            work_one(office, store, job, now=now)
            count += 1
    return count


def work_one(office: Office, store: Store, job: Job, *, now: Now) -> None:
    """Work off a job that was taken, and put what it gave where it belongs."""
    from story_store.job_results import JobKind, JobState

    if job.kind is JobKind.FORMS:
        # typesetting is loaded by those alone who typeset
        from workflow.remaking import remake_forms

        remake_forms(office, store, job.key, now=now)
        return
    if job.kind is JobKind.PAGES:
        from workflow.page_changes import work_pages

        work_pages(office, store, now=now)
        return
    if job.tries > MOST_TRIES[job.kind.value]:
        store.end_job(job.key, JobState.MANUAL, at=now(), words=KEPT_FOR_PERSON)
    else:
        work = {
            JobKind.PHOTO: _photo,
            JobKind.DOCUMENT: _document,
            JobKind.MAIL: _mail,
        }[job.kind]
        try:
            work(office, store, job, now)
        except (OSError, NewsroomError, smtplib.SMTPException) as error:
            wait = WAITS[min(job.tries, len(WAITS)) - 1]
            store.put_off_job(job.key, until=now() + wait, words=str(error))
            return
    settle(office, store, job.owner, now=now)


def settle(office: Office, store: Store, owner: str, *, now: Now) -> Submission | None:
    """Put what is done into the owner's submission; check it once nothing is left.

    Returns:
        The submission as it stands now, None when there is none of this owner yet.
    """
    submission = store.settle_jobs(owner)
    if submission is None or submission.state is not SubmissionState.SUBMITTED:
        return submission
    if store.has_open_jobs(owner):
        return submission
    with suppress(NotAllowed):  # another one is checking it just now
        unread = _refusal(store, submission)
        if unread:
            return refuse_unread(store, submission, unread, at=now())
        return check_new(store, office.settings.rules, submission, at=now())
    return store.submission(submission.number)


def _refusal(store: Store, submission: Submission) -> str:
    """Why a story that is only a file cannot be read by anybody, else nothing."""
    from story_store.job_results import JobKind, JobState

    jobs = [j for j in store.jobs_of(submission.key) if j.kind is JobKind.DOCUMENT]
    if submission.body.blocks or not jobs:
        return ""
    if any(job.state is not JobState.REFUSED for job in jobs):
        return ""
    return "；".join(f"文件 {job.name}：{job.words}" for job in jobs)


@contextmanager
def _alone(data: Path) -> Iterator[bool]:
    """Whether this is the only worker; the lock of a killed one is let go by itself."""
    path = data / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _photo(_office: Office, store: Store, job: Job, now: Now) -> None:
    from story_store.job_results import JobState

    try:
        clean = clean_picture((store.folder / job.file).read_bytes())
    except PictureRefused as error:
        store.end_job(job.key, JobState.REFUSED, at=now(), words=str(error))
        return
    kept = _keeper(store)(clean.data, clean.extension)
    photo = Photo(kept, clean.width, clean.height, original_name=job.name)
    words = "；".join(clean.warnings)
    with store.writing():
        store.end_job(job.key, JobState.DONE, at=now(), words=words, photo=photo)
        store.settle_jobs(job.owner)


def _keeper(store: Store) -> KeepPicture:
    return keep_with_codes(store.keep_picture, store.keep_codes)


def _document(_office: Office, store: Store, job: Job, now: Now) -> None:
    from story_store.job_results import JobState

    try:
        text = read_text(store, job, now())
    except DocumentRefused as error:
        store.end_job(job.key, JobState.REFUSED, at=now(), words=str(error))
    except NeedsPerson as error:
        store.end_job(job.key, JobState.MANUAL, at=now(), words=str(error))
    else:
        store.end_job(job.key, JobState.DONE, at=now(), text=text)


def read_text(store: Store, job: Job, now: datetime) -> ReadText:
    """What a document says; see ``submissions.documents`` for what it may raise."""
    from story_store.job_results import ReadText

    path = store.folder / job.file
    if path.suffix not in _TEXTS:
        reading = read_document(path, now=now, keep_picture=_keeper(store))
        draft, photos = reading.draft, reading.photos
        unread = reading.could_not_read
    else:
        if path.stat().st_size > MAX_TEXT_BYTES:
            raise DocumentRefused(f"文字稿超过 {MAX_TEXT_BYTES // MEGABYTE} MB，太长了")
        text = decode_text(path.read_bytes())
        if text is None or not text.strip():
            raise DocumentRefused("里面没有能读的文字，请把文字复制到“正文”里")
        draft, photos, unread = read_draft(text, now=now), (), ()
    return ReadText(draft.title, draft.body, photos, draft.author, unread)


def _mail(office: Office, store: Store, job: Job, now: Now) -> None:
    from story_store.job_results import JobState

    raw = (store.folder / job.file).read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - as the policy makes it
    with open_replies(office) as send:
        if send is None:
            words = "没有设置发信服务器（[mail]），请打电话或在微信里告诉他"
            store.end_job(job.key, JobState.MANUAL, at=now(), words=words)
            return
        send(message)
    store.end_job(job.key, JobState.DONE, at=now())
    (store.folder / job.file).unlink(missing_ok=True)
