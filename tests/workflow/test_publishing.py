"""Publishing as the office does it: both hosts, and what never goes out."""

from __future__ import annotations

import json

import pytest

from newsroom.errors import NotAllowed
from tests.workflow.two_hosts import ASK, TWO_HOSTS, files, with_hosts
from workflow.cli import run
from workflow.publishing import choose_hosts, publish_all


def test_publish_says_what_it_did(lively, capsys):
    """One command, both hosts, counts, exit code 0."""
    office = with_hosts(lively.office)

    code = run(["publish", "--config", str(office.settings.file), "--by", "何某"])

    told = capsys.readouterr().out
    assert code == 0
    assert "已发布到 ben：发送" in told
    assert "已发布到 wangpan" in told
    public = files(office.output / "public")
    host = office.settings.folder / "host"
    assert public == files(host / "ben" / "current") == files(host / "wangpan")


def test_publish_without_hosts_says_what_to_write(lively, capsys):
    """No [[hosts]]: exit code 40 and where to write one; brackets are shown."""
    code = run(["publish", "--config", str(lively.office.settings.file)])

    assert code == 40
    assert "加一段 [[hosts]]" in capsys.readouterr().err


def test_publish_of_a_foreign_name_lists_the_known_ones(published, capsys):
    """A mistyped host is a sentence."""
    code = run(["publish", "main", "--config", str(published.settings.file)])

    assert code == 40
    assert (
        "没有叫 main 的主机（[[hosts]] 里有：ben、wangpan）" in capsys.readouterr().err
    )


def test_one_host_that_fails_does_not_stop_the_other(lively, capsys):
    """The good host gets the release, the other one its sentence, exit code 40."""
    office = with_hosts(lively.office)
    foreign = office.settings.folder / "host" / "ben" / "index.html"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("old", encoding="utf-8")

    code = run(["publish", "--config", str(office.settings.file)])

    err = capsys.readouterr().err
    assert code == 40
    assert "没有发布到 ben" in err
    assert 'folder = "host/ben/gonghui"' in err
    assert files(office.output / "public") == files(foreign.parent.parent / "wangpan")


@pytest.mark.parametrize("audience", ["internal", ""])
def test_a73_no_tree_but_the_public_one_is_published(lively, audience):
    """A73: edition.json must say ``audience: public``."""
    office = with_hosts(lively.office)
    edition = office.output / "public" / "edition.json"
    edition.write_text(json.dumps({"audience": audience}), encoding="utf-8")

    with pytest.raises(NotAllowed, match="不是公开版"):
        publish_all(office, choose_hosts(office, ()), ASK)


@pytest.mark.parametrize(
    "name",
    ["config.toml", "gonghui.db", "run.log", ".git/config", "稿件.doc", "Makefile"],
)
def test_a73_private_files_stop_the_publishing(lively, name):
    """A73: an allow-list of endings; the file is named, nothing is sent."""
    office = with_hosts(lively.office)
    file = office.output / "public" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("private", encoding="utf-8")

    with pytest.raises(NotAllowed, match="不该公开的文件"):
        publish_all(office, choose_hosts(office, ()), ASK)

    assert not (office.settings.folder / "host").exists()


def test_a73_a_link_to_elsewhere_stops_the_publishing(lively):
    """A73: nothing outside the tree goes out through a link."""
    office = with_hosts(lively.office)
    (office.output / "public" / "all.html").symlink_to(office.settings.file)

    with pytest.raises(NotAllowed, match=r"指向别处的链接 all\.html"):
        publish_all(office, choose_hosts(office, ()), ASK)


def test_a74_the_settings_hold_no_password(lively):
    """A74: a password in the settings is a fault, its value never told."""
    from config import SettingsFault

    text = TWO_HOSTS + 'password = "a made-up word"\n'

    with pytest.raises(SettingsFault) as fault:
        with_hosts(lively.office, text)

    assert "a made-up word" not in str(fault.value)
