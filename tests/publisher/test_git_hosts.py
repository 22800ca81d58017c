"""Git repositories that refuse, and copies of our own that are damaged."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.faults import HostBusy, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.git import GitHost
from publisher.hosts.git_faults import git_fault

trees = sys.modules["publisher_tests_trees"]
make_tree, send = trees.make_tree, trees.send

WHO = ("-c", "user.name=other", "-c", "user.email=other@localhost")
ADDRESS = "https://made-up-token@git.example.cn/site.git"


@pytest.fixture
def bare(tmp_path) -> Path:
    """An empty repository, as a host has it."""
    folder = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", folder], check=True)
    return folder


def git(*words: str | Path) -> None:
    subprocess.run(["git", *words], check=True)


def held(bare: Path) -> list[str]:
    command = ["git", "-C", bare, "ls-tree", "-r", "--name-only", "main"]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return [path for path in told.stdout.split() if not path.startswith(".")]


def test_a_push_that_a_rule_refuses_is_no_rival(bare, tree, tmp_path, book):
    """Its own words are told; once the rule is gone the same copy serves."""
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 分支已保护 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    for _ in range(2):
        with pytest.raises(PublishFailed, match=r"没有收（它说：分支已保护）"):
            send(GitHost(str(bare), "main", "", tmp_path / "copy"), tree, book)
    hook.unlink()

    send(GitHost(str(bare), "main", "", tmp_path / "copy"), tree, book)

    assert sorted(trees.contents(tree)) == sorted(held(bare))


@pytest.mark.parametrize("folder", ["", "site"])
def test_d27_an_edit_in_a_repository_that_keeps_the_size_is_found(
    bare, tree, tmp_path, book, folder
):
    """D27: git's own hash of a file betrays it; an unchanged branch is left alone."""

    def publish():
        return send(GitHost(str(bare), "main", folder, tmp_path / "copy"), tree, book)

    publish()
    other = tmp_path / "other"
    git("clone", "--quiet", "--branch", "main", bare, other)
    story = other / folder / "stories" / "3.html"
    right = story.read_bytes()
    story.write_bytes(right.replace(b"href", b"hrfe"))
    git("-C", other, *WHO, "commit", "--quiet", "--all", "--message", "edit")
    git("-C", other, "push", "--quiet")

    receipt, unchanged = publish(), publish()

    git("-C", other, "pull", "--quiet")
    assert ("stories/3.html",) == receipt.restored
    assert right == story.read_bytes()
    assert not unchanged.changed


@pytest.mark.parametrize("harm", ["locked", "lost"])
def test_a_damaged_copy_is_made_anew(bare, tree, tmp_path, book, harm):
    """A killed run left it locked, or a disk lost it: the host has all that counts."""
    copy = tmp_path / "copy"
    send(GitHost(str(bare), "main", "", copy), tree, book)
    if harm == "locked":
        (copy / ".git" / "index.lock").touch()
    else:
        shutil.rmtree(copy / ".git" / "objects")
    make_tree(tree, range(2, 10), day=2)

    send(GitHost(str(bare), "main", "", copy), tree, book)

    assert set(trees.contents(tree)) <= set(held(bare))


def test_a_lost_copy_never_touches_the_repository_around_it(bare, tree, tmp_path, book):
    """The office may lie in a repository of its own: git must not find that one."""
    around = tmp_path / "office"
    subprocess.run(["git", "init", "--quiet", around], check=True)
    (around / "letters.txt").write_text("ours", encoding="utf-8")
    copy = around / "data" / "git"
    send(GitHost(str(bare), "main", "", copy), tree, book)
    (copy / ".git" / "HEAD").unlink()

    send(GitHost(str(bare), "main", "", copy), tree, book)

    status = ["git", "-C", around, "status", "--short", "letters.txt"]
    told = subprocess.run(status, check=True, capture_output=True, text=True).stdout
    assert ("ours", "?? letters.txt\n") == ((around / "letters.txt").read_text(), told)


def test_what_the_owner_set_for_git_changes_no_release(
    bare, tree, tmp_path, book, monkeypatch
):
    """Signing, hooks and ignored files of this computer are not the site's."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "ignored").write_text("*.css\n", encoding="utf-8")
    (home / "pre-commit").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (home / "pre-commit").chmod(0o755)
    (home / ".gitconfig").write_text(
        f"[commit]\ngpgsign = true\n[core]\nhooksPath = {home}\n"
        f"excludesFile = {home}/ignored\nautocrlf = true\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("HOME", str(home))

    send(GitHost(str(bare), "main", "", tmp_path / "copy"), tree, book)

    assert sorted(trees.contents(tree)) == sorted(held(bare))


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        ("fatal: unable to access: Could not resolve host: x", LinkBroken, "连不上"),
        ("Host key verification failed.", LoginRefused, "核对指纹"),
        ("remote: GH006: Protected branch update", PublishFailed, "GH006"),
        (" ! [rejected] HEAD -> main (fetch first)", HostBusy, "另一个人"),
        ("fatal: Authentication failed for 'x'", LoginRefused, "登录"),
        ("remote: Repository not found.", PublishFailed, "核对 address"),
        (f"fatal: odd {ADDRESS}", LinkBroken, "git 说：fatal: odd https://…@git"),
    ],
)
def test_git_is_understood_and_no_secret_told(told, kind, words):
    """Each refusal has its cure; a token in an address is never shown."""
    fault = git_fault(told, ADDRESS, "main")

    assert type(fault) is kind
    assert words in str(fault)
    assert "made-up-token" not in str(fault)
