"""What an FTP server's refusals mean, and what the office can do about them."""

from __future__ import annotations

import ftplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.certificates import why_not_believed
from publisher.hosts.ftp_lists import unwire
from publisher.hosts.place import Place
from publisher.hosts.reaching import why_unreached

NO_LOGIN = "530"
_NOT_WRITTEN = frozenset({"550", "553"})
_FULL = re.compile(r"quota|disk full|no space|space left|exceeded storage|空间|配额")
_WANTS_TLS = re.compile(r"encrypt|\btls\b|\bssl\b|ssl/tls|cleartext|secure connection")
_OOPS = re.compile(r"\d{3}[ -]OOPS")  # vsftpd, of its own settings
_AGAIN = "原来的网页还在。"


class FtpPlace(Place, Protocol):
    """A login on an FTP host."""

    @property
    def plain_reason(self) -> str:
        """Why it is not encrypted; empty where it is."""


@contextmanager
def told_faults(place: FtpPlace, path: str = "") -> Iterator[None]:
    """Turn what the library raises into a sentence with the cure.

    Args:
        place: the host.
        path: the file that is being written; empty for other work.

    Raises:
        PublishFailed: whatever kept the host from doing as asked.
    """
    where = f"{place.address}:{place.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise HostKeyChanged(
            f"主机 {where} 的证书核对不上（{why_not_believed(error)}），没有登录。"
            "证书过期请主机商更新；自签证书请把它的文件写进 ca_file"
        ) from error
    except ssl.SSLError as error:
        raise LinkBroken(
            f"与主机 {where} 的加密连接没有建成，或中途断了。{_AGAIN}"
            "请问主机商：FTPS 用哪个端口、支不支持 TLS 1.2；再运行 gonghui publish"
        ) from error
    except (ftplib.error_perm, ftplib.error_temp) as error:
        raise _refusal(place, where, unwire(str(error)), path) from error
    except ftplib.error_proto as error:
        raise LinkBroken(
            f"主机 {where} 答的不是 FTP。{_AGAIN}"
            "请看 config.toml 里这台主机的 kind 和 port 有没有写错"
        ) from error
    except (ftplib.Error, EOFError, OSError) as error:
        raise LinkBroken(
            f"与主机 {where} 的连接断了或连不上{why_unreached(error)}。{_AGAIN}"
            "请检查网络和主机地址，再运行 gonghui publish，会接着做"
        ) from error


def no_encryption(place: FtpPlace) -> PublishFailed:
    """The server knows no encrypted FTP; the password was not sent."""
    return PublishFailed(
        f"主机 {place.address}:{place.port} 不支持加密的 FTP（FTPS），"
        "密码没有发出去。请问主机商怎么开通，或有没有 SFTP（kind 改成 sftp）；"
        "实在都没有，才把 kind 改成 ftp，并在 plain_reason 写明理由"
    )


def no_ca_file(file: Path) -> LoginRefused:
    """The certificate that the settings name cannot be read."""
    return LoginRefused(
        f"读不出证书文件 {file}，没有登录：请看 config.toml 里这台主机的 ca_file，"
        "它应当是主机商给的 PEM 证书（以 -----BEGIN CERTIFICATE----- 开头）"
    )


def no_folder(place: FtpPlace, path: str) -> PublishFailed:
    """The site's folder is a file."""
    return PublishFailed(
        f"主机 {place.address}:{place.port} 上的 {path} 是一个文件，不是文件夹："
        "请改 config.toml 里这台主机的 folder"
    )


def shut(place: FtpPlace, path: str) -> PublishFailed:
    """Something is there that we may not read."""
    return PublishFailed(
        f"主机 {place.address}:{place.port} 上有 {path}，却不让读。{_AGAIN}"
        "请在主机商的管理面板里把它的权限改好（文件一般是 644，文件夹是 755），"
        "或请主机商改，再运行一次"
    )


def _refusal(place: FtpPlace, where: str, told: str, path: str) -> PublishFailed:
    code, words = told[:3], told.lower()
    if place.plain_reason and _WANTS_TLS.search(words):
        return LoginRefused(
            f"主机 {where} 只收加密的 FTP：请把 config.toml 里这台主机的 kind "
            "改成 ftps，再发布"
        )
    if code == NO_LOGIN:
        return LoginRefused(
            f"主机 {where} 不接受用户 {place.user} 登录：密码不对或已过期。"
            "请在主机商的管理面板里核对，更新后再发布"
        )
    if code in {"452", "552"} or _FULL.search(words):
        return PublishFailed(
            f"主机 {where} 的空间满了（主机说：{told}）。{_AGAIN}"
            "请在主机商的管理面板里腾出空间或加大配额，再运行 gonghui publish，会接着做"
        )
    if code.startswith("4"):
        return _not_now(where, told, path)
    return PublishFailed(_not_done(where, told, path))


def _not_now(where: str, told: str, path: str) -> PublishFailed:
    """What begins with a 4 may go well the next time; a full disk will not."""
    code = told[:3]
    if code == "451" and (path or "transfer" in told.lower()):
        return PublishFailed(
            f"主机 {where} 收{path or '文件'}时出了错（主机说：{told}），"
            f"多半是磁盘或配额满了。{_AGAIN}"
            "请在主机商的管理面板里看看空间，再运行 gonghui publish，会接着做"
        )
    if code in {"425", "426"}:
        return LinkBroken(
            f"主机 {where} 传文件的那条连接没有建成或断了（主机说：{told}）。{_AGAIN}"
            "请再运行 gonghui publish，会接着做；总是这样，"
            "请问主机商被动模式（PASV）的端口开了没有"
        )
    return LinkBroken(
        f"主机 {where} 这会儿办不了（主机说：{told}），"
        f"常见原因是同时连接太多或等得太久。{_AGAIN}"
        "请过几分钟再运行 gonghui publish，会接着做"
    )


def _not_done(where: str, told: str, path: str) -> str:
    if told[:3] in _NOT_WRITTEN and path:
        return (
            f"主机 {where} 不让写 {path}（主机说：{told}）。{_AGAIN}"
            "请在主机商的管理面板里看看：文件夹的权限（一般是 755）和属主对不对，"
            "空间满了没有；改好再运行 gonghui publish，会接着做"
        )
    if _OOPS.search(told):
        return (
            f"主机 {where} 的 FTP 服务自己出了错（主机说：{told}）。{_AGAIN}"
            "这不是密码和空间的事，要主机商来修：请把括号里的话发给他们"
        )
    return f"主机 {where} 没有照办（主机说：{told}）：请检查主机空间和权限，再运行一次"
