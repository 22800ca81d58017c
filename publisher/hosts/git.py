"""A git repository that a host shows as a site: one commit, one push a release.

A push is taken whole or not at all, and is refused when somebody else pushed before;
so it needs no lock of its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from publisher.faults import PublishFailed
from publisher.host import Parcel, Remote, Told, is_control
from publisher.hosts.git_faults import git_fault
from publisher.hosts.programs import find_program, run_program
from publisher.names import from_disk, readable

# Whatever this computer's owner set for git: a release is committed as it is.
_OURS = (
    *("-c", "user.name=gonghui", "-c", "user.email=gonghui@localhost"),
    *("-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
)
_FIRST = "refs/heads/gonghui-first"
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1"}


class GitHost:
    """A branch of a repository, worked on in a copy of our own."""

    atomic = True

    def __init__(self, address: str, branch: str, folder: str, copy: Path) -> None:
        self._git = find_program("git")
        self._address, self._branch, self._copy = address, branch, copy
        self._root = copy / folder.strip("/") if folder.strip("/") else copy
        self.risks: tuple[str, ...] = ()
        self._fetched = False
        self._hashes: dict[str, str] = {}
        self._note = b""

    def listing(self) -> dict[str, Remote]:
        """Every file of the branch, with git's own hash of it as the mark."""
        self._fetch()
        files = (file for file in self._root.rglob("*") if file.is_file())
        named = ((file.relative_to(self._root).as_posix(), file) for file in files)
        return {
            from_disk(path): Remote(file.stat().st_size, self._hashes.get(path, ""))
            for path, file in named
            if not path.startswith(".git/") and not is_control(path)
        }

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        self._fetch()
        file = self._root / path
        return file.read_bytes() if file.is_file() else None

    def begin(self) -> None:
        """Have the folder."""
        self._root.mkdir(parents=True, exist_ok=True)

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in our copy."""
        for parcel in batch:
            self.write(parcel.path, parcel.file.read_bytes())
            told(parcel.path)

    def write(self, path: str, content: bytes) -> None:
        """Put one file in our copy."""
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self._hashes[path] = _git_hash(content)

    def delete(self, path: str) -> None:
        """Take a file out of our copy."""
        (self._root / path).unlink(missing_ok=True)
        self._hashes.pop(path, None)

    def commit(self, name: str) -> None:
        """One commit, one push; never by force."""
        self._run("add", "--all", "--force", ".")
        self._run("commit", "--quiet", "--allow-empty", "-m", f"Release {name}")
        self._run("push", "--quiet", "origin", f"HEAD:refs/heads/{self._branch}")

    def forget_former(self) -> None:
        """What was pushed stays in the history; the receipt says so."""
        self.risks = (
            *self.risks,
            "git 仓库的历史里还留着撤下的内容：要彻底清除，请仓库管理员改写历史",
        )

    def take_lock(self, note: bytes) -> bytes | None:
        """No lock: the push itself is refused when somebody was faster."""
        self._note = note
        self._fetch()
        return None

    def lock_note(self) -> bytes | None:
        """Always our own."""
        return self._note

    def lock_age(self) -> timedelta | None:
        """No lock."""
        return None

    def renew_lock(self, note: bytes) -> None:
        """No lock."""

    def drop_lock(self) -> None:
        """No lock."""

    def close(self) -> None:
        """Nothing to end."""

    def _fetch(self) -> None:
        """Have our copy as the branch stands on the host now, once for a publishing.

        The copy is ours alone: where it is damaged, or a killed run left it locked, it
        is made anew.
        """
        if self._fetched:
            return
        head = f"refs/heads/{self._branch}"
        exists = bool(self._run("ls-remote", self._address, head).strip())
        try:
            self._follow(exists=exists)
        except PublishFailed:
            shutil.rmtree(self._copy, ignore_errors=True)
            self._follow(exists=exists)
        self._hashes = self._hashes_of_branch()
        self._fetched = True

    def _hashes_of_branch(self) -> dict[str, str]:
        """Git's hash of each file below our folder, as the branch holds it."""
        told = os.fsdecode(self._run("ls-files", "--stage", "-z"))
        rows = (row.partition("\t") for row in told.split("\0") if row)
        above = self._root.relative_to(self._copy).as_posix()
        start = "" if above == "." else f"{above}/"
        return {
            path.removeprefix(start): facts.split(" ")[1]
            for facts, _, path in rows
            if path.startswith(start)
        }

    def _follow(self, *, exists: bool) -> None:
        if not (self._copy / ".git").is_dir():
            shutil.rmtree(self._copy, ignore_errors=True)
            self._copy.mkdir(parents=True)
            self._run("init", "--quiet")
            self._run("remote", "add", "origin", self._address)
        self._run("remote", "set-url", "origin", self._address)
        if exists:
            self._run("fetch", "--quiet", "--depth=1", "origin", self._branch)
            self._run("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
        else:
            self._run("symbolic-ref", "HEAD", _FIRST)
            self._run("update-ref", "-d", _FIRST)  # of a first push that was refused
            self._run("read-tree", "--empty")
        self._run("clean", "--quiet", "-d", "-x", "--force")

    def _run(self, *words: str) -> bytes:
        # Named outright: git would look for a lost copy in the folders above.
        here = {"GIT_DIR": str(self._copy / ".git"), "GIT_WORK_TREE": str(self._copy)}
        self._copy.mkdir(parents=True, exist_ok=True)
        command = [self._git, "-C", str(self._copy), *_OURS, *words]
        answer = run_program(command, extra={**_QUIET, **here})
        if answer.returncode:
            told = readable(answer.stderr)
            raise git_fault(told, self._address, self._branch)
        return answer.stdout


def _git_hash(content: bytes) -> str:
    """The hash by which git knows a file of this content."""
    told = b"blob %d\0%s" % (len(content), content)
    return hashlib.sha1(told, usedforsecurity=False).hexdigest()
