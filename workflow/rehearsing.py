"""The restore drill: a backup restored aside, both trees built twice and compared."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config import load_settings
from site_builder.build import build_site
from site_builder.given import Audience
from workflow.building import TREES, site_given
from workflow.office import Office
from workflow.restoring import restore_backup

if TYPE_CHECKING:
    from story_store.store import Store

PREFIX = "rehearsal-"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How a drill came out, in one sentence."""

    ok: bool
    sentence: str
    files: int = 0


def rehearse(office: Office, file: Path) -> Rehearsal:
    """Restore ``file`` into a temporary folder and compare what is built from it.

    Done under the run lock, so that the store does not change between the two.

    Raises:
        NewsroomError: the backup cannot be restored.
    """
    office.data.mkdir(parents=True, exist_ok=True)
    for left in office.data.glob(f"{PREFIX}*"):  # of a drill that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=office.data) as folder:
        work = Path(folder)
        restored = restore_backup(file, work / "office")
        aside = Office(load_settings(restored.settings), office.now)
        ours = _build(office, work / "ours")
        theirs = _build(aside, work / "theirs")
        return _compare(ours, theirs, restored.files)


def _build(office: Office, folder: Path) -> dict[str, str]:
    """The two trees built afresh: by path, the hash."""
    with office.store() as store:
        for audience in _audiences(store):
            name = TREES[audience]
            given = site_given(office, store)
            build_site(given, audience, folder / name, folder / f"work-{name}")
    trees = [folder / name for name in TREES.values()]
    return {
        path.relative_to(folder).as_posix(): _sha(path)
        for tree in trees
        for path in sorted(tree.rglob("*"))
        if path.is_file()
    }


def _audiences(store: Store) -> tuple[Audience, ...]:
    released = store.editions(released=True, limit=1)
    return tuple(Audience) if released else (Audience.INTERNAL,)


def _compare(ours: dict[str, str], theirs: dict[str, str], files: int) -> Rehearsal:
    differ = sorted(
        name
        for name in ours.keys() | theirs.keys()
        if ours.get(name) != theirs.get(name)
    )
    if not ours:
        return Rehearsal(ok=False, sentence="恢复演练没有通过：网页生成不出来")
    if not differ:
        return Rehearsal(
            ok=True,
            sentence=(
                f"恢复演练通过：备份里的 {files} 个文件全部恢复，"
                f"重新生成的 {len(ours)} 个网页文件逐字节相同"
            ),
            files=len(ours),
        )
    named = "、".join(differ[:_NAMED])
    return Rehearsal(
        ok=False,
        sentence=f"恢复演练没有通过：{len(differ)} 个网页文件不同（{named}…）",
        files=len(ours),
    )


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
