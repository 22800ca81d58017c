"""Real requests on loopback: what is served, to whom, and what never."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from newsroom.errors import NewsroomError
from workflow import office_network
from workflow.cli import run
from workflow.console import console
from workflow.office_network import terminal_code
from workflow.serving import Served, SiteServer, open_server
from workflow.serving_words import announce

KEY = "a-key-of-22-characters"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "output" / "internal"
    (root / "stories" / "2026").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "index.html").write_text("<h1>工会之声</h1>", encoding="utf-8")
    (root / "site.js").write_text("1", encoding="utf-8")
    (root / "odd.xyz").write_text("?", encoding="utf-8")
    (root / ".secret").write_text("s", encoding="utf-8")
    (root / "stories" / "2026" / "index.html").write_text("稿件", encoding="utf-8")
    (root.parent / "outside.html").write_text("别处", encoding="utf-8")
    return root


@contextmanager
def serving(root: Path, key: str | None = None) -> Iterator[SiteServer]:
    with open_server(Served(root, key=key)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(server: SiteServer, target: str, method: str = "GET", **headers: str):
    """Status, headers and body of one request, its target sent as it stands."""
    visit = http.client.HTTPConnection("127.0.0.1", server.served.port, timeout=5)
    try:
        visit.request(method, target, headers=headers)
        answer = visit.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        visit.close()


def test_the_front_page_comes_with_its_charset_and_is_never_kept(tree):
    """The front page comes as UTF-8 HTML that no browser keeps or re-guesses."""
    with serving(tree) as server:
        status, headers, body = ask(server, "/")

    assert (status, body.decode()) == (200, "<h1>工会之声</h1>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/site.js", "text/javascript; charset=utf-8"),
        ("/site.js?v=1", "text/javascript; charset=utf-8"),
        ("/odd.xyz", "application/octet-stream"),
        ("/stories/2026/", "text/html; charset=utf-8"),
    ],
)
def test_types_are_by_ending(tree, target, kind):
    """A file's type follows from its ending alone, an unknown one is mere bytes."""
    with serving(tree) as server:
        status, headers, _ = ask(server, target)

    assert (200, kind) == (status, headers["Content-Type"])


@pytest.mark.parametrize(
    "target",
    [
        "/../outside.html",
        "/%2e%2e/outside.html",
        "/stories/..%2f..%2foutside.html",
        "/..%5coutside.html",
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/index.html%00.png",
        "/%ff%fe",
        "/.secret",
        "/link.html",
        "/empty/",
        "/stories/",
        "/nothing.html",
        "/" + "a" * 300,
    ],
)
def test_what_is_no_page_of_the_tree_is_not_found(tree, target):
    """Traversal, hidden files, links to elsewhere and listings are not found."""
    (tree / "link.html").symlink_to(tree.parent / "outside.html")
    with serving(tree) as server:
        status, headers, body = ask(server, target)

    assert status == 404
    assert "没有这一页" in body.decode()
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_folder_without_slash_leads_to_the_folder(tree):
    """A folder's address without slash leads to the one with it, on this site."""
    with serving(tree) as server:
        status, headers, _ = ask(server, "//stories//2026")

    assert (status, headers["Location"].replace("//", "/")) == (301, "/stories/2026/")
    assert not headers["Location"].startswith("//")


def test_head_gives_the_head_alone(tree):
    """HEAD tells the length and sends nothing."""
    with serving(tree) as server:
        status, headers, body = ask(server, "/", "HEAD")

    expected = str(len("<h1>工会之声</h1>".encode()))
    assert (200, expected, b"") == (status, headers["Content-Length"], body)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_only_reading_is_allowed(tree, method):
    """Every other method is refused in a plain sentence."""
    with serving(tree) as server:
        status, headers, body = ask(server, "/", method)

    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert "只能看" in body.decode()


def test_a_foreign_host_name_is_refused(tree):
    """A name of elsewhere that points to this machine reads nothing."""
    with serving(tree) as server:
        status, _, body = ask(server, "/", Host="evil.example")

    assert status == 421
    assert "工会之声" not in body.decode()


def test_without_the_key_every_page_is_refused(tree):
    """Behind a key no page answers without it, existing or not."""
    with serving(tree, KEY) as server:
        answers = [
            ask(server, "/"),
            ask(server, "/nothing.html"),
            ask(server, "/?key=wrong"),
            ask(server, "/?key="),
            ask(server, "/?key=%E5%B7%A5"),
            ask(server, "/", Cookie=f"gonghui_key_{server.served.port}=wrong"),
            ask(server, "/", Cookie=f"other={KEY}"),
            ask(server, "/", Cookie="=;;\x01="),
        ]

    assert [status for status, _, _ in answers] == [403] * 8
    assert all("工会之声</h1>" not in body.decode() for _, _, body in answers)


