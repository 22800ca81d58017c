"""What search costs, and whether it misses anything: index, bytes, requests, time.

    python benchmarks/search.py [--stories 10000] [--queries 200]

Stories are invented from a seed: a vocabulary of union news, 3 to 7 paragraphs each,
every tenth holds 工会联合会. Queries are substrings of stories of one to eight
characters, words of the office, mixed letters and digits, and strings that nothing
holds; each answer is compared with a plain scan of every text. The newest stories came
after the base of the search was written, so that it has a delta too. The browser is
Chromium with the processor slowed four times; bytes and requests are those of the first
answer on a page that was just opened, time is from the press of the button to the
results, of several rounds the median. The server keeps connections open, as hosts do.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/site_builder"))

import samples

from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.story import Appearance, Story, StoryState
from newsroom.taxonomy import Level, Tag
from site_builder.assets import read_assets
from site_builder.build import build_site
from site_builder.given import Audience, SiteGiven
from site_builder.ground import read_ground
from site_builder.links import Address, Kind, story_address
from site_builder.planner import make_planner
from site_builder.search.folding import words_of
from site_builder.search.memory import renewed
from site_builder.search.parts import search_parts
from site_builder.search.records import folded_text
from site_builder.search.texts import Texts
from site_builder.shown import show

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
SLOWER = 4
WORD_SHARE, FREQUENT_SHARE, TURNED_SHARE = 0.25, 0.8, 0.1
MOST_WHOLE, NEWEST = 1500, 100
LATER = 40  # stories that come after the base was written
ROUNDS = 3
FILTERS = {"town": "afs", "topic": "xiasong", "source": "szgh"}
FIXED = ("工会联合会", "劳动竞赛", "工", "的", "2026年", "ＡＰＰ", "app", "😀", "𠮷野")
FIXED += ("职工 竞赛", "没有这样的话", "“", "3个", "总工会")
_CHARS = "".join(map(chr, range(0x4E00, 0x4E00 + 2400)))
_WORDS = (
    "职工",
    "工会",
    "劳动竞赛",
    "集体协商",
    "送清凉",
    "困难帮扶",
    "技能培训",
    "总工会",
)
_WORDS += (
    "服务站",
    "App",
    "2026年",
    "3个",
    "“安康杯”",
    "维权",
    "骑手",
    "入会",
    "😀",
    "𠮷野家",
)


def invented(count: int, seed: int = 7) -> list[Story]:
    """So many stories, oldest first, 40 a day."""
    dice = random.Random(seed)
    frequent = dice.sample(_CHARS, 400)
    return [_story(number, dice, frequent) for number in range(1, count + 1)]


def _story(number: int, dice: random.Random, frequent: list[str]) -> Story:
    moment = datetime(2024, 1, 1, 8, tzinfo=CHINA) + timedelta(minutes=36 * number)
    paragraphs = [_paragraph(dice, frequent) for _ in range(dice.randint(3, 7))]
    if number % 10 == 0:
        paragraphs[1] += "工会联合会召开会议。"
    town = dice.choice(samples.TOWNS)[0]
    return Story(
        number,
        _sentence(dice, frequent, 18)[:-1],
        StoryState.PUBLISHED,
        Body(tuple(Paragraph(plain_runs(text)) for text in paragraphs)),
        moment,
        published=moment,
        abstract=paragraphs[0][:80],
        own=True,
        units=(Tag(town, 6.0, ()),),
        topics=(Tag(dice.choice(samples.TOPICS).id, 5.0, ()),),
        appearances=(
            Appearance(
                "szgh",
                "枝江市总工会",
                Level.COUNTY,
                f"https://example.org/{number}",
                "",
                moment,
            ),
        ),
    )


def _paragraph(dice: random.Random, frequent: list[str]) -> str:
    return "".join(_sentence(dice, frequent, 30) for _ in range(dice.randint(2, 4)))


def _sentence(dice: random.Random, frequent: list[str], length: int) -> str:
    found: list[str] = []
    while sum(map(len, found)) < length:
        if dice.random() < WORD_SHARE:
            found.append(dice.choice(_WORDS))
        else:
            found.append(
                dice.choice(frequent if dice.random() < FREQUENT_SHARE else _CHARS)
            )
    return "".join(found) + "。"


def queries_for(texts: list[str], count: int, seed: int = 11) -> list[str]:
    """Fixed ones, substrings of the texts, and words put together."""
    dice = random.Random(seed)
    asked = list(FIXED)
    while len(asked) < count:
        text = dice.choice(texts)
        length = dice.choice((1, 2, 2, 3, 4, 5, 8))
        start = dice.randrange(max(1, len(text) - length))
        query = text[start : start + length].strip()
        if dice.random() < TURNED_SHARE:
            query = query[::-1]
        if query and "\n" not in query:
            asked.append(query)
    return asked


def scan(folded: dict[str, str], query: str) -> set[str]:
    """The paths of the stories that hold every word: the plain way."""
    words = words_of(query)
    return {p for p, text in folded.items() if words and all(w in text for w in words)}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    stories = invented(options.stories)
    folded = {story_address(s).path: folded_text(s) for s in stories}
    with tempfile.TemporaryDirectory(prefix="gonghui-search-") as folder:
        out = _built(Path(folder), stories)
        _browse(out, folded, queries_for(list(folded.values()), options.queries))


def _built(folder: Path, stories: list[Story]) -> Path:
    given = samples.given(folder, stories=tuple(stories))
    _index_alone(given)
    before = samples.given(folder, stories=tuple(stories[:-LATER]))
    for known in (before, given):
        build_site(known, Audience.INTERNAL, folder / "out", folder / "work")
    files = list((folder / "out" / "search").iterdir())
    size = sum(file.stat().st_size for file in files)
    print(f"files: {len(files)}, {size / 1e6:.1f} MB")
    return folder / "out"


def _index_alone(given: SiteGiven) -> None:
    shown = show(given, Audience.INTERNAL)
    ground = read_ground(given, Audience.INTERNAL)
    at = make_planner(shown, read_assets(), ground).at(Address(Kind.SEARCH))
    before, start = _memory(), time.process_time()
    texts = Texts(at)
    layout, _ = renewed(texts, ground.base, None)
    size = sum(len(part.make()) for part in search_parts(texts, layout, None))
    seconds = time.process_time() - start
    print(
        f"index: {seconds:.1f} CPU s, {_memory() - before:.0f} MB more at most, ",
        end="",
    )
    print(f"{size / 1e6:.1f} MB")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _browse(out: Path, folded: dict[str, str], queries: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    with served(out) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        taken: list[float] = []
        for query in FIXED:
            taken += _first_answers(browser, address, query)
        for query in ("", "工会联合会", "职工 竞赛"):
            taken += _first_answers(browser, address, query, FILTERS)
        print(f"first answers: {len(taken)}, median {median(taken):.0f} ms")
        _compare(browser, out, folded, queries)
        browser.close()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The tree on loopback."""
    handler = functools.partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def _first_answers(
    browser: Any,  # noqa: ANN401 - playwright's
    address: str,
    query: str,
    filters: Mapping[str, str] = MappingProxyType({}),
) -> list[float]:
    """Print what the first answers cost; their milliseconds."""
    told = [first_answer(browser, address, query, filters) for _ in range(ROUNDS)]
    sizes, _, words = told[0]
    taken = [one[1] for one in told]
    print(
        f"first answer, {query}{' with three filters' if filters else ''}: "
        f"{sum(sizes) / 1000:.0f} KB, {len(sizes)} requests, "
        f"{median(taken):.0f} ms; {words}",
        flush=True,
    )
    return taken


