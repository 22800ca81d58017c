"""Two reports of one event, side by side, made one; and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk.asking import BadAsk, fields, several
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame, may_see, unit_name, visible
from desk.opened import Open, act, find_story
from newsroom.body import Body, Paragraph, Picture, Subhead
from newsroom.errors import NotAllowed, NotFound
from newsroom.merging import (
    Conflict,
    Keep,
    Settled,
    compare_paragraphs,
    find_conflicts,
    likeness,
    merge_bodies,
    settle,
)
from newsroom.review import CHANGEABLE
from newsroom.roles import Act, Person
from newsroom.signing import ItemClass
from newsroom.submission import STATE_WORDS, Photo, Submission
from newsroom.submission_checks import check_submission
from newsroom.text import clean_text
from story_store.reviews import Review
from submissions.limits import MAX_PHOTOS

LIKELY = 0.3
_MOST_OFFERED = 20
_DAYS_APART = timedelta(days=3)
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """Another report that could be of the same event."""

    number: str
    title: str
    unit: str
    state: str
    is_likely: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict as the editor is asked about it: both numbers among their words."""

    name: str
    first: tuple[str, str, str]
    second: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A block of the second report that may be taken over."""

    place: int
    text: str
    is_new: bool


def offers_for(person: Person, opened: Open) -> tuple[Offer, ...]:
    """The open reports of other units, the likely ones first."""
    mine = opened.review.submission
    others = [
        (likeness(_words(mine), _words(r.submission)), r)
        for r in visible(opened.desk, person)
        if _may_join(r, mine.number) and _near(mine, r.submission)
    ]
    others.sort(key=lambda pair: -pair[0])
    return tuple(
        Offer(
            r.submission.number,
            r.submission.title,
            unit_name(opened.desk, r.submission.unit_id),
            STATE_WORDS[r.submission.state],
            alike >= LIKELY,
        )
        for alike, r in others[:_MOST_OFFERED]
    )


@require_safe
@signed_in(Act.EDIT)
def merge(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Choose the other report, or see both side by side with what differs."""
    opened = find_story(person, number)
    wanted = clean_text(request.GET.get("with", ""))[:40]
    page = frame(request, person) | {
        "submission": opened.review.submission,
        "review": opened.review,
        "unit_name": unit_name(opened.desk, opened.review.submission.unit_id),
        "offers": offers_for(person, opened),
        "other": None,
    }
    if wanted:
        try:
            other = _other(opened, wanted)
        except NotAllowed as error:
            leave_note(request, str(error))
            return redirect("merge", number)
        page |= _side_by_side(opened, other)
    return render(request, "desk/merge.html", page)


@act(Act.EDIT)
def do_merge(request: HttpRequest, opened: Open) -> object:
    """Make both one text with joint credit; every conflict must be answered."""
    try:
        return _merge(request, opened)
    except NotAllowed as error:
        leave_note(request, str(error))
        other = quote(request.POST.get("other", "")[:40])
        return redirect(f"{reverse('merge', args=[opened.number])}?with={other}")


def _merge(request: HttpRequest, opened: Open) -> str:
    given = several(request, "take"), several(request, "photo")
    review = opened.review
    other = _other(opened, fields(request, "other", lists=_LISTS)["other"])
    conflicts = _conflicts(review, other)
    names = [f"number{n}" for n in range(len(conflicts))]
    told = fields(request, "mark", "other_mark", "title", *names, lists=_LISTS)
    settled = tuple(
        Settled(conflict, _answer(told[name]))
        for name, conflict in zip(names, conflicts, strict=True)
    )
    title = clean_text(told["title"])[:60] or review.submission.title
    for one in settled:
        title = settle(title, one.conflict) if one.keep is Keep.SECOND else title
    take = [int(place) for place in given[0] if place.isdecimal()]
    joint = replace(
        review.submission,
        title=title,
        body=merge_bodies(review.submission.body, other.submission.body, take, settled),
        photos=_photos(review.submission, other.submission, given[1]),
    )
    opened.desk.store.merge(
        opened.number,
        other.submission.number,
        marks=(told["mark"], told["other_mark"]),
        title=joint.title,
        body=joint.body,
        photos=joint.photos,
        findings=check_submission(joint, opened.desk.settings.rules),
        by=opened.person.name,
        at=opened.desk.now(),
    )
    _note_numbers(opened, settled)
    return "并成一篇了，两家都计采用；请通读一遍，重新三审"


