"""The mail door worked off: stories into the inbox, a reply to each known sender."""

from __future__ import annotations

import hashlib
import smtplib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.receipts import (
    kept_for_a_person_text,
    received_text,
    seen_before_text,
)
from newsroom.submission import Submission
from newsroom.taxonomy import Unit
from newsroom.text import clean_text
from submissions.bounces import read_bounces
from submissions.incoming_mail import IncomingMail, MailReading, read_mail, unit_of
from submissions.mail import FetchedMail, Mailbox, MailDoor, open_mailbox
from workflow.door_intake import Taken, keep_original, take_submission
from workflow.mailing import note_bounces
from workflow.named_secrets import read_secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from story_store.store import Store
    from workflow.office import Office

ORIGINAL = "来信.eml"
OUTBOX = "mail-out"
# While a mail is being sent here, the desk's worker leaves it alone.
_NOT_BOTH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class MailResult:
    """What was taken in, and sentences for the report."""

    received: tuple[Submission, ...] = ()
    problems: tuple[str, ...] = ()


def has_mail_door(office: Office) -> bool:
    """Whether [mail_door] names a mailbox."""
    return bool(office.settings.mail_door.host)


def take_mail(
    office: Office,
    store: Store,
    *,
    send: Callable[[EmailMessage], None] | None = None,
) -> MailResult:
    """Take what has come by mail since the last time.

    A mail is marked only when its stories are kept: cut off in between, it comes
    again and its stories keep their numbers.

    Args:
        office: its settings and time.
        store: where submissions are kept.
        send: sends a reply; None sends none.

    Raises:
        NewsroomError: the mailbox cannot be opened, or the list of senders is faulty.
    """
    senders = read_senders(office)
    received: list[Submission] = []
    problems: list[str] = []
    with open_mailbox(_door(office)) as box:
        for mail in box.unread():
            new, said = _take_one(office, store, box, mail, senders, send)
            received += new
            problems += said
    return MailResult(tuple(received), tuple(problems))


def read_senders(office: Office) -> Mapping[str, str]:
    """The unit's id (or ``*``) of every known address.

    Raises:
        NewsroomError: the file is not there, is no TOML, or names an unknown unit.
    """
    path = office.settings.path(office.settings.mail_door.senders)
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NewsroomError(
            f'发件人名单 {path} 读不了（{error}）：每行写 "邮箱" = "单位编号"'
        ) from error
    units = office.settings.rules.units
    wrong = [v for v in listed.values() if v != "*" and units.unit(str(v)) is None]
    if wrong:
        raise NewsroomError(f"发件人名单 {path} 里没有这个单位编号：{wrong[0]}")
    return {str(key).strip().lower(): str(value) for key, value in listed.items()}


def _door(office: Office) -> MailDoor:
    door = office.settings.mail_door
    password = read_secret(office, "password", section="mail_door")
    return MailDoor(
        door.host, door.port, door.user, password, door.folder, door.security == "tls"
    )


def _take_one(  # noqa: PLR0913, PLR0917 - one mail and all that it needs
    office: Office,
    store: Store,
    box: Mailbox,
    mail: FetchedMail,
    senders: Mapping[str, str],
    send: Callable[[EmailMessage], None] | None,
) -> tuple[list[Submission], list[str]]:
    """The new submissions of a mail, and what must be said of it."""
    name = f"邮件《{clean_text(mail.subject)[:40]}》（{mail.sender[:60]}）"
    if mail.letter is None:
        return [], [f"{name} 太大，没有取：请到邮箱里处理，处理后标为已读"]
    bounces = read_bounces(mail.letter.raw)
    if bounces:
        said = note_bounces(office, bounces)
        if said:
            box.mark_taken(mail.uid)
            return [], list(said)
    units = office.settings.rules.units
    unit = unit_of(mail.letter, senders, units)
    why = _no_story(mail.letter, unit)
    if unit is None or why:
        return [], [f"{name} {why}，没有收：请到邮箱里看看，不是来稿就标为已读"]
    # the reader of codes is loaded by those alone who take pictures in
    from submissions.picture_codes import keep_with_codes

    reading = read_mail(
        mail.letter,
        unit,
        units=units,
        now=office.now,
        keep_picture=keep_with_codes(store.keep_picture, store.keep_codes),
    )
    originals = {ORIGINAL: mail.letter.raw}
    taken = [
        take_submission(
            store, office.settings.rules, story, originals=originals, at=office.now
        )
        for story in reading.stories
    ]
    if not taken or reading.problems:
        keep_original(store, _unread_key(mail.letter), originals)
    problems = [f"{name} 需要人工处理：{why}" for why in reading.problems]
    problems += _reply(office, store, mail.letter, unit, taken, reading, send)
    box.mark_taken(mail.uid)
    return [one.kept for one in taken if one.is_new], problems


