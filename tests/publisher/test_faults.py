"""What goes wrong between here and the host: cut, killed, refused, damaged."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import asyncssh
import pytest

from publisher.faults import (
    HostBusy,
    HostKeyChanged,
    LinkBroken,
    LoginRefused,
    PublishFailed,
)
from publisher.host import LOCK
from publisher.hosts.folder import PlainFolder, ReleaseFolder
from publisher.hosts.login import read_secret
from publisher.hosts.s3 import S3Host
from publisher.hosts.sftp import SftpHost
from publisher.lease import LEASE, read_note
from publisher.logbook import Logbook

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents
ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path):
    return make_tree(tmp_path / "output" / "public", range(1, 9))


@pytest.fixture
def book(tmp_path):
    return tmp_path / "data" / "publish" / "main"


def through(kind, request, port, stand):
    """A host of a kind, dialled through a proxy's port."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    if kind == "sftp":
        place = conftest.sftp_place(stand.server, port=port, timeout=5)
        return SftpHost(place)
    return S3Host(conftest.s3_place(port, stand.bucket, timeout=5))


@pytest.fixture
def no_waiting(monkeypatch):
    """The S3 client's back-off without the waiting."""
    waited: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time.sleep", waited.append)
    return waited


CUTS = 12


@pytest.mark.parametrize("kind", ["sftp", "s3"])
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
        for path, content in stand.files().items():
            (seen / path).parent.mkdir(parents=True, exist_ok=True)
            (seen / path).write_bytes(content)
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
    from publisher.hosts.ftp import FtpHost

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
import sys
sys.path[:0] = [{root!r}]
from pathlib import Path
from publisher.hosts.sftp import SftpHost, SftpPlace
from publisher.logbook import Logbook
from publisher.publish import Order, Watch, publish
from publisher.tree import read_release
from datetime import datetime, UTC

class Slow(SftpHost):
    def send(self, batch, told):
        for one in batch:
            super().send([one], told)
            print("sent", flush=True)

host = Slow(SftpPlace("127.0.0.1", {port}, "/site", {user!r}, {key!r}, None, {word!r}))
publish(host, read_release(Path({tree!r})), Logbook(Path({book!r}), "here"),
        Order("main", "site", "何某"),
        Watch(lambda: datetime(2026, 11, 22, tzinfo=UTC)))
"""


@pytest.mark.parametrize("after", [1, 6, 12])
def test_d05_a_killed_client_leaves_a_whole_site_and_the_next_run_goes_on(
    tree, tmp_path, server_key, request, after
):
    """D05: kill -9 while sending by SFTP; our own lock is taken over at once."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    root, book = tmp_path / "host", tmp_path / "book"
    root.mkdir()
    with servers.sftp_server(root, server_key) as server:
        script = KILLED.format(
            root=str(ROOT),
            port=server.port,
            user=servers.USER,
            key=server.public,
            word=servers.PASSWORD,
            tree=str(tree),
            book=str(book),
        )
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
        )
        with child:
            for _ in range(after):
                child.stdout.readline()
            child.kill()
        locked = (root / "site" / LOCK).is_dir()
        links = trees.dead_links(root)

        receipt = send(SftpHost(conftest.sftp_place(server)), tree, book)

        assert locked
        assert [] == links
        assert contents(tree) == contents(root / "site")
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


def test_d04_readers_of_the_local_folder_see_whole_releases_only(tree, tmp_path):
    """D04: while releases are switched, ``current`` always is one of them whole."""
    site, seen = tmp_path / "site", []
    send(ReleaseFolder(site), tree, tmp_path / "book")
    done = threading.Event()
    days = {1: contents(tree)}

    def read() -> None:
        while not done.is_set():
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
        if "index.html" in files:  # an old release may be cleared under the reader
            wanted = front[files["index.html"]]
            assert wanted.items() <= files.items() or len(files) < len(wanted)


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


