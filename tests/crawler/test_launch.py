"""F71-F73: a child that fails, hangs or grows costs its own source only."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler import launch
from crawler.launch import crawl
from crawler.nursery import Nursery
from crawler.spool import RESULTS, read_spool
from tests.crawler import hostile
from tests.crawler.conftest import small_site


@pytest.fixture
def spawned_as(monkeypatch):
    """Put another program in the place of a child."""

    def put(code, only="bad"):
        real = launch._command

        def command(path):
            bad = only in path.parent.name or only == "*"
            return [sys.executable, "-c", code] if bad else real(path)

        monkeypatch.setattr(launch, "_command", command)
        monkeypatch.setattr(launch, "nursery_for", lambda _: None)

    return put


def bad(job):
    return type(job)(
        **{f: getattr(job, f) for f in job.__dataclass_fields__}
        | {"spool": job.spool.with_name("bad")}
    )


def kinds(folder):
    return [type(result).__name__ for result in read_spool(folder)]


def test_f72_a_hanging_child_is_killed_the_others_come_in(site, make_job, spawned_as):
    """After its time a child is killed; its loss says so; others are untouched."""
    spawned_as("while True: pass")
    url = f"{site.base}/list.html"
    hanging = bad(make_job(url, ports={site.port}, limits={"max_seconds": 0.3}))
    outcomes = crawl([hanging, make_job(url, ports={site.port})], parallel=2)

    assert [loss.fault.value for loss in outcomes[0].losses] == ["deadline"]
    assert outcomes[1].losses == ()
    assert kinds(outcomes[0].spool) == ["SpoolLoss", "SpoolEnd"]
    assert kinds(outcomes[1].spool).count("SpoolPage") == 4


def test_f72_a_forked_child_is_killed_too(make_job, nursery):
    """A child of the nursery that does not end is killed at its time."""
    with hostile.serving(
        small_site() | {"/list.html": hostile.raw(hang=120)}
    ) as server:
        job = make_job(
            f"{server.base}/list.html",
            ports={server.port},
            limits={"max_seconds": 0.5, "timeout": 100},
        )
        began = time.monotonic()
        outcomes = crawl([job], nursery=nursery)

    assert time.monotonic() - began < 60
    assert [loss.fault.value for loss in outcomes[0].losses] == ["deadline"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise SystemExit(7)", "意外退出（7"),
        ("1/0", "ZeroDivisionError"),
        ("raise MemoryError", "内存过多"),
        ("import os; os.kill(os.getpid(), 9)", "内存过多"),
    ],
)
def test_f71_a_child_that_dies_is_a_loss_with_its_reason(
    make_job, spawned_as, code, words
):
    """A crash is the class bug, with a sentence for whoever mends it."""
    spawned_as(code, only="*")
    outcomes = crawl([make_job("http://127.0.0.1:1/", ports={1})])

    assert [loss.fault.value for loss in outcomes[0].losses] == ["bug"]
    assert words in outcomes[0].losses[0].sentence


def test_f73_a_child_may_not_grow_beyond_its_memory(tmp_path):
    """The limit stands before anything is loaded."""
    code = (
        "from crawler.run import _limit_memory; _limit_memory()\n"
        "try: bytearray(600 * 1024 * 1024)\n"
        "except MemoryError: print('limited')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=launch.environment(),
    )

    assert done.stdout.strip() == "limited"


def test_what_came_before_a_kill_is_kept(site, make_job, crawl_of):
    """The spool of a killed child keeps its whole lines and gets an end."""
    crawled = crawl_of(make_job(f"{site.base}/list.html", ports={site.port}))
    path = crawled.folder / RESULTS
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]) + lines[2][:50])
    job = make_job(f"{site.base}/list.html", ports={site.port})
    job = type(job)(
        **{f: getattr(job, f) for f in job.__dataclass_fields__}
        | {"spool": crawled.folder}
    )
    launch.close_spool(job, launch.FaultClass.DEADLINE, "时间到了", "killed")
    launch.close_spool(job, launch.FaultClass.DEADLINE, "时间到了", "killed")

    assert kinds(crawled.folder) == ["SpoolPage", "SpoolPage", "SpoolLoss", "SpoolEnd"]


def test_children_end_with_their_parent(make_job, tmp_path):
    """A child whose parent is gone ends by itself."""
    with hostile.serving(
        small_site() | {"/list.html": hostile.raw(hang=150)}
    ) as server:
        job = make_job(
            f"{server.base}/list.html", ports={server.port}, limits={"timeout": 120}
        )
        job.spool.mkdir()
        (job.spool / "job.json").write_text(launch.job_to_json(job), "utf-8")
        child = subprocess.Popen(
            launch._command(job.spool / "job.json"),
            stdin=subprocess.PIPE,
            env=launch.environment(),
        )
        wait_for("/list.html", server, child)
        child.stdin.close()

        assert child.wait(60) == 3


def test_forked_children_end_with_their_nursery(make_job):
    """When the nursery is gone, so are its children."""
    with hostile.serving(
        small_site() | {"/list.html": hostile.raw(hang=150)}
    ) as server:
        job = make_job(
            f"{server.base}/list.html", ports={server.port}, limits={"timeout": 120}
        )
        job.spool.mkdir()
        path = job.spool / "job.json"
        path.write_text(launch.job_to_json(job), "utf-8")
        with Nursery() as nursery:
            child = nursery.start(path)
            wait_for("/list.html", server, child)
        deadline = time.monotonic() + 60
        while _is_alive(child._pid) and time.monotonic() < deadline:
            time.sleep(0.02)

    assert not _is_alive(child._pid)


@pytest.mark.skipif(sys.platform != "linux", reason="forks need Linux")
def test_a_nursery_that_nobody_asked_is_ended_without_waiting_for_it():
    """A run that reads nothing after all does not wait until Scrapy is loaded."""
    with Nursery() as nursery:
        pass

    assert nursery._process.returncode == -signal.SIGKILL


def wait_for(path, server, child, seconds=30):
    """Until the child has asked for the path; a child that died first is an error."""
    deadline = time.monotonic() + seconds
    while path not in server.paths:
        assert child.poll() is None, "the child ended before it asked"
        assert time.monotonic() < deadline, f"{path} was not asked for in time"
        time.sleep(0.02)


def _is_alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii")
        return stat.rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_progress_tells_starts_pages_and_ends(site, make_job, nursery):
    """Whoever watches learns of each source's start, pages and end."""
    told = []
    jobs = [make_job(f"{site.base}/list.html", ports={site.port}) for _ in range(2)]
    crawl(jobs, parallel=1, on_progress=told.append, nursery=nursery)

    assert [(p.state, p.finished) for p in told if p.state != "reading"] == [
        ("started", 0),
        ("done", 1),
        ("started", 1),
        ("done", 2),
    ]
    assert [p.pages for p in told if p.state == "done"] == [4, 4]
    assert {p.total for p in told} == {2}


