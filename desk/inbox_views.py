"""The inbox: what waits, for whom, with counts; nobody sees what is the chair's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.guards import session_cookie, signed_in
from desk.office import Desk, the_desk
from desk.signing import unseen_by_chair
from newsroom.asking import questions_left
from newsroom.roles import Act, Person, Role
from newsroom.signing import CLASS_WORDS, ItemClass, next_step
from newsroom.story import Finding, FindingLevel
from newsroom.submission import STATE_WORDS, Submission, SubmissionState
from newsroom.submission_checks import CHAIR_DECIDES
from newsroom.text import clean_text
from story_store.reviews import Review

_S = SubmissionState
TABS = (
    ("wait", "待办", frozenset({_S.CHECKED, _S.FIRST_OK, _S.SECOND_OK})),
    ("first", "待初审", frozenset({_S.CHECKED})),
    ("second", "待复审", frozenset({_S.FIRST_OK})),
    ("final", "待终审", frozenset({_S.SECOND_OK})),
    ("hold", "缓发", frozenset({_S.HOLD})),
    ("returned", "已退回", frozenset({_S.RETURNED})),
    ("signed", "已签发", frozenset({_S.FINAL_OK})),
    ("used", "已发布", frozenset({_S.PUBLISHED, _S.CORRECTED})),
    (
        "closed",
        "未采用和其他",
        frozenset({_S.REJECTED, _S.INTERNAL, _S.MERGED, _S.DUPLICATE, _S.WITHDRAWN}),
    ),
)
_OPEN = frozenset({_S.CHECKED, _S.FIRST_OK, _S.SECOND_OK, _S.HOLD})
# What is still under way is always shown whole; of what is over, the newest.
_UNDER_WAY = _OPEN | {_S.SUBMITTED, _S.RETURNED, _S.FINAL_OK}
_OVER = frozenset(_S) - _UNDER_WAY
_NEWEST = 500


@dataclass(frozen=True, slots=True)
class Tab:
    """One filter of the inbox and how many stand behind it, ``more`` when older too."""

    id: str
    words: str
    count: int
    is_current: bool
    more: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the list."""

    number: str
    title: str
    unit: str
    received_at: datetime
    state: str
    item_class: str
    door: str
    photos: int
    blocks: int
    warns: int
    to_read: bool
    lacking: int
    is_mine: bool


@require_safe
@signed_in()
def inbox(request: HttpRequest, person: Person) -> HttpResponseBase:
    """What lies in the inbox, by filter, unit and word; others are told their part."""
    desk = the_desk()
    today = desk.now().date()
    unit = request.GET.get("unit", "")
    word = clean_text(request.GET.get("q", ""))[:40]
    reviews = _lying(desk, person, whole=bool(unit or word))
    tab = request.GET.get("tab", "wait")
    narrowed = [r for r in reviews if _fits(r, unit, word)]
    counts = Counter(_stands_at(r, today) for r in narrowed)
    is_cut = not (unit or word) and sum(counts[s] for s in _OVER) >= _NEWEST
    states = next((s for key, _, s in TABS if key == tab), TABS[0][2])
    listed = [r for r in narrowed if _stands_at(r, today) in states]
    listed.sort(key=lambda r: not is_next(person, r, today))
    page = frame(request, person) | {
        "tabs": tuple(
            Tab(
                key,
                words,
                sum(counts[s] for s in wanted),
                key == tab,
                is_cut and bool(wanted & _OVER),
            )
            for key, words, wanted in TABS
        ),
        "rows": tuple(_row(desk, person, r, today) for r in listed),
        "is_webmaster": Role.WEBMASTER in person.roles,
        "is_cut": is_cut and bool(states & _OVER),
        "is_fresh": not reviews and not (unit or word),
        "units": units_of(desk, reviews),
        "tab": tab,
        "unit": unit,
        "word": word,
    }
    return render(request, "desk/inbox.html", page)


def _lying(desk: Desk, person: Person, *, whole: bool) -> list[Review]:
    """All that is under way, and of what is over the newest, or all of it too."""
    if not person.may(Act.READ):
        return []
    under_way = desk.store.reviews(_UNDER_WAY, limit=None)
    over = desk.store.reviews(_OVER, limit=None if whole else _NEWEST)
    seen = [r for r in (*under_way, *over) if may_see(person, r)]
    return sorted(seen, key=lambda r: r.submission.received_at, reverse=True)


def _stands_at(review: Review, today: date) -> SubmissionState:
    """The state by which it is listed: what was put off is back on its day."""
    return _S.SECOND_OK if _is_due(review, today) else review.submission.state


def _is_due(review: Review, today: date) -> bool:
    until = review.hold_until
    return review.submission.state is _S.HOLD and (until is None or until <= today)


