"""An editor's hand on today's edition: pin, drop, order, headline; with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from desk.asking import BadAsk, fields
from desk.guards import leave_note, signed_in
from desk.office import the_desk
from newsroom.arranging import Arranged, Hand, move
from newsroom.checks import check_text
from newsroom.edition import Column, Edition
from newsroom.errors import NewsroomError, NotAllowed
from newsroom.roles import Act, Person
from newsroom.story import FindingLevel, Story
from newsroom.submission_checks import say_found
from newsroom.text import clean_text

_SENT = ("day", "seen", "story", "hand", "column", "place", "reason", "headline")
_LONGEST_TITLE = 40
_LAST_PLACE = 50
Told = dict[str, str]
Change = Callable[[Person, Told, Story, date], str]


def _changing(view: Change) -> Callable[..., HttpResponseBase]:
    """A change of today's plan; refused it gives back what was typed."""

    @require_POST
    @signed_in(Act.ARRANGE)
    @wraps(view)
    def changed(request: HttpRequest, person: Person) -> HttpResponseBase:
        desk, told = the_desk(), fields(request, *_SENT)
        today = desk.now().date()
        if not told["story"].isdecimal():
            raise BadAsk("没有这篇稿件")
        story = desk.store.story(int(told["story"][:12]))
        try:
            _check_day(told, today)
            note = view(person, told, story, today)
        except BadAsk:
            raise
        except NewsroomError as error:
            typed = [told["headline"], told["reason"]]
            kept = "；".join(f"“{clean_text(word)}”" for word in typed if word)
            note = f"{error}。{f'您刚写的没有丢：{kept}' if kept else ''}"
        leave_note(request, note)
        return redirect("edition")

    changed.guard = (Act.ARRANGE,)  # type: ignore[attr-defined]
    return changed


@_changing
def arrange(person: Person, told: Told, story: Story, today: date) -> str:
    """Pin, drop, or leave one story to the machine, with a typed reason."""
    if told["hand"] == "leave":
        _keep(
            person, told, today, (), left=(story.id,), what=_what("恢复机器安排", story)
        )
        return "已恢复机器的安排"
    before = {one.story_id: one for one in the_desk().store.arranged(today)}
    decided = _decided(told, story, person, before.get(story.id))
    words = "今天不用" if decided.hand is Hand.DROP else "放在这里"
    what = f"{_what(words, story)}：{decided.reason}"
    _keep(person, told, today, (decided,), what=what)
    return "排好了，出内部版后生效"


@_changing
def shift(person: Person, told: Told, story: Story, today: date) -> str:
    """Move a story one place up or down in its column."""
    if told["hand"] not in {"up", "down"}:
        raise BadAsk("请选上移或下移")
    desk = the_desk()
    column, order = _column_of(desk.acts.plan(desk.now()), story.id)
    arranged = {one.story_id: one for one in desk.store.arranged(today)}
    changes = move(
        order,
        arranged,
        story.id,
        up=told["hand"] == "up",
        column=column,
        by=person.name,
    )
    if not changes:
        raise NotAllowed("已经在头上或末尾了")
    words = "上移" if told["hand"] == "up" else "下移"
    _keep(person, told, today, changes, is_order=True, what=_what(words, story))
    return f"{words}了一位"


@_changing
def retitle(person: Person, told: Told, story: Story, today: date) -> str:
    """Give a story of our own another headline in this edition; the first is kept."""
    headline = clean_text(told["headline"])[:_LONGEST_TITLE]
    if not story.own:
        raise NotAllowed("别家的稿件不能改标题：转载要照原题")
    _check_headline(headline)
    store = the_desk().store
    before = next((a for a in store.arranged(today) if a.story_id == story.id), None)
    headline = "" if headline == story.headline else headline
    if before is not None and before.hand is Hand.PIN:
        kept: tuple[Arranged, ...] = (_with_title(before, headline),)
    elif headline:
        title = Arranged(story.id, Hand.TITLE, "改题", person.name, headline=headline)
        kept = (title,)
    else:
        kept = ()
    what = f"{_what('改题', story)}为《{headline or story.headline}》"
    _keep(person, told, today, kept, left=(story.id,), what=what)
    return "标题改好了，只在这一期用，原题留着"


@require_POST
@signed_in(Act.ARRANGE)
def undo_arranging(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Take back one's own last change of today's plan."""
    fields(request)
    desk = the_desk()
    try:
        _check_open(desk.now().date())
        what = desk.store.undo_arranging(
            desk.now().date(), by=person.name, at=desk.now()
        )
    except NewsroomError as error:
        leave_note(request, str(error))
    else:
        leave_note(request, f"已撤销：{what}")
    return redirect("edition")


def _check_day(told: Told, today: date) -> None:
    if told["day"] != today.isoformat():
        raise NotAllowed("这是前一天的页面，请看过今天的再排")
    _check_open(today)


def _check_open(today: date) -> None:
    """What was released is no longer arranged, nor the arrangement taken back."""
    issued = the_desk().store.edition(today)
    if issued is not None and issued.release is not None:
        raise NotAllowed("今天的一期已经签发公开，不能再排；有错请更正或撤下")


def _decided(
    told: Told, story: Story, person: Person, before: Arranged | None
) -> Arranged:
    reason = clean_text(told["reason"])[:60]
    if not reason:
        raise NotAllowed("请写一句为什么")
    names = {column.name: column for column in Column}
    if told["hand"] not in {"pin", "drop"} or told["column"] not in names:
        raise BadAsk("请选栏目")
    place = int(told["place"][:3]) if told["place"].isdecimal() else 0
    return Arranged(
        story.id,
        Hand(told["hand"]),
        reason,
        person.name,
        names[told["column"]],
        min(place, _LAST_PLACE),
        before.headline if before else "",
    )


def _with_title(before: Arranged, headline: str) -> Arranged:
    return replace(before, headline=headline)


def _check_headline(headline: str) -> None:
    if not headline:
        raise NotAllowed("标题不能空；要恢复原题，就填回原题")
    found = check_text(headline, the_desk().settings.rules.checks)
    grave = next((f for f in found if f.level is FindingLevel.BLOCK), None)
    if grave is not None:
        raise NotAllowed(f"标题里{say_found(grave)}，请改掉")


def _column_of(planned: Edition, story_id: int) -> tuple[Column, tuple[int, ...]]:
    for column, entries in planned.columns:
        ids = tuple(entry.story_id for entry in entries)
        if story_id in ids:
            return column, ids
    raise NotAllowed("这篇现在不在编排里，请看过新的再排")


def _what(words: str, story: Story) -> str:
    return f"{words}《{story.headline}》"


def _keep(  # noqa: PLR0913 - what is decided, as seen, by whom
    person: Person,
    told: Told,
    today: date,
    changes: tuple[Arranged, ...],
    *,
    left: tuple[int, ...] = (),
    is_order: bool = False,
    what: str,
) -> None:
    desk = the_desk()
    desk.store.arrange_stories(
        today,
        changes,
        left=left,
        seen=told["seen"],
        is_order=is_order,
        what=what,
        by=person.name,
        at=desk.now(),
    )