def test_the_key_becomes_a_cookie_and_leaves_the_address(tree):
    """The key opens once by the address, then by a cookie scripts cannot read."""
    with serving(tree, KEY) as server:
        status, headers, _ = ask(server, f"/stories/2026/?key={KEY}")
        cookie = headers["Set-Cookie"]
        opened, _, body = ask(server, headers["Location"], Cookie=cookie.split(";")[0])

    assert (status, headers["Location"]) == (303, "/stories/2026/")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert (opened, body.decode()) == (200, "稿件")


@pytest.mark.parametrize("target", ["//evil.example/", "/\\evil.example", "/%0d%0aX:1"])
def test_the_key_leads_nowhere_else(tree, target):
    """The redirect after the key stays on this site and adds no header."""
    with serving(tree, KEY) as server:
        status, headers, _ = ask(server, f"{target}?key={KEY}")

    location = headers["Location"]
    assert status == 303
    assert not location.startswith(("//", "/\\"))
    assert "X" not in headers


def test_the_address_names_the_key_and_the_real_port(tree):
    """The address that is printed holds the port that was given and the key."""
    with open_server(Served(tree, key=KEY)) as server:
        port = server.served.port

        assert f"http://127.0.0.1:{port}/?key={KEY}" == server.served.address


def test_a_taken_port_is_told_with_the_mend(tree):
    """A taken port is a sentence that names the mend."""
    with open_server(Served(tree)) as server:
        taken = server.served.port

        with pytest.raises(NewsroomError, match=rf"{taken} 已被占用.*--port"):
            open_server(Served(tree, port=taken))


def test_an_unbuilt_tree_is_not_served(tmp_path):
    """Where nothing is built there is nothing to serve."""
    with pytest.raises(NewsroomError, match="还没有"):
        open_server(Served(tmp_path))


def test_the_code_is_square_lines():
    """The QR code comes as lines of a terminal, all of one length."""
    lines = terminal_code("http://192.168.1.23:8351/?key=abc").splitlines()

    assert len(lines) > 12
    assert len({len(line) for line in lines}) == 1


def test_the_command_serves_until_interrupted(config_file):
    """``serve`` prints the address, answers there, and ends well on Ctrl-C."""
    root = config_file.parent / "output" / "internal"
    root.mkdir(parents=True)
    (root / "index.html").write_text("内部版", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "workflow.cli", "serve", "-c", str(config_file)]
    with subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as child:
        told = [next(child.stdout) for _ in range(4)]
        visit = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        visit.request("GET", "/")
        body = visit.getresponse().read().decode()
        visit.close()
        child.send_signal(signal.SIGINT)
        rest = child.stdout.read()

    assert f"http://127.0.0.1:{port}/" in told[1]
    assert "只有这台电脑" in told[2]
    assert body == "内部版"
    assert (child.returncode, "已停止" in rest) == (0, True)


def test_the_command_says_what_to_build_first(config_file, capsys):
    """``serve`` with nothing built names the command that builds it."""
    assert run(["serve", "-c", str(config_file)]) == 1
    assert "gonghui morning" in capsys.readouterr().err
    assert run(["serve", "--public", "-c", str(config_file)]) == 1
    assert "gonghui release" in capsys.readouterr().err


def test_on_the_network_the_terminal_shows_key_and_code(tree, capsys):
    """With a key the terminal shows the whole address, its code and who can see it."""
    served = Served(tree, "192.168.1.23", 8351, KEY)
    announce(served, console(), public=False)
    shown = capsys.readouterr().out

    assert f"http://192.168.1.23:8351/?key={KEY}" in shown
    assert "▄" in shown
    assert "同一网络" in shown


@pytest.mark.parametrize(
    ("facing", "message"),
    [("8.8.8.8", "公网"), ("127.0.0.1", "没有连到"), (None, "没有连到")],
)
def test_the_internal_edition_never_goes_onto_the_internet(
    monkeypatch, facing, message
):
    """A machine on no network, or with a public address, offers none."""
    address = IPv4Address(facing) if facing else None
    monkeypatch.setattr(office_network, "_facing_address", lambda: address)

    with pytest.raises(NewsroomError, match=message):
        office_network.office_address()
