"""What a signature needs of the checks, and the story that a signed text becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desk.findings import found_in
from desk.office import Desk
from newsroom.checks import holds_excerpt
from newsroom.correcting import corrected_story
from newsroom.errors import NotAllowed
from newsroom.personal_data import PREFIX
from newsroom.signing import Step
from newsroom.story import Finding, FindingLevel, StoryState
from newsroom.submission_checks import (
    CHAIR_DECIDES,
    checked_text,
    finding_key,
    finding_words,
    right_word,
    say_found,
)
from newsroom.understanding import understand_submission
from story_store.reviews import Review

LEVEL_WORDS = {
    FindingLevel.BLOCK: "必须改",
    FindingLevel.WARN: "请核对",
    FindingLevel.HINT: "提示",
}
_AROUND = 14
# How the photo of a signed form is named in the note of its signature.
SCAN = "纸表照片 "
_SCAN = re.compile(rf"{SCAN}([0-9a-f]{{64}}\.(?:jpg|png))")


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """A finding beside the text: the words around it, why, the mend, who ticked it."""

    key: str
    level: str
    word: str
    before: str
    text: str
    after: str
    why: str
    suggestion: str
    right: str
    ticked_by: str
    must_be_ticked: bool
    is_chairs: bool
    never_ticked: bool


def finding_places(review: Review, desk: Desk) -> tuple[FindingPlace, ...]:
    """The findings of the present text, as an editor reads them."""
    submission = review.submission
    text = checked_text(submission)
    ticks = {tick.finding: tick for tick in review.ticks}
    places = []
    rules = desk.settings.rules
    found = tuple(found_in(desk, submission))
    unseen = unseen_by_chair(review, found)
    for finding in found:
        key = finding_key(finding)
        ticked = ticks.get(key)
        if finding.rule == CHAIR_DECIDES and finding not in unseen:
            places.append(_decided(finding, key, text))
            continue
        places.append(
            FindingPlace(
                key=key,
                level=finding.level.value,
                word=LEVEL_WORDS[finding.level],
                before=_before(text, finding),
                text=finding.text,
                after=_after(text, finding),
                why=finding.why,
                suggestion=finding.suggestion or "",
                right=right_word(finding, rules.checks) or "",
                ticked_by=ticked.by if ticked else "",
                must_be_ticked=finding.level is not FindingLevel.HINT,
                is_chairs=finding.rule == CHAIR_DECIDES,
                never_ticked=_is_final(finding),
            )
        )
    return tuple(places)


def _decided(finding: Finding, key: str, text: str) -> FindingPlace:
    """What the chair has let out: nothing is left to do about it."""
    return FindingPlace(
        key=key,
        level=FindingLevel.HINT.value,
        word="主席已定",
        before=_before(text, finding),
        text=finding.text,
        after=_after(text, finding),
        why="主席同意公开",
        suggestion="",
        right="",
        ticked_by="",
        must_be_ticked=False,
        is_chairs=True,
        never_ticked=False,
    )


def scans_of(review: Review) -> tuple[str, ...]:
    """The photos of signed forms that belong to the signatures under this text."""
    return tuple(name for a in review.approvals for name in _SCAN.findall(a.note))


def without_scan(words: str) -> str:
    """The words of a step; of the photo of a signed form only that there is one."""
    return _SCAN.sub("有纸表照片", words)


def check_passable(review: Review, desk: Desk, step: Step) -> None:
    """Whether the checks let this text pass a step.

    Raises:
        NotAllowed: something grave stands in it, or a warning is not ticked, or the
            chair has not seen what only the chair may let out.
    """
    ticked = {tick.finding: tick for tick in review.ticks}
    findings = found_in(desk, review.submission)
    unseen = unseen_by_chair(review, findings)
    if unseen:
        raise NotAllowed(f"“{unseen[0].text}”{unseen[0].why}：已转主席，等主席定")
    for finding in findings:
        if finding.rule == CHAIR_DECIDES:
            continue
        tick = ticked.get(finding_key(finding))
        if _is_final(finding):
            raise NotAllowed(f"{finding.why}：必须改掉才能{step.value}")
        if finding.level is FindingLevel.BLOCK and not (tick and tick.reason):
            raise NotAllowed(
                f"{say_found(finding)}：请改掉；确实要这样写的，由终审人勾选并写明理由"
            )
        if finding.level is FindingLevel.WARN and tick is None:
            raise NotAllowed(f"{say_found(finding)}：请改掉，或勾选“我核对过”")


def unseen_by_chair(review: Review, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What only the chair may let out and has not decided about in this text."""
    if review.chair_said and review.chair_saw is None:
        return ()
    text = checked_text(review.submission)
    saw = review.chair_saw or ()
    found = (f for f in findings if f.rule == CHAIR_DECIDES)
    return tuple(f for f in found if finding_words(f, text) not in saw)


def save_signed(desk: Desk, review: Review) -> None:
    """The story of a signed submission, so that an edition can choose it."""
    submission = review.submission
    rules = desk.settings.rules
    is_freed = bool(review.chair_said)
    if is_freed:
        submission = replace(submission, public=True)
    story = understand_submission(submission, rules)
    if is_freed and story.state is StoryState.HELD:
        story = replace(
            story, state=StoryState.INGESTED, held_reason=None, excerpt=story.abstract
        )
    desk.store.save_story(story, [])


def save_corrected(desk: Desk, review: Review, *, reason: str) -> None:
    """The corrected words in the story, which says that it was corrected."""
    submission, story_id = review.submission, review.submission.story_id
    if story_id is None:
        return
    if review.chair_said:
        submission = replace(submission, public=True)
    told = understand_submission(submission, desk.settings.rules)
    story = corrected_story(desk.store.story(story_id), told)
    desk.store.save_story(story, [])
    state = StoryState.CORRECTED
    desk.store.set_story_state(story.id, state, reason=reason, at=desk.now())
    desk.store.ask_pages(story.id, at=desk.now())


def save_again(desk: Desk, review: Review, *, reason: str) -> None:
    """A withdrawn story may stand again, where it stood and in editions to come."""
    story_id = review.submission.story_id
    if story_id is not None:
        state = StoryState.INGESTED
        desk.store.set_story_state(story_id, state, reason=reason, at=desk.now())
        desk.store.ask_pages(story_id, at=desk.now())


def _is_final(finding: Finding) -> bool:
    """Personal data and placeholders are never overridden by anyone."""
    grave = finding.level is FindingLevel.BLOCK
    return grave and (
        finding.rule.startswith(PREFIX) or holds_excerpt([finding]) is not None
    )


def _before(text: str, finding: Finding) -> str:
    if finding.start > len(text):  # not in the words: a code in a photo
        return "照片里："
    first = text.rfind("\n", 0, finding.start) + 1
    start = max(first, finding.start - _AROUND)
    return ("…" if start > first else "") + text[start : finding.start]


def _after(text: str, finding: Finding) -> str:
    if finding.start > len(text):
        return ""
    last = text.find("\n", finding.end)
    last = len(text) if last < 0 else last
    end = min(last, finding.end + _AROUND)
    return text[finding.end : end] + ("…" if end < last else "")