def test_two_sources_of_one_host_do_not_run_at_once(make_job, monkeypatch):
    """Jobs that share a real host run one after the other, with the delay between."""
    running, most = set(), []

    class Child:
        def __init__(self, job):
            self.job, self.looks = job, 3
            running.add(id(self))
            most.append(len(running))

        def poll(self):
            self.looks -= 1
            if self.looks:
                return None
            running.discard(id(self))
            return 0

        def release(self):
            pass

    def real(number):
        job = make_job(
            "http://www.example.com/list.html", ports={1}, limits={"delay": 2.0}
        )
        return type(job)(job.source, job.crawl, job.spool, job.now)

    monkeypatch.setattr(launch, "_start", lambda job, nursery: Child(job))
    monkeypatch.setattr(launch, "nursery_for", lambda _: None)
    monkeypatch.setattr("crawler.job.LEAST_DELAY", 0.1)
    jobs = [real(n) for n in range(2)]
    for job in jobs:
        object.__setattr__(job.crawl, "__dict__", job.crawl.__dict__ | {"delay": 0.1})
    crawl(jobs, parallel=2)

    assert most == [1, 1]


def test_an_interrupted_crawl_kills_its_children(site, make_job, nursery):
    """When the watcher raises, nothing keeps running."""
    with hostile.serving(small_site() | {"/list.html": hostile.raw(hang=20)}) as server:
        job = make_job(
            f"{server.base}/list.html", ports={server.port}, limits={"timeout": 15}
        )

        def interrupt(progress):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            crawl([job], on_progress=interrupt, nursery=nursery)

    assert kinds(job.spool) == ["SpoolLoss", "SpoolEnd"]
