"""Secrets: only from an environment variable or a file that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from publisher.faults import LoginRefused


def read_secret(
    host: str, variable: str, file: Path | None, environ: Mapping[str, str]
) -> str:
    """The secret of a host; empty where the settings name none.

    Raises:
        LoginRefused: it is named and not there; the value is never told.
    """
    if variable:
        secret = environ.get(variable, "")
        if not secret:
            raise LoginRefused(
                f"主机 {host} 的密码要从环境变量 {variable} 取，可是它没有设置。"
                f"请先设置：Windows 运行 setx {variable} 密码，再另开一个窗口；"
                f"Linux、macOS 运行 export {variable}='密码'。然后再发布"
            )
        return secret
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise LoginRefused(
            f"主机 {host} 的密码文件 {file} 读不出来：请检查路径和权限"
        ) from error
