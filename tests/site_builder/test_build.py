import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import samples

from newsroom.errors import NewsroomError
from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.check import links_of
from site_builder.given import Audience

INTERNAL_WORDS = (
    "未经编辑",
    "久未发声",
    "没有声音",
    "score",
    "缓发",
    "入选理由",
    "81分",
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def build(given, audience, folder: Path):
    return build_site(given, audience, folder / audience.value, folder / "work")


@pytest.fixture(scope="module")
def trees(pictures, tmp_path_factory) -> dict[Audience, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("trees")
    site = replace_site(base_url="https://gh.example.org/news")
    given = samples.given(pictures, site=site)
    for audience in Audience:
        assert build(given, audience, folder).faults == ()
    return {a: tree(folder / a.value) for a in Audience}


def replace_site(**more):
    return samples.SITE.model_copy(update=more)


@pytest.mark.parametrize("audience", list(Audience))
def test_no_internal_link_is_dead(trees, audience):
    """Every link of a page leads to a file of the same tree."""
    files = trees[audience]

    dead = {
        (path, target)
        for path, content in files.items()
        if path.endswith(".html")
        for target in links_of(content, path)
        if target not in files
    }

    assert set() == dead


def test_both_trees_have_all_kinds_of_pages(trees):
    """Each promised page stands at its promised address."""
    both = {
        "index.html",
        "404.html",
        "status.html",
        "edition.json",
        "archive/index.html",
        "towns/index.html",
        "towns/afs.html",
        "topics/xiasong.html",
        "sources/hbghw.html",
        "stories/2026/1.html",
        "days/2026-09-21.html",
        "briefing/2026-09-21.html",
        "briefing/2026-09-21.txt",
        "feeds/atom.xml",
        "feeds/rss.xml",
        "feeds/feed.json",
    }

    assert both <= trees[Audience.INTERNAL].keys()
    assert both | {"sitemap.xml"} <= trees[Audience.PUBLIC].keys()
    assert "report.html" in trees[Audience.INTERNAL]
    assert "report.html" not in trees[Audience.PUBLIC]
    assert "sitemap.xml" not in trees[Audience.INTERNAL]


def test_the_public_tree_has_no_internal_word(trees):
    """No page, style or feed of the public tree has a word for the office only."""
    found = {
        (path, word)
        for path, content in trees[Audience.PUBLIC].items()
        if not path.endswith((".jpg", ".png"))
        for word in INTERNAL_WORDS
        if word in content.decode()
    }

    assert set() == found


def test_each_tree_says_whose_it_is(trees):
    """edition.json names the audience: the publisher relies on it."""
    for audience in Audience:
        told = json.loads(trees[audience]["edition.json"])
        assert (audience.value, "2026-09-21", 187, 1) == (
            told["audience"],
            told["day"],
            told["number"],
            told["schema"],
        )


def test_every_page_bears_the_banner(trees):
    """A demonstration says so on each page of each tree."""
    for files in trees.values():
        pages = [c.decode() for p, c in files.items() if p.endswith(".html")]
        assert all(samples.SITE.banner in page for page in pages)


def test_internal_pages_are_not_for_search_engines(trees):
    """noindex stands on each internal page and on no public one."""
    internal, public = trees[Audience.INTERNAL], trees[Audience.PUBLIC]
    pages = [p for p in public if p.endswith(".html") and p != "404.html"]

    assert all(b"noindex" in internal[p] for p in pages)
    assert not any(b"noindex" in public[p] for p in pages)


def test_only_pictures_that_pages_show_are_copied(trees):
    """A picture nobody shows does not leave the office."""
    names = {p for p in trees[Audience.PUBLIC] if p.startswith("pictures/")}

    assert {f"pictures/{samples.LANDSCAPE}", f"pictures/{samples.PORTRAIT}"} <= names
    assert f"pictures/{samples.UNUSED}" not in names


def test_a_headline_of_others_is_shown_letter_for_letter(trees):
    """Markup in a headline is text."""
    page = trees[Audience.PUBLIC]["stories/2026/7.html"].decode()

    heading = re.split("</?h1[^>]*>", page)[1]
    words = unescape(re.sub("<[^>]+>", "", heading))
    assert samples.STORIES[6].headline == words
    assert "<script>alert" not in page


def test_a_public_story_of_others_leads_to_the_original(trees):
    """Excerpt, source, host and link stand on the page; the full text does not."""
    page = trees[Audience.PUBLIC]["stories/2026/5.html"].decode()

    assert samples.STORIES[4].excerpt in page
    assert 'href="http://www.hbghw.example/xw/5.html"' in page
    assert ">www.hbghw.example<" in page
    assert "原文的第二段" not in page
    assert "原文的第二段" in trees[Audience.INTERNAL]["stories/2026/5.html"].decode()


def test_no_page_has_inline_style_or_script(trees):
    """The content security policy allows our own files only."""
    for path, content in trees[Audience.INTERNAL].items():
        text = content.decode() if path.endswith(".html") else ""
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text
        assert path == "404.html" or "<style" not in text


def test_d37_the_same_input_gives_the_same_bytes(pictures, tmp_path):
    """Two builds of the same edition are equal to the byte."""
    for place in ("one", "two"):
        build(samples.given(pictures), Audience.INTERNAL, tmp_path / place)

    assert tree(tmp_path / "one/internal") == tree(tmp_path / "two/internal")


SEEDED = """
import hashlib, sys
from pathlib import Path
import samples
from site_builder.build import build_site
from site_builder.given import Audience
pictures, folder = map(Path, sys.argv[1:])
build_site(samples.given(pictures), Audience.INTERNAL, folder / "out", folder / "work")
for file in sorted((folder / "out").rglob("*")):
    if file.is_file():
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        print(file.relative_to(folder / "out").as_posix(), digest)
"""


def test_d37_no_order_of_a_set_shows_on_a_page(pictures, tmp_path):
    """D37: two processes whose sets and dicts are ordered otherwise give the same."""
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here.parent.parent), str(here)])
    told = [
        subprocess.run(
            [sys.executable, "-c", SEEDED, str(pictures), str(tmp_path / seed)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
    assert b"index.html" in told[0]


def test_a_build_without_news_writes_nothing(pictures, tmp_path):
    """A second build leaves every file and its time alone."""
    given = samples.given(pictures)
    first = build(given, Audience.PUBLIC, tmp_path)
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "public").rglob("*")}

    second = build(given, Audience.PUBLIC, tmp_path)

    assert (0, 0, first.written) == (second.written, second.removed, second.unchanged)
    assert times == {p: p.stat().st_mtime_ns for p in times}


def test_a_stray_link_that_leads_nowhere_stops_no_build(pictures, tmp_path):
    """What others left in the folder is none of ours, whatever it is."""
    out = tmp_path / "out"
    given = samples.given(pictures)
    build_site(given, Audience.PUBLIC, out, tmp_path / "work")
    (out / "stray").symlink_to("nowhere")

    report = build_site(given, Audience.PUBLIC, out, tmp_path / "work")

    assert report.written == 0
    assert (out / "stray").is_symlink()


def test_one_changed_story_rewrites_its_pages_only(pictures, tmp_path):
    """A new text of one story touches its page and no other story's."""
    build(samples.given(pictures), Audience.INTERNAL, tmp_path)
    for file in (tmp_path / "internal").rglob("*"):
        os.utime(file, (1, 1))
    changed = replace(samples.STORIES[2], body=samples.STORIES[1].body, byline="周某")

    stories = tuple(changed if s.id == 3 else s for s in samples.STORIES)
    report = build(
        samples.given(pictures, stories=stories), Audience.INTERNAL, tmp_path
    )

    touched = [
        p for p in (tmp_path / "internal").rglob("*.html") if p.stat().st_mtime > 1
    ]
    search = [
        p for p in (tmp_path / "internal/search").iterdir() if p.stat().st_mtime > 1
    ]
    assert ["3.html"] == [p.name for p in touched]
    assert len(search) + 1 == report.written


def test_a_withdrawn_story_leaves_the_tree_with_one_build(pictures, tmp_path):
    """Page, lists and feeds lose a withdrawn story; strangers' files stay."""
    build(samples.given(pictures), Audience.PUBLIC, tmp_path)
    stranger = tmp_path / "public" / "robots.txt"
    stranger.write_text("of the host", "utf-8")
    gone = replace(samples.STORIES[0], state=StoryState.WITHDRAWN)

    report = build(
        samples.given(pictures, stories=(gone, *samples.STORIES[1:])),
        Audience.PUBLIC,
        tmp_path,
    )

    files = tree(tmp_path / "public")
    assert report.removed >= 1
    assert "robots.txt" in files
    assert not any("食品园一线".encode() in content for content in files.values())


def test_placeholders_stop_the_public_tree_only(pictures, tmp_path):
    """An unfilled ICP number keeps the old public tree and lets the internal pass."""
    build(samples.given(pictures, samples.YESTERDAY), Audience.PUBLIC, tmp_path)
    before = tree(tmp_path / "public")
    office = samples.OFFICE.model_copy(update={"icp": "鄂ICP备########号-#"})
    given = samples.given(pictures, office=office)

    public = build(given, Audience.PUBLIC, tmp_path)
    internal = build(given, Audience.INTERNAL, tmp_path)

    assert ["placeholder"] == [fault.rule for fault in public.faults]
    assert before == tree(tmp_path / "public")
    assert internal.written > 0


def test_a_lost_story_is_a_fault(pictures, tmp_path):
    """An edition whose story is missing is not published as if nothing was lost."""
    given = samples.given(pictures, stories=samples.STORIES[1:])

    report = build(given, Audience.PUBLIC, tmp_path)

    assert "lost-story" in {fault.rule for fault in report.faults}
    assert not (tmp_path / "public").exists()


def test_a_tree_is_never_built_over_the_other(pictures, tmp_path):
    """Internal pages never land in the public folder."""
    given = samples.given(pictures)
    build_site(given, Audience.PUBLIC, tmp_path / "out", tmp_path / "work")

    with pytest.raises(NewsroomError, match="另一棵"):
        build_site(given, Audience.INTERNAL, tmp_path / "out", tmp_path / "work")


def test_a_day_without_stories_shows_the_week(pictures, tmp_path):
    """A thin day has 本周回顾 and no empty column."""
    given = samples.given(pictures, samples.THIN, samples.ORDINARY)

    build(given, Audience.INTERNAL, tmp_path)

    front = (tmp_path / "internal/index.html").read_text("utf-8")
    assert "本周回顾" in front
    assert "要闻" not in front


def test_a_tree_without_any_edition_is_whole(pictures, tmp_path):
    """Before the first edition both trees say so and have no dead link."""
    given = samples.given(pictures, editions=(), stories=(), sources=(), report=None)

    reports = [build(given, audience, tmp_path) for audience in Audience]

    assert [(), ()] == [report.faults for report in reports]


def test_an_unedited_morning_says_so(pictures, tmp_path):
    """Until an editor touched it the internal edition is marked."""
    raw = replace(samples.ORDINARY, edited=False, release=None)

    build(samples.given(pictures, raw), Audience.INTERNAL, tmp_path)

    for page in ("index.html", "briefing/2026-09-21.html"):
        assert "自动编排，未经编辑" in (tmp_path / "internal" / page).read_text("utf-8")


def test_a_full_day_stays_within_the_budget(trees):
    """Front page and stories are light, style and script lighter."""
    files = trees[Audience.PUBLIC]
    assets = {
        p.rpartition(".")[2]: len(c) for p, c in files.items() if "assets/site" in p
    }

    assert len(files["index.html"]) < 40_000
    assert len(files["stories/2026/5.html"]) < 12_000
    assert assets["css"] < 20_000
    assert assets["js"] < 6_000
