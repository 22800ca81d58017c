"""Where a backup may be written: over an older backup, never over anything else.

``gonghui backup FILE`` is given its name by hand; the wrong one may be the store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from workflow.office import Office

MANIFEST = "manifest.json"


def refuse_unfit(office: Office, target: Path, otherwise: str) -> None:
    """Refuse a place where a backup would do harm; ``otherwise`` is a name to try.

    Raises:
        NewsroomError: it is a folder, something else stands there, or it would be
            published with the pages or taken in with the submissions.
    """
    if target.is_dir():
        raise NewsroomError(
            f"{target} 是文件夹：请连文件名一起写，如 {target / otherwise}"
        )
    if target.exists() and not _is_backup(target):
        raise NewsroomError(
            f"{target} 已经有了，而且不是备份文件，没有动它：请换一个文件名，"
            f"如 {otherwise}"
        )
    whole = target.resolve()
    for folder, harm in (
        (office.output, "会跟网页一起发布出去"),
        (office.inbox, "会被当成投稿"),
    ):
        if whole.is_relative_to(folder.resolve()):
            raise NewsroomError(
                f"备份不能放进 {folder}，放在那里{harm}：请换一个文件夹"
            )


def _is_backup(file: Path) -> bool:
    """Whether this program wrote it, as far as its list of contents tells."""
    if not file.is_file():
        return False
    try:
        with ZipFile(file) as archive:
            return MANIFEST in archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
