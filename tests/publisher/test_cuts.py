"""A line cut after any byte, a client or a server killed: the next run goes on."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from publisher.faults import LinkBroken
from publisher.hosts.folder import ReleaseFolder
from publisher.hosts.ftp import FtpHost
from publisher.hosts.s3 import S3Host
from publisher.hosts.sftp import SftpHost

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents
ROOT = Path(__file__).parents[2]


HOSTS = {"sftp": SftpHost, "ftps": FtpHost, "s3": S3Host}


def place_of(kind, request, port, stand):
    """Where a host of a kind stands, dialled at this port: its own, or a proxy's."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    if kind == "sftp":
        return conftest.sftp_place(stand.server, port=port, timeout=5)
    if kind == "ftps":
        certificate = request.getfixturevalue("certificate")
        return conftest.ftp_place(port, certificate, timeout=5)
    return conftest.s3_place(port, stand.bucket, timeout=5)


def through(kind, request, port, stand):
    """A host of a kind, dialled through a proxy's port."""
    return HOSTS[kind](place_of(kind, request, port, stand))


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    """What a host holds, as a folder whose links can be looked at."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


CUTS = 12


@pytest.mark.parametrize("kind", HOSTS)
def test_d24_a_line_cut_after_any_byte_is_mended_by_the_next_run(
    stand_of, tree, tmp_path, kind, request, no_waiting
):
    """D24: cut after byte k, for many k: no page leads to a missing style, and the
    next run completes the release byte for byte."""
    stand = stand_of(kind)
    send(stand.open(), tree, tmp_path / "book")
    with servers.cutting(stand.port) as proxy:
        make_tree(tree, range(1, 10), day=2)
        send(through(kind, request, proxy.port, stand), tree, tmp_path / "book")
        total = proxy.passed
    cut = 0
    for number in range(CUTS):
        make_tree(tree, range(1, 9 + number % 2), day=3 + number)
        with servers.cutting(stand.port, (number * total) // CUTS + 1) as proxy:
            try:
                send(through(kind, request, proxy.port, stand), tree, tmp_path / "book")
            except LinkBroken:
                cut += 1
        seen = tmp_path / "seen" / str(number)
        write_all(seen, stand.files())
        assert [] == trees.dead_links(seen)

        send(stand.open(), tree, tmp_path / "book")

        wanted = contents(tree)
        held = stand.files()
        assert wanted == {path: held[path] for path in wanted}
        assert not [p for p in held if p not in wanted and "assets/" not in p]
    assert cut >= CUTS - 2


def test_d24_an_ftp_server_that_drops_every_nth_upload(
    tree, tmp_path, request, certificate
):
    """D24: FTPS, the line dropped at file k for all k: the rerun completes."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    root = tmp_path / "host"
    root.mkdir()

    class Dropping(servers.TLS_FTPHandler):
        certfile = str(certificate)
        left = 10**6

        def ftp_STOR(self, file, mode="w"):  # noqa: N802 - pyftpdlib's name
            type(self).left -= 1
            if type(self).left < 0:
                self.close()
                return None
            return super().ftp_STOR(file, mode)

    with servers.ftp_server(root, Dropping) as port:
        place = conftest.ftp_place(port, certificate)
        for number in range(12):
            make_tree(tree, range(1, 8 + number % 2), day=1 + number)
            Dropping.left = number
            with pytest.raises(LinkBroken, match="原来的网页还在"):
                send(FtpHost(place), tree, tmp_path / "book")
            assert [] == trees.dead_links(root)
            Dropping.left = 10**6

            send(FtpHost(place), tree, tmp_path / "book")

            held, wanted = contents(root / "site"), contents(tree)
            assert wanted == {path: held[path] for path in wanted}


