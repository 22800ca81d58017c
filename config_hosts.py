"""The section [[hosts]] of config.toml: where the public tree is published."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from config_faults import Section, file_name, office_error, shown
from config_sections import SettingsPath, optional_address

_NEEDS: dict[str, tuple[str, ...]] = {
    "folder": ("folder",),
    "sftp": ("address", "user", "host_key"),
    "rsync": ("address", "user", "host_key", "key_file"),
    "ftps": ("address", "user"),
    "ftp": ("address", "user", "plain_reason"),
    "s3": ("bucket", "key_id_env", "secret_env"),
    "git": ("address",),
}
_BY_NAME = frozenset({"sftp", "ftps", "ftp", "rsync"})
_ABOUT = {
    "folder": "网站所在的文件夹",
    "address": "主机地址",
    "user": "登录用户名",
    "host_key": "主机的公钥，向主机商索取，形如 ssh-ed25519 AAAA…",
    "key_file": "私钥文件",
    "plain_reason": "为什么只能用不加密的 FTP",
    "bucket": "存储空间的名字",
    "key_id_env": "放 AccessKey ID 的环境变量名",
    "secret_env": "放 AccessKey Secret 的环境变量名",
}


def _public_key(value: str) -> str:
    words = value.split()
    if value and not _is_key(words):
        raise office_error(
            f"写的是 {shown(value)}",
            "是主机的公钥",
            "写成 ssh-ed25519 AAAA… 这样的一行，向主机商索取",
        )
    return " ".join(words[:2])


def _is_key(words: list[str]) -> bool:
    """The kind and the key: which begins with the name of its kind once more."""
    if len(words) < 2 or not words[0].startswith(("ssh-", "ecdsa-")):  # noqa: PLR2004 - the kind and the key
        return False
    try:
        raw = b64decode(words[1], validate=True)
    except ValueError:
        return False
    return raw[4 : 4 + int.from_bytes(raw[:4])] == words[0].encode()


class HostSettings(Section):
    """[[hosts]] one place that gonghui publish sends the public tree to."""

    name: Annotated[str, AfterValidator(file_name)] = Field(
        pattern=r"^[a-z][a-z0-9_]{1,31}$", description="主机的名字，如 main"
    )
    kind: Literal["folder", "sftp", "ftps", "ftp", "s3", "rsync", "git"] = Field(
        description="本机文件夹、SFTP、加密 FTP、普通 FTP、对象存储、rsync、git",
    )
    enabled: bool = Field(default=True, description="不写主机名时是否也发布到这里")
    url: Annotated[str, AfterValidator(optional_address)] = Field(
        default="", description="读者打开的网址，gonghui verify 用"
    )
    address: str = Field(
        default="", description="主机名或 IP；对象存储写接口网址；git 写仓库地址"
    )
    port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="端口，0 表示常用的；ftps 写 990 就用隐式加密",
    )
    folder: str = Field(default="", description="主机上网站所在的文件夹")
    user: str = Field(default="", description="登录用户名")
    password_env: str = Field(default="", description="放密码的环境变量名")
    password_file: SettingsPath | None = Field(default=None, description="放密码的文件")
    key_file: SettingsPath | None = Field(default=None, description="SSH 私钥文件")
    host_key: Annotated[str, AfterValidator(_public_key)] = Field(
        default="", description="主机的 SSH 公钥，不同就不连接"
    )
    ca_file: SettingsPath | None = Field(
        default=None, description="加密 FTP 用自签证书时，证书文件"
    )
    plain_reason: str = Field(
        default="", description="用普通 FTP 的理由，会写进每份回执"
    )
    bucket: str = Field(default="", description="对象存储空间的名字")
    region: str = Field(default="us-east-1", description="对象存储的地域")
    key_id_env: str = Field(default="", description="放 AccessKey ID 的环境变量名")
    secret_env: str = Field(default="", description="放 AccessKey Secret 的环境变量名")
    path_style: bool = Field(
        default=False, description="接口网址后接空间名（MinIO 等自建存储用）"
    )
    branch: str = Field(default="main", description="git 的分支")
    releases: bool = Field(
        default=True,
        description="本机文件夹：每版一个文件夹，用 current 链接一步切换",
    )

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> HostSettings:
        for key in _NEEDS[self.kind]:
            if not getattr(self, key):
                raise office_error(
                    f"主机 {self.name}：kind 是 {self.kind} 而没有写 {key}",
                    f"写明{_ABOUT[key]}",
                    f"加一行 {key} = …（{_ABOUT[key]}）",
                )
        if re.search(r"(?://|^)[^/@]*:[^/@]*@", self.address):
            raise office_error(
                f"主机 {self.name}：address 里写了密码",
                "不含密码",
                "删掉 @ 前面的部分，并尽快更换这个密码",
            )
        if self.kind in _BY_NAME and re.search(r"[/@\s]", self.address):
            raise office_error(
                f"主机 {self.name}：address 写的是 {shown(self.address)}",
                "只是主机名或 IP",
                "去掉 https:// 等前缀、用户名和后面的文件夹："
                "它们写在 kind、user、folder 里",
            )
        named = self.password_env or self.password_file or self.key_file
        if self.kind in {"sftp", "ftps", "ftp"} and not named:
            raise office_error(
                f"主机 {self.name}：没有写密码从哪里取",
                "有 password_env、password_file 或 key_file",
                '加一行 password_env = "…"（环境变量的名字，不是密码本身）',
            )
        return self

    @property
    def where(self) -> str:
        """The place, so that what is known of another place is never taken for it."""
        parts = (self.kind, self.address, self.port, self.bucket, self.folder)
        return " ".join(map(str, (*parts, self.user, self.branch)))

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Kind, address, bucket and folder: the place, whoever logs in."""
        return self.kind, self.address, self.bucket, self.folder