@act(Act.EDIT)
def take_apart(request: HttpRequest, opened: Open) -> str:
    """Take a merged report out again."""
    other = fields(request, "other")["other"]
    held = opened.desk.store.merges_into(opened.number)
    if all(one.merged.number != other for one in held):
        raise NotAllowed("这件投稿没有并在这里，请看过新的再拆")
    merge = opened.desk.store.take_apart(
        other, by=opened.person.name, at=opened.desk.now()
    )
    if merge.is_last_text:
        return f"拆开了：{merge.merged.number} 回到待初审，合并前的文字恢复了"
    return f"拆开了：{merge.merged.number} 回到待初审；合并后改过的文字没有动，请核对"


_LISTS = ("take", "photo")


def _other(opened: Open, number: str) -> Review:
    """The other report, if this person may see it and both may be merged."""
    if not number:
        raise BadAsk("请选要并的另一件投稿")
    try:
        review = opened.desk.store.review(number)
    except NotFound as error:
        raise NotAllowed(f"没有编号为「{number}」的投稿") from error
    if not may_see(opened.person, review):
        raise NotAllowed(f"没有编号为「{number}」的投稿")
    for one in (opened.review, review):
        if one.item_class is ItemClass.CHAIRS:
            raise NotAllowed("须主席定的稿件不能并稿，请主席先定")
        if one.submission.state not in CHANGEABLE:
            raise NotAllowed(f"{one.submission.number} 现在不能并稿：没签发的才可以")
        if any(photo.is_waiting for photo in one.submission.photos):
            raise NotAllowed("照片还在处理，请过一会儿再并")
    if review.submission.number == opened.number:
        raise NotAllowed("请选另一件投稿")
    return review


def _may_join(review: Review, number: str) -> bool:
    is_open = review.submission.state in CHANGEABLE
    is_chairs = review.item_class is ItemClass.CHAIRS
    return is_open and not is_chairs and review.submission.number != number


def _near(one: Submission, other: Submission) -> bool:
    """Whether the events lie a few days apart at most; unknown days may be near."""
    if one.event_day is None or other.event_day is None:
        return True
    return abs(one.event_day - other.event_day) <= _DAYS_APART


def _words(submission: Submission) -> str:
    return f"{submission.title}\n{submission.body.text}"


def _conflicts(review: Review, other: Review) -> tuple[Conflict, ...]:
    return find_conflicts(_words(review.submission), _words(other.submission))


def _side_by_side(opened: Open, other: Review) -> dict[str, object]:
    mine, theirs = opened.review.submission, other.submission
    conflicts = _conflicts(opened.review, other)
    return {
        "other": other,
        "other_unit": unit_name(opened.desk, theirs.unit_id),
        "questions": tuple(
            Question(
                f"number{n}",
                _among(one.first.start, one.first.end, _words(mine)),
                _among(one.second.start, one.second.end, _words(theirs)),
            )
            for n, one in enumerate(conflicts)
        ),
        "choices": _choices(mine.body, theirs.body),
        "room": MAX_PHOTOS - len(mine.photos),
    }


def _choices(first: Body, second: Body) -> tuple[Choice, ...]:
    lines = [(n, text) for n, text in enumerate(map(_line, second.blocks)) if text]
    told = compare_paragraphs(first.text.split("\n"), [text for _, text in lines])
    return tuple(
        Choice(n, one.text, one.is_new) for (n, _), one in zip(lines, told, strict=True)
    )


def _line(block: object) -> str:
    """The words by which a block is offered; pictures go with the photos."""
    match block:
        case Picture():
            return ""
        case Paragraph() | Subhead():
            return Body((block,)).text
    return f"（表格或列表）{Body((block,)).text[:60]}"  # type: ignore[arg-type]


def _among(start: int, end: int, text: str) -> tuple[str, str, str]:
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    return before, text[start:end], after


def _answer(word: str) -> Keep:
    if word not in {keep.value for keep in Keep}:
        raise NotAllowed("两份报送的数字不一样，请逐个选一个（先打电话核实）")
    return Keep(word)


def _photos(
    mine: Submission, theirs: Submission, names: Sequence[str]
) -> tuple[Photo, ...]:
    known = {photo.file for photo in mine.photos}
    added = [p for p in theirs.photos if p.file in names and p.file not in known]
    return (*mine.photos, *added)[:MAX_PHOTOS]


def _note_numbers(opened: Open, settled: Sequence[Settled]) -> None:
    """Keep in the talk what was decided of each number."""
    said = {
        Keep.FIRST: "以前一个为准",
        Keep.SECOND: "以后一个为准",
        Keep.BOTH: "不是一回事，都保留",
    }
    pairs = [(one.conflict.first, one.conflict.second, one.keep) for one in settled]
    lines = [f"{a.written} / {b.written}：{said[keep]}" for a, b, keep in pairs]
    if lines:
        opened.desk.store.add_comment(
            opened.number,
            "并稿时数字不一致：" + "；".join(lines),
            by=opened.person.name,
            at=opened.desk.now(),
        )
