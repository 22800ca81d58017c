"""The settings as they ship load, and say what the office's papers say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pydantic
import pytest

from config import (
    Settings,
    SettingsFault,
    advice,
    find_settings,
    load_settings,
    placeholders_left,
)
from crawler.registry import SITES
from newsroom.source import Source
from newsroom.taxonomy import Level, UnitKind


@pytest.fixture
def settings(office: Path) -> Settings:
    return load_settings(office / "config.toml")


def test_the_units_are_the_nine_towns_and_their_neighbours(settings):
    """Nine towns, 222 villages, and the other families of units."""
    units = settings.rules.units
    towns = [unit for unit in units.units if unit.kind is UnitKind.TOWN]

    assert 9 == len(towns)
    assert 222 == sum(len(town.villages) for town in towns)
    assert 26 == len(units.units)
    assert ("枝江", "宜昌") == (units.place, units.city)
    assert frozenset({"双湖村"}) == units.ambiguous


def test_there_are_22_topics(settings):
    """The topics keep their words, weights and months."""
    topics = settings.rules.topics

    assert 22 == len(topics)
    assert 1.0 == settings.rules.topic("weiquan").weight
    assert (6, 7, 8) == settings.rules.topic("xiasong").months


def test_the_highlight_score_is_out_of_100(settings):
    """The parts of the score add up to 100, and cases are not punished."""
    highlight = settings.rules.highlight

    assert 100 == sum(part.max for part in highlight.parts.values())
    assert -100 == highlight.penalties["blocked"].points
    assert {"案例"} == {kind.value for kind in highlight.neutral_kinds}
    assert (5, 35, 14) == (highlight.top, highlight.floor, highlight.fair_days)


def test_the_news_limits_are_those_of_the_trade(settings):
    """Freshness, factors and caps of 要闻."""
    news = settings.rules.news

    assert (1.0, 0.8, 0.6, 0.4) == news.freshness
    assert (1.3, 1.15) == (news.county_factor, news.city_factor)
    assert (3, 2, 6) == (news.per_source, news.per_topic, news.top)
    assert (30, 50) == (news.first_run_days, news.first_run_articles)


def test_the_list_of_leaders_ships_empty(settings):
    """The product ships no leader; the office fills the list."""
    assert () == settings.rules.checks.leaders


def test_the_sample_in_the_list_of_leaders_is_good(office, settings):
    """The commented sample loads once its # are taken away."""
    file = office / "config" / "leaders.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index("# [[leader]]")
    file.write_text(re.sub(r"(?m)^# ", "", text[start:]), encoding="utf-8")

    leaders = load_settings(office / "config.toml").rules.checks.leaders

    assert ["江守义"] == [leader.name for leader in leaders]


def test_every_sample_in_the_settings_is_good(office):
    """With the marks taken away every commented line is a setting that loads."""
    file = office / "config.toml"
    text = file.read_text(encoding="utf-8")
    lively = re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)
    assert 2 == lively.count("AAAA…")  # the host's own key takes its place
    lively = lively.replace("AAAA…", "AAAAC3NzaC1lZDI1NTE5")
    file.write_text(lively, encoding="utf-8")
    settings = load_settings(file)

    kinds = {"folder", "sftp", "ftps", "ftp", "s3", "rsync", "git"}
    assert kinds == {host.kind for host in settings.hosts}
    assert settings.mail_door.host
    assert settings.alarm.mail_to
    assert settings.group.robot


def test_only_others_are_upper_outlets(settings):
    """The office's own site is worth points but is no 上级采用."""
    outlets = settings.rules.outlets

    assert [30, 15, 8, 4] == [outlet.points for outlet in outlets]
    assert Level.NATIONAL is outlets[0].level


def test_the_year_has_its_holidays(settings):
    """中秋, 国庆 and the 调休 days of 2026 stand in the calendar."""
    year = next(y for y in settings.rules.calendar.years if y.year == 2026)

    assert {date(2026, 9, 25), date(2026, 10, 7)} <= year.holidays
    assert {date(2026, 9, 20), date(2026, 10, 10)} <= year.workdays
    assert (33, 6) == (len(year.holidays), len(year.workdays))


