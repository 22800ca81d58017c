"""The gate before any parser: what a Word file's zip may hold (reliability: A46-A48).

A file that passes has few members, plain names, no password, no second zip inside,
no DOCTYPE, and inflates to a bounded size, which is counted while it is read and not
believed from the zip's own table.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from newsroom.errors import NewsroomError
from submissions.limits import MEGABYTE

MAX_INFLATED = 64 * MEGABYTE
MAX_MEMBERS = 2000
_CHUNK = 1 << 16
_ENCRYPTED = 1
_ZIP_MARK = b"PK\x03\x04"
# Never opened, so a workbook behind a chart may be a zip of its own.
_NEVER_READ = re.compile(
    r"(?:word/)?(?:embeddings|activeX|fonts)/|customXml/", re.IGNORECASE
)
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError)


class DocumentRefused(NewsroomError):  # noqa: N818 - reads as a claim
    """A document is not read; the sentence says why and what to do."""


def open_parts(data: bytes) -> dict[str, bytes]:
    """The members of a Word file by name, read whole within the bounds.

    Members that are never read (embedded workbooks, fonts) are left out.

    Raises:
        DocumentRefused: it is no such file, or more than a letter would ever hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            members = opened.infolist()
            _check_members(members)
            return _read(opened, members)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise DocumentRefused("文件打不开，可能没有传完，请重新发一次") from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise DocumentRefused(f"文件里有 {len(members)} 个部件，不像正常的文稿")
    names = [_plain(member) for member in members]
    if len({name.casefold() for name in names}) < len(names):
        raise DocumentRefused("文件里有重名的部件，不像正常的文稿")
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise DocumentRefused("文件加了密码，请去掉密码再发")
        if _is_odd(member):
            raise DocumentRefused("文件里有越出文件夹的部件，不像正常的文稿")


def _plain(member: zipfile.ZipInfo) -> str:
    """The member's name; some programs part it with backslashes."""
    return member.filename.replace("\\", "/")


def _is_odd(member: zipfile.ZipInfo) -> bool:
    name = _plain(member)
    outside = name.startswith("/") or ".." in name.split("/") or ":" in name
    return outside or "\0" in name or stat.S_ISLNK(member.external_attr >> 16)


def _read(opened: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MAX_INFLATED
    for member in members:
        name = _plain(member)
        if name.endswith("/") or _NEVER_READ.match(name):
            continue
        content = _inflate(opened, member, left)
        left -= len(content)
        if content.startswith(_ZIP_MARK):
            raise DocumentRefused("文件里还套着压缩包，不收，请只发文稿")
        if _XML.search(name) and _has_doctype(content):
            raise DocumentRefused("文件里有可疑的声明（DOCTYPE），请另存一份再发")
        parts[name] = content
    return parts


def _inflate(opened: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    out = bytearray()
    with opened.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            out += chunk
            if len(out) > left:
                raise DocumentRefused(
                    f"文件展开后超过 {MAX_INFLATED // MEGABYTE} MB，太大了，"
                    "请把照片单独发"
                )
    return bytes(out)


def _has_doctype(content: bytes) -> bool:
    # Two bytes a character is legal XML as well, and would hide the word.
    return b"<!DOCTYPE" in content.replace(b"\0", b"").upper()
