"""The people who get the edition by mail: where the list lies, and who stands on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from config import Settings
    from workflow.office import Office

LIST = "subscribers.txt"
_OLD = Path("data") / LIST  # where it lay whatever [store] folder said
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One person of the list: the address, and the name when it is written."""

    address: str
    name: str = ""


def is_address(text: str) -> bool:
    """Whether this is a mail address and nothing else."""
    return bool(_ADDRESS.fullmatch(text))


def subscribers_file(settings: Settings) -> Path:
    """Where the list lies: as it is written, else in the store's folder.

    A list that lies in ``data`` beside config.toml, as all did once, is still found
    when the store's folder has none.
    """
    if settings.mail.subscribers:
        return settings.path(settings.mail.subscribers)
    usual = settings.path(settings.store.folder) / LIST
    old = settings.path(_OLD)
    return old if old.is_file() and not usual.exists() else usual


def told_of_old_place(settings: Settings) -> str:
    """A sentence when the list is read where lists lay once; empty otherwise."""
    usual = settings.path(settings.store.folder) / LIST
    file = subscribers_file(settings)
    if settings.mail.subscribers or file == usual:
        return ""
    return (
        f"订阅名单用的是老位置 {file}；数据文件夹是 {usual.parent}，"
        "把名单挪进去，备份、搬家都不会落下它"
    )


def read_subscribers(office: Office) -> tuple[Subscriber, ...]:
    """The list, each address once, in the order of the file.

    Raises:
        NewsroomError: the file cannot be read, or a line is no address; all are named.
    """
    file = subscribers_file(office.settings)
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NewsroomError(
            f"订阅名单 {file} 读不了（{_file_words(error)}）："
            "请建这个文件，每行一个邮箱，存成 UTF-8"
        ) from error
    people: dict[str, Subscriber] = {}
    wrong = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, address = parseaddr(text)
        if not _ADDRESS.fullmatch(address):
            wrong.append(f"第{number}行“{text[:40]}”")
            continue
        people.setdefault(address.lower(), Subscriber(address.lower(), name))
    if wrong:
        raise NewsroomError(f"订阅名单里有不是邮箱的行：{'、'.join(wrong[:10])}")
    return tuple(people.values())


def _file_words(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 的文字"
    return error.strerror or type(error).__name__
