"""Changing one source in config.toml leaves every other byte as it was."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import SettingsFault, SourceSettings, load_settings
from newsroom.errors import NotFound
from workflow.config_edit import (
    read_config_text,
    save_config,
    with_layout,
    with_source,
    with_value,
    without_source,
)

TEXT = """# 头
[office]
name = "甲"      # 单位

[[sources]]
id = "a"  # 编号
name = "甲网"
urls = [
  "http://a.example.cn/",  # 首页
]
enabled = true   # 采集

[sources.api]
rows = "."

# 说明二
[[sources]]
id = "b"
name = "乙网"

# 尾
[site]
title = "乙"
"""


def new_source(name: str = "丙网") -> SourceSettings:
    return SourceSettings(id="cc", name=name, tier="zj", urls=("http://c.example.cn/",))


@given(st.text(min_size=2, max_size=12).filter(lambda text: len(text.strip()) > 1))
def test_a_source_is_added_behind_the_last_one(name):
    """The block stands behind the last source; the rest is byte for byte the same."""
    source = new_source(name)

    text = with_source(TEXT, source, ["注"])

    start = text.index("# 注\n")
    end = text.index("\n# 尾")
    assert text[:start].rstrip("\n") + text[end:] == TEXT.replace("\n\n# 尾", "\n# 尾")
    assert tomllib.loads(text)["sources"][2]["name"] == source.name
    assert list(tomllib.loads(text)) == ["office", "sources", "site"]


def test_one_line_is_changed():
    """A value that stands is changed in its line; its comment stays."""
    text = with_value(TEXT, "a", "enabled", value=False)

    assert text == TEXT.replace("enabled = true   # 采集", "enabled = false  # 采集")


def test_one_line_is_added():
    """A value that does not stand comes below the id."""
    text = with_value(TEXT, "b", "enabled", value=False)

    assert text == TEXT.replace('id = "b"\n', 'id = "b"\nenabled = false\n')


def test_a_removed_source_is_still_to_be_read():
    """A removed block is comments; with their marks taken off it is there again."""
    text = without_source(TEXT, "a", note="删")

    assert [s["id"] for s in tomllib.loads(text)["sources"]] == ["b"]
    assert text.replace("# 删\n", "").replace("\n# ", "\n").startswith("# 头\n[office]")
    assert "说明二" in text
    with pytest.raises(NotFound):
        without_source(TEXT, "nowhere", note="删")


def test_a_layout_goes_before_older_ones():
    """The newest layout stands first, in its own source; the older has its last day."""
    once = with_layout(TEXT, "a", {"body": "div.text"}, last_day=date(2026, 9, 1))
    twice = with_layout(once, "a", {"body": "#new"}, last_day=date(2026, 9, 20))
    sources = tomllib.loads(twice)["sources"]

    assert [one["body"] for one in sources[0]["layouts"]] == ["#new", "div.text"]
    assert [one.get("valid_until") for one in sources[0]["layouts"]] == [
        None,
        date(2026, 9, 20),
    ]
    assert "layouts" not in sources[1]
    assert TEXT.split("# 说明二")[1] == twice.split("# 说明二")[1]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_files_manner_is_kept(config_file, office, newline):
    """Line ends are as they were, and the old file is kept."""
    old = config_file.read_text("utf-8").replace("\n", newline).encode()
    config_file.write_bytes(old)
    config = read_config_text(config_file)

    changed = with_value(config.text, "lanmu", "enabled", value=False)
    settings = save_config(config, changed, kept_in=office.data / "old", now=office.now)

    line = f"enabled = false{newline}".encode()
    assert config_file.read_bytes().replace(line, b"", 1) == old
    assert not settings.sources[0].enabled
    assert [file.read_bytes() for file in (office.data / "old").iterdir()] == [old]


def test_faulty_settings_never_take_the_place(config_file, office):
    """A change that makes the settings faulty is refused; the file is as it was."""
    old = config_file.read_bytes()
    config = read_config_text(config_file)
    wrong = with_value(config.text, "lanmu", "tier", value="nowhere")

    with pytest.raises(SettingsFault):
        save_config(config, wrong, kept_in=office.data / "old", now=office.now)

    assert config_file.read_bytes() == old
    assert load_settings(config_file)
    assert list(config_file.parent.glob(".config*")) == []
