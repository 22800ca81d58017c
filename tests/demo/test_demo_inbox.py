import tomllib
from io import BytesIO

from PIL import Image

from demo.articles import SITES
from demo.inbox import editor_returns, fill_inbox, town_stories
from demo.pictures import MOTIVES, draw, draw_sideways
from demo.scenario import MORNINGS
from demo.settings import write_settings

PORTS = {site: 8000 + n for n, site in enumerate(SITES)}


def fill_all(inbox):
    befores = (None, *MORNINGS)
    return [
        fill_inbox(inbox, morning=morning, before=before)
        for morning, before in zip(MORNINGS, befores, strict=False)
    ]


def test_every_morning_finds_two_to_four_stories(tmp_path):
    """The towns hand in two to four stories for each morning, each once."""
    laid = fill_all(tmp_path)

    assert all(2 <= n <= 4 for n in laid)
    assert sum(laid) == len(town_stories()) == len(list(tmp_path.glob("*/*")))


def test_a_story_is_a_folder_with_a_text_and_pictures(tmp_path):
    """Title first, labelled lines, then the text; pictures are captioned 示意图."""
    fill_inbox(tmp_path, morning=MORNINGS[0], before=None)
    folder = tmp_path / "问安镇" / "七有逐户过筛"
    lines = (folder / "稿件.txt").read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith("问安镇对照“七有”逐户过筛")
    assert "日期：2026-09-02" in lines
    assert [p.name for p in folder.glob("*.jpg")] == [
        "示意图：企业工会活动记录上墙.jpg"
    ]


def test_most_stories_have_the_length_of_a_story():
    """Good stories have 70 to 560 characters and the day of the event."""
    good = [s for s in town_stories() if not s.refuse]
    odd = {s.key: len(s.text) for s in good if not 70 <= len(s.text) <= 560}

    assert odd == {}
    assert all(s.day and s.day <= s.handed_in.date() for s in good)


def test_a_folder_is_named_after_a_unit(shipped_units):
    """Every folder of the inbox is a unit of the shipped list."""
    assert {s.folder for s in town_stories()} <= shipped_units


def test_the_editor_returns_the_weak_drafts_only():
    """Weak drafts are returned with advice, good stories are not."""
    returned = {s.key for s in town_stories() if editor_returns(s.title)}

    assert returned == {s.key for s in town_stories() if s.refuse}
    assert "多少" in editor_returns("我镇开展送清凉")


def test_pictures_are_small_and_always_the_same():
    """At least twelve motives of 1200 x 800 pixels, each under 120 KB."""
    sizes = {name: len(draw(name)) for name in MOTIVES}

    assert len(MOTIVES) >= 12
    assert max(sizes.values()) < 120_000
    assert Image.open(BytesIO(draw("teacup"))).size == (1200, 800)
    draw.cache_clear()
    assert len(draw("welding")) == sizes["welding"]


def test_a_sideways_picture_says_so():
    """The phone's picture lies on its side and has an orientation in its EXIF."""
    picture = Image.open(BytesIO(draw_sideways("teacup")))

    assert picture.size == (800, 1200)
    assert picture.getexif()[0x0112] == 6


def test_every_picture_of_a_story_can_be_drawn():
    """Stories and articles name motives that exist."""
    named = {motive for s in town_stories() for motive, _ in s.pictures}

    assert named <= set(MOTIVES)


def test_settings_are_a_sound_config(tmp_path):
    """The demonstration's settings load, with the banner, noindex and its own store."""
    from config import load_settings

    settings = load_settings(write_settings(tmp_path, PORTS, output=tmp_path / "out"))

    assert settings.site.banner == "演示：人物、企业和事件均为虚构"
    assert settings.site.noindex
    assert settings.site.output == tmp_path / "out"
    assert [s.id for s in settings.sources] == [*SITES, "jcbs"]


def test_settings_keep_the_floor_of_politeness(tmp_path):
    """No settings file of ours asks a site faster than every two seconds."""
    path = write_settings(tmp_path, PORTS)

    assert tomllib.loads(path.read_text(encoding="utf-8"))["crawl"]["delay"] == 2.0
