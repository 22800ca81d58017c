"""What the lines of a document are: title, signature, subheads, captions, text.

A document says it by its looks only: the first centred, bold or largest short line is
the title (domain: 3.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from newsroom.body import (
    Block,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Subhead,
    Table,
    runs_text,
)
from newsroom.text import clean_text
from submissions.drafts import LABELS
from submissions.official_paper import without_paper
from submissions.signatures import read_signature
from submissions.word_pieces import Line, PictureLine, Piece

LONGEST_TITLE = 40
_TITLE_AMONG = 12
_LONGEST_SUBHEAD = 30
_LONGEST_CAPTION = 60
_STORY = re.compile(r"第[一二三四五六七八九十\d]{1,3}篇(?:[：:、\s]|$)")
# A unit before a colon is half of all headlines, never a label: 安福寺镇：……
_LABELLED = re.compile(
    rf"[【\[](?:{'|'.join(LABELS)})[】\]]|"
    r"[【\[]?[\u4e00-\u9fff]{2,4}(?<![镇乡村区市县局园厂会])(?<!街道)[】\]]?\s*[：:]\s*"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、")
_LESSER = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")
_CAPTION = re.compile(
    r"[（(【\[]?(?:图[为一二三四五六七八九十\d片：:]|照片[：:]?|▲|↑|△)"
)
# Above a picture only what numbers it is a caption: 图1 …; 图为 stands below.
_ABOVE = re.compile(
    r"[（(【\[]?(?:图|照片)[一二三四五六七八九十\d]{1,2}[\s：:.、）)】\]]"
)
_ENDS = ("。", "；", "，", "！", "？", "：", "…", ";", ",", ":")


@dataclass(frozen=True, slots=True)
class Shape:
    """A document understood.

    ``stories`` are the headings of the stories when there are several; pictures in
    ``blocks`` have the file's own name as ``src``; ``notes`` say what was left out.
    """

    title: str
    blocks: tuple[Block, ...]
    stories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def shape_of(pieces: Sequence[Piece]) -> Shape:
    """The title and the blocks of a document, in reading order."""
    pieces, notes = without_paper(pieces)
    index = _title_index(pieces)
    title, left = _take_title(list(pieces), index)
    blocks: list[Block] = []
    for piece in left:
        _add(blocks, piece)
    heads = [clean_text(piece.text) for piece in pieces if isinstance(piece, Line)]
    stories = tuple(head for head in heads if _STORY.match(head))
    several = stories if len(stories) > 1 else ()
    return Shape(title, tuple(blocks), several, notes)


def _title_index(pieces: Sequence[Piece]) -> int | None:
    """Where the title stands: by its style, its size, its place, its weight."""
    among = [
        (index, piece)
        for index, piece in enumerate(pieces[:_TITLE_AMONG])
        if isinstance(piece, Line) and _may_be_title(piece)
    ]
    if not among:
        return None
    usual = _usual_size(pieces)
    largest = max(piece.look.size for _, piece in among)
    judges: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.look.level in {0, 1},
        lambda line: line.look.size == largest and largest > usual,
        lambda line: line.look.centred,
        lambda line: line.look.bold,
    )
    for judge in judges:
        found = next((index for index, line in among if judge(line)), None)
        if found is not None:
            return found
    index, first = among[0]
    is_first = not any(isinstance(piece, Line) for piece in pieces[:index])
    return index if is_first and not first.text.rstrip().endswith(_ENDS) else None


def _may_be_title(line: Line) -> bool:
    text = clean_text(line.text)
    return (
        0 < len(text) <= LONGEST_TITLE
        and not text.endswith(("。", "；", "，"))
        and not _STORY.match(text)
        and not _LABELLED.match(text)
        and read_signature(text) is None
    )


def _usual_size(pieces: Sequence[Piece]) -> int:
    """The size in which most letters are set."""
    letters: dict[int, int] = {}
    for piece in pieces:
        if isinstance(piece, Line):
            size = piece.look.size
            letters[size] = letters.get(size, 0) + len(piece.text)
    return max(letters, key=lambda size: letters[size], default=0)


def _take_title(pieces: list[Piece], index: int | None) -> tuple[str, list[Piece]]:
    """The title, with a second line of the same looks, and the other pieces."""
    if index is None:
        return "", pieces
    first = pieces.pop(index)
    title = clean_text(first.text) if isinstance(first, Line) else ""
    if index < len(pieces):
        second = pieces[index]
        if isinstance(second, Line) and isinstance(first, Line):
            text = clean_text(second.text)
            if (
                second.look == first.look
                and first.look.centred
                and _may_be_title(second)
                and not text.startswith(("——", "—", "－－", "--"))
                and len(title) + len(text) <= LONGEST_TITLE
            ):
                pieces.pop(index)
                title += text
    return title, pieces


def _add(blocks: list[Block], piece: Piece) -> None:
    if isinstance(piece, PictureLine):
        caption = _caption_above(blocks)
        alt = clean_text(piece.alt) or None
        blocks.append(Picture(piece.member, caption, alt=alt))
    elif isinstance(piece, Table):
        blocks.append(piece)
    elif not _is_caption(blocks, piece):
        _add_line(blocks, piece)


def _add_line(blocks: list[Block], line: Line) -> None:
    text = clean_text(line.text)
    level = _subhead_level(line, text)
    runs = _clean_runs(line.runs)
    if level is not None:
        blocks.append(Subhead(text, level))
    elif line.bullet and blocks and isinstance(blocks[-1], ListBlock):
        blocks[-1] = replace(blocks[-1], entries=(*blocks[-1].entries, runs))
    elif line.bullet:
        blocks.append(ListBlock((runs,)))
    else:
        blocks.append(Paragraph(runs))


def _caption_above(blocks: list[Block]) -> str | None:
    """The caption that stands above a picture; it is taken out of the text."""
    last = blocks[-1] if blocks else None
    text = runs_text(last.runs) if isinstance(last, Paragraph) else ""
    is_short = len(text) <= _LONGEST_CAPTION and not text.endswith(_ENDS)
    if not (text and is_short and _ABOVE.match(text)):
        return None
    blocks.pop()
    return text


def _is_caption(blocks: list[Block], line: Line) -> bool:
    """Whether the line stands below a picture as its caption; it is put there."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Picture) or last.caption:
        return False
    text = clean_text(line.text)
    looks = line.look.is_caption or _CAPTION.match(text)
    placed = line.look.centred and not text.endswith("。") and not line.look.bold
    if len(text) > _LONGEST_CAPTION or not (looks or placed):
        return False
    blocks[-1] = replace(last, caption=text)
    return True


