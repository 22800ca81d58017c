"""F01-F16: what happens on the wire."""

import gzip
import socket
import zlib
from types import SimpleNamespace

import pytest

from tests.crawler import hostile
from tests.crawler.conftest import small_site

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SHORT = {"limits": {"timeout": 0.4}}


def with_list(answer):
    return small_site() | {"/list.html": answer}


def packed(body, coding):
    return hostile.page(body, headers=[("Content-Encoding", coding)])


def at_port(sock):
    """A listening socket in the place of a server."""
    port = sock.getsockname()[1]
    return SimpleNamespace(base=f"http://127.0.0.1:{port}", port=port)


def one_fault(crawled):
    """The single class of fault; no news, and not half a list."""
    assert crawled.pages() == []
    assert crawled.pages("list") == []
    assert len(set(crawled.faults)) == 1, crawled.losses
    return crawled.faults[0]


def test_f01_a_site_that_is_down_is_asked_three_times(visit):
    """A refused connection is tried twice more, then the class is down."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        server = at_port(closed)
        crawled = visit(server)

    assert one_fault(crawled) == "down"
    assert crawled.end.requests == 3


def test_f01_a_server_error_is_down_after_two_retries(visit):
    """A 500 is asked for twice more, then the class is down."""
    with hostile.serving(with_list(hostile.status(500))) as server:
        crawled = visit(server)

    assert one_fault(crawled) == "down"
    assert server.paths == ["/robots.txt", "/list.html", "/list.html", "/list.html"]


def test_f02_an_unknown_name_is_dns(make_job, crawl_of):
    """A name that does not resolve is the class dns."""
    job = make_job("http://no-such-host.invalid:8080/list.html", ports={8080})

    assert one_fault(crawl_of(job)) == "dns"


def test_f03_a_black_hole_is_a_timeout(visit):
    """A connection that nobody accepts ends at the deadline."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        fillers = [_knock(deaf.getsockname()) for _ in range(4)]
        server = at_port(deaf)
        crawled = visit(server, **SHORT)
        for filler in fillers:
            filler.close()

    assert one_fault(crawled) == "timeout"
    assert crawled.end.seconds < 40


def _knock(address):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(address)
    return client


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(hostile.raw(hang=60), id="f04_never_answers"),
        pytest.param(
            hostile.raw(b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 600, pause=0.1),
            id="f05_slow_headers",
        ),
        pytest.param(
            hostile.raw(HEAD + b"Content-Length: 99\r\n\r\n", *[b"x"] * 98, pause=0.6),
            id="f06_slow_body",
        ),
        pytest.param(
            hostile.raw(HEAD + b"Content-Length: 99\r\n\r\n<html>", hang=60),
            id="f07_hangs_in_the_body",
        ),
    ],
)
def test_f04_f05_f06_f07_slowness_ends_at_the_deadline(visit, answer):
    """An answer that is not whole at the deadline is a timeout, whatever it drips."""
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server, **SHORT)

    assert one_fault(crawled) == "timeout"
    assert crawled.end.seconds < 40


def test_f08_a_reset_in_the_body_is_broken_after_one_retry(visit):
    """A connection reset half-way is tried once more."""
    answer = hostile.raw(
        HEAD + b"Content-Length: 999\r\n\r\n<html>", reset=True, pause=0.05
    )
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server)

    assert one_fault(crawled) == "broken"
    assert server.paths.count("/list.html") == 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            hostile.raw(
                HEAD + b"Content-Length: 9999\r\n\r\n" + small_site()["/list.html"]
            ),
            id="f09_longer_length",
        ),
        pytest.param(
            hostile.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n"),
            id="f10_chunk_cut_off",
        ),
        pytest.param(
            hostile.raw(
                HEAD + b"Connection: close\r\n\r\n" + small_site()["/list.html"][:-20]
            ),
            id="f11_no_length_cut_off",
        ),
    ],
)
def test_f09_f10_f11_a_body_that_is_cut_off_is_not_read(visit, answer):
    """Half a page is never taken for a page."""
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server)

    assert one_fault(crawled) == "broken"


def test_f11_a_whole_body_without_a_length_is_read(visit):
    """Old servers end a page by closing; with its end seen it is whole."""
    answer = hostile.raw(
        HEAD + b"Connection: close\r\n\r\n" + small_site()["/list.html"]
    )
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server)

    assert len(crawled.pages()) == 3


def test_f11_a_list_of_less_than_half_the_usual_rows_is_not_whole(visit):
    """Without a length, a list with far fewer rows than usual counts as cut off."""
    answer = hostile.raw(
        HEAD + b"Connection: close\r\n\r\n" + small_site()["/list.html"]
    )
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server, usual_listed=20)

    assert one_fault(crawled) == "broken"


def test_f12_an_endless_body_is_cut(visit):
    """A body without end is given up at the largest size."""
    with hostile.serving(with_list(hostile.endless(HEAD + b"\r\n"))) as server:
        crawled = visit(server, limits={"timeout": 5})

    assert one_fault(crawled) == "too_large"


@pytest.mark.parametrize(
    ("body", "coding", "fault"),
    [
        (gzip.compress(b"<p>" * 20_000_000), "gzip", "too_large"),
        (zlib.compress(b"<p>" * 20_000_000), "deflate", "too_large"),
        (b"\x8b\x1f\x80<p>\x03", "br", "bad_body"),
        (b"\x28\xb5\x2f\xfd\x00", "zstd", "bad_body"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", "bad_body"),
    ],
    ids=["gzip", "deflate", "br", "zstd", "nested"],
)
def test_f13_a_bomb_is_refused(visit, body, coding, fault):
    """What inflates beyond the largest size, or is packed oddly, is refused."""
    with hostile.serving(with_list(packed(body, coding))) as server:
        crawled = visit(server)

    assert one_fault(crawled) == fault


@pytest.mark.parametrize("cut", [slice(0, -9), slice(5, None)], ids=["cut", "damaged"])
def test_f14_a_corrupt_gzip_is_a_bad_body(visit, cut):
    """A packed page that does not unpack to its end is not read."""
    body = gzip.compress(small_site()["/list.html"])[cut]
    with hostile.serving(with_list(packed(body, "gzip"))) as server:
        crawled = visit(server)

    assert one_fault(crawled) == "bad_body"


def test_packed_pages_are_read(visit):
    """A page in gzip is read as it was before packing."""
    body = small_site()["/list.html"]
    with hostile.serving(with_list(packed(gzip.compress(body), "gzip"))) as server:
        crawled = visit(server)

    assert [page.page.body for page in crawled.pages("list")] == [body]


def test_f15_a_flood_of_headers_and_cookies_is_survived(visit):
    """Ten thousand cookies do no harm, and none is sent back."""
    cookies = [("Set-Cookie", f"c{n}={'x' * 300}") for n in range(10_000)]
    answer = hostile.page(small_site()["/list.html"], headers=cookies)
    with hostile.serving(with_list(answer)) as server:
        crawled = visit(server, limits={"timeout": 5})

    assert len(crawled.pages()) == 3
    assert not any("cookie" in request.headers for request in server.requests)


@pytest.mark.parametrize(
    "greeting",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"<html>\nHTTP/0.9\n</html>\n"],
    ids=["ssh", "http09"],
)
def test_f16_what_is_not_http_is_protocol(visit, greeting):
    """A server that speaks something else is named as such."""
    with hostile.serving(with_list(hostile.raw(greeting))) as server:
        crawled = visit(server)

    assert one_fault(crawled) == "protocol"
