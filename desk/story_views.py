"""One submission on one screen; the printed form of its signatures; its photos."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.correct_views import PUBLISHED
from desk.findings import proposal, say_weights
from desk.guards import signed_in
from desk.inbox_views import frame, lacking, unit_name, unread
from desk.merge_views import Offer, offers_for
from desk.opened import STEP_ACT, Open, find_story
from desk.photo_views import left_out
from desk.remade_views import owed_by
from desk.signing import finding_places, scans_of, without_scan
from desk.telling import words_to_tell
from desk.uploads import show_picture
from newsroom.editing import differences, to_lines
from newsroom.errors import NotFound
from newsroom.reasons import REASONS
from newsroom.review import CHANGEABLE
from newsroom.roles import Act, Person
from newsroom.signing import CLASS_WORDS, ItemClass, Step, next_step
from newsroom.submission import STATE_WORDS, SubmissionState
from story_store.reviewing import can_undo
from story_store.reviews import Review

_BACK = frozenset(
    {SubmissionState.CHECKED, SubmissionState.FIRST_OK, SubmissionState.SECOND_OK}
)
_HOLDABLE = frozenset({SubmissionState.SECOND_OK, SubmissionState.HOLD})


@require_safe
@signed_in(Act.READ)
def story(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Original beside edited text, checks, photos, history, comments, and the acts."""
    opened = find_story(person, number)
    return render(request, "desk/story.html", story_page(request, opened))


_CORRECTION_WORDS = {"agreed": "签发", "refused": "不同意", "cancelled": "撤回"}


def story_page(request: HttpRequest, opened: Open) -> dict[str, object]:
    """All that the screen of a submission shows to this person."""
    desk, person, review = opened.desk, opened.person, opened.review
    submission = review.submission
    versions = desk.store.text_versions(submission.number)
    steps = desk.store.submission_steps(submission.number)
    step = next_step(submission.state)
    is_chairs = review.item_class is ItemClass.CHAIRS
    may_step = step is not None and not is_chairs and person.may(STEP_ACT[step])
    chair_decides = is_chairs and person.may(Act.CHAIR_DECIDES)
    may_decide = may_step or chair_decides
    return frame(request, person) | {
        "review": review,
        "submission": submission,
        "unit_name": unit_name(desk, submission.unit_id),
        "state": STATE_WORDS[submission.state],
        "class_words": CLASS_WORDS[review.item_class],
        "is_chairs": is_chairs,
        "step": step.value if step else "",
        "may_step": may_step,
        "may_edit": person.may(Act.EDIT) and submission.state in CHANGEABLE,
        "may_back": may_decide and submission.state in _BACK,
        "may_decline": may_decide
        and submission.state in {*_BACK, SubmissionState.HOLD},
        "may_hold": may_step and submission.state in _HOLDABLE,
        "may_undo": bool(steps) and can_undo(steps[-1], by=person.name, at=desk.now()),
        "lines": to_lines(submission.body),
        "places": finding_places(review, desk),
        "lacking": lacking(review),
        "unread": unread(submission),
        "original": versions[0],
        "was_changed": len(versions) > 1,
        "merges": desk.store.merges_into(submission.number),
        "merged_into": desk.store.merged_into(submission.number),
        "changes": _changes(versions[0].title, versions[0].body.text, review),
        "versions": versions,
        "steps": tuple(
            (one, STATE_WORDS[one.after], without_scan(one.reason)) for one in steps
        ),
        "scans": scans_of(review),
        "told": words_to_tell(desk, review),
        "comments": desk.store.comments(submission.number),
        "reasons": REASONS,
        "important": review.item_class is ItemClass.IMPORTANT,
        "may_important": person.may(Act.SIGN_IMPORTANT),
        "chair_decides": chair_decides and submission.state in CHANGEABLE,
        "may_recall": bool(review.chair_said)
        and person.may(Act.CHAIR_DECIDES)
        and submission.state in CHANGEABLE,
        "weights": _weights(opened),
        "may_weigh": submission.state in CHANGEABLE and not is_chairs,
        "classes": tuple((c.value, CLASS_WORDS[c]) for c in list(ItemClass)[:2]),
        "unit_names": {u.id: u.name for u in desk.settings.rules.units.units},
        "likely": _likely(person, opened),
        **_after(opened),
        "left_out": left_out(opened),
        "picture_sources": desk.store.picture_sources(submission.number),
        "fault": "",
        "mine_title": submission.title,
        "mine_lines": "",
    }


def _weights(opened: Open) -> str:
    """Why it should be important, while somebody must still say so; else nothing."""
    is_open = opened.review.submission.state in CHANGEABLE
    return say_weights(proposal(opened.desk, opened.review)) if is_open else ""


def _after(opened: Open) -> dict[str, object]:
    """What can still be done of a text that was signed, and what was."""
    store, state = opened.desk.store, opened.review.submission.state
    person, has_story = opened.person, opened.review.submission.story_id is not None
    may_act = person.may(Act.EDIT) or person.may(Act.RELEASE)
    out = state in PUBLISHED | {SubmissionState.FINAL_OK} and has_story
    gone = state is SubmissionState.WITHDRAWN and has_story
    return {
        "corrections": store.corrections(opened.number),
        "correction_words": _CORRECTION_WORDS,
        "open_correction": store.open_correction(opened.number),
        "may_correct": may_act and state in PUBLISHED,
        "may_withdraw": may_act and out,
        "owed": owed_by(opened.desk, opened.review.submission.story_id),
        "may_again": gone and person.may(Act.RELEASE),
        "may_rework": gone and person.may(Act.EDIT),
    }


def _likely(person: Person, opened: Open) -> tuple[Offer, ...]:
    """Other reports that seem to be of the same event, while it can still be merged."""
    state = opened.review.submission.state
    is_open = state in CHANGEABLE and opened.review.item_class is not ItemClass.CHAIRS
    if not is_open or not person.may(Act.EDIT):
        return ()
    return tuple(o for o in offers_for(person, opened) if o.is_likely)[:2]


def _changes(title: str, text: str, review: Review) -> tuple[object, ...]:
    now = f"{review.submission.title}\n{review.submission.body.text}"
    return differences(f"{title}\n{text}", now)


@require_safe
@signed_in(Act.READ)
def approval_form(
    request: HttpRequest, person: Person, number: str
) -> HttpResponseBase:
    """信息发布审批表, to print and sign."""
    opened = find_story(person, number)
    page = frame(request, person) | {
        "review": opened.review,
        "submission": opened.review.submission,
        "unit_name": unit_name(opened.desk, opened.review.submission.unit_id),
        "class_words": CLASS_WORDS[opened.review.item_class],
        "places": finding_places(opened.review, opened.desk),
        "steps": tuple(Step),
    }
    return render(request, "desk/approval_form.html", page)


@require_safe
@signed_in(Act.READ)
def desk_photo(
    request: HttpRequest,  # noqa: ARG001 - a view
    person: Person,
    number: str,
    name: str,
) -> HttpResponseBase:
    """A photo of this submission."""
    opened = find_story(person, number)
    versions = opened.desk.store.text_versions(number)
    photos = [
        *opened.review.submission.photos,
        *(p for v in versions for p in v.photos),
    ]
    pictures = opened.review.submission.body.pictures
    known = {p.file for p in photos} | {p.src for p in pictures}
    if name not in known | set(scans_of(opened.review)):
        raise NotFound("没有这张照片")
    return show_picture(opened.desk, name)
