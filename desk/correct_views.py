"""Correcting what was published: one writes it, another signs it, readers are told."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desk.asking import fields
from desk.correction_checks import proposed_review, ticks_of_agreed
from desk.findings import proposal
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame
from desk.opened import Open, act, find_story
from desk.remade_views import being_remade
from desk.sign_views import check_tick, find_finding
from desk.signing import check_passable, finding_places, save_corrected
from newsroom.correcting import check_correction, correction_notes, with_note
from newsroom.editing import differences, from_lines, to_lines
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.roles import Act, Person
from newsroom.signing import ItemClass, Step, check_after_publication
from newsroom.submission import SubmissionState
from newsroom.submission_checks import check_submission
from newsroom.text import clean_text
from story_store.corrections import CorrectionState

PUBLISHED = frozenset({SubmissionState.PUBLISHED, SubmissionState.CORRECTED})


@require_safe
@signed_in(Act.EDIT, Act.RELEASE)
def correct(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Write a correction, or see the one that waits beside what stands."""
    opened = find_story(person, number)
    submission = opened.review.submission
    if submission.state not in PUBLISHED:
        leave_note(request, "只有已发布的稿件才更正；没发布的直接改文字")
        return redirect("story", number)
    return render(request, "desk/correct.html", _page(request, opened))


def _page(request: HttpRequest, opened: Open) -> dict[str, object]:
    submission = opened.review.submission
    waiting = opened.desk.store.open_correction(opened.number)
    before = f"{submission.title}\n{submission.body.text}"
    after = f"{waiting.title}\n{waiting.body.text}" if waiting else before
    proposed = waiting and proposed_review(opened.desk, opened.review, waiting)
    return frame(request, opened.person) | {
        "submission": submission,
        "review": opened.review,
        "waiting": waiting,
        "is_own": waiting is not None and waiting.by == opened.person.name,
        "changes": differences(before, after),
        "places": finding_places(proposed, opened.desk) if proposed else (),
        "title": submission.title,
        "lines": to_lines(submission.body),
        "words": "",
        "reason": "",
        "notes": correction_notes(submission.body),
        "fault": "",
    }


@act(Act.EDIT)
def propose_correction(request: HttpRequest, opened: Open) -> object:
    """Keep a correction until somebody else signs it."""
    told = fields(request, "mark", "title", "note", "reason", texts=("text",))
    submission = opened.review.submission
    title = clean_text(told["title"])[:60]
    body = from_lines(told["text"], submission.body)
    note, reason = clean_text(told["note"])[:200], clean_text(told["reason"])[:200]
    try:
        is_changed = (title, body) != (submission.title, submission.body)
        check_correction(note=note, reason=reason, is_changed=is_changed and bool(body))
        opened.desk.store.propose_correction(
            opened.number,
            mark=told["mark"],
            title=title,
            body=body,
            note=note,
            reason=reason,
            by=opened.person.name,
            at=opened.desk.now(),
        )
    except NewsroomError as error:
        typed = {"title": title, "lines": told["text"], "words": note, "reason": reason}
        page = _page(request, opened) | typed | {"fault": str(error)}
        return render(request, "desk/correct.html", page, status=409)
    return "更正已提出，等终审人签发；签发前网上还是原来的文字"


@act(Act.RELEASE)
def agree_correction(request: HttpRequest, opened: Open) -> str:
    """Sign a correction: the story and its pages say the right words from now on."""
    told = fields(request, "mark")
    desk, person = opened.desk, opened.person
    waiting = desk.store.open_correction(opened.number)
    if waiting is None:
        raise NotFound("这份更正已经办过了")
    proposed = proposed_review(desk, opened.review, waiting)
    weight = ItemClass.IMPORTANT if proposal(desk, proposed) else proposed.item_class
    check_after_publication(person, weight)
    now = desk.now()
    body = with_note(waiting.body, waiting.note, day=now.date())
    changed = replace(opened.review.submission, title=waiting.title, body=body)
    rules = desk.settings.rules
    check_passable(proposed, desk, Step.FINAL)
    with desk.store.writing():
        after = desk.store.agree_correction(
            opened.number,
            mark=told["mark"],
            body=body,
            findings=check_submission(changed, rules),
            by=person.name,
            account_id=person.id,
            at=now,
            proposed=proposed,
            ticks=ticks_of_agreed(proposed, changed, desk),
        )
        save_corrected(desk, after, reason=f"{person.name}签发更正：{waiting.note}")
    waits = desk.acts.pages.change(now)
    if waits:
        return f"更正已签发。{waits}"
    done = "更正已签发，网页已重新生成；发到主机由网站管理员运行 gonghui publish"
    return f"{done}{being_remade(desk)}"


@act(Act.EDIT, Act.RELEASE)
def tick_correction(request: HttpRequest, opened: Open) -> HttpResponseBase:
    """Answer by name for a finding in the proposed words."""
    told = fields(request, "mark", "finding", "reason")
    waiting = opened.desk.store.open_correction(opened.number)
    if waiting is None:
        raise NotFound("这份更正已经办过了")
    if waiting.mark != told["mark"]:
        raise NotAllowed("这份更正刚刚换过，请看过新的再勾")
    proposed = proposed_review(opened.desk, opened.review, waiting)
    finding = find_finding(proposed.submission, told["finding"], opened)
    reason = clean_text(told["reason"])[:200]
    check_tick(opened.person, finding, reason, may_chair=True)
    opened.desk.store.tick(
        opened.number,
        told["finding"],
        text_hash=waiting.mark,
        by=opened.person.name,
        reason=reason,
        at=opened.desk.now(),
    )
    leave_note(request, f"“{finding.text}”已记下由您负责")
    return redirect("correct", opened.number)


@act(Act.RELEASE)
def refuse_correction(request: HttpRequest, opened: Open) -> str:
    """Say no to a correction, with a word."""
    told = fields(request, "mark", "words")
    words = clean_text(told["words"])[:200]
    if not words:
        raise NotAllowed("请写一句为什么不更正")
    _close(opened, CorrectionState.REFUSED, told["mark"], words)
    return "没有同意更正，网上的文字不变"


@act(Act.EDIT)
def cancel_correction(request: HttpRequest, opened: Open) -> str:
    """Take back a correction that nobody has signed yet."""
    _close(opened, CorrectionState.CANCELLED, fields(request, "mark")["mark"], "")
    return "更正已撤回"


def _close(opened: Open, state: CorrectionState, mark: str, words: str) -> None:
    by, at = opened.person.name, opened.desk.now()
    opened.desk.store.close_correction(
        opened.number, state, mark=mark, by=by, at=at, words=words
    )
