"""The sections of config.toml: one frozen model each, with every default."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from config_faults import Section, office_error, shown

_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:~|至|到)\s*(\d{4}-\d{2}-\d{2})")
_LONGEST_HOLIDAY = timedelta(days=31)
_SATURDAY = 5


def _file_path(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.search(r"[\x00-\x1f]", value):
        raise office_error(
            "引号里的反斜杠 \\ 变成了别的字符", "用斜杠 / 写路径", "把 \\ 都改成 /"
        )
    if not value.strip():
        raise office_error(
            "路径是空的", "是文件或文件夹的路径", "写上路径，或删掉这一行"
        )
    return value.replace("\\", "/")


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, secret = parts.hostname, parts.password or parts.username
        _ = parts.port
    except ValueError:
        host, secret, parts = None, None, urlsplit("")
    if secret:
        raise office_error("网址里写了用户名或密码", "不含密码", "删掉 @ 前面的部分")
    if parts.scheme not in {"http", "https"} or not host or re.search(r"\s", value):
        raise office_error(
            f"写的是 {shown(value)}",
            "是 http:// 或 https:// 开头的网址",
            "从浏览器的地址栏整段复制",
        )
    return value


def optional_address(value: str) -> str:
    """A web address, or nothing."""
    return _web_address(value) if value else value


def clock_time(value: object) -> object:
    """A time of day; a bare 6 is none, for it would be six seconds after midnight."""
    if isinstance(value, int | float):
        raise office_error(
            f"写的是 {shown(value)}", "是几点几分", '写成 "08:00"（英文冒号、加引号）'
        )
    if isinstance(value, str) and re.fullmatch(r"\d:\d\d", value.strip()):
        return f"0{value.strip()}"
    return value


def _days(value: object) -> object:
    if not isinstance(value, list | tuple):
        return value
    return tuple(day for one in value for day in _days_of(one))


def _days_of(one: object) -> tuple[object, ...]:
    match = _RANGE.fullmatch(one.strip()) if isinstance(one, str) else None
    if match is None:
        return (one,)
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    except ValueError:
        return (one,)
    if not timedelta(0) <= last - first <= _LONGEST_HOLIDAY:
        raise office_error(
            f"写的是 {shown(one)}", "从早到晚，不过一个月", "改对起止日期"
        )
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


SettingsPath = Annotated[Path, BeforeValidator(_file_path)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Days = Annotated[tuple[date, ...], BeforeValidator(_days)]


class OfficeSettings(Section):
    """[office] who publishes: names, addresses, the legal line."""

    name: str = Field(min_length=2, description="单位全称，如 枝江市总工会")
    short_name: str = Field(min_length=2, description="简称，如 枝江工会")
    place: str = Field(min_length=2, description="县市名，如 枝江")
    city: str = Field(min_length=2, description="上级市名，如 宜昌")
    publisher: str = Field(default="", description="编印单位，如 枝江市总工会办公室")
    address: str = Field(default="", description="地址")
    postcode: str = Field(default="", description="邮编")
    phone: str = Field(default="", description="电话")
    email: str = Field(default="", description="邮箱")
    public_phones: tuple[str, ...] = Field(
        default=(), description="公布的电话，稿件里出现不算个人信息"
    )
    icp: str = Field(default="", description="ICP 备案号")
    police_record: str = Field(default="", description="公安联网备案号")
    report_phone: str = Field(default="12351", description="违法和不良信息举报电话")


class EditionSettings(Section):
    """[edition] numbering, times and the masthead of the briefing."""

    title: str = Field(default="工会之声", description="报头")
    subtitle: str = Field(default="每日简报", description="报头第二行")
    next_number: int = Field(default=1, ge=1, description="下一期的年内期号")
    next_total: int = Field(default=1, ge=1, description="下一期的总期号")
    due: Annotated[time, BeforeValidator(clock_time)] = Field(
        default=time(8, 0), description="出版时限"
    )
    report_to: str = Field(default="", description="报：")
    send_to: str = Field(default="", description="送：")
    issue_to: str = Field(default="", description="发：")
    copies: int = Field(default=0, ge=0, description="印数，0 表示不印")


class SiteSettings(Section):
    """[site] the two trees: where they are built, what they are called."""

    title: str = Field(default="工会之声", description="网站名称")
    output: SettingsPath = Field(default=Path("output"), description="生成目录")
    base_url: Annotated[str, AfterValidator(optional_address)] = Field(
        default="", description="公开网址，如 https://…，可空"
    )
    banner: str = Field(default="", description="每页顶部的提示，如演示说明")
    noindex: bool = Field(default=False, description="不让搜索引擎收录公开页")
    offline: bool = Field(
        default=True, description="读者的手机上存最近一周，没有网也能看；关掉就收回"
    )
    page_size: int = Field(default=50, ge=10, le=200, description="列表每页几条")
    serve_port: int = Field(
        default=8351, ge=1024, le=65535, description="gonghui serve 的端口"
    )


class StoreSettings(Section):
    """[store] the folder of everything that must be kept."""

    folder: SettingsPath = Field(default=Path("data"), description="数据目录")
    keep_pages: int = Field(default=730, ge=30, description="原始网页保存天数")
    keep_rejected: int = Field(
        default=180, ge=30, description="未采用投稿的原件和电话保存天数"
    )
    keep_drafts: int = Field(
        default=180, ge=30, description="报送人没发的草稿（连照片、文件）保存天数"
    )
    keep_originals: int = Field(
        default=730, ge=365, description="已采用投稿的原件保存天数（到年度考核结束）"
    )


class InboxSettings(Section):
    """[inbox] the folder door for the towns."""

    folder: SettingsPath = Field(default=Path("data/inbox"), description="投稿文件夹")


class RulesFiles(Section):
    """[rules] the rule files, relative to config.toml."""

    units: SettingsPath = Field(default=Path("config/units.toml"), description="单位")
    topics: SettingsPath = Field(default=Path("config/topics.toml"), description="主题")
    sources: SettingsPath = Field(
        default=Path("config/sources.toml"), description="来源层级和要闻规则"
    )
    highlight: SettingsPath = Field(
        default=Path("config/highlight.toml"), description="基层亮点评分"
    )
    checks: SettingsPath = Field(
        default=Path("config/checks.toml"), description="校对和合规检查"
    )
    ledger: SettingsPath = Field(
        default=Path("config/ledger.toml"), description="用稿积分"
    )
    templates: SettingsPath = Field(
        default=Path("config/story_templates.toml"), description="报送问答和草稿"
    )
    leaders: SettingsPath = Field(
        default=Path("config/leaders.toml"), description="领导名单"
    )


class CalendarSettings(Section):
    """[[calendar]] one year's holidays and 调休 working days."""

    year: int = Field(ge=2000, le=2100, description="年份")
    holidays: Days = Field(description='放假的日子，可写 "2026-10-01 至 2026-10-07"')
    workdays: Days = Field(default=(), description="要上班的周六、周日")

    @model_validator(mode="after")
    def _makes_sense(self) -> CalendarSettings:
        for day in (*self.holidays, *self.workdays):
            if day.year != self.year:
                raise office_error(
                    f"{self.year} 年里有 {day}", "是同一年的日子", "改对年份"
                )
        for day in self.workdays:
            if day.weekday() < _SATURDAY:
                raise office_error(
                    f"{day} 本来就是工作日", "调休上班日是周六或周日", "改对日期"
                )
        both = set(self.holidays) & set(self.workdays)
        if both:
            raise office_error(
                f"{min(both)} 又放假又上班", "只算一样", "从一个列表里删掉"
            )
        return self


class ReminderSettings(Section):
    """[[reminder]] a line of 今日提示."""

    text: str = Field(min_length=2, max_length=60, description="提示的话")
    since: date = Field(description="从哪天起")
    until: date = Field(description="到哪天止（含）")

    @model_validator(mode="after")
    def _in_order(self) -> ReminderSettings:
        if self.until < self.since:
            raise office_error(
                f"{self.since} 到 {self.until}", "先起后止", "把两个日期对调"
            )
        return self
