"""What a file is by its first bytes, whatever it is called (reliability: A44)."""

from __future__ import annotations

from pathlib import Path

from newsroom.errors import NewsroomError
from submissions.pictures import HAS_HEIF, PictureRefused
from submissions.zip_gate import DocumentRefused

OLD_FORMAT = (
    "您发的是老格式文件，我们已收到，编辑会手工处理。"
    "下次可以把文字直接复制到文本文件（.txt）里。"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class NeedsPerson(NewsroomError):  # noqa: N818 - reads as a claim
    """A document is kept for a person; the sentence is what the unit is told."""


def document_kind(file: Path) -> str:
    """What a file is by its content: ``docx``, ``pdf`` or ``old``.

    Raises:
        DocumentRefused: a program, a picture, or nothing known.
        NeedsPerson: a web page or mail under a document's name.
    """
    with file.open("rb") as opened:
        return _kind(opened.read(_HEAD))


def document_ending(head: bytes, *, is_text: bool) -> str:
    """Under which ending a document is sealed: ``docx``, ``pdf``, ``old``, ``txt``.

    ``is_text`` says that its name is one of a text file.

    Raises:
        DocumentRefused: a program, a picture, or nothing known.
    """
    try:
        return _kind(head[:_HEAD])
    except NeedsPerson:
        return "old"
    except DocumentRefused:
        marks = (*_PROGRAMS[:3], *_PICTURES)
        if is_text and not head.startswith(marks):
            return "txt"
        raise


def picture_ending(head: bytes) -> str:
    """Under which ending a photo is sealed, by its first bytes.

    Raises:
        PictureRefused: it is no JPEG, PNG, WebP or HEIC.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        if HAS_HEIF and head[8:12] in _HEIF_BRANDS:
            return "heic"
        raise PictureRefused("这个 HEIC 照片（或视频）读不了，请另存为 JPG 再发")
    raise PictureRefused(
        "不是 JPG、PNG、WebP 或 HEIC 照片，或者文件已损坏，请重新发一张"
    )


def _kind(head: bytes) -> str:
    kinds = ((b"PK\x03\x04", "docx"), (_OLE, "old"), (b"{\\rtf", "old"))
    for mark, kind in kinds:
        if head.startswith(mark):
            return kind
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_PROGRAMS):
        raise DocumentRefused("这是程序，不是文稿，不收")
    if head.startswith(_PICTURES):
        raise DocumentRefused("这是照片改了名字，请照原样发照片")
    if b"<html" in head.lower() or b"mime-version" in head.lower():
        raise NeedsPerson(OLD_FORMAT)
    raise DocumentRefused("不认识这种文件，请另存为 Word 文件（.docx）再发")
