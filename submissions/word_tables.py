"""What a table of a Word file is: figures, a frame for photos, or a form to fill in.

Offices lay photos out side by side in tables without lines, and hand in stories on
printed forms (信息报送表). Both are read as what they say, not as tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsroom.body import Cell, Table, plain_runs
from newsroom.text import clean_text
from submissions.word_pieces import Line, PictureLine, Piece, WordCell
from submissions.word_styles import Look

Rows = Sequence[Sequence[WordCell]]

_LONGEST_CAPTION = 60
_TITLES = frozenset({"标题", "信息标题", "稿件标题", "题目", "文章标题"})
_TEXTS = frozenset(
    {"正文", "内容", "信息内容", "稿件内容", "主要内容", "信息正文", "稿件正文"}
)
_FIELDS = {
    **dict.fromkeys(_TITLES, "标题"),
    **dict.fromkeys(_TEXTS, "正文"),
    **dict.fromkeys(("报送单位", "供稿单位", "单位", "单位名称"), "单位"),
    **dict.fromkeys(("作者", "撰稿人", "报送人", "供稿人", "通讯员", "撰稿"), "作者"),
    **dict.fromkeys(("审核人", "审稿人", "审核", "签发人"), "审核"),
    **dict.fromkeys(("活动时间", "活动日期", "事件时间"), "日期"),
    **dict.fromkeys(("地点", "活动地点"), "地点"),
    **dict.fromkeys(("拍摄", "摄影", "摄影者"), "拍摄"),
    **dict.fromkeys(("是否公开", "公开"), "公开"),
    **dict.fromkeys(("类别", "信息类别", "稿件类别"), "类别"),
}
# Cells that name what stands beside them, and that no story has.
_OTHERS = re.compile(
    r".{0,6}(?:意见|电话|手机|时间|日期|编号|备注|联系方式|邮箱|字数|盖章|签字|附件)"
)


def table_pieces(rows: Rows) -> tuple[list[Piece], str]:
    """What a table says, in reading order, and a note on what was left out."""
    if all(len(row) == 1 for row in rows):
        # A table of one column is a frame around text, not a table.
        return [piece for row in rows for piece in row[0].pieces], ""
    form = _form(rows)
    if form is not None:
        return form
    if _is_photo_frame(rows):
        return list(_framed(rows)), ""
    cells = [cell for row in rows for cell in row]
    pictures = [p for cell in cells for p in cell.pieces if isinstance(p, PictureLine)]
    return [Table(tuple(_merge(rows))), *pictures], ""


def _label(cell: WordCell) -> str:
    return re.sub(r"[\s　:：（）()]", "", cell.text)


def _form(rows: Rows) -> tuple[list[Piece], str] | None:
    """The labelled lines of a form; None when it asks for no title and text."""
    labels = {_label(cell) for row in rows for cell in row}
    if not (labels & _TITLES and labels & _TEXTS):
        return None
    pieces: list[Piece] = []
    left: list[str] = []
    below = ""
    for row in rows:
        name, below = below, ""
        for cell in row:
            label = _label(cell)
            if label in _FIELDS:
                name = below = label
            elif label and _OTHERS.fullmatch(label):
                name, below = label, ""
                left.append(label)
            elif label or cell.pieces:
                pieces += _field(_FIELDS.get(name, ""), cell, stray=not name)
                name = below = ""
    return pieces, f"报送表里这几格没有收：{'、'.join(left)}" if left else ""


def _field(name: str, cell: WordCell, *, stray: bool) -> list[Piece]:
    """A field as the labelled line that it stands for; the text as it is."""
    if name == "正文" or (stray and cell.text):
        return list(cell.pieces)
    if not name or not cell.text:
        return [piece for piece in cell.pieces if isinstance(piece, PictureLine)]
    return [Line(plain_runs(f"{name}：{clean_text(cell.text)}"))]


def _is_photo_frame(rows: Rows) -> bool:
    """Whether a table only holds photos and at most a caption for each."""
    cells = [cell for row in rows for cell in row]
    photos = sum(isinstance(p, PictureLine) for cell in cells for p in cell.pieces)
    words = [cell.text for cell in cells if cell.text]
    holds_table = any(isinstance(p, Table) for cell in cells for p in cell.pieces)
    is_short = all(len(text) <= _LONGEST_CAPTION for text in words)
    return not holds_table and is_short and 0 < photos >= len(words)


def _framed(rows: Rows) -> Iterator[Piece]:
    """Each photo with the words below it, in its cell or in the next row's."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if (number, column) in taken:
                continue
            yield from (p for p in cell.pieces if isinstance(p, PictureLine))
            words = cell.text
            has_photo = any(isinstance(p, PictureLine) for p in cell.pieces)
            if has_photo and not words and number + 1 < len(rows):
                words = _below(rows[number + 1], column)
                taken |= {(number + 1, column)} if words else set()
            if words:
                yield Line(plain_runs(words), Look(is_caption=has_photo))


def _below(row: Sequence[WordCell], column: int) -> str:
    cell = row[column] if column < len(row) else None
    if cell is None or any(isinstance(p, PictureLine) for p in cell.pieces):
        return ""
    return cell.text


def _merge(rows: Rows) -> Iterator[tuple[Cell, ...]]:
    """The rows with each merged cell once, where it begins."""
    grid: list[list[Cell | None]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        made: list[Cell | None] = []
        column = 0
        for cell in row:
            if cell.goes_on and column in above:
                y, x = above[column]
                first = grid[y][x]
                if first is not None:
                    grid[y][x] = replace(first, rowspan=first.rowspan + 1)
                made.append(None)
            else:
                above[column] = (len(grid), len(made))
                runs = plain_runs(cell.text)
                made.append(Cell(runs, header=cell.is_header, colspan=cell.span))
            column += cell.span
        grid.append(made)
    for row_made in grid:
        yield tuple(cell for cell in row_made if cell is not None)
