"""A correspondent's own page: every submission's step, questions, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desk.asking import fields, several
from desk.form_pages import frame, show, told_where
from desk.links import Sender, own_review, personal
from desk.sending import Fault, body_of, text_faults
from desk.telling import points_for, public_link, still_shown, unit_standing
from desk.uploads import photo_keys, photos_of, take_photos
from newsroom.checks import check_text
from newsroom.errors import NotAllowed
from newsroom.reasons import REASONS
from newsroom.review import may_appeal
from newsroom.status_words import STATIONS, status_words
from newsroom.submission import Photo, SubmissionState
from newsroom.text import clean_text
from story_store.job_results import JobKind
from story_store.reviews import Review, TextChanged
from submissions.limits import MAX_PHOTOS

_S = SubmissionState
_SHOWN = frozenset(_S) - {_S.DRAFT, _S.DROPPED}
_USED = frozenset({_S.PUBLISHED, _S.CORRECTED})


@dataclass(frozen=True, slots=True)
class Station:
    """One of the six stations: its word, and whether it lies behind."""

    words: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One submission as its unit sees it; names of reviewers are not in it."""

    number: str
    title: str
    words: str
    sent_at: datetime
    stations: tuple[Station, ...]
    reason: str = ""
    hint: str = ""
    questions: tuple[str, ...] = ()
    is_returned: bool = False
    link: str = ""
    issue: str = ""
    points: str = ""
    mark: str = ""
    may_appeal: bool = False
    waiting: str = ""


@require_http_methods(["GET"])
@personal
def mine(request: HttpRequest, sender: Sender) -> HttpResponseBase:
    """The unit's page: begin, go on, and see what became of each."""
    store = sender.desk.store
    reviews = store.reviews(_SHOWN, unit_id=sender.link.unit_id, limit=60)
    issues = _issues(sender) if any(map(_is_used, reviews)) else {}
    page = frame(sender) | {
        "standing": unit_standing(sender.desk, sender.link.unit_id),
        "cards": tuple(_card(sender, review, issues) for review in reviews),
        "drafts": store.open_drafts(sender.link.id),
        "topics": {t.id: t.name for t in sender.desk.settings.story_templates},
    }
    return render(request, "submissions/mine.html", page)


@require_http_methods(["GET"])
@personal
def receipt(request: HttpRequest, sender: Sender, number: str) -> HttpResponseBase:
    """The card with the number: it is in, and what happens next."""
    review = own_review(sender, number)
    page = frame(sender) | {
        "card": _card(sender, review, _issues(sender) if _is_used(review) else {}),
        "submission": review.submission,
    }
    return render(request, "submissions/receipt.html", page)


@require_http_methods(["GET", "POST"])
@told_where
@personal
def mend(request: HttpRequest, sender: Sender, number: str) -> HttpResponseBase:
    """A returned submission: the questions, the text, and 再发一次."""
    review = own_review(sender, number)
    submission = review.submission
    if submission.state is not _S.RETURNED:
        return redirect("receipt", sender.token, number)
    title, text = submission.title, submission.body.text
    faults: tuple[Fault, ...] = ()
    kept_keys: tuple[str, ...] = ()
    if request.method == "POST":
        lines = ("title", "version", "photo")
        told = fields(request, *lines, texts=("text",), lists=("kept",))
        title, text = clean_text(told["title"]), told["text"]
        rules = sender.desk.settings.rules.checks
        kept = photos_of(sender.desk, submission.key, several(request, "kept"))
        have = (*submission.photos, *kept)
        photos, refused = take_photos(request, sender, submission.key, have)
        added = {photo.file: photo for photo in (*have, *photos)}
        faults = tuple(Fault("photo", words) for words in refused)
        faults += text_faults(title, text, rules)
        if not faults:
            photos = _captioned(sender, tuple(added.values()))
            _hand_in_again(sender, review, title, text, photos, told["version"])
            return redirect("receipt", sender.token, number)
        kept_keys = photo_keys(sender.desk, submission.key, (*kept, *photos))
    page: dict[str, object] = {
        "card": _card(sender, review, {}),
        "review": review,
        "title": title,
        "text": text,
        "faults": faults,
        "kept": kept_keys,
        "most": MAX_PHOTOS,
    }
    return show(request, sender, "mend", page)


