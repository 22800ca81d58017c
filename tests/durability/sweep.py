"""The kill and full-disk sweep over crawl, spool, take-in, build and switch.

``python -m tests.durability.sweep --points 300`` disturbs a morning at so many points,
spread over all calls that change a disk, runs it again, and compares with a morning
that nothing disturbed. It prints one line of JSON; exit 1 when a point failed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from crawler import nursery as nursery_module
from crawler.nursery import Nursery
from tests.crawler import hostile
from tests.durability.forked import Ended, ForkedNursery, Point, run_disturbed
from tests.durability.office_copies import (
    NOW,
    TODAY,
    integrity,
    kept,
    left_over,
    open_office,
    outcome,
    tree,
    write_office,
)
from tests.workflow.many_sites import site
from workflow.morning import MorningPlan, run_morning

KILL, FULL, BROKEN = "signal=KILL", "error=ENOSPC", "error=EIO"
# Each call that changes a disk, and what can become of it.
RUN_HARMS = {
    "fsync": (KILL, FULL, BROKEN),
    "fdatasync": (KILL, FULL, BROKEN),
    "pwrite64": (KILL, FULL),
    "write": (KILL, FULL),
    "rename": (KILL, FULL),
    "mkdir": (KILL, FULL),
    "unlink": (KILL,),
    "openat": (KILL,),
}
CRAWL_HARMS = dict.fromkeys(("fsync", "write", "sendto"), (KILL,))
DONE = {"code 0", "code 10"}
# Out of inodes, over quota, read-only: from the n-th such call on.
_CHANGES = "mkdir,rename,unlink"
DISK_HARMS = {
    "mkdir": (FULL, "error=EDQUOT"),
    "pwrite64": ("error=EDQUOT", "error=EROFS"),
    _CHANGES: ("error=EROFS",),
}
TABLES = {
    "all": {"run": RUN_HARMS, "crawl": CRAWL_HARMS},
    "disks": {"run": DISK_HARMS},
}
Table = dict[str, dict[str, tuple[str, ...]]]


@dataclass
class Bench:
    """The office of yesterday, and what an undisturbed today makes of it."""

    base: Path
    port: int
    old: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def copy(self) -> Path:
        """A new folder with yesterday's office."""
        self.count += 1
        folder = self.base / f"copy{self.count}"
        shutil.copytree(self.base / "old", folder)
        return folder

    def morning(self, folder: Path, point: Point | None, at=TODAY, log=None) -> Ended:
        """A morning in this folder, disturbed at the point."""

        def work(nursery: Nursery) -> str:
            return outcome(open_office(folder, at, nursery, self.port))

        return run_disturbed(work, point, log)

    def warm(self) -> None:
        """Crawl once in this process: what it loads, every fork then has.

        Only crawl: what sets the papers has threads, and no thread outlives a fork.
        """
        folder = self.base / "warm"
        write_office(folder, self.port)
        with ForkedNursery() as nursery:
            office = open_office(folder, NOW, nursery, self.port)
            run_morning(office, MorningPlan(issue=False), clock=lambda: NOW)

    def remember(self) -> None:
        """Run yesterday, then today undisturbed, and note what both leave."""
        old = self.base / "old"
        write_office(old, self.port)
        for at, name in ((NOW, "old"), (TODAY, "new")):
            folder = old if name == "old" else self.copy()
            said = self.morning(folder, None, at).said
            if said != "code 0":
                raise RuntimeError(f"the undisturbed morning failed: {said}")
            setattr(self, name, tree(folder))
        self.kept = self.look(folder)

    def look(self, folder: Path) -> dict[str, Any]:
        """What the store keeps, read in a process of its own: forks share no file."""
        ours, theirs = Pipe()
        child = os.fork()
        if child == 0:
            theirs.send(kept(open_office(folder, TODAY, None, self.port)))
            os._exit(0)
        theirs.close()
        found: dict[str, Any] = ours.recv()
        os.waitpid(child, 0)
        return found


