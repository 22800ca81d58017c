"""How old news is, in working days: all since the last edition counts as today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsroom.article import CHINA
from newsroom.calendars import previous_working_day, working_days_between
from newsroom.rules import Calendar, Rules
from newsroom.story import Story
from newsroom.wording import short_date


def story_day(story: Story) -> date:
    """The shown day of publication; of a submission the day it was handed in."""
    return (story.published or story.first_seen).astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class NewsWindow:
    """From which day on news is today's, and how it ages before.

    Attributes:
        since: the first day whose news counts as today's.
        factors: by working days of age, today's first.
        calendar: the office's working days.
        is_first: no edition has been issued yet: nothing before ``since`` is news.
    """

    since: date
    factors: tuple[float, ...]
    calendar: Calendar
    is_first: bool

    @classmethod
    def of(
        cls,
        day: date,
        covers_from: date,
        last_issued: datetime | None,
        rules: Rules,
    ) -> NewsWindow:
        """The window of one edition.

        Pages often show a day without an hour, so the day of the last edition itself
        still counts: what it carried already is told apart by the stories shown.
        """
        if last_issued is None:
            since = previous_working_day(day, rules.calendar)
        else:
            last = last_issued.astimezone(CHINA).date()
            since = min(last, covers_from - timedelta(days=1))
        return cls(since, rules.news.freshness, rules.calendar, last_issued is None)

    def age(self, story: Story) -> int:
        """Working days between the story and the news of today (0)."""
        return working_days_between(story_day(story), self.since, self.calendar)

    def factor(self, story: Story) -> tuple[float, str]:
        """The factor of freshness and its words."""
        age = self.age(story)
        words = "上期以来" if age == 0 else f"早{age}个工作日"
        return self.factors[age], words

    def too_old(self, story: Story) -> str | None:
        """Why the story is out of date, None when it is not."""
        told = short_date(story_day(story))
        if self.is_first and story_day(story) < self.since:
            return f"{told}的稿件：首次运行只取上一工作日以来的"
        if self.age(story) >= len(self.factors):
            return f"{told}的稿件，已经过时"
        return None
