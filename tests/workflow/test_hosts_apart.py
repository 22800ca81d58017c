"""One host that cannot be reached does not stop what is done on the others."""

from dataclasses import replace

import pytest

from config import load_settings
from workflow.cli import run
from workflow.publishing import Ask, choose_hosts, publish_all

HOSTS = """
[[hosts]]
name = "ben"
kind = "folder"
folder = "host/ben"

[[hosts]]
name = "wangpan"
kind = "folder"
folder = "host/wangpan"
releases = false
"""


@pytest.fixture
def published(lively):
    """An office with two releases on two hosts."""
    file = lively.office.settings.file
    file.write_text(file.read_text(encoding="utf-8") + HOSTS, encoding="utf-8")
    office = replace(lively.office, settings=load_settings(file))
    page = office.output / "public" / "index.html"
    publish_all(office, choose_hosts(office, ()), Ask("何某"))
    new = page.with_name("next")
    new.write_text("<html>二</html>", encoding="utf-8")
    new.replace(page)
    publish_all(office, choose_hosts(office, ()), Ask("何某"))
    return office


def the_story(office):
    with office.store() as store:
        edition = store.editions(released=True, limit=1)[0]
        return edition.all_entries[0].story_id


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
