"""Publishing, going back and withdrawing as the office does it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from config import load_settings
from newsroom.errors import NewsroomError, NotAllowed
from newsroom.story import StoryState
from publisher.faults import PublishFailed
from publisher.releases import KEPT, ReleaseStore
from publisher.tree import hash_file, read_release
from workflow.cli import run
from workflow.office import Office
from workflow.publishing import Ask, choose_hosts, publish_all, release_store, roll_back
from workflow.withdrawing import read_number, withdraw_story

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
ASK = Ask("何某")


def with_hosts(office: Office, text: str = HOSTS) -> Office:
    file = office.settings.file
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return replace(office, settings=load_settings(file))


def files(root: Path) -> dict[str, bytes]:
    return {
        path: file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
        and not (path := file.relative_to(root).as_posix()).startswith(".gonghui")
    }


def change(office: Office, words: str) -> None:
    """A new front page, put in place as the builder does it."""
    page = office.output / "public" / "index.html"
    new = page.with_name("next")
    new.write_text(f"<html>{words}</html>", encoding="utf-8")
    new.replace(page)


@pytest.fixture
def published(lively):
    """An office whose public tree stands on two hosts."""
    office = with_hosts(lively.office)
    publish_all(office, choose_hosts(office, ()), ASK)
    return office


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

    text = HOSTS + 'password = "a made-up word"\n'

    with pytest.raises(SettingsFault) as fault:
        with_hosts(lively.office, text)

    assert "a made-up word" not in str(fault.value)


def differing(one, other) -> list[str]:
    """The paths of one state whose bytes are not those of the other."""
    return sorted(path for path in one if one[path] != other.get(path))


def test_d30_rollback_is_byte_equal_and_sends_only_what_differs(published):
    """D30: one step, two steps back; every byte; nothing travels that stands there."""
    states = [files(published.output / "public")]
    for words in ("二", "三"):
        change(published, words)
        publish_all(published, choose_hosts(published, ()), ASK)
        states.append(files(published.output / "public"))
    host = choose_hosts(published, ["wangpan"])[0]
    root = published.settings.folder / "host" / "wangpan"

    _, far = roll_back(published, host, 2, ASK)
    first = files(root)
    publish_all(published, [host], ASK)
    _, near = roll_back(published, host, 1, ASK)

    assert (states[0], states[1]) == (first, files(root))
    assert differing(states[0], states[2]) == sorted(far.sent)
    assert differing(states[1], states[2]) == sorted(near.sent)


def test_d30_rollback_by_command(published, capsys):
    """D30: ``publish --rollback 1 ben`` says where the host stands now."""
    before = files(published.output / "public")
    change(published, "二")
    config = ["--config", str(published.settings.file)]
    run(["publish", *config])
    current = published.settings.folder / "host" / "ben" / "current"
    new = files(current)

    code = run(["publish", "--rollback", "1", "ben", *config])
    again = run(["publish", "--rollback", "ben", *config])

    assert (0, 40) == (code, again)
    out, err = capsys.readouterr()
    assert out.index("已把旧的一版送回 ben") < out.index("主机上现在是")
    assert "主机上现在的就是本机保存的最早一版" in err
    assert before == files(current) != new


def test_d30_there_is_no_going_back_before_the_first(published, capsys):
    """D30: too many steps are a sentence, and nothing changes."""
    back = ["publish", "--rollback", "3", "--config", str(published.settings.file)]

    first = run(back), capsys.readouterr().err
    change(published, "二")
    publish_all(published, choose_hosts(published, ()), ASK)
    second = run(back), capsys.readouterr().err

    assert (40, 40) == (first[0], second[0])
    assert first[1].startswith("没有退回 ben：")
    assert "没有更早的可以退" in first[1]
    assert "退不了 3 版" in second[1]


def test_d30_a_damaged_release_is_never_put_on_a_host(published):
    """D30: what was kept is checked byte for byte before it travels."""
    change(published, "二")
    hosts = choose_hosts(published, ["ben"])
    publish_all(published, hosts, ASK)
    store = release_store(published)
    old = store.load(store.releases()[1])
    content = old.sources["index.html"]
    content.unlink()
    content.write_text("damaged", encoding="utf-8")

    with pytest.raises(PublishFailed, match="保存得不完整"):
        roll_back(published, hosts[0], 1, ASK)


@pytest.mark.parametrize("returning", [1, 40])
def test_fourteen_releases_are_kept(tmp_path, office, returning):
    """The fifteenth is forgotten with the contents that nobody needs."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "edition.json").write_text('{"audience": "public"}', encoding="utf-8")
    store = ReleaseStore(tmp_path / "store")
    for number in range(KEPT + 3):
        words = {f"{page}.html": f"{page} {number % 9}" for page in range(returning)}
        for name, told in {**words, "index.html": str(number)}.items():
            (tree / name).unlink(missing_ok=True)
            (tree / name).write_text(told, encoding="utf-8")
        release = store.keep(read_release(tree), office.now)
        store.note_published(release.digest)

    kept = store.releases()
    *_, oldest = (store.load(one) for one in kept)
    assert len(kept) == 14
    assert oldest.sources["index.html"].read_text(encoding="utf-8") == "3"
    contents = list((tmp_path / "store" / "contents").glob("*/*"))
    assert len(contents) == 15 + 9 * returning


