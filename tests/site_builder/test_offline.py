import functools
import json
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import samples

from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.given import Audience

STORY = "stories/2026/1.html"
MOST_LOOKS = 30
KEPT = "caches.match('{}').then(answer => Boolean(answer))"
GONE = "caches.match('{}').then(answer => !answer)"
FETCH = """address => caches.open('gonghui-site-1')
    .then(cache => cache.add(address))"""
FORGET = """address => caches.open('gonghui-site-1')
    .then(cache => cache.put(address, new Response('{}')))"""


def build(folder, *, offline=True, audience=Audience.PUBLIC, **more):
    """The public site in a sub-folder, as cheap hosts have it."""
    site = samples.SITE.model_copy(update={"offline": offline})
    given = samples.given(more.pop("pictures", folder / "none"), site=site, **more)
    build_site(given, audience, folder / "host/gonghui", folder / "work")


def told(folder):
    first = (folder / "host/gonghui/sw.js").read_text("utf-8").split(";\n", 1)[0]
    return json.loads(first.removeprefix("var LIST = "))


def until(page, claim):
    """Wait in the page; the policy of the site forbids a string to be evaluated."""
    page.evaluate(
        f"async () => {{ while (!(await ({claim})))"
        " await new Promise(done => setTimeout(done, 50)); }"
    )


def wait_for_the_week(page, host, folder):
    """Until every page of the list is kept and the worker serves this page."""
    address = host.address("offline-told.json")
    least = len(told(folder))
    until(
        page,
        f"caches.match('{address}').then(kept => kept ? kept.json() : {{}})"
        f".then(told => Object.keys(told).length >= {least})",
    )
    until(page, "navigator.serviceWorker.controller !== null")


def gone_at_this_look(page, host):
    """Open the front page, ask for a newer worker, and wait some seconds for its end.

    Chromium lets a worker that still answers finish, for five minutes at the most.
    """
    page.goto(host.address("index.html"))
    return page.evaluate(
        """async () => {
            const all = navigator.serviceWorker, end = Date.now() + 8000;
            all.getRegistration().then(one => one && one.update()).catch(() => null);
            while ((await all.getRegistrations()).length) {
                if (Date.now() > end) { return false; }
                await new Promise(done => setTimeout(done, 50));
            }
            return true;
        }"""
    )


def follow(page, words):
    """Click the link of these words and wait for its page."""
    with page.expect_navigation():
        page.get_by_role("link", name=words, exact=True).click()


