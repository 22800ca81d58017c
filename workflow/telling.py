"""One message of alarm to people: by mail, and by a group robot."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.logbook import cut
from workflow.named_secrets import read_secret
from workflow.robots import LONGEST, robot_of, say, short_reason

if TYPE_CHECKING:
    from workflow.office import Office

TIMEOUT = 20


def can_tell(office: Office) -> bool:
    """Whether [alarm] names anybody to tell."""
    return bool(office.settings.alarm.mail_to or office.settings.alarm.robot)


def tell(
    office: Office, subject: str, text: str, *, tls: ssl.SSLContext | None = None
) -> tuple[str, ...]:
    """Send one message by every way that is set; a sentence for each that failed."""
    ways: list[Callable[[], None]] = []
    if office.settings.alarm.mail_to:
        ways.append(lambda: send_mail(office, subject, text, tls=tls))
    if office.settings.alarm.robot:
        ways.append(lambda: send_robot(office, text))
    return tuple(_failures(ways))


def _failures(ways: list[Callable[[], None]]) -> Iterator[str]:
    for send in ways:
        try:
            send()
        except NewsroomError as error:
            yield str(error)


def send_mail(
    office: Office, subject: str, text: str, *, tls: ssl.SSLContext | None = None
) -> None:
    """Send a mail to everybody in [alarm] mail_to.

    Raises:
        NewsroomError: it could not be sent; the sentence names the key to mend.
    """
    alarm = office.settings.alarm
    message = EmailMessage()
    message["Subject"], message["From"] = subject, alarm.mail_from
    message["To"] = ", ".join(alarm.mail_to)
    message["Date"] = format_datetime(office.now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    password = read_secret(office, "mail_password") if alarm.mail_user else ""
    context = tls or ssl.create_default_context()
    try:
        with _connect(office, context) as server:
            if alarm.mail_security == "starttls":
                server.starttls(context=context)
            if alarm.mail_user:
                _log_in(server, alarm.mail_user, password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NewsroomError(
            f"告警邮件没有发出：{alarm.mail_host}:{alarm.mail_port} "
            f"{short_reason(error)}。"
            "请核对 [alarm] mail_host、mail_port、mail_security"
        ) from error


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


def send_robot(office: Office, text: str) -> None:
    """Send a text to the group of [alarm] robot, cut to what a robot takes.

    Raises:
        NewsroomError: it could not be sent; the address is never repeated.
    """
    say(robot_of(office, "alarm"), cut(text, LONGEST), office.now)
