"""The office's settings: the door of config.toml, :func:`load_settings`.

One frozen model a section (``config_sections``); each is handed to its package as an
argument, nobody reads the whole. The rule files that [rules] names are read with it,
and every fault of all files is told at once (:class:`config_faults.SettingsFault`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config_advice import advice, placeholders_left
from config_faults import (
    Fault,
    KeyPath,
    Section,
    SettingsFault,
    model_faults,
    secret_faults,
)
from config_forms import FormsSettings, GroupSettings, MailSettings
from config_hosts import HostSettings
from config_ledger import LedgerFile
from config_mail_door import MailDoorSettings
from config_rule_files import (
    ChecksFile,
    HighlightFile,
    LeadersFile,
    TemplatesFile,
    TiersFile,
    TopicsFile,
    UnitsFile,
)
from config_rules import (
    Note,
    RuleBook,
    fault_of,
    inside_trees,
    repeated,
    rule_notes,
    unknown,
)
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
from config_settings import SETTINGS_NAME, Settings, complete
from config_sources import (
    CrawlSettings,
    LayoutSettings,
    ListApiSettings,
    SourceSettings,
)
from config_toml import TomlText, parse_toml, read_toml
from config_upkeep import (
    AlarmSettings,
    BackupSettings,
    DeskSettings,
    ScheduleSettings,
)

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

_VARIABLE = "GONGHUI_CONFIG"


def find_settings(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """The config.toml to use: ``--config``, then GONGHUI_CONFIG, then the folder.

    A folder stands for the config.toml in it.

    Raises:
        SettingsFault: nothing stands there; the sentence says what to do.
    """
    named = explicit or (Path(environ[_VARIABLE]) if environ.get(_VARIABLE) else None)
    path = cwd / (named or SETTINGS_NAME)
    if path.is_dir():
        path /= SETTINGS_NAME
    if path.is_file():
        return path
    if explicit:
        mend = "改对 --config 后面的路径"
    elif named:
        mend = f"改对环境变量 {_VARIABLE}，或删掉它"
    else:
        mend = (
            f"先进入 {SETTINGS_NAME} 所在的文件夹再运行，或用 --config 指明它，"
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
    return complete(settings, path, book)


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
