"""One message to people: by mail, and by a group robot (企业微信, 钉钉, 飞书).

The payloads are those of the makers' robot pages: WeCom and DingTalk take
``{"msgtype": "text", "text": {"content": ...}}`` and answer ``errcode``; Feishu takes
``{"msg_type": "text", "content": {"text": ...}}`` and answers ``code``. A signature is
HMAC-SHA256 over the timestamp, a line end and the secret: DingTalk's in the address
with milliseconds and the secret as key, Feishu's in the body with seconds and that very
text as key.
"""

from __future__ import annotations

import base64
import hmac
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from newsroom.errors import NewsroomError
from workflow.logbook import cut, redact
from workflow.named_secrets import alarm_secrets, read_secret

if TYPE_CHECKING:
    from workflow.office import Office

TIMEOUT = 20
LONGEST = 2000  # WeCom refuses a text over 2048 bytes
_ANSWER = 64 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


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
            f"告警邮件没有发出：{alarm.mail_host}:{alarm.mail_port} {_short(error)}。"
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
    """Send a text to the group of [alarm] robot.

    Raises:
        NewsroomError: it could not be sent; the address is never repeated.
    """
    alarm = office.settings.alarm
    address = read_secret(office, "robot_address")
    secret = read_secret(office, "robot_secret")
    _refuse_plain(address)
    address, payload = robot_message(
        alarm.robot or "", address, secret, cut(text, LONGEST), office.now
    )
    answer = _post(address, payload)
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    if code != 0:
        said = str(answer.get("errmsg", answer.get("msg", "")))
        why = redact(said, alarm_secrets(office))[:120]
        raise NewsroomError(
            f"群机器人没有收下告警：{code} {why}。请核对 [alarm] robot、机器人网址和"
            "加签密钥；机器人设了关键词的，加上“工会之声”"
        )


def robot_message(
    robot: str, address: str, secret: str, text: str, now: datetime
) -> tuple[str, dict[str, Any]]:
    """The address and the JSON with which this maker's robot is told a text."""
    if robot == "feishu":
        payload: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            seconds = str(int(now.timestamp()))
            sign = _sign(f"{seconds}\n{secret}", "")
            payload |= {"timestamp": seconds, "sign": sign}
        return address, payload
    if robot == "dingtalk" and secret:
        moment = str(int(now.timestamp() * 1000))
        sign = quote_plus(_sign(secret, f"{moment}\n{secret}"))
        joint = "&" if "?" in address else "?"
        address = f"{address}{joint}timestamp={moment}&sign={sign}"
    return address, {"msgtype": "text", "text": {"content": text}}


def _sign(key: str, message: str) -> str:
    digest = hmac.digest(key.encode(), message.encode(), "sha256")
    return base64.b64encode(digest).decode()


def _refuse_plain(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    ):
        return
    raise NewsroomError(
        "群机器人的网址不是 https:// 开头，没有发送：请从机器人的设置页整段复制到 "
        "[alarm] robot_address_env 或 robot_address_file 所指的地方"
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot does not send us elsewhere."""

    def redirect_request(self, *_given: object) -> None:
        """Follow nothing."""
        return


def _post(address: str, payload: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address,
        json.dumps(payload, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8"},
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            answer = json.loads(response.read(_ANSWER))
    except (OSError, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise NewsroomError(
            f"群机器人没有应答：{_short(error)}。"
            "请核对网络和 [alarm] robot_address_env（或 robot_address_file）"
        ) from None  # the chain would show the address with its key
    return answer if isinstance(answer, dict) else {}


def _short(error: Exception) -> str:
    """What went wrong, without an address that may be in it."""
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None)
    return str(reason or type(error).__name__)[:120]
