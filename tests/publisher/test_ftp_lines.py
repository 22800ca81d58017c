"""The line to an FTP server: encrypted at once, lying, and forgotten on the way."""

from __future__ import annotations

import socket
import sys
from functools import partial

import pytest

from config import HostSettings
from publisher.faults import LinkBroken
from publisher.hosts import opening
from publisher.hosts.ftp import FtpHost

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


class AtOnce(servers.TLS_FTPHandler):
    """Implicit FTPS: encrypted before a word is said."""

    tls_data_required = True

    def handle(self):
        self.secure_connection(self.ssl_context)

    def handle_ssl_established(self):
        super().handle()


class Lying(servers.FTPHandler):
    """Behind a router: PASV names an address that nobody outside can reach."""

    masquerade_address = "192.0.2.7"

    def ftp_EPSV(self, line):  # noqa: N802 - pyftpdlib's name
        self.respond("502 Command not implemented.")


class Forgotten(servers.FTPHandler):
    """The line of commands is gone once a big file has travelled."""

    stored: list[str]
    forget: int

    def on_file_received(self, file):
        stored = type(self).stored
        stored.append(file.rsplit("/", 1)[1])
        if len(stored) == self.forget:
            self.close()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "host" / "site").mkdir(parents=True)
    return tmp_path / "host"


def same(root, tree) -> bool:
    held, wanted = contents(root / "site"), contents(tree)
    return wanted == {path: held.get(path) for path in wanted}


def test_implicit_ftps_takes_a_release(
    root, tree, book, certificate, conftest_of_publisher
):
    """Encrypted from the first byte on, the data too; nothing to set but the port."""
    handler = type("One", (AtOnce,), {"certfile": str(certificate)})
    with servers.ftp_server(root, handler) as port:
        place = conftest_of_publisher.ftp_place(port, certificate, implicit=True)
        send(FtpHost(place), tree, book)
        unchanged = send(FtpHost(place), tree, book)

    assert same(root, tree)
    assert not unchanged.changed


@pytest.mark.parametrize(("port", "implicit"), [(990, True), (0, False), (2121, False)])
def test_port_990_means_implicit_ftps(monkeypatch, port, implicit):
    """What every FTP program takes it for; no other port does."""
    dialled = []
    monkeypatch.setattr("publisher.hosts.ftp.FtpHost", dialled.append)
    host = HostSettings(
        name="main", kind="ftps", address="web", port=port, user="u", password_env="P"
    )

    opening.open_host(host, lambda path: path, {"P": "made-up"}, work=None)

    assert [implicit] == [place.implicit for place in dialled]


def test_a_lying_address_of_passive_mode_is_not_believed(
    root, tree, book, conftest_of_publisher
):
    """The data line goes to the host that was dialled, wherever it says it is."""
    with servers.ftp_server(root, type("One", (Lying,), {})) as port:
        send(FtpHost(conftest_of_publisher.ftp_place(port, None)), tree, book)

    assert same(root, tree)


@pytest.mark.parametrize("forget", [1, 2, 9])
def test_a_line_that_was_forgotten_is_dialled_again(
    root, tree, book, conftest_of_publisher, forget
):
    """What had arrived is not sent twice: the run goes on and ends well."""
    told = {"stored": [], "forget": forget}
    handler = type("One", (Forgotten,), told)
    with servers.ftp_server(root, handler) as port:
        dial = partial(FtpHost, conftest_of_publisher.ftp_place(port, None))
        if forget == 1:  # the lock itself: the next run takes it over
            with pytest.raises(LinkBroken):
                send(dial(), tree, book)
        send(dial(), tree, book)

    names = [name for name in told["stored"] if "note.json" not in name]
    records = [name for name in names if name.startswith("..gonghui")]
    assert same(root, tree)
    assert len(contents(tree)) + len(records) == len(names)
    assert not (root / "site" / ".gonghui-lock").exists()


def test_the_line_of_commands_is_kept_awake(root, conftest_of_publisher):
    """The system asks now and then, so that no router forgets it."""
    with servers.ftp_server(root, type("One", (servers.FTPHandler,), {})) as port:
        host = FtpHost(conftest_of_publisher.ftp_place(port, None))
        awake = host._ftp.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        host.close()

    assert awake
