"""Word, WPS and PDF files: each becomes a draft, or goes to a person, never lost.

The file is known by its content, whatever it is called. It is opened by a child of
little memory and time (``submissions.reading_child``); an old format goes through
catdoc or LibreOffice where they are installed (domain: 3.6).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from newsroom.body import Block, Picture, body_from_json
from newsroom.submission import Photo
from newsroom.text import clean_text
from submissions.drafts import Draft, draft_of
from submissions.file_kinds import OLD_FORMAT, NeedsPerson, document_kind
from submissions.found import KeepPicture
from submissions.limits import MAX_DOCUMENT_BYTES, MEGABYTE
from submissions.reading_child import READING, SECONDS
from submissions.zip_gate import DocumentRefused

SCANNED = "这份 PDF 里没有文字（可能是扫描件），我们已收到，编辑会手工处理。"
WORDLESS = "文件里没有文字，我们已收到，编辑会手工处理。"
UNREADABLE = "文件没有读出来，我们已收到，编辑会手工处理。"

_OFFICE_SECONDS = 60
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A document as read.

    ``photos`` are those inside the text, kept, in their order; the body names them.
    """

    draft: Draft
    photos: tuple[Photo, ...] = ()
    could_not_read: tuple[str, ...] = ()


def read_document(
    file: Path, *, now: datetime, keep_picture: KeepPicture
) -> DocumentReading:
    """Read a Word, WPS or PDF file.

    Args:
        file: where it lies; its name says nothing about its kind.
        now: the time against which dates are read.
        keep_picture: keeps a cleaned picture and gives its name.

    Raises:
        DocumentRefused: it is no document, or an unsafe one; the sentence says why.
        NeedsPerson: nothing here can read it; it must be kept and looked at.
    """
    if file.stat().st_size > MAX_DOCUMENT_BYTES:
        raise NeedsPerson(
            f"文件超过 {MAX_DOCUMENT_BYTES // MEGABYTE} MB，编辑会手工处理；"
            "下次请把照片单独发"
        )
    kind = document_kind(file)
    with tempfile.TemporaryDirectory(prefix="gonghui-read-") as made:
        folder = Path(made)
        # A name of our own: the sender's is never part of a command.
        copy = folder / f"{secrets.token_hex(8)}.{kind}"
        shutil.copyfile(file, copy)
        said = _read_as(kind, copy, folder)
        reading = _complete(said, folder, now, keep_picture)
    if reading.draft.body.text:
        return reading
    raise NeedsPerson(OLD_FORMAT if kind == "old" else WORDLESS)


def _read_as(kind: str, copy: Path, folder: Path) -> dict[str, Any]:
    if kind != "old":
        said = _in_child(kind, copy, folder)
        if said.get("refused") == "":
            raise NeedsPerson(SCANNED if kind == "pdf" else UNREADABLE)
    else:
        said = _read_old(copy, folder)
    if "refused" in said:
        raise DocumentRefused(said["refused"])
    return said


def _read_old(copy: Path, folder: Path) -> dict[str, Any]:
    """Catdoc first, then LibreOffice; a person where neither helps."""
    try:
        said = _in_child("old", copy, folder)
    except NeedsPerson:
        said = {"refused": ""}
    if "refused" not in said:
        return said
    converted = _convert(copy, folder)
    if converted is None:
        raise NeedsPerson(OLD_FORMAT)
    said = _in_child("docx", converted, folder)
    if "refused" in said:
        raise NeedsPerson(OLD_FORMAT)
    return said


def _in_child(kind: str, copy: Path, folder: Path) -> dict[str, Any]:
    """What the child wrote; a child that crashed or hung is a file for a person."""
    command = [sys.executable, "-m", "submissions.reading_child"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, paths of ours
            [*command, kind, str(copy), str(folder)],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        text = (folder / READING).read_text(encoding="utf-8")
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NeedsPerson(UNREADABLE) from error
    if ended.returncode:
        raise NeedsPerson(UNREADABLE)
    said: dict[str, Any] = json.loads(text)
    return said


def _environment() -> Mapping[str, str]:
    """Nothing of the parent's but what Python needs: no secret comes near a file."""
    wanted = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


def _convert(copy: Path, folder: Path) -> Path | None:
    """The file as .docx by LibreOffice; None where there is none or it fails."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "converted"
    words = [office, profile, "--headless", "--norestore", "--convert-to", "docx"]
    try:
        subprocess.run(  # noqa: S603 - a program of the system, arguments of ours
            [*words, "--outdir", str(out), str(copy)],
            env={**_environment(), "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_OFFICE_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    made = out / f"{copy.stem}.docx"
    return made if made.is_file() else None


def _complete(
    said: dict[str, Any], folder: Path, now: datetime, keep_picture: KeepPicture
) -> DocumentReading:
    photos: dict[str, Photo] = {}
    blocks = tuple(
        kept
        for block in body_from_json(said["body"]).blocks
        if (kept := _keep(block, folder, keep_picture, photos)) is not None
    )
    draft = draft_of(blocks, title=clean_text(said["title"]), now=now)
    signed = tuple(
        replace(photo, credit=draft.photographer) for photo in photos.values()
    )
    return DocumentReading(draft, signed, tuple(said["notes"]))


def _keep(
    block: Block,
    folder: Path,
    keep_picture: Callable[[bytes, str], str],
    photos: dict[str, Photo],
) -> Block | None:
    """The block; a picture is kept in the store, the same one only once."""
    if not isinstance(block, Picture):
        return block
    data = (folder / block.src).read_bytes()
    name = keep_picture(data, block.src.rpartition(".")[2])
    if name in photos:
        return None
    photos[name] = Photo(
        file=name,
        width=block.width or 0,
        height=block.height or 0,
        caption=block.caption,
        original_name=f"文中图片{len(photos) + 1}",
    )
    return replace(block, src=name)
