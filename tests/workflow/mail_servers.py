"""A real mailbox (Dovecot) and a mail server that remembers, both on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from email import message_from_bytes, policy
from imaplib import IMAP4

import pytest
from aiosmtpd.controller import Controller

from workflow.office import Office

CONF = """protocols = imap
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
mail_location = maildir:{base}/mail/%u
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
"""


def free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


@pytest.fixture(scope="module")
def imap_port(tmp_path_factory):
    """A Dovecot of our own on loopback; every user's password is ``secret``."""
    from pwd import getpwnam, getpwuid

    from tests.conftest import need

    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    need("IMAP 服务器 dovecot", program is not None)
    base = tmp_path_factory.mktemp("dovecot")
    who = getpwnam("nobody") if os.geteuid() == 0 else getpwuid(os.geteuid())
    for folder in (*base.parents[:3], base):
        folder.chmod(folder.stat().st_mode | 0o711)
    for name in ("mail", "home"):
        (base / name).mkdir()
        os.chown(base / name, who.pw_uid, who.pw_gid)
    from grp import getgrgid

    port = free_port()
    values = {"base": base, "port": port, "uid": who.pw_uid, "gid": who.pw_gid}
    values |= {"user": who.pw_name, "group": getgrgid(who.pw_gid).gr_name}
    (base / "d.conf").write_text(CONF.format(**values), encoding="utf-8")
    server = subprocess.Popen([program, "-F", "-c", str(base / "d.conf")])
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with IMAP4("127.0.0.1", port, timeout=2):
                return
        except (OSError, IMAP4.error):
            time.sleep(0.05)
    pytest.fail("dovecot did not start")


class Replies:
    """A mail server that remembers what it was given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        content = envelope.original_content
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def replies():
    handler = Replies()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def mailbox(imap_port, request):
    """Puts mails into a user's mailbox; each test has its own."""
    user = f"user{abs(hash(request.node.name)) % 10**8}"

    def put(message):
        with IMAP4("127.0.0.1", imap_port) as box:
            box.login(user, "secret")
            box.append("INBOX", "", "", bytes(message))

    put.user, put.port = user, imap_port
    return put


def with_mail_door(office, mailbox, replies, folder):
    """The office with a mail door and a server for replies."""
    senders = folder / "senders.toml"
    senders.write_text('"he@example.cn" = "afs"\n', encoding="utf-8")
    settings = office.settings
    door = settings.mail_door.model_copy(
        update={
            "host": "127.0.0.1",
            "port": mailbox.port,
            "security": "none",
            "user": mailbox.user,
            "password_env": "DOOR_SECRET",
            "senders": senders,
        }
    )
    mail = settings.mail.model_copy(
        update={
            "host": "127.0.0.1",
            "port": replies.port,
            "security": "none",
            "sender": "news@example.cn",
        }
    )
    changed = settings.model_copy(update={"mail_door": door, "mail": mail})
    return Office(changed, office.now)
