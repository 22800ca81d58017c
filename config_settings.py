"""All settings of one office as one frozen value; made by ``config.load_settings``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, PrivateAttr

from config_faults import Section
from config_forms import FormsSettings, GroupSettings, MailSettings
from config_hosts import HostSettings
from config_mail_door import MailDoorSettings
from config_rules import RuleBook, build_rules, story_templates
from config_sections import (
    CalendarSettings,
    EditionSettings,
    InboxSettings,
    OfficeSettings,
    ReminderSettings,
    RulesFiles,
    SiteSettings,
    StoreSettings,
)
from config_sources import CrawlSettings, SourceSettings
from config_upkeep import (
    AlarmSettings,
    BackupSettings,
    DeskSettings,
    ScheduleSettings,
)
from newsroom.questions import StoryTemplate
from newsroom.reminder import Reminder
from newsroom.rules import Calendar, CalendarYear, Rules
from newsroom.source import Source

SETTINGS_NAME = "config.toml"


class Settings(Section):
    """All settings of one office; made by ``config.load_settings``."""

    office: OfficeSettings = Field(description="单位")
    edition: EditionSettings = Field(default=EditionSettings(), description="简报")
    site: SiteSettings = Field(default=SiteSettings(), description="网站")
    store: StoreSettings = Field(default=StoreSettings(), description="数据")
    inbox: InboxSettings = Field(default=InboxSettings(), description="投稿文件夹")
    crawl: CrawlSettings = Field(description="采集")
    schedule: ScheduleSettings = Field(
        default=ScheduleSettings(), description="定时运行"
    )
    backup: BackupSettings = Field(default=BackupSettings(), description="备份")
    alarm: AlarmSettings = Field(default=AlarmSettings(), description="告警")
    forms: FormsSettings = Field(default=FormsSettings(), description="简报的各种形式")
    mail: MailSettings = Field(default=MailSettings(), description="邮件订阅")
    group: GroupSettings = Field(
        default=GroupSettings(), description="群机器人发简报文字"
    )
    desk: DeskSettings = Field(default=DeskSettings(), description="网上报送和编辑台")
    mail_door: MailDoorSettings = Field(
        default=MailDoorSettings(), description="邮件收稿"
    )
    rule_files: RulesFiles = Field(
        default=RulesFiles(), alias="rules", description="规则文件"
    )
    calendar: tuple[CalendarSettings, ...] = Field(default=(), description="节假日")
    reminders: tuple[ReminderSettings, ...] = Field(
        default=(), alias="reminder", description="今日提示"
    )
    sources: tuple[SourceSettings, ...] = Field(min_length=1, description="来源")
    hosts: tuple[HostSettings, ...] = Field(default=(), description="发布到的主机")

    _file: Path = PrivateAttr(default=Path(SETTINGS_NAME))
    _book: RuleBook = PrivateAttr()
    _rules: Rules = PrivateAttr()

    @property
    def file(self) -> Path:
        """The config.toml that was read."""
        return self._file

    @property
    def folder(self) -> Path:
        """The folder of config.toml; relative paths start here."""
        return self._file.parent

    @property
    def book(self) -> RuleBook:
        """The rule files as they were read."""
        return self._book

    @property
    def rules(self) -> Rules:
        """The office's rules as the newsroom knows them, built once."""
        return self._rules

    @property
    def story_templates(self) -> tuple[StoryTemplate, ...]:
        """The topics a correspondent chooses from, each with all its questions."""
        return story_templates(self._book.templates)

    def path(self, path: Path | str) -> Path:
        """A path of the settings, made whole against :attr:`folder`."""
        return (self.folder / Path(path).expanduser()).resolve()

    def newsroom_sources(self) -> tuple[Source, ...]:
        """Every source, enabled or not, as the newsroom knows it."""
        tiers = self._book.tiers
        return tuple(
            Source(
                id=source.id,
                name=source.name,
                tier=tiers[source.tier],
                own=source.own,
                excerpt=source.excerpt,
                union_filter=source.union_filter,
                local_filter=source.local_filter,
                enabled=source.enabled,
                city=source.city or None,
            )
            for source in self.sources
        )


def complete(settings: Settings, path: Path, book: RuleBook) -> Settings:
    """Give the settings their file and the rules of their rule files."""
    settings._file = path  # noqa: SLF001 - the one place that completes the value
    settings._book = book  # noqa: SLF001 - as above
    settings._rules = build_rules(  # noqa: SLF001 - as above
        book,
        place=settings.office.place,
        city=settings.office.city,
        calendar=Calendar(
            tuple(
                CalendarYear(y.year, frozenset(y.holidays), frozenset(y.workdays))
                for y in settings.calendar
            )
        ),
        reminders=tuple(
            Reminder(one.text, one.since, one.until) for one in settings.reminders
        ),
        public_phones=settings.office.public_phones,
    )
    return settings
