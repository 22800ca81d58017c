"""What a crawl costs beside bare Scrapy with lxml, and what a quiet morning takes.

    python benchmarks/crawl.py [--sites 12] [--articles 42] [--repeat 3]
    python benchmarks/crawl.py --quiet

The first reads the same sites on loopback (four columns each, so many articles a
column) with Scrapy as it comes and with the product: fetched, spooled and synced page
by page, read in full, checked and stored. Each is a process of its own; its seconds,
CPU seconds and largest memory are the system's count of it and its children, start-up
included. Politeness is off: no pause, no limit of requests.

The second is a whole morning at the polite pace over twelve sites of four columns on
which nothing is new since the morning before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from news_server import (  # noqa: E402 - found by the line above
    COLUMNS,
    list_paths,
    serving,
    write_sites,
)

if TYPE_CHECKING:
    from crawler.launch import CrawlOutcome
    from workflow.office import Office

QUIET_ARTICLES = 20
QUIET_DAYS_APART = 2.0  # a column has news every second day, a site twice a day


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds, CPU seconds, most MB of any process of it."""

    said: str
    wall: float
    cpu: float
    megabytes: float


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--articles", type=int, default=42, help="a column")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, folder, port = options.step
        _STEPS[name](Path(folder), int(port), options.sites)
        return
    with tempfile.TemporaryDirectory(prefix="gonghui-bench-") as folder:
        measure = _quiet if options.quiet else _compare
        measure(Path(folder), options)


def _compare(folder: Path, options: argparse.Namespace) -> None:
    sites, articles = options.sites, options.articles
    write_sites(folder, sites, articles, days_apart=20 / articles)
    total = sites * len(COLUMNS) * articles
    ratios = []
    with serving(folder) as (port, server):
        print(f"{total} articles, {sites * len(COLUMNS)} lists, served by {server}")
        bare = [sys.executable, str(ROOT / "benchmarks/bare_scrapy.py")]
        bare += [f"http://127.0.0.1:{port}", str(sites)]
        for _ in range(options.repeat):
            theirs = _say("bare Scrapy + lxml", total, _cost(bare))
            _say("the same, idle parts off", total, _cost([*bare, "--lean"]))
            ours = _say("ours, stored", total, _step("crawl", folder, port, sites))
            ratios.append(theirs.wall / ours.wall)
            print(f"  ours / bare = {ratios[-1]:.2f}")
    print(f"median ours / bare = {statistics.median(ratios):.2f}")


def _quiet(folder: Path, options: argparse.Namespace) -> None:
    sites = options.sites
    write_sites(folder, sites, QUIET_ARTICLES, QUIET_DAYS_APART)
    with serving(folder) as (port, server):
        print(f"{sites} sites of {len(COLUMNS)} columns, served by {server}")
        log = folder / "access.log"
        _say("the morning before", 0, _step("fill", folder, port, sites))
        before = _requests(log)
        _say("a quiet morning", 0, _step("quiet", folder, port, sites))
        told = _requests(log)[len(before) :]
        print(f"  {len(told)} requests, {sum(' 304 ' in line for line in told)} × 304")


def _requests(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def _say(name: str, total: int, cost: Cost) -> Cost:
    speed = f"{total / cost.wall:7.1f} pages/s" if total else ""
    print(
        f"{name:26} {cost.wall:7.2f} s {cost.cpu:7.2f} s CPU "
        f"{cost.megabytes:6.0f} MB {speed}  {cost.said}",
        flush=True,
    )
    return cost


def _step(name: str, folder: Path, port: int, sites: int) -> Cost:
    step = ["--step", name, str(folder), str(port)]
    return _cost([sys.executable, __file__, "--sites", str(sites), *step])


def _cost(command: list[str]) -> Cost:
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    said = child.stdout.read() if child.stdout else b""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    wall, cpu = time.perf_counter() - began, usage.ru_utime + usage.ru_stime
    return Cost(said.decode().strip(), wall, cpu, usage.ru_maxrss / 1024)


def _open_office(
    folder: Path, port: int, sites: int, limits: dict[str, int], at_once: int = 1
) -> Office:
    """The shipped rules with these sites as the only sources."""
    from config import CrawlSettings, load_settings
    from crawler.job import LoopbackPermit
    from newsroom.article import CHINA
    from workflow.office import Office

    shutil.copytree(ROOT / "config", folder / "config", dirs_exist_ok=True)
    text = (ROOT / "config.toml").read_text("utf-8")
    head = text[: text.index("[[sources]]")]
    base = f"http://127.0.0.1:{port}"
    paths = list_paths(sites)
    blocks = []
    for number in range(sites):
        own = paths[number * len(COLUMNS) : (number + 1) * len(COLUMNS)]
        urls = ", ".join(f'"{base}{path}"' for path in own)
        blocks.append(
            f'\n[[sources]]\nid = "s{number:02}"\nname = "样板{number}工会网"\n'
            f'tier = "zj"\nurls = [{urls}]\n'
        )
    file = folder / "config.toml"
    file.write_text(head + "".join(blocks), encoding="utf-8")
    settings = load_settings(file)
    crawl = CrawlSettings.model_construct(**(settings.crawl.model_dump() | limits))
    now = datetime(2026, 9, 20, 12, 0, tzinfo=CHINA)
    permit = LoopbackPermit(frozenset({port}), at_once=at_once)
    return Office(settings.model_copy(update={"crawl": crawl}), now, permit)


_UNLIMITED = {"max_requests": 10**6, "max_new": 10**6, "max_seconds": 3600}
# Six at a time hide the pauses; where there is none, processors are what is short, and
# one child more than these works while another waits for the disk.
_UNPAUSED = _UNLIMITED | {"parallel": (os.cpu_count() or 1) + 1}


def _crawl(folder: Path, port: int, sites: int) -> None:
    """The product's own crawl and take-in, as the morning does them."""
    from crawler.nursery import loading

    with loading(sites) as nursery:
        office = _open_office(folder, port, sites, _UNPAUSED, at_once=8)
        print(_new_articles(replace(office, nursery=nursery)))


def _new_articles(office: Office) -> int:
    from workflow.collecting import collect, readable_sources
    from workflow.spooling import take_in_source

    shutil.rmtree(office.data, ignore_errors=True)
    new = 0
    with office.store() as store:
        run = store.start_run(office.now.date(), office.now)

        def take(outcome: CrawlOutcome) -> None:
            nonlocal new
            taken = take_in_source(office, store, outcome.source_id, outcome.spool, run)
            new += taken.changes["new"]

        sources = readable_sources(office)
        collect(
            office, store, run, sources, on_progress=lambda _: None, on_outcome=take
        )
    return new


def _fill(folder: Path, port: int, sites: int) -> None:
    """The morning before, so that the store and the tree are filled."""
    _morning(_open_office(folder, port, sites, _UNLIMITED))


def _quiet_morning(folder: Path, port: int, sites: int) -> None:
    """The next day, at the shipped limits and the polite pace."""
    from crawler.job import LoopbackPermit

    office = _open_office(folder, port, sites, {})
    polite = LoopbackPermit(frozenset({port}), delay=office.settings.crawl.delay)
    _morning(replace(office, now=office.now + timedelta(days=1), loopback=polite))


def _morning(office: Office) -> None:
    from workflow.morning import run_morning

    report = run_morning(office, clock=lambda: office.now).report
    new = sum(source.new for source in report.sources)
    print(f"{new} new, exit {report.exit_code}")


_STEPS = {"crawl": _crawl, "fill": _fill, "quiet": _quiet_morning}

if __name__ == "__main__":
    main()
