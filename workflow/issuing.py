"""Step four of the morning: choose, and fix the edition of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.arranging import arrange
from newsroom.article import CHINA
from newsroom.calendars import previous_working_day
from newsroom.choosing import choose
from newsroom.edition import Board, Column, Edition
from newsroom.editions import LATELY, make_board, make_edition, reminders_for
from newsroom.reprints import materially_new
from newsroom.rules import Rules
from newsroom.scoring import SIMILAR_DAYS, ScoreContext, recent_story
from newsroom.source import Source, SourceReport
from newsroom.story import Story, StoryState
from newsroom.submission import Submission, SubmissionState

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

CANDIDATE_DAYS = 45
MADE_UP = timedelta(days=7)
ADOPTED = frozenset(
    {
        SubmissionState.FINAL_OK,
        SubmissionState.PUBLISHED,
        SubmissionState.CORRECTED,
    }
)


def issue_edition(
    office: Office, store: Store, reports: Sequence[SourceReport]
) -> Edition:
    """Choose the day's stories and issue its edition."""
    return store.issue(plan_edition(office, store, reports))


def put_away_later(office: Office, store: Store) -> str:
    """Put away what was issued while the clock was ahead; a sentence, or nothing.

    It would stand on the front page until its day comes. What was released by then is
    public and stays, but not in front before its day (``place_of_newest``). Where the
    office has not worked lately by this date, it is this date that may be wrong.
    """
    today = office.now.date()
    before = store.last_edition(today)
    if before is None or today - before.day > LATELY:
        return ""
    away = "、".join(map(str, store.put_away_after(today)))
    told = away and f"{away} 的简报是电脑日期错的时候编的，已经收起，不再显示"
    left = sorted(day for day in store.edition_digests() if day > today)
    days = "、".join(map(str, left))
    public = days and (
        f"{days} 的简报日期还没有到，像是电脑日期错的时候签发的：它的网页还在，"
        "首页和订阅到那一天才放它，那一天不再另编，新稿编进下一期；"
        "里面的稿件可以用 gonghui withdraw 撤下"
    )
    return "；".join(filter(None, (told, public)))


def moment_of_newest(office: Office, store: Store) -> datetime:
    """When the newest edition was issued, or now where none is of a later day.

    Who makes up for a missed day (``--as-of``) has newer editions: pages that are built
    then show the newest of them in front all the same. Those of a week ahead are such;
    further ones are of a wrong clock.
    """
    today = office.now.astimezone(CHINA).date()
    near = {day for day in store.edition_digests() if today < day <= today + MADE_UP}
    newest = store.edition(max(near)) if near else None
    return max(office.now, newest.issued_at) if newest else office.now


def plan_edition(
    office: Office,
    store: Store,
    reports: Sequence[SourceReport],
    *,
    edited: bool = False,
) -> Edition:
    """Today's edition as it would be issued now, with what editors arranged by hand.

    Nothing is kept. ``edited`` says that an editor stands behind it.
    """
    day = office.now.date()
    rules = office.settings.rules
    earlier = store.editions_before(day)
    last = earlier[0] if earlier else None
    covers_from = (
        last.day + timedelta(days=1)
        if last
        else previous_working_day(day, rules.calendar)
    )
    recent = store.stories(since=day - timedelta(days=SIMILAR_DAYS))
    candidates = [s for s in recent if _may_stand(s, day)]
    unit_last_shown = last_shown_units(earlier)
    sources = _sources(office)
    choice = choose(
        candidates,
        day=day,
        covers_from=covers_from,
        last_issued=last.issued_at if last else None,
        shown=_shown(earlier),
        unit_last_shown=unit_last_shown,
        sources=sources,
        rules=rules,
        context=_context(recent, day, unit_last_shown, rules),
        updated=_updated(store, candidates, earlier),
    )
    arranged = store.arranged(day)
    choice = arrange(
        choice, arranged, {s.id: s for s in candidates}, day=day, rules=rules
    )
    number, total = store.next_numbers(
        day, office.settings.edition.next_number, office.settings.edition.next_total
    )
    return make_edition(
        choice,
        day=day,
        number=number,
        total=total,
        covers_from=covers_from,
        issued_at=office.now,
        board=month_board(store, rules, day, earlier, (*choice.all_entries,)),
        reminders=reminders_for(day, rules.reminders),
        reports=reports,
        recent=earlier[:10],
        rules=rules,
        edited=edited or bool(arranged),
    )


