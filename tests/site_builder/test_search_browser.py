import functools
import random
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import samples

from newsroom.body import Body
from newsroom.taxonomy import Tag
from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.links import story_address
from site_builder.search.folding import fold, words_of
from site_builder.search.postings import write_numbers
from site_builder.search.records import folded_text

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VOCABULARY = (
    *("工会", "联合会", "职工", "总工会", "集体", "协商", "枝江", "送清凉", "点", "的"),
    *(
        "App",
        "ＡＰＰ",
        "2026年",
        "３个",
        "é",
        "Σ",
        "😀",
        "𠮷野",
        "“安康杯”",
        "，",
        "。",
        "<b>",
    ),
)
REACH = """async query => {
  const place = document.querySelector('.search');
  const more = place.querySelector('.read-on');
  const list = place.querySelector('.results');
  const until = async test => {
    while (!test()) await new Promise(done => setTimeout(done, 5));
  };
  place.dataset.state = 'asked';
  place.querySelector('form').elements.q.value = query;
  place.querySelector('form [type=submit]').click();
  await until(() => ['done', 'empty'].includes(place.dataset.state));
  while (!more.hidden) {
    more.click();
    await until(() => list.getAttribute('aria-busy') === 'false');
  }
  return [...list.querySelectorAll('h2 a')].map(a => a.getAttribute('href').slice(3));
}"""


def stories_of(dice):
    """Stories of odd words, 40 of them, on ten days."""
    for number in range(1, 41):
        words = dice.choices(VOCABULARY, k=30)
        text = "".join(words[:14]) + "\n" + " ".join(words[14:])
        story = samples.own_story(
            number, "".join(dice.choices(VOCABULARY, k=4)), "afs", "xiasong"
        )
        yield replace(
            story,
            abstract="",
            body=Body(samples.text_body(*text.split("\n"))),
            published=samples.moment(number % 10),
            units=(Tag(dice.choice(("afs", "by")), 9, ()),),
        )


@pytest.fixture(scope="module")
def stories():
    return list(stories_of(random.Random(3)))


@pytest.fixture(scope="module")
def tree(stories, tmp_path_factory):
    """A tree with a base and a delta: some stories changed, one taken away."""
    folder = tmp_path_factory.mktemp("searched")
    before = [replace(s, headline="旧题") if s.id in {3, 8, 21} else s for s in stories]
    gone = replace(stories[0], id=99, headline="撤下的稿件")
    for told in ([*before[:-2], gone], stories):
        given = samples.given(folder / "none", stories=tuple(told))
        build_site(given, Audience.INTERNAL, folder / "out", folder / "work")
    return folder / "out"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def served(tree):
    handler = functools.partial(SilentHandler, directory=str(tree))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/search/index.html"
        server.shutdown()


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


def scan(stories, query):
    """The paths that a plain scan of every text finds."""
    words = words_of(query)
    return {
        story_address(story).path
        for story in stories
        if words and all(word in folded_text(story) for word in words)
    }


def test_search_finds_exactly_what_a_plain_scan_finds(tree, stories, page):
    """From a stick: all right stories and no other, whatever the words are."""
    page.goto((tree / "search/index.html").as_uri())
    dice, texts = random.Random(4), [folded_text(story) for story in stories]
    queries = [
        "工会联合会",
        "ａｐｐ",
        "APP",
        "工",
        "😀",
        "𠮷",
        "<",
        "“",
        "点 的",
        "没有的话",
        "旧题",
    ]
    for _ in range(40):
        text = dice.choice(texts)
        start = dice.randrange(len(text) - 6)
        queries.append(text[start : start + dice.randint(1, 6)].replace("\n", " "))

    found = {query: page.evaluate(REACH, query) for query in queries}

    assert {q: scan(stories, q) for q in queries} == {
        q: set(f) for q, f in found.items()
    }
    assert all(len(f) == len(set(f)) for f in found.values())
    assert [] == page.complaints


def test_the_page_folds_as_the_index_does(tree, page):
    """Script and index fold every character that has case or width the same way."""
    page.goto((tree / "search/index.html").as_uri())
    letters = "".join(
        chr(c) for c in (*range(0x21, 0x530), *range(0xFF01, 0xFF5F)) if chr(c).strip()
    )
    letters = letters.replace("\u00ad", "")

    shown = page.evaluate(
        "text => { const e = document.createElement('p'); e.textContent = text;"
        " return window.gonghuiSearch.fold(text); }",
        letters,
    )

    assert fold(letters) == shown


