"""Three filters at once and a word: six files at most, and the right stories."""

from __future__ import annotations

import functools
import random
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import samples

from newsroom.body import Body
from newsroom.story import Appearance
from newsroom.taxonomy import Level
from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.search import postings
from site_builder.search.layout import LEAST_SHARDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORD = "送清凉活动"
STORIES = 120
READ_ON = """async () => {
  const more = document.querySelector('.read-on');
  const list = document.querySelector('.results');
  while (!more.hidden) {
    more.click();
    while (list.getAttribute('aria-busy') === 'true') {
      await new Promise(done => setTimeout(done, 5));
    }
  }
}"""
FILTERS = {"town": "afs", "topic": "xiasong", "source": "szgh"}


def story_of(number: int, dice: random.Random):
    """A long story; by its number it has the word, and each of what is asked for."""
    noise = "".join(chr(dice.randrange(0x4E00, 0x4E00 + 900)) for _ in range(600))
    source = "hbghw" if number % 5 == 0 else "szgh"
    story = samples.own_story(
        number,
        f"第{number}篇" + (WORD if number % 3 else "送清凉的活动"),
        "afs" if number % 2 else "by",
        "weiquan" if number % 7 == 0 else "xiasong",
    )
    seen = samples.moment((STORIES - number) // 8)
    url = f"https://example.org/{number}"
    return replace(
        story,
        abstract="",
        body=Body(samples.text_body(noise)),
        published=seen,
        appearances=(Appearance(source, source, Level.COUNTY, url, "", seen),),
    )


def is_asked_for(number: int) -> bool:
    """What ``story_of`` gives this story is what the filters and the word ask."""
    return bool(number % 2 and number % 3 and number % 5 and number % 7)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A tree whose search has a base, a delta, and a story of the base that is dead.

    Its lists are written as those of a large site.
    """
    folder, dice = tmp_path_factory.mktemp("filtered"), random.Random(8)
    stories = [story_of(number, dice) for number in range(1, STORIES + 1)]
    before = [replace(stories[0], headline="旧题"), *stories[1:-6]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "LONG", 0)
        for known in (before, stories):
            given = samples.given(folder / "none", stories=tuple(known))
            build_site(given, Audience.INTERNAL, folder / "out", folder / "work")
    return folder / "out"


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture
def page(tree, browser):
    """The open search page of the served tree; ``sizes`` of what it asked for."""
    handler = functools.partial(SilentHandler, directory=str(tree))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        context = browser.new_context(viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/search/index.html")
        page.wait_for_load_state("networkidle")
        page.sizes = []
        page.on(
            "response",
            lambda r: page.sizes.append(int(r.headers["content-length"])),
        )
        yield page
        context.close()
        server.shutdown()
        thread.join()


def ask(page, words: str) -> None:
    """Choose all three filters, then type; the first answer stands at the end."""
    for name, value in FILTERS.items():
        page.evaluate(
            "([name, value]) => {"
            " document.querySelector('.search form').elements[name].value = value; }",
            [name, value],
        )
    page.fill("#q", words)
    page.wait_for_selector(".search[data-state=done]")


def test_three_filters_and_a_word_ask_for_six_files(tree, page):
    """With a delta too: six files, 150 KB, and the newest that fit are shown."""
    assert list((tree / "search").glob("d*-t0.js"))
    assert len(list((tree / "search").glob("b*-t*.js"))) >= LEAST_SHARDS
    lists = [file.read_text("utf-8") for file in (tree / "search").glob("b*-[ft]*.js")]
    assert any(f" {postings.DENSE}" in told for told in lists)

    ask(page, WORD)

    newest = max(number for number in range(1, STORIES + 1) if is_asked_for(number))
    assert len(page.sizes) <= 6
    assert sum(page.sizes) <= 150_000
    assert f"第{newest}篇{WORD}" == page.locator(".results h2").first.inner_text()


@pytest.mark.parametrize("words", [WORD, "清凉 活动", "送"])
def test_three_filters_and_words_find_exactly_what_fits(page, words):
    """Read to the end, the answer has every story that fits and no other."""
    ask(page, words)

    page.evaluate(READ_ON)

    found = page.locator(".results h2").all_inner_texts()
    numbers = range(STORIES, 0, -1)
    right = [f"第{n}篇{WORD}" for n in numbers if is_asked_for(n)]
    apart = {f"第{n}篇送清凉的活动" for n in numbers}
    assert right == [headline for headline in found if headline not in apart]
    assert (words == WORD) == (right == found)
    assert page.locator(".found").inner_text().endswith(f"找到 {len(found)} 篇")
