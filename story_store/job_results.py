"""What a job is, and how its outcome is put into a submission: pure, safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from newsroom.body import Body
from newsroom.submission import Photo, Submission

MOST_PHOTOS = 9


class JobKind(Enum):
    """What is to be done."""

    PHOTO = "photo"
    DOCUMENT = "document"
    MAIL = "mail"
    FORMS = "forms"
    PAGES = "pages"


class JobState(Enum):
    """How far a job is; a refused one has a sentence for the sender."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    REFUSED = "refused"
    MANUAL = "manual"


OPEN = (JobState.WAITING, JobState.TAKEN)


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a document said."""

    title: str
    body: Body
    photos: tuple[Photo, ...] = ()
    author: str | None = None
    could_not_read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One job; ``file`` is the sealed file, relative to the data folder.

    ``photo`` and ``text`` are what a done job gave, by its kind; ``words`` say why
    one was refused or waits for a person, or what is to be known of a done one.
    """

    key: str
    owner: str
    kind: JobKind
    file: str
    name: str
    state: JobState
    tries: int
    words: str = ""
    photo: Photo | None = None
    text: ReadText | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be worked off."""
        return self.state in OPEN


def settled_photos(photos: Iterable[Photo], jobs: Iterable[Job]) -> tuple[Photo, ...]:
    """The photos, with those that are done in place of those that waited for it.

    A refused one goes; one that turns out to be there already counts once.
    """
    known = {job.key: job for job in jobs if job.kind is JobKind.PHOTO}
    after: dict[str, Photo] = {}
    for photo in photos:
        job = known.get(photo.file)
        if job is None or job.is_open:
            after.setdefault(photo.file, photo)
        elif job.photo is not None:
            made = job.photo
            new = replace(photo, file=made.file, width=made.width, height=made.height)
            after.setdefault(new.file, new)
    return tuple(after.values())


def settled(before: Submission, jobs: Iterable[Job]) -> Submission:
    """The submission with what its jobs gave, and a word on what they could not."""
    jobs = tuple(jobs)
    named = {photo.file for photo in before.photos}
    after = replace(before, photos=settled_photos(before.photos, jobs))
    for job in jobs:
        if job.kind is JobKind.DOCUMENT:
            after = _with_document(after, job)
        elif job.key in named and job.photo is None and not job.is_open:
            after = _noted(after, f"照片 {job.name}：{job.words}")
    return after


def _with_document(submission: Submission, job: Job) -> Submission:
    if job.is_open:
        return submission
    if job.text is None:
        return _noted(submission, f"文件 {job.name}：{job.words}")
    read = job.text
    if submission.body.blocks and submission.body.text != read.body.text:
        words = f"文件 {job.name}：内容没有并入正文，要核对请看原件"
        return _noted(submission, words)
    own = {photo.file for photo in submission.photos}
    inner = tuple(photo for photo in read.photos if photo.file not in own)
    is_untitled = submission.title == file_title(job.name)
    filled = replace(
        submission,
        title=read.title if is_untitled and read.title else submission.title,
        body=read.body,
        author=submission.author or read.author,
        photos=(*inner, *submission.photos)[:MOST_PHOTOS],
    )
    for note in read.could_not_read:
        filled = _noted(filled, note)
    return filled


def file_title(name: str) -> str:
    """What a story is called as long as only its file is known."""
    return name.rpartition(".")[0][:40] or name[:40] or "文件"


def _noted(submission: Submission, words: str) -> Submission:
    if words in submission.could_not_read:
        return submission
    return replace(submission, could_not_read=(*submission.could_not_read, words))
