"""F12, F13, F15: what floods a visit stays small in memory, measured at its child."""

from __future__ import annotations

import gzip
import subprocess
import sys

import brotli
import pytest

from crawler import launch
from crawler.job import job_to_json
from crawler.spool import SpoolLoss, read_spool
from tests.crawler import hostile
from tests.crawler.conftest import small_site

MOST = 300 * 1024  # kilobytes, as the kernel counts them
BOMB = 128 * 1024 * 1024
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
# Linux begins a child's count with what its parent holds, so a small one starts it.
WEIGHED = """
import resource, subprocess, sys
subprocess.run([sys.executable, *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
COOKIES = [("Set-Cookie", f"c{n}={'x' * 400}") for n in range(10_000)]


def brotli_bomb() -> bytes:
    packed: bytes = brotli.compress(b"<p>" * (BOMB // 3), quality=1)
    return packed


def packed(body: bytes, coding: str):
    return hostile.page(body, headers=[("Content-Encoding", coding)])


def highest(job) -> int:
    """The most memory that a visit in a process of its own held, in kilobytes."""
    job.spool.mkdir(parents=True)
    file = job.spool / "job.json"
    file.write_text(job_to_json(job), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, "-P", "-m", "crawler.run", str(file)],
        env=launch.environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout.split()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda: hostile.endless(HEAD + b"\r\n"), "too_large"),
        (lambda: packed(gzip.compress(b"<p>" * (BOMB // 3)), "gzip"), "too_large"),
        (lambda: packed(brotli_bomb(), "br"), None),
        (lambda: hostile.page(b"x", headers=COOKIES), None),
    ],
    ids=["endless", "gzip", "br", "4 MB of headers"],
)
def test_f12_f13_f15_a_flood_is_given_up_within_300_mb(make_job, answer, fault):
    """A body without end, a bomb, ten thousand cookies: refused, memory stays small."""
    pages = small_site() | {"/list.html": answer()}
    with hostile.serving(pages) as server:
        job = make_job(
            f"{server.base}/list.html", ports={server.port}, limits={"timeout": 20}
        )
        most = highest(job)

    found = [r.loss.fault.value for r in read_spool(job.spool) if type(r) is SpoolLoss]
    assert most < MOST
    assert found
    assert fault is None or set(found) == {fault}
