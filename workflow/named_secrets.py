"""Secrets: read from the environment or from files that the settings name.

They stand nowhere else, and every log is cleared of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from workflow.office import Office

_ENV, _FILE = "_env", "_file"
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


def office_secrets(office: Office) -> tuple[str, ...]:
    """Every secret of any section that can be read just now, for clearing logs.

    A key ``..._env`` or ``..._file`` of the settings names one, whichever section or
    host it stands in. The address of a robot is one as a whole, and so are its keys.
    """
    found = [
        _named_value(office, key, value)
        for section in _sections(office)
        for key, value in section
        if value and key.endswith((_ENV, _FILE))
    ]
    return secrets_of(*found)


def _sections(office: Office) -> Iterator[BaseModel]:
    for _, value in office.settings:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield one


def _named_value(office: Office, key: str, value: object) -> str:
    if key.endswith(_ENV):
        return os.environ.get(str(value), "").strip()
    try:
        return _read_file(office.settings.path(Path(str(value))), key)
    except NewsroomError:
        return ""


def secrets_of(*found: str) -> tuple[str, ...]:
    """These secrets and the keys that an address among them holds."""
    keys = [key for secret in found for key in _KEYS.findall(secret)]
    return tuple(filter(None, (*found, *keys)))