def test_d23_another_host_key_is_never_accepted(stand_of, tree, book, request):
    """D23: the pinned key differs: no login, and the sentence says what to do."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("sftp")
    send(stand.open(), tree, book)
    before = stand.files()
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    with pytest.raises(HostKeyChanged, match="打电话向主机商核对"):
        SftpHost(conftest.sftp_place(stand.server, host_key=other))

    assert before == stand.files()


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_d23_a_refused_login_names_the_cure(stand_of, request, kind, certificate):
    """D23: an expired password is a sentence, and never told."""
    from publisher.hosts.ftp import FtpHost

    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of(kind)

    if kind == "sftp":
        make, place = SftpHost, conftest.sftp_place(stand.server, password="old word")
    else:
        place = conftest.ftp_place(stand.port, certificate, password="old word")
        make = FtpHost

    with pytest.raises(LoginRefused, match="管理面板里核对") as refused:
        make(place)

    assert "old word" not in str(refused.value)


def test_d23_a_certificate_nobody_knows_is_refused_before_the_password(
    stand_of, request, certificate
):
    """D23: without its file in ca_file a self-made certificate ends the matter."""
    from publisher.hosts.ftp import FtpHost

    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("ftps")
    place = conftest.ftp_place(stand.port, certificate, ca_file=None)

    with pytest.raises(HostKeyChanged, match="ca_file"):
        FtpHost(place)


def test_d23_an_s3_key_without_rights_is_said(stand_of, request, no_waiting):
    """D23: a bucket that is not there is a sentence, too."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("s3")
    host = S3Host(conftest.s3_place(stand.port, "not-there"))

    with pytest.raises(PublishFailed, match="没有存储空间 not-there"):
        host.listing()


def test_d23_nobody_there(request, no_waiting):
    """D23: an address where nobody listens."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    port = servers.free_port()
    host = S3Host(conftest.s3_place(port, "b", timeout=2))

    with pytest.raises(LinkBroken, match="请检查网络"):
        host.listing()


def test_d25_a_server_that_cannot_replace_in_one_step(
    tree, tmp_path, server_key, request
):
    """D25: delete and rename serve where posix_rename is refused; the risk is told."""
    conftest = request.getfixturevalue("conftest_of_publisher")

    class Old(asyncssh.SFTPServer):
        def posix_rename(self, oldpath, newpath):
            raise asyncssh.SFTPOpUnsupported("no such operation")

        def rename(self, oldpath, newpath):
            if Path(self.map_path(newpath).decode()).exists():
                raise asyncssh.SFTPFailure("exists")
            super().rename(oldpath, newpath)

    root = tmp_path / "host"
    root.mkdir()
    with servers.sftp_server(root, server_key, Old) as server:
        place = conftest.sftp_place(server)
        send(SftpHost(place), tree, tmp_path / "book")
        make_tree(tree, range(1, 9), day=2)

        receipt = send(SftpHost(place), tree, tmp_path / "book")

        held, wanted = contents(root / "site"), contents(tree)
        assert wanted == {path: held[path] for path in wanted}
        assert "先删后改名" in receipt.risks[0]
        assert receipt.sent.index("index.html") > receipt.sent.index("stories/8.html")


def test_d25_an_ftp_server_that_refuses_to_rename_over_a_file(tree, tmp_path, request):
    """D25: the same by FTP; plain FTP's own risk is told with its reason."""
    from publisher.hosts.ftp import FtpHost

    conftest = request.getfixturevalue("conftest_of_publisher")

    class Strict(servers.FTPHandler):
        def ftp_RNTO(self, path):  # noqa: N802 - pyftpdlib's name
            if self.fs.lexists(path):
                self.respond("553 exists")
                return None
            return super().ftp_RNTO(path)

    root = tmp_path / "host"
    root.mkdir()
    with servers.ftp_server(root, Strict) as port:
        place = conftest.ftp_place(port, None)
        send(FtpHost(place), tree, tmp_path / "book")
        make_tree(tree, range(1, 9), day=2)

        receipt = send(FtpHost(place), tree, tmp_path / "book")

        held, wanted = contents(root / "site"), contents(tree)
        assert wanted == {path: held[path] for path in wanted}
        assert "只在测试里用" in receipt.risks[0]
        assert "先删后改名" in receipt.risks[1]


class Damaging(PlainFolder):
    """A folder that stores some files otherwise, a number of times."""

    def __init__(self, root, spoil, times):
        super().__init__(root)
        self.spoil, self.times = spoil, times

    def send(self, batch, told):
        super().send(batch, told)
        for parcel in batch:
            if parcel.path == "index.html" and self.times:
                self.times -= 1
                self.spoil(self.root / parcel.path)


