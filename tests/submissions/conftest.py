"""An inbox with towns, and what a scan needs."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from newsroom.article import CHINA
from newsroom.taxonomy import Unit, UnitKind, UnitRules
from submissions import documents, reading_child
from submissions.documents import read_document
from submissions.folder import scan_inbox

NOW = datetime(2026, 7, 20, 7, 0, tzinfo=CHINA)
TEXT = """1200份清凉包送到一线

日期：2026-07-18
作者：何 某
　　7月18日，气温升至38℃，安福寺镇总工会把清凉包送到职工手里。
　　惠及职工1200人。
"""
UNITS = UnitRules(
    units=(
        Unit("afs", "安福寺镇", "安福寺镇总工会", UnitKind.TOWN, ("安福寺",)),
        Unit("by", "百里洲镇", "百里洲镇总工会", UnitKind.TOWN),
        Unit("old", "旧镇", "旧镇总工会", UnitKind.TOWN, enabled=False),
    ),
    ambiguous=frozenset(),
    relative=frozenset(),
    place="枝江",
    city="宜昌",
)


def jpeg(colour="red", size=(1300, 900)):
    out = io.BytesIO()
    picture = Image.effect_noise(size, 40).convert("RGB")
    picture.paste(colour, (0, 0, 99, 99))
    picture.save(out, "JPEG")
    return out.getvalue()


class Inbox:
    """An inbox folder, with stores that only remember."""

    def __init__(self, folder):
        self.folder = folder
        self.now = NOW
        self.units = UNITS
        self.originals = {}
        self.pictures = {}

    def put(self, where, files):
        """Make a story's folder, its files an hour old."""
        base = self.folder / where
        for name, data in files.items():
            file = base / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data.encode() if isinstance(data, str) else data)
            self.age(file, 3600)
        return base

    def age(self, file, seconds):
        moment = NOW.timestamp() - seconds
        os.utime(file, (moment, moment))

    def keep_original(self, key, base, files):
        names = sorted(file.relative_to(base).as_posix() for file in files)
        self.originals[key] = names
        return f"originals/{key}"

    def keep_picture(self, data, extension):
        name = f"{hashlib.sha256(data).hexdigest()}.{extension}"
        self.pictures[name] = data
        return name

    def scan(self, now=NOW):
        return scan_inbox(
            self.folder,
            units=UNITS,
            now=now,
            keep_original=self.keep_original,
            keep_picture=self.keep_picture,
        )


@pytest.fixture
def inbox(tmp_path):
    return Inbox(tmp_path / "inbox")


@pytest.fixture
def make():
    return SimpleNamespace(jpeg=jpeg, text=TEXT, now=NOW, units=UNITS)


def _child_inside(kind, copy, folder):
    """The child's work without a process of its own, which takes a second."""
    arguments = (kind, str(copy), str(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_child, "limit_this_process", lambda: None)
        assert 0 == reading_child.main(arguments)
    return json.loads((folder / reading_child.READING).read_text("utf-8"))


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads bytes as a document; pictures are remembered."""
    monkeypatch.setattr(documents, "_in_child", _child_inside)
    kept = {}

    def keep(data, extension):
        name = f"{hashlib.sha256(data).hexdigest()}.{extension}"
        kept[name] = data
        return name

    def reading(data, name="稿件.docx"):
        file = tmp_path / name
        file.write_bytes(data)
        return read_document(file, now=NOW, keep_picture=keep)

    reading.kept = kept
    return reading
