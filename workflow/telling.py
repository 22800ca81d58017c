"""One message of alarm to people: by mail, and by a group robot."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.logbook import cut
from workflow.mail_trouble import mail_trouble
from workflow.named_secrets import read_secret
from workflow.robots import LONGEST, robot_of, say

if TYPE_CHECKING:
    from workflow.office import Office

TIMEOUT = 20


def can_tell(office: Office) -> bool:
    """Whether [alarm] names anybody to tell."""
    return bool(office.settings.alarm.mail_to or office.settings.alarm.robot)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: whether it reached anybody, a sentence a failure."""

    reached: bool
    failures: tuple[str, ...]


def tell(office: Office, subject: str, text: str) -> tuple[str, ...]:
    """Send one message by every way that is set; a sentence for each that failed."""
    return send_message(office, subject, text).failures


def send_message(office: Office, subject: str, text: str) -> Sent:
    """Send one message by every way that is set: mail and robot of [alarm]."""
    ways: list[Callable[[], str]] = []
    if office.settings.alarm.mail_to:
        ways.append(lambda: send_mail(office, subject, text))
    if office.settings.alarm.robot:
        ways.append(lambda: send_robot(office, text))
    reached, failures = False, []
    for send in ways:
        try:
            failures.append(send())
            reached = True
        except NewsroomError as error:
            failures.append(str(error))
    return Sent(reached, tuple(filter(None, failures)))


def send_mail(
    office: Office, subject: str, text: str, *, tls: ssl.SSLContext | None = None
) -> str:
    """Send a mail to everybody in [alarm] mail_to; a sentence on whom it misses.

    Raises:
        NewsroomError: it reached nobody; the sentence names the key to mend.
    """
    alarm = office.settings.alarm
    password = read_secret(office, "mail_password") if alarm.mail_user else ""
    context = tls or ssl.create_default_context()
    try:
        with _connect(office, context) as server:
            if alarm.mail_security == "starttls":
                server.starttls(context=context)
            if alarm.mail_user:
                _log_in(server, alarm.mail_user, password)
            refused = server.send_message(_letter(office, subject, text))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NewsroomError(
            f"告警邮件没有发出：{alarm.mail_host}:{alarm.mail_port} "
            f"{mail_trouble(error)}"
        ) from error
    missed = "、".join(refused)
    return missed and f"告警邮件没有发到 {missed}：服务器不收。请核对 [alarm] mail_to"


def _letter(office: Office, subject: str, text: str) -> EmailMessage:
    alarm = office.settings.alarm
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = Address("工会之声", addr_spec=alarm.mail_from)
    message["To"] = ", ".join(alarm.mail_to)
    message["Date"] = format_datetime(office.now)
    words = f"{office.now.isoformat()}|{subject}|{text}"
    number = hashlib.sha256(words.encode()).hexdigest()[:24]
    message["Message-ID"] = f"<{number}@{alarm.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")  # a server may not take eight bits
    return message


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    try:
        server.login(user, password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected) as error:
        # some servers hang up on a wrong password instead of saying so
        raise NewsroomError(
            "告警邮件没有发出：邮箱服务器不认登录名或密码。请核对 [alarm] mail_user；"
            "密码多半要用邮箱里生成的“授权码”"
        ) from error


def _connect(office: Office, context: ssl.SSLContext) -> smtplib.SMTP:
    alarm = office.settings.alarm
    if alarm.mail_security == "tls":
        return smtplib.SMTP_SSL(
            alarm.mail_host, alarm.mail_port, timeout=TIMEOUT, context=context
        )
    return smtplib.SMTP(alarm.mail_host, alarm.mail_port, timeout=TIMEOUT)


def send_robot(office: Office, text: str) -> str:
    """Send a text to the group of [alarm] robot, cut to what a robot takes.

    Gives no sentence, for it reaches the group or nobody.

    Raises:
        NewsroomError: it could not be sent; the address is never repeated.
    """
    say(robot_of(office, "alarm"), cut(text, LONGEST), office.now)
    return ""