def test_newest_first_and_shareable(served, page, stories):
    """An address with a query shows its results, newest first, with marked words."""
    page.goto(f"{served}?q=%E5%B7%A5%E4%BC%9A&town=afs")
    page.wait_for_selector(".search[data-state=done]")

    days = page.eval_on_selector_all(".results time", "all => all.map(e => e.dateTime)")
    marks = page.eval_on_selector_all(
        ".results mark", "all => all.map(e => e.textContent)"
    )
    assert days
    assert sorted(days, reverse=True) == days
    assert {"工会"} == set(marks)
    assert {"安福寺镇"} == set(page.locator(".results .level").all_inner_texts())
    assert page.locator(".found").inner_text().startswith("“工会”：找到")


def test_a_first_query_asks_for_few_files(served, page):
    """At most six requests, and at most 150 KB, to the first results."""
    page.goto(served)
    sizes = []
    page.on("response", lambda r: sizes.append(int(r.headers["content-length"])))

    page.fill("#q", "送清凉")
    page.wait_for_selector(".search[data-state=done]")

    assert len(sizes) <= 6
    assert sum(sizes) <= 150_000


def test_dates_and_towns_narrow_and_widen(served, page, stories):
    """Filters alone list stories; without a hit the page says how to widen."""
    page.goto(f"{served}?from=2026-09-20&to=2026-09-20&town=by")
    page.wait_for_selector(".search[data-state=done]")
    wanted = {
        story_address(s).path
        for s in stories
        if s.unit_id == "by" and s.published.date().isoformat() == "2026-09-20"
    }

    links = page.eval_on_selector_all(
        ".results h2 a", "all => all.map(e => e.getAttribute('href').slice(3))"
    )
    page.fill("#q", "没有这样的话")
    page.wait_for_selector(".tips")

    assert wanted == set(links)
    assert "没有找到“没有这样的话”" == page.locator(".found").inner_text()
    assert "去掉筛选" in page.locator(".tips").inner_text()
    page.click(".tips button >> nth=0")
    assert "" == page.input_value("[name=town]")


def test_two_days_in_the_wrong_order_are_turned(served, page):
    """The later day typed first means the same days."""
    page.goto(f"{served}?from=2026-09-21&to=2026-09-18")
    page.wait_for_selector(".search[data-state=done]")

    days = page.eval_on_selector_all(
        ".results time", "all => all.map(e => e.getAttribute('datetime').slice(0, 10))"
    )

    assert "2026-09-21" == days[0]
    assert "2026-09-18" <= min(days)
    assert "2026-09-18" == page.input_value("[name=from]")
    assert "2026-09-21" == page.input_value("[name=to]")


def test_what_is_proposed_for_a_long_question_is_short(served, page):
    """Buttons name at most twelve characters of what they look for."""
    page.goto(served)
    page.fill("#q", "没有这样的话" * 10)
    page.wait_for_selector(".tips button")

    said = page.locator(".tips button").all_inner_texts()

    assert [] == [words for words in said if len(words) > 20]


def test_search_is_used_by_keys_alone(served, page):
    """Slash goes to the field, arrows through results, Escape back and out."""
    page.goto(served)
    page.keyboard.press("Escape")
    page.locator("body").evaluate("e => document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("工会")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search[data-state=done]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    links = page.eval_on_selector_all(
        ".results h2 a", "a => a.map(e => e.getAttribute('href'))"
    )

    page.keyboard.press("Escape")
    field = page.evaluate("document.activeElement.id")
    page.keyboard.press("Escape")

    assert links[1] == second
    assert "q" == field
    assert "" == page.input_value("#q")
    assert "polite" == page.get_attribute(".found", "aria-live")


def test_a_renewed_site_does_not_break_an_open_page(tree, served, page):
    """A page that was opened before the shards were renewed reads the head anew."""
    page.goto(served)
    stale = {"schema": 1, "block": 9, "base": "0000000000", "shards": 8}
    stale |= {"days": write_numbers((20_000, 3)), "dead": "", "common": ""}
    stale |= {"delta": "", "deltaShards": 0, "deltaDays": "", "deltaBlocks": []}
    stale |= {"deltaFacets": ""}
    page.evaluate("head => gonghuiSearch('head', head)", stale)

    page.fill("#q", "工会")
    page.wait_for_selector(".search[data-state=done]")

    assert page.locator(".results li").count() > 0


def test_every_page_leads_to_the_search(served, page):
    """The field in the head of a page sends its words to the search page."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(served.replace("search/index.html", "towns/index.html"))

    page.keyboard.press("/")
    page.keyboard.type("工会")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search[data-state=done]")

    assert "工会" == page.input_value("#q")
    assert not any("Content Security" in told for told in page.complaints)


def test_without_script_the_page_shows_other_ways(browser, served):
    """No script: the form is not shown, and towns, topics, days are offered."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)

    assert not page.is_visible("#q")
    assert "搜索要用到浏览器的脚本" in page.inner_text("main")
    assert page.is_visible("text=按单位找")
    context.close()