def _subhead_level(line: Line, text: str) -> int | None:
    if len(text) > _LONGEST_SUBHEAD or text.endswith(_ENDS) or line.bullet:
        return None
    if line.look.level is not None:
        return min(max(line.look.level, 2), 4)
    if _NUMBERED.match(text):
        return 2
    if _LESSER.match(text):
        return 3
    return 2 if line.look.bold and not line.look.is_caption else None


def _clean_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with blanks folded, neighbours of one kind joined."""
    joined: list[Run] = []
    for run in runs:
        text = " ".join(run.text.replace("\u3000", " ").split(" "))
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + text)
        elif text:
            joined.append(replace(run, text=text))
    whole = [replace(run, text=re.sub(r"\s+", " ", run.text)) for run in joined]
    if whole:
        whole[0] = replace(whole[0], text=whole[0].text.lstrip())
        whole[-1] = replace(whole[-1], text=whole[-1].text.rstrip())
    return tuple(run for run in whole if run.text)


def with_kept_pictures(
    blocks: Sequence[Block], kept: Mapping[str, str]
) -> tuple[Block, ...]:
    """The blocks with each picture's name in the store; those not kept left out."""
    return tuple(
        replace(block, src=kept[block.src]) if isinstance(block, Picture) else block
        for block in blocks
        if not isinstance(block, Picture) or block.src in kept
    )
