"""The desk's worker: a child process that works off photos, documents and mails.

``python -m workflow.desk_worker SETTINGS`` works until its standard input ends; a line
there wakes it. The desk starts one, wakes it after every upload, and starts another
when it is gone; it ends by itself when the desk is gone.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

import story_store.setup  # noqa: F401 - Django must be set up before its models
from config import SettingsFault
from workflow.clock import now
from workflow.desk_notice import tell_of_new
from workflow.desk_work import work_off
from workflow.office import Office, open_office

if TYPE_CHECKING:
    from story_store.store import Store

LOG = logging.getLogger("gonghui.desk")
LOOK_EVERY = 20.0
LOOK_AGAIN = 1.0
CLEAN_STOP = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_ROOT = Path(__file__).resolve().parent.parent


class DeskWorker:
    """The worker as the desk sees it: started, woken, started again, stopped."""

    def __init__(self, settings: Path) -> None:
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._keep_one, daemon=True)

    @property
    def pid(self) -> int | None:
        """The process that works just now."""
        child = self._child
        return child.pid if child and child.poll() is None else None

    def start(self) -> None:
        """Start the worker, and another one whenever it ends by itself."""
        self._child = self._launch()
        self._watch.start()

    def wake(self) -> None:
        """Say that there is work; never waits and never fails."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            child = self._child
            if child is not None and child.stdin is not None:
                child.stdin.write(b"\n")
                child.stdin.flush()

    def stop(self) -> None:
        """Let the worker end what it has in hand, ten seconds at most, and go."""
        self._stopping.set()
        with self._lock:
            child = self._child
            if child is not None and child.stdin is not None:
                with contextlib.suppress(OSError):
                    child.stdin.close()
        if child is not None:
            try:
                child.wait(CLEAN_STOP)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._watch.join(CLEAN_STOP)

    def _launch(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own module, a path of ours
            [sys.executable, "-m", "workflow.desk_worker", str(self._settings)],
            stdin=subprocess.PIPE,
            env=_environment(),
        )

    def _keep_one(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            child = self._child
            if child is None:
                return
            try:
                code = child.wait(_LONGEST_PAUSE)
            except subprocess.TimeoutExpired:
                pause = _FIRST_PAUSE
                continue
            if self._stopping.wait(pause):
                return
            LOG.warning("the desk's worker ended with %s, another is started", code)
            pause = min(pause * 2, _LONGEST_PAUSE)
            with self._lock:
                self._child = self._launch()


def _environment() -> dict[str, str]:
    paths = filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")])
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def work_until_told(settings: Path) -> None:
    """Work off jobs whenever there are some, until standard input ends."""
    awake, ended = threading.Event(), threading.Event()
    threading.Thread(target=_listen, args=(awake, ended), daemon=True).start()
    worker = f"desk-{os.getpid()}"
    office = open_office(settings)
    with office.store() as store:
        while not ended.is_set():
            awake.clear()
            is_busy = store.jobs_waiting(now()) > 0
            if is_busy:
                office = _renewed(office, settings)
                work_off(office, store, now=now, worker=worker, is_stopped=ended.is_set)
                store.note_standing()
            _notify(office, store)
            # another worker may be at it, and may be about to die
            awake.wait(LOOK_AGAIN if is_busy else LOOK_EVERY)


def _renewed(office: Office, settings: Path) -> Office:
    """The office by its settings as edited; with faults in them, as it was."""
    try:
        return open_office(settings)
    except SettingsFault as error:
        LOG.warning("the settings have faults, the old ones go on: %s", error)
        return office


def _notify(office: Office, store: Store) -> None:
    """Tell the editors of new submissions when it is time; faults go to the log."""
    for fault in tell_of_new(office, store, now=now()):
        LOG.warning("the editors were not told: %s", fault)


def _listen(awake: threading.Event, ended: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        awake.set()
    ended.set()
    awake.set()


def _step_back() -> None:
    """Let people who wait for a page go before photos that nobody waits for."""
    me = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            me.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            me.nice(10)


def main(arguments: Sequence[str]) -> int:
    """Work for the office of these settings."""
    # Ctrl-C goes to the whole group; the desk says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _step_back()
    work_until_told(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
