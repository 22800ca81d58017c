"""The recipes of deploy/, each tried on loopback; and the live site through them."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publisher.hosts.folder import ReleaseFolder
from publisher.hosts.rsync import RsyncHost, RsyncPlace
from publisher.hosts.sftp import SftpHost, SftpPlace
from publisher.live import verify_site
from publisher.tree import read_release
from tests.conftest import need

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
program, running = servers.program, servers.running
DEPLOY = Path(__file__).parents[2] / "deploy"
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def site(tmp_path):
    """A published site with a 404 page, and its release."""
    tree = trees.make_tree(tmp_path / "tree", range(1, 4))
    (tree / "404.html").write_text("没有这一页", encoding="utf-8")
    trees.send(ReleaseFolder(tmp_path / "srv"), tree, tmp_path / "book")
    return tmp_path / "srv" / "current", read_release(tree)


@contextmanager
def by_nginx(site: Path, certificate: Path, tmp_path: Path):
    need("nginx", program("nginx") is not None)
    port, plain = servers.free_port(), servers.free_port()
    recipe = (DEPLOY / "nginx" / "gonghui.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("/etc/ssl/gonghui/fullchain.pem", str(certificate)),
        ("/etc/ssl/gonghui/privkey.pem", str(certificate)),
        ("/srv/gonghui/current", str(site)),
    ):
        assert old in recipe
        recipe = recipe.replace(old, new)
    (tmp_path / "gonghui.conf").write_text(recipe, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log stderr;\n"
        + ("user root;\n" if Path("/root").exists() and not _is_plain_user() else "")
        + "events {}\nhttp { include /etc/nginx/mime.types; access_log off;\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"include {tmp_path}/gonghui.conf; }}",
        encoding="utf-8",
    )
    command = [program("nginx"), "-e", "stderr", "-p", str(tmp_path)]
    with running([*command, "-c", str(tmp_path / "nginx.conf")], port):
        yield port


def _is_plain_user() -> bool:
    import os

    return os.geteuid() != 0


@contextmanager
def by_caddy(site: Path, certificate: Path, tmp_path: Path):
    need("caddy", program("caddy") is not None)
    port = servers.free_port()
    recipe = (DEPLOY / "caddy" / "Caddyfile").read_text(encoding="utf-8")
    assert "www.example.cn {" in recipe
    own = f"https://127.0.0.1:{port} {{\n\ttls {certificate} {certificate}"
    own += "\n\tbind 127.0.0.1"
    recipe = recipe.replace("www.example.cn {", own)
    recipe = recipe.replace("/srv/gonghui/current", str(site))
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (tmp_path / "Caddyfile").write_text(options + recipe, encoding="utf-8")
    command = [program("caddy"), "run", "--adapter", "caddyfile"]
    with running([*command, "--config", str(tmp_path / "Caddyfile")], port):
        yield port


@pytest.fixture(params=[by_nginx, by_caddy], ids=["nginx", "caddy"])
def served(request, site, certificate, tmp_path):
    """The site behind a recipe: its port and a context that knows its certificate."""
    with request.param(site[0], certificate, tmp_path) as port:
        yield port, ssl.create_default_context(cafile=str(certificate))


def get(served, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    port, context = served
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
    line.request(method, path)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


def test_verify_finds_nothing_wrong_behind_the_recipes(served, site):
    """Status, hashes, links, headers, age and certificate of the live site."""
    port, context = served
    hashes = {path: leaf.sha256 for path, leaf in site[1].files.items()}

    report = verify_site(
        f"https://127.0.0.1:{port}/", hashes, tuple(hashes), NOW, context=context
    )

    assert ((), ()) == (report.faults, report.notes)
    assert len(hashes) == report.compared
    assert timedelta(days=1) == report.age
    assert report.certificate_days > 21


def test_the_recipes_cache_hashed_files_only(served):
    """A page is asked for anew; a style is kept for a year."""
    assert get(served, "/")[1]["cache-control"] == "no-cache"
    kept = get(served, f"/{trees.style(1)}")[1]
    assert kept["cache-control"] == "public, max-age=31536000, immutable"
    assert kept["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "path", ["/.gonghui.json.gz", "/stories/.1.html.gonghui-part", "/bbs/post.php"]
)
def test_the_recipes_hide_what_is_no_page(served, site, path):
    """Our records, half-sent files and programs of others are not found."""
    file = site[0] / path[1:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"inside")

    status, headers, body = get(served, path)

    assert 404 == status
    assert "没有这一页" == body.decode()
    assert "content-security-policy" in headers


def test_the_recipes_take_nothing_in(served):
    """A static site has no use for writing."""
    assert get(served, "/index.html", "POST")[0] in {403, 405}
    assert get(served, "/index.html", "PUT")[0] in {403, 405}


def test_a_page_that_is_not_there_is_a_404(served):
    """The office's own 404 page, with the right status."""
    status, _, body = get(served, "/none.html")

    assert (404, "没有这一页") == (status, body.decode())


