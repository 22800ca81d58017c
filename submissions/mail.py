"""The mail door: mails fetched by IMAP, each as a letter (imap-tools)."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr

from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxUnencrypted,
    MailMessage,
    MailMessageFlags,
)

from newsroom.errors import NewsroomError
from submissions.incoming_mail import IncomingMail
from submissions.letter_words import is_by_machine, is_mere_answer, own_words
from submissions.limits import MEGABYTE
from submissions.mail_parts import header_words, read_parts

MAX_MAIL_BYTES = 60 * MEGABYTE
MOST_MAILS = 50
_TIMEOUT = 30
_FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError)


@dataclass(frozen=True, slots=True)
class MailDoor:
    """Where the mailbox is, and how to enter it."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    is_encrypted: bool = True


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail of the mailbox; ``letter`` is None when it is too large to fetch."""

    uid: str
    subject: str
    sender: str
    letter: IncomingMail | None


class Mailbox:
    """An open mailbox: unread mails come out, and those that are taken are marked."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box

    def unread(self) -> Iterator[FetchedMail]:
        """The oldest fifty mails that nobody has read or answered, one by one."""
        with _in_words():
            heads = list(
                self._box.fetch(
                    AND(seen=False, answered=False),
                    headers_only=True,
                    mark_seen=False,
                    limit=MOST_MAILS,
                )
            )
        for head in heads:
            letter = None
            if head.size_rfc822 <= MAX_MAIL_BYTES:
                with _in_words():
                    (whole,) = self._box.fetch(
                        AND(uid=str(head.uid)), mark_seen=False, limit=1
                    )
                letter = incoming_mail(whole)
            yield FetchedMail(
                str(head.uid), head.subject, _bare_address(head.from_), letter
            )

    def mark_taken(self, uid: str) -> None:
        """Mark a mail as read and answered: it is not looked at again."""
        with _in_words():
            self._box.flag(
                uid, [MailMessageFlags.SEEN, MailMessageFlags.ANSWERED], True
            )


@contextmanager
def open_mailbox(door: MailDoor) -> Iterator[Mailbox]:
    """The mailbox, logged in, in its folder.

    Raises:
        NewsroomError: no server, a wrong password, no such folder.
    """
    with _in_words():
        if door.is_encrypted:
            context = ssl.create_default_context()
            box: BaseMailBox = MailBox(
                door.host, door.port, timeout=_TIMEOUT, ssl_context=context
            )
        else:
            box = MailBoxUnencrypted(door.host, door.port, timeout=_TIMEOUT)
        box.login(door.user, door.password, initial_folder=door.folder)
    try:
        yield Mailbox(box)
    finally:
        with _in_words():
            box.logout()


def incoming_mail(message: MailMessage) -> IncomingMail:
    """The letter in a message as imap-tools read it."""
    parts = read_parts(message.obj)
    subject = header_words(message.obj, "subject")
    own = own_words(parts.text, subject)
    is_short = bool(parts.text) and not parts.files
    return IncomingMail(
        message_id=_header(message, "message-id"),
        sender=_bare_address(message.from_),
        subject=subject,
        text=own.text,
        html=parts.html,
        attachments=parts.files,
        raw=message.obj.as_bytes(),
        is_automatic=_is_automatic(message)
        or is_by_machine(subject)
        or _is_invitation(message, has_files=bool(parts.files)),
        is_mere_answer=is_short and is_mere_answer(subject, own.text),
        has_quote=own.has_quote,
        has_footer=own.has_footer,
    )


def _is_automatic(message: MailMessage) -> bool:
    """Whether its headers say that no person wrote it to us (RFC 3834, 5321: 4.5.5)."""
    return (
        _header(message, "auto-submitted").lower() not in {"", "no"}
        or _header(message, "precedence").lower() in {"bulk", "junk", "list"}
        or _header(message, "return-path") == "<>"
        or any(_header(message, name) for name in ("list-id", "x-autoreply"))
    )


def _is_invitation(message: MailMessage, *, has_files: bool) -> bool:
    """Whether a calendar sent it (RFC 6047): a meeting is no story."""
    kinds = {part.get_content_type() for part in message.obj.walk()}
    return "text/calendar" in kinds and not has_files


def _header(message: MailMessage, name: str) -> str:
    return str(message.obj.get(name, "")).strip()


def _bare_address(sender: str) -> str:
    return parseaddr(sender)[1].strip().lower()


@contextmanager
def _in_words() -> Iterator[None]:
    """What the network or the server says, as a sentence."""
    try:
        yield
    except _FAULTS as error:
        said = str(error).encode("ascii", "replace").decode()[:120]
        raise NewsroomError(
            f"邮箱没有打开或中途断开（{said}）：请核对 [mail_door] 的服务器、登录名和"
            "授权码；没收的信都还在邮箱里，下次再收"
        ) from error
