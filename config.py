"""The office's settings: the door of config.toml, :func:`load_settings`.

One frozen model a section (``config_sections``); each is handed to its package as an
argument, nobody reads the whole. The rule files that [rules] names are read with it,
and every fault of all files is told at once (:class:`config_faults.SettingsFault`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, PrivateAttr, ValidationError

from config_faults import (
    Fault,
    KeyPath,
    Section,
    SettingsFault,
    key_name,
    model_faults,
    secret_faults,
    shown,
)
from config_forms import FormsSettings, GroupSettings, MailSettings
from config_hosts import HostSettings
from config_mail_door import MailDoorSettings
from config_rule_files import (
    ChecksFile,
    HighlightFile,
    LeadersFile,
    LedgerFile,
    TemplatesFile,
    TiersFile,
    TopicsFile,
    UnitsFile,
)
from config_rules import (
    Note,
    RuleBook,
    build_rules,
    fault_of,
    inside_trees,
    repeated,
    rule_notes,
    story_templates,
    unknown,
)
from config_sections import (
    CalendarSettings,
    CrawlSettings,
    EditionSettings,
    InboxSettings,
    LayoutSettings,
    ListApiSettings,
    OfficeSettings,
    ReminderSettings,
    RulesFiles,
    SiteSettings,
    SourceSettings,
    StoreSettings,
)
from config_toml import TomlText, parse_toml, read_toml
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

__all__ = [
    "AlarmSettings",
    "BackupSettings",
    "CalendarSettings",
    "CrawlSettings",
    "DeskSettings",
    "EditionSettings",
    "Fault",
    "FormsSettings",
    "GroupSettings",
    "HostSettings",
    "InboxSettings",
    "LayoutSettings",
    "ListApiSettings",
    "MailDoorSettings",
    "MailSettings",
    "OfficeSettings",
    "ReminderSettings",
    "RulesFiles",
    "ScheduleSettings",
    "Section",
    "Settings",
    "SettingsFault",
    "SiteSettings",
    "SourceSettings",
    "StoreSettings",
    "advice",
    "find_settings",
    "load_settings",
    "placeholders_left",
]

_NAME = "config.toml"
_VARIABLE = "GONGHUI_CONFIG"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ICP = re.compile(rf"[{_PROVINCES}]ICP备\d{{8,10}}号(-\d+)?")
_POLICE = re.compile(rf"[{_PROVINCES}]公网安备\s?\d{{14}}号")
_PLACEHOLDER = re.compile(
    r"#{2,}|×+|[xX]{3,}|＊{2,}|\*{2,}|…{2,}|待填|待补|待定|待确认"
)
_CONTACT = re.compile(r"@|\d{7,}|\d{3,4}-\d{7,8}|https?://")


class Settings(Section):
    """All settings of one office; made by :func:`load_settings`."""

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

    _file: Path = PrivateAttr(default=Path(_NAME))
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


def find_settings(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The config.toml to use: ``--config``, then GONGHUI_CONFIG, then the folder.

    A folder stands for the config.toml in it.

    Raises:
        SettingsFault: nothing stands there; the sentence says what to do.
    """
    named = explicit or (Path(environ[_VARIABLE]) if environ.get(_VARIABLE) else None)
    path = cwd / (named or _NAME)
    if path.is_dir():
        path /= _NAME
    if path.is_file():
        return path
    if explicit:
        mend = "改对 --config 后面的路径"
    elif named:
        mend = f"改对环境变量 {_VARIABLE}，或删掉它"
    else:
        mend = (
            f"先进入 {_NAME} 所在的文件夹再运行，或用 --config 指明它，"
            f"或设置环境变量 {_VARIABLE}"
        )
    fault = Fault(path, "", None, f"没有找到设置文件 {path}", "有这个文件", mend)
    raise SettingsFault((fault,))


def load_settings(path: Path, *, instead: Mapping[str, str] | None = None) -> Settings:
    """Read config.toml and its rule files.

    ``instead`` gives the text of rule files by name (``checks``, ``leaders``) that is
    to be judged in place of what stands on the disk.

    Raises:
        SettingsFault: with every fault of all the files, in Chinese, each with its
            line and its mend.
    """
    path = path.resolve()
    text = read_toml(path)
    faults = list(text.faults)
    settings = _validate(text, Settings, faults)
    files = _rule_paths(text, settings)
    given = instead or {}
    texts = {
        name: parse_toml(path.parent / file, given[name])
        if name in given
        else read_toml(path.parent / file)
        for name, file in files
    }
    book = _read_book(texts, faults)
    faults += _cross_faults(text, book)
    if settings:
        faults += _folder_faults(text, settings)
    if faults or settings is None or book is None:
        raise SettingsFault(tuple(faults))
    return _complete(settings, path, book)


_Model = TypeVar("_Model", bound=BaseModel)


def _validate(
    text: TomlText, model: type[_Model], faults: list[Fault]
) -> _Model | None:
    """The model of a file; what is wrong is added to ``faults``."""
    if text.data is None:
        return None
    faults += secret_faults(text.data, text.file, text.lines)
    try:
        return model.model_validate(text.data)
    except ValidationError as error:
        faults += model_faults(error, model, text.file, text.lines)
        return None


