"""Real servers on loopback, each of its own for a test."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncssh

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # asyncore of Python 3.11, and moto's own
    from moto.server import ThreadedMotoServer
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
    from pyftpdlib.ioloop import IOLoop
    from pyftpdlib.servers import ThreadedFTPServer

__all__ = ["FTPHandler", "TLS_FTPHandler", "ThreadedMotoServer"]

USER, PASSWORD = "gonghui", "a made-up word"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Sftp(threading.Thread):
    """An asyncssh server whose root is a folder; ``make`` makes its SFTP part."""

    def __init__(self, root: Path, key: asyncssh.SSHKey, make=asyncssh.SFTPServer):
        super().__init__(daemon=True)
        self.root, self.key, self.make = root, key, make
        self.port, self.ready = 0, threading.Event()
        self.password = PASSWORD

    @property
    def public(self) -> str:
        return self.key.export_public_key().decode().strip()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        outer = self

        class Door(asyncssh.SSHServer):
            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                return (username, password) == (USER, outer.password)

        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Door,
            server_host_keys=[self.key],
            sftp_factory=lambda channel: self.make(channel, chroot=str(self.root)),
        )
        self.port = server.get_port()
        self.ready.set()
        await self.stopped.wait()
        server.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.stopped.set)
        self.join(10)


@contextmanager
def sftp_server(root: Path, key: asyncssh.SSHKey, make=asyncssh.SFTPServer):
    logging.getLogger("asyncssh").setLevel(logging.CRITICAL)
    server = Sftp(root, key, make)
    server.start()
    assert server.ready.wait(10)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def ftp_server(root: Path, handler) -> Iterator[int]:
    logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")
    handler.authorizer = authorizer
    # a loop of its own: one server's end would close what others share with it
    server = ThreadedFTPServer(("127.0.0.1", 0), handler, ioloop=IOLoop())
    port = server.address[1]
    stopped = threading.Event()

    def serve():
        while not stopped.is_set():
            server.serve_forever(timeout=0.05, blocking=False, handle_exit=False)
        server.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        stopped.set()
        thread.join(60)


class CuttingProxy(threading.Thread):
    """Passes bytes on to a server until so many went up; then the line is dead."""

    def __init__(self, port: int, after: int | None):
        super().__init__(daemon=True)
        self.target, self.left, self.dead = port, after, False
        self.passed = 0
        self.lock = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.open: list[socket.socket] = []

    def run(self) -> None:
        while True:
            try:
                client, _ = self.door.accept()
            except OSError:
                return
            if self.dead:
                client.close()
                continue
            self.open.append(client)
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
                self.open.append(server)
                for one in (client, server):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:  # the server is gone, or this proxy is being closed
                client.close()
                continue
            for pair in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        try:
            while content := source.recv(65536):
                sink.sendall(self._allowed(content) if up else content)
                if self.dead:
                    break
        except OSError:
            pass
        self._shut(source, sink)

    def _allowed(self, content: bytes) -> bytes:
        with self.lock:
            self.passed += len(content)
            if self.left is None:
                return content
            content = content[: self.left]
            self.left -= len(content)
            if self.left <= 0:
                self.cut()
            return content

    def cut(self) -> None:
        self.dead = True
        self._shut(*self.open)

    @staticmethod
    def _shut(*sockets: socket.socket) -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self.door.close()
        for one in self.open:
            one.close()


@contextmanager
def cutting(port: int, after: int | None = None) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(port, after)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.close()


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(f"/usr/sbin/{name}")


@contextmanager
def running(command: list[str], port: int):
    """A server that answers at a port, ended with the test."""
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with server:
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until and server.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), 0.2).close()
                    break
                except OSError:
                    time.sleep(0.05)
            assert server.poll() is None, server.stdout.read()
            yield server
        finally:
            server.terminate()


@contextmanager
def openssh(folder: Path, *options: str) -> Iterator[tuple[int, str, Path]]:
    """A real OpenSSH server on loopback: port, host key, client key."""
    for name in ("host", "client"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name],
            check=True,
        )
    port = free_port()
    keys = folder / "authorized"
    keys.write_bytes((folder / "client.pub").read_bytes())
    Path("/run/sshd").mkdir(exist_ok=True)
    command = [
        *(program("sshd"), "-D", "-e", "-f", "/dev/null", "-p", str(port)),
        *("-h", str(folder / "host"), "-o", "ListenAddress=127.0.0.1"),
        *("-o", f"AuthorizedKeysFile={keys}", "-o", "StrictModes=no"),
        *("-o", "PasswordAuthentication=no"),
        *("-o", f"PidFile={folder}/sshd.pid", "-o", "UsePAM=no"),
        *("-o", "PermitRootLogin=prohibit-password"),
        *(word for option in options for word in ("-o", option)),
        *("-o", "Subsystem=sftp internal-sftp"),
    ]
    with running(command, port):
        public = (folder / "host.pub").read_text(encoding="utf-8")
        yield port, " ".join(public.split()[:2]), folder / "client"
