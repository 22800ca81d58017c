"""Today's edition: the plan with its reasons; preview it, issue it, release it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.asking import fields
from desk.guards import leave_note, refused, signed_in
from desk.inbox_views import frame
from desk.office import Desk, the_desk
from desk.remade_views import owed, unfinished
from desk.uploads import show_picture
from newsroom.arranging import Arranged
from newsroom.edition import Column, Edition, Entry, Passed, ScorePart
from newsroom.errors import NewsroomError, NotAllowed, NotFound
from newsroom.roles import Act, Person
from newsroom.story import StoryState
from newsroom.text import join_name
from story_store.editions import edition_digest

_PICTURE = re.compile(r"(?:\w+/)*[0-9a-f]{64}\.(?:jpg|png|webp)")
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
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar; charset=utf-8",
}
# Each built page says what it needs, the offline form by the hash of its one script.
_OWN_CSP = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
_HEAD = 2000
_ONLY_FRONT = "预览只有首页，这一页还没有做出来：出了内部版，在“看内部版网页”里点得开"


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
    by: str
    first_headline: str
    own: bool
    parts: tuple[ScorePart, ...]
    is_withdrawn: bool


@require_safe
@signed_in(Act.READ)
def edition(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The plan of today, beside what was issued."""
    desk = the_desk()
    now = desk.now()
    today = now.date()
    issued = desk.store.edition(today)
    is_released = issued is not None and issued.release is not None
    # What readers have is shown, not what was moved about since and never issued.
    planned = issued if issued and is_released else desk.acts.plan(now)
    arranged = {one.story_id: one for one in desk.store.arranged(today)}
    page = frame(request, person) | {
        "day": today,
        "planned": planned,
        "issued": issued,
        "columns": tuple(
            (column, _lines(desk, entries, arranged))
            for column, entries in planned.columns
        ),
        "passed": tuple(_open_passed(planned.passed)),
        "all_columns": tuple(Column),
        "by_hand": frozenset(arranged),
        "seen": desk.store.arrangement_mark(today),
        "steps": desk.store.arrangement_steps(today),
        "may_undo": not is_released
        and desk.store.can_undo_arranging(today, by=person.name, at=now),
        "digest": edition_digest(issued) if issued else "",
        "is_same": issued is not None and _same(issued, planned),
        "editor": _issuer(desk, today),
        "forms": unfinished(desk, today),
        "owed": owed(desk),
        "has_pages": (desk.output / "internal" / "index.html").is_file(),
    }
    return render(request, "desk/edition.html", page)


@require_POST
@signed_in(Act.ARRANGE)
def issue(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Issue the internal edition as planned; the pages are built anew."""
    desk = the_desk()
    seen = fields(request, "seen")["seen"]
    try:
        _check_seen(desk, seen)
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
    told = fields(request, "day", "digest")
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
        if told["digest"] != edition_digest(issued):
            raise NotAllowed("您看的不是最新的一期，请看过新的再签发")
        made = desk.acts.release(today, editor, person.name, desk.now())
    except NewsroomError as error:
        leave_note(request, str(error))
        return redirect("edition")
    digest = made.release.digest if made.release else ""
    what = f"签发公开 {today.isoformat()}（编辑 {editor}，指纹 {digest[:16]}）"
    desk.store.note_event(person.name, what, at=desk.now())
    leave_note(request, f"第{made.number}期已签发公开")
    return redirect("edition")


@require_safe
@signed_in(Act.READ)
def preview(
    request: HttpRequest,
    person: Person,  # noqa: ARG001 - as signed_in gives it
    tree: str,
    name: str,
) -> HttpResponseBase:
    """Today's front page as it would be, by the very templates; nothing is kept."""
    if tree not in {"internal", "public"}:
        raise NotFound("没有这一页")
    desk = the_desk()
    if _PICTURE.fullmatch(name):
        return show_picture(desk, name.rpartition("/")[2])
    made = desk.acts.pages.preview(desk.now(), is_public=tree == "public")
    if name == "index.html":
        return HttpResponse(made.page, content_type=_TYPES[".html"])
    content = made.files.get(name)
    if content is None and _is_built(desk.output / "internal", name):
        return redirect("internal_page", name)
    if content is None:
        return refused(request, _ONLY_FRONT, 404)
    return HttpResponse(content, content_type=_TYPES[Path(name).suffix])


@require_safe
@signed_in(Act.READ)
def internal_page(
    request: HttpRequest,  # noqa: ARG001 - a view
    person: Person,  # noqa: ARG001 - as signed_in gives it
    name: str,
) -> HttpResponseBase:
    """A page of the internal tree as it was built."""
    file = _inside(the_desk().output / "internal", name)
    content = file.read_bytes()
    answer = HttpResponse(content, content_type=_TYPES[file.suffix])
    own = _OWN_CSP.search(content[:_HEAD].decode("utf-8", "replace"))
    if file.suffix == ".html" and own:
        policy = f"{own[1]}; frame-ancestors 'none'"
        answer.headers["Content-Security-Policy"] = policy
    return answer


def _is_built(root: Path, name: str) -> bool:
    try:
        _inside(root, name)
    except NotFound:
        return False
    return True


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


def _lines(
    desk: Desk, entries: tuple[Entry, ...], arranged: dict[int, Arranged]
) -> tuple[Line, ...]:
    ids = [entry.story_id for entry in entries]
    stories = {story.id: story for story in desk.store.stories(ids=ids)}
    return tuple(
        Line(
            entry.story_id,
            entry.headline,
            entry.kicker,
            place,
            entry.reasons,
            entry.score.line if entry.score else "",
            decided.hand.value if decided else "",
            decided.reason if decided else "",
            decided.by if decided else "",
            first.headline if first else entry.headline,
            entry.own,
            entry.score.parts if entry.score else (),
            first is not None and first.state is StoryState.WITHDRAWN,
        )
        for place, entry in enumerate(entries, 1)
        for decided in [arranged.get(entry.story_id)]
        for first in [stories.get(entry.story_id)]
    )


def _check_seen(desk: Desk, seen: str) -> None:
    """Nobody issues what somebody else has just changed, unseen."""
    if seen and seen != desk.store.arrangement_mark(desk.now().date()):
        raise NotAllowed("刚刚有人调整过编排，请看过新的再出")


def _open_passed(passed: tuple[Passed, ...]) -> list[Passed]:
    """Those that could still be pinned, the newest first."""
    return sorted(passed, key=lambda one: one.story_id, reverse=True)[:60]


def _same(issued: Edition, planned: Edition) -> bool:
    return _order(issued) == _order(planned)


def _order(edition: Edition) -> list[tuple[Column, list[tuple[int, str]]]]:
    return [
        (column, [(e.story_id, e.headline) for e in entries])
        for column, entries in edition.columns
    ]


def _issuer(desk: Desk, day: date) -> str:
    """Who issued the day's internal edition last, empty when only the machine did."""
    what = f"{_ISSUED}{day.isoformat()}"
    return next((e.by for e in desk.store.events() if e.what == what), "")