class Host:
    """A web host that can be switched off and on at the same address."""

    def __init__(self, folder):
        self.folder, self.port, self.server = folder, 0, None
        self.start()

    def start(self):
        handler = functools.partial(SilentHandler, directory=str(self.folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def address(self, path):
        return f"http://127.0.0.1:{self.port}/gonghui/{path}"


class SilentHandler(SimpleHTTPRequestHandler):
    """Tells files apart by more than the second in which they were written.

    Two builds of a test can fall into one, and a worker would never hear of the second.
    """

    def send_head(self):
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def log_message(self, *_args):
        pass


@pytest.fixture
def host(tmp_path):
    build(tmp_path)
    host = Host(tmp_path / "host")
    yield host
    host.stop()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def test_the_worker_keeps_the_pages_of_the_last_week(tmp_path):
    """The list names front page, days, their stories and what they look like."""
    build(tmp_path)

    paths = told(tmp_path)

    assert {"index.html", "days/2026-09-21.html", STORY} <= paths.keys()
    assert all((tmp_path / "host/gonghui" / path).is_file() for path in paths)
    assert not [path for path in paths if path.startswith(("towns/", "search/"))]


def test_a_changed_story_has_another_key_in_the_list(tmp_path):
    """The worker fetches again what changed, and only that."""
    build(tmp_path)
    before = told(tmp_path)
    first, *others = samples.STORIES
    changed = [replace(first, byline="新人"), *others]
    build(tmp_path, stories=tuple(changed))

    after = told(tmp_path)

    assert before[STORY] != after[STORY]
    same = [path for path in before if path.startswith("assets/")]
    assert [before[path] for path in same] == [after[path] for path in same]


def test_the_front_page_of_a_story_taken_back_is_fetched_again(tmp_path):
    """No phone goes on showing its headline when it has no network."""
    build(tmp_path)
    before = told(tmp_path)
    first, *others = samples.STORIES
    back = replace(first, state=StoryState.WITHDRAWN)
    build(tmp_path, stories=(back, *others))

    assert told(tmp_path)["index.html"] != before["index.html"]


def test_a_front_page_that_looks_back_is_fetched_again_with_that_day(tmp_path):
    """A thin front page shows earlier days: another word there is another page."""
    thin = replace(samples.EMPTY, release=samples.ORDINARY.release)
    past = samples.YESTERDAY
    build(tmp_path, editions=(thin, past))
    before = told(tmp_path)
    ((column, (entry,)),) = past.columns
    other = replace(past, columns=((column, (replace(entry, headline="夜校"),)),))
    build(tmp_path, editions=(thin, other))

    assert told(tmp_path)["index.html"] != before["index.html"]


def test_the_internal_tree_leaves_nothing_on_a_phone(tmp_path):
    """Internal pages have no worker and no manifest."""
    build(tmp_path, audience=Audience.INTERNAL)
    tree = tmp_path / "host/gonghui"

    assert not (tree / "sw.js").exists()
    assert 'rel="manifest' not in (tree / "index.html").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_without_a_network_the_last_week_is_read_and_says_its_age(host, page, tmp_path):
    """The host is gone: front page and stories stand and tell their day."""
    page.goto(host.address("index.html"))
    wait_for_the_week(page, host, tmp_path)
    host.stop()

    page.goto(host.address("index.html"))
    front = page.locator(".offline").inner_text()
    page.goto(host.address(STORY))
    story = page.locator(".offline").inner_text()
    style = page.evaluate(
        "getComputedStyle(document.querySelector('.offline')).fontWeight"
    )
    page.goto(host.address("towns/afs.html"))
    missing = page.locator("h1").inner_text()
    follow(page, "9月18日")
    earlier = page.locator("h1").inner_text()
    page.goto(host.address("towns/afs.html"))
    host.start()
    follow(page, "再试一次")
    again = page.locator("h1").inner_text()
    page.goto(host.address("index.html"))

    assert "这是 9月21日 的旧页，联网后更新" == front
    assert story.endswith("的旧页，联网后更新")
    assert "700" == style
    assert "没有联网，这一页没有存在手机里" == missing
    assert "2026年9月18日" == earlier
    assert "安福寺镇" == again
    assert 0 == page.locator(".offline").count()


@pytest.mark.browser
@pytest.mark.slow
def test_a_story_that_was_taken_back_leaves_the_phone(host, page, tmp_path):
    """After a look online the withdrawn story is on the phone no longer."""
    page.goto(host.address("index.html"))
    wait_for_the_week(page, host, tmp_path)
    (tmp_path / "host/gonghui" / STORY).unlink()

    page.goto(host.address(STORY))
    page.goto(host.address("index.html"))

    assert not page.evaluate(KEPT.format(host.address(STORY)))


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_nothing_notes_leaves_the_phone_with_its_story(
    host, page, tmp_path
):
    """A page that a reader opened on a broken line is taken back like the others."""
    page.goto(host.address("index.html"))
    wait_for_the_week(page, host, tmp_path)
    first, *others = samples.STORIES
    back = replace(first, state=StoryState.WITHDRAWN)

    page.evaluate(FORGET, host.address("offline-told.json"))
    build(tmp_path, stories=(back, *others))
    page.evaluate("navigator.serviceWorker.ready.then(one => one.update())")

    until(page, GONE.format(host.address(STORY)))
    assert page.evaluate(KEPT.format(host.address("index.html")))


@pytest.mark.browser
@pytest.mark.slow
def test_a_picture_leaves_the_phone_with_the_last_page_that_shows_it(
    host, page, tmp_path, pictures
):
    """A picture of a story taken back goes with it; those of other pages stay."""
    build(tmp_path, pictures=pictures)
    page.goto(host.address(STORY))
    wait_for_the_week(page, host, tmp_path)
    shown = (tmp_path / "host/gonghui" / STORY).read_text("utf-8")
    names = {path.name for path in (tmp_path / "host/gonghui/pictures").iterdir()}
    mine = next(name for name in sorted(names) if name in shown)
    stray = host.address(f"pictures/{'e' * 64}.jpg")
    page.evaluate(FETCH, host.address(f"pictures/{mine}"))
    page.evaluate(FORGET, stray)

    build(tmp_path, pictures=pictures, stories=samples.STORIES[:-1])
    page.evaluate("navigator.serviceWorker.ready.then(one => one.update())")

    until(page, GONE.format(stray))
    assert page.evaluate(KEPT.format(host.address(f"pictures/{mine}")))


@pytest.mark.browser
@pytest.mark.slow
def test_what_a_broken_line_left_out_is_fetched_at_the_next_look(host, page, tmp_path):
    """A story that did not arrive in the morning is there after the next visit."""
    story = tmp_path / "host/gonghui" / STORY
    aside = story.rename(tmp_path / "aside.html")
    page.goto(host.address("index.html"))
    until(page, "navigator.serviceWorker.controller !== null")
    aside.rename(story)

    page.goto(host.address("index.html"))

    until(page, KEPT.format(host.address(STORY)))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_switched_off_it_takes_itself_back(host, page, tmp_path):
    """The kill switch: the next looks at the site remove worker and pages."""
    page.goto(host.address("index.html"))
    wait_for_the_week(page, host, tmp_path)
    build(tmp_path, offline=False)

    chromium = page.context.new_cdp_session(page)
    chromium.send("ServiceWorker.enable")
    looks = 0
    while looks < MOST_LOOKS and not gone_at_this_look(page, host):
        chromium.send("ServiceWorker.stopAllWorkers")  # as it does with idle ones
        looks += 1
    page.reload()

    assert looks < MOST_LOOKS
    until(page, "caches.keys().then(names => names.length === 0)")
