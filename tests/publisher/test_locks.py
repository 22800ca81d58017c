"""Two webmasters never publish at once."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import pairwise

import pytest

from publisher.faults import HostBusy
from publisher.hosts.folder import PlainFolder
from publisher.lease import LEASE, read_note
from publisher.logbook import Logbook

trees = sys.modules["publisher_tests_trees"]
send, contents = trees.send, trees.contents


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


def test_d31_a_lock_of_tomorrow_says_that_a_clock_is_wrong(tree, tmp_path):
    """D31: a colleague's clock is a day ahead: it is said, and nothing taken over."""
    host = PlainFolder(tmp_path / "site")
    until = trees.NOW + timedelta(days=1)
    note = {"token": "other", "by": "江某", "until": until.isoformat()}
    host.take_lock(json.dumps(note).encode())

    with pytest.raises(HostBusy, match=r"江某正在往这个主机发布.*时钟不对，请校准"):
        send(host, tree, tmp_path / "book")
