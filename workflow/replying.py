"""Replies by mail: one connection to the server that [mail] names."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from workflow.named_secrets import read_secret

if TYPE_CHECKING:
    from workflow.office import Office

TIMEOUT = 30
Send = Callable[[EmailMessage], None]


@contextmanager
def open_replies(office: Office) -> Iterator[Send | None]:
    """A sender of replies, None where [mail] names no server.

    The server is called with the first reply; most mornings have none.
    """
    if not office.settings.mail.host:
        yield None
        return
    opened: list[smtplib.SMTP] = []

    def send(message: EmailMessage) -> None:
        if not opened:
            opened.append(_connect(office))
        opened[0].send_message(message)

    try:
        yield send
    finally:
        for server in opened:
            server.close()


def _connect(office: Office) -> smtplib.SMTP:
    mail = office.settings.mail
    context = ssl.create_default_context()
    try:
        if mail.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT)
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, read_secret(office, "password", section="mail"))
    except (OSError, smtplib.SMTPException) as error:
        raise NewsroomError(
            f"发信服务器 {mail.host}:{mail.port} 连不上或不认登录名：请核对 [mail]"
        ) from error
    return server
