"""Misfortunes of an office machine: what is said, and that the next run stands."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.errors import NewsroomError
from tests.workflow.lively import NO_SITES
from workflow.alarming import UNOPENED, check_office
from workflow.cli import run
from workflow.clock import read_as_of
from workflow.disk_faults import disk_sentence
from workflow.doctoring import examine
from workflow.morning import run_morning
from workflow.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]


def gonghui(*arguments: str, **options):
    """A process of its own."""
    command = [sys.executable, "-m", "workflow", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, timeout=300, **options)
    return done.returncode


def test_a_store_whose_folder_went_away_is_not_begun_anew(lively):
    """A disk that is not mounted: pages and numbers stay, and every door says why."""
    office = lively.office
    front = office.output / "internal" / "index.html"
    before = front.read_bytes()
    office.data.rename(office.data.with_name("elsewhere"))

    with pytest.raises(NewsroomError, match="没有接上"):
        run_morning(office, NO_SITES, clock=lambda: office.now)
    assert 1 == run(["build", "-c", str(office.settings.file)])
    assert before == front.read_bytes()
    assert UNOPENED in [found.cause for found in check_office(office)]
    lines = [line for line in examine(office, None) if line.subject == "稿库"]
    assert [Verdict.MEND] == [line.verdict for line in lines]


def test_a_store_that_came_back_goes_on(lively):
    """Mounted again, the next morning has the next number."""
    office = replace(lively.office, now=lively.office.now.replace(day=22))
    office.data.rename(office.data.with_name("elsewhere"))
    with pytest.raises(NewsroomError):
        run_morning(office, NO_SITES, clock=lambda: office.now)
    for left in sorted(office.data.rglob("*"), reverse=True):
        left.unlink() if left.is_file() else left.rmdir()
    office.data.rmdir()
    office.data.with_name("elsewhere").rename(office.data)

    edition = run_morning(office, NO_SITES, clock=lambda: office.now).edition

    assert edition is not None
    assert 2 == edition.total


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EFBIG, "FAT32"),
        (errno.EISDIR, "改名挪开"),
        (errno.ENOTDIR, "改名挪开"),
        (errno.EEXIST, "改名挪开"),
        (errno.ENOLCK, "不支持文件锁"),
        (errno.ESTALE, "断开"),
        (errno.EMFILE, "太多"),
        (errno.ENOMEM, "内存不够"),
        (errno.ENAMETOOLONG, "改短"),
    ],
)
def test_what_a_disk_or_a_folder_refuses_is_a_sentence(number, words):
    """With the file and what to do, and no English."""
    said = disk_sentence(OSError(number, os.strerror(number), "/x/y"))

    assert words in said
    assert "（/x/y）" in said
    assert os.strerror(number) not in said


def test_what_is_in_the_way_of_a_renaming_is_named():
    """A folder where a page has to go: that folder, not the file that waits."""
    error = IsADirectoryError(errno.EISDIR, "Is a directory", "/next/a", None, "/out/a")

    said = disk_sentence(error)

    assert said.endswith("（/out/a）")


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "9999-12-31T23:59"])
def test_a_day_beyond_all_offices_is_refused(text):
    """A slip of the finger in ``--as-of`` is a sentence."""
    with pytest.raises(NewsroomError, match="看不懂"):
        read_as_of(text)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_build_that_nobody_can_read_of_is_a_build(lively):
    """Standard output on a full disk: nothing else failed, and no traceback."""
    file = str(lively.office.settings.file)
    asked = ("build", "-c", file, "--as-of", "2026-09-21T08:00")
    gonghui(*asked, stdout=subprocess.DEVNULL)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "workflow", *asked],
            cwd=ROOT,
            check=False,
            timeout=300,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert (0, b"") == (done.returncode, done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names files in UTF-8")
def test_a_locale_that_is_not_utf8_garbles_no_folder_of_the_inbox(lively):
    """The town's folder has a Chinese name; it is found in any locale."""
    told = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    file = str(lively.office.settings.file)
    new = lively.office.inbox / "安福寺镇" / "9月22日 送清凉"
    new.mkdir(parents=True)
    words = "安福寺镇送清凉\n日期：2026-09-22\n\n9月22日，镇总工会给工地送去清凉包。\n"
    (new / "稿件.txt").write_text(words, encoding="utf-8")
    for copied in (new / "稿件.txt", new):  # not just now
        os.utime(copied, (1.6e9, 1.6e9))

    code = gonghui("submissions", "--scan", "-c", file, env=os.environ | told)

    assert 0 == code
    assert not new.exists()
