"""The desk after an upgrade: the store migrated first, or a sentence and no start."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.story_store.schema_steps.keep_step import load_step
from workflow.desk_serving import desk_in_thread
from workflow.missing_parts import missing_sentence

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from workflow import desk_serving
from workflow.cli import run

class Started:
    effective_port = 0
    def run(self): print("serves")
    def close(self): pass

desk_serving.open_desk_server = lambda *_, **__: Started()
if len(sys.argv) > 2:
    sys.modules[sys.argv[2]] = None
sys.exit(run(["serve-desk", "--config", sys.argv[1]]))
"""


def serve(office, *missing) -> subprocess.CompletedProcess[str]:
    """``gonghui serve-desk`` as a process, without its port."""
    return subprocess.run(
        [sys.executable, "-c", SERVE, str(office.settings.file), *missing],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )


def test_the_desk_starts_on_an_older_store_after_a_copy(office):
    """What a newer program needs of the store is done before the first page."""
    load_step("0003_desk", office.data)
    done = serve(office)
    copies = list((office.data / "backups").glob("*-before-upgrade.sqlite3"))

    assert 0 == done.returncode, done.stderr
    assert "serves" in done.stdout
    assert 1 == len(copies)


def test_the_desk_does_not_start_without_a_component(office):
    """No desk that answers 出了点问题 on every page: what to run stands there."""
    done = serve(office, "zxingcpp")

    assert 1 == done.returncode
    assert "serves" not in done.stdout
    assert "缺少组件 zxingcpp" in done.stderr
    assert "make setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_application_that_fails_whole_does_not_blame_the_line():
    """What no page could catch is our fault, and said to be so."""

    def broken(_environ, _start):
        raise RuntimeError

    with desk_in_thread(broken) as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("GET", "/")
        answer = line.getresponse()
        told = answer.read().decode()
        line.close()

    assert 500 == answer.status
    assert "编辑台出了问题" in told
    assert "信号" not in told


@pytest.mark.parametrize(
    "error",
    [ModuleNotFoundError(name="workflow.nothing"), ImportError(), ValueError("x")],
)
def test_a_fault_of_the_program_itself_is_not_called_a_component(error):
    """Our own mistake stays one, with its trace."""
    assert missing_sentence(error) is None
