"""What the parent makes of a nursery's words."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler import nursery
from crawler.nursery import Nursery

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")
# The system gives the number 7 twice: its first child ends before, the second runs on.
TWICE = """
import sys
sys.stdin.readline()
print('{"pid": 7}', '{"pid": 7, "code": 0}', sep="\\n", flush=True)
sys.stdin.readline()
print('{"pid": 7}', flush=True)
sys.stdin.readline()
print('{"pid": 7, "code": 3}', flush=True)
sys.stdin.read()
"""


@pytest.fixture
def twice(monkeypatch):
    """A nursery whose two children have the same number."""
    whole = subprocess.Popen

    def popen(command, **rest):
        return whole([command[0], "-c", TWICE], **rest)

    monkeypatch.setattr(nursery.subprocess, "Popen", popen)
    with Nursery() as running:
        yield running


def ends(child):
    while (code := child.poll()) is None:
        pass
    return code


def test_a_child_with_the_number_of_an_ended_one_still_runs(twice):
    """Numbers of processes come again: an old end is not the new child's."""
    first = ends(twice.start(Path("a")))
    second = twice.start(Path("b"))
    before = second.poll()
    twice.kill(7)

    assert (0, None, 3) == (first, before, ends(second))
