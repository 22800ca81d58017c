"""Which files on a host are ours: the record that lies on the host itself.

It lies there so that another computer of the office, or a new one, knows it too. The
intent lies there while a publishing runs: what it names is ours as well.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from publisher.faults import PublishFailed
from publisher.host import INTENT, RECORD, Host, Remote
from publisher.plan import Owned
from publisher.tree import Leaf

SCHEMA = 1
QUICK = 1  # hashes hardly pack: the best level takes thrice the time for 4 % less


@dataclass(frozen=True, slots=True)
class Record:
    """What the host says of itself.

    Attributes:
        release: the digest of the release that stands there; empty before the first.
        files: our files; where a cut left it open what a file holds, without a hash.
        open: what a publishing that was begun and not ended was to bring.
        copied: whether the host lost it, so that our own copy of it serves.
    """

    release: str
    files: Mapping[str, Owned]
    open: Mapping[str, Owned]
    copied: bool = False

    @property
    def cut(self) -> bool:
        """Whether a publishing was begun and not ended."""
        return bool(self.open)


def read_record(
    host: Host, done: Mapping[str, str], copy: bytes | None = None
) -> Record:
    """Our files on the host.

    Args:
        host: the host.
        done: what our own journal says was put in place before a cut: path and hash.
        copy: our own copy of the record, for a host that lost it.

    Raises:
        PublishFailed: the host does not answer, or the record is damaged.
    """
    told = host.read(RECORD)
    whole = _load(copy if told is None else told)
    to_come = _owned(_load(host.read(INTENT)))
    files = _owned(whole)
    for path, owned in to_come.items():
        known = owned.sha256 if done.get(path) == owned.sha256 else ""
        files[path] = Owned(owned.size, known)
    return Record(str(whole["release"]), files, to_come, told is None and bool(copy))


def recognised(record: Record, listing: Mapping[str, Remote]) -> Record:
    """The record, as far as the host bears it out.

    A host that lost the record and most of our files is no longer ours: somebody may
    have emptied it, or put another site there. What it holds counts as a stranger's.
    """
    files = record.files
    lost = [p for p in files if p not in listing or listing[p].size != files[p].size]
    if record.copied and len(lost) * 2 > len(files):
        # What the intent names was brought since then, by a run that was cut.
        return Record("", {path: files[path] for path in record.open}, record.open)
    return record


def unpack_record(copy: bytes | None) -> Record:
    """The record that our own copy holds; an empty one when there is none."""
    whole = _load(copy)
    return Record(str(whole["release"]), _owned(whole), {})


def write_intent(
    host: Host, former: Record, tree: Mapping[str, Leaf], put: Iterable[str]
) -> None:
    """Say on the host which files are about to come.

    What a publishing before was to bring stays named until one comes to its end.
    """
    files = {path: Owned(tree[path].size, tree[path].sha256) for path in put}
    host.write(INTENT, _dump("", {**former.open, **files}))


def write_record(host: Host, release: str, files: Mapping[str, Owned]) -> bytes:
    """Say on the host what stands there now, and that nothing is under way.

    Returns:
        The record, for our own copy.
    """
    content = _dump(release, files)
    host.write(RECORD, content)
    host.delete(INTENT)
    return content


def _owned(told: Mapping[str, Any]) -> dict[str, Owned]:
    rows = told["files"].items()
    return {path: Owned(int(s), str(h), int(left)) for path, (s, h, left) in rows}


def _dump(release: str, files: Mapping[str, Owned]) -> bytes:
    rows = {p: (files[p].size, files[p].sha256, files[p].left) for p in sorted(files)}
    told = {"schema": SCHEMA, "release": release, "files": rows}
    return gzip.compress(json.dumps(told).encode(), QUICK, mtime=0)


def _load(content: bytes | None) -> dict[str, Any]:
    if content is None:
        return {"release": "", "files": {}}
    try:
        told = json.loads(gzip.decompress(content))
        schema = told["schema"]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise PublishFailed(
            f"主机上的记录 {RECORD} 坏了，分不清哪些文件是我们放的，没有动任何文件。"
            "请从主机上删掉它再发布：第一次会列出已有的文件，用 --adopt 认领"
        ) from error
    if schema != SCHEMA:
        raise PublishFailed(
            f"主机上的记录 {RECORD} 是更新的程序写的：请先把这台电脑上的程序升级"
        )
    return dict(told)