def test_verify_tells_what_is_wrong(site, tmp_path, certificate):
    """A changed page, a dead link, an old edition, a short certificate."""
    root, release = site
    hashes = {path: leaf.sha256 for path, leaf in release.files.items()}
    with by_nginx(root, certificate, tmp_path) as port:
        (root / "stories" / "2.html").unlink()
        (root / "stories" / "3.html").write_text("changed", encoding="utf-8")
        context = ssl.create_default_context(cafile=str(certificate))
        report = verify_site(
            f"https://127.0.0.1:{port}",
            hashes,
            ("stories/2.html", "stories/3.html"),
            datetime(2027, 1, 10, tzinfo=UTC),
            context=context,
        )
        stranger = verify_site(f"https://127.0.0.1:{port}", {}, (), NOW)

    told = "\n".join(report.faults)
    assert "天到期" in told
    assert "最新一期已是" in told
    assert "stories/2.html 打不开（状态 404）" in told
    assert "stories/3.html 与发布的内容不同" in told
    assert "index.html 上的链接 stories/2.html 打不开（状态 404）" in told
    assert "证书有问题" in stranger.faults[0]


def test_verify_of_a_site_that_is_down_is_one_sentence():
    """Nobody listens: one fault, no traceback."""
    report = verify_site(f"http://127.0.0.1:{servers.free_port()}/", {}, (), NOW)

    assert 1 == len(report.faults)
    assert "打不开：连不上：主机上没有打开网站服务" in report.faults[0]


@pytest.fixture
def sshd(tmp_path):
    """A real OpenSSH server on loopback: port, host key, client key."""
    need("openssh-server", program("sshd") is not None)
    with servers.openssh(tmp_path) as told:
        yield told


def user() -> str:
    import getpass

    return getpass.getuser()


@pytest.mark.parametrize("kind", ["sftp", "rsync"])
def test_d25_openssh_takes_a_release_and_replaces_files(
    sshd, tmp_path, kind, monkeypatch
):
    """D25: OpenSSH's own server, by SFTP and by rsync: first, changed, deleted."""
    monkeypatch.setattr("publisher.publish.SAMPLE", 2)  # each is a program's run
    need("rsync", kind == "sftp" or program("rsync") is not None)
    port, host_key, key = sshd
    site = tmp_path / "site"

    def host():
        if kind == "sftp":
            place = SftpPlace("127.0.0.1", port, str(site), user(), host_key, key)
            return SftpHost(place)
        place = RsyncPlace("127.0.0.1", port, str(site), user(), host_key, key)
        return RsyncHost(place, tmp_path / "work")

    tree = trees.make_tree(tmp_path / "tree", range(1, 9))
    trees.send(host(), tree, tmp_path / "book")
    (site / "guestbook.php").write_text("not ours", encoding="utf-8")
    trees.make_tree(tree, range(2, 10), day=2)

    receipt = trees.send(host(), tree, tmp_path / "book")
    unchanged = trees.send(host(), tree, tmp_path / "book")

    held, wanted = trees.contents(site), trees.contents(tree)
    assert wanted == {path: held[path] for path in wanted}
    assert ("stories/1.html",) == receipt.deleted
    assert ("guestbook.php",) == receipt.unknown
    assert "stories/1.html" not in held
    assert () == receipt.risks
    assert not unchanged.changed
    assert not (site / ".gonghui-lock").exists()


