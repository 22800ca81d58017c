"""Rule files at the desk: tried on known stories, saved whole, kept, brought back."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from config import load_settings
from desk.office import the_desk
from desk.rule_views import with_wrong_word
from workflow.settings_watch import SettingsWatch

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine may take long over a trial; what is too slow has its own test."""
    monkeypatch.setattr("desk.rule_trial.SECONDS", 280)


@pytest.fixture
def checks(house, empty_office):
    """The house with rule files of its own on the disk; the path of checks.toml."""
    folder = house.office.settings.folder
    shutil.copytree(ROOT / "config", folder / "config")
    shutil.copy(empty_office.settings.file, folder / "config.toml")
    house.browser().get("/health")
    return folder / "config" / "checks.toml"


def _page(client, name="checks", **query):
    return client.get(f"/desk/rules/{name}", query).content.decode()


def _hidden(page, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def _send(client, do, text, page, name="checks", **values):
    told = {"do": do, "text": text, "base": _hidden(page, "base")}
    told["tried"] = _hidden(page, "tried")
    return client.post(f"/desk/rules/{name}", told | values)


def _change(client, text, name="checks", **values):
    """Try a text and save it, as a person would; the answer of the saving."""
    tried = _send(client, "try", text, _page(client, name), name).content.decode()
    return _send(client, "save", text, tried, name, **values)


def test_a_new_word_shows_where_it_fires_before_it_is_saved(house, checks):
    """Hits among the stories of the last 30 days stand on the page; nothing is kept."""
    house.number(text=house.text + "\n我们开展了暖心服务。")
    before = checks.read_text(encoding="utf-8")
    client = house.browser("final")
    text = with_wrong_word(before, "暖心服务", "贴心服务", "warn")
    page = _send(client, "try", text, _page(client)).content.decode()

    assert "1 篇稿件上试了一遍：<b>新报出 1 处，不再报 0 处。</b>" in page
    assert "<mark>暖心服务</mark>" in page
    assert "存下来，现在就用" in page
    assert before == checks.read_text(encoding="utf-8")


def test_a_word_taken_away_shows_what_falls_silent(house, checks):
    """What no longer fires is shown too."""
    house.number(title="截止目前送清凉1200份")
    before = checks.read_text(encoding="utf-8")
    client = house.browser("final")
    text = before.replace('["截止目前", "截至目前", "warn"], ', "")
    page = _send(client, "try", text, _page(client)).content.decode()

    assert "不再报 1 处" in page
    assert "<mark>截止目前</mark>" in page


def test_what_is_saved_counts_at_once_and_is_kept(house, checks):
    """The next check goes by it; the version, the log and the old text are kept."""
    before = checks.read_text(encoding="utf-8")
    client = house.browser("admin")
    text = with_wrong_word(before, "暖心服务", "贴心服务", "warn")
    answer = _change(client, text, note="这词太滥")
    number = house.number(text=house.text + "\n我们开展了暖心服务。")
    story = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    page = _page(client)

    assert 302 == answer.status_code
    assert text == checks.read_text(encoding="utf-8")
    assert "改成“贴心服务”" in story
    assert "这词太滥" in page
    events = [(e.by, e.what) for e in house.store.events(limit=3)]
    assert ("郑管", "改规则 checks.toml 第 2 版（加 1 行、去 0 行）这词太滥") in events


def test_the_last_change_is_taken_back(house, checks):
    """Undo is an earlier version tried and saved again; nothing kept is lost."""
    before = checks.read_text(encoding="utf-8")
    client = house.browser("admin")
    _change(client, with_wrong_word(before, "暖心服务", "", "hint"))
    old = _page(client, version=1)
    shown = unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", old, re.DOTALL)[1])
    _change(client, shown, note="恢复第 1 版")
    versions = re.findall(r'<td class="number">(\d+)</td>', _page(client))

    assert before == checks.read_text(encoding="utf-8")
    assert ["3", "2", "1"] == versions


@pytest.mark.parametrize(
    ("name", "found", "written", "told"),
    [
        ("checks", '"warn"],', '"warm"],', "wrong_words.pairs"),
        ("checks", '["截止目前", ', "[“截止目前”, ", "“"),
        ("checks", "half_width = '", "half_with = '", "half_with"),
        ("checks", r"'\.{3,}|", r"'(\.{3,}|", "punct.dots"),
        ("topics", "weight = 1.0", "weight = 7", "weight"),
        ("units", 'kind = "', 'kind = "村', "kind"),
        ("ledger", 'year_ends = "11-30"', 'year_ends = "13-30"', "year_ends"),
        ("topics", "[[topic]]\n", "[[topic]\n", "第"),
    ],
)
def test_faults_name_the_line_and_the_key(house, checks, name, found, written, told):
    """In Chinese, with the mend; the file stays as it is and the text on the page."""
    file = checks.with_name(f"{name}.toml")
    before = file.read_text(encoding="utf-8")
    bad = before.replace(found, written, 1)
    client = house.browser("admin")
    answer = _send(client, "try", bad, _page(client, name), name)
    page = unescape(answer.content.decode())

    assert bad != before
    assert 422 == answer.status_code
    assert re.search(rf"{name}\.toml 第 \d+ 行", page)
    assert told in page
    assert "改法：" in page
    assert written in page
    assert before == file.read_text(encoding="utf-8")


def test_nothing_is_saved_untried(house, checks):
    """A text changed after the trial is tried again, not saved."""
    before = checks.read_text(encoding="utf-8")
    client = house.browser("admin")
    text = with_wrong_word(before, "暖心服务", "", "hint")
    tried = _send(client, "try", text, _page(client)).content.decode()
    other = with_wrong_word(before, "别的词", "", "hint")
    answer = _send(client, "save", other, tried)

    assert 200 == answer.status_code
    assert before == checks.read_text(encoding="utf-8")


def test_of_two_who_change_it_at_once_the_slower_is_told(house, checks):
    """Nobody's text is lost: both are on the page, saving needs another trial."""
    before = checks.read_text(encoding="utf-8")
    slow, fast = house.browser("final"), house.browser("admin")
    mine = with_wrong_word(before, "暖心服务", "", "hint")
    theirs = with_wrong_word(before, "扎根基层", "", "hint")
    tried = _send(slow, "try", mine, _page(slow)).content.decode()
    _change(fast, theirs)
    answer = _send(slow, "save", mine, tried)
    page = unescape(answer.content.decode())

    assert 409 == answer.status_code
    assert "郑管 在 08:00 改过这份文件" in page
    assert '−   ["扎根基层"' in page
    assert '＋   ["暖心服务"' in page
    assert theirs == checks.read_text(encoding="utf-8")


@pytest.mark.parametrize("who", ["editor", "reviewer", "chair"])
def test_others_may_look_and_not_change(house, checks, who):
    """Rules are changed by the administrator and the final reviewer."""
    client = house.browser(who)
    page = _page(client)
    answer = _send(client, "try", "x = 1\n", page)

    assert "readonly" in page
    assert "加一个错词" not in page
    assert 403 == answer.status_code


def test_who_may_not_read_stories_sees_counts_alone(house, checks):
    """The administrator of accounts learns how many, not what they say."""
    house.number(title="截止目前送清凉1200份")
    before = checks.read_text(encoding="utf-8")
    client = house.browser("admin")
    text = before.replace('["截止目前", "截至目前", "warn"], ', "")
    page = _send(client, "try", text, _page(client)).content.decode()

    assert "不再报 1 处" in page
    assert "送清凉1200份" not in page


def test_a_word_is_added_without_touching_the_file_by_hand(house, checks):
    """The small form writes the line; it is tried like any change."""
    client = house.browser("admin")
    page = _page(client)
    before = checks.read_text(encoding="utf-8")
    answer = _send(
        client, "add", before, page, wrong="暖心服务", right="贴心服务", level="warn"
    )
    told = unescape(answer.content.decode())

    assert '＋   ["暖心服务", "贴心服务", "warn"],' in told
    assert "试过了，还没有存" in told


def test_a_pattern_that_takes_for_ever_is_refused(house, checks, monkeypatch):
    """It is ended after its time, and nothing is saved."""
    monkeypatch.setattr("desk.rule_trial.SECONDS", 4)
    house.number(text="a" * 40 + "，" + house.text)
    before = checks.read_text(encoding="utf-8")
    client = house.browser("admin")
    slow = before.replace("dots = '", "dots = '(a+)+$|")
    answer = _send(client, "try", slow, _page(client))

    assert 422 == answer.status_code
    assert "还没有试完，没有保存" in answer.content.decode()


def test_leaders_and_topics_are_tried_by_what_they_decide(house, checks):
    """A leader's row marks names, a topic's word moves stories."""
    house.number(title="市总工会主席江守一送清凉")
    client = house.browser("final")
    leaders = checks.with_name("leaders.toml").read_text(encoding="utf-8") + (
        '\n[[leader]]\nname = "江守义"\ntitle = "市总工会主席"\n'
        'since = 2025-03-01\norder = 1\nwrong = ["江守一"]\n'
    )
    first = _send(client, "try", leaders, _page(client, "leaders"), "leaders")
    topics = checks.with_name("topics.toml").read_text(encoding="utf-8")
    moved = topics.replace("strong = [", 'strong = ["食品工业园", "清凉包", ', 1)
    second = _send(client, "try", moved, _page(client, "topics"), "topics")

    assert "<mark>江守一</mark>" in first.content.decode()
    assert "归入主题" in second.content.decode()


def test_a_file_saved_by_hand_is_followed_and_a_faulty_one_is_not(house, checks):
    """Notepad counts too; faults leave the good settings in use."""
    before = checks.read_text(encoding="utf-8")
    text = with_wrong_word(before, "暖心服务", "", "hint")
    checks.write_text(text, encoding="utf-8")
    house.browser().get("/health")
    followed = the_desk().settings.rules.checks.wrong_words[-1].wrong
    checks.write_text("x = ", encoding="utf-8")
    answer = house.browser().get("/health").status_code

    assert (
        "暖心服务" == followed == the_desk().settings.rules.checks.wrong_words[-1].wrong
    )
    assert 200 == answer


def test_what_was_written_by_hand_is_kept_as_a_version(house, checks):
    """A text from outside the desk is not lost at the next saving."""
    client = house.browser("admin")
    _change(
        client, with_wrong_word(checks.read_text(encoding="utf-8"), "甲", "", "hint")
    )
    by_hand = checks.read_text(encoding="utf-8") + "\n# 手写\n"
    checks.write_text(by_hand, encoding="utf-8")
    _change(client, with_wrong_word(by_hand, "乙", "", "hint"))

    assert "在编辑台外面改的" in _page(client)
    assert "# 手写" in _page(client, version=3)


def test_the_watch_sees_nothing_where_nothing_changed(house):
    """Files that are not there change nothing."""
    assert SettingsWatch(house.office.settings).changed() is None


def test_without_stories_the_rule_is_tried_on_its_own_words(house, checks):
    """The wrong word fires, the right word and the exception do not."""
    client = house.browser("final")
    before = checks.read_text(encoding="utf-8")
    text = with_wrong_word(before, "暖心服务", "贴心服务", "warn")
    page = _send(client, "try", text, _page(client)).content.decode()

    assert "造了 2 个例句来试：<b>新报出 1 处，不再报 0 处。</b>" in page
    assert "<mark>暖心服务</mark>" in page
    assert "<h3>不报的</h3><p>贴心服务</p>" in page


def test_a_word_that_goes_falls_silent_on_its_own_example(house, checks):
    """Taken out of the list, it is no longer said of its sentence."""
    client = house.browser("final")
    text = checks.read_text(encoding="utf-8").replace('["防署", "防暑", "warn"], ', "")
    page = _send(client, "try", text, _page(client)).content.decode()

    assert "新报出 0 处，不再报 1 处" in page
    assert "<mark>防署</mark>" in page


def test_the_mending_of_a_newly_named_faulty_file_is_seen(house, checks):
    """The settings name another file, which has a fault; then that file is mended."""
    watch = SettingsWatch(load_settings(checks.parents[1] / "config.toml"))
    other = checks.with_name("other.toml")
    other.write_text("[wrong", encoding="utf-8")
    settings = checks.parents[1] / "config.toml"
    named = settings.read_text(encoding="utf-8")
    named += '\n[rule_files]\nchecks = "config/other.toml"\n'
    settings.write_text(named, encoding="utf-8")
    faulty = watch.changed()
    shutil.copy(checks, other)
    mended = watch.changed()
    text = other.read_text(encoding="utf-8")
    other.write_text(with_wrong_word(text, "甲", "乙", "warn"), encoding="utf-8")
    again = watch.changed()

    assert faulty is None
    assert mended is not None
    assert again.rules.checks.wrong_words[-1].wrong == "甲"
    assert watch.changed() is None
