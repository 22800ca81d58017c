"""How far pages and forms are after a correction or withdrawal, and trying again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.office import Desk, the_desk
from desk.templating import clock, day_words
from newsroom.roles import Act, Person
from newsroom.story import Story, StoryState
from story_store.form_jobs import FormsJob
from story_store.page_jobs import PagesJob

FORMS = "PDF、Word、长图、卡片"
_CHANGES = {StoryState.WITHDRAWN: "撤下", StoryState.CORRECTED: "更正"}
_WORDS = 300


@dataclass(frozen=True, slots=True)
class Remade:
    """The forms of a day or the pages of a story: how far, as a sentence.

    What ``failed`` can be tried again by its key; ``name`` says what that is.
    """

    key: str
    name: str
    words: str
    failed: bool


@require_POST
@signed_in(Act.EDIT, Act.RELEASE)
def retry_forms(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Do once more, now, what could not be done: a day's forms, a story's pages."""
    told = fields(request, "day", "page")
    desk = the_desk()
    what = _tried_again(desk, told["day"])
    if what:
        desk.store.note_event(person.name, what, at=desk.now())
        desk.acts.work()
        leave_note(request, "正在再做一次")
    else:
        leave_note(request, "没有要再做的：正在做，或者已经做好了")
    return redirect("edition" if told["page"] == "edition" else "published")


def _tried_again(desk: Desk, key: str) -> str:
    """What is tried again, for the log; empty when nothing had failed."""
    if key.isdecimal():
        is_tried = desk.store.retry_pages(int(key[:12]), at=desk.now())
        return f"再换一次稿件 {key} 的网页" if is_tried else ""
    try:
        day = date.fromisoformat(key)
    except ValueError as error:
        raise BadAsk("没有这一天") from error
    is_tried = desk.store.retry_forms(day, at=desk.now())
    return f"重做 {day.isoformat()} 的{FORMS}" if is_tried else ""


def owed(desk: Desk) -> tuple[Remade, ...]:
    """The stories whose pages do not say yet what was corrected or withdrawn."""
    jobs = {job.story_id: job for job in desk.store.pages_owed()}
    stories = desk.store.stories(ids=sorted(jobs)) if jobs else ()
    return tuple(_owed(story, jobs[story.id]) for story in stories)


def owed_by(desk: Desk, story_id: int | None) -> str:
    """Why the pages of this story do not say it yet; empty when they do."""
    if story_id is None:
        return ""
    told = (one.words for one in owed(desk) if one.key == str(story_id))
    return next(told, "")


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


def _owed(story: Story, job: PagesJob) -> Remade:
    what = f"《{story.headline}》的{_CHANGES.get(story.state, '重新签发')}"
    name = f"换{what}的网页"
    if not job.words:
        words = (
            f"{what}已登记，网页还没有换：等前面的任务（例如早晨任务）跑完就自动换，"
            "不用再点。"
        )
        return Remade(str(job.story_id), name, words, failed=False)
    again = "。过几分钟自动再试。" if job.is_open else "。"
    why = job.words[:_WORDS].rstrip("。")
    words = f"{what}已登记，网页没有换成：{why}{again}"
    return Remade(str(job.story_id), name, words, failed=True)


def _told(job: FormsJob) -> Remade:
    key, name = job.day.isoformat(), day_words(job.day)
    if job.is_done:
        return Remade(key, name, f"{FORMS}已重做 {clock(job.at)}。", failed=False)
    if not job.words:
        words = f"{FORMS}正在重做，做好以前网页上没有；过一会儿刷新这一页。"
        return Remade(key, name, words, failed=False)
    again = "。过几分钟自动再试。" if job.is_open else "。"
    why = job.words[:_WORDS].rstrip("。")
    return Remade(key, name, f"没有做成：{why}{again}", failed=True)