def _no_story(letter: IncomingMail, unit: Unit | None) -> str:
    """Why a mail is left in the mailbox; empty when it is taken."""
    if letter.is_automatic:
        return "是自动发出的信"
    if unit is None:
        return "发件人不在名单里"
    return "只是一句回复" if letter.is_mere_answer else ""


def _unread_key(letter: IncomingMail) -> str:
    return f"mail-{hashlib.sha256(letter.raw).hexdigest()[:32]}"


def send_noted(
    store: Store,
    message: EmailMessage,
    send: Callable[[EmailMessage], None],
    *,
    at: datetime,
) -> None:
    """Send a mail that is noted before and after, once for each Message-ID.

    Cut off in between, or refused by the server, it is sent by the desk's worker or
    the next morning: the same bytes, so that the receiver's programs see one mail.

    Raises:
        NewsroomError, OSError, SMTPException, ValueError: it did not go out yet.
    """
    from story_store.job_results import JobKind, JobState
    from story_store.jobs import job_key

    digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()
    key = job_key(OUTBOX, digest)
    if store.job(key) is not None:  # sent, or it will be
        return
    file = store.keep_upload(OUTBOX, f"{digest[:32]}.eml", message.as_bytes())
    store.add_job(
        key,
        JobKind.MAIL,
        owner=OUTBOX,
        file=file,
        name="",
        at=at,
        not_before=at + _NOT_BOTH,
    )
    try:
        send(message)
    except (NewsroomError, OSError, smtplib.SMTPException, ValueError) as error:
        store.put_off_job(key, until=at, words=str(error))
        raise
    store.end_job(key, JobState.DONE, at=at)
    (store.folder / file).unlink(missing_ok=True)


def _reply(  # noqa: PLR0913, PLR0917 - one reply and all that it tells
    office: Office,
    store: Store,
    letter: IncomingMail,
    unit: Unit,
    taken: list[Taken],
    reading: MailReading,
    send: Callable[[EmailMessage], None] | None,
) -> list[str]:
    """Answer the sender; a reply that cannot be sent is a sentence."""
    if send is None or not office.settings.mail_door.reply:
        return []
    name = office.settings.office.short_name
    lines = [
        received_text(one.kept, unit.name, office=name)
        if one.is_new
        else seen_before_text(one.kept, office=name)
        for one in taken
    ]
    if reading.problems:
        lines.append(kept_for_a_person_text(office=name))
    sender = office.settings.mail.sender or office.settings.mail_door.user
    message = reply_to(letter, lines, sender=sender)
    try:
        send_noted(store, message, send, at=office.now)
    except (NewsroomError, OSError, smtplib.SMTPException, ValueError) as error:
        why = str(error)[:120]
        return [f"回信给 {letter.sender[:60]} 没有发出（{why}），过一会儿自动再发"]
    return []


def reply_to(letter: IncomingMail, lines: list[str], *, sender: str) -> EmailMessage:
    """The answer to a letter, marked as automatic so that no machine answers back."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.sender
    message["Subject"] = f"回复：{clean_text(letter.subject)[:80]}"
    if letter.message_id:
        message["In-Reply-To"] = message["References"] = clean_text(letter.message_id)
    # The same for the same letter, so that a double is one mail to whoever gets it.
    place = sender.rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<reply.{_unread_key(letter)}@{place}>"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content("\n".join((*lines, "", "（这封信由系统自动发出。）")))
    return message
