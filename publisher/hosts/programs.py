"""Running a program of this computer: rsync, git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from publisher.faults import LinkBroken, PublishFailed

TIMEOUT = 600.0


def find_program(name: str) -> str:
    """The path of a program.

    Raises:
        PublishFailed: it is not installed here.
    """
    program = shutil.which(name)
    if program is None:
        raise PublishFailed(
            f"这台电脑没有装 {name}：请装上它，或在 [[hosts]] 里改用 sftp、ftps"
        )
    return program


def run_program(
    command: Sequence[str],
    *,
    extra: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> subprocess.CompletedProcess[bytes]:
    """The answer of a program, whatever its exit code.

    Raises:
        LinkBroken: it did not come to an end in time.
    """
    environ = {**os.environ, "LC_ALL": "C", **(extra or {})}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program with our own arguments, no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=timeout,
            env=environ,
        )
    except subprocess.TimeoutExpired as error:
        raise LinkBroken(
            f"{Path(command[0]).name} 等了 {timeout:.0f} 秒没有结果，已停止。"
            "原来的网页还在。请检查网络，再运行一次"
        ) from error