def test_d31_a_lock_is_judged_by_the_clock_of_an_rsync_host(sshd, tmp_path):
    """D31: a lock that says tomorrow, by the age of its note on the host."""
    from publisher.faults import HostBusy

    need("rsync", program("rsync") is not None)
    port, host_key, key = sshd
    site, tree = tmp_path / "site", trees.make_tree(tmp_path / "tree", range(1, 9))
    place = RsyncPlace("127.0.0.1", port, str(site), user(), host_key, key)
    tomorrow = trees.NOW + timedelta(days=1)
    note = {"token": "other", "by": "江某", "until": tomorrow.isoformat()}
    other = RsyncHost(place, tmp_path / "work")
    other.take_lock(json.dumps(note).encode())

    with pytest.raises(HostBusy, match="江某正在往这个主机发布，占用到 08:15"):
        trees.send(RsyncHost(place, tmp_path / "work"), tree, tmp_path / "book")
    for path in (site / ".gonghui-lock").rglob("*"):
        long_ago = path.stat().st_mtime - 16 * 60
        os.utime(path, (long_ago, long_ago))
    trees.send(RsyncHost(place, tmp_path / "work"), tree, tmp_path / "book")

    held = trees.contents(site)
    assert trees.contents(tree).items() <= held.items()
    assert not (site / ".gonghui-lock").exists()
    other.close()


def test_d23_rsync_refuses_another_host_key(sshd, tmp_path):
    """D23: the pinned key differs: rsync is never started with it."""
    from publisher.faults import HostKeyChanged

    need("rsync", program("rsync") is not None)
    port, _, key = sshd
    other = (tmp_path / "client.pub").read_text(encoding="utf-8")
    place = RsyncPlace("127.0.0.1", port, str(tmp_path / "site"), user(), other, key)

    host = RsyncHost(place, tmp_path / "work")
    with pytest.raises(HostKeyChanged, match="打电话"):
        host.listing()
    host.close()


def test_git_takes_a_release_as_one_commit(tmp_path):
    """A branch of a repository: one commit a release; others' files stay."""
    from publisher.hosts.git import GitHost

    need("git", program("git") is not None)
    bare = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    tree = trees.make_tree(tmp_path / "tree", range(1, 9))

    def host():
        return GitHost(str(bare), "pages", "", tmp_path / "copy")

    trees.send(host(), tree, tmp_path / "book")
    trees.make_tree(tree, range(2, 10), day=2)
    receipt = trees.send(host(), tree, tmp_path / "book")
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", "pages", bare, tmp_path / "seen"],
        check=True,
    )

    count = subprocess.run(
        ["git", "-C", bare, "rev-list", "--count", "pages"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    held = trees.contents(tmp_path / "seen")
    wanted = trees.contents(tree)
    assert wanted == {path: held[path] for path in wanted}
    assert ("stories/1.html",) == receipt.deleted
    assert "2" == count.strip()


def test_d31_git_never_overwrites_what_somebody_pushed(tmp_path):
    """D31: a push in between is refused; the next run builds upon it."""
    from publisher.faults import HostBusy
    from publisher.hosts.git import GitHost

    need("git", program("git") is not None)
    bare = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    tree = trees.make_tree(tmp_path / "tree", range(1, 9))
    slow = GitHost(str(bare), "pages", "", tmp_path / "slow")
    slow.listing()  # it looks before the quick one sends
    quick = GitHost(str(bare), "pages", "", tmp_path / "quick")
    trees.send(quick, tree, tmp_path / "book1")

    trees.make_tree(tree, range(2, 9))
    with pytest.raises(HostBusy, match="再运行一次"):
        trees.send(slow, tree, tmp_path / "book2")


def test_the_policy_of_the_store_allows_what_publishing_needs():
    """Listing, reading, writing, deleting in one bucket, and nothing more."""
    policy = json.loads((DEPLOY / "s3" / "policy.json").read_text(encoding="utf-8"))

    allowed = {act for one in policy["Statement"] for act in one["Action"]}
    assert {
        "s3:ListBucket",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
    } == allowed


def test_every_recipe_sends_the_same_headers():
    """nginx, Caddy and the store's list agree on what browsers are told."""
    headers = (DEPLOY / "s3" / "headers.txt").read_text(encoding="utf-8").splitlines()
    recipes = [
        (DEPLOY / "nginx" / "gonghui.conf").read_text(encoding="utf-8"),
        (DEPLOY / "caddy" / "Caddyfile").read_text(encoding="utf-8"),
    ]

    for line in headers:
        name, value = line.split(": ", 1)
        for recipe in recipes:
            assert f'{name} "{value}"' in recipe
