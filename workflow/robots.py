"""Group robots (企业微信, 钉钉, 飞书): a text into a group, signed where asked.

The payloads are those of the makers' robot pages: WeCom and DingTalk take
``{"msgtype": "text", "text": {"content": ...}}`` and answer ``errcode``; Feishu takes
``{"msg_type": "text", "content": {"text": ...}}`` and answers ``code``. A signature is
HMAC-SHA256 over the timestamp, a line end and the secret: DingTalk's in the address
with milliseconds and the secret as key, Feishu's in the body with seconds and that very
text as key. WeCom refuses a text over 2048 bytes.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from newsroom.errors import NewsroomError
from workflow.line_trouble import UNREADABLE, line_words
from workflow.logbook import redact
from workflow.named_secrets import read_secret, secrets_of

if TYPE_CHECKING:
    from datetime import datetime

    from workflow.office import Office

TIMEOUT = 20
LONGEST = 2000
_ANSWER = 64 * 1024
# Too many texts in a minute, as WeCom (45009, 45033), DingTalk (130101, 410100, 90030)
# and Feishu (11232) say it; over HTTP it is 429.
_TOO_FAST = frozenset({45009, 45033, 130101, 410100, 90030, 11232})
_WAIT = "发得太快或太多，机器人先停一停：过十分钟再试"
_TOO_MANY_REQUESTS, _SERVER_FAULT = 429, 500
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot as a section of the settings names it; its address holds its key."""

    kind: str
    section: str
    address: str = field(repr=False)
    secret: str = field(repr=False)


def robot_of(office: Office, section: str) -> Robot:
    """The robot of ``[alarm]`` or ``[group]``.

    Raises:
        NewsroomError: the section names none, or its address cannot be read.
    """
    kind = getattr(office.settings, section).robot
    if not kind:
        raise NewsroomError(
            f'[{section}] 里没有写 robot：企业微信写 "wecom"，钉钉写 "dingtalk"，'
            '飞书写 "feishu"，见 docs/config.md'
        )
    address = read_secret(office, "robot_address", section=section)
    _refuse_unfit(address, section)
    secret = read_secret(office, "robot_secret", section=section)
    return Robot(kind, section, address, secret)


def say(robot: Robot, text: str, now: datetime) -> None:
    """Send one text of at most ``LONGEST`` bytes to the robot's group.

    Raises:
        NewsroomError: it could not be sent; the address is never repeated.
    """
    address, payload = robot_message(robot.kind, robot.address, robot.secret, text, now)
    answer = _post(address, payload, robot.section)
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    if code != 0:
        said = str(answer.get("errmsg", answer.get("msg", "")))
        why = redact(said, secrets_of(robot.address, robot.secret))[:120]
        raise NewsroomError(
            f"群机器人没有收下消息：{_told(code, why)}。{_mend(code, robot.section)}"
        )


def _told(code: object, why: str) -> str:
    return "应答里没有结果" if code is None else f"{code} {why}".strip()


def _mend(code: object, section: str) -> str:
    """What to do after an answer that is no success."""
    if code in _TOO_FAST:
        return f"{_WAIT}，设置不用改"
    return (
        f"请核对 [{section}] robot、机器人网址和加签密钥；"
        "机器人设了关键词的，加上“工会”"
    )


def split_text(text: str, most: int = LONGEST) -> tuple[str, ...]:
    """The text in parts of at most so many bytes of UTF-8, cut at line ends.

    A line that is longer by itself is cut between characters; no character is lost
    but the line end at a cut.
    """
    parts: list[str] = []
    for line in text.split("\n"):
        for piece in _pieces(line, most):
            joined = f"{parts[-1]}\n{piece.words}" if parts else piece.words
            if parts and piece.starts and len(joined.encode()) <= most:
                parts[-1] = joined
            else:
                parts.append(piece.words)
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or a stretch of one; ``starts`` says that a line begins with it."""

    words: str
    starts: bool


def _pieces(line: str, most: int) -> Iterator[_Piece]:
    starts = True
    while len(line.encode()) > most:
        kept = line.encode()[:most].decode("utf-8", "ignore")
        yield _Piece(kept, starts)
        line, starts = line[len(kept) :], False
    yield _Piece(line, starts)


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


def _refuse_unfit(address: str, section: str) -> None:
    """Only a whole address by https; by http to this computer alone."""
    scheme, host = _scheme_and_host(address)
    if scheme == "https" and host:
        return
    if scheme == "http" and host in _LOOPBACK:
        return
    fault = (
        "的网址不是 https:// 开头"
        if scheme not in {"", "https"}
        else "的网址不完整，或夹着空格、换行、汉字"
    )
    raise NewsroomError(
        f"群机器人{fault}，没有发送：请从机器人的设置页整段复制到 "
        f"[{section}] robot_address_env 或 robot_address_file 所指的地方"
    )


def _scheme_and_host(address: str) -> tuple[str, str]:
    """Both of an address; empty where it is none that can be asked."""
    if not re.fullmatch(r"[!-~]+", address):
        return "", ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        host.encode("idna")
        _ = parts.port
    except ValueError:
        return "", ""
    return parts.scheme, host


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot does not send us elsewhere."""

    def redirect_request(self, *_given: object) -> None:
        """Follow nothing."""
        return


def _post(address: str, payload: dict[str, Any], section: str) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        address,
        json.dumps(payload, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8"},
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            answer = json.loads(response.read(_ANSWER))
        if not isinstance(answer, dict):
            raise json.JSONDecodeError("no object", "", 0)
    except (OSError, ValueError, *UNREADABLE) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise NewsroomError(
            f"群机器人没有应答：{line_words(error)}。{_line_mend(error, section)}"
        ) from None  # the chain would show the address with its key
    return answer


def _line_mend(error: Exception, section: str) -> str:
    """What to do when no answer came that says anything."""
    status = error.code if isinstance(error, urllib.error.HTTPError) else 0
    if status == _TOO_MANY_REQUESTS:
        return f"{_WAIT}，设置不用改"
    if status >= _SERVER_FAULT:
        return "那边的服务器出了毛病：过十分钟再试"
    return f"请核对网络和 [{section}] robot_address_env（或 robot_address_file）"
