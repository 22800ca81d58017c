"""A story's journey: who handed it in, printed and carried it, and what each changed.

How much a publication changed is told to everybody; whole sentences of others stand on
the office's own pages only.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from newsroom.article import CHINA
from newsroom.body import is_safe_link
from newsroom.edition import Column
from newsroom.outline import EditionOutline
from newsroom.story import Appearance, Retold, RetoldSentence, Story
from newsroom.wording import short_date
from site_builder.standpoint import Standpoint
from site_builder.views import ChangedView, ChangesView, Stamp, StepView, WordsView
from site_builder.wording import level_word


def journey_view(story: Story, at: Standpoint) -> tuple[StepView, ...]:
    """Who published it when: handed in, printed elsewhere, carried by us."""
    steps = [_handed_in(story, at)] if story.is_submission else []
    steps += [_printed(a, story, at) for a in story.appearances]
    carried = reversed(at.shown.carried.get(story.id))
    steps += [_carried(edition, column, at) for edition, column in carried]
    return tuple(steps)


def _handed_in(story: Story, at: Standpoint) -> StepView:
    day = story.first_seen.astimezone(CHINA).date()
    unit = at.known_unit(story.unit_id)
    return StepView(
        Stamp(day.isoformat(), short_date(day)),
        unit.union if unit else at.shown.given.office.name,
        "报送",
        None,
        is_outside=False,
    )


def _printed(appearance: Appearance, story: Story, at: Standpoint) -> StepView:
    level = level_word(appearance.level, at.shown.given.units)
    what = f"{level} · {'首发' if appearance.is_first else '转载'}"
    changed = retold_words(appearance, story.headline)
    if changed:
        what += f"：{changed}"
    when = appearance.published
    stamp = None
    if when is not None:
        day = when.astimezone(CHINA).date()
        stamp = Stamp(day.isoformat(), short_date(day))
    leads = is_safe_link(appearance.url) and appearance.url not in story.dead_links
    href = appearance.url if leads else None
    told = appearance.retold if at.shown.is_internal else None
    return StepView(
        stamp,
        appearance.source_name,
        what,
        href,
        is_outside=True,
        changes=changes_view(told) if told and told.sentences else None,
    )


def retold_words(appearance: Appearance, headline: str) -> str:
    """What a publication changed: 标题改为《…》；删去3句，加了1句；960字压到420字."""
    parts = []
    if appearance.headline != headline:
        parts.append(f"标题改为《{appearance.headline}》")
    told = appearance.retold
    if told is None:
        return "；".join(parts)
    counts = ((told.cut, "删去"), (told.reworded, "改写"), (told.added, "加了"))
    said = [f"{word}{count}句" for count, word in counts if count]
    if said:
        parts.append("、".join(said))
        parts.append(_length_words(told))
    else:
        parts.append("正文一字未改" if parts else "原题原文照登")
    return "；".join(filter(None, parts))


def _length_words(told: Retold) -> str:
    before, after = told.length_before, told.length
    if before == after:
        return ""
    return f"{before}字{'压到' if after < before else '增到'}{after}字"


def changes_view(told: Retold) -> ChangesView:
    """The changed sentences side by side, with the words that differ."""
    rows = tuple(map(_changed, told.sentences))
    left_out = told.cut + told.reworded + told.added - len(rows)
    more = f"还有 {left_out} 处没有列出" if left_out else None
    return ChangesView(f"改了哪些（{len(rows)} 处）", rows, more)


def _changed(sentence: RetoldSentence) -> ChangedView:
    before, after = sentence.before or "", sentence.after or ""
    if not (before and after):
        return ChangedView(_whole(before), _whole(after))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    left, right = [], []
    for what, a, b, c, d in matcher.get_opcodes():
        left.append(WordsView(before[a:b], changed=what != "equal"))
        right.append(WordsView(after[c:d], changed=what != "equal"))
    return ChangedView(_filled(left), _filled(right))


def _whole(words: str) -> tuple[WordsView, ...]:
    return (WordsView(words, changed=True),) if words else ()


def _filled(words: list[WordsView]) -> tuple[WordsView, ...]:
    return tuple(one for one in words if one.text)


def _carried(edition: EditionOutline, column: Column, at: Standpoint) -> StepView:
    return StepView(
        Stamp(edition.day.isoformat(), short_date(edition.day)),
        f"{at.shown.given.edition_settings.title}第{edition.number}期",
        column.value,
        at.day(edition.day),
        is_outside=False,
    )