KILLED = """
import pickle, sys
sys.path[:0] = [{root!r}]
from datetime import datetime, UTC
from pathlib import Path
from publisher.hosts.{module} import {host}
from publisher.logbook import Logbook
from publisher.publish import Order, Watch, publish
from publisher.tree import read_release

class Slow({host}):
    def send(self, batch, told):
        for one in batch:
            super().send([one], told)
            print("sent", flush=True)

publish(Slow(pickle.loads(bytes.fromhex({place!r}))), read_release(Path({tree!r})),
        Logbook(Path({book!r}), "here"), Order("main", "site", "何某"),
        Watch(lambda: datetime(2026, 11, 22, tzinfo=UTC)))
"""


@pytest.mark.parametrize("after", [1, 6, 12])
@pytest.mark.parametrize("kind", HOSTS)
def test_d05_a_killed_client_leaves_a_whole_site_and_the_next_run_goes_on(
    stand_of, tree, tmp_path, request, kind, after
):
    """D05: kill -9 while sending: our own lock is taken over at once."""
    stand, book = stand_of(kind), tmp_path / "book"
    place = place_of(kind, request, stand.port, stand)
    script = KILLED.format(
        root=str(ROOT),
        module=HOSTS[kind].__module__.rpartition(".")[2],
        host=HOSTS[kind].__name__,
        place=pickle.dumps(place).hex(),
        tree=str(tree),
        book=str(book),
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    )
    with child:
        for _ in range(after):
            assert child.stdout.readline()
        child.kill()
    host = stand.open()
    held = host.take_lock(b"is it free?")
    host.close()
    seen = tmp_path / "seen"
    write_all(seen, stand.files())

    receipt = send(stand.open(), tree, book)

    assert held not in {None, b"is it free?"}
    assert [] == trees.dead_links(seen)
    assert contents(tree) == stand.files()
    assert len(receipt.sent) <= 15 - after + 8  # what was under way goes once more


def test_d05_a_killed_server_is_a_sentence_and_no_loss(stand_of, tree, book, request):
    """D05: the server vanishes in the middle; the next run goes on."""
    stand = stand_of("sftp")
    host = stand.open()
    whole = host.send

    def send_and_die(batch, told):
        whole(batch, told)
        if any(parcel.path.startswith("stories/") for parcel in batch):
            host._connection.abort()

    host.send = send_and_die

    with pytest.raises(LinkBroken, match="会接着做"):
        send(host, tree, book)
    receipt = send(stand.open(), tree, book)

    assert contents(tree) == stand.files()
    assert not [path for path in receipt.sent if path.startswith("assets/")]


def test_d04_readers_of_the_local_folder_see_whole_releases_only(
    tree, tmp_path, monkeypatch
):
    """D04: while releases are switched, ``current`` always is one of them whole."""
    # None is cleared under a reader who takes longer than two releases.
    monkeypatch.setattr("publisher.hosts.folder._KEPT", 20)
    site, seen = tmp_path / "site", []
    send(ReleaseFolder(site), tree, tmp_path / "book")
    done = threading.Event()
    days = {1: contents(tree)}

    def read() -> None:
        is_last = False
        while not is_last:
            is_last = done.is_set()
            seen.append(contents((site / "current").resolve()))

    reader = threading.Thread(target=read)
    reader.start()
    for day in range(2, 8):
        make_tree(tree, range(1, 9), day)
        days[day] = contents(tree)
        send(ReleaseFolder(site), tree, tmp_path / "book")
    done.set()
    reader.join()

    front = {files["index.html"]: files for files in days.values()}
    for files in seen:
        assert front[files["index.html"]].items() <= files.items()
    assert days[7].items() <= seen[-1].items()


def test_d04_a_kill_before_the_switch_leaves_the_old_release(tree, tmp_path):
    """D04: what was being prepared is cleared away by the next run."""
    site = tmp_path / "site"
    send(ReleaseFolder(site), tree, tmp_path / "book")
    before = contents(site / "current")
    make_tree(tree, range(1, 10))
    host = ReleaseFolder(site)
    host.commit = lambda name: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        send(host, tree, tmp_path / "book")
    kept = contents(site / "current")

    send(ReleaseFolder(site), tree, tmp_path / "book")

    assert before == kept
    assert contents(tree) == contents(site / "current")
    assert 2 == len(list((site / "releases").iterdir()))
