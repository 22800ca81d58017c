"""Editors hear of new submissions at set times, by the way that [alarm] names.

One message a time and none when nothing came. What counts is when a story came to
wait for 初审: checked, mended and handed in again, or by an appeal. What is the
chair's to decide is in no count of it. Names of units only: no titles, no people, no
phones leave the office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.calendars import is_working_day
from newsroom.rules import Calendar
from newsroom.signing import ItemClass
from newsroom.submission import SubmissionState
from workflow.telling import can_tell, tell

if TYPE_CHECKING:
    from story_store.reviews import Arrival
    from story_store.store import Store
    from workflow.office import Office

SUBJECT = "【工会之声】收件箱有新稿"
_FARTHEST = 15  # days; longer holidays than that there are none
_MOST_UNITS = 8


def tell_of_new(
    office: Office,
    store: Store,
    *,
    now: datetime,
    send: Callable[[Office, str, str], Sequence[str]] = tell,
) -> tuple[str, ...]:
    """Tell of what came since the last set time, once; sentences of what failed."""
    times, calendar = office.settings.desk.notice_at, office.settings.rules.calendar
    moment = last_moment(times, now, calendar)
    if moment is None or not can_tell(office):
        return ()
    key = f"notice:{moment:%Y-%m-%d %H:%M}"
    if store.attempts(key, since=moment):
        return ()
    store.note_attempt(key, at=now)
    before = last_moment(times, moment - timedelta(seconds=1), calendar) or moment
    words = _words(office, store, since=before, until=moment)
    return tuple(send(office, SUBJECT, words)) if words else ()


def last_moment(
    times: Sequence[time], now: datetime, calendar: Calendar
) -> datetime | None:
    """The newest set time of a working day that has passed, None without any."""
    local = now.astimezone(CHINA)
    for back in range(_FARTHEST):
        day = local.date() - timedelta(days=back)
        if not is_working_day(day, calendar):
            continue
        for at in sorted(times, reverse=True):
            moment = datetime.combine(day, at, CHINA)
            if moment <= local:
                return moment
    return None


def _words(office: Office, store: Store, *, since: datetime, until: datetime) -> str:
    """What came in between and still waits, empty when nothing does."""
    waiting = store.reviews(frozenset({SubmissionState.CHECKED}), limit=None)
    open_ = [r.submission for r in waiting if r.item_class is not ItemClass.CHAIRS]
    arrivals = store.arrivals([submission.number for submission in open_])
    came = {n: one for n, one in arrivals.items() if since < one.at <= until}
    fresh = [submission for submission in open_ if submission.number in came]
    if not fresh:
        return ""
    units = office.settings.rules.units
    counted = Counter(
        unit.name if (unit := units.unit(one.unit_id)) else "其他单位" for one in fresh
    )
    named = "、".join(f"{name} {n}" for name, n in counted.most_common(_MOST_UNITS))
    more = "等" if len(counted) > _MOST_UNITS else ""
    return (
        f"{SUBJECT}：{len(fresh)} 篇等着初审（{named}{more}）{_how(came.values())}。"
        "请在一个工作日内看，到编辑台办。"
    )


def _how(came: Iterable[Arrival]) -> str:
    """How many of them were there before."""
    counted = Counter(
        "请再看一次" if one.is_appeal else "补充后重报"
        for one in came
        if one.is_appeal or one.is_again
    )
    named = "、".join(f"{how} {n}" for how, n in counted.items())
    return f"，其中{named}" if named else ""
