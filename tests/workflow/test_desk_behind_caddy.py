"""The desk behind Caddy with https, as deploy/caddy/desk.Caddyfile sets it up."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.office import open_desk
from tests.conftest import need
from workflow.clock import now
from workflow.desk_office import make_application, make_desk
from workflow.desk_serving import desk_in_thread
from workflow.office import Office

ROOT = Path(__file__).resolve().parents[2]
GLOBAL = """{{
	admin off
	skip_install_trust
	auto_https disable_redirects
	storage file_system {folder}
}}
"""
STORY = {
    "when": "9月18日",
    "place": "食品工业园",
    "title": "清凉包送到车间",
    "text": "安福寺镇总工会走进食品工业园，为一线职工送去清凉包1200份。",
    "kind": "NEWS",
    "author": "李某文",
    "reviewer": "陈某平",
    "phone": "13800001111",
    "public": "yes",
    "promise": "yes",
}


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


@pytest.fixture
def secure(office, tmp_path):
    """A desk that has an https address, Caddy in front of it, and a link."""
    caddy = shutil.which("caddy")
    need("Caddy", caddy is not None)
    outside = free_port()
    settings = office.settings
    desk = settings.desk.model_copy(update={"address": f"https://localhost:{outside}"})
    settings = settings.model_copy(update={"desk": desk})
    settings._file = office.settings.file
    secured = Office(settings, office.now)
    with secured.store() as store, ExitStack() as serving:
        make_desk(secured, store, now=now, hosts=["127.0.0.1"])
        serving.callback(open_desk, None)
        port = serving.enter_context(desk_in_thread(make_application(), proxied=True))
        recipe = (ROOT / "deploy" / "caddy" / "desk.Caddyfile").read_text(
            encoding="utf-8"
        )
        recipe = recipe.replace("desk.example.cn {", f"https://localhost:{outside} {{")
        recipe = recipe.replace("127.0.0.1:8352", f"127.0.0.1:{port}")
        recipe = recipe.replace("\trequest_body", "\ttls internal\n\trequest_body", 1)
        file = tmp_path / "Caddyfile"
        file.write_text(GLOBAL.format(folder=tmp_path / "caddy") + recipe, "utf-8")
        command = [caddy, "run", "--adapter", "caddyfile", "--config", str(file)]
        child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            base = f"https://localhost:{outside}"
            _wait(base)
            token = store.add_link("afs", "李某文", at=now())[1]
            yield base, token, store
        finally:
            child.terminate()
            child.wait(60)


def opener():
    """A browser that takes Caddy's own certificate."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    jar = http.cookiejar.CookieJar()
    made = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusting),
        urllib.request.HTTPCookieProcessor(jar),
    )
    made.jar = jar
    return made


def _wait(base: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            opener().open(f"{base}/health", timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Caddy did not start")


def test_a_story_is_sent_by_https(secure):
    """Through Caddy: secure cookies, HSTS, the story in, no other site let in."""
    base, token, store = secure
    browser = opener()
    here = f"{base}/s/{token}/whole"
    page = browser.open(here, timeout=60)
    text = page.read().decode()
    mark = re.search(r'csrfmiddlewaretoken" value="([^"]+)', text)[1]
    body = urllib.parse.urlencode(STORY | {"csrfmiddlewaretoken": mark}).encode()

    def post(origin: str):
        headers = {"Origin": origin, "Referer": f"{origin}/"}
        request = urllib.request.Request(here, body, headers)
        return browser.open(request, timeout=60)

    with pytest.raises(urllib.error.HTTPError, match="403"):
        post("https://evil.example")
    answer = post(base)
    (cookie,) = browser.jar

    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert ("__Host-csrf", True) == (cookie.name, cookie.secure)
    assert "/r/" in answer.url
    assert answer.url.startswith(base)
    assert ["清凉包送到车间"] == [one.title for one in store.submissions()]
