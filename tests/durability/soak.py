"""Many mornings in one process, with random faults: an edition each, nothing grows.

``python -m tests.durability.soak --runs 200`` prints one line of JSON. The office runs
each morning in a process of its own; one process for all is the harder test.

Measured is what is held: memos of bounded size (``lru_cache``) take a hundred mornings
to fill and are emptied first, and the allocator gives back what it only keeps ready.
"""

from __future__ import annotations

import argparse
import ctypes
import functools
import gc
import json
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from crawler.nursery import Nursery
from tests.crawler import hostile
from tests.workflow.many_sites import NOW, ManySites, make_office, site

IDS = ("aa", "bb", "cc")
_LRU = functools._lru_cache_wrapper
# Scrapy's, Django's and Jinja's first loads are over by then.
WARM = 8
FAULTS = (
    hostile.status(500),
    hostile.status(403),
    hostile.status(429, ("Retry-After", "60")),
    hostile.raw(reset=True),
    hostile.page(b"<html><title>404</title></html>"),
    hostile.endless(b"HTTP/1.1 200 X\r\n\r\n<html>"),
    hostile.page(b"\xff\x00" * 5000),
)


def soak(runs: int, seed: int) -> dict[str, object]:
    """So many mornings; the editions issued, and memory and handles as they went."""
    dice = random.Random(seed)
    process = psutil.Process()
    sizes, handles, codes = [], [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        hostile.serving({}) as server,
        Nursery() as nursery,
    ):
        office = make_office(
            Path(folder), server, IDS, nursery, {"recheck_days": 0, "parallel": 1}
        )
        for day in range(runs):
            _pages_of(office, day, dice)
            codes.append(office.morning(day).report.exit_code)
            sizes.append(_held(process))
            handles.append(process.num_fds())
        with office.office.store() as store:
            editions = len(store.editions())
    return {
        "runs": runs,
        "editions": editions,
        "codes": {str(code): codes.count(code) for code in sorted(set(codes))},
        "memory_growth": round(max(sizes[-3:]) / max(sizes[WARM - 3 : WARM]) - 1, 3),
        "handles_growth": handles[-1] - handles[WARM - 1],
    }


def _held(process: psutil.Process) -> int:
    """The bytes that this process holds and cannot do without."""
    for one in gc.get_objects():
        if isinstance(one, _LRU) and one.cache_parameters()["maxsize"] is not None:
            one.cache_clear()
    gc.collect()
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
    return process.memory_info().rss


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
    given = parser.parse_args(arguments)
    found = soak(given.runs, given.seed)
    sys.stdout.write(json.dumps(found) + "\n")
    whole = found["editions"] == given.runs
    flat = found["memory_growth"] <= 0.1 and found["handles_growth"] <= 0
    return 0 if whole and flat else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
