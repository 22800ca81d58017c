"""Share cards in the public tree: named by the page, gone with the story."""

from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.card_shelf import SIZES, CardShelf, remove_cards
from site_builder.given import Audience

BASE = "https://gonghui.example.cn/news"
NUMBER = 1


def lay(folder, number, day="2026-09-21", sha="0123456789ab"):
    """A story's cards, with bytes that only a test would call a picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for shape in SIZES:
        name = f"{number}-{day}-{'a' * 16}-{sha}-{shape}.jpg"
        (folder / name).write_bytes(f"{number} {sha} {shape}".encode())


@pytest.fixture
def office(pictures, tmp_path):
    """What is given to a site with an address, and the folder of its cards."""
    given = samples.given(pictures, forms=tmp_path / "releases")
    site = given.site.model_copy(update={"base_url": BASE})
    return replace(given, site=site), tmp_path / "releases" / "cards"


def build(given, tmp_path, audience=Audience.PUBLIC):
    out = tmp_path / audience.value
    return build_site(given, audience, out, tmp_path / "work"), out


def page_of(out, number=NUMBER):
    return (out / "stories" / "2026" / f"{number}.html").read_text("utf-8")


def test_a_story_names_its_card_by_the_sites_address(office, tmp_path):
    """og:image with its size and words, and the large form of the card."""
    given, cards = office
    lay(cards, NUMBER)

    report, out = build(given, tmp_path)

    page = page_of(out)
    card = f"cards/{NUMBER}-0123456789ab-og.jpg"
    assert () == report.faults
    assert f'<meta property="og:image" content="{BASE}/{card}">' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert '<meta property="og:image:height" content="630">' in page
    assert '<meta property="og:image:alt" content="分享图：' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert f'content="{BASE}/stories/2026/{NUMBER}.html"' in page
    assert f"{NUMBER} 0123456789ab og".encode() == (out / card).read_bytes()


def test_without_an_address_the_card_is_shown_and_not_named(office, tmp_path):
    """A site that does not know where it stands names no picture absolutely."""
    given, cards = office
    lay(cards, NUMBER)
    bare = replace(given, site=given.site.model_copy(update={"base_url": ""}))

    _, out = build(bare, tmp_path)

    page = page_of(out)
    assert "og:image" not in page
    assert f'src="../../cards/{NUMBER}-0123456789ab-og.jpg"' in page


def test_stories_without_cards_and_the_offices_own_tree_have_none(office, tmp_path):
    """Neither a name nor a file: cards are of the public tree and of own stories."""
    given, cards = office
    foreign = next(s.id for s in given.stories if not s.own)
    lay(cards, NUMBER)
    lay(cards, foreign)

    _, internal = build(given, tmp_path, Audience.INTERNAL)
    _, public = build(given, tmp_path)

    assert not (internal / "cards").exists()
    assert "cards/" not in page_of(internal)
    assert "cards/" not in page_of(public, foreign)
    assert {NUMBER} == {
        int(f.name.partition("-")[0]) for f in (public / "cards").iterdir()
    }


def test_wechat_finds_a_picture_on_a_page_without_one(office, tmp_path):
    """The small card stands on pages that have no picture of 300 pixels, no others."""
    given, cards = office
    own = [s for s in given.stories if s.own and s.state is StoryState.PUBLISHED]
    for story in own:
        lay(cards, story.id)

    _, out = build(given, tmp_path)

    told = {
        story.id: "-thumb.jpg" in page_of(out, story.id)
        for story in own
        if (out / "stories" / "2026" / f"{story.id}.html").is_file()
    }
    pictured = {s.id for s in own if s.body.pictures}
    assert {i: i not in pictured for i in told} == told
    assert {True, False} == set(told.values())


def test_a_new_card_touches_the_page_of_its_story_alone(office, tmp_path):
    """An incremental build takes new cards, their page and the worker, nothing else."""
    given, cards = office
    lay(cards, NUMBER)
    lay(cards, 2)
    given = replace(given, revision="1")
    build(given, tmp_path)
    for file in cards.glob(f"{NUMBER}-*"):
        file.unlink()
    lay(cards, NUMBER, sha="ba9876543210")

    report, out = build(given, tmp_path)

    assert (4, 2) == (report.written, report.removed)
    assert f"cards/{NUMBER}-ba9876543210-og.jpg" in page_of(out)
    assert not list((out / "cards").glob(f"{NUMBER}-0123456789ab-*"))


def test_a_withdrawn_story_takes_its_cards_with_it(office, tmp_path):
    """Even cards that still lie in the office's folder leave the tree."""
    given, cards = office
    lay(cards, NUMBER)
    build(replace(given, revision="1"), tmp_path)
    stories = tuple(
        replace(s, state=StoryState.WITHDRAWN) if s.id == NUMBER else s
        for s in given.stories
    )

    _, out = build(replace(given, stories=stories, revision="2"), tmp_path)

    assert not list(out.glob("cards/*"))


def test_a_story_shows_the_card_of_its_newest_edition(tmp_path):
    """Of two editions' cards the later one counts, whichever was made last."""
    lay(tmp_path, NUMBER, "2026-09-21", "b" * 12)
    lay(tmp_path, NUMBER, "2026-09-18", "a" * 12)

    shown = CardShelf(tmp_path).of(NUMBER)

    assert {"b" * 12} == {card.sha for card in shown.values()}
    assert set(SIZES) == set(shown)


def test_removed_are_the_storys_cards_and_those_without_a_name(tmp_path):
    """Cards of former versions do not say whose they are: none of them stays."""
    lay(tmp_path, NUMBER)
    lay(tmp_path, 11)
    (tmp_path / f"{'c' * 24}-og.png").write_bytes(b"old")

    gone, held = remove_cards(tmp_path, NUMBER)

    assert [] == held
    assert 4 == len(gone)
    assert {11} == {card.story_id for card in CardShelf(tmp_path)}
