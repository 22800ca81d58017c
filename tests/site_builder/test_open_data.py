import json
from dataclasses import replace
from datetime import date

import feedparser
import pytest
import samples
from icalendar import Calendar
from jsonschema import Draft202012Validator

from newsroom.reminder import Reminder
from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.given import Audience

JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_text", "date_published"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "minLength": 1},
                    "date_published": {"format": "date-time"},
                },
            },
        },
    },
}
LAST = "用稿考核年度到 11 月 30 日截止；请补报"
HOLIDAY = "10月1日至7日国庆放假，10日（周六）上班"
REMINDERS = (
    Reminder(LAST, date(2026, 11, 16), date(2026, 11, 30)),
    Reminder(HOLIDAY, date(2026, 9, 28), date(2026, 9, 30)),
)
NAMES = ("atom.xml", "town-afs.atom.xml", "topic-xiasong.rss.xml")


def build(folder, audience=Audience.PUBLIC, **more):
    given = samples.given(folder / "none", reminders=REMINDERS, **more)
    build_site(given, audience, folder / "out", folder / "work")
    return folder / "out"


def validator(out):
    schema = json.loads((out / "data/edition.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(schema, format_checker=checker)


def test_every_edition_fits_the_published_schema(tmp_path):
    """The data of each released day is what the schema beside it says."""
    out = build(tmp_path)
    holds = validator(out)

    days = sorted((out / "data").glob("20*.json"))
    faults = [
        error.message
        for day in days
        for error in holds.iter_errors(json.loads(day.read_text("utf-8")))
    ]

    assert {f.stem for f in (out / "days").iterdir()} == {f.stem for f in days}
    assert [] == faults


def test_the_data_says_what_the_page_says(tmp_path):
    """Columns, order and headlines are those of the edition; nothing internal."""
    told = json.loads((build(tmp_path) / "data/2026-09-21.json").read_text("utf-8"))

    shown = [s["headline"] for c in told["columns"] for s in c["stories"]]
    carried = [entry.headline for entry in samples.ORDINARY.all_entries]
    assert [headline for headline in carried if headline in shown] == shown
    assert "score" not in json.dumps(told)
    assert "silent" not in json.dumps(told)


def test_a_withdrawn_story_leaves_data_and_feeds(tmp_path):
    """With the build after its withdrawal no file of data names it."""
    build(tmp_path)
    gone = replace(samples.STORIES[0], state=StoryState.WITHDRAWN)
    out = build(tmp_path, stories=(gone, *samples.STORIES[1:]))

    for file in (*(out / "data").iterdir(), *(out / "feeds").iterdir()):
        assert gone.headline not in file.read_text("utf-8")


def test_the_internal_tree_has_no_open_data(tmp_path):
    """What is for everybody is made from the public tree alone."""
    assert not (build(tmp_path, Audience.INTERNAL) / "data").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_reader_reads_every_feed(tmp_path, name):
    """Whole, of a town, of a topic: well formed, with titles, ids, links and dates."""
    read = feedparser.parse((build(tmp_path) / "feeds" / name).read_bytes())

    assert not read.bozo
    assert read.entries
    assert all(e.title and e.id and e.link and e.published_parsed for e in read.entries)


def test_a_town_has_the_same_stories_in_all_forms(tmp_path):
    """Atom, RSS and JSON Feed of a town tell the same headlines in the same order."""
    feeds = build(tmp_path) / "feeds"

    told = json.loads((feeds / "town-afs.json").read_text("utf-8"))
    titles = [item["title"] for item in told["items"]]
    for ending in ("atom.xml", "rss.xml"):
        read = feedparser.parse((feeds / f"town-afs.{ending}").read_bytes())
        assert titles == [entry.title for entry in read.entries]
    assert "安福寺镇" in told["title"]


def test_json_feeds_are_of_version_1_1(tmp_path):
    """Each JSON feed has what the format asks for."""
    checker = Draft202012Validator.FORMAT_CHECKER
    holds = Draft202012Validator(JSON_FEED, format_checker=checker)

    for file in (build(tmp_path) / "feeds").glob("*.json"):
        assert [] == list(holds.iter_errors(json.loads(file.read_text("utf-8"))))


def test_the_calendar_tells_the_last_days_and_the_seasons(tmp_path):
    """RFC 5545: all-day events of reminders and of the months' topics."""
    content = (build(tmp_path) / "feeds/deadlines.ics").read_bytes()

    events = list(Calendar.from_ical(content).walk("VEVENT"))
    last = [e for e in events if e.decoded("dtstart") == date(2026, 11, 30)]
    assert f"最后一天：{LAST}" == str(last[0]["summary"])
    assert HOLIDAY in {str(event["summary"]) for event in events}
    assert len(events) == len({str(event["uid"]) for event in events})
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
