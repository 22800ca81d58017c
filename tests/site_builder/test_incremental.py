import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import samples
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import meta
from search_reader import SearchFiles

from newsroom.story import StoryState
from newsroom.taxonomy import Tag
from site_builder.assets import TEMPLATES
from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.ground import referenced
from site_builder.manifest import open_manifest, read_manifest
from site_builder.render import make_environment
from site_builder.search.layout import MOST_BLOCK
from site_builder.shelves import EditionsInHand, StoriesInHand


class Counted(StoriesInHand):
    """A shelf that notes what is asked of it."""

    def __init__(self, stories):
        super().__init__(stories)
        self.asked = []

    def digests(self):
        self.asked.append("digests")
        return super().digests()

    def stories(self, ids):
        self.asked.append(tuple(ids))
        return super().stories(ids)


class Log:
    """What changed from one world to the next, as a store would log it."""

    def __init__(self):
        self.lines = []
        self.known = {}

    def shelf(self, stories):
        """The shelf of a world, with the log up to now."""
        shelf = Logged(stories)
        shelf.log, told = self, shelf.digests()
        ids = sorted(told.keys() | self.known.keys())
        self.lines += [i for i in ids if told.get(i) != self.known.get(i)]
        self.known = told
        return shelf


class Logged(StoriesInHand):
    """A shelf that tells what changed since a place of its log."""

    def changes(self, place):
        now, known = str(len(self.log.lines)), self.log.known
        if not place:
            return now, None
        return now, {i: known.get(i) for i in self.log.lines[int(place) :]}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def without_search(folder: Path) -> dict[str, bytes]:
    """The files but those of the search: base and delta may be parted in many ways."""
    return {p: c for p, c in tree(folder).items() if not p.startswith("search/")}


def found_by(folder: Path) -> object:
    """What the search of a tree finds, and by which words."""
    return SearchFiles(folder / "search").meaning()


def times(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def build(given_, folder: Path, audience=Audience.INTERNAL):
    return build_site(given_, audience, folder / "out", folder / "work")


def edited(story, dice):
    """The story as some later morning has it."""
    state = dice.choice(list(StoryState))
    return dice.choice(
        (
            replace(story, headline=story.headline + "（改）"),
            replace(story, abstract="换了说法。", excerpt="换了说法。"),
            replace(story, state=state, held_reason="等一等"),
            replace(
                story,
                units=(Tag(dice.choice(samples.TOWNS)[0], 9, ()), *story.units[1:]),
            ),
            replace(
                story, topics=(Tag("xieshang", 9, (), doubtful=dice.random() < 0.5),)
            ),
            replace(story, published=None),
            replace(story, first_seen=story.first_seen - timedelta(days=400)),
            replace(story, body=samples.STORIES[2].body, own=not story.own),
        )
    )


def changed(world, dice):
    """The world after one thing happened."""
    stories, editions, more = world
    kind = dice.randrange(7)
    if kind <= 2:
        at = dice.randrange(len(stories))
        stories = (*stories[:at], edited(stories[at], dice), *stories[at + 1 :])
    elif kind == 3:
        new = replace(dice.choice(stories), id=max(s.id for s in stories) + 1)
        stories = (
            *stories,
            replace(new, headline=f"新稿{new.id}", submission_number=None),
        )
    elif kind == 4:
        editions = tuple(
            replace(e, release=None if e.release else samples.ORDINARY.release)
            if dice.random() < 0.5
            else e
            for e in editions
        )
    elif kind == 5:
        last = editions[0]
        day = last.day + timedelta(days=1)
        editions = (replace(last, day=day, number=last.number + 1), *editions)
    else:
        key = dice.choice(("report", "banner", "page_size"))
        if key == "report":
            more = more | {"report": dice.choice((None, samples.REPORT))}
        else:
            site = more.get("site", samples.SITE)
            value = {
                "banner": f"演示{dice.random()}",
                "page_size": dice.choice((10, 30)),
            }
            more = more | {"site": site.model_copy(update={key: value[key]})}
    return stories, editions, more


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],  # a seed does not shrink
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(st.integers(0, 2**32), st.sampled_from(list(Audience)))
def test_an_incremental_build_equals_a_full_one(
    pictures, tmp_path_factory, seed, audience
):
    """After any changes the tree is, to the byte, what a first build would make.

    Whether the builder compares all digests or asks a log for what changed.
    """
    folder, dice = tmp_path_factory.mktemp("steps"), random.Random(seed)
    world = (samples.STORIES, (samples.ORDINARY, samples.YESTERDAY), {})
    shelf = Log().shelf if seed % 2 else tuple
    first = samples.given(pictures, stories=shelf(samples.STORIES))
    build(first, folder / "kept", audience)
    for step in range(4):
        world = changed(world, dice)
        stories, editions, more = world
        now = samples.given(pictures, *editions, stories=stories, **more)
        kept = build(replace(now, stories=shelf(stories)), folder / "kept", audience)
        full = build(now, folder / f"full{step}", audience)

        assert full.faults == kept.faults
        if audience is Audience.INTERNAL or not full.faults:
            whole, here = folder / f"full{step}/out", folder / "kept/out"
            assert without_search(whole) == without_search(here)
            assert found_by(whole) == found_by(here)