def count_calls(bench: Bench, table: Table) -> dict[tuple[str, str], int]:
    """How often an undisturbed morning makes each call."""
    counts = {}
    for who, calls in table.items():
        folder, log = bench.copy(), bench.base / f"{who}.log"
        bench.morning(folder, Point(who, ",".join(calls), 0, ""), log=log)
        lines = log.read_text(errors="replace").splitlines()
        found: Counter[tuple[str, str]] = Counter()
        for line in lines:
            pid, _, rest = line.partition(" ") if who == "crawl" else ("", "", line)
            found[pid, rest.strip().partition("(")[0]] += 1
        for call in calls:
            most = [n for (_, name), n in found.items() if name in call.split(",")]
            counts[who, call] = max(most, default=0)
        shutil.rmtree(folder)
    return counts


def choose_points(
    counts: dict[tuple[str, str], int], table: Table, wanted: int, seed: int
) -> list[Point]:
    """So many points, spread over calls and harms, each n of a call once."""
    shelves = []
    for (who, call), count in counts.items():
        for harm in table[who][call]:
            numbers = list(range(1, count + 1))
            random.Random(f"{seed}{who}{call}{harm}").shuffle(numbers)
            shelves.append([Point(who, call, n, harm) for n in numbers])
    chosen: list[Point] = []
    while len(chosen) < wanted and any(shelves):
        chosen += [shelf.pop() for shelf in shelves if shelf]
    return chosen[:wanted]


def try_point(bench: Bench, point: Point) -> str | None:
    """What is wrong at this point, None when all is as it should be."""
    folder = bench.copy()
    try:
        first = bench.morning(folder, point)
        if first.said.startswith("unclear"):
            return first.said
        trouble = _mixed(bench, tree(folder))
        if trouble and first.said not in DONE:
            return f"after {first.said or 'the kill'}: {trouble}"
        again = bench.morning(folder, None)
        if again.said not in DONE:
            return f"the next run: {again.said}"
        if integrity(folder) != "ok":
            return "integrity_check"
        return _unlike(bench, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _mixed(bench: Bench, now: dict[str, str]) -> str | None:
    """A file that is neither yesterday's nor today's, or an old one that is gone."""
    torn = [n for n, h in now.items() if h not in {bench.old.get(n), bench.new.get(n)}]
    gone = [n for n in bench.old if n not in now and n in bench.new]
    return f"torn {torn[:3]}, gone {gone[:3]}" if torn or gone else None


def _unlike(bench: Bench, folder: Path) -> str | None:
    """How the end differs from an undisturbed morning's."""
    found = bench.look(folder)
    for name, value in bench.kept.items():
        if found[name] != value:
            return f"{name} differ: {found[name]} instead of {value}"[:600]
    pages = tree(folder)
    other = sorted(n for n in {*pages, *bench.new} if pages.get(n) != bench.new.get(n))
    if other:
        return f"pages differ: {other[:4]}"
    left = left_over(folder)
    return f"left over: {left[:4]}" if left else None


def sweep(points: int, seed: int, table: Table, only: str = "") -> dict[str, Any]:
    """Disturb so many points; counts by call and harm, and every failure."""
    base = Path(tempfile.mkdtemp(prefix="sweep"))
    pages = site("aa") | site("bb", range(11, 14))
    server, told = _serve(pages)
    began = time.monotonic()
    try:
        bench = Bench(base, told)
        bench.warm()
        bench.remember()
        chosen = choose_points(count_calls(bench, table), table, points, seed)
        chosen = [p for p in chosen if only in str(p)]
        failures = {str(p): why for p in chosen if (why := try_point(bench, p))}
    finally:
        os.kill(server, 9)
        os.waitpid(server, 0)
        shutil.rmtree(base, ignore_errors=True)
    return {
        "points": len(chosen),
        "by": dict(Counter(f"{p.who} {p.call} {p.harm}" for p in chosen)),
        "failures": failures,
        "seconds": round(time.monotonic() - began),
    }


def _serve(pages: dict[str, object]) -> tuple[int, int]:
    """The sites in a process of their own: (pid, port). Here nothing has threads."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with hostile.serving(pages) as server:
            os.write(writing, str(server.port).encode())
            server.closing.wait()
        os._exit(0)
    port = int(os.read(reading, 16))
    os.close(reading)
    os.close(writing)
    return child, port


def _load() -> None:
    """Import what a morning needs once, so that each fork has it."""
    nursery_module._load()


def main(arguments: list[str]) -> int:
    """Sweep as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", choices=TABLES, default="all")
    parser.add_argument("--only", default="")
    given = parser.parse_args(arguments)
    _load()
    found = sweep(given.points, given.seed, TABLES[given.table], given.only)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 1 if found["failures"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
