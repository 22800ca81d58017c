"""A sample of the sweep: every point ends as an undisturbed morning does."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


def test_d01_a_kill_anywhere_in_the_crawl_loses_and_doubles_nothing(swept):
    """D01: what a killed crawl left is taken in once, the rest is read again."""
    assert counted(swept, "crawl", "signal=KILL") >= 3
    assert failed(swept, "crawl ") == {}


def test_d02_d03_d04_a_kill_anywhere_in_the_run_leaves_whole_pages(swept):
    """D02-D04: store whole, each page old or new, the next run ends the same."""
    assert counted(swept, "run", "signal=KILL") >= 15
    assert failed(swept, "signal=KILL") == {}


def test_d10_a_full_disk_at_any_write_is_told_and_mended_by_itself(swept):
    """D10: old pages stay, a sentence tells, with room again the run ends the same."""
    assert counted(swept, "run", "error=ENOSPC") >= 10
    assert failed(swept, "ENOSPC") == {}


def test_d11_no_inodes_no_quota_and_a_read_only_disk_are_as_a_full_one(swept_disks):
    """D11: the same for the disk's other ways to refuse."""
    assert counted(swept_disks, "run", "error=") >= 6
    assert swept_disks["failures"] == {}


def test_d12_a_failed_fsync_is_a_failure(swept):
    """D12: EIO is never retried and trusted: what it cost is done again."""
    assert counted(swept, "run", "error=EIO") >= 3
    assert failed(swept, "EIO") == {}


def counted(swept, *words) -> int:
    found = swept["by"].items()
    return sum(n for name, n in found if all(word in name for word in words))


def failed(swept, word) -> dict:
    return {point: why for point, why in swept["failures"].items() if word in point}
