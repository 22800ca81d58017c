"""它的旅程: who printed a story when, and what each level changed of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from newsroom.body import Body
from newsroom.retold import with_retold
from newsroom.story import Appearance, Story
from newsroom.taxonomy import Level
from site_builder.build import build_site
from site_builder.given import Audience

CITY = "http://www.ycghw.example/xw/31.html"
PROVINCE = "http://www.hbghw.example/xw/9.html"
KEPT = "镇总工会走进食品园，为一线职工送去清凉包。"
CUT = "活动发放清凉包1200份。"
TOLD = "医生为职工量了血压。"
RETOLD = "市中医院医生为职工量了血压。"
ADDED = "这是全市工会送清凉的一个缩影。"


def printed(source: str, name: str, level: Level, url: str, days_ago: int, title: str):
    moment = samples.moment(days_ago, 10)
    return Appearance(source, name, level, url, title, moment, moment)


def travelled() -> Story:
    """Handed in by a town, printed by the city with changes, by the province as is."""
    story = next(s for s in samples.STORIES if s.id == 1)
    whole = Body(samples.text_body(KEPT, CUT, TOLD))
    city = Body(samples.text_body(KEPT, RETOLD, ADDED))
    chain = (
        printed("ycghw", "宜昌工会维权网", Level.CITY, CITY, 1, "清凉包送到一线"),
        printed("hbghw", "湖北工会网", Level.PROVINCIAL, PROVINCE, 0, story.headline),
    )
    sent = replace(
        story, body=whole, appearances=(replace(chain[0], is_first=True), chain[1])
    )
    return with_retold(sent, {CITY: city, PROVINCE: whole})


@pytest.fixture
def pages(pictures, tmp_path):
    """The story's page in both trees, by audience."""
    story = travelled()
    others = tuple(s for s in samples.STORIES if s.id != story.id)
    given = samples.given(pictures, stories=(story, *others))
    told = {}
    for audience in Audience:
        out = tmp_path / audience.value
        report = build_site(given, audience, out, tmp_path / "work")
        assert () == report.faults
        told[audience] = (out / "stories" / "2026" / "1.html").read_text("utf-8")
    return told


def test_each_level_tells_what_it_changed(pages):
    """Another headline, sentences cut, reworded and added, both lengths; or nothing."""
    public = pages[Audience.PUBLIC]

    assert (
        "宜昌 · 首发：标题改为《清凉包送到一线》；删去1句、改写1句、加了1句；" in public
    )
    assert "省 · 转载：原题原文照登" in public


def test_the_public_tree_bears_no_sentence_of_others(pages):
    """What another site wrote stands side by side on the office's own page only."""
    public, internal = pages[Audience.PUBLIC], pages[Audience.INTERNAL]

    assert ADDED not in public
    assert "市中医院" not in public
    assert f"<ins>{ADDED}</ins>" in internal
    assert f"<del>{CUT}</del>" in internal
    assert "<ins>市中医院</ins>医生" in internal
    assert "改了哪些（3 处）" in internal
    assert 1 == internal.count('<details class="changes">')
