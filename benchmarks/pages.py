"""What a page of a built tree costs a reader: bytes, requests, first view, jumps.

    python benchmarks/pages.py output/demo/public [PATH ...]

Each page is opened in Chromium as a phone of 360 px with a processor four times slower,
once on an ordinary mobile link (1.6 Mbit/s, 150 ms) and once on a bad one (400 kbit/s,
400 ms); times are medians of three and swing with the machine. Bytes are as a host
sends them, texts by gzip.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

KINDS = (
    *("stories/*/", "days/", "briefing/", "towns/", "topics/", "sources/"),
    *("yearbooks/", "feeds/"),
)
SINGLE = (
    *("index.html", "archive/index.html", "search/index.html", "towns/index.html"),
    *("topics/index.html", "sources/index.html", "status.html", "404.html"),
)
TRIES = 3
LINKS = {"ordinary": (150, 1_600_000), "bad": (400, 400_000)}
FIRST_VIEW = """() => new Promise(resolve => {
  let shown = 0, jumped = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shown = entry.startTime;
  }).observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) jumped += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve([shown, jumped]), 300);
})"""


@dataclass(frozen=True)
class Seen:
    """One page: files asked for, bytes, seconds to the largest part, shift."""

    places: tuple[str, ...]
    seconds: float
    jumped: float


def main() -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    paths = options.paths or list(_one_of_each(options.tree))
    handler = partial(_Quiet, directory=str(options.tree))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox"]
        )
        print("page | requests | KB on the wire | KB whole | LCP s | bad link | CLS")
        for path in paths:
            url = f"http://127.0.0.1:{server.server_port}/{path}"
            print(_line(path, url, browser, options.tree), flush=True)
        browser.close()
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _one_of_each(tree: Path) -> list[str]:
    """The single pages, and of each other kind the largest."""
    found = [path for path in SINGLE if (tree / path).is_file()]
    for kind in KINDS:
        files = sorted(tree.glob(f"{kind}*.html"), key=lambda f: f.stat().st_size)
        found += [f.relative_to(tree).as_posix() for f in files[-1:]]
    return list(dict.fromkeys(found))


def _line(path: str, url: str, browser: Browser, tree: Path) -> str:
    seen = {
        name: [_see(url, browser, link) for _ in range(TRIES)]
        for name, link in LINKS.items()
    }
    one = seen["ordinary"][0]
    whole = sum((tree / place).stat().st_size for place in one.places)
    wire = sum(_on_the_wire(tree / place) for place in one.places)
    ordinary, bad = (statistics.median(s.seconds for s in seen[n]) for n in LINKS)
    jumped = max(s.jumped for tries in seen.values() for s in tries)
    return (
        f"{path} | {len(one.places)} | {wire / 1000:.1f} | {whole / 1000:.1f}"
        f" | {ordinary:.2f} | {bad:.2f} | {jumped:.3f}"
    )


def _on_the_wire(file: Path) -> int:
    content = file.read_bytes()
    texts = file.suffix in {".html", ".css", ".js"}
    return len(gzip.compress(content, 6)) if texts else len(content)


def _see(url: str, browser: Browser, link: tuple[int, int]) -> Seen:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    latency, bits = link
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": bits / 8,
            "uploadThroughput": bits / 8,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    shown, jumped = page.evaluate(FIRST_VIEW)
    context.close()
    places = tuple(urlsplit(one).path.removeprefix("/") for one in asked)
    return Seen(places, shown / 1000, jumped)


if __name__ == "__main__":
    main()
