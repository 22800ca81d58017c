"""Pasted and typed-in texts taken into the inbox, each story with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError
from newsroom.receipts import received_text, seen_before_text
from newsroom.submission import Door
from newsroom.taxonomy import Unit
from submissions.pasted import (
    PasteAnswer,
    PastedStory,
    read_pasted,
    submission_of,
    unit_named,
)
from workflow.door_intake import take_submission

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

ORIGINAL = "原文.txt"


def take_pasted(  # noqa: PLR0913 - a text and all that the editor knows of it
    office: Office,
    store: Store,
    text: str,
    *,
    unit: str = "",
    door: Door = Door.WECHAT,
    by: str | None = None,
) -> tuple[PasteAnswer, ...]:
    """Take every story of a text into the inbox.

    Args:
        office: its units, rules and time.
        store: where submissions are kept.
        text: as pasted.
        unit: the unit for stories that do not name theirs; empty for none.
        door: 微信粘贴, or 代录 when somebody else types.
        by: who typed it in.

    Raises:
        NewsroomError: the text holds no story, or no unit is called so.
    """
    rules = office.settings.rules
    chosen = _chosen(unit, office) if unit else None
    stories = read_pasted(text, units=rules.units, now=office.now)
    if not stories:
        raise NewsroomError("没有找到稿件：请把整段文字都复制过来再试")
    return tuple(
        _take(office, store, story, chosen or story.unit, door, by)
        if chosen is None or story.unit in {None, chosen}
        else _take(office, store, story, story.unit, door, by)
        for story in stories
    )


def _chosen(words: str, office: Office) -> Unit:
    unit = unit_named(words, office.settings.rules.units)
    if unit is None:
        raise NewsroomError(f"没有叫「{words}」的单位；名称和编号见 config/units.toml")
    return unit


def _take(  # noqa: PLR0913, PLR0917 - one story and all that is known of it
    office: Office,
    store: Store,
    story: PastedStory,
    unit: Unit | None,
    door: Door,
    by: str | None,
) -> PasteAnswer:
    notes = (*story.problems, *story.draft.notes)
    notes += tuple(f"可以问一句：{ask}" for ask in story.asks)
    if unit is None:
        said = f"写的是「{story.draft.unit_words}」，" if story.draft.unit_words else ""
        why = f"没有认出单位，{said}没有收：请写明单位（--unit）再收一次"
        return PasteAnswer(None, is_new=False, receipt="", notes=(why, *notes))
    submission = submission_of(
        story, unit, door=door, received_at=office.now, filled_by=by
    )
    taken = take_submission(
        store,
        office.settings.rules,
        submission,
        originals={ORIGINAL: story.words.encode("utf-8", "replace")},
        at=office.now,
    )
    name = short_office(office)
    if taken.is_new:
        receipt = received_text(taken.kept, unit.name, office=name)
    else:
        receipt = seen_before_text(taken.kept, office=name)
    return PasteAnswer(taken.kept, taken.is_new, receipt, notes)


def short_office(office: Office) -> str:
    """How the office signs its receipts, e.g. 枝江工会."""
    return office.settings.office.short_name
