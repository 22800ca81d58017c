"""A publishing that has nothing to send is told at once, and only then."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.workflow.two_hosts import TWO_HOSTS, with_hosts
from workflow.cli import run
from workflow.still_published import nothing_to_publish

ADDRESS = 'url = "https://news.example/"\n\n[[hosts]]'


@pytest.fixture
def settings(lively):
    """The config.toml of an office with two folders as hosts."""
    first, second = TWO_HOSTS.rsplit("\n[[hosts]]", 1)
    return with_hosts(lively.office, first + ADDRESS + second).settings.file


@pytest.fixture
def arguments(settings):
    """What was published just now, to be published again."""
    stranger = settings.parent / "host" / "wangpan" / "robots.txt"
    arguments = ["publish", "--config", str(settings)]
    assert run(arguments) == 0
    stranger.write_text("of the host", "utf-8")
    assert run(arguments) == 0
    return arguments


def test_nothing_to_send_is_said_as_a_publishing_would(arguments, capsys):
    """Of each host, with its address and what lies there and is not ours."""
    capsys.readouterr()
    said = nothing_to_publish(arguments)
    run(arguments)

    told = capsys.readouterr().out.splitlines()
    assert any("robots.txt" in line for line in told)
    assert told == said


def test_after_a_first_publishing_the_second_is_told_at_once(settings):
    """No publishing in between is needed."""
    arguments = ["publish", "--config", str(settings)]
    run(arguments)

    first, *_ = nothing_to_publish(arguments)

    assert first.startswith("ben 没有变化：")


def test_the_door_loads_neither_settings_nor_the_store(arguments):
    """``python -m workflow publish`` needs neither Django, pydantic nor Typer."""
    code = (
        "import sys; from workflow.__main__ import main; main();"
        "print(sorted({'django', 'pydantic', 'typer', 'rich'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    *said, loaded = done.stdout.splitlines()
    assert loaded == "[]"
    assert nothing_to_publish(arguments) == said


def touch_settings(office):
    file = office.settings.file
    file.write_text(file.read_text("utf-8") + "\n# 注\n", encoding="utf-8")


def new_page(office):
    (office.output / "public" / "new.html").write_text("new", "utf-8")


def touch_page(office):
    os.utime(office.output / "public" / "index.html", ns=(1, 1))


def lose_page(office):
    (office.output / "public" / "404.html").unlink()


def private_file(office):
    (office.output / "public" / ".gonghui-lock").write_text("x", "utf-8")


def touch_host(office):
    page = office.settings.folder / "host" / "wangpan" / "index.html"
    page.write_bytes(b"x" * page.stat().st_size)


def lose_on_host(office):
    (office.settings.folder / "host" / "ben" / "current" / "index.html").unlink()


def stranger_on_host(office):
    (office.settings.folder / "host" / "wangpan" / "x.html").write_text("x", "utf-8")


def lose_record(office):
    (office.settings.folder / "host" / "wangpan" / ".gonghui.json.gz").unlink()


def half_sent(office):
    host = office.settings.folder / "host" / "wangpan"
    (host / ".gonghui-next.json.gz").write_bytes(b"")


def locked(office):
    (office.settings.folder / "host" / "ben" / ".gonghui-lock").write_bytes(b"")


def unmounted(office):
    host = office.settings.folder / "host"
    host.rename(host.with_name("away"))


def other_run(office):
    (office.data / "run.json").write_text("{}", "utf-8")


def owe_forms(office):
    row = "('k','o','forms','','','waiting',0,'','','','2026-09-21','2026-09-21')"
    sql = (
        "INSERT INTO desk_job (key, owner, kind, file, name, state, tries, taken_by, "
        f"words, result, made_at, changed_at) VALUES {row}"
    )
    with closing(sqlite3.connect(office.data / "store.sqlite3")) as store, store:
        store.execute(sql)


def harm_note(office):
    (office.data / "publish" / "standing.json").write_text("[", "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        touch_settings,
        new_page,
        touch_page,
        lose_page,
        private_file,
        touch_host,
        lose_on_host,
        stranger_on_host,
        lose_record,
        half_sent,
        locked,
        unmounted,
        other_run,
        owe_forms,
        harm_note,
    ],
)
def test_whatever_changed_is_left_to_the_publishing(lively, arguments, change):
    """The tree, a host, settings, somebody at work, something owed: it looks itself."""
    assert nothing_to_publish(arguments)

    change(lively.office)

    assert nothing_to_publish(arguments) == []


@pytest.mark.parametrize(
    "more", [["ben"], ["--rollback"], ["--by", "何某"], ["--config"], ["--help"]]
)
def test_another_wish_is_left_to_the_publishing(arguments, more):
    """Only a plain ``gonghui publish`` is answered."""
    assert nothing_to_publish([*arguments, *more]) == []


def test_after_going_back_the_newest_is_to_be_sent_again(arguments, lively):
    """The hosts hold an older release than the tree."""
    page = lively.office.output / "public" / "404.html"
    new = page.with_name("new")
    new.write_text("<html>new</html>", encoding="utf-8")
    new.replace(page)  # as the builder does it
    assert run(arguments) == 0
    assert nothing_to_publish(arguments)

    assert run(["publish", "--rollback", *arguments[1:]]) == 0

    assert nothing_to_publish(arguments) == []


def test_what_was_sent_to_one_host_at_a_time_is_told_anew(arguments, lively):
    """The number of files that was told of an older tree is not told of this one."""
    (lively.office.output / "public" / "new.html").write_text("new", "utf-8")
    assert [run([*arguments, host]) for host in ("ben", "wangpan")] == [0, 0]

    assert nothing_to_publish(arguments) == []


def test_a_host_of_another_kind_is_always_asked(settings):
    """What stands on it nobody knows without asking."""
    other = '\n[[hosts]]\nname = "git"\nkind = "git"\naddress = "nowhere"\n'
    settings.write_text(settings.read_text("utf-8") + other, encoding="utf-8")
    arguments = ["publish", "--config", str(settings)]

    run(arguments)

    assert nothing_to_publish(arguments) == []
