import functools
import sys
import threading
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import samples

from site_builder.build import build_site
from site_builder.given import Audience

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    return samples.draw_pictures(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(pictures, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    raw = replace(samples.ORDINARY, edited=False)
    given = samples.given(pictures, raw, samples.YESTERDAY)
    for audience in Audience:
        build_site(given, audience, folder / audience.value, folder / "work")
    return folder


@pytest.fixture
def open_page(browser):
    contexts = []

    def open_page(url, width=390, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(url if isinstance(url, str) else url.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def served(site):
    handler = functools.partial(SilentHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class SilentHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass
