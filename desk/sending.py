"""From what was typed to a submission: its day, its text, its faults, its receipt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.checks import check_text
from newsroom.dates import read_date
from newsroom.drafting import marks_in
from newsroom.personal_data import PREFIX
from newsroom.rules import CheckRules
from newsroom.story import Finding, FindingLevel, StoryKind
from newsroom.submission import Door, Photo, Submission
from newsroom.submission_checks import say_found
from newsroom.taxonomy import Unit
from newsroom.text import clean_text, join_name

CHAIR_DECIDES = "chair_decides"
SEND_FIELDS = ("author", "filled_by", "reviewer", "phone", "public", "promise", "kind")
LONGEST_TITLE = 40
LONGEST_TEXT = 10_000
SHORTEST_TEXT = 10
LATE = timedelta(days=7)
YEAR = timedelta(days=365)
_NEAR = re.compile("今天|今日|昨天|昨日|前天")


@dataclass(frozen=True, slots=True)
class Fault:
    """What stops a sending: the field, and a sentence with what to do."""

    field: str
    words: str


def body_of(text: str) -> Body:
    """The text as paragraphs, one a line."""
    lines = filter(None, map(clean_text, text.splitlines()))
    return Body(tuple(Paragraph(plain_runs(line)) for line in lines))


def read_day(text: str, now: datetime) -> date | None:
    """The day that was typed (the first of several), None when there is none."""
    reading = read_date(text, now=now)
    if reading is None:
        return None
    day = reading.value.astimezone(CHINA).date()
    today = now.astimezone(CHINA).date()
    return day if today - YEAR <= day <= today else None


def dated(text: str, now: datetime) -> str:
    """What was typed with ``昨天`` and the like as a day of the month.

    The story is read on another day than it is written.
    """
    near = _NEAR.match(text)
    day = read_day(near[0], now) if near else None
    if near is None or day is None:
        return text
    return f"{day.month}月{day.day}日{text[near.end() :]}"


def text_faults(title: str, text: str, rules: CheckRules) -> tuple[Fault, ...]:
    """What must be mended in a title and a text before they are sent."""
    faults = []
    if not clean_text(title):
        faults.append(Fault("title", "请写一个标题，一句话就行"))
    elif len(clean_text(title)) > LONGEST_TITLE:
        faults.append(Fault("title", f"标题太长，请写在 {LONGEST_TITLE} 个字以内"))
    if len(clean_text(text)) < SHORTEST_TEXT:
        faults.append(Fault("text", "正文还没有写：一两句话也行"))
    elif len(text) > LONGEST_TEXT:
        faults.append(Fault("text", "正文太长：请留下最要紧的，其余电话里说"))
    if marks_in(f"{title}\n{text}"):
        faults.append(Fault("text", "还有黄色的空没有填：请补上，或点“去掉没写的几处”"))
    found = check_text(f"{title}\n{text}", rules)
    faults += [
        Fault("title" if f.end <= len(title) else "text", say_finding(f))
        for f in found
        if _stops(f)
    ]
    return tuple(dict.fromkeys(faults))


def say_finding(finding: Finding) -> str:
    """A finding for a correspondent, without repeating what is private."""
    if finding.rule.startswith(PREFIX):
        return f"{finding.why}：为保护职工隐私，{finding.suggestion or '请删掉后再发'}"
    return f"{say_found(finding)}：{finding.suggestion or '请改写'}"


def _stops(finding: Finding) -> bool:
    return finding.level is FindingLevel.BLOCK and finding.rule != CHAIR_DECIDES


def send_faults(answers: Mapping[str, str]) -> tuple[Fault, ...]:
    """What must be mended in the last screen, in the order of the screen."""
    faults = []
    if not join_name(answers.get("author", "")):
        faults.append(Fault("author", "请写您的姓名"))
    if not join_name(answers.get("reviewer", "")):
        faults.append(Fault("reviewer", "请写本单位审核人的姓名：谁审核、谁负责"))
    if answers.get("public") not in {"yes", "no"}:
        faults.append(Fault("public", "请选一下能不能公开；拿不准选“只给领导看”"))
    digits = "".join(c for c in answers.get("phone", "") if c.isdecimal())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        faults.append(Fault("phone", "请写联系电话，编辑有事好问您（手机或座机）"))
    if answers.get("promise") != "yes":
        faults.append(Fault("promise", "请看一下四条承诺，同意就打勾"))
    return tuple(faults)


_FEWEST_DIGITS, _MOST_DIGITS = 7, 15


def late_words(day: date | None, now: datetime) -> str:
    """A line for an event of more than a week ago, else nothing."""
    if day is None:
        return ""
    passed = now.astimezone(CHINA).date() - day
    if passed <= LATE:
        return ""
    return f"这件事已经过去{passed.days}天了，还可以报，但不算“及时报送”。"


def make_submission(  # noqa: PLR0913 - what was typed, part by part
    key: str,
    unit: Unit,
    answers: Mapping[str, str],
    photos: tuple[Photo, ...],
    *,
    door: Door,
    original: str,
    now: datetime,
) -> Submission:
    """The submission of a filled form, not yet numbered."""
    return Submission(
        key=key,
        unit_id=unit.id,
        title=clean_text(answers.get("title", "")),
        body=body_of(answers.get("text", "")),
        door=door,
        received_at=now,
        kind=_kind(answers),
        event_day=read_day(answers.get("when", ""), now),
        place=clean_text(answers.get("place", ""))[:60] or None,
        author=join_name(answers.get("author", ""))[:20] or None,
        filled_by=join_name(answers.get("filled_by", ""))[:20] or None,
        reviewer=join_name(answers.get("reviewer", ""))[:20] or None,
        photos=photos,
        public=answers.get("public") == "yes",
        original=original,
    )


def sealed_text(answers: Mapping[str, str], photos: tuple[Photo, ...]) -> bytes:
    """What was typed, letter for letter, to be kept sealed; never the phone number."""
    kept = {name: value for name, value in answers.items() if name != "phone"}
    names = [photo.file for photo in photos]
    whole = {"answers": kept, "photos": names}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _kind(answers: Mapping[str, str]) -> StoryKind:
    known = {kind.name: kind for kind in StoryKind}
    return known.get(answers.get("kind", ""), StoryKind.NEWS)