def fewer(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def other_case(file: Path) -> None:
    file.rename(file.with_name("INDEX.HTML"))


def other_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes()[::-1])


@pytest.mark.parametrize("spoil", [fewer, other_case, other_bytes])
def test_d26_what_the_host_stored_otherwise_is_sent_again(tree, tmp_path, spoil):
    """D26: fewer bytes, another case, other bytes: once mended, twice a failure."""
    once = Damaging(tmp_path / "once", spoil, 1)
    send(once, tree, tmp_path / "book1")
    always = Damaging(tmp_path / "always", spoil, 9)

    with pytest.raises(PublishFailed, match=r"不一样.*：index\.html"):
        send(always, tree, tmp_path / "book2")

    held = contents(tmp_path / "once")
    assert contents(tree)["index.html"] == held["index.html"]


def test_d31_two_webmasters_never_publish_at_once(stand, tree, tmp_path):
    """D31: the second is told who and until when; after the lease it may go on."""
    clock = trees.Clock()
    host = stand.open()
    until = clock.now + LEASE
    note = {"token": "t", "by": "江某", "until": until.isoformat()}
    host.take_lock(json.dumps(note).encode())
    host.close()

    with pytest.raises(HostBusy, match="江某正在往这个主机发布，占用到 08:15"):
        send(stand.open(), tree, tmp_path / "book", clock)
    clock.pass_by(minutes=16)
    send(stand.open(), tree, tmp_path / "book", clock)

    host = stand.open()
    free = host.take_lock(b"free again")
    host.close()
    assert contents(tree) == stand.files()
    assert free is None


@pytest.mark.parametrize("kind", ["plain", "s3"])
def test_d31_a_lock_is_broken_only_when_asked(stand_of, tree, tmp_path, kind):
    """D31: a lock that a cut left without a note stays until --break-lock."""
    stand = stand_of(kind)
    host = stand.open()
    host.take_lock(b"")
    host.close()

    with pytest.raises(HostBusy, match="--break-lock"):
        send(stand.open(), tree, tmp_path / "book")
    send(stand.open(), tree, tmp_path / "book", break_lock=True)

    assert contents(tree) == stand.files()


def test_d31_a_long_publishing_renews_its_lease(tree, tmp_path):
    """D31: the end of the lease moves on while files travel."""
    clock = trees.Clock()
    ends = []

    class Long(PlainFolder):
        def send(self, batch, told):
            super().send(batch, told)
            clock.pass_by(minutes=6)

        def renew_lock(self, note):
            ends.append(read_note(note).until)
            super().renew_lock(note)

    send(Long(tmp_path / "site"), tree, tmp_path / "book", clock)

    assert [timedelta(minutes=6)] * (len(ends) - 1) == [
        later - sooner for sooner, later in pairwise(ends)
    ]
    assert len(ends) >= 5


def test_d31_one_computer_publishes_once_at_a_time(tree, tmp_path):
    """D31: a second run on the same computer ends at once."""
    with (
        Logbook(tmp_path / "book", "here").alone(),
        pytest.raises(HostBusy, match="这台电脑正在"),
    ):
        send(PlainFolder(tmp_path / "site"), tree, tmp_path / "book")


def test_d32_types_charsets_and_caching_are_told_to_the_store(stand_of, tree, book):
    """D32: pages are asked for anew, hashed files are kept for a year."""
    stand = stand_of("s3")
    send(stand.open(), tree, book)

    def told(path):
        head = stand.client.head_object(Bucket=stand.bucket, Key=f"site/{path}")
        return head["ContentType"], head["CacheControl"]

    for_ever = "public, max-age=31536000, immutable"
    assert told("index.html") == ("text/html; charset=utf-8", "no-cache")
    assert told("feeds/atom.xml") == ("application/xml; charset=utf-8", "no-cache")
    assert told("edition.json") == ("application/json; charset=utf-8", "no-cache")
    assert told(trees.style(1)) == ("text/css; charset=utf-8", for_ever)
    assert told("pictures/0123456789abcdef.webp") == ("image/webp", for_ever)