def test_the_four_sites_of_the_chair_are_listed(settings):
    """The four sites are there, and none without an address is asked."""
    sources = settings.newsroom_sources()
    names = [source.name for source in sources]

    assert ["湖北工会网", "宜昌工会维权网", "枝江市总工会网", "三峡枝江网"] == names[:4]
    assert all(isinstance(source, Source) for source in sources)
    assert all(
        source.urls or source.kind == "local"
        for source in settings.sources
        if source.enabled
    )


def test_placeholders_stop_the_release(settings):
    """The shipped numbers are recognised as not filled in, with their lines."""
    left = placeholders_left(settings)

    assert ["office.icp", "office.police_record"] == [fault.key for fault in left]
    assert all(fault.line for fault in left)


@pytest.mark.parametrize(
    ("icp", "police", "keys"),
    [
        ("鄂ICP备12345678号-1", "", []),
        ("鄂ICP备2021012345号", "鄂公网安备42058302000001号", []),
        ("鄂ICP备2021012345号", "鄂公网安备 42058302000001号", []),
        ("", "", ["office.icp"]),
        ("ICP备12345678号", "", ["office.icp"]),
        ("鄂ICP备××号", "鄂公网安备420583号", ["office.icp", "office.police_record"]),
    ],
)
def test_the_numbers_of_the_registers_have_their_forms(
    office, change, icp, police, keys
):
    """The ICP number must be real in form; the police number only if given."""
    change("鄂ICP备########号-#", icp)
    change("鄂公网安备42058302######号", police)

    left = placeholders_left(load_settings(office / "config.toml"))

    assert keys == [fault.key for fault in left]


def test_a_placeholder_name_stops_the_release(office, change):
    """××市总工会 is a name that nobody filled in."""
    change('name = "枝江市总工会"', 'name = "××市总工会"')

    left = placeholders_left(load_settings(office / "config.toml"))

    assert "office.name" in [fault.key for fault in left]


def test_a_missing_public_address_is_only_advice(settings):
    """The site can be built without its public address."""
    assert "site.base_url" in [fault.key for fault in advice(settings)]


def test_paths_start_at_the_folder_of_the_settings(office, settings):
    """Relative paths belong to the folder of config.toml, wherever one stands."""
    assert (office / "data").resolve() == settings.path(settings.store.folder)
    assert Path("/srv/x") == settings.path("/srv/x")


def test_the_settings_are_frozen(settings):
    """Nobody changes a setting while the programme runs."""
    with pytest.raises(pydantic.ValidationError):
        settings.office.name = "别的"


def test_the_rules_are_built_once(settings):
    """Everybody is handed the same rules."""
    assert settings.rules is settings.rules


def test_the_settings_named_on_the_command_line_come_first(office, tmp_path):
    """--config, then GONGHUI_CONFIG, then the working directory."""
    other = office / "other"
    other.mkdir()
    (other / "config.toml").touch()
    environ = {"GONGHUI_CONFIG": str(other)}

    assert office / "config.toml" == find_settings(office, environ, other)
    assert other / "config.toml" == find_settings(None, environ, office)
    assert office / "config.toml" == find_settings(None, {}, office)


@pytest.mark.parametrize(
    ("explicit", "environ", "mend"),
    [
        (Path("nowhere.toml"), {}, "--config"),
        (None, {"GONGHUI_CONFIG": "/nowhere"}, "GONGHUI_CONFIG"),
        (None, {}, "先进入 config.toml 所在的文件夹"),
    ],
)
def test_missing_settings_are_told_in_a_sentence(tmp_path, explicit, environ, mend):
    """The sentence says which of the three ways led to nothing."""
    with pytest.raises(SettingsFault, match="没有找到设置文件") as caught:
        find_settings(explicit, environ, tmp_path)

    assert mend in str(caught.value)


def test_every_spider_that_is_named_exists(settings):
    """A site's own file stands in crawler/spiders."""
    named = {source.spider for source in settings.sources if source.spider}

    assert named <= set(SITES)
    assert len(named) == 5


def test_every_tier_of_the_domain_has_a_source(settings):
    """Nation, province, city, county, towns and neighbours are all heard."""
    heard = {source.tier.id for source in settings.newsroom_sources()}

    assert {"guo", "sheng", "yc", "zj", "zhen", "tashan"} == heard
