"""Pictures by content: the name is the hash, so one picture is kept once.

What the codes in a picture say is kept beside it: it follows from the picture, so it
is in no backup and can be read again at any time.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from newsroom.errors import NotFound
from story_store.disk import write_whole
from story_store.shelf import Shelf

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")


class PictureShelf(Shelf):
    """The folder ``pictures``, one file a picture, named by its content."""

    def keep_codes(self, name: str, codes: Sequence[str]) -> None:
        """Note what the QR codes in a kept picture say; mostly none do."""
        written = json.dumps(list(codes), ensure_ascii=False).encode()
        write_whole(self._codes(name), written)

    def picture_codes(self, name: str) -> tuple[str, ...] | None:
        """What its codes say; None where nobody has read them yet."""
        try:
            return tuple(json.loads(self._codes(name).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None

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

    def _codes(self, name: str) -> Path:
        return self.folder / "picture_codes" / f"{self._place(name).name}.json"

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NotFound(f"不是图片库里的文件名：{name[:80]}")
        return self.folder / "pictures" / name
