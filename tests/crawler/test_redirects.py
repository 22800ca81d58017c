"""F18-F26: being sent elsewhere, and addresses that must not be visited."""

import pytest
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler.guard import dial_fault
from crawler.job import LoopbackPermit
from crawler.resolver import GuardedResolver
from tests.crawler import hostile
from tests.crawler.conftest import listing, small_site, title

MOVED = (301, 302, 303, 307, 308)


def to(target, code=302):
    return hostile.status(code, ("Location", target))


def with_list(answer, **pages):
    return small_site() | {"/list.html": answer} | pages


def test_f18_a_move_to_another_host_is_reported_not_followed(visit):
    """A site that moved is named with its new host, for the office to confirm."""
    with hostile.serving({}) as elsewhere:
        answer = to(f"{elsewhere.base}/list.html", 301)
        with hostile.serving(with_list(answer)) as server:
            crawled = visit(server, ports={server.port, elsewhere.port})

    assert crawled.faults == ["moved"]
    assert f"127.0.0.1:{elsewhere.port}" in crawled.losses[0].sentence
    assert elsewhere.paths == []


@pytest.mark.parametrize("code", MOVED)
def test_f18_a_move_within_the_site_is_followed(visit, code):
    """A redirect on the same site leads to the list."""
    pages = small_site() | {"/old.html": to("/list.html", code)}
    with hostile.serving(pages) as server:
        crawled = visit(server, "/old.html")

    assert len(crawled.pages()) == 3
    assert crawled.pages("list")[0].requested_url.endswith("/old.html")
    assert crawled.pages("list")[0].page.url.endswith("/list.html")


def test_f19_a_redirect_loop_ends(visit):
    """Two pages that send to each other are left after five redirects."""
    pages = with_list(to("/b.html")) | {"/b.html": to("/list.html")}
    with hostile.serving(pages) as server:
        crawled = visit(server)

    assert crawled.faults == ["redirect_loop"]
    assert len(server.paths) == 1 + 6


def test_f19_a_chain_of_thirty_redirects_ends(visit):
    """A chain is left after five redirects."""
    chain = {f"/{n}.html": to(f"/{n + 1}.html") for n in range(30)}
    with hostile.serving(with_list(to("/0.html")) | chain) as server:
        crawled = visit(server)

    assert crawled.faults == ["redirect_loop"]
    assert server.paths[-1] == "/4.html"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://0.0.0.0:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://127.1:{port}/",
    ],
)
def test_f20_a_redirect_to_a_port_of_this_machine_sends_no_packet(visit, target):
    """The canary on another port of loopback is never asked."""
    with hostile.serving({}) as canary:
        answer = to(target.format(port=canary.port))
        with hostile.serving(with_list(answer)) as server:
            crawled = visit(server)

    assert crawled.faults == ["blocked_address"]
    assert canary.requests == []


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://100.100.100.200/"],
)
def test_f20_a_redirect_into_a_network_or_to_metadata_is_blocked(visit, target):
    """Private and metadata addresses are refused before a connection is opened."""
    with hostile.serving(with_list(to(target))) as server:
        crawled = visit(server)

    assert crawled.faults == ["blocked_address"]


@pytest.mark.parametrize(
    "target",
    ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:text/html,x", "gopher://a/"],
)
def test_f21_other_schemes_are_not_followed(visit, target):
    """A redirect to a file, FTP, data or gopher address is unsupported."""
    with hostile.serving(with_list(to(target))) as server:
        crawled = visit(server)

    assert crawled.faults == ["protocol"]
    assert crawled.pages("list") == []


def test_f21_other_schemes_as_links_are_no_rows(visit):
    """A list's file: and javascript: links are not asked for."""
    rows = "".join(
        f'<li><a href="{href}">{title(n)}</a><span>2026-09-20</span></li>'
        for n, href in enumerate(
            [
                "file:///etc/passwd",
                "javascript:alert(1)",
                "/news/1.html",
                "/news/2.html",
                "/news/3.html",
            ]
        )
    )
    with hostile.serving(with_list(hostile.page(listing(rows)))) as server:
        crawled = visit(server)

    assert len(crawled.pages()) == 3
    assert crawled.losses == []


def test_f22_a_name_is_checked_at_each_dial_by_its_address(monkeypatch):
    """A name that is public first and private next is refused the second time."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr(
        "twisted.internet.base.ThreadedResolver.getHostByName",
        lambda *_: defer.succeed(next(answers)),
    )
    resolver = GuardedResolver(None, 0, 1.0)
    outcomes = []
    for _ in range(2):
        resolver.getHostByName("rebind.example").addBoth(outcomes.append)

    assert outcomes[0] == "93.184.216.34"
    assert outcomes[1].check(DNSLookupError)
    assert "127.0.0.1" in resolver.refused["rebind.example"]


def test_f22_with_a_permit_nothing_but_loopback_is_dialled():
    """The demo and the tests cannot reach the outside."""
    permit = LoopbackPermit(frozenset({80}))

    assert dial_fault("127.0.0.1", permit) is None
    assert dial_fault("93.184.216.34", permit) is not None


def test_f24_a_backslash_in_a_redirect_is_refused(visit):
    """A target that two programs read in two ways is not asked for."""
    with hostile.serving({}) as canary:
        target = f"http://127.0.0.1:{canary.port}\\@example.com/"
        with hostile.serving(with_list(to(target))) as server:
            crawled = visit(server)

    assert crawled.faults == ["blocked_address"]
    assert canary.requests == []


def test_f25_links_to_other_hosts_are_counted_not_followed(visit):
    """A row of another host is left out and counted."""
    with hostile.serving({}) as elsewhere:
        rows = "".join(
            f'<li><a href="{base}/news/{n}.html">{title(n)}</a>2026-09-20</li>'
            for n, base in enumerate(
                ["", "", "", elsewhere.base, "http://www.example.com"]
            )
        )
        with hostile.serving(with_list(hostile.page(listing(rows)))) as server:
            crawled = visit(server, ports={server.port, elsewhere.port})

    assert len(crawled.pages()) == 2  # /news/0.html does not exist
    assert crawled.end.filtered["offsite"] + crawled.end.filtered.get("unsafe", 0) == 2
    assert elsewhere.requests == []


@pytest.mark.parametrize(
    "body",
    [
        b'<meta http-equiv="refresh" content="0; url=%s">',
        b"<script>window.location.href='%s';</script>",
        b'<html><script>location.replace("%s")</script></html>',
    ],
    ids=["meta", "script", "replace"],
)
def test_f26_redirects_by_page_have_the_same_limits(visit, body):
    """A page that sends on is followed within the site and stopped at its edge."""
    with hostile.serving({}) as elsewhere:
        pages = with_list(hostile.page(body % b"/real.html"))
        pages |= {"/real.html": small_site()["/list.html"]}
        pages |= {"/out.html": hostile.page(body % elsewhere.base.encode())}
        with hostile.serving(pages) as server:
            inside = visit(server)
            outside = visit(server, "/out.html", ports={server.port, elsewhere.port})

    assert len(inside.pages()) == 3
    assert outside.faults == ["moved"]
    assert elsewhere.requests == []
