"""What the correspondent is told of each step, ready to copy (domain: 3.7)."""

from __future__ import annotations

from datetime import date

from desk.office import Desk
from newsroom.points import Standing, Taken, points_of, standing
from newsroom.reasons import REASONS
from newsroom.receipts import (
    adopted_text,
    duplicate_text,
    held_text,
    internal_text,
    merged_text,
    not_adopted_text,
    passed_text,
    received_text,
    returned_text,
    withdrawn_text,
)
from newsroom.submission import Submission, SubmissionState
from site_builder.links import story_address
from story_store.reviews import Review

_S = SubmissionState
_USED = frozenset({_S.PUBLISHED, _S.CORRECTED})
_MOST = 400


def words_to_tell(desk: Desk, review: Review) -> str:  # noqa: PLR0911 - a case a state
    """The message for the present step of a submission; daily words, no reviewer."""
    submission = review.submission
    number, state = submission.number, submission.state
    reason = _last_reason(desk, number)
    match state:
        case _S.RETURNED:
            questions = [q for q in map(str.strip, review.questions.splitlines()) if q]
            link = "您的报送链接（扫卡片也行）"
            return returned_text(number, questions or [reason], link)
        case _S.REJECTED:
            found = (r.hint for r in REASONS if reason.startswith(r.words))
            return not_adopted_text(number, reason, next(found, ""))
        case _S.PUBLISHED | _S.CORRECTED:
            return _adopted(desk, submission)
        case _S.INTERNAL:
            return internal_text(number)
        case _S.HOLD:
            return held_text(number, review.hold_until)
        case _S.WITHDRAWN:
            return withdrawn_text(
                number, reason, is_waiting=still_shown(desk, submission)
            )
        case _S.MERGED:
            return merged_text(number)
        case _S.DUPLICATE:
            return duplicate_text(number, reason)
        case _S.FIRST_OK | _S.SECOND_OK | _S.FINAL_OK:
            return passed_text(number, state)
    name = desk.settings.rules.units.unit(submission.unit_id)
    unit = name.name if name else submission.unit_id
    office = desk.settings.office.short_name
    return received_text(submission, unit, office=office)


def still_shown(desk: Desk, submission: Submission) -> bool:
    """Whether it is withdrawn and our pages do not say so yet."""
    if submission.state is not _S.WITHDRAWN:
        return False
    return submission.story_id in {job.story_id for job in desk.store.pages_owed()}


def public_link(desk: Desk, submission: Submission) -> str:
    """Where it can be read, empty until it is published and the site has an address."""
    base = desk.settings.site.base_url
    if submission.state not in _USED or submission.story_id is None or not base:
        return ""
    story = desk.store.story(submission.story_id)
    return f"{base.rstrip('/')}/{story_address(story).path}"


def points_for(desk: Desk, submission: Submission, unit_id: str) -> float | None:
    """The unit's points for a story that our pages took, None for another."""
    day = desk.store.published_days([submission.number]).get(submission.number)
    taken = _taken_by(submission, unit_id, day)
    return points_of(taken, desk.settings.rules.own_points) if taken else None


def unit_standing(desk: Desk, unit_id: str) -> Standing:
    """How many of a unit's stories our pages took this month, and the year's points.

    By a fixed number of questions to the store, however many stories there are.
    """
    store = desk.store
    own = [r.submission for r in store.reviews(_USED, unit_id=unit_id, limit=_MOST)]
    merged = store.reviews({_S.MERGED}, unit_id=unit_id, limit=_MOST)
    into = store.all_merged() if merged else {}
    holding = [into[r.submission.number] for r in merged if r.submission.number in into]
    found = {one.number: one for one in store.submissions_numbered(holding)}
    stories = [*own, *(found[number] for number in holding)]
    days = store.published_days([one.number for one in stories])
    taken = [_taken_by(one, unit_id, days.get(one.number)) for one in stories]
    rules = desk.settings.rules.own_points
    return standing(filter(None, taken), rules, today=desk.now().date())


def _adopted(desk: Desk, submission: Submission) -> str:
    now = unit_standing(desk, submission.unit_id)
    return adopted_text(
        submission.number,
        points=points_for(desk, submission, submission.unit_id),
        month_count=now.month_count or None,
        total=now.total,
        link=public_link(desk, submission),
    )


def _taken_by(submission: Submission, unit_id: str, day: date | None) -> Taken | None:
    units = (submission.unit_id, *submission.joint_units)
    if submission.state not in _USED or unit_id not in units or day is None:
        return None
    return Taken(day, submission.kind, units.index(unit_id), len(units))


def _last_reason(desk: Desk, number: str) -> str:
    steps = desk.store.submission_steps(number)
    return steps[-1].reason if steps else ""
