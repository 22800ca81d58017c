"""The releases that are kept here, so that any host can go back to one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from publisher.faults import PublishFailed
from publisher.tree import Leaf, Release, Sources, hash_file

KEPT = 14
_FEW = 30  # contents


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """A release in the store.

    Attributes:
        digest: its hash.
        at: when it was first published.
        blocked: why nobody may go back to it, e.g. a story was withdrawn; else empty.
        published: whether it stood on a host.
        file: where its list of files lies.
    """

    digest: str
    at: datetime
    blocked: str
    published: bool
    file: Path


@dataclass(frozen=True, slots=True)
class _InStore:
    """The bytes lie in the store, under their hashes."""

    contents: Path
    files: Mapping[str, Leaf]

    def __getitem__(self, path: str) -> Path:
        return _place(self.contents, self.files[path].sha256)


@dataclass(frozen=True, slots=True)
class _InStoreOrTree:
    """The bytes lie in the store; a damaged content comes from the tree anew."""

    kept: _InStore
    tree: Sources

    def __getitem__(self, path: str) -> Path:
        place, wanted = self.kept[path], self.kept.files[path].sha256
        if not _is_whole(place, wanted):
            place.unlink(missing_ok=True)
            _keep_content(place, self.tree[path])
            if not _is_whole(place, wanted):
                place.unlink(missing_ok=True)
                raise PublishFailed(
                    f"公开版里的 {path} 在发布途中变了，没有发送它。原来的网页还在。"
                    "请再运行一次 gonghui publish"
                )
        return place


class ReleaseStore:
    """The folder of the last 14 releases: contents once each, and lists of files."""

    def __init__(self, folder: Path) -> None:
        self._lists = folder / "lists"
        self._contents = folder / "contents"

    def keep(self, release: Release, at: datetime) -> Release:
        """Keep a release as the newest; the fifteenth is forgotten.

        Contents are hard links where the disk knows them: the builder replaces its
        files, it never writes into one.

        Returns:
            The same release from the store, so that the tree may be built anew while
            it travels.
        """
        newest = self.releases()[:1]
        if not newest or newest[0].digest != release.digest:
            held = self._held()
            for path, leaf in release.files.items():
                if leaf.sha256 not in held:
                    place = _place(self._contents, leaf.sha256)
                    _keep_content(place, release.sources[path])
            forgotten = self._forget(KEPT - 1)
            number = 1 + int(newest[0].file.stem) if newest else 1
            rows = {p: (leaf.size, leaf.sha256) for p, leaf in release.files.items()}
            _write(self._lists / f"{number:08}.files", rows)
            told = {"digest": release.digest, "at": at.isoformat()}
            _write(self._lists / f"{number:08}.json", told)
            self._clear(forgotten - {leaf.sha256 for leaf in release.files.values()})
        kept = _InStore(self._contents, release.files)
        sources = _InStoreOrTree(kept, release.sources)
        return Release(release.files, sources, release.look)

    def note_published(self, digest: str) -> None:
        """It stood on a host: one may go back to it."""
        for kept in self.releases():
            if kept.digest == digest and not kept.published:
                _write(kept.file, {**_read(kept.file), "published": True})

    def releases(self) -> tuple[KeptRelease, ...]:
        """The kept releases, newest first; one whose note is damaged is none."""
        files = sorted(self._lists.glob("*.json"), reverse=True)
        found = (_kept(file, _read(file)) for file in files)
        return tuple(one for one in found if one is not None)

    def back(self, digest: str, steps: int) -> KeptRelease:
        """The release that lies so many steps before the one with this hash.

        Raises:
            PublishFailed: there is none, or nobody may go back to it.
        """
        kept = self.releases()
        here = next((n for n, one in enumerate(kept) if one.digest == digest), None)
        if here is None:
            raise PublishFailed(
                "主机上现在的这一版不在本机保存的版本里，不知道前一版是哪一版。"
                "请改用 gonghui publish 发布最新的一版"
            )
        older = _distinct([kept[here], *(k for k in kept[here + 1 :] if k.published)])
        if len(older) == 1:
            raise PublishFailed(
                "本机只保存着现在这一版，没有更早的可以退：下次发布以后才有前一版。"
                "要马上拿掉一篇稿件，用 gonghui withdraw"
                if here == 0
                else "主机上现在的就是本机保存的最早一版，没有更早的可以退。"
                "要回到最新的一版，用 gonghui publish"
            )
        if steps >= len(older):
            raise PublishFailed(
                f"只保存着更早的 {len(older) - 1} 版，退不了 {steps} 版："
                "请把 --rollback 后面的数改小"
            )
        chosen = older[steps]
        if chosen.blocked:
            raise PublishFailed(
                f"{chosen.at:%Y-%m-%d %H:%M} 的那一版不能退回：{chosen.blocked}"
            )
        return chosen

    def load(self, kept: KeptRelease) -> Release:
        """A kept release, every byte of it checked.

        Raises:
            PublishFailed: a content is gone or damaged.
        """
        rows = _read(_list_of(kept))
        if not rows:
            raise _not_whole(kept, "文件清单")
        files = {path: Leaf(int(size), str(sha)) for path, (size, sha) in rows.items()}
        sources = _InStore(self._contents, files)
        for path, leaf in files.items():
            if not _is_whole(sources[path], leaf.sha256):
                raise _not_whole(kept, path)
        return Release(files, sources)

    def block(self, paths: Collection[str], why: str) -> int:
        """Let nobody go back to a release that holds one of these paths; how many."""
        count = 0
        for kept in self.releases():
            if not kept.blocked and set(paths) & set(_read(_list_of(kept))):
                _write(kept.file, {**_read(kept.file), "blocked": why})
                count += 1
        return count

    def _held(self) -> frozenset[str]:
        """The hashes of the contents that are there; names are read, nothing else."""
        walk = os.walk(self._contents)
        return frozenset(name for _, _, names in walk for name in names)

    def _forget(self, count: int) -> frozenset[str]:
        """Only so many stay of those that stood on a host, and none that did not.

        Returns:
            The hashes of the contents that the forgotten ones held.
        """
        kept = self.releases()
        stood = [one for one in kept if one.published][:count]
        held: set[str] = set()
        for old in set(kept) - set(stood):
            held |= _hashes(old)
            old.file.unlink()
            _list_of(old).unlink(missing_ok=True)
        return frozenset(held)

    def _clear(self, forgotten: frozenset[str]) -> None:
        """Forget of these contents those that no release needs."""
        idle = forgotten
        for kept in self.releases():
            if not idle:
                return
            idle -= _held_of(kept, idle)
        for sha256 in idle:
            _place(self._contents, sha256).unlink(missing_ok=True)


def _place(contents: Path, sha256: str) -> Path:
    return contents / sha256[:2] / sha256


def _keep_content(target: Path, source: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(source, part)
        part.replace(target)


def _is_whole(file: Path, sha256: str) -> bool:
    return file.is_file() and hash_file(file) == sha256


def _not_whole(kept: KeptRelease, what: str) -> PublishFailed:
    return PublishFailed(
        f"{kept.at:%Y-%m-%d %H:%M} 的那一版保存得不完整（{what}），"
        "不能退回：请换一版，或改用 gonghui publish 发布最新的一版"
    )


def _distinct(kept: Sequence[KeptRelease]) -> list[KeptRelease]:
    """The releases without repetitions: a step back always changes something."""
    found: list[KeptRelease] = []
    for one in kept:
        if all(one.digest != other.digest for other in found):
            found.append(one)
    return found


def _kept(file: Path, told: dict[str, Any]) -> KeptRelease | None:
    if "digest" not in told or "at" not in told:
        return None
    return KeptRelease(
        digest=str(told["digest"]),
        at=datetime.fromisoformat(told["at"]),
        blocked=str(told.get("blocked", "")),
        published=bool(told.get("published")),
        file=file,
    )


def _hashes(kept: KeptRelease) -> frozenset[str]:
    return frozenset(sha for _, sha in _read(_list_of(kept)).values())


def _held_of(kept: KeptRelease, some: frozenset[str]) -> frozenset[str]:
    """Those of some contents that a release holds.

    A few are looked for in its list as it lies there: to read that of fifty thousand
    files takes as long as to look for some thirty.
    """
    if len(some) > _FEW:
        return some & _hashes(kept)
    file = _list_of(kept)
    told = file.read_bytes() if file.is_file() else b""
    return frozenset(sha256 for sha256 in some if sha256.encode() in told)


def _list_of(kept: KeptRelease) -> Path:
    """The long list lies beside, so that asking for the releases reads little."""
    return kept.file.with_suffix(".files")


def _read(file: Path) -> dict[str, Any]:
    """What a file says; nothing where it is gone or a cut left it torn."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _write(file: Path, told: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
