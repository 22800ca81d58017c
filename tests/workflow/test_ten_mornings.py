"""The whole job on the sample sites: what a sound product makes of them.

``demo/expected.toml`` says which articles are the same news, which never are, what
must be held, caught, lost and read; the ten mornings are played once for all tests.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from demo.articles import articles
from demo.inbox import town_stories
from demo.scenario import MORNINGS
from newsroom.edition import Column
from newsroom.story import StoryState
from workflow.demo_run import Demonstration, run_demo

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = tomllib.loads((ROOT / "demo" / "expected.toml").read_text("utf-8"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Demonstration:
    folder = tmp_path_factory.mktemp("demo")
    return run_demo(folder / "data", folder / "output")


@pytest.fixture(scope="module")
def stories(played) -> dict[str, list]:
    """Stories by the headline of any of their publications."""
    found: dict[str, list] = {}
    with played.office.store() as store:
        for story in store.stories():
            names = {story.headline, *(a.headline for a in story.appearances)}
            for name in names:
                found.setdefault(_fold(name), []).append(story)
    return found


TITLES = {a.key: a.title for a in articles()} | {s.key: s.title for s in town_stories()}


def _fold(title: str) -> str:
    return "".join(title.split())


def story_of(stories, key):
    found = stories.get(_fold(TITLES[key]), [])
    assert found, f"{key}《{TITLES[key]}》没有成为稿件"
    return found


@pytest.mark.parametrize("case", EXPECTED["same"], ids=lambda c: c["keys"][0])
def test_the_same_news_is_one_story(stories, case) -> None:
    """The same news on several sites, or handed in as well, is one story."""
    ids = [{s.id for s in story_of(stories, key)} for key in case["keys"]]

    assert set.intersection(*ids)


FIRST = [c["keys"][0] for c in EXPECTED["same"] if c["keys"][0].startswith("zj_")]


@pytest.mark.parametrize("key", FIRST)
def test_the_first_publication_is_the_one_that_others_name(stories, key) -> None:
    """A site without hours is still the first when the others name it as 来源."""
    found = story_of(stories, key)

    assert _fold(TITLES[key]) in {_fold(s.first.headline) for s in found}


@pytest.mark.parametrize("case", EXPECTED["different"], ids=lambda c: c["keys"][0])
def test_different_news_is_never_merged(stories, case) -> None:
    """Two towns with the same campaign stay two stories."""
    first, second = ({s.id for s in story_of(stories, key)} for key in case["keys"])

    assert not first & second


@pytest.mark.parametrize("case", EXPECTED["headline_only"], ids=lambda c: c["key"])
def test_personal_data_and_placeholders_drop_the_excerpt(stories, case) -> None:
    """A hit keeps the headline and drops the excerpt."""
    assert {""} == {s.excerpt for s in story_of(stories, case["key"])}


@pytest.mark.parametrize("case", EXPECTED["not_news"], ids=lambda c: c["key"])
def test_old_and_undated_news_is_not_news_of_the_day(played, stories, case) -> None:
    """Pinned, re-dated and undated articles never stand in an edition as news."""
    ids = {s.id for s in stories.get(_fold(TITLES[case["key"]]), [])}
    at = next(a.at for a in articles() if a.key == case["key"])
    later = (m.edition for m in played.mornings if m.edition.day > at.date())
    carried = {e.story_id for edition in later for e in edition.all_entries}

    assert not ids & carried


@pytest.mark.parametrize("case", EXPECTED["lost"], ids=lambda c: c["key"])
def test_what_cannot_be_had_is_a_counted_loss(played, stories, case) -> None:
    """A dead, cut or empty page is no story, and the report says so."""
    losses = [x for m in played.mornings for s in m.report.sources for x in s.losses]

    assert not stories.get(_fold(TITLES[case["key"]]))
    assert losses


@pytest.mark.parametrize("case", EXPECTED["readable"], ids=lambda c: c["key"])
def test_hard_pages_are_read(stories, case) -> None:
    """Mixed charsets, lying headers and several pages are read all the same."""
    story = story_of(stories, case["key"])[0]

    assert case["sentence"] in story.body.text.replace("\n", "")
    if "day" in case:
        assert case["day"] == story.published.date()


@pytest.mark.parametrize("case", EXPECTED["refused"], ids=lambda c: c["key"])
def test_drafts_with_personal_data_or_gaps_are_refused(played, case) -> None:
    """Weak drafts, personal data and gaps never become stories."""
    with played.office.store() as store:
        states = {
            s.state.value
            for s in store.submissions()
            if _fold(s.title) == _fold(TITLES[case["key"]])
        }

    assert states <= {"returned", "checked", "rejected"}


def test_every_morning_has_an_edition_with_highlights(played) -> None:
    """Ten mornings, ten editions, each with a grassroots highlight."""
    editions = [m.edition for m in played.mornings]

    assert [at.date() for at in MORNINGS] == [e.day for e in editions]
    assert all(e.entries(Column.HIGHLIGHTS) for e in editions)
    assert list(range(editions[0].number, editions[0].number + 10)) == [
        e.number for e in editions
    ]


def test_no_morning_failed_in_a_step(played) -> None:
    """Sources fail in the play; no step of ours does."""
    assert [] == [x.sentence for m in played.mornings for x in m.report.losses]


def test_at_least_sixty_articles_came_in(played) -> None:
    """The sample sites give at least sixty articles over the ten mornings."""
    assert played.stories >= 60


def test_the_public_tree_holds_the_last_released_day_only(played) -> None:
    """The last morning is unreleased: the public tree stands at the one before."""
    output = played.office.output
    public = json.loads((output / "public" / "edition.json").read_text("utf-8"))
    internal = json.loads((output / "internal" / "edition.json").read_text("utf-8"))

    assert ("public", "2026-10-09") == (public["audience"], public["day"])
    assert ("internal", "2026-10-10") == (internal["audience"], internal["day"])


def test_every_page_says_that_it_is_a_demonstration(played) -> None:
    """Each page bears the notice and asks robots to stay away."""
    pages = list(played.office.output.rglob("*.html"))
    lacking = [
        page
        for page in pages
        if "均为虚构" not in (text := page.read_text("utf-8")) or "noindex" not in text
    ]

    assert len(pages) > 100
    assert [] == lacking


def test_withheld_data_stands_nowhere_in_the_public_tree(played) -> None:
    """Statement 7: no ID, card or phone of the play stands in any public file."""
    secrets = {
        number
        for a in articles()
        if "personal_data" in a.traps
        for number in _long_numbers(a.text)
    }
    files = [p for p in (played.office.output / "public").rglob("*") if p.is_file()]
    found = [
        (path.name, secret)
        for path in files
        if path.suffix in {".html", ".xml", ".json", ".txt", ".js"}
        for secret in secrets
        if secret in path.read_text("utf-8")
    ]

    assert secrets
    assert [] == found


def _long_numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<!\d)\d{11,19}[Xx]?(?!\d)", text))


def test_a_spiked_general_story_is_kept_but_shown_nowhere(played) -> None:
    """What the union filter drops stays in the store and off the pages."""
    with played.office.store() as store:
        spiked = [s for s in store.stories() if s.state is StoryState.SPIKED]
    pages = {p.stem for p in (played.office.output / "internal").rglob("*.html")}

    assert spiked
    assert not {str(s.id) for s in spiked} & pages
