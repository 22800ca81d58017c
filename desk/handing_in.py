"""A filled form handed in: kept once, numbered, and checked when all of it is ready."""

from __future__ import annotations

from dataclasses import replace

from desk.links import Sender
from desk.quota import count_sending
from desk.sending import Fault, make_submission, sealed_text, text_faults
from desk.uploads import documents_of, settled_of
from newsroom.repeats import WITHIN, earlier_copy
from newsroom.submission import Door, Photo, Submission
from newsroom.text import clean_text
from story_store.job_results import Job, ReadText, file_title
from submissions.limits import MAX_PHOTOS

WEB = "web-"


def owner_of(key: str) -> str:
    """The key of the submission that a draft becomes; its photos are sealed there."""
    return f"{WEB}{key}"


def hand_in(
    sender: Sender, key: str, answers: dict[str, str], photos: tuple[Photo, ...]
) -> Submission:
    """Keep, number and check a submission; the same draft gives the same one.

    Photos and files that are not worked off yet come after it; the checks wait.

    Raises:
        NewsroomError: the unit has sent as many as it may today.
    """
    desk, owner = sender.desk, owner_of(key)
    phone = clean_text(answers.get("phone", ""))
    with desk.store.writing():
        kept = _keep(sender, key, answers, photos)
        desk.store.mark_sent(sender.link.id, key, kept.number)
        if kept.key != owner:  # sent before: its own contact and checks stand
            return kept
        desk.store.keep_contact(kept.number, phone=phone, link_id=sender.link.id)
        desk.store.keep_phone(sender.link.id, phone)
    return desk.acts.check(kept, desk.now())


def _keep(
    sender: Sender, key: str, answers: dict[str, str], photos: tuple[Photo, ...]
) -> Submission:
    """The submission of a draft, made when there is none yet."""
    desk, owner = sender.desk, owner_of(key)
    if desk.store.has_submission(owner):
        return desk.store.submission_of_key(owner)
    count_sending(sender)
    original = desk.store.keep_original_text(
        owner, "报送.json", sealed_text(answers, photos)
    )
    made = make_submission(
        owner,
        sender.unit,
        _titled(answers, documents_of(desk, owner)),
        settled_of(desk, owner, photos),
        door=Door.WEB_FORM,
        original=original,
        now=desk.now(),
    )
    made = _with_document(made, read_texts(sender, key))
    known = _sent_before(sender, made)
    return known or desk.store.add_submission(made, day=desk.now().date())


def _sent_before(sender: Sender, made: Submission) -> Submission | None:
    """The same words that the unit has sent of late, unless new photos or files came.

    A photo that was forgotten the first time must not be lost with the copy.
    """
    store = sender.desk.store
    lately = store.submissions_since(made.unit_id, made.received_at - WITHIN)
    known = earlier_copy(made, lately) if made.body.blocks else None
    if known is None or not _files(sender, made.key) <= _files(sender, known.key):
        return None
    return known


def _files(sender: Sender, owner: str) -> frozenset[str]:
    jobs = sender.desk.store.jobs_of(owner)
    return frozenset(job.file.rpartition("/")[2] for job in jobs)


def read_texts(sender: Sender, key: str) -> tuple[ReadText, ...]:
    """What the documents of a draft said, those that are read by now."""
    jobs = documents_of(sender.desk, owner_of(key))
    return tuple(job.text for job in jobs if job.text is not None)


def faults_of_text(
    sender: Sender, key: str, title: str, text: str
) -> tuple[Fault, ...]:
    """What must be mended in title and text; a file may stand for both."""
    faults = text_faults(title, text, sender.desk.settings.rules.checks)
    if clean_text(text) or not documents_of(sender.desk, owner_of(key)):
        return faults
    return tuple(one for one in faults if clean_text(title) and one.field == "title")


def _titled(answers: dict[str, str], files: tuple[Job, ...]) -> dict[str, str]:
    if clean_text(answers.get("title", "")) or not files:
        return answers
    return answers | {"title": file_title(files[0].name)}


def _with_document(made: Submission, texts: tuple[ReadText, ...]) -> Submission:
    """The document's own paragraphs, tables and pictures where its words were kept."""
    said = made.body.text.split()
    for text in texts:
        if text.body.text.split() == said:
            own = {photo.file for photo in made.photos}
            inner = tuple(photo for photo in text.photos if photo.file not in own)
            return replace(
                made,
                body=text.body,
                photos=(*inner, *made.photos)[:MAX_PHOTOS],
                author=made.author or text.author,
                could_not_read=text.could_not_read,
            )
    return made
