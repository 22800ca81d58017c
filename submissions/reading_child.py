"""The child that opens documents from outside: little memory, little time, no store.

``python -m submissions.reading_child KIND FILE FOLDER`` writes ``reading.json`` and the
cleaned pictures into the folder. A parser that crashes or runs away ends this process
and costs this document only (reliability: A46-A50, A55).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from newsroom.body import Block, Body, Picture, body_to_json, plain_runs
from newsroom.errors import NewsroomError
from newsroom.text import clean_text
from submissions.document_shape import shape_of
from submissions.drafts import decode_text
from submissions.limits import MAX_PHOTOS, MEGABYTE
from submissions.pictures import PictureRefused, clean_picture
from submissions.web_files import read_web
from submissions.word_lines import read_word
from submissions.word_pieces import Line, Piece
from submissions.zip_gate import DocumentRefused, open_parts

SECONDS = 20
READING = "reading.json"
_MEMORY = 1024 * MEGABYTE
_FILE = 64 * MEGABYTE
_MOST_PAGES = 60
_FEW_LETTERS = 20
_READABLE = 0.9
_SHORT_LINE = 0.8
# Fonts in a PDF name 一 as the radical ⼀, which looks the same and is another letter.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)
}
# Programs set a gap between letters of two scripts; nobody typed it.
_GAP = re.compile(
    r"(?<=[\d℃％])\s+(?=[\u4e00-\u9fff，。、；℃％])|(?<=[\u4e00-\u9fff，。、；])\s+(?=\d)"
)
_ENDS = ("。", "！", "？", "…", "”", "：", "；")


def main(arguments: Sequence[str]) -> int:
    """Read one document; what is wrong with it is written down, not raised."""
    kind, file, folder = arguments[0], Path(arguments[1]), Path(arguments[2])
    limit_this_process()
    try:
        reading = _READERS[kind](file, folder)
    except NewsroomError as error:
        reading = {"refused": str(error)}
    text = json.dumps(reading, ensure_ascii=False)
    (folder / READING).write_text(text, encoding="utf-8")
    return 0


def limit_this_process() -> None:
    """Bound this process and those it starts; Windows knows no such bounds."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_docx(file: Path, folder: Path) -> dict[str, Any]:
    reading = read_word(open_parts(file.read_bytes()))
    shape = shape_of(reading.pieces)
    blocks, notes = _clean_pictures(shape.blocks, reading.parts, folder)
    if shape.stories:
        names = "、".join(f"《{story[:30]}》" for story in shape.stories[:9])
        notes.append(f"像有 {len(shape.stories)} 篇稿件（{names}），请编辑分开")
    notes = [*reading.notes, *shape.notes, *notes]
    return _reading(shape.title, blocks, notes)


def _clean_pictures(
    blocks: Sequence[Block], parts: dict[str, bytes], folder: Path
) -> tuple[list[Block], list[str]]:
    """The blocks with pictures made anew in the folder, and what was not taken."""
    left: list[Block] = []
    notes: list[str] = []
    taken = 0
    for block in blocks:
        if not isinstance(block, Picture):
            left.append(block)
            continue
        name = clean_text(block.src.rsplit("/", 1)[-1])[:60]
        if taken == MAX_PHOTOS:
            notes.append(f"文中图片 {name}（一篇最多 {MAX_PHOTOS} 张照片）")
            continue
        try:
            clean = clean_picture(parts[block.src])
        except PictureRefused as error:
            notes.append(f"文中图片 {name}（{error}）")
            continue
        taken += 1
        kept = f"{taken}.{clean.extension}"
        (folder / kept).write_bytes(clean.data)
        left.append(
            Picture(kept, block.caption, None, block.alt, clean.width, clean.height)
        )
    return left, notes


def _read_old(file: Path, _folder: Path) -> dict[str, Any]:
    """A .doc or .wps by catdoc: its words without its looks."""
    catdoc = shutil.which("catdoc")
    if catdoc is None:
        raise DocumentRefused("")
    run = subprocess.run(  # noqa: S603 - a program of the system, arguments of ours
        [catdoc, "-w", "-d", "utf-8", "-s", "cp936", str(file)],
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    text = _with_rare_letters(run.stdout)
    lines = [line for line in map(_tight, text.splitlines()) if line]
    if run.returncode or not _is_readable("".join(lines)):
        raise DocumentRefused("")
    shape = shape_of([Line(plain_runs(line)) for line in lines])
    notes = [*shape.notes, "老格式文件只读出了文字，表格、照片和编号请看原件"]
    return _reading(shape.title, shape.blocks, notes)


def _with_rare_letters(said: bytes) -> str:
    """What catdoc said; it writes a letter beyond the first plane as its two halves."""
    try:
        halves = said.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        halves = said.decode("utf-8", "replace")
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _tight(line: str) -> str:
    return _GAP.sub("", clean_text(line))


def _is_readable(text: str) -> bool:
    """Whether the letters are letters, not bytes taken for letters."""
    good = sum(
        "\u4e00" <= c <= "\u9fff" or c.isascii() or c in "，。、；：？！“”（）《》—…·％"
        for c in text
    )
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return han >= _FEW_LETTERS // 2 and good >= _READABLE * len(text)


def _read_web(file: Path, _folder: Path) -> dict[str, Any]:
    """A web page under a document's name."""
    pieces, notes = read_web(file.read_bytes())
    shape = shape_of(pieces)
    return _reading(shape.title, shape.blocks, [*shape.notes, *notes])


def _read_text(file: Path, _folder: Path) -> dict[str, Any]:
    """A text file under a document's name."""
    text = decode_text(file.read_bytes())
    if text is None or not _is_readable(text):
        raise DocumentRefused("")
    lines = [Line(plain_runs(line)) for line in text.splitlines() if line.strip()]
    shape = shape_of(lines)
    return _reading(shape.title, shape.blocks, shape.notes)


def _read_pdf(file: Path, _folder: Path) -> dict[str, Any]:
    """The text layer of a PDF, lines joined into paragraphs."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(file.read_bytes()))
        if reader.is_encrypted:
            raise DocumentRefused("PDF 加了密码，请去掉密码再发")
        if len(reader.pages) > _MOST_PAGES:
            raise DocumentRefused(f"PDF 超过 {_MOST_PAGES} 页，请只发一篇文稿")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DocumentRefused("") from error
    lines = [_tight(line) for line in text.translate(_RADICALS).splitlines()]
    paragraphs = join_lines(list(filter(None, lines)))
    if sum(map(len, paragraphs)) < _FEW_LETTERS:
        raise DocumentRefused("")
    pieces: list[Piece] = [Line(plain_runs(text)) for text in paragraphs]
    shape = shape_of(pieces)
    notes = [*shape.notes, "PDF 只读出了文字，表格和照片请看原件"]
    return _reading(shape.title, shape.blocks, notes)


def join_lines(lines: Sequence[str]) -> list[str]:
    """The paragraphs of lines cut by the page: a full line goes on in the next."""
    longest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if is_open:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        is_open = len(line) >= _SHORT_LINE * longest and not line.endswith(_ENDS)
    return paragraphs


def _reading(
    title: str, blocks: Sequence[Block], notes: Sequence[str]
) -> dict[str, Any]:
    body = Body(tuple(blocks))
    return {"title": title, "body": body_to_json(body), "notes": list(notes)}


_READERS = {
    "docx": _read_docx,
    "old": _read_old,
    "pdf": _read_pdf,
    "web": _read_web,
    "txt": _read_text,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
