"""A person's wish to be found or forgotten: the store, sealed originals, files, pages.

The name itself is never logged; what was done is, with the numbers it was done to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.story import StoryState
from newsroom.text import clean_text, join_name, mask_name, name_pattern
from story_store.record import dump
from submissions.found import TAKEN
from submissions.zip_gate import DocumentRefused, open_parts
from workflow.building import build_trees
from workflow.retention import remove_put_away
from workflow.run_lock import NOTE

if TYPE_CHECKING:
    from datetime import datetime

    from story_store.privacy import Mention
    from story_store.store import Store
    from workflow.office import Office

_SHORTEST, _LONGEST = 2, 20
_MOST_BYTES = 64 * 1024**2
_TAGS = re.compile(r"<[^>]*>")
_BY = "按本人要求"
_CHAIRS = "须主席定的稿件，内容不在这里显示"
# What is told of every search; a test looks into each place that it names.
SEARCHED = (
    "查过：稿件库里的全部文字，封存的原件和投稿文件夹（Word、邮件、文字文件和文件名），"
    "数据文件夹里的日志、网页旧版等文件，内部版和公开版网页，设置和规则文件；"
    "姓名中间有空格的也算。"
    "没有查：照片里的人脸和字，PDF 里的字，压缩包，抓来的原始网页（到期清理），备份，"
    "超过 64 MB 的文件。"
)
# Where files may name a person: folder, and what becomes of a file there.
_BACKUPS = "备份里也有：按保留份数轮换消失，恢复备份后要再办一次"
_PLACES = {
    "originals": "封存的原件：随投稿一起删除；没发的草稿，到期清理",
    "logs": "运行日志：把名字盖住",
    "cards": "报送人的卡片：打印后请删掉",
    "rule_versions": "规则的旧版本，不改：由改规则的人决定",
    "releases": "留作回退的旧版网页：用 gonghui withdraw 封住那一篇",
    "forms": "旧简报的各种形式：撤稿或到期清理",
    "spool": "抓取的中间文件：到期自动清理",
    "publish": "发布记录，不改",
    "samples": "来源的样页：别的网站公开登过的原文",
}
_OTHER = "程序的工作文件，不改：请人工看"
# Pictures, what other sites published, the store itself, which is searched as such.
_NOT_SEARCHED = frozenset({"pictures", "pages", "backups"})
_STORE = re.compile(r"store\.sqlite3.*|.*-before-upgrade\.sqlite3")
_SETTINGS = "设置和规则，不改：由改规则的人决定"
_PAGES = "网页：盖住或撤稿后自动重做，再运行 gonghui publish"
_PAGES_LEFT = "网页：已出的期次里登着，撤下那一篇网页才没有"


@dataclass(frozen=True, slots=True)
class FileMention:
    """A file that names a person: where, and what becomes of it."""

    path: str
    fate: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everywhere that a person is named.

    ``issued`` are the stories, by id and headline, that name the person in editions
    as they were issued: those pages change only when the story is withdrawn.
    """

    mentions: tuple[Mention, ...]
    files: tuple[FileMention, ...]
    issued: tuple[tuple[int, str], ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The submissions that name the person, in words or only in an original."""
        masked = [m.number for m in self.mentions if m.number and not m.kept]
        return tuple(
            dict.fromkeys([*masked, *(f.number for f in self.files if f.number)])
        )


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: columns masked, originals removed, logs masked; what is left."""

    columns: int
    originals: int
    logs: int
    left: Found


def read_name(text: str) -> str:
    """The name that is looked for.

    Raises:
        NewsroomError: it is too short or too long to be one.
    """
    name = join_name(clean_text(text))
    if not _SHORTEST <= len(name) <= _LONGEST:
        raise NewsroomError("请写完整的姓名，两个字以上")
    return name


def mask_of(name: str) -> str:
    """姓＋某, as long as the name."""
    return name[0] + "某" * (len(name) - 1)


def find_person(
    office: Office, store: Store, name: str, *, pages: str = _PAGES
) -> Found:
    """Everywhere that names this person: the store, files, the built pages.

    Of what the chair must decide the place is told, and no word of it. ``pages`` is
    what becomes of the built ones.
    """
    chairs = {one.number for one in store.chairs_submissions()}
    mentions = (
        replace(one, words=_CHAIRS) if one.number in chairs else one
        for one in store.find_person(name)
    )
    found = _files(office, name, pages)
    files = _with_numbers(found, office, store.sealed_folders())
    return Found(tuple(mentions), tuple(files), _issued(store, name))


def _issued(store: Store, name: str) -> tuple[tuple[int, str], ...]:
    """The stories that name the person in issued editions and are not withdrawn."""
    looked_for = re.compile(name_pattern(name))
    named = {
        entry.story_id: entry.headline
        for edition in store.editions()
        for entry in edition.all_entries
        if looked_for.search(dump(entry))
    }
    stories = store.stories(ids=list(named))
    gone = {one.id for one in stories if one.state is StoryState.WITHDRAWN}
    return tuple(one for one in sorted(named.items()) if one[0] not in gone)


def erase_person(
    office: Office,
    store: Store,
    name: str,
    *,
    only: Collection[str] | None = None,
    at: datetime,
) -> Erased:
    """Mask a name and remove the originals that bear it; pages are built anew.

    Args:
        office: its folders.
        store: what is kept.
        name: as ``read_name`` gave it.
        only: numbers of submissions, where another person bears the same name.
        at: the time, for the record of what was done.
    """
    found = find_person(office, store, name)
    numbers = [n for n in found.numbers if only is None or n in only]
    columns = store.mask_person(name, mask_of(name), by=_BY, at=at, only=only)
    removed = sum(store.remove_original(number) for number in numbers)
    remove_put_away(office.inbox / TAKEN, numbers)
    logs = _mask_logs(office, name) if only is None else 0
    if columns:
        build_trees(office, store)
    words = f"盖住 {columns} 处，删除原件 {removed} 件，日志 {logs} 个"
    told = f"（{'、'.join(numbers)}）" if numbers else ""
    store.note_event(_BY, f"个人信息：{words}{told}"[:500], at=at)
    left = find_person(office, store, name, pages=_PAGES_LEFT)
    # This very run is noted with what was asked; the note goes when it ends.
    own = _shown(office.data / NOTE, office)
    left = replace(left, files=tuple(f for f in left.files if f.path != own))
    return Erased(columns, removed, logs, left)


def _with_numbers(
    files: Iterator[FileMention], office: Office, sealed: Mapping[str, str]
) -> Iterator[FileMention]:
    """The files, each sealed original with the number of its submission."""
    base = office.settings.folder
    for file in files:
        path = base / file.path
        parts = (
            path.relative_to(office.data).parts
            if path.is_relative_to(office.data)
            else ()
        )
        yield replace(file, number=sealed.get("/".join(parts[:2]), ""))


def _files(office: Office, name: str, pages: str) -> Iterator[FileMention]:
    searched_below = {office.inbox, office.output}
    for place in sorted(set(office.data.iterdir()) - searched_below):
        if place.name not in _NOT_SEARCHED and not _STORE.fullmatch(place.name):
            fate = _PLACES.get(place.name, _OTHER)
            yield from _within(place, name, fate, office)
    settings = office.settings
    for file in (settings.file, *(settings.path(p) for _, p in settings.rule_files)):
        yield from _within(file, name, _SETTINGS, office)
    for tree in ("internal", "public"):
        yield from _within(office.output / tree, name, pages, office)
    fate = "投稿文件夹：已收的随投稿删除，需人工的请人工处理"
    yield from _within(office.inbox, name, fate, office)
    if any((office.data / "backups").glob("*.zip")):
        yield FileMention("backups", _BACKUPS)


def _within(
    folder: Path, name: str, fate: str, office: Office
) -> Iterator[FileMention]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else (folder,):
        if path.is_file() and not path.is_symlink() and _names(path, name):
            yield FileMention(_shown(path, office), fate)


def _shown(path: Path, office: Office) -> str:
    """The file as the office knows it: from its own folder on."""
    base = office.settings.folder
    return str(path.relative_to(base) if path.is_relative_to(base) else path)


def _names(path: Path, name: str) -> bool:
    """Whether a file's name or words name the person; pictures and PDF are not read."""
    if re.search(name_pattern(name), path.name):
        return True
    if path.stat().st_size > _MOST_BYTES:
        return False
    return _says(path.read_bytes(), name, is_mail=path.suffix == ".eml")


def _says(data: bytes, name: str, *, is_mail: bool = False) -> bool:
    if any(found.search(data) for found in _written(name)):
        return True
    if data.startswith(b"PK\x03\x04"):
        try:
            parts = open_parts(data)
        except DocumentRefused:
            return False
        looked_for = re.compile(name_pattern(name))
        return any(
            looked_for.search(_TAGS.sub("", text.decode("utf-8", "replace")))
            for part, text in parts.items()
            if part.endswith(".xml")
        )
    if is_mail:
        letter = message_from_bytes(data, policy=policy.default)
        heads = " ".join(f"{key}: {value}" for key, value in letter.items())
        if re.search(name_pattern(name), heads):
            return True
        payloads = (part.get_payload(decode=True) for part in letter.walk())
        return any(isinstance(p, bytes) and _says(p, name) for p in payloads)
    return False


def _written(name: str) -> Iterator[re.Pattern[bytes]]:
    """The name as bytes in each encoding that files come in, blanks inside or not."""
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        blanks = [re.escape(c.encode(encoding)) for c in " \u00a0\u3000"]
        between = b"(?:" + b"|".join(blanks) + b")*"
        letters = [re.escape(c.encode(encoding)) for c in name]
        yield re.compile(between.join(letters))


def _mask_logs(office: Office, name: str) -> int:
    """Mask the name in the logs; in how many files."""
    count = 0
    for path in sorted((office.data / "logs").glob("*")):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        masked = mask_name(text, name, mask_of(name))
        if masked != text:
            path.write_text(masked, encoding="utf-8", errors="surrogateescape")
            count += 1
    return count