def test_d32_slow_down_is_met_with_patience(stand_of, tree, book, no_waiting):
    """D32: 503 SlowDown is tried again with a growing back-off, five times at most."""
    from botocore.awsrequest import AWSResponse

    stand = stand_of("s3")
    host = stand.open()
    refused = [0, 3]  # refused so far, to be refused

    class Raw:
        def stream(self, *_, **__):
            return iter([b"<Error><Code>SlowDown</Code></Error>"])

    def busy(request, **_):
        if request.method == "PUT" and refused[0] < refused[1]:
            refused[0] += 1
            return AWSResponse(request.url, 503, {}, Raw())
        return None

    host._client.meta.events.register("before-send.s3", busy)
    host.write("a.html", b"patience")
    waits = list(no_waiting)
    refused[:] = [0, 10**6]

    with pytest.raises(PublishFailed, match="SlowDown"):
        host.write("b.html", b"no use")

    assert b"patience" == host.read("a.html")
    assert 3 == len(waits)
    assert 5 == refused[0]


def test_a74_secrets_come_from_the_named_place_only(tmp_path):
    """A74: a variable or a file; a missing one is named, its value never told."""
    file = tmp_path / "word"
    file.write_text("made up\n", encoding="utf-8")

    assert "x" == read_secret("main", "GONGHUI_FTP", None, {"GONGHUI_FTP": "x"})
    assert "made up" == read_secret("main", "", file, {})
    assert "" == read_secret("main", "", None, {})
    with pytest.raises(LoginRefused, match="环境变量 GONGHUI_FTP"):
        read_secret("main", "GONGHUI_FTP", None, {})
    with pytest.raises(LoginRefused, match="读不出来"):
        read_secret("main", "", tmp_path / "none", {})


def test_a74_nothing_that_is_kept_holds_the_password(stand_of, tree, book, caplog):
    """A74: not in receipts, journals, marks, records, logs."""
    stand = stand_of("ftps")
    send(stand.open(), tree, book)

    kept = b"".join(f.read_bytes() for f in book.rglob("*") if f.is_file())
    assert servers.PASSWORD.encode() not in kept
    assert servers.PASSWORD not in caplog.text


def test_a_receipt_says_what_travelled_when_and_by_whom(stand_of, tree, book):
    """The receipt on the disk holds the facts."""
    stand = stand_of("plain")
    receipt = send(stand.open(), tree, book)

    (file,) = (book / "receipts").iterdir()
    told = json.loads(file.read_text(encoding="utf-8"))
    sums = {p: hashlib.sha256(c).hexdigest() for p, c in contents(tree).items()}
    whole = "".join(f"{path}\0{sums[path]}\n" for path in sorted(sums))
    assert ("main", "何某") == (told["host"], told["by"])
    assert hashlib.sha256(whole.encode()).hexdigest() == told["release"]
    assert list(receipt.sent) == told["sent"]
    assert trees.NOW.isoformat() == told["at"]


def test_a_full_disk_is_a_sentence(tree, tmp_path, monkeypatch):
    """D10: no space left: the old site stays, and the cure is named."""
    import errno

    send(ReleaseFolder(tmp_path / "site"), tree, tmp_path / "book")
    before = contents(tmp_path / "site" / "current")
    make_tree(tree, range(1, 10))
    host = ReleaseFolder(tmp_path / "site")

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(host, "_put", full)
    with pytest.raises(PublishFailed, match="腾出空间"):
        send(host, tree, tmp_path / "book")

    assert before == contents(tmp_path / "site" / "current")


def test_an_unchanged_large_site_is_seen_quickly(tmp_path):
    """Two thousand files unchanged: well under a second, nothing read anew."""
    from publisher.tree import read_release

    tree = make_tree(tmp_path / "tree", range(2000))
    memory = tmp_path / "memory.json"
    read_release(tree, memory)
    send(ReleaseFolder(tmp_path / "site"), tree, tmp_path / "book")
    started = time.monotonic()
    read_release(tree, memory)
    receipt = send(ReleaseFolder(tmp_path / "site"), tree, tmp_path / "book")

    assert not receipt.changed
    assert time.monotonic() - started < 5
