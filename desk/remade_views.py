"""How far the forms of an edition are after a correction, and trying them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.office import Desk, the_desk
from desk.templating import clock
from newsroom.roles import Act, Person
from story_store.form_jobs import FormsJob

FORMS = "PDF、Word、长图、卡片"
_WORDS = 300


@dataclass(frozen=True, slots=True)
class Remade:
    """The forms of a day, as a sentence; ``failed`` ones can be tried again."""

    day: date
    words: str
    failed: bool


@require_POST
@signed_in(Act.EDIT, Act.RELEASE)
def retry_forms(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Make the forms of a day that could not be made once more, now."""
    told = fields(request, "day", "page")
    try:
        day = date.fromisoformat(told["day"])
    except ValueError as error:
        raise BadAsk("没有这一天") from error
    desk = the_desk()
    if desk.store.retry_forms(day, at=desk.now()):
        what = f"重做 {day.isoformat()} 的{FORMS}"
        desk.store.note_event(person.name, what, at=desk.now())
        desk.acts.work()
        leave_note(request, "正在再做一次")
    else:
        leave_note(request, "这一期没有要再做的：正在做，或者已经做好了")
    return redirect("edition" if told["page"] == "edition" else "published")


def remade(desk: Desk) -> dict[date, Remade]:
    """The forms of each day that were ever taken down, the newest day first."""
    return {day: _told(job) for day, job in desk.store.forms_jobs().items()}


def unfinished(desk: Desk, today: date) -> tuple[Remade, ...]:
    """Those of today, and those of other days that are not made yet."""
    jobs = desk.store.forms_jobs().items()
    return tuple(_told(job) for day, job in jobs if day == today or not job.is_done)


def being_remade(desk: Desk) -> str:
    """A sentence for whoever corrected or withdrew; empty when all are there."""
    if any(job.is_open for job in desk.store.forms_jobs().values()):
        return f"。{FORMS}已先拿下，正在重做，做得怎样看“已公开”"
    return ""


def _told(job: FormsJob) -> Remade:
    if job.is_done:
        return Remade(job.day, f"{FORMS}已重做 {clock(job.at)}。", failed=False)
    if not job.words:
        words = f"{FORMS}正在重做，做好以前网页上没有；过一会儿刷新这一页。"
        return Remade(job.day, words, failed=False)
    again = "。过几分钟自动再试。" if job.is_open else "。"
    why = job.words[:_WORDS].rstrip("。")
    return Remade(job.day, f"没有做成：{why}{again}", failed=True)
