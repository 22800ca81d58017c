"""The section [mail_door]: the mailbox to which units send their stories."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from config_faults import Section, office_error
from config_sections import SettingsPath
from config_upkeep import MailServer, Variable


class MailDoorSettings(Section):
    """[mail_door] where mails are fetched; replies go out as [mail] says."""

    host: MailServer = Field(
        default="", description="收信服务器（IMAP），不用邮件收稿就留空"
    )
    port: int = Field(default=993, ge=1, le=65535, description="收信端口")
    security: Literal["tls", "none"] = Field(
        default="tls", description="加密方式；none 只用于本机的服务器"
    )
    user: str = Field(default="", description="登录名，一般是邮箱地址")
    password_env: Variable = Field(
        default="", description="放着邮箱密码（授权码）的环境变量名"
    )
    password_file: SettingsPath | None = Field(
        default=None, description="或放着它的文件"
    )
    folder: str = Field(default="INBOX", description="邮箱里的哪个文件夹")
    senders: SettingsPath = Field(
        default=Path("config/senders.toml"),
        description='发件人名单：每行 "邮箱" = "单位编号"',
    )
    reply: bool = Field(default=True, description="收到后是否回信告诉编号")

    @model_validator(mode="after")
    def _can_log_in(self) -> MailDoorSettings:
        if self.host and not self.user:
            raise office_error(
                "写了 host 而没有写 user", "写全服务器和登录名", '加上 user = "…"'
            )
        if self.host and not self.password_env and not self.password_file:
            raise office_error(
                "写了 host 而没有说密码在哪里",
                "有 password_env 或 password_file",
                "把密码放进环境变量或单独的文件，在这里写它的名字",
            )
        return self
