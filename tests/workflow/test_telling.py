"""The one message, to real mail and HTTP servers on loopback; secrets stay secret."""

from __future__ import annotations

import base64
import hmac
import ssl
import subprocess
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from newsroom.errors import NewsroomError
from tests.conftest import need
from tests.workflow.messengers import KEY, LOGIN, MAIL, knows, mail_server, robot
from workflow.cli import run
from workflow.office_state import read_state
from workflow.robots import LONGEST, robot_message
from workflow.telling import send_mail, send_robot
from workflow.watching import watch


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
def test_a_robot_of_wecom_or_dingtalk_gets_a_text(set_alarm, kind):
    """The payload of the two makers, with the words of the alarm."""
    with robot() as server:
        office = set_alarm(
            f'robot = "{kind}"\nrobot_address_env = "ROBOT"', ROBOT=server.address
        )
        seen = watch(office)

    ((path, payload),) = server.got
    assert seen.told
    assert not seen.failures
    assert f"/send?key={KEY}" == path
    assert "text" == payload["msgtype"]
    assert "【工会之声】枝江工会 9月21日 08:00 告警" in payload["text"]["content"]
    assert "还没有编出简报" in payload["text"]["content"]


def test_a_robot_of_dingtalk_gets_its_signature_in_the_address(set_alarm):
    """timestamp in milliseconds; HMAC-SHA256 keyed by the secret."""
    with robot() as server:
        office = set_alarm(
            'robot = "dingtalk"\nrobot_address_env = "ROBOT"\n'
            'robot_secret_env = "SIGN"',
            ROBOT=server.address,
            SIGN="SECabc",
        )
        send_robot(office, "话")

    query = parse_qs(urlsplit(server.got[0][0]).query)
    moment = str(int(office.now.timestamp() * 1000))
    digest = hmac.digest(b"SECabc", f"{moment}\nSECabc".encode(), "sha256")
    assert [moment] == query["timestamp"]
    assert [base64.b64encode(digest).decode()] == query["sign"]


def test_a_robot_of_feishu_gets_its_signature_in_the_body(set_alarm):
    """timestamp in seconds; HMAC-SHA256 of nothing, keyed by timestamp and secret."""
    with robot(b'{"code":0,"msg":"success","data":{}}') as server:
        office = set_alarm(
            'robot = "feishu"\nrobot_address_env = "ROBOT"\nrobot_secret_env = "SIGN"',
            ROBOT=server.address,
            SIGN="abc",
        )
        send_robot(office, "话")

    payload = server.got[0][1]
    seconds = str(int(office.now.timestamp()))
    digest = hmac.digest(f"{seconds}\nabc".encode(), b"", "sha256")
    assert {
        "msg_type": "text",
        "content": {"text": "话"},
        "timestamp": seconds,
        "sign": base64.b64encode(digest).decode(),
    } == payload
    assert "sign" not in robot_message("feishu", "", "", "话", office.now)[1]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (b'{"errcode":93000,"errmsg":"invalid webhook"}', 200, "93000 invalid webhook"),
        (b'{"code":19021,"msg":"sign match fail"}', 200, "19021 sign match fail"),
        (b"<html>", 200, "没有应答"),
        (b"[]", 200, "看得懂"),
        (b"[" * 30_000, 200, "看得懂"),
        (b"", 500, "HTTP 500"),
        (b"", 302, "HTTP 302"),
    ],
)
def test_a_robot_that_does_not_take_it_is_a_sentence(set_alarm, answer, status, said):
    """Its code is told, a redirect is not followed, the address is never repeated."""
    with robot(answer, status) as server:
        office = set_alarm(
            'robot = "wecom"\nrobot_address_env = "ROBOT"', ROBOT=server.address
        )
        with pytest.raises(NewsroomError, match=said) as error:
            send_robot(office, "话")

    assert 1 == len(server.got)
    assert KEY not in str(error.value)
    assert error.value.__cause__ is None


def test_a_robot_is_only_asked_over_https(set_alarm):
    """An address on the network without TLS is refused before anything is sent."""
    office = set_alarm(
        'robot = "wecom"\nrobot_address_env = "ROBOT"',
        ROBOT=f"http://robot.example.cn/send?key={KEY}",
    )
    with pytest.raises(NewsroomError, match="robot_address_env") as error:
        send_robot(office, "话")

    assert KEY not in str(error.value)


def test_a_long_text_stays_within_what_robots_take(set_alarm):
    """The content is cut at 2000 bytes of UTF-8, at a whole character."""
    with robot() as server:
        office = set_alarm(
            'robot = "wecom"\nrobot_address_env = "ROBOT"', ROBOT=server.address
        )
        send_robot(office, "工" * 5000)

    content = server.got[0][1]["text"]["content"]
    assert len(content.encode()) <= LONGEST


def test_one_message_a_day_and_cause(set_alarm):
    """Checks that repeat send nothing new; a failed one is sent again."""
    with robot(b'{"errcode":45009,"errmsg":"busy"}') as server:
        office = set_alarm(
            'robot = "wecom"\nrobot_address_env = "ROBOT"', ROBOT=server.address
        )
        failed = watch(office)
        state = read_state(office.data)
        server.answer = b'{"errcode":0}'
        for minutes in (5, 10, 60):
            watch(replace(office, now=office.now + timedelta(minutes=minutes)))
        first_day = len(server.got)
        watch(replace(office, now=office.now + timedelta(days=1)))

    assert failed.failures
    assert "45009" in state.tell_failed
    assert {} == state.told
    assert (2, 3) == (first_day, len(server.got))


