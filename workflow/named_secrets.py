"""Secrets: read from the environment or from files that the settings name.

They stand nowhere else, and every log is cleared of them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from workflow.office import Office

_NAMES = ("mail_password", "robot_address", "robot_secret")
_LONGEST = 4096
_KEYS = re.compile(r"(?<=[=/])[\w-]{8,}(?=&|$)")


def read_secret(office: Office, name: str, *, section: str = "alarm") -> str:
    """A secret of a section, e.g. ``mail_password``; empty where none is named.

    Raises:
        NewsroomError: the variable or file that is named is not there or empty.
    """
    settings = getattr(office.settings, section)
    variable = getattr(settings, f"{name}_env")
    file = getattr(settings, f"{name}_file")
    if variable:
        value = os.environ.get(variable, "").strip()
        if not value:
            raise NewsroomError(
                f"[{section}] {name}_env 写的环境变量 {variable} 没有设置："
                "请在运行定时任务的账户里设好它，或改用 " + f"{name}_file"
            )
        return value
    if file is None:
        return ""
    return _read_file(office.settings.path(file), f"[{section}] {name}")


def _read_file(path: Path, name: str) -> str:
    try:
        with path.open(encoding="utf-8-sig") as text:
            value = text.read(_LONGEST).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NewsroomError(
            f"{name}_file 写的文件 {path} 读不了（{error}）："
            "请把路径改对，文件存成 UTF-8"
        ) from error
    if not value:
        raise NewsroomError(f"{name}_file 写的文件 {path} 是空的：请把内容放进去")
    return value


def alarm_secrets(office: Office) -> tuple[str, ...]:
    """Every secret that can be read just now, for clearing logs of them.

    The address of a robot is one as a whole, and so are the keys in it.
    """
    found: list[str] = []
    for name in _NAMES:
        try:
            found.append(read_secret(office, name))
        except NewsroomError:
            continue
    return secrets_of(*found)


def secrets_of(*found: str) -> tuple[str, ...]:
    """These secrets and the keys that an address among them holds."""
    keys = [key for secret in found for key in _KEYS.findall(secret)]
    return tuple(filter(None, (*found, *keys)))
