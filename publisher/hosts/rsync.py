"""A host by rsync over ssh, where both programs are present.

rsync sends only the changed parts of a file and renames each into place. It never
deletes but what is named to it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from publisher.faults import LinkBroken, PublishFailed
from publisher.host import LOCK, Parcel, Remote, Told, is_control
from publisher.hosts.programs import find_program, run_program
from publisher.hosts.rsync_faults import rsync_fault
from publisher.hosts.shell import GREETING, no_clean_shell
from publisher.names import from_disk

_NO_FILES = 23  # rsync's own code: some files could not be transferred
_SSH_FAILED = 255
_NOTE = "note.json"
_ABSENT = re.compile(r"No such file|Not a directory")
# -rw-r--r--          1,234 2026/11/22 08:00:00 stories/7.html
_LINE = re.compile(
    r"(?P<kind>.)\S{9}\s+(?P<size>[\d,]+) (?P<time>\S+ \S+) (?P<path>.+)"
)


@dataclass(frozen=True, slots=True)
class RsyncPlace:
    """Where, as whom, and which key the host must show."""

    address: str
    port: int
    folder: str
    user: str
    host_key: str
    key_file: Path | None


class RsyncHost:
    """A folder on a computer with ssh and rsync."""

    atomic = False

    def __init__(self, place: RsyncPlace, work: Path) -> None:
        self._place = place
        self._rsync, ssh = find_program("rsync"), find_program("ssh")
        self.risks: tuple[str, ...] = ()
        work.mkdir(parents=True, exist_ok=True)
        self._shared = Path(tempfile.mkdtemp(prefix="gh"))
        known = work / "known_hosts"
        known.write_text(f"pinned {place.host_key}\n", encoding="utf-8")
        self._ssh = [
            *(ssh, "-F", "none", "-p", str(place.port), "-o", "BatchMode=yes"),
            *("-o", "StrictHostKeyChecking=yes", "-o", "HostKeyAlias=pinned"),
            *("-o", f"UserKnownHostsFile={known}", "-o", "GlobalKnownHostsFile=none"),
            *("-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=20"),
            # One connection for all commands; the path of its socket must be short.
            *("-o", "ControlMaster=auto", "-o", "ControlPersist=120"),
            *("-o", f"ControlPath={self._shared}/ssh"),
            *(("-i", str(place.key_file)) if place.key_file else ()),
        ]
        self._root = f"{place.folder.rstrip('/') or '.'}/"
        self._met = False

    def listing(self) -> dict[str, Remote]:
        """Every file, with its time of change as the mark."""
        self._meet()
        answer = self._run("-r8", "--list-only", self._far(""), missing=True)
        rows = (_LINE.fullmatch(line) for line in os.fsdecode(answer).split("\n"))
        return {
            from_disk(row["path"]): Remote(
                int(row["size"].replace(",", "")), row["time"]
            )
            for row in rows
            if row and row["kind"] == "-" and not is_control(row["path"])
        }

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        self._meet()
        answer = self._tell(f"LC_ALL=C cat -- {shlex.quote(self._root + path)}")
        if answer.returncode == 0:
            return answer.stdout
        told = answer.stderr.decode(errors="replace")
        if _ABSENT.search(told):
            return None
        raise rsync_fault(told, self._place)  # there, but we may not read it

    def begin(self) -> None:
        """Have the folder."""
        self._ask(f"mkdir -p {shlex.quote(self._root)}")

    def _meet(self) -> None:
        """See once that the shell says only what it is asked, and that rsync is there.

        Raises:
            PublishFailed: it is not so; each with its cure.
        """
        if self._met:
            return
        answer = self._tell(f"echo {GREETING}; rsync --version")
        said = answer.stdout.decode(errors="replace")
        if not said.startswith(GREETING):
            raise no_clean_shell(f"{self._place.address}:{self._place.port}", said)
        if answer.returncode:
            raise rsync_fault("rsync: not found", self._place)
        self._met = True

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, all in one run."""
        with tempfile.TemporaryDirectory() as folder:
            for parcel in batch:
                link = Path(folder) / parcel.path
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(parcel.file.resolve())
            self._run("-rLc", "--chmod=D755,F644", f"{folder}/", self._far(""))
        for parcel in batch:
            told(parcel.path)

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "content"
            file.write_bytes(content)
            self.send([Parcel(path, file)], lambda _: None)

    def delete(self, path: str) -> None:
        """Take a file away."""
        self._ask(f"rm -f -- {shlex.quote(self._root + path)}")

    def commit(self, name: str) -> None:
        """Nothing more: each file stands in its place."""

    def forget_former(self) -> None:
        """Nothing lies beside."""

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock: a folder that can be made once only."""
        self._meet()
        self.begin()
        lock = shlex.quote(f"{self._root}{LOCK}")
        held = f"[ -d {lock} ] && echo held || mkdir {lock}"
        if self._ask(f"mkdir {lock} 2>/dev/null || {{ {held}; }}").strip() == b"held":
            return self.read(f"{LOCK}/{_NOTE}") or b""
        try:
            self.renew_lock(note)
        except LinkBroken:
            raise
        except PublishFailed:
            self.drop_lock()  # a lock that names nobody would keep everybody out
            raise
        return None

    def lock_note(self) -> bytes | None:
        """The note in the lock."""
        lock = shlex.quote(f"{self._root}{LOCK}")
        note = self.read(f"{LOCK}/{_NOTE}")
        if note is None and self._tell(f"[ -d {lock} ]").returncode == 0:
            return b""
        return note

    def lock_age(self) -> timedelta | None:
        """By the host's clock, where its ``date`` tells the time of a file."""
        lock = shlex.quote(f"{self._root}{LOCK}")
        of_note = f"date -r {lock}/{_NOTE} +%s || date -r {lock} +%s"
        told = self._tell(f"date +%s; {of_note}").stdout.split()
        if len(told) != len(("now", "then")) or not all(map(bytes.isdigit, told)):
            return None
        now, then = map(int, told)
        return timedelta(seconds=now - then)

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew."""
        self.write(f"{LOCK}/{_NOTE}", note)

    def drop_lock(self) -> None:
        """Give the lock back."""
        lock = f"{self._root}{LOCK}"
        note = shlex.quote(f"{lock}/{_NOTE}")
        self._ask(f"rm -f {note}; rmdir {shlex.quote(lock)} 2>/dev/null; true")

    def close(self) -> None:
        """End the connection that all commands shared."""
        target = f"{self._place.user}@{self._place.address}"
        run_program([*self._ssh, "-O", "exit", target])
        shutil.rmtree(self._shared, ignore_errors=True)

    def _far(self, path: str) -> str:
        return f"{self._place.user}@{self._place.address}:{self._root}{path}"

    def _ask(self, command: str) -> bytes:
        answer = self._tell(command)
        if answer.returncode:
            raise rsync_fault(answer.stderr.decode(errors="replace"), self._place)
        return answer.stdout

    def _tell(self, command: str) -> subprocess.CompletedProcess[bytes]:
        target = f"{self._place.user}@{self._place.address}"
        answer = run_program([*self._ssh, target, command])
        if answer.returncode == _SSH_FAILED:
            raise rsync_fault(answer.stderr.decode(errors="replace"), self._place)
        return answer

    def _run(self, *words: str, missing: bool = False) -> bytes:
        shell = " ".join(shlex.quote(word) for word in self._ssh)
        # --protect-args: names reach the other side as they are, never as shell text.
        command = [self._rsync, "--protect-args", "--timeout=60", "-e", shell, *words]
        answer = run_program(command)
        told = answer.stderr.decode(errors="replace")
        nothing = answer.returncode == _NO_FILES and "No such file" in told
        if answer.returncode and not (missing and nothing):
            raise rsync_fault(told, self._place)
        return answer.stdout
