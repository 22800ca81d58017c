"""The sections of config.toml for upkeep: [schedule], [backup] and [alarm]."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from config_faults import Section, office_error, shown
from config_sections import SettingsPath, clock_time


def _absent_when_empty(value: object) -> object:
    return None if value == "" else value


def mail_address(value: str) -> str:
    """One mail address, without a name."""
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", value) or not value.isascii():
        raise office_error(
            f"写的是 {shown(value)}",
            "是一个邮箱地址",
            "只写地址，如 office@example.cn，不带姓名和尖括号",
        )
    return value


def _optional_mail(value: str) -> str:
    return mail_address(value) if value else value


def _mail_server(value: str) -> str:
    """The bare name of a mail server: its port has a key of its own."""
    is_ipv6 = re.fullmatch(r"[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,}", value)
    if value and not is_ipv6 and not re.fullmatch(r"[A-Za-z0-9._-]+", value):
        raise office_error(
            f"写的是 {shown(value)}",
            "是邮箱服务器的名字",
            "只写名字，如 smtp.example.cn，不带 https://、端口和空格",
        )
    return value


def _variable(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value):
        # The value itself is not repeated: it may be the secret, put here by mistake.
        raise office_error(
            "写的不是环境变量的名字",
            "只写名字，如 GONGHUI_MAIL",
            "密码本身放进那个环境变量，不写在设置文件里",
        )
    return value


TimeOrNone = Annotated[
    time | None, BeforeValidator(_absent_when_empty), BeforeValidator(clock_time)
]
ClockTime = Annotated[time, BeforeValidator(clock_time)]
MailAddress = Annotated[str, AfterValidator(mail_address)]
OptionalMail = Annotated[str, AfterValidator(_optional_mail)]
MailServer = Annotated[str, AfterValidator(_mail_server)]
Variable = Annotated[str, AfterValidator(_variable)]
Robot = Literal["wecom", "dingtalk", "feishu"]
RobotOrNone = Annotated[Robot | None, BeforeValidator(_absent_when_empty)]


class DeskSettings(Section):
    """[desk] the web form and the editors' desk of ``gonghui serve-desk``."""

    port: int = Field(default=8352, ge=1024, le=65535, description="端口")
    address: str = Field(
        default="",
        pattern=r"^(https://[a-z0-9.-]+(:\d+)?)?$",
        description="有域名和证书时的网址，如 https://desk.example.cn，可空",
    )
    small_office: bool = Field(
        default=False, description="人手少：同一人可办其中两审，仍须至少两个人"
    )
    idle_minutes: int = Field(default=30, ge=5, le=240, description="多久不动要重登")
    unit_daily: int = Field(
        default=20, ge=1, le=200, description="每个单位每天最多报几篇"
    )
    notice_at: tuple[ClockTime, ...] = Field(
        default=(time(9, 0), time(14, 30), time(16, 30)),
        description="工作日几点把新到的报送告诉编辑，走 [alarm] 的邮件或群",
    )


class ScheduleSettings(Section):
    """[schedule] when ``gonghui schedule`` starts what, in Beijing time."""

    morning: ClockTime = Field(
        default=time(6, 0), description="早晨任务几点开始（工作日）"
    )
    light: TimeOrNone = Field(
        default=None, description='下午补采一次的钟点（工作日），"" 表示不采'
    )
    backup: TimeOrNone = Field(
        default=time(22, 0),
        description='每天备份的钟点，"" 表示用别的办法备份，也不为备份告警',
    )


class BackupSettings(Section):
    """[backup] where backups go, and how many are kept."""

    folder: SettingsPath = Field(
        default=Path("data/backups"), description="备份文件夹，最好在另一块硬盘上"
    )
    keep: int = Field(default=14, ge=2, le=400, description="自动备份保留几份")
    pages: bool = Field(
        default=True, description="是否带上原始网页；不带则备份小得多，但不能重读旧网页"
    )


class HasRobot(Section):
    """The keys of a section that sends to a group by its robot."""

    robot: RobotOrNone = Field(
        default=None, description="群机器人：企业微信、钉钉、飞书，可空"
    )
    robot_address_env: Variable = Field(
        default="", description="放着机器人网址的环境变量名（网址里有密钥）"
    )
    robot_address_file: SettingsPath | None = Field(
        default=None, description="或放着它的文件"
    )
    robot_secret_env: Variable = Field(
        default="", description="放着加签密钥的环境变量名（钉钉、飞书），可空"
    )
    robot_secret_file: SettingsPath | None = Field(
        default=None, description="或放着它的文件"
    )

    @model_validator(mode="after")
    def _has_a_robot_address(self) -> Self:
        if self.robot and not self.robot_address_env and not self.robot_address_file:
            raise office_error(
                "写了 robot 而没有说机器人的网址在哪里",
                "有 robot_address_env 或 robot_address_file",
                "把机器人的网址放进环境变量或单独的文件，在这里写它的名字",
            )
        return self


class AlarmSettings(HasRobot):
    """[alarm] who is told when something is wrong; secrets stand elsewhere."""

    mail_to: tuple[MailAddress, ...] = Field(default=(), description="告警发给谁，可空")
    mail_from: OptionalMail = Field(default="", description="发件邮箱")
    mail_host: MailServer = Field(
        default="", description="发信服务器，如 smtp.example.cn"
    )
    mail_port: int = Field(default=465, ge=1, le=65535, description="发信端口")
    mail_security: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="加密方式；none 只用于不登录的内部服务器"
    )
    mail_user: str = Field(default="", description="登录名，不登录就留空")
    mail_password_env: Variable = Field(
        default="", description="放着邮箱密码（授权码）的环境变量名"
    )
    mail_password_file: SettingsPath | None = Field(
        default=None, description="或放着它的文件"
    )

    @model_validator(mode="after")
    def _can_mail(self) -> AlarmSettings:
        for key in ("mail_host", "mail_from") if self.mail_to else ():
            if not getattr(self, key):
                raise office_error(
                    f"写了 mail_to 而没有写 {key}",
                    "写全发信的服务器和发件邮箱",
                    f'在 [alarm] 里加上 {key} = "…"，或删掉 mail_to',
                )
        if not self.mail_user:
            return self
        if self.mail_security == "none":
            raise office_error(
                'mail_security 是 "none" 而写了 mail_user',
                "登录时加密",
                '改成 mail_security = "tls"（465 端口）或 "starttls"（587 端口）',
            )
        if not self.mail_password_env and not self.mail_password_file:
            raise office_error(
                "写了 mail_user 而没有说密码在哪里",
                "有 mail_password_env 或 mail_password_file",
                "把密码放进环境变量或单独的文件，在这里写它的名字",
            )
        return self