def test_a_release_travels_from_the_store_not_from_the_tree(tmp_path, office):
    """The tree may be built anew while a release is on its way."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "edition.json").write_text('{"audience": "public"}', encoding="utf-8")
    release = ReleaseStore(tmp_path / "store").keep(read_release(tree), office.now)
    (tree / "edition.json").unlink()

    source = release.sources["edition.json"]

    assert release.files["edition.json"].sha256 == hash_file(source)


def the_story(office: Office) -> int:
    with office.store() as store:
        edition = store.editions(released=True, limit=1)[0]
        return edition.all_entries[0].story_id


def test_withdraw_takes_a_story_off_every_host_with_proof(published, capsys):
    """Gone from page, lists, feeds and pictures; the receipts list its absence."""
    number = the_story(published)
    with published.store() as store:
        headline = store.story(number).headline
    root = published.settings.folder / "host"
    before = files(root / "wangpan")
    named = [path for path, content in before.items() if headline.encode() in content]

    code = run(
        [
            *("withdraw", f"stories/2026/{number}.html", "--by", "何某"),
            *("--reason", "当事人要求", "--config", str(published.settings.file)),
        ]
    )

    told = capsys.readouterr().out
    after = files(root / "wangpan")
    receipts = sorted((published.data / "publish" / "ben" / "receipts").iterdir())
    absent = json.loads(receipts[-1].read_text(encoding="utf-8"))["absent"]
    assert code == 0
    assert len(named) > 3
    assert [] == [p for p, content in after.items() if headline.encode() in content]
    assert not [path for path in after if path.startswith("pictures/")]
    assert files(root / "ben" / "current") == after
    assert f"stories/2026/{number}.html" in absent
    assert "读回核对，主机上已没有" in told


def test_nobody_goes_back_to_a_release_with_a_withdrawn_story(published, capsys):
    """The store keeps the old releases, and blocks those that hold the story."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]
    run(["withdraw", str(number), "--by", "何某", "--reason", "当事人要求", *config])
    capsys.readouterr()

    code = run(["publish", "--rollback", *config])

    assert code == 40
    assert "已撤下" in capsys.readouterr().err


def test_a_withdrawal_stands_in_the_history(published):
    """Who and why, in the story's own history; the story is still in the store."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]
    run(["withdraw", str(number), "--by", "何某", "--reason", "当事人要求", *config])

    with published.store() as store:
        last = store.story_history(number)[-1]

    assert (StoryState.WITHDRAWN, "何某：当事人要求") == (last.after, last.reason)


def test_a_withdrawal_wants_a_name_and_a_reason(published, capsys):
    """An empty reason changes nothing."""
    number = the_story(published)
    config = ["--config", str(published.settings.file)]

    code = run(["withdraw", str(number), "--by", "何某", "--reason", " ", *config])

    assert code == 1
    assert "写明经办人和理由" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("128", 128),
        ("stories/2026/128.html", 128),
        ("https://www.example.cn/stories/2026/128.html#top", 128),
    ],
)
def test_a_story_is_named_by_number_or_page(text, number):
    """What a webmaster has at hand will do."""
    assert number == read_number(text)


def words_of_docx(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml").decode()


def take_back(published: Office, number: int) -> None:
    with published.store() as store:
        withdraw_story(published, store, number, by="何某", reason="当事人要求")


def test_a_withdrawn_story_leaves_the_pdf_and_the_word_file(published):
    """What readers print and keep is made anew without it, in both trees."""
    number = the_story(published)
    with published.store() as store:
        headline = store.story(number).headline
    day = published.now.date().isoformat()
    docx = published.output / "internal" / "briefing" / f"{day}.docx"
    pdf = published.output / "public" / "briefing" / f"{day}.pdf"
    before = pdf.read_bytes()
    assert headline in words_of_docx(docx)

    take_back(published, number)

    assert headline not in words_of_docx(docx)
    assert pdf.read_bytes() not in {before, b""}


def test_a_form_that_cannot_be_made_anew_is_gone(published, monkeypatch):
    """Better no PDF than one with a story that was taken back."""
    number = the_story(published)

    def fail(*_args, **_more):
        raise NewsroomError("没有字体")

    monkeypatch.setattr("workflow.forming.make_day_forms", fail)
    take_back(published, number)

    assert not list(published.output.rglob("briefing/*.pdf"))
    assert not list(published.output.rglob("briefing/*.docx"))