def _captioned(sender: Sender, photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
    return tuple(replace(p, credit=p.credit or sender.link.name) for p in photos)


def _hand_in_again(  # noqa: PLR0913, PLR0917 - the whole of what is sent
    sender: Sender,
    review: Review,
    title: str,
    text: str,
    photos: tuple[Photo, ...],
    version: str,
) -> None:
    desk, number = sender.desk, review.submission.number
    if version != str(review.version):
        raise TextChanged("这件稿子刚刚补充过，请返回看看新的")
    same = text.split() == review.submission.body.text.split()
    body = review.submission.body if same else body_of(text)
    findings = check_text(f"{title}\n{body.text}", desk.settings.rules.checks)
    by = sender.link.name or sender.unit.name
    desk.store.change_text(
        number,
        version=review.version,
        title=title,
        body=body,
        photos=photos,
        findings=findings,
        by=by,
        at=desk.now(),
        may_be_returned=True,
    )
    try:
        again = desk.store.resubmit(number, by=by, at=desk.now())
    except NotAllowed:  # sent twice: the first one did it
        return
    desk.acts.check(again, desk.now())


def _card(sender: Sender, review: Review, issues: Mapping[int, str]) -> Card:
    submission = review.submission
    status, store = status_words(submission.state), sender.desk.store
    reason, hint = _reason(sender, review)
    words = status.words
    if submission.state is _S.HOLD and review.hold_until:
        day = review.hold_until
        words = f"暂缓，预计{day.month}月{day.day}日"
    into = store.merged_into(submission.number)
    if submission.state is _S.MERGED and into is not None:
        words = f"已与其他单位合并：{status_words(store.submission(into).state).words}"
    if still_shown(sender.desk, submission):
        words = "正在撤下"
    points = points_for(sender.desk, submission, submission.unit_id)
    steps = store.submission_steps(submission.number)
    return Card(
        number=submission.number,
        title=submission.title,
        words=words,
        sent_at=submission.received_at,
        stations=_stations(status.reached),
        reason=reason,
        hint=hint,
        questions=tuple(filter(None, map(str.strip, review.questions.splitlines()))),
        is_returned=submission.state is _S.RETURNED,
        link=public_link(sender.desk, submission),
        issue=issues.get(submission.story_id or 0, "") if _is_used(review) else "",
        points="" if points is None else f"+{points:g} 分",
        mark=review.mark,
        may_appeal=may_appeal(submission.state, [step.reason for step in steps]),
        waiting=_waiting(sender, review),
    )


def _waiting(sender: Sender, review: Review) -> str:
    """What is still being worked off of a story that is in."""
    submission = review.submission
    if submission.state is not _S.SUBMITTED:
        return ""
    open_jobs = [j for j in sender.desk.store.jobs_of(submission.key) if j.is_open]
    if not open_jobs:
        return ""
    kinds = {job.kind for job in open_jobs}
    what = "照片" if kinds == {JobKind.PHOTO} else "照片和文件"
    return f"{what if JobKind.PHOTO in kinds else '文件'}处理中，不用等，已经收到了"


def _stations(reached: int) -> tuple[Station, ...]:
    if not reached:
        return ()
    return tuple(
        Station(word, place < reached, place == reached - 1)
        for place, word in enumerate(STATIONS)
    )


def _reason(sender: Sender, review: Review) -> tuple[str, str]:
    """Why it went back or was not used, and the one hint."""
    wanted = {_S.RETURNED, _S.REJECTED, _S.WITHDRAWN}
    if review.submission.state not in wanted:
        return "", ""
    steps = sender.desk.store.submission_steps(review.submission.number)
    reason = steps[-1].reason if steps else ""
    hint = next((r.hint for r in REASONS if reason.startswith(r.words)), "")
    return reason, hint


def _is_used(review: Review) -> bool:
    return review.submission.state in _USED


def _issues(sender: Sender) -> dict[int, str]:
    """By story, in which of the last editions it stands, e.g. ``9月21日第5期``."""
    return {
        entry.story_id: f"{edition.day.month}月{edition.day.day}日第{edition.number}期"
        for edition in reversed(sender.desk.store.editions(limit=60))
        for entry in edition.all_entries
    }
