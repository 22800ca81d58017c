"""What a file is by its first bytes, whatever it is called (reliability: A44)."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Sequence
from pathlib import Path

from newsroom.errors import NewsroomError
from submissions.pictures import HAS_HEIF, PictureRefused, not_a_picture
from submissions.zip_gate import DocumentRefused

OLD_FORMAT = (
    "您发的是老格式文件，我们已收到，编辑会手工处理。"
    "下次可以把文字直接复制到文本文件（.txt）里。"
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
EMPTY = "文件是空的，里面一个字也没有，可能没有传完，请重新发一次"
LOCKED = "文件加了密码，请去掉密码再发"
TABLE = "这是表格文件，名单、表格不收，请把情况写成文字"
SLIDES = "这是幻灯片，不收，请把情况写成文字"
NOT_WORD = (
    "您发的是{}格式的文件，我们已收到，编辑会手工处理。"
    "下次请另存为 Word 文件（.docx）再发。"
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


_WEB = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p)[\s>]|^mime-version\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_WORD_XML = (
    (b"Word.Document", " XML "),
    (b"office/word/2003", " XML "),
    (b"2006/xmlPackage", " XML "),
)
# What a zip holds that is a document, but not Word's.
_ZIPS = ((b"OFD.xml", " OFD "), (b"opendocument.text", " ODT "))
_LEAST_HAN = 10
_MOST_ODD = 0.1
# Names of the streams that say what an old file of Office is.
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("Workbook", TABLE),
    ("PowerPoint Document", SLIDES),
)
_WORD_STREAM = "WordDocument"
_FIB, _FIB_MARK, _FIB_LOCKED = 512, b"\xec\xa5", 0x01


class NeedsPerson(NewsroomError):  # noqa: N818 - reads as a claim
    """A document is kept for a person; the sentence is what the unit is told."""


def document_kind(file: Path) -> str:
    """What a file is by its content: ``docx``, ``pdf``, ``old``, ``web``, ``txt``.

    Raises:
        DocumentRefused: a program, a picture, a locked file, or nothing known.
        NeedsPerson: a document of a kind that nothing here reads.
    """
    with file.open("rb") as opened:
        kind = _kind(opened.read(_HEAD))
        if kind == "old":
            opened.seek(0)
            check_old(opened.read())
    return kind


def check_old(data: bytes) -> None:
    """Pass an old file that may be a text.

    Raises:
        DocumentRefused: it is locked, a table or slides; the sentence says which.
    """
    if not data.startswith(_OLE):
        return
    is_word = _WORD_STREAM.encode("utf-16-le") in data
    for stream, why in _STREAMS:
        if not is_word and stream.encode("utf-16-le") in data:
            raise DocumentRefused(why)
    first = data[_FIB : _FIB + 12]
    if first.startswith(_FIB_MARK) and first[11] & _FIB_LOCKED:
        raise DocumentRefused(LOCKED)


def document_ending(head: bytes, *, is_text: bool) -> str:
    """Under which ending a document is sealed: as its kind, ``old`` for a page.

    ``is_text`` says that its name is one of a text file.

    Raises:
        DocumentRefused: a program, a picture, or nothing known.
    """
    try:
        kind = _kind(head[:_HEAD])
    except NeedsPerson:
        return "old"
    except DocumentRefused:
        marks = (*_PROGRAMS[:3], *_PICTURES)
        if is_text and head and not head.startswith(marks):
            return "txt"
        raise
    if is_text and kind == "web":
        return "txt"  # words about a page, which no sender calls a document
    return "old" if kind == "web" else kind


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
    if head[4:8] == b"ftyp" and HAS_HEIF and head[8:12] in _HEIF_BRANDS:
        return "heic"
    raise PictureRefused(not_a_picture(head))


def _kind(head: bytes) -> str:
    if not head.strip(b"\0 \r\n\t"):
        raise DocumentRefused(EMPTY)
    for mark, kind in ((_ZIP, "docx"), (_OLE, "old"), (b"{\\rtf", "old")):
        if head.startswith(mark):
            _check_read(head, _ZIPS if mark == _ZIP else ())
            return kind
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_PROGRAMS):
        raise DocumentRefused("这是程序，不是文稿，不收")
    if head.startswith(_PICTURES):
        raise DocumentRefused("这是照片改了名字，请照原样发照片")
    _check_read(head, _WORD_XML)
    if _WEB.search(head):
        return "web"
    if _is_text(head):
        return "txt"
    raise DocumentRefused("不认识这种文件，请另存为 Word 文件（.docx）再发")


def _check_read(head: bytes, others: Sequence[tuple[bytes, str]]) -> None:
    """Let pass what may be read; documents of other formats go to a person."""
    for mark, name in others:
        if mark in head:
            raise NeedsPerson(NOT_WORD.format(name))


def _is_text(head: bytes) -> bool:
    """Whether it is Chinese text under the name of a document."""
    for charset in ("utf-8", "gb18030") if b"\0" not in head else ("utf-16",):
        try:
            text = getincrementaldecoder(charset)().decode(head)
        except UnicodeError:  # UTF-16 without its mark is one, too
            continue
        han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
        odd = sum(
            not letter.isprintable() and letter not in "\r\n\t\ufeff\u3000"
            for letter in text
        )
        return han >= _LEAST_HAN and odd <= _MOST_ODD * len(text)
    return False
