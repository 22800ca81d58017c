"""A git repository that a host shows as a site: one commit, one push a release.

A push is taken whole or not at all, and is refused when somebody else pushed before;
so it needs no lock of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from publisher.faults import HostBusy, LinkBroken, LoginRefused, PublishFailed
from publisher.host import Parcel, Remote, Told, is_control
from publisher.hosts.programs import find_program, run_program

_WHO = ("-c", "user.name=gonghui", "-c", "user.email=gonghui@localhost")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1"}


class GitHost:
    """A branch of a repository, worked on in a copy of our own."""

    atomic = True

    def __init__(self, address: str, branch: str, folder: str, copy: Path) -> None:
        self._git = find_program("git")
        self._address, self._branch, self._copy = address, branch, copy
        self._root = copy / folder.strip("/") if folder.strip("/") else copy
        self.risks: tuple[str, ...] = ()
        self._fetch()

    def listing(self) -> dict[str, Remote]:
        """Every file of the branch; its hash is not asked, sizes are."""
        return {
            path: Remote(file.stat().st_size)
            for file in self._root.rglob("*")
            if file.is_file()
            and not (path := file.relative_to(self._root).as_posix()).startswith(
                ".git/"
            )
            and not is_control(path)
        }

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
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

    def delete(self, path: str) -> None:
        """Take a file out of our copy."""
        (self._root / path).unlink(missing_ok=True)

    def commit(self, name: str) -> None:
        """One commit, one push; never by force."""
        self._run("add", "--all", "--force", ".")
        self._run(*_WHO, "commit", "--quiet", "--allow-empty", "-m", f"Release {name}")
        self._run("push", "--quiet", "origin", f"HEAD:refs/heads/{self._branch}")

    def forget_former(self) -> None:
        """What was pushed stays in the history; the receipt says so."""
        self.risks = (
            *self.risks,
            "git 仓库的历史里还留着撤下的内容：要彻底清除，请仓库管理员改写历史",
        )

    def take_lock(self, note: bytes) -> bytes | None:  # noqa: ARG002 - the push is refused instead
        """No lock: the push itself is refused when somebody was faster."""
        return None

    def renew_lock(self, note: bytes) -> None:
        """No lock."""

    def drop_lock(self) -> None:
        """No lock."""

    def close(self) -> None:
        """Nothing to end."""

    def _fetch(self) -> None:
        """Our copy as the branch stands on the host now."""
        if not (self._copy / ".git").is_dir():
            shutil.rmtree(self._copy, ignore_errors=True)
            self._copy.mkdir(parents=True)
            self._run("init", "--quiet")
            self._run("config", "core.autocrlf", "false")
            self._run("remote", "add", "origin", self._address)
        self._run("remote", "set-url", "origin", self._address)
        heads = self._run("ls-remote", "origin", f"refs/heads/{self._branch}")
        if heads.strip():
            self._run("fetch", "--quiet", "--depth=1", "origin", self._branch)
            self._run("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
        else:
            self._run("checkout", "--quiet", "--force", "--orphan", "gonghui-first")
            self._run("rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".")
        self._run("clean", "--quiet", "-d", "-x", "--force")

    def _run(self, *words: str) -> bytes:
        command = [self._git, "-C", str(self._copy), *words]
        answer = run_program(command, extra=_QUIET)
        if answer.returncode:
            raise self._fault(answer.stderr.decode(errors="replace"))
        return answer.stdout

    def _fault(self, told: str) -> PublishFailed:
        if "rejected" in told or "fetch first" in told:
            return HostBusy(
                "另一个人刚刚往这个仓库推送过，没有覆盖它：请再运行一次 gonghui publish"
            )
        if "Authentication failed" in told or "could not read Username" in told:
            return LoginRefused(
                f"仓库 {self._branch} 不接受登录：请在这台电脑上先用 git 登录一次"
            )
        if "Permission denied" in told or "unable to access" in told:
            return LoginRefused(
                "仓库不让写，或地址不对：请核对 address，"
                "并在这台电脑上先用 git 登录一次"
            )
        return LinkBroken(
            "与 git 仓库的连接断了，或地址不对。原来的网页还在。"
            f"请检查网络和 address，再运行一次（git 说：{told.strip()[:200]}）"
        )
