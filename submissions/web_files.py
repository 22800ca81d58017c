"""A web page or web archive that is called .doc: what WeChat and OA systems export.

Only words and tables are taken, through the same reading as any pasted page: nothing
of HTML is kept, nothing is fetched and no script is looked at (reliability: A49).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from newsroom.body import (
    Block,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Subhead,
    Table,
    plain_runs,
)
from page_reading.charset import decode
from page_reading.fragments import read_fragment
from submissions.word_pieces import Line, Piece
from submissions.word_styles import Look

NO_PICTURES = "网页格式的文件只读出了文字和表格，图片请把照片单独发"
_HEADERS = re.compile(rb"(?i)\A\s*(?:mime-version|from|date|content-type|subject)\s*:")
_INVISIBLE = re.compile(
    r"<!--(?!\[endif).*?-->|<(head|title|style|script)\b.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE = re.compile(r"<(?:img|v:imagedata)\b", re.IGNORECASE)


def read_web(data: bytes) -> tuple[list[Piece], tuple[str, ...]]:
    """The pieces of a page in reading order, and what was not taken."""
    archive = message_from_bytes(data) if _HEADERS.match(data) else None
    text = decode(_html_of(archive) if archive else data).text
    pieces = list(_pieces(read_fragment(_INVISIBLE.sub("", text), "").blocks))
    parts = archive.walk() if archive else ()
    has_pictures = any(part.get_content_maintype() == "image" for part in parts)
    return pieces, (NO_PICTURES,) if has_pictures or _PICTURE.search(text) else ()


def _html_of(archive: Message) -> bytes:
    """The page in a web archive; empty where it holds none."""
    for part in archive.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return content
    return b""


def _pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case Paragraph(runs) | Quote(runs, _):
                letters = [run for run in runs if run.text.strip()]
                is_bold = bool(letters) and all(run.strong for run in letters)
                yield Line(runs, Look(bold=is_bold))
            case Subhead(text, level):
                yield Line(plain_runs(text), Look(bold=True, level=level))
            case ListBlock(entries, _):
                yield from (Line(runs, bullet=True) for runs in entries)
            case Table():
                yield block
            case Picture(_, caption) if caption:
                yield Line(plain_runs(caption))
