"""What stands in public, and taking it back: at once, by name, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.inbox_views import frame
from desk.office import the_desk
from desk.opened import Open, act
from desk.remade_views import being_remade, owed, remade
from desk.signing import check_passable, save_again
from newsroom.edition import Edition
from newsroom.errors import NewsroomError, NotAllowed
from newsroom.roles import Act, Person
from newsroom.signing import Approval, Step, check_after_publication
from newsroom.story import Story, StoryState
from newsroom.submission import SubmissionState
from newsroom.text import clean_text
from story_store.reviews import TextChanged

_EDITIONS = 20
_STATE_WORDS = {
    StoryState.WITHDRAWN: "已撤下",
    StoryState.CORRECTED: "已更正",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A story of an issued edition, as the list of what is public names it."""

    id: int
    headline: str
    source: str
    number: str
    state: str
    is_withdrawn: bool


@require_safe
@signed_in(Act.READ)
def published(request: HttpRequest, person: Person) -> HttpResponseBase:
    """The stories of the last editions, each with its ways back."""
    desk = the_desk()
    editions = desk.store.editions(released=True, limit=_EDITIONS)
    ids = [e.story_id for one in editions for e in one.all_entries]
    stories = {story.id: story for story in desk.store.stories(ids=ids)}
    days = [(one.day, one.number, _shown(one, stories)) for one in editions]
    page = frame(request, person) | {
        "days": tuple(days),
        "forms": remade(desk),
        "owed": owed(desk),
        "may_withdraw": person.may(Act.EDIT) or person.may(Act.RELEASE),
    }
    return render(request, "desk/published.html", page)


@require_POST
@signed_in(Act.EDIT, Act.RELEASE)
def withdraw_story(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take a story of any origin out of both trees, by its number in the store."""
    told = fields(request, "story", "reason")
    if not told["story"].isdecimal():
        raise BadAsk("没有这篇稿件")
    try:
        leave_note(request, take_back(person, int(told["story"][:12]), told["reason"]))
    except NewsroomError as error:
        leave_note(request, str(error))
    return redirect("published")


@act(Act.EDIT, Act.RELEASE)
def withdraw(request: HttpRequest, opened: Open) -> str:
    """Take a signed or published submission back."""
    told = fields(request, "mark", "reason")
    if told["mark"] != opened.review.mark:
        raise TextChanged("这件稿子刚刚有人办过，请看过新的再办")
    story_id = opened.review.submission.story_id
    if story_id is None:
        raise NotAllowed("这件还没有签发，用不着撤下：可以退回或不采用")
    return take_back(opened.person, story_id, told["reason"])


@act(Act.RELEASE)
def publish_again(request: HttpRequest, opened: Open) -> str:
    """Let a withdrawn text stand again: a new signature under the same words."""
    told = fields(request, "mark", "hash", "words")
    review, person, now = opened.review, opened.person, opened.desk.now()
    words = clean_text(told["words"])[:200]
    if review.submission.state is not SubmissionState.WITHDRAWN:
        raise NotAllowed("这件没有撤下")
    if not words:
        raise NotAllowed("请写一句为什么恢复")
    if told["hash"] != review.text_hash:
        raise TextChanged("您看的不是最新的文字，请看过新的再签")
    check_after_publication(person, review.item_class)
    check_passable(review, opened.desk, Step.FINAL)
    signed = Approval(Step.FINAL, person.name, now, review.text_hash, person.id, words)
    with opened.desk.store.writing():
        after = opened.desk.store.decide(
            opened.number,
            SubmissionState.FINAL_OK,
            mark=told["mark"],
            by=person.name,
            at=now,
            reason=f"重新签发：{words}",
            approval=signed,
        )
        save_again(opened.desk, after, reason=f"{person.name}重新签发：{words}")
    waits = opened.desk.acts.pages.change(now)
    if waits:
        return f"已重新签发。{waits}"
    return f"已重新签发，回到原来的位置{being_remade(opened.desk)}"


@act(Act.EDIT)
def rework(request: HttpRequest, opened: Open) -> str:
    """Change a withdrawn text: it goes through all three reviews again."""
    told = fields(request, "mark", "words")
    words = clean_text(told["words"])[:200] or "改了再登"
    opened.desk.store.rework(
        opened.number,
        mark=told["mark"],
        by=opened.person.name,
        at=opened.desk.now(),
        reason=f"撤下后重新三审：{words}",
    )
    return "可以改文字了，改好重新三审"


def take_back(person: Person, story_id: int, reason: str) -> str:
    """Withdraw a story in somebody's name; what was done, as a sentence.

    Raises:
        NotAllowed: the reason is missing.
        NotFound: there is no such story.
    """
    reason = clean_text(reason)[:200]
    if not reason:
        raise NotAllowed("请写为什么撤下，这句话记进稿件的历史，报送人也看得到")
    desk = the_desk()
    story = desk.store.story(story_id)
    if story.state is StoryState.WITHDRAWN:
        raise NotAllowed("这篇已经撤下了")
    done = desk.acts.pages.withdraw(story_id, person.name, reason, desk.now())
    what = f"撤下《{story.headline}》（稿件 {story_id}）：{reason}"
    desk.store.note_event(person.name, what, at=desk.now())
    return f"{done}{being_remade(desk)}"


def _shown(edition: Edition, stories: dict[int, Story]) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            entry.story_id,
            entry.headline,
            entry.kicker,
            story.submission_number or "",
            _STATE_WORDS.get(story.state, ""),
            story.state is StoryState.WITHDRAWN,
        )
        for entry in edition.all_entries
        if (story := stories.get(entry.story_id)) is not None
    )
