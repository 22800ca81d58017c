"""Pictures by content: the name is the hash, so one picture is kept once."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from newsroom.errors import NotFound
from story_store.disk import write_whole
from story_store.shelf import Shelf

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")


class PictureShelf(Shelf):
    """The folder ``pictures``, one file a picture, named by its content."""

    def keep_picture(self, data: bytes, extension: str) -> str:
        """Keep a picture's bytes; its name ``sha256.ext``, safe before a row has it."""
        name = f"{hashlib.sha256(data).hexdigest()}.{extension.lstrip('.').lower()}"
        path = self._place(name)
        if not path.exists():
            write_whole(path, data)
        return name

    def picture_path(self, name: str) -> Path:
        """The file of a kept picture.

        Raises:
            NotFound: it is no name of a picture, or the file is gone.
        """
        path = self._place(name)
        if not path.is_file():
            raise NotFound(f"图片库里没有这张照片：{name}")
        return path

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NotFound(f"不是图片库里的文件名：{name[:80]}")
        return self.folder / "pictures" / name
