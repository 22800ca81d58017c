"""Many mornings in one process, with random faults: an edition each, nothing grows.

``python -m tests.durability.soak --runs 200`` prints one line of JSON and a line a
morning to stderr. The office runs each morning in a process of its own; one process
for all is the harder test.

The store grows meanwhile, and a morning with more news kept needs more room, which
Python keeps in pieces. So a fresh process does the last mornings once more on a copy
of the office: what many mornings leave behind is what theirs holds beyond the fresh
one. Beside it the live blocks of Python are counted, which no store's size moves.
"""

from __future__ import annotations

import argparse
import ctypes
import functools
import gc
import json
import random
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from crawler.nursery import Nursery
from tests.crawler import hostile
from tests.workflow.many_sites import NOW, ManySites, make_office, site

IDS = ("aa", "bb", "cc")
_LRU = functools._lru_cache_wrapper
# Scrapy's, Django's and Jinja's first loads are over by then.
WARM = 8
# Live blocks a morning: there were 10 to 25, a leaked dictionary or two more is seen.
BLOCKS = 100
FAULTS = (
    hostile.status(500),
    hostile.status(403),
    hostile.status(429, ("Retry-After", "60")),
    hostile.raw(reset=True),
    hostile.page(b"<html><title>404</title></html>"),
    hostile.endless(b"HTTP/1.1 200 X\r\n\r\n<html>"),
    hostile.page(b"\xff\x00" * 5000),
)


@dataclass(frozen=True, slots=True)
class Done:
    """A morning that was done, and what the process holds after it.

    ``memory`` in bytes, ``blocks`` as Python counts its live ones, ``handles`` open.
    """

    day: int
    code: int
    stories: int
    memory: int
    blocks: int
    handles: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Which mornings, with which dice; ``leak`` bytes are kept a morning to see it."""

    folder: Path
    days: range
    seed: int
    leak: int = 0
    port: int = 0

    @property
    def copy(self) -> Path:
        """Where the office lies as it was before the last mornings."""
        return self.folder.with_name("copy")


def soak(plan: Plan) -> tuple[list[Done], int, int]:
    """The mornings one by one in this process, the number of editions, the port."""
    process, leaked, done = psutil.Process(), [], []
    with hostile.serving({}, port=plan.port) as server, Nursery() as nursery:
        limits = {"recheck_days": 0, "parallel": 1}
        plan.folder.mkdir(exist_ok=True)
        office = make_office(plan.folder, server, IDS, nursery, limits)
        for day in plan.days:
            if day == plan.days[-WARM] and day != plan.days[0]:
                shutil.copytree(plan.folder, plan.copy)
            _pages_of(office, day, random.Random(f"{plan.seed} {day}"))
            code = office.morning(day).report.exit_code
            leaked += [bytes(1000) for _ in range(plan.leak // 1000)]
            done.append(Done(day, code, len(office.stories()), *_held(process)))
            sys.stderr.write(json.dumps(asdict(done[-1])) + "\n")
        with office.office.store() as store:
            return done, len(store.editions()), server.port


def judged(done: list[Done], editions: int, fresh: list[Done]) -> dict[str, object]:
    """What grew: as it is, beyond a fresh process with the same store, in blocks."""
    first, last, codes = done[WARM - 3 : WARM], done[-3:], [one.code for one in done]
    memory = max(one.memory for one in last)
    blocks = max(one.blocks for one in last) - max(one.blocks for one in first)
    return {
        "runs": len(done),
        "editions": editions,
        "stories": [first[-1].stories, last[-1].stories, fresh[-1].stories],
        "codes": {str(code): codes.count(code) for code in sorted(set(codes))},
        "memory_with_the_store": _growth(memory, (one.memory for one in first)),
        "memory_growth": _growth(memory, (one.memory for one in fresh[-3:])),
        "blocks_a_morning": round(blocks / (last[-1].day - first[-1].day), 1),
        "handles_growth": last[-1].handles - first[-1].handles,
    }


def is_flat(found: dict[str, object]) -> bool:
    """An edition a morning, memory within a tenth, hardly a block, no handle more."""
    return (
        found["editions"] == found["runs"]
        and found["memory_growth"] <= 0.1
        and found["blocks_a_morning"] <= BLOCKS
        and found["handles_growth"] <= 0
    )


def _growth(now, before) -> float:
    return round(now / max(before) - 1, 4)


def _held(process: psutil.Process) -> tuple[int, int, int]:
    """The bytes, live blocks and handles this process holds and cannot do without.

    Memos of bounded size (``lru_cache``) take a hundred mornings to fill and are
    emptied first, and the C library gives back what it only keeps ready.
    """
    for one in gc.get_objects():
        if isinstance(one, _LRU) and one.cache_parameters()["maxsize"] is not None:
            one.cache_clear()
    gc.collect()
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
    blocks = sys.getallocatedblocks()
    return process.memory_info().rss, blocks, process.num_fds()


def _fresh(plan: Plan, port: int) -> list[Done]:
    """The last mornings on the copy, by a process that has done no other.

    The sites stand at the same port: under another all pages would be made anew.
    """
    days = plan.days[-WARM:]
    command = [sys.executable, "-m", "tests.durability.soak", "--seed", str(plan.seed)]
    command += ["--runs", str(WARM), "--first", str(days[0]), "--folder", plan.copy]
    command += ["--port", str(port)]
    said = subprocess.run(command, check=True, capture_output=True).stderr
    return [Done(**json.loads(one)) for one in said.splitlines() if one[:1] == b"{"]


def _pages_of(office: ManySites, day: int, dice: random.Random) -> None:
    """The sites of that day: each has news, and about one in four a fault."""
    office.server.pages.clear()
    office.server.requests.clear()
    at = f"{NOW.date().toordinal() + day}"
    shown = NOW.date().fromordinal(int(at)).isoformat()
    for place, id_ in enumerate(IDS):
        first = 3 * day + 1 + 10_000 * place
        office.server.pages |= site(id_, range(first, first + 3), shown)
        if dice.random() < 1 / 4:
            office.server.pages[f"/{id_}/list.html"] = dice.choice(FAULTS)


def main(arguments: list[str]) -> int:
    """Soak as the command line says; 1 when an edition lacks or something grew."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leak", type=int, default=0, help="bytes kept a morning")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="go on there, judge nothing")
    parser.add_argument("--port", type=int, default=0, help="where the sites stand")
    given = parser.parse_args(arguments)
    days = range(given.first, given.first + given.runs)
    if given.folder:
        soak(Plan(given.folder, days, given.seed, port=given.port))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(Path(folder) / "office", days, given.seed, given.leak)
        done, editions, port = soak(plan)
        found = judged(done, editions, _fresh(plan, port))
    sys.stdout.write(json.dumps(found) + "\n")
    return 0 if is_flat(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
