from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from crawler.nursery import Nursery
from tests.conftest import need
from tests.crawler import hostile
from tests.workflow.many_sites import ManySites, make_office

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture
def many(tmp_path: Path, nursery: Nursery) -> Iterator[Callable[..., ManySites]]:
    """Makes an office with these sources on one hostile server with these pages."""
    with ExitStack() as stack:

        def make(pages, *ids) -> ManySites:
            server = stack.enter_context(hostile.serving(pages))
            return make_office(tmp_path, server, ids, nursery)

        yield make


def run_module(name: str, *arguments: str) -> dict:
    """What a harness says, run in a process of its own: it forks."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.durability.{name}", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=900,
    )
    assert done.stdout, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def strace() -> None:
    need("strace", shutil.which("strace") is not None)


@pytest.fixture(scope="session")
def swept(strace) -> dict:
    """Sixty points of the sweep; ``make sweep`` does three hundred and more."""
    return run_module("sweep", "--points", "60")


@pytest.fixture(scope="session")
def swept_disks(strace) -> dict:
    """Disks that are out of inodes, over quota or read-only, at a few points."""
    return run_module("sweep", "--table", "disks", "--points", "8")
