"""Whether the computer's clock is right, by what the servers told in a crawl.

Each answer carries the time of its server (the Date header). One server may be wrong;
where most of them agree with each other and not with us, it is our clock. Nothing is
changed for it: people are told, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.spool import RESULTS
from newsroom.article import CHINA
from newsroom.source import FaultClass
from workflow.office_state import FailureNote, change_state, in_beijing, read_state

if TYPE_CHECKING:
    from config import SourceSettings
    from workflow.office import Office
    from workflow.take_in import TakenIn

APART = timedelta(minutes=10)
AGREEING = timedelta(minutes=5)
LEAST = 2
# Until the next crawl nobody knows whether it was mended meanwhile.
STANDS = timedelta(days=3)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MEND = (
    "请打开电脑的自动对时（Windows：设置→时间和语言→自动设置时间；"
    "Linux：timedatectl set-ntp true），核对日期和钟点以后运行 gonghui crawl，"
    "对上了这一条就消失。程序自己不改时间"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a visit to a site heard of the time.

    Attributes:
        site: the host, for two sources of one site are one witness.
        ahead: how far its clock is before ours; None where it told none.
        is_secure: it was asked over https.
        is_distrusted: its certificate did not hold.
    """

    site: str
    ahead: timedelta | None
    is_secure: bool = False
    is_distrusted: bool = False


def time_written(spool: Path) -> datetime | None:
    """When the visit of a spool ended by the machine's clock, however long ago."""
    try:
        return datetime.fromtimestamp((spool / RESULTS).stat().st_mtime, UTC)
    except OSError:
        return None


def heard_of(source: SourceSettings, taken: TakenIn, written: datetime | None) -> Heard:
    """What the visit to a source heard that ended at this time of our clock."""
    address = urlsplit(source.urls[0])
    told = taken.end.server_now if taken.end else None
    return Heard(
        address.netloc,
        told - written if told and written else None,
        address.scheme == "https",
        any(loss.fault is FaultClass.CERTIFICATE for loss in taken.losses),
    )


def note_clock(office: Office, heard: Sequence[Heard]) -> None:
    """Keep whether the clock is wrong; what was heard before stays if nobody told."""
    sentence = judge_clock_by(heard, office.now)
    if sentence is None:
        return
    note = (
        FailureNote(at=in_beijing(office.now), sentence=sentence) if sentence else None
    )
    if note != read_state(office.data).clock_off:
        change_state(
            office.data, lambda state: state.model_copy(update={"clock_off": note})
        )


def standing_doubt(office: Office) -> str:
    """What the last crawl heard against our clock; empty where nothing stands.

    A note of the future was made before the clock was set back, so it is mended.
    """
    note = read_state(office.data).clock_off
    stands = note is not None and timedelta() <= office.now - note.at <= STANDS
    return note.sentence if note and stands else ""


def judge_clock_by(heard: Sequence[Heard], now: datetime) -> str | None:
    """What is wrong with our clock; empty when nothing is, None when nobody can tell.

    Two sites at least must tell the time. With a clock that is years wrong https
    sites can tell nothing: their certificates seem to be over, or not begun.
    """
    ahead = {one.site: one.ahead for one in heard if one.ahead is not None}
    if len(ahead) < LEAST:
        return _certificates(heard)
    offset = agreed(ahead.values())
    if offset is None or abs(offset) <= APART:
        return ""
    theirs = now + offset
    way = "慢" if offset > timedelta() else "快"
    said = (
        f"电脑的时钟{way}了{_in_words(abs(offset))}："
        f"这次采集时 {len(ahead)} 个网站多数是北京时间 {_stamp(theirs)}，"
        f"电脑上是 {_stamp(now)}"
    )
    return f"{said}。{_zone_words(offset)}{_MEND}"


def agreed(ahead: Iterable[timedelta]) -> timedelta | None:
    """What most agree on, two at least, within five minutes; None where they do not."""
    values = sorted(ahead)
    best: list[timedelta] = []
    for start, first in enumerate(values):
        near = [value for value in values[start:] if value - first <= AGREEING]
        best = max(best, near, key=len)
    if len(best) < LEAST or 2 * len(best) <= len(values):
        return None
    return best[len(best) // 2]


def _certificates(heard: Sequence[Heard]) -> str | None:
    """The doubt where https sites are all distrusted and none could tell the time."""
    distrusted = {one.site for one in heard if one.is_distrusted}
    secure = {one.site for one in heard if one.is_secure}
    if len(distrusted) < LEAST or distrusted != secure:
        return None
    return (
        f"{len(distrusted)} 个 https 网站的证书全都不可信，"
        f"多半是电脑的日期错了。{_MEND}"
    )


def _zone_words(offset: timedelta) -> str:
    """Whole hours, within a day, are a wrong zone rather than a wrong clock."""
    rest = abs(offset) % _HOUR
    if abs(offset) >= _DAY or min(rest, _HOUR - rest) > AGREEING:
        return ""
    return "差的是整小时，像是时区设错了，先把时区改为（UTC+08:00）北京；"


def _in_words(length: timedelta) -> str:
    minutes = round(length / timedelta(minutes=1))
    if length < 2 * _HOUR:
        return f"约 {minutes} 分钟"
    if length < 2 * _DAY:
        return f"约 {round(length / _HOUR)} 小时"
    return f"约 {length.days} 天"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
