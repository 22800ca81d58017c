"""Today's edition by hand: pins, drops, order; issue it, look at it, release it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame
from desk.office import Desk, the_desk
from newsroom.arranging import Arranged, Hand
from newsroom.edition import Column, Edition, Entry, Passed
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.roles import Act, Person
from newsroom.text import clean_text, join_name

_ISSUED = "出内部版 "
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One story of the plan: its entry, and what an editor decided of it."""

    story_id: int
    headline: str
    kicker: str
    place: int
    reasons: tuple[str, ...]
    score: str
    hand: str
    reason: str


@require_safe
@signed_in(Act.READ)
def edition(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The plan of today, beside what was issued."""
    desk = the_desk()
    now = desk.now()
    today = now.date()
    planned = desk.acts.plan(now)
    issued = desk.store.edition(today)
    arranged = {one.story_id: one for one in desk.store.arranged(today)}
    page = frame(request, person) | {
        "day": today,
        "planned": planned,
        "issued": issued,
        "columns": tuple(
            (column, tuple(_line(n, e, arranged) for n, e in enumerate(entries, 1)))
            for column, entries in planned.columns
        ),
        "passed": tuple(_open_passed(planned.passed)),
        "all_columns": tuple(Column),
        "is_same": issued is not None and _same(issued, planned),
        "editor": _issuer(desk, today),
        "has_pages": (desk.output / "internal" / "index.html").is_file(),
    }
    return render(request, "desk/edition.html", page)


@require_POST
@signed_in(Act.ARRANGE)
def arrange(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Pin, drop or leave one story to the machine, with a typed reason."""
    desk = the_desk()
    told = fields(request, "story", "hand", "column", "place", "reason", "day")
    today = desk.now().date()
    if told["day"] != today.isoformat():
        leave_note(request, "这是前一天的页面，请看过今天的再排")
        return redirect("edition")
    if not told["story"].isdecimal():
        raise BadAsk("没有这篇稿件")
    story_id = int(told["story"][:12])
    desk.store.story(story_id)
    if told["hand"] == "leave":
        desk.store.leave_story(today, story_id)
        leave_note(request, "已恢复机器的安排")
        return redirect("edition")
    try:
        decided = _arranged(told, story_id, person)
    except NotAllowed as error:
        leave_note(request, str(error))
        return redirect("edition")
    desk.store.arrange_story(today, decided, at=desk.now())
    leave_note(request, "排好了，出内部版后生效")
    return redirect("edition")


def _arranged(told: dict[str, str], story_id: int, person: Person) -> Arranged:
    reason = clean_text(told["reason"])[:60]
    if not reason:
        raise NotAllowed("请写一句为什么")
    names = {column.name: column for column in Column}
    if told["hand"] not in {"pin", "drop"} or told["column"] not in names:
        raise BadAsk("请选栏目")
    place = int(told["place"]) if told["place"].isdecimal() else 0
    return Arranged(
        story_id,
        Hand(told["hand"]),
        reason,
        person.name,
        names[told["column"]],
        min(place, 50),
    )


@require_POST
@signed_in(Act.ARRANGE)
def issue(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Issue the internal edition as planned; the pages are built anew."""
    desk = the_desk()
    fields(request)
    try:
        made = desk.acts.issue(desk.now())
    except NewsroomError as error:
        leave_note(request, str(error))
        return redirect("edition")
    what = f"{_ISSUED}{made.day.isoformat()}"
    desk.store.note_event(person.name, what, at=desk.now())
    leave_note(request, f"第{made.number}期内部版已出")
    return redirect("edition")


@require_POST
@signed_in(Act.RELEASE)
def release(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Let the issued edition into the public tree: editor and signer, two people."""
    desk = the_desk()
    told = fields(request, "day", "number")
    today = desk.now().date()
    issued = desk.store.edition(today)
    editor = _issuer(desk, today)
    if issued is None or told["day"] != today.isoformat():
        leave_note(request, "今天还没有出内部版，不能签发")
        return redirect("edition")
    if not editor or not issued.edited:
        leave_note(request, "今天的内部版还没有编辑看过，请编辑先出一次内部版")
        return redirect("edition")
    try:
        if join_name(editor) == join_name(person.name):
            raise NotAllowed("出内部版的人不能自己签发，请另一位同志签发")
        made = desk.acts.release(today, editor, person.name, desk.now())
    except NewsroomError as error:
        leave_note(request, str(error))
        return redirect("edition")
    what = f"签发公开 {today.isoformat()}（编辑 {editor}）"
    desk.store.note_event(person.name, what, at=desk.now())
    leave_note(request, f"第{made.number}期已签发公开")
    return redirect("edition")


@require_safe
@signed_in(Act.READ)
def internal_page(
    request: HttpRequest,  # noqa: ARG001 - a view
    person: Person,  # noqa: ARG001 - as signed_in gives it
    name: str,
) -> HttpResponseBase:
    """A page of the internal tree as it was built."""
    file = _inside(the_desk().output / "internal", name)
    return HttpResponse(file.read_bytes(), content_type=_TYPES[file.suffix])


def _inside(root: Path, name: str) -> Path:
    """The file of this name below the root.

    Raises:
        NotFound: it lies elsewhere, is no file, or of no kind that pages have.
    """
    if "\\" in name or "\0" in name or ":" in name:
        raise NotFound("没有这一页")
    file = (root / name).resolve()
    inside = file.is_relative_to(root.resolve()) and file.is_file()
    if not inside or file.suffix not in _TYPES:
        raise NotFound("没有这一页")
    return file


def _line(place: int, entry: Entry, arranged: dict[int, Arranged]) -> Line:
    decided = arranged.get(entry.story_id)
    return Line(
        entry.story_id,
        entry.headline,
        entry.kicker,
        place,
        entry.reasons,
        entry.score.line if entry.score else "",
        decided.hand.value if decided else "",
        decided.reason if decided else "",
    )


def _open_passed(passed: tuple[Passed, ...]) -> list[Passed]:
    """Those that could still be pinned, the newest first."""
    return sorted(passed, key=lambda one: one.story_id, reverse=True)[:60]


def _same(issued: Edition, planned: Edition) -> bool:
    now = [(c, [e.story_id for e in entries]) for c, entries in planned.columns]
    return now == [(c, [e.story_id for e in entries]) for c, entries in issued.columns]


def _issuer(desk: Desk, day: date) -> str:
    """Who issued the day's internal edition last, empty when only the machine did."""
    what = f"{_ISSUED}{day.isoformat()}"
    return next((e.by for e in desk.store.events() if e.what == what), "")