def test_nothing_changed_is_seen_without_planning(pictures, tmp_path):
    """The same revision: no digest is asked for, no file written."""
    shelf = Counted(samples.STORIES)
    now = samples.given(pictures, stories=shelf, revision="7")
    first = build(now, tmp_path)
    before = times(tmp_path / "out")
    shelf.asked.clear()

    second = build(now, tmp_path)

    assert [] == shelf.asked
    assert before == times(tmp_path / "out")
    assert (0, first.written, first.pages) == (
        second.written,
        second.unchanged,
        second.pages,
    )


def test_only_stories_of_pages_to_be_made_are_read(pictures, tmp_path):
    """A story that no made page and no block of the search shows is not read."""
    alone = replace(
        samples.STORIES[0], units=(Tag("blz", 9, ()),), topics=(), appearances=()
    )
    quiet = tuple(replace(alone, id=100 + n, headline=f"旧闻{n}") for n in range(90))
    build(samples.given(pictures, stories=(*samples.STORIES, *quiet)), tmp_path)
    touched = replace(samples.STORIES[2], byline="周某")
    stories = tuple(touched if s.id == 3 else s for s in samples.STORIES)
    shelf = Counted((*stories, *quiet))

    build(samples.given(pictures, stories=shelf), tmp_path)

    read = {i for ids in shelf.asked if isinstance(ids, tuple) for i in ids}
    assert 3 in read
    assert len(read & {story.id for story in quiet}) < MOST_BLOCK


