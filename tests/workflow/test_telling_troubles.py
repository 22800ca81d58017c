"""What keeps an alarm's message from arriving: each is a sentence with its mend."""

from __future__ import annotations

import smtplib
import socket
import ssl
import urllib.error
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from newsroom.errors import NewsroomError
from tests.workflow.messengers import (
    KEY,
    LOGIN,
    MAIL,
    Mailbox,
    mail_server,
    plain_answer,
    robot,
)
from workflow.cli import run
from workflow.line_trouble import line_words, plain
from workflow.mail_trouble import mail_trouble
from workflow.office_state import read_state
from workflow.telling import send_mail, send_robot
from workflow.watching import watch

ROBOT = 'robot = "wecom"\nrobot_address_env = "ROBOT"'


class Choosy(Mailbox):
    """Takes mail of one sender only, and for nobody named away."""

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's
        if address != "robot@example.cn":
            return "501 mail from address must be same as authorization user"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's
        if address.startswith("away"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def mail_of(content: bytes):
    return message_from_bytes(content, policy=default)


def test_a_mail_has_a_sender_with_a_name_and_a_number(set_alarm):
    """A mailbox shows who writes; a mail without a Message-ID is taken for spam."""
    with mail_server() as (box, port):
        office = set_alarm(MAIL.format(port=port, security="none"))
        send_mail(office, "题", "话" * 500)

    mail = mail_of(box.got[0][1])
    assert "工会之声 <robot@example.cn>" == mail["From"]
    assert mail["Message-ID"].endswith("@example.cn>")
    assert box.got[0][1].isascii()
    assert "话" * 500 == mail.get_content().strip()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            '"robot@example.cn"',
            '"news@example.cn"',
            r"news@.*（501 .*mail_from",
        ),
        ('"office@example.cn", "chair', '"away', r"away@example.cn（550 .*mail_to"),
        ('"none"', '"starttls"', "不支持这样加密.*587"),
        ('"none"', '"tls"', "加密没有谈成.*465"),
    ],
)
def test_what_a_mailbox_refuses_is_told_with_its_key(set_alarm, before, after, said):
    """Another sender, an unknown recipient, a port of the other kind."""
    with mail_server(Choosy()) as (box, port):
        lines = MAIL.format(port=port, security="none")
        office = set_alarm(lines.replace(before, after))
        with pytest.raises(NewsroomError, match=said):
            send_mail(office, "题", "话")

    assert [] == box.got


def test_one_address_that_is_refused_does_not_cost_the_others_theirs(set_alarm):
    """Who is left out is said; the others are told, and only once."""
    with mail_server(Choosy()) as (box, port):
        lines = MAIL.format(port=port, security="none")
        office = set_alarm(lines.replace('"chair', '"away'))
        first = watch(office)
        watch(replace(office, now=office.now + timedelta(minutes=30)))

    told = [mail_of(content).get_content() for _, content in box.got]
    assert first.told
    assert ["away@example.cn" in sentence for sentence in first.failures] == [True]
    assert ["还没有编出简报" in words for words in told] == [True, False]
    assert "没有发到 away@example.cn" in told[1]


def test_a_broken_robot_does_not_repeat_the_mail(set_alarm, capsys):
    """By mail the office hears once of what is wrong, then of the robot; a trial that
    arrives mends it."""
    with mail_server() as (box, port), robot(b'{"errcode":93000}') as server:
        office = set_alarm(
            MAIL.format(port=port, security="none") + ROBOT, ROBOT=server.address
        )
        for minutes in (0, 30, 60):
            watch(replace(office, now=office.now + timedelta(minutes=minutes)))
        found = [alarm.cause for alarm in read_state(office.data).alarms]
        server.answer = b'{"errcode":0}'
        code = run(["alarm", "--test", "-c", str(office.settings.file)])

    told = [mail_of(content).get_content() for _, content in box.got]
    assert ["no_edition", "unsent"] == found
    assert [True, False, False] == ["还没有编出简报" in words for words in told]
    assert [False, True, False] == ["没有发全" in words for words in told]
    assert 0 == code
    assert "" == read_state(office.data).tell_failed
    assert KEY not in capsys.readouterr().out


def test_what_goes_and_comes_back_on_one_day_is_told_once(set_alarm):
    """A disk that hovers about a gigabyte sends no second message that day."""
    with robot() as server:
        office = set_alarm(ROBOT, ROBOT=server.address)
        for hours in (0, -1, 1, 24):
            watch(replace(office, now=office.now + timedelta(hours=hours)))

    assert 2 == len(server.got)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "找不到这个名字"),
        (ConnectionRefusedError(111, "refused"), "拒绝连接"),
        (ConnectionResetError(104, "reset"), "中途断开"),
        (TimeoutError("timed out"), "没有回应"),
        (urllib.error.URLError(TimeoutError()), "没有回应"),
        (urllib.error.URLError("unknown url type"), "URLError"),
        (ssl.SSLError(1, "[SSL: X] y"), "加密没有谈成"),
        (OSError(113, "No route to host"), "No route to host"),
    ],
)
def test_a_line_that_fails_is_told_in_words(error, said):
    """Names, refusals, silence, encryption: each has its own words."""
    assert said in line_words(error)
    assert "[alarm]" in mail_trouble(error)


def test_a_server_may_answer_in_gbk():
    """Mailboxes in China tell their reasons in either encoding."""
    said = "用户被锁定"
    error = smtplib.SMTPDataError(550, said.encode("gb18030"))

    assert said == plain(said.encode()) == plain(said.encode("gb18030"))
    assert "550 用户被锁定" in mail_trouble(error)
    assert "中途断开" in mail_trouble(smtplib.SMTPServerDisconnected("x"))


def test_a_login_that_a_mailbox_does_not_offer_names_the_port(set_alarm):
    """A server without a login, asked for one, is told from a wrong password."""
    with mail_server() as (box, port):
        lines = MAIL.format(port=port, security="starttls") + LOGIN
        office = set_alarm(lines, MAIL="geheim99")
        with pytest.raises(NewsroomError, match="mail_port") as error:
            send_mail(office, "题", "话")

    assert [] == box.got
    assert "geheim99" not in str(error.value)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}",
        b"HTTP/1.1 200 OK\r\n\r\n" + "{关键词".encode("gb18030"),
    ],
)
def test_a_robot_that_speaks_no_http_does_not_end_the_check(set_alarm, answer):
    """Whatever a login page or another service answers, the state is kept."""
    with plain_answer(answer) as port:
        office = set_alarm(ROBOT, ROBOT=f"http://127.0.0.1:{port}/send?key={KEY}")
        seen = watch(office)

    assert not seen.told
    assert "看得懂" in seen.failures[0]
    assert seen.failures[0] == read_state(office.data).tell_failed


@pytest.mark.parametrize(
    "address",
    [
        "https://[bad/send?key=",
        "https://127.0.0.1:99999/send?key=",
        "https://127.0.0.1:1/se nd?key=",
        "https://127.0.0.1:1/发送?key=",
        "https://127.0.0.1:1/se\nnd?key=",
        "https:///send?key=",
        "“https://127.0.0.1:1/send?key=",
        "https://a..b/send?key=",
    ],
)
def test_a_robots_address_that_is_none_is_a_sentence(set_alarm, address):
    """What was pasted by halves names its key, and is not repeated."""
    office = set_alarm(ROBOT, ROBOT=address + KEY)
    with pytest.raises(NewsroomError, match="robot_address_env") as error:
        send_robot(office, "话")

    assert "不完整" in str(error.value)
    assert KEY not in str(error.value)
