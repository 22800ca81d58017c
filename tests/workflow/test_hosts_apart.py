"""One host that cannot be reached does not stop what is done on the others."""

from __future__ import annotations

import pytest

from tests.workflow.two_hosts import ASK, change, the_story
from workflow.cli import run
from workflow.publishing import choose_hosts, publish_all


@pytest.fixture
def published(published):
    """The office with two releases on its two hosts."""
    change(published, "二")
    publish_all(published, choose_hosts(published, ()), ASK)
    return published


def break_first(office):
    """The first host's folder is now a file; how to mend it."""
    root = office.settings.folder / "host" / "ben"
    aside = root.with_name("aside")
    root.rename(aside)
    root.write_text("", encoding="utf-8")

    def mend():
        root.unlink()
        aside.rename(root)

    return mend


def test_one_host_that_cannot_go_back_does_not_keep_the_others(published, capsys):
    """The second host has the older release; the first one is named, and code 40."""
    config = ["--config", str(published.settings.file)]
    host = published.settings.folder / "host" / "wangpan"
    break_first(published)

    code = run(["publish", "--rollback", "1", *config])

    told = capsys.readouterr()
    assert code == 40
    assert "没有退回 ben：" in told.err
    assert "已把旧的一版送回 wangpan" in told.out
    assert "<html>二</html>" != (host / "index.html").read_text("utf-8")


def test_a_withdrawal_names_the_host_that_may_still_have_the_story(published, capsys):
    """And the same command takes it off there too, once the host is mended."""
    number = the_story(published)
    command = ["withdraw", str(number), "--by", "何某", "--reason", "当事人要求"]
    command += ["--config", str(published.settings.file)]
    mend = break_first(published)

    code = run(command)
    first = capsys.readouterr().out
    mend()
    again = run(command)

    assert (40, 0) == (code, again)
    assert "ben：这台主机没有换成，上面可能还有它" in first
    assert "wangpan：读回核对，主机上已没有" in first
    assert "ben：读回核对，主机上已没有" in capsys.readouterr().out


def test_a_second_withdrawal_of_the_same_story_changes_nothing(published, capsys):
    """No page, no shard of the search is named anew: the hosts stand as they did."""
    command = ["withdraw", str(the_story(published)), "--by", "何某"]
    command += ["--reason", "当事人要求", "--config", str(published.settings.file)]
    host = published.settings.folder / "host" / "wangpan"
    run(command)
    before = {file: file.stat().st_mtime_ns for file in host.rglob("*.*")}
    capsys.readouterr()

    code = run(command)

    told = capsys.readouterr().out
    assert code == 0
    assert "wangpan 没有变化" in told
    assert "wangpan：读回核对，主机上已没有" in told
    site = {f: t for f, t in before.items() if ".gonghui" not in f.name}
    assert site == {file: file.stat().st_mtime_ns for file in site}
