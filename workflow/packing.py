"""output/public as one zip for a host's panel: same tree, same bytes."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from newsroom.article import CHINA
from newsroom.errors import NewsroomError, NotAllowed

PUBLIC = "public"
EDITION_FILE = "edition.json"
_FILE_MODE = 0o100644
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: the zip, the number of files, their size and the zip's."""

    file: Path
    day: date
    files: int
    bytes_inside: int
    bytes_packed: int


def pack_tree(tree: Path, target: Path | None = None) -> Packed:
    """Zip a public tree; the same tree gives the same bytes.

    Without a target the zip is 工会之声-<day>.zip beside the folder of the two trees.

    Raises:
        NotAllowed: the tree is not a released public one, or holds what must not go
            out (a link to elsewhere).
        NewsroomError: there is no tree, or the zip cannot be written there.
    """
    edition = read_edition(tree)
    day = _edition_day(edition)
    file = target or tree.parent.parent / f"工会之声-{day.isoformat()}.zip"
    if file.resolve().is_relative_to(tree.resolve()):
        raise NewsroomError(f"压缩包不能放在公开版文件夹里：{file}，请换个地方")
    refuse_no_zip(file)
    members = sorted(_members(tree), key=lambda member: member[0])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, members, day)
    except OSError as error:
        raise NewsroomError(f"写不出压缩包 {file}：{error.strerror}") from error
    inside = sum(path.stat().st_size for _, path in members)
    return Packed(file, day, len(members), inside, file.stat().st_size)


def refuse_no_zip(file: Path) -> None:
    """Refuse to write a zip over anything else: a name mistyped costs nothing.

    Raises:
        NewsroomError: something stands there that is no zip.
    """
    if file.exists() and not (file.is_file() and zipfile.is_zipfile(file)):
        raise NewsroomError(
            f"{file} 已经有了，而且不是 zip 压缩包，没有动它：请换一个文件名"
        )


def read_edition(tree: Path) -> dict[str, object]:
    """What edition.json of a tree says, once it says ``audience: public``.

    Raises:
        NotAllowed: it is missing or speaks of another audience.
        NewsroomError: it cannot be read.
    """
    try:
        edition = json.loads((tree / EDITION_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotAllowed(
            f"{tree} 里没有 {EDITION_FILE}，还没有公开版：请先运行 gonghui release 日期"
        ) from error
    except (OSError, ValueError) as error:
        raise NewsroomError(
            f"{tree / EDITION_FILE} 读不出来，请重新运行 gonghui build"
        ) from error
    if not isinstance(edition, dict) or edition.get("audience") != PUBLIC:
        raise NotAllowed(
            f"{tree} 不是公开版（{EDITION_FILE} 没有写 audience: public），不打包"
        )
    return edition


def _edition_day(edition: dict[str, object]) -> date:
    day = edition.get("day")
    if day is None:
        raise NotAllowed("公开版里还没有签发过的简报：请先运行 gonghui release 日期")
    try:
        return date.fromisoformat(str(day))
    except ValueError as error:
        raise NewsroomError(
            f"{EDITION_FILE} 里的日期看不懂，请重新运行 gonghui build"
        ) from error


def _member_time(day: date, content: bytes) -> datetime:
    """The time of a file that hosts tell browsers: on the edition's day, never now.

    A time long past would let browsers keep old pages for years (they keep a page for
    a tenth of its age where the host says nothing); the same time after a correction
    on the same day would let a host answer "not modified". So the content sets it.
    """
    morning = datetime.combine(day, time(8), tzinfo=CHINA)
    return morning + timedelta(seconds=zlib.crc32(content) % 3600)


def _members(tree: Path) -> Iterator[tuple[str, Path]]:
    for path in tree.rglob("*"):
        name = path.relative_to(tree).as_posix()
        if path.is_symlink():
            raise NotAllowed(f"公开版里有指向别处的链接 {name}，不打包：请删掉它")
        hidden = any(part.startswith(".") for part in name.split("/"))
        if path.is_file() and not hidden:
            yield name, path


def _write(file: Path, members: list[tuple[str, Path]], day: date) -> None:
    half = file.with_name(f".{file.name}.part")
    try:
        with zipfile.ZipFile(half, "w") as zipped:
            for name, path in members:
                content = path.read_bytes()
                moment = _member_time(day, content)
                zipped.writestr(_entry(name, moment), content)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _FILE_MODE << 16
    return entry