def harm_row(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE file SET key = 'other', links = x''")


HARMS = {
    "gone": lambda file: file.unlink(),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-4096]),
    "half": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "empty": lambda file: file.write_bytes(b""),
    "flipped": lambda file: file.write_bytes(file.read_bytes()[:-9] + b"123456789"),
    "row": harm_row,
    "no database": lambda file: file.write_bytes(b"of another kind" * 999),
    "unsealed": lambda file: Path(f"{file}.seal").unlink(),
    "other": lambda file: Path(f"{file}.seal").write_text("manifest 0", "utf-8"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_doubtful_manifest_means_a_full_build(pictures, tmp_path, harm):
    """Whatever befell the manifest the tree comes out whole, old files removed."""
    build(samples.given(pictures), tmp_path)
    HARMS[harm](tmp_path / "work/internal/manifest.sqlite3")
    fewer = samples.given(pictures, stories=samples.STORIES[:-1])

    build(fewer, tmp_path)
    build(fewer, tmp_path / "gold")

    assert tree(tmp_path / "gold/out") == tree(tmp_path / "out")


def test_a_build_that_was_killed_before_its_seal_is_forgotten(pictures, tmp_path):
    """What a killed build wrote into the manifest is rolled back at the next start."""
    build(samples.given(pictures), tmp_path)
    manifest = open_manifest(tmp_path / "work/internal/manifest.sqlite3")
    before = manifest.counts()
    manifest.forget(manifest.paths())
    manifest.close()

    again = read_manifest(tmp_path / "work/internal/manifest.sqlite3")

    assert before == again.counts()
    again.close()


TOUCHED = (
    "stories/2026/1.html",
    "towns/afs.html",
    "index.html",
    f"pictures/{samples.LANDSCAPE}",
    "feeds/atom.xml",
)


@pytest.mark.parametrize("path", TOUCHED)
@pytest.mark.parametrize("harm", ["gone", "cut", "same size"])
def test_a_file_touched_behind_our_back_is_made_again(pictures, tmp_path, path, harm):
    """A lost, cut or altered file is seen and mended even if nothing changed."""
    now = samples.given(pictures, revision="7")
    build(now, tmp_path)
    before = tree(tmp_path / "out")
    page = tmp_path / "out" / path
    if harm == "gone":
        page.unlink()
    else:
        page.write_bytes(b"" if harm == "cut" else b"x" * page.stat().st_size)

    report = build(now, tmp_path)

    assert 1 == report.written
    assert before == tree(tmp_path / "out")


def test_a_dead_link_of_an_unchanged_page_is_told(pictures, tmp_path, monkeypatch):
    """A page that was kept is still asked where it leads."""
    monkeypatch.setattr("site_builder.keys.Keys.listing", lambda *_: "always")
    build(samples.given(pictures), tmp_path)
    gone = replace(samples.STORIES[0], state=StoryState.WITHDRAWN)
    stories = (gone, *samples.STORIES[1:])

    report = build(samples.given(pictures, stories=stories), tmp_path)

    told = {f.sentence for f in report.faults if f.rule == "dead-link"}
    assert any("stories/2026/1.html" in sentence for sentence in told)


def test_a_picture_that_arrives_late_is_shown(pictures, tmp_path):
    """A page that missed its picture is made again when the picture is there."""
    late = tmp_path / "late"
    late.mkdir()
    build(samples.given(late), tmp_path)
    for name in (samples.LANDSCAPE, samples.PORTRAIT, samples.TOOLS):
        (late / name).write_bytes((pictures / name).read_bytes())

    build(samples.given(late), tmp_path)
    build(samples.given(late), tmp_path / "gold")

    assert tree(tmp_path / "gold/out") == tree(tmp_path / "out")
    assert (tmp_path / "out/pictures" / samples.LANDSCAPE).exists()


def test_the_manifest_knows_every_file(pictures, tmp_path):
    """What the manifest notes is what stands, so that nothing of ours is forgotten."""
    build(samples.given(pictures), tmp_path)

    kept = read_manifest(tmp_path / "work/internal/manifest.sqlite3")

    assert sorted(tree(tmp_path / "out")) == kept.paths()
    assert [] == kept.doubtful(tmp_path / "out")
    kept.close()


def test_templates_take_from_what_their_closure_names():
    """The quick reading of template names agrees with Jinja's own."""
    environment = make_environment()
    for file in TEMPLATES.glob("s*/*.[hx]*ml"):
        text = file.read_text("utf-8")
        asked = meta.find_referenced_templates(environment.parse(text))

        assert sorted({*asked}) == sorted({*referenced(text)}), file.name


def test_editions_in_hand_are_found_by_day():
    """A shelf of editions answers for the days it has."""
    shelf = EditionsInHand((samples.ORDINARY, samples.YESTERDAY))

    assert [samples.YESTERDAY] == shelf.editions([samples.YESTERDAY.day.isoformat()])


def test_a_build_asks_the_log_for_what_changed(pictures, tmp_path, monkeypatch):
    """Where the shelf keeps a log, the digests of all stories are not asked for."""
    log = Log()
    build(samples.given(pictures, stories=log.shelf(samples.STORIES)), tmp_path)
    gone, other, *rest = samples.STORIES
    new = replace(gone, id=99, headline="新稿", submission_number=None)
    stories = (replace(other, headline=f"{other.headline}（改）"), *rest, new)
    shelf = log.shelf(stories)
    monkeypatch.setattr(shelf, "digests", None)

    build(samples.given(pictures, stories=shelf), tmp_path)
    build(samples.given(pictures, stories=stories), tmp_path / "gold")

    assert without_search(tmp_path / "gold/out") == without_search(tmp_path / "out")