def first_answer(
    browser: Any,  # noqa: ANN401 - playwright's
    address: str,
    query: str,
    filters: Mapping[str, str],
) -> tuple[list[int], float, str]:
    """Bytes of each file, milliseconds, and words of the first answer, page fresh."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}/search/index.html")
    sizes: list[int] = []
    page.on(
        "response", lambda answer: sizes.append(int(answer.headers["content-length"]))
    )
    taken = page.evaluate(ASK, {"query": query, "filters": dict(filters)})
    told = page.locator(".found").inner_text()
    page.close()
    return sizes, taken, told


# From the press of the button to the results.
ASK = """({query, filters}) => new Promise(done => {
  const place = document.querySelector('.search');
  const form = place.querySelector('form');
  const start = performance.now();
  new MutationObserver(() => {
    if (place.dataset.state === 'done') done(performance.now() - start);
  }).observe(place, {attributes: true});
  for (const name in filters) form.elements[name].value = filters[name];
  form.elements.q.value = query;
  form.querySelector('[type=submit]').click();
})"""
WHOLE = """async ([query, most]) => {
  const place = document.querySelector('.search');
  const more = place.querySelector('.read-on');
  const list = place.querySelector('.results');
  place.dataset.state = 'asked';
  place.querySelector('form').elements.q.value = query;
  place.querySelector('form [type=submit]').click();
  const until = async test => {
    while (!test()) await new Promise(r => setTimeout(r, 1));
  };
  await until(() => place.dataset.state === 'done');
  while (!more.hidden && list.children.length < most) {
    more.click();
    await until(() => list.getAttribute('aria-busy') === 'false');
  }
  return [...list.querySelectorAll('h2 a')].map(a => a.getAttribute('href').slice(3));
}"""


def _compare(
    browser: Any,  # noqa: ANN401 - playwright's
    out: Path,
    folded: dict[str, str],
    queries: list[str],
) -> None:
    """Every answer beside the plain scan; of very long ones the newest hundred."""
    page = browser.new_page()
    page.goto((out / "search" / "index.html").as_uri())
    missed = wrong = wanted = 0
    for query in queries:
        hits = scan(folded, query)
        right = [path for path in reversed(folded) if path in hits]
        most = len(right) if len(right) <= MOST_WHOLE else NEWEST
        found = page.evaluate(WHOLE, [query, most])
        right = right if most > NEWEST else right[: max(most, len(found))]
        missed += len(set(right) - set(found))
        wrong += len(set(found) - set(right)) + len(found) - len(set(found))
        wanted += len(right)
        if set(right) != set(found):
            print("differs:", repr(query), len(right), len(found))
    print(f"{len(queries)} queries, {wanted} hits: {missed} missed, {wrong} wrong")


if __name__ == "__main__":
    main()
