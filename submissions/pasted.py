"""Text pasted from a chat: its blocks, or one story split into title and text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

from newsroom.asking import questions_left
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.submission import Door, Submission
from newsroom.taxonomy import Unit, UnitRules
from newsroom.text import clean_text, fold, join_name
from newsroom.text_block import (
    TextBlock,
    read_blocks,
    write_blocks,
)
from submissions.chat_words import CHATTER_LEFT_OUT, chat_words
from submissions.drafts import Draft, read_draft

_NO_PICTURES = "聊天里的图片、文件没有随文字过来，请另外传"
_LEAST = 10


@dataclass(frozen=True, slots=True)
class PastedStory:
    """A story found in a pasted text.

    Attributes:
        draft: what it says.
        unit: whose it is, None where the text does not say it clearly.
        asks: questions on what is missing.
        problems: sentences for the editor, e.g. that a block was changed.
        is_block: whether it came as a block.
        words: the text it was read from.
    """

    draft: Draft
    unit: Unit | None
    asks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_block: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class PasteAnswer:
    """What became of one story of a pasted text.

    ``kept`` is None when no unit was named; ``receipt`` is ready to copy into the
    chat; ``notes`` are for the editor.
    """

    kept: Submission | None
    is_new: bool
    receipt: str
    notes: tuple[str, ...]


def read_pasted(
    text: str, *, units: UnitRules, now: datetime
) -> tuple[PastedStory, ...]:
    """Every block of a pasted text; without one the whole text as one story.

    None when the text says nothing. ``now`` is the time against which dates are read.
    """
    blocks = read_blocks(text)
    if blocks:
        return tuple(_of_block(block, units, now) for block in blocks)
    story = _of_free_text(text, units, now)
    return (story,) if len(fold(story.words)) >= _LEAST else ()


def unit_named(words: str, units: UnitRules) -> Unit | None:
    """The unit in use that these words name: its name, its union or another name."""
    said = fold(words)
    return next(
        (
            unit
            for unit in units.units
            if unit.enabled
            and said
            and said in {unit.id, *map(fold, (unit.name, unit.union, *unit.aliases))}
        ),
        None,
    )


def submission_of(
    story: PastedStory,
    unit: Unit,
    *,
    door: Door,
    received_at: datetime,
    filled_by: str | None = None,
) -> Submission:
    """The submission that a story makes for a unit.

    The same words of the same unit have the same key, whatever the door.
    """
    draft = story.draft
    asks = (f"缺：{ask}" for ask in story.asks)
    return Submission(
        key=_key(unit, draft),
        unit_id=unit.id,
        title=draft.title or _first_words(draft.body),
        body=draft.body,
        door=door,
        received_at=received_at,
        kind=draft.kind,
        event_day=draft.event_day,
        place=draft.place,
        author=draft.author,
        filled_by=filled_by or draft.filled_by,
        reviewer=draft.reviewer,
        public=draft.public,
        could_not_read=(*story.problems, *draft.notes, *asks),
    )


def _of_block(block: TextBlock, units: UnitRules, now: datetime) -> PastedStory:
    values = {"日期": block.day, "类别": block.kind, "公开": block.public}
    lines = "\n".join(f"{label}：{value}" for label, value in values.items())
    # These are read like labels; the text is not, it may hold such words.
    draft = replace(
        read_draft(lines, now=now),
        title=block.title,
        body=Body(
            tuple(
                Paragraph(plain_runs(line)) for line in block.body.split("\n") if line
            )
        ),
        place=block.place or None,
        author=join_name(block.author) or None,
        reviewer=join_name(block.reviewer) or None,
        filled_by=join_name(block.filled_by) or None,
        unit_words=block.unit,
        topic_words=block.topic,
    )
    kept = [f"{key}：{value}" for key, value in block.others]
    photos = [f"照片：{block.photos}"] if block.photos else []
    return PastedStory(
        draft=draft,
        unit=unit_named(block.unit, units),
        asks=_asks(draft),
        problems=(*block.problems, *photos, *kept),
        is_block=True,
        words="\n".join(write_blocks(block, heading="工报送")),
    )


def _lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line for line in text.split("\n") if line]


def _of_free_text(text: str, units: UnitRules, now: datetime) -> PastedStory:
    said = chat_words(text)
    draft = read_draft(said.text, now=now)
    unit = unit_named(draft.unit_words, units) or _only_unit(said.text, units)
    problems: tuple[str, ...] = (_NO_PICTURES,) if said.had_files else ()
    problems += (CHATTER_LEFT_OUT,) if said.had_chatter else ()
    return PastedStory(draft, unit, _asks(draft), problems, words=said.text)


def _only_unit(text: str, units: UnitRules) -> Unit | None:
    """The unit whose union the text names, when it names one only."""
    named = {
        unit.id: unit for unit in units.units if unit.enabled and unit.union in text
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _asks(draft: Draft) -> tuple[str, ...]:
    return questions_left(
        draft.title, draft.body.text, event_day=draft.event_day, place=draft.place
    )


def _key(unit: Unit, draft: Draft) -> str:
    said = "\n".join((unit.id, fold(draft.title), fold(draft.body.text)))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _first_words(body: Body) -> str:
    """The beginning of the text where nobody wrote a title."""
    first = clean_text(body.text.partition("\n")[0])
    return re.split(r"[，。；]", first)[0][:30] or "（没有标题）"
