"""The highlight score explains itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from newsroom.article import CHINA
from newsroom.scoring import (
    RecentStory,
    ScoreContext,
    score_highlight,
)
from newsroom.story import Appearance, StoryKind
from newsroom.taxonomy import Level
from newsroom.understanding import understand_submission

# The table of the worked example: unit -> parts in order, total.
TABLE = {
    "ds": ((12, 10, 12, 8, 14, 14, 3, 3, 6, 5), 87),
    "afs": ((12, 9, 12, 8, 14, 12, 0, 0, 6, 5), 78),
    "kfq": ((12, 10, 7, 6, 14, 8, 0, 8, 6, 6), 77),
    "xn": ((5, 5, 12, 8, 14, 14, 5, 0, 6, 3), 72),
    "zj": ((12, 6, 8, 4, 14, 14, 0, 6, 6, 1), 71),
    "cg": ((9, 5, 12, 8, 14, 9, 0, 8, 6, 0), 71),
    "yjg": ((9, 9, 12, 6, 10, 9, 0, 6, 6, 3), 70),
    "wa": ((5, 8, 12, 4, 14, 13, 0, 3, 6, 0), 65),
}
# The invented context: days from event to report, pictures, credited, days silent,
# level that carried it, linked to the year's plan.
CONTEXT = {
    "ds": (1, 2, True, 20, Level.COUNTY, True),
    "afs": (0, 2, True, 5, None, True),
    "kfq": (1, 2, False, 90, None, False),
    "xn": (5, 2, True, 5, Level.CITY, True),
    "zj": (1, 0, True, 45, None, True),
    "cg": (2, 2, True, 90, None, False),
    "yjg": (3, 2, False, 45, None, False),
    "wa": (5, 1, False, 20, None, True),
}


def _story(entry, number, submission_of, body_of, rules):
    waited, pictures, credited, *_ = CONTEXT[entry["unit"]]
    event = date.fromisoformat(str(entry["date"]))
    received = datetime(event.year, event.month, event.day, 12, tzinfo=CHINA)
    sub = submission_of(
        entry["title"],
        entry["body"],
        entry["unit"],
        event_day=event,
        received_at=received + timedelta(days=waited),
        kind=StoryKind(entry["kind"]),
        number=f"报-{number}",
    )
    story = replace(understand_submission(sub, rules), id=number)
    return replace(story, body=body_of(entry["body"], pictures, credited=credited))


def _scored(entry, number, submission_of, body_of, rules):
    story = _story(entry, number, submission_of, body_of, rules)
    *_, silent, level, linked = CONTEXT[entry["unit"]]
    today = story.first_seen.date()
    if level:
        carried = Appearance("x", "某网", level, "http://x/", "", story.first_seen)
        story = replace(story, appearances=(carried,))
    same = tuple(RecentStory(90 + n, "jingsai", today, frozenset()) for n in range(2))
    context = ScoreContext(
        today,
        recent=same,
        unit_last_shown={entry["unit"]: today - timedelta(days=silent)},
        linked_policy={number: "年度要点"} if linked else {},
        checks=rules.checks,
    )
    return score_highlight(story, context, rules.highlight, rules.topics)


def test_the_worked_example(full_stories, submission_of, body_of, rules):
    """Eight stories come out near the table of the worked example, in its order."""
    scores = {
        entry["unit"]: _scored(entry, n, submission_of, body_of, rules)
        for n, entry in enumerate(full_stories, 1)
    }

    table = "\n".join(
        f"{unit}: {[p.points for p in scores[unit].parts]} {scores[unit].total} "
        f"table {TABLE[unit]}"
        for unit in TABLE
    )
    assert all(abs(scores[u].total - TABLE[u][1]) <= 8 for u in TABLE), table
    ranked = sorted(scores, key=lambda unit: -scores[unit].total)
    assert ranked[0] == "ds", table
    assert {"ds", "afs", "kfq"} <= set(ranked[:4]), table
