"""When a run must be done: how long it may collect, and whether it started late."""

from __future__ import annotations

from datetime import datetime, time, timedelta

LATE = timedelta(minutes=20)
BEFORE_DUE = timedelta(minutes=10)
LONGEST = timedelta(minutes=30)
_HOUR = 60


def collect_until(started: datetime, due: time) -> datetime:
    """When the crawl of a run must stop, so that the edition is out in time.

    Ten minutes before it is due, and after half an hour at most (reliability: C4); a
    run that starts later than that has twenty minutes.
    """
    latest = datetime.combine(started.date(), due, started.tzinfo) - BEFORE_DUE
    if started >= latest:
        return started + LONGEST - BEFORE_DUE
    return min(latest, started + LONGEST)


def late_note(planned: datetime | None, started: datetime) -> str:
    """That a run started late by its schedule; empty when it did not."""
    if planned is None or started - planned < LATE:
        return ""
    hours, minutes = divmod(int((started - planned).total_seconds() // 60), _HOUR)
    late = f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"
    return (
        f"这次运行迟到：应在 {planned:%H:%M} 开始，{started:%H:%M} 才开始，"
        f"晚了 {late}（当时电脑没有开机，或上一次没有完成）"
    )