_FILE_MODELS: dict[str, type[Section]] = {
    "units": UnitsFile,
    "topics": TopicsFile,
    "sources": TiersFile,
    "highlight": HighlightFile,
    "checks": ChecksFile,
    "ledger": LedgerFile,
    "templates": TemplatesFile,
    "leaders": LeadersFile,
}


def _rule_paths(text: TomlText, settings: Settings | None) -> RulesFiles:
    """The rule files to read, even when the rest of config.toml is faulty."""
    if settings is not None:
        return settings.rule_files
    try:
        return RulesFiles.model_validate((text.data or {}).get("rules", {}))
    except ValidationError:
        return RulesFiles()


def _read_book(texts: Mapping[str, TomlText], faults: list[Fault]) -> RuleBook | None:
    before = len(faults)
    read: dict[str, Any] = {}
    for name, text in texts.items():
        faults += text.faults
        read[name] = _validate(text, _FILE_MODELS[name], faults)
    if len(faults) > before:
        return None
    book = RuleBook.model_validate(read)
    faults += [
        fault_of(note, texts[name].file, texts[name].lines)
        for name, note in rule_notes(book)
    ]
    return book


def _cross_faults(text: TomlText, book: RuleBook | None) -> list[Fault]:
    """What config.toml says against itself and against the rule files."""
    rows = (text.data or {}).get("sources")
    if not isinstance(rows, list):
        return []
    sources = [row if isinstance(row, dict) else {} for row in rows]
    notes: list[Note] = list(
        repeated(("sources",), [str(s.get("id", n)) for n, s in enumerate(sources)])
    )
    hosts = (text.data or {}).get("hosts")
    if isinstance(hosts, list):
        names = [str(h.get("name")) for h in hosts if isinstance(h, dict)]
        notes += repeated(("hosts",), names, "name")
    years = (text.data or {}).get("calendar")
    if isinstance(years, list):
        named = [str(y.get("year")) for y in years if isinstance(y, dict)]
        notes += repeated(("calendar",), named, "year")
    for index, source in enumerate(sources if book else ()):
        tier = source.get("tier")
        if book and isinstance(tier, str):
            path: KeyPath = ("sources", index, "tier")
            notes += unknown(path, (tier,), book.sources.tier, "层级", one=True)
    return [fault_of(note, text.file, text.lines) for note in notes]


def _folder_faults(text: TomlText, settings: Settings) -> Iterator[Fault]:
    def whole(path: Path) -> Path:
        return (text.file.parent / path.expanduser()).resolve()

    folders: dict[KeyPath, Path] = {
        (name, "folder"): whole(getattr(settings, name).folder)
        for name in ("store", "inbox", "backup")
    }
    for note in inside_trees(folders, whole(settings.site.output)):
        yield fault_of(note, text.file, text.lines)


def _complete(settings: Settings, path: Path, book: RuleBook) -> Settings:
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


def placeholders_left(settings: Settings) -> tuple[Fault, ...]:
    """What stops a release: placeholders and a missing or odd ICP number.

    The forms of the numbers are those of the two registers (domain: 8.5).
    """
    faults = [
        _left(settings, section, key, f"还是占位的 {shown(value)}", "填上真实的内容")
        for section in ("office", "edition", "site")
        for key, value in getattr(settings, section)
        if isinstance(value, str) and _PLACEHOLDER.search(value)
    ]
    told = {fault.key for fault in faults}
    icp, police = settings.office.icp, settings.office.police_record
    if "office.icp" not in told and not _ICP.fullmatch(icp):
        found = f"写的是 {shown(icp)}" if icp else "没有填 ICP 备案号"
        mend = "照工信部备案系统里的写，如 鄂ICP备后接 8 到 10 位数字和“号”"
        faults.append(_left(settings, "office", "icp", found, mend))
    if police and "office.police_record" not in told and not _POLICE.fullmatch(police):
        mend = "照公安备案网站里的写：公网安备后接 14 位数字和“号”；还没有就留空"
        found = f"写的是 {shown(police)}"
        faults.append(_left(settings, "office", "police_record", found, mend))
    return tuple(faults)


def advice(settings: Settings) -> tuple[Fault, ...]:
    """What could be better and stops nothing."""
    advised = []
    if not settings.site.base_url:
        found = "没有填公开网址，订阅和站点地图里只能用相对地址"
        mend = "网站开通后填上，如 https:// 开头的网址"
        advised.append(_left(settings, "site", "base_url", found, mend))
    if not _CONTACT.search(settings.crawl.user_agent):
        found = "访客名里没有联系方式，对方网站找不到人"
        mend = "在后面加上单位的邮箱或电话"
        advised.append(_left(settings, "crawl", "user_agent", found, mend))
    starts, due = settings.schedule.morning, settings.edition.due
    if starts >= due:
        found = f"早晨任务 {starts:%H:%M} 才开始，简报 {due:%H:%M} 就要出来"
        mend = "把 [schedule] morning 改早，或把 [edition] due 改晚"
        advised.append(_left(settings, "schedule", "morning", found, mend))
    return tuple(advised)


def _left(settings: Settings, section: str, key: str, found: str, mend: str) -> Fault:
    path: KeyPath = (section, key)
    line = read_toml(settings.file).lines.get(path)
    return Fault(settings.file, key_name(path), line, found, "", mend)
