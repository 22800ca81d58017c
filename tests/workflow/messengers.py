"""A group robot and a mail server on loopback, and an office that tells by them."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from config import load_settings
from workflow.office import Office

KEY = "0a1b2c3d-secret-key"


class Robot(ThreadingHTTPServer):
    """A group robot that answers as it is told."""

    def __init__(self, answer: bytes, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Robot)
        self.answer, self.status = answer, status
        self.got: list[tuple[str, dict]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send?key={KEY}"


class _Robot(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        if self.server.status in {301, 302, 307}:
            self.send_header("Location", f"{self.server.address}&again=1")
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    do_GET = do_POST  # noqa: N815 - the handler's word

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def robot(answer: bytes = b'{"errcode":0,"errmsg":"ok"}', status: int = 200):
    server = Robot(answer, status)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def plain_answer(answer: bytes):
    """A server of one connection that reads a request and answers these bytes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server:
            line, _ = server.accept()
        with line, line.makefile("rb") as asked:
            length = 0
            while (head := asked.readline()) not in {b"\r\n", b""}:
                if head.lower().startswith(b"content-length:"):
                    length = int(head.partition(b":")[2])
            asked.read(length)
            with suppress(OSError):  # who has read enough hangs up
                line.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1]
    thread.join()


MAIL = """mail_to = ["office@example.cn", "chair@example.cn"]
mail_from = "robot@example.cn"
mail_host = "127.0.0.1"
mail_port = {port}
mail_security = "{security}"
"""
LOGIN = 'mail_user = "robot"\nmail_password_env = "MAIL"'


class Mailbox:
    """Keeps what a mail server was given."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's
        self.got.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def knows(_server, _session, _envelope, _mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"robot", b"geheim99"))


@contextmanager
def mail_server(box: Mailbox | None = None, **options):
    box = box or Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


@pytest.fixture
def set_alarm(config_file, office, monkeypatch):
    """Gives the office with these keys of [alarm]; the robot's address by variable."""

    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")

    def make(lines: str, **variables: str) -> Office:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        text = config_file.read_text(encoding="utf-8")
        config_file.write_text(f"{text}\n[alarm]\n{lines}\n", encoding="utf-8")
        return Office(load_settings(config_file), office.now + timedelta(hours=2))

    return make
