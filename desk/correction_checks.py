"""A correction as the checks see it: the proposed words, and who answers for them.

What was answered for in the published text stays so as long as its sentence stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from desk.findings import found_in
from desk.office import Desk
from newsroom.correcting import with_note
from newsroom.signing import ItemClass
from newsroom.story import Finding
from newsroom.submission import Submission
from newsroom.submission_checks import (
    CHAIR_DECIDES,
    checked_text,
    finding_key,
    finding_words,
)
from story_store.corrections import Correction
from story_store.remarks import Tick
from story_store.reviews import Review


def proposed_review(desk: Desk, review: Review, waiting: Correction) -> Review:
    """The review as it would be with the corrected words, and the ticks they have.

    What the chair answered for among them counts as the chair's word.
    """
    # The day of the proposal: places must not move while it waits.
    body = with_note(waiting.body, waiting.note, day=waiting.at.date())
    changed = replace(review.submission, title=waiting.title, body=body)
    findings = found_in(desk, changed)
    given = desk.store.ticks_under(review.submission.number, waiting.mark)
    ticks = (*given, *_carried(review, changed, findings, desk))
    proposed = replace(review, submission=changed, ticks=ticks)
    return _with_chair(proposed, changed, findings, given)


def ticks_of_agreed(
    proposed: Review, agreed: Submission, desk: Desk
) -> tuple[Tick, ...]:
    """The ticks of a proposal at the places that they have in the agreed text."""
    ticks = {tick.finding: tick for tick in proposed.ticks}
    given: dict[tuple[str, str], list[Tick | None]] = defaultdict(list)
    for one in found_in(desk, proposed.submission):
        given[one.rule, one.text].append(ticks.get(finding_key(one)))
    kept = []
    for one in found_in(desk, agreed):
        in_order = given[one.rule, one.text]
        tick = in_order.pop(0) if in_order else None
        if tick is not None:
            kept.append(replace(tick, finding=finding_key(one)))
    return tuple(kept)


def _carried(
    review: Review, changed: Submission, findings: tuple[Finding, ...], desk: Desk
) -> Iterator[Tick]:
    """The ticks of the published text whose sentences stand in the proposed one."""
    ticks = {tick.finding: tick for tick in review.ticks}
    before = checked_text(review.submission)
    answered = {
        finding_words(one, before): ticks[finding_key(one)]
        for one in found_in(desk, review.submission)
        if finding_key(one) in ticks
    }
    text = checked_text(changed)
    for one in findings:
        tick = answered.get(finding_words(one, text))
        if tick is not None:
            yield replace(tick, finding=finding_key(one))


def _with_chair(
    proposed: Review,
    changed: Submission,
    findings: tuple[Finding, ...],
    given: tuple[Tick, ...],
) -> Review:
    """The proposal with what the chair let out by a tick of their own."""
    ticks = {tick.finding: tick for tick in given}
    theirs = [f for f in findings if f.rule == CHAIR_DECIDES]
    let_out = [f for f in theirs if finding_key(f) in ticks]
    if not let_out:
        return proposed
    tick = ticks[finding_key(let_out[0])]
    text = checked_text(changed)
    known = theirs if proposed.chair_said and proposed.chair_saw is None else let_out
    saw = (*(proposed.chair_saw or ()), *(finding_words(f, text) for f in known))
    said = f"{tick.by}（主席）{tick.at:%Y-%m-%d %H:%M} {tick.reason}"
    return replace(
        proposed,
        item_class=ItemClass.IMPORTANT,
        chair_said=proposed.chair_said or said,
        chair_saw=tuple(dict.fromkeys(saw)),
    )
