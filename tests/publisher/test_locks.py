"""Two webmasters never publish at once."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from itertools import pairwise

import pytest

from publisher.faults import HostBusy
from publisher.host import LOCK
from publisher.hosts.folder import PlainFolder
from publisher.lease import LEASE, read_note
from publisher.logbook import Logbook
from publisher.publish import BATCH_BYTES

trees = sys.modules["publisher_tests_trees"]
send, contents = trees.send, trees.contents


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch):
    """The wait of one who takes a stranger's lock over, without its time."""
    waited: list[float] = []
    monkeypatch.setattr("publisher.lease.time.sleep", waited.append)
    return waited


def note_of(by="江某", *, until=trees.NOW + LEASE, token="other"):
    told = {"token": token, "by": by, "until": until.isoformat()}
    return json.dumps(told).encode()


def lay(stand, note):
    host = stand.open()
    assert host.take_lock(note) is None
    host.close()


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=1), -timedelta(days=1)])
def test_d31_two_webmasters_never_publish_at_once(stand, tree, tmp_path, ahead):
    """D31: the second is told who and until when, whatever the clocks say."""
    lay(stand, note_of(until=trees.NOW + ahead + LEASE))
    wrong = "时钟不对，请校准" if ahead else "。没有动任何文件"

    with pytest.raises(
        HostBusy, match=f"江某正在往这个主机发布，占用到 08:15.*{wrong}"
    ):
        send(stand.open(), tree, tmp_path / "book")

    host = stand.open()
    held = host.lock_note()
    host.close()
    assert read_note(held).by == "江某"
    assert not stand.files()


def test_d31_an_old_lock_is_taken_over(stand, tree, tmp_path, without_waiting):
    """D31: after the lease the next may go on, and gives the lock back."""
    lay(stand, note_of(until=trees.NOW + timedelta(days=30)))
    stand.age_lock(timedelta(minutes=16))

    send(stand.open(), tree, tmp_path / "book")

    lay(stand, b"free again")
    assert contents(tree) == stand.files()
    assert len(without_waiting) == 1


@pytest.mark.parametrize("kind", ["folder", "sftp", "ftp", "s3"])
def test_d31_a_run_that_lost_its_lock_stops(stand_of, tree, tmp_path, kind):
    """D31: who was taken for dead sees it, and leaves the new holder's lock alone."""
    stand, clock = stand_of(kind), trees.Clock()
    first = stand.open()
    read_back = first.listing

    def meanwhile():
        clock.pass_by(minutes=6)
        other = stand.open()
        other.drop_lock()
        other.take_lock(note_of("江某"))
        other.close()
        first.listing = read_back
        return read_back()

    first.listing = meanwhile
    with pytest.raises(HostBusy, match=r"江某接过了发布锁.*再运行一次"):
        send(first, tree, tmp_path / "book", clock)

    last = stand.open()
    assert read_note(last.lock_note()).by == "江某"
    last.drop_lock()
    send(last, tree, tmp_path / "book", clock)
    assert contents(tree) == stand.files()


def test_d31_a_lock_that_vanished_stops_the_run_before_it_counts(tree, tmp_path):
    """D31: somebody broke our lock and is done: our plan is of before, so we stop."""

    class Robbed(PlainFolder):
        def send(self, batch, told):
            super().send(batch, told)
            self.drop_lock()

    with pytest.raises(HostBusy, match=r"发布锁被人拿掉了.*再运行一次"):
        send(Robbed(tmp_path / "site"), tree, tmp_path / "book")

    send(PlainFolder(tmp_path / "site"), tree, tmp_path / "book")
    assert contents(tree) == contents(tmp_path / "site")


def test_d31_of_two_that_take_an_old_lock_over_one_goes_on(tree, tmp_path, monkeypatch):
    """D31: one of them sees after a moment that the lock is another's."""
    host = PlainFolder(tmp_path / "site")
    host.take_lock(note_of(until=trees.NOW - timedelta(days=1)))
    old = (trees.NOW - timedelta(days=1)).timestamp()
    os.utime(tmp_path / "site" / LOCK, (old, old))

    def other_is_slower(_seconds):
        host.drop_lock()
        host.take_lock(note_of("江某"))

    monkeypatch.setattr("publisher.lease.time.sleep", other_is_slower)
    with pytest.raises(HostBusy, match="江某接过了发布锁"):
        send(host, tree, tmp_path / "book")

    assert read_note(host.lock_note()).by == "江某"
    assert not contents(tmp_path / "site")


def test_d31_where_a_host_tells_no_times_the_note_counts(tree, tmp_path):
    """D31: a host without times: until the end that the holder wrote, then no more."""

    class Timeless(PlainFolder):
        def lock_age(self):
            return None

    clock = trees.Clock()
    host = Timeless(tmp_path / "site")
    host.take_lock(note_of())

    with pytest.raises(HostBusy, match="占用到 08:15"):
        send(host, tree, tmp_path / "book", clock)
    clock.pass_by(minutes=16)
    send(host, tree, tmp_path / "book", clock)

    assert contents(tree) == contents(tmp_path / "site")


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


def test_d31_large_files_travel_a_few_at_a_time(tree, tmp_path):
    """D31: on a slow line the lease is looked at before it is over."""
    for number in range(5):
        picture = tree / "pictures" / f"{number:016}.webp"
        picture.write_bytes(bytes([number]) * 3 * 1024 * 1024)
    batches = []

    class Seen(PlainFolder):
        def send(self, batch, told):
            batches.append([parcel.file.stat().st_size for parcel in batch])
            super().send(batch, told)

    send(Seen(tmp_path / "site"), tree, tmp_path / "book")

    assert all(len(sizes) == 1 or sum(sizes) <= BATCH_BYTES for sizes in batches)
    assert len(batches) >= 5
    assert contents(tree) == contents(tmp_path / "site")
