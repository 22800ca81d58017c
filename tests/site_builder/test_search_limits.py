"""What a question asks of the network, also where the terms lead astray."""

from __future__ import annotations

import functools
import random
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import samples

from newsroom.body import Body
from site_builder.build import build_site
from site_builder.given import Audience

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHRASE = "清凉送工会"
APART = ("清凉。", "凉送。", "送工。", "工会。")  # every pair, never the phrase
STORIES = 90


def told(number: int, dice: random.Random):
    """A long story that holds all pairs of the phrase; the oldest holds it whole."""
    noise = "".join(chr(dice.randrange(0x4E00, 0x4E00 + 900)) for _ in range(900))
    words = noise + "".join(dice.sample(APART, 4))
    if number == 1:
        words += PHRASE
    story = samples.own_story(number, f"第{number}篇", "afs", "xiasong")
    body = Body(samples.text_body(words))
    day = samples.moment(STORIES - number)
    return replace(story, abstract="", body=body, published=day)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Stories of which the terms of the phrase name all, and one is right."""
    folder, dice = tmp_path_factory.mktemp("astray"), random.Random(5)
    stories = tuple(told(number, dice) for number in range(1, STORIES + 1))
    given = samples.given(folder / "none", stories=stories)
    build_site(given, Audience.INTERNAL, folder / "out", folder / "work")
    return folder / "out"


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture
def asked(tree, browser):
    """The open search page of a served tree, and the sizes of what it asked for."""
    handler = functools.partial(SilentHandler, directory=str(tree))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        context = browser.new_context(viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/search/index.html")
        page.wait_for_load_state("networkidle")
        sizes = []
        page.on("response", lambda r: sizes.append(int(r.headers["content-length"])))
        yield page, sizes
        context.close()
        server.shutdown()
        thread.join()


def test_false_candidates_cost_no_more_than_right_ones(asked):
    """Six files and 150 KB, then the page says what it has not looked at."""
    page, sizes = asked
    page.fill("#q", PHRASE)
    page.wait_for_selector(".search[data-state=done]")

    status = page.locator(".found").inner_text()
    assert len(sizes) <= 6
    assert sum(sizes) <= 150_000
    assert "最近的里没有" in status
    assert "没有找到" not in status
    assert 0 == page.locator(".results li").count()


def test_what_stands_far_back_is_found_by_reading_on(asked):
    """Nothing is given up: each further step looks at more, to the oldest."""
    page, _ = asked
    page.fill("#q", PHRASE)
    page.wait_for_selector(".search[data-state=done]")

    while page.locator(".read-on").is_visible():
        page.click(".read-on")
        page.wait_for_selector(".results[aria-busy=false]", state="attached")

    assert ["第1篇"] == page.locator(".results h2").all_inner_texts()
    assert page.locator(".found").inner_text().endswith("找到 1 篇")


def test_the_address_is_kept_when_the_answer_stands(asked):
    """What was asked stands in the address, to be handed on."""
    page, _ = asked
    page.fill("#q", "第7篇")
    page.wait_for_selector(".search[data-state=done]")

    page.wait_for_function("location.search.includes('q=')")
    assert ["第7篇"] == page.locator(".results h2").all_inner_texts()[:1]
