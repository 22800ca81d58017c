"""The sections of config.toml for the edition's forms: [forms], [mail], [group]."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from config_faults import Section, office_error
from config_sections import SettingsPath
from config_upkeep import HasRobot, MailServer, OptionalMail, Variable


class FormsSettings(Section):
    """[forms] how the PDF, the Word document and the pictures are made."""

    fonts: SettingsPath | None = Field(
        default=None, description="另外的字体文件夹；不写就只用电脑上装好的字体"
    )
    morning: bool = Field(default=True, description="编好、签发时是否顺便生成各种形式")


class MailSettings(Section):
    """[mail] who gets the released edition by mail; secrets stand elsewhere."""

    subscribers: SettingsPath | None = Field(
        default=None,
        description=(
            "订阅名单：每行一个邮箱，或 姓名 <邮箱>，# 开头的行不算；"
            "不写就是数据文件夹里的 subscribers.txt"
        ),
    )
    sender: OptionalMail = Field(default="", description="发件邮箱；空着就是不用邮件")
    sender_name: str = Field(default="", description="发件人名称，默认用报头")
    host: MailServer = Field(default="", description="发信服务器，如 smtp.example.cn")
    port: int = Field(default=465, ge=1, le=65535, description="发信端口")
    security: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="加密方式；none 只用于不登录的内部服务器"
    )
    user: str = Field(default="", description="登录名，不登录就留空")
    password_env: Variable = Field(
        default="", description="放着邮箱密码（授权码）的环境变量名"
    )
    password_file: SettingsPath | None = Field(
        default=None, description="或放着它的文件"
    )

    @model_validator(mode="after")
    def _can_mail(self) -> MailSettings:
        if bool(self.sender) != bool(self.host):
            missing = "host" if self.sender else "sender"
            raise office_error(
                f"没有写 {missing}",
                "发信服务器 host 和发件邮箱 sender 都写上",
                f'在 [mail] 里加上 {missing} = "…"',
            )
        if self.user and self.security == "none":
            raise office_error(
                'security 是 "none" 而写了 user',
                "登录时加密",
                '改成 security = "tls"（465 端口）或 "starttls"（587 端口）',
            )
        if self.user and not self.password_env and not self.password_file:
            raise office_error(
                "写了 user 而没有说密码在哪里",
                "有 password_env 或 password_file",
                "把密码放进环境变量或单独的文件，在这里写它的名字",
            )
        return self


class GroupSettings(HasRobot):
    """[group] the robot that puts the released edition's text into a group."""
