"""A second county is another folder of settings, and no code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config import Settings, load_settings, placeholders_left

ROOT = Path(__file__).parents[2]

CONFIG = """
[office]
name = "临川县总工会"
short_name = "临川工会"
place = "临川"
city = "抚河"
icp = "赣ICP备12345678号"

[crawl]
user_agent = "GonghuiZhisheng/0.1 (office@example.org)"

[rules]
units = "rules/units.toml"
sources = "rules/sources.toml"
topics = "rules/topics.toml"
highlight = "rules/highlight.toml"
checks = "rules/checks.toml"
ledger = "rules/ledger.toml"
templates = "rules/story_templates.toml"
leaders = "rules/leaders.toml"

[[sources]]
id = "own_site"
name = "临川县总工会网"
tier = "xian"
urls = ["https://www.example.org/news/"]
own = true
"""
UNITS = """
relative = ["全县", "县总工会"]

[[unit]]
id = "hx"
name = "河西镇"
union = "河西镇总工会"
kind = "镇街"

[[unit]]
id = "hxy"
name = "河西产业园"
union = "河西产业园工会联合会"
kind = "园区"
town = "hx"
"""
TIERS = """
[tier.xian]
name = "临川"
level = "county"
weight = 0.9
"""


@pytest.fixture
def second(tmp_path: Path) -> Settings:
    """The settings of a small county that is not Zhijiang."""
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "config", rules, ignore=shutil.ignore_patterns("*.py*"))
    shipped = (rules / "sources.toml").read_text(encoding="utf-8")
    news = shipped[shipped.index("[news]") :].replace('["tashan"]', "[]")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (rules / "units.toml").write_text(UNITS, encoding="utf-8")
    (rules / "sources.toml").write_text(TIERS + news, encoding="utf-8")
    return load_settings(tmp_path / "config.toml")


def test_a_second_county_has_its_own_units_tiers_and_place(second):
    """Nothing of Zhijiang stands in the rules of another county."""
    units = second.rules.units

    assert ("临川", "抚河") == (units.place, units.city)
    assert ["河西镇", "河西产业园"] == [unit.name for unit in units.units]
    assert frozenset({"全县", "县总工会"}) == units.relative
    assert "枝江" not in repr(second.rules.units)


def test_a_second_county_has_its_own_sources(second):
    """Its sources carry its tiers."""
    (source,) = second.newsroom_sources()

    assert ("临川", True) == (source.tier.name, source.own)


def test_a_second_county_can_release(second):
    """With a real number nothing stops the release."""
    assert () == placeholders_left(second)