def _sources(office: Office) -> Mapping[str, Source]:
    return {source.id: source for source in office.settings.newsroom_sources()}


def _may_stand(story: Story, day: date) -> bool:
    fresh = story.first_seen.date() >= day - timedelta(days=CANDIDATE_DAYS)
    return fresh and story.state is not StoryState.SPIKED


def _shown(earlier: Iterable[Edition]) -> dict[int, date]:
    shown: dict[int, date] = {}
    for edition in earlier:
        for entry in edition.all_entries:
            shown.setdefault(entry.story_id, edition.day)
    return shown


def last_shown_units(earlier: Iterable[Edition]) -> dict[str, date]:
    """By unit, the last day on which it stood among the highlights."""
    days: dict[str, date] = {}
    for edition in earlier:
        for entry in edition.entries(Column.HIGHLIGHTS):
            if entry.unit_id:
                days.setdefault(entry.unit_id, edition.day)
    return days


def _context(
    recent: Iterable[Story],
    day: date,
    unit_last_shown: Mapping[str, date],
    rules: Rules,
) -> ScoreContext:
    grassroots = (s for s in recent if s.units and s.state is not StoryState.SPIKED)
    return ScoreContext(
        today=day,
        recent=tuple(map(recent_story, grassroots)),
        unit_last_shown=unit_last_shown,
        outlets=rules.outlets,
        checks=rules.checks,
    )


def _updated(
    store: Store, candidates: Iterable[Story], earlier: Iterable[Edition]
) -> dict[int, str]:
    """Stories that were shown and have since changed in what matters."""
    shown_on = {
        entry.story_id: edition.issued_at
        for edition in reversed(tuple(earlier))
        for entry in edition.all_entries
    }
    updated: dict[int, str] = {}
    for story in candidates:
        since = shown_on.get(story.id)
        if since is None:
            continue
        for article in store.articles_of(story.id):
            for version in store.versions(article.id):
                if version.replaced_at <= since:
                    continue
                new = materially_new(version.article.body.text, story.body.text)
                if new:
                    updated[story.id] = new
    return updated


def month_board(
    store: Store,
    rules: Rules,
    day: date,
    earlier: Sequence[Edition],
    today: Sequence[object],
) -> Board:
    """数据看板 of the month up to the day of the edition."""
    since = day.replace(day=1)
    known = store.known_submissions()
    handed_in = [s for s in known if since <= s.received_at.date() <= day]
    shown: Counter[str] = Counter()
    for entry in (
        *(e for ed in earlier if ed.day >= since for e in ed.all_entries),
        *today,
    ):
        unit_id = getattr(entry, "unit_id", None)
        if unit_id:
            shown[unit_id] += 1
    return make_board(
        rules,
        until=day,
        stories=store.count_stories(since=since, until=day),
        received=_count(handed_in),
        adopted=_count(s for s in handed_in if is_adopted(store, s)),
        shown=shown,
        last_shown=last_shown_units(earlier),
    )


def is_adopted(store: Store, submission: Submission) -> bool:
    """Whether it counts as taken: itself, or the joint report that it was put into."""
    if submission.state is SubmissionState.MERGED:
        into = store.merged_into(submission.number)
        return into is not None and store.submission(into).state in ADOPTED
    return submission.state in ADOPTED


def _count(submissions: Iterable[Submission]) -> Counter[str]:
    return Counter(sub.unit_id for sub in submissions)