def test_no_secret_reaches_log_state_or_terminal(set_alarm, capsys):
    """After a failure the key of the robot stands nowhere."""
    with robot(f'{{"errcode":1,"errmsg":"bad {KEY}"}}'.encode()) as server:
        office = set_alarm(
            'robot = "wecom"\nrobot_address_env = "ROBOT"', ROBOT=server.address
        )
        file = str(office.settings.file)
        code = run(["alarm", "-c", file, "--as-of", "2026-09-21T08:00"])

    assert 20 == code
    written = [p for p in office.data.rglob("*") if p.is_file()]
    assert written
    for path in written:
        assert KEY.encode() not in path.read_bytes(), path
    shown = capsys.readouterr()
    assert KEY not in shown.out + shown.err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('robot = "wecom"\nrobot_address_env = "NOT_SET"', "NOT_SET 没有设置"),
        ('robot = "wecom"\nrobot_address_file = "none.txt"', "none.txt 读不了"),
        ('robot = "wecom"\nrobot_address_file = "empty.txt"', "empty.txt 是空的"),
    ],
)
def test_a_secret_that_is_not_there_names_its_key(set_alarm, lines, said):
    """A missing variable or file is told with the key of [alarm] that names it."""
    office = set_alarm(lines)
    (office.settings.folder / "empty.txt").write_text("\n", encoding="utf-8")

    with pytest.raises(NewsroomError, match=said) as error:
        send_robot(office, "话")
    assert "[alarm] robot_address" in str(error.value)


def test_a_secret_may_stand_in_a_file(set_alarm):
    """A file beside config.toml, saved by Notepad with a mark at its start."""
    with robot() as server:
        office = set_alarm('robot = "wecom"\nrobot_address_file = "robot.txt"')
        file = office.settings.folder / "robot.txt"
        file.write_text(f"{server.address}\r\n", encoding="utf-8-sig")
        send_robot(office, "话")

    assert 1 == len(server.got)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of its own for 127.0.0.1, and who trusts it."""
    folder = tmp_path_factory.mktemp("tls")
    try:
        made = subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
                *("-keyout", folder / "key.pem", "-out", folder / "cert.pem"),
                *("-days", "2", "-subj", "/CN=127.0.0.1"),
                *("-addext", "subjectAltName=IP:127.0.0.1"),
            ],
            capture_output=True,
            check=False,
        ).returncode
    except FileNotFoundError:
        made = 1
    need("openssl", made == 0)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=folder / "cert.pem")


def test_a_mail_says_what_is_wrong(set_alarm):
    """One mail to all, in Chinese, marked as written by a machine."""
    with mail_server() as (box, port):
        office = set_alarm(MAIL.format(port=port, security="none"))
        seen = watch(office)

    ((to, content),) = box.got
    mail = message_from_bytes(content, policy=default)
    assert seen.told
    assert ["office@example.cn", "chair@example.cn"] == to
    assert "【工会之声】枝江工会 9月21日 08:00 告警" == mail["Subject"]
    assert "auto-generated" == mail["Auto-Submitted"]
    assert "还没有编出简报" in mail.get_content()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_login_goes_over_tls(set_alarm, certificate, security):
    """Both ways of encryption, with the password of the variable."""
    server, trusting = certificate
    options = (
        {"ssl_context": server}
        if security == "tls"
        else {"tls_context": server, "require_starttls": True}
    )
    logins = []

    def note(*given):
        logins.append(given[-1].login)
        return knows(*given)

    login = {"authenticator": note, "auth_require_tls": security == "starttls"}
    with mail_server(**options, **login) as (box, port):
        office = set_alarm(
            MAIL.format(port=port, security=security) + LOGIN, MAIL="geheim99"
        )
        send_mail(office, "题", "话", tls=trusting)

    assert [b"robot"] == logins
    assert 1 == len(box.got)


def test_a_wrong_password_is_a_sentence_without_it(set_alarm, certificate):
    """What the mailbox refuses is told with the key and the usual reason."""
    server, trusting = certificate
    with mail_server(
        tls_context=server,
        require_starttls=True,
        authenticator=knows,
        auth_required=True,
    ) as (box, port):
        office = set_alarm(
            MAIL.format(port=port, security="starttls") + LOGIN, MAIL="falsch1"
        )
        with pytest.raises(NewsroomError, match="授权码") as error:
            send_mail(office, "题", "话", tls=trusting)

    assert [] == box.got
    assert "falsch1" not in str(error.value)


def test_a_server_that_nobody_vouches_for_gets_no_password(set_alarm, certificate):
    """The certificate of the mail server is checked."""
    server, _ = certificate
    with mail_server(tls_context=server, authenticator=knows) as (box, port):
        office = set_alarm(
            MAIL.format(port=port, security="starttls") + LOGIN, MAIL="geheim99"
        )
        with pytest.raises(NewsroomError, match="mail_security"):
            send_mail(office, "题", "话")

    assert [] == box.got


def test_a_mail_server_that_is_away_does_not_hide_the_robot(set_alarm):
    """Each way is tried; the failure of one is told, the other arrives."""
    with robot() as server:
        office = set_alarm(
            MAIL.format(port=9, security="none")
            + 'robot = "wecom"\nrobot_address_env = "ROBOT"',
            ROBOT=server.address,
        )
        seen = watch(office)

    assert 1 == len(server.got)
    assert ["mail_host" in sentence for sentence in seen.failures] == [True]
