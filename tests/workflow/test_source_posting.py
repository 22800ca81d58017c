"""Lists whose API is asked by POST: found, written, and turned page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

import workflow.office
from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.posted import posted_address
from tests.workflow.paper_site import DRAWN, PaperSite, api, whole_site
from workflow.cli import run

AS_OF = "2026-09-21T06:00"
FORM = 'type: "post", url: "/api/lists", data: {cid: "7", page: page, size: 12}'
JSON = (
    'type: "post", url: "/api/lists", contentType: "application/json",'
    " data: JSON.stringify({cid: 7, page: page, size: 12})"
)
GET = 'url: "/api/lists", dataType: "json", data: {page: page, size: 12}'


def form(page):
    return posted_address("/api/lists", f"cid=7&page={page}&size=12")


def in_json(page):
    given = {"cid": 7, "page": page, "size": 12}
    return posted_address("/api/lists", json.dumps(given, separators=(",", ":")))


@pytest.fixture
def site() -> Iterator[PaperSite]:
    pages = whole_site()
    del pages["/api/lists?page=1&size=12"]
    with PaperSite(pages) as running:
        yield running


@pytest.fixture
def gonghui(config_file, site, nursery, monkeypatch):
    """Runs a command with leave to reach the site; children are forked, not spawned."""
    permit = LoopbackPermit(frozenset({site.port}))
    opened = workflow.office.open_office
    monkeypatch.setattr(
        workflow.office,
        "open_office",
        lambda *given: replace(opened(*given), loopback=permit, nursery=nursery),
    )
    return lambda *words: run([*words, "-c", str(config_file), "--as-of", AS_OF])


def test_a_form_that_the_script_posts_gives_the_api(gonghui, site, config_file, capsys):
    """A list asked by POST is found without a browser and kept with what is posted."""
    site.pages["/drawn.html"] = DRAWN.replace(GET, FORM)
    site.pages[form(1)] = api(list(range(1, 13)))

    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")
    shown = capsys.readouterr().out
    source = load_settings(config_file).sources[-1]

    assert code == 0, shown
    assert (source.kind, source.render, source.urls) == (
        "list_api",
        "",
        (f"{site.base}{form(1)}",),
    )
    assert (source.api.rows, source.api.page_param) == ("data.rows", "page")
    assert "#POST:cid=7&page=1&size=12" in config_file.read_text("utf-8")


def test_posted_json_is_turned_page_by_page(gonghui, site, config_file, capsys):
    """A crawl posts the second page's number, and its articles come in."""
    site.pages["/drawn.html"] = DRAWN.replace(GET, JSON)
    for page, numbers in ((1, range(1, 7)), (2, range(7, 13))):
        answer = api(list(numbers)).replace('"total": 24', '"total": 12')
        site.pages[in_json(page)] = answer

    added = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")
    source = load_settings(config_file).sources[-1]
    site.asked.clear()
    crawled = gonghui("crawl", "--source", source.id)
    shown = capsys.readouterr().out

    assert (added, crawled) == (0, 0), shown
    assert {"/show-101.html", "/show-112.html"} <= set(site.asked)
    assert sum(path.startswith("/api/lists#POST:") for path in site.asked) == 2


def test_an_api_that_writes_is_never_posted_to(gonghui, site, monkeypatch, capsys):
    """A script that counts visits by POST is not followed."""
    for module in ("workflow.source_finding", "workflow.source_doubts"):
        monkeypatch.setattr(f"{module}.what_is_missing", lambda: "请安装 Chromium。")
    counting = FORM.replace("/api/lists", "/api/hits")
    site.pages["/drawn.html"] = DRAWN.replace(GET, counting)

    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")

    assert code == 1
    assert "请安装 Chromium" in capsys.readouterr().err
    assert not any("hits" in path for path in site.asked)


def test_what_was_posted_is_not_posted_where_the_answer_leads(
    gonghui, site, monkeypatch
):
    """As in a browser: the page that an answer leads to is asked by GET."""
    for module in ("workflow.source_finding", "workflow.source_doubts"):
        monkeypatch.setattr(f"{module}.what_is_missing", lambda: "请安装 Chromium。")
    site.pages["/drawn.html"] = DRAWN.replace(GET, FORM)
    site.pages[form(1)] = "<script>location.href='/save.html'</script>"
    posted = form(1).replace("/api/lists", "/save.html")
    site.pages |= {"/save.html": "<p>x</p>", posted: "<p>x</p>"}

    gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")

    assert "/save.html" in site.asked
    assert posted not in site.asked