def visible(desk: Desk, person: Person) -> tuple[Review, ...]:
    """The newest submissions that this person may know of."""
    reviews = desk.store.reviews(frozenset(_S), limit=_NEWEST)
    return tuple(r for r in reviews if may_see(person, r))


def may_see(person: Person, review: Review) -> bool:
    """Whether this person may know of a submission at all (domain: 2.5, class C).

    One that is not checked yet may turn out to be the chair's.
    """
    if not person.may(Act.READ):
        return False
    is_unchecked = review.submission.state is _S.SUBMITTED
    is_chairs = review.item_class is ItemClass.CHAIRS or is_unchecked
    return not is_chairs or person.may(Act.SEE_CHAIRS)


def frame(request: HttpRequest, person: Person) -> dict[str, object]:
    """What every page of the desk shows around itself."""
    desk = the_desk()
    token = request.COOKIES.get(session_cookie(), "")
    note = desk.store.session_note(token)
    if note:
        desk.store.leave_note(token, "")
    return {
        "person": person,
        "office": desk.settings.office,
        "may": {act.name: person.may(act) for act in Act},
        "note": note,
        "in_tray": waiting_for(desk, person),
        "now": desk.now(),
    }


def waiting_for(desk: Desk, person: Person) -> int:
    """How many submissions wait for this person's step."""
    if not person.may(Act.READ):
        return 0
    reviews, today = desk.store.reviews(_OPEN, limit=None), desk.now().date()
    return sum(may_see(person, r) and is_next(person, r, today) for r in reviews)


def unit_name(desk: Desk, unit_id: str) -> str:
    """The unit's name, or its id when the office no longer lists it."""
    unit = desk.settings.rules.units.unit(unit_id)
    return unit.name if unit else unit_id


def units_of(desk: Desk, reviews: Iterable[Review]) -> tuple[tuple[str, str], ...]:
    """The units that these came from, by name."""
    ids = {r.submission.unit_id for r in reviews}
    return tuple(sorted((i, unit_name(desk, i)) for i in ids))


def _fits(review: Review, unit: str, word: str) -> bool:
    submission = review.submission
    if unit and submission.unit_id != unit:
        return False
    words = f"{submission.number}{submission.title}{submission.body.text}"
    return word.upper() in words.upper()


def _row(desk: Desk, person: Person, review: Review, today: date) -> Row:
    submission = review.submission
    levels = Counter(f.level for f in _open_findings(review))
    return Row(
        number=submission.number,
        title=submission.title,
        unit=unit_name(desk, submission.unit_id),
        received_at=submission.received_at,
        state=_state_words(review, today),
        item_class=CLASS_WORDS[review.item_class],
        door=submission.door.value,
        photos=len(submission.photos),
        blocks=levels[FindingLevel.BLOCK],
        warns=levels[FindingLevel.WARN],
        to_read=bool(unread(submission)),
        lacking=len(lacking(review)),
        is_mine=is_next(person, review, today),
    )


def _open_findings(review: Review) -> list[Finding]:
    """What still is to be answered for: not what the chair has decided."""
    found = review.submission.findings
    unseen = unseen_by_chair(review, found)
    return [f for f in found if f.rule != CHAIR_DECIDES or f in unseen]


def _state_words(review: Review, today: date) -> str:
    """The state; of what was put off until when, or that its day has come."""
    if _is_due(review, today):
        return "缓发到期"
    until, state = review.hold_until, review.submission.state
    if state is _S.HOLD and until is not None:
        return f"缓发到{until.month}月{until.day}日"
    return STATE_WORDS[state]


def unread(submission: Submission) -> tuple[str, ...]:
    """What was left unread; what the story lacks is asked, not read."""
    notes = submission.could_not_read
    return tuple(note for note in notes if not note.startswith("缺："))


def lacking(review: Review) -> tuple[str, ...]:
    """What the unit could still be asked, while the story can go back to it."""
    submission = review.submission
    if next_step(submission.state) is None:
        return ()
    return questions_left(
        submission.title,
        submission.body.text,
        event_day=submission.event_day,
        place=submission.place,
    )


def is_next(person: Person, review: Review, today: date) -> bool:
    """Whether the next step of a submission is this person's to take today.

    What was put off asks for nobody before its day.
    """
    step = next_step(review.submission.state)
    if step is None:
        return False
    if review.item_class is ItemClass.CHAIRS:
        return person.may(Act.CHAIR_DECIDES)
    if review.submission.state is _S.HOLD and not _is_due(review, today):
        return False
    signed = any(a.account_id == person.id for a in review.approvals)
    return person.may(Act[step.name]) and not signed
