"""``sources add``: from one address to a source, on a site of our own on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

import workflow.office
from config import load_settings
from crawler.job import LoopbackPermit
from tests.workflow.paper_site import TOPICS, PaperSite, listing, whole_site
from workflow.cli import run
from workflow.source_samples import compare_sample, new_sources, sample_folder

AS_OF = "2026-09-21T06:00"


@pytest.fixture
def site() -> Iterator[PaperSite]:
    with PaperSite(whole_site()) as running:
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


def added(config_file):
    return load_settings(config_file).sources[-1]


def test_a_column_becomes_a_source_with_a_sample(gonghui, site, config_file, capsys):
    """A column never seen is read, previewed, written and kept as a sample."""
    before = config_file.read_bytes()

    code = gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")
    shown = capsys.readouterr().out
    source = added(config_file)
    folder = config_file.parent / "data"

    assert code == 0, shown
    assert source.urls == (f"{site.base}/jcdt/",)
    assert (source.name, source.kind, source.union_filter) == (
        "长江工会网",
        "section",
        False,
    )
    assert config_file.read_bytes().startswith(before.rstrip())
    assert (folder / "old_settings").is_dir()
    assert (folder / "samples" / source.id / "sample.json").is_file()
    assert "环卫工人休息点" in shown
    assert r"文章地址：/jcdt/\d+/\d+\.html$" in shown
    assert (folder / "preview" / f"{source.id}.html").is_file()
    assert sum(path.startswith("/jcdt/2026/") for path in site.asked) <= 10


def test_a_front_page_gives_its_columns(gonghui, site, config_file):
    """Of a front page the columns with news are taken, and no other page."""
    code = gonghui("sources", "add", f"{site.base}/", "--yes")

    assert code == 0
    assert added(config_file).urls == (f"{site.base}/jcdt/", f"{site.base}/tzgg/")


def test_an_article_gives_its_column(gonghui, site, config_file):
    """From an article the column that lists it is found."""
    code = gonghui("sources", "add", f"{site.base}/jcdt/2026/3.html", "--yes")

    assert code == 0
    assert added(config_file).urls == (f"{site.base}/jcdt/",)


def test_a_list_drawn_by_a_script_gives_its_api(gonghui, site, config_file):
    """A page whose script draws the list leads to the list API that it calls."""
    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")
    source = added(config_file)

    assert code == 0
    assert source.kind == "list_api"
    assert source.api is not None
    assert (source.api.rows, source.api.title, source.api.date) == (
        "data.rows",
        "title",
        "pubtime",
    )
    assert source.api.url_template == "/show-{nid}.html"
    assert source.union_filter


def test_a_script_file_of_the_site_gives_the_api(gonghui, site, config_file):
    """Where the call stands in a script file of the site, that file is read."""
    page, script = site.pages["/drawn.html"].split("<script>")
    library = '<script src="/js/jquery.min.js"></script>'
    outside = '<script src="http://cdn.example.cn/a.js"></script>'
    own = '<script src="js/list.js"></script></body></html>'
    site.pages["/drawn.html"] = page + library + outside + own
    site.pages["/js/list.js"] = script.split("</script>")[0]

    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")
    source = added(config_file)

    assert code == 0
    assert ("list_api", (f"{site.base}/api/lists?page=1&size=12",)) == (
        source.kind,
        source.urls,
    )
    assert source.api.url_template == "/show-{nid}.html"
    assert "/js/jquery.min.js" not in site.asked


def test_a_dry_run_writes_nothing(gonghui, site, config_file, capsys):
    """``--dry-run`` shows the block and leaves the settings alone."""
    before = config_file.read_bytes()

    code = gonghui("sources", "add", f"{site.base}/jcdt/", "--dry-run", "--level", "yc")

    assert code == 0
    assert config_file.read_bytes() == before
    assert 'tier = "yc"' in capsys.readouterr().out
    assert not (config_file.parent / "data" / "samples").exists()


def test_the_office_is_asked_for_what_only_it_knows(
    gonghui, site, config_file, monkeypatch
):
    """Name, tier and filter are asked with a guess; a wrong answer is asked again."""
    answers = iter(("江", "大江工会", "天上", "宜昌", "也许", "是", "好"))
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))

    code = gonghui("sources", "add", f"{site.base}/jcdt/")
    source = added(config_file)

    assert code == 0
    assert (source.name, source.tier, source.union_filter) == ("大江工会", "yc", True)


def test_a_no_writes_nothing(gonghui, site, config_file, monkeypatch, capsys):
    """Whoever says 否 at the end has the settings as they were."""
    before = config_file.read_bytes()
    answers = iter(("大江工会", "宜昌", "否", "否"))
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))

    code = gonghui("sources", "add", f"{site.base}/jcdt/")

    assert code == 0
    assert "没有写入" in capsys.readouterr().out
    assert config_file.read_bytes() == before


def test_an_address_with_slips_is_read_as_it_was_meant(gonghui, site, config_file):
    """Without its scheme, in full-width signs, with a full stop behind it."""
    typed = f"{site.base.removeprefix('http://')}/jcdt/".replace("/", "／")

    code = gonghui("sources", "add", f"{typed}。", "--yes")

    assert code == 0
    assert added(config_file).urls == (f"{site.base}/jcdt/",)


def test_what_is_no_address_is_said_before_anything_is_opened(gonghui, site, capsys):
    """A name instead of an address is answered with what an address looks like."""
    code = gonghui("sources", "add", "枝江工会网")

    assert code == 1
    assert "不是网址" in capsys.readouterr().err
    assert site.asked == []


def test_a_known_list_is_named_before_anything_is_opened(gonghui, site, capsys):
    """Nobody waits for ten entries to hear that the list is there already."""
    gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")
    asked = len(site.asked)

    code = gonghui("sources", "add", f"{site.base}/jcdt/")

    assert code == 1
    assert "已经是来源「长江工会网」" in capsys.readouterr().err
    assert len(site.asked) == asked


def test_a_page_without_a_list_is_refused(gonghui, site, config_file, capsys):
    """Where nothing is a list, nothing is written and the sentence says what to do."""
    before = config_file.read_bytes()

    code = gonghui("sources", "add", f"{site.base}/about/", "--yes")

    assert code == 1
    assert "没有认出文章列表" in capsys.readouterr().err
    assert config_file.read_bytes() == before


def test_a_known_list_is_not_added_twice(gonghui, site, config_file, capsys):
    """The same list again is refused by the name of the source that has it."""
    gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")

    code = gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")

    assert code == 1
    assert "已经是来源" in capsys.readouterr().err


def test_a_check_compares_with_the_sample(gonghui, site, config_file, office):
    """What reads as on the day it was added is no difference; other rules show."""
    gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")
    source = added(config_file)
    folder = sample_folder(office, source.id)

    same = compare_sample(folder, source)
    other = source.model_copy(
        update={
            "layouts": (
                type(source)
                .model_validate(
                    source.model_dump() | {"layouts": [{"title": "div.foot"}]}
                )
                .layouts
            )
        }
    )

    assert same == ()
    assert "标题" in compare_sample(folder, other)[0].words
    assert gonghui("sources", "check", source.id) == 0


def test_a_new_source_is_announced_for_three_days(gonghui, site, config_file, office):
    """A source is new on the day it was added and on the two after."""
    gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")
    sources = load_settings(config_file).sources
    days = [replace(office, now=office.now.replace(day=day)) for day in (21, 23, 25)]

    told = [len(new_sources(day, sources)) for day in days]

    assert told == [1, 1, 0]


def test_pause_resume_remove(gonghui, site, config_file, capsys):
    """A source is paused, resumed, and at last turned into comments."""
    gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")
    source = added(config_file)

    assert gonghui("sources", "pause", source.id) == 0
    assert not added(config_file).enabled
    assert gonghui("sources", "resume", source.name) == 0
    assert added(config_file).enabled
    assert gonghui("sources", "remove", source.id) == 0
    assert source.id not in {s.id for s in load_settings(config_file).sources}
    assert f'# id = "{source.id}"' in config_file.read_text("utf-8")


def test_an_unconfirmed_source_is_not_resumed(gonghui, site, capsys):
    """A source whose address nobody confirmed stays as it is."""
    assert gonghui("sources", "resume", "queren") == 1
    assert "还没有确认" in capsys.readouterr().err


def test_a_list_of_old_news_says_so(gonghui, site, config_file, capsys):
    """A list whose last story is more than a month old is told as unsure."""
    old = listing([1, 2, 3, 4]).replace("2026-09", "2026-03")
    site.pages["/jcdt/"] = old

    code = gonghui("sources", "add", f"{site.base}/jcdt/", "--yes")

    assert code == 0
    assert "最新一篇是 2026-03-20 的，已有 185 天没有新稿" in capsys.readouterr().out


BUNDLED = """<!doctype html><html><head><meta charset="utf-8"><title>大江工会</title>
</head><body><div id="list"></div><script>
var make = ["rows", "json"].join(".");
fetch("/" + make, {method: "POST"}).then(got => got.json()).then(rows => {
  for (const row of rows) {
    const line = document.createElement("p");
    line.innerHTML = `<a href="/jcdt/2026/${row.n}.html">${row.t}</a><i>${row.d}</i>`;
    document.getElementById("list").append(line);
  }
});
</script></body></html>"""


@pytest.mark.browser
@pytest.mark.slow
def test_a_list_without_an_api_is_offered_with_the_browser(
    gonghui, site, config_file, capsys, chromium
):
    """A list that only a script can draw is opened in a browser, and so kept."""
    site.pages["/bundled.html"] = BUNDLED
    site.pages["/rows.json"] = json.dumps(
        [
            {"n": n, "t": TOPICS[n % 12], "d": f"2026-09-{21 - n:02}"}
            for n in range(1, 9)
        ]
    )

    code = gonghui("sources", "add", f"{site.base}/bundled.html", "--yes")
    shown = capsys.readouterr().out

    assert code == 0, shown
    assert (added(config_file).render, added(config_file).kind) == (
        "browser",
        "section",
    )
    assert "用本机浏览器读" in shown


def test_a_drawn_list_without_a_browser_says_what_to_install(
    gonghui, site, config_file, capsys, monkeypatch
):
    """Where no browser is installed the sentence names it."""
    site.pages["/bundled.html"] = BUNDLED
    for module in ("workflow.source_finding", "workflow.source_doubts"):
        monkeypatch.setattr(f"{module}.what_is_missing", lambda: "请安装 Chromium。")

    code = gonghui("sources", "add", f"{site.base}/bundled.html", "--yes")

    assert code == 1
    assert "请安装 Chromium" in capsys.readouterr().err


def test_an_api_on_another_host_is_asked(gonghui, site, config_file):
    """Counties' pages call the list API of their platform, on a host of its own."""
    there = site.base.replace("127.0.0.1", "localhost")
    site.pages["/drawn.html"] = site.pages["/drawn.html"].replace(
        'url: "/api/lists"', f'url: "{there}/api/lists"'
    )

    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")
    source = added(config_file)

    assert code == 0
    assert source.kind == "list_api"
    assert source.urls == (f"{there}/api/lists?page=1&size=12",)


def test_calls_that_may_not_be_asked_are_passed_over(gonghui, site, config_file):
    """A script that also calls a strange address does not end the search."""
    strange = '$.get("http://统计.example.cn/hit"); $.get("http://[2001:db8::1]/hit");'
    site.pages["/drawn.html"] = site.pages["/drawn.html"].replace(
        "<script>", f"<script>{strange}", 1
    )

    code = gonghui("sources", "add", f"{site.base}/drawn.html", "--yes")

    assert code == 0
    assert added(config_file).kind == "list_api"
