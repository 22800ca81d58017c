"""What an SFTP server's refusals mean, and what the office can do about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncssh

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.place import FolderPlace
from publisher.hosts.reaching import why_unreached
from publisher.hosts.shell import GREETING, no_clean_shell

_STANDS = "原来的网页还在。"
_AGAIN = "再运行 gonghui publish，会接着做"
LEAST_FREE = 1024 * 1024  # bytes; below it a refused file is one without room
_ASK = 10.0  # seconds


@contextmanager
def told_faults(place: FolderPlace) -> Iterator[None]:
    """Turn what the library raises into a sentence with the cure.

    Raises:
        PublishFailed: whatever kept the host from doing as asked.
    """
    where = f"{place.address}:{place.port}"
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        raise HostKeyChanged(
            f"主机 {where} 出示的密钥与设置里的 host_key 不同，没有连接。"
            "可能是主机换了密钥，也可能有人冒充：请打电话向主机商核对，"
            "核对无误才改 config.toml 里的 host_key"
        ) from error
    except asyncssh.PermissionDenied as error:
        raise LoginRefused(
            f"主机 {where} 不接受用户 {place.user} 登录：密码或密钥不对，或已过期。"
            "请在主机商的管理面板里核对，更新后再发布"
        ) from error
    except (asyncssh.KeyImportError, FileNotFoundError) as error:
        raise LoginRefused(
            f"主机 {where} 的密钥读不出来：请检查 key_file 和 host_key 两项"
        ) from error
    except asyncssh.ChannelOpenError as error:
        raise PublishFailed(
            f"主机 {where} 登录进去了，却没有开 SFTP 服务。{_STANDS}"
            "请主机商开通 SFTP，或在 [[hosts]] 里改用 ftps、rsync"
        ) from error
    except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as error:
        raise broken(where) from error
    except asyncssh.SFTPError as error:
        raise _refusal(error, place, where) from error
    except (asyncssh.Error, OSError, TimeoutError) as error:
        raise broken(where, why_unreached(error)) from error


def broken(where: str, why: str = "") -> LinkBroken:
    """The line dropped, or there was none."""
    return LinkBroken(
        f"与主机 {where} 的连接断了或连不上{why}。{_STANDS}"
        f"请检查网络和主机地址，{_AGAIN}"
    )


def shut(place: FolderPlace, path: str) -> PublishFailed:
    """Something that we may not read."""
    return PublishFailed(
        f"主机 {place.address}:{place.port} 不让读 {path}。{_STANDS}"
        "请在主机商的管理面板里把它的权限改好（文件一般是 644，文件夹是 755），"
        "或请主机商改，再运行一次"
    )


def no_room(place: FolderPlace) -> PublishFailed:
    """The disk of the host is full."""
    return PublishFailed(
        f"主机 {place.address}:{place.port} 的磁盘满了。{_STANDS}"
        f"请在主机商的管理面板里腾出空间，{_AGAIN}"
    )


async def no_server(
    connection: asyncssh.SSHClientConnection, place: FolderPlace
) -> PublishFailed:
    """Text came where SFTP should have begun: what the login shell says is asked."""
    answer = await connection.run(f"echo {GREETING}", timeout=_ASK, errors="replace")
    return no_clean_shell(f"{place.address}:{place.port}", str(answer.stdout or ""))


def _refusal(
    error: asyncssh.SFTPError, place: FolderPlace, where: str
) -> PublishFailed:
    match error:
        case asyncssh.SFTPPermissionDenied() | asyncssh.SFTPWriteProtect():
            return PublishFailed(
                f"主机 {where} 不让写 {place.folder}：请检查这个用户的文件夹权限"
            )
        case asyncssh.SFTPQuotaExceeded():
            return PublishFailed(
                f"主机 {where} 的空间配额用完了。{_STANDS}"
                f"请在主机商的管理面板里腾出空间或加大配额，{_AGAIN}"
            )
        case asyncssh.SFTPNoSpaceOnFilesystem():
            return no_room(place)
        case asyncssh.SFTPNoSuchFile() | asyncssh.SFTPNoSuchPath():
            return PublishFailed(
                f"主机 {where} 上没有 {place.folder}，也建不出来："
                "请检查 folder 是否写对"
            )
        case asyncssh.SFTPFailure():
            return PublishFailed(_without_reason(error, place, where))
    return PublishFailed(
        f"主机 {where} 没有照办（{error.reason}）：请检查主机空间和权限，再运行一次"
    )


def _without_reason(error: asyncssh.SFTPError, place: FolderPlace, where: str) -> str:
    """OpenSSH says "Failure" of much; a file in the way our own side finds."""
    if "not a directory" in error.reason:
        return (
            f"主机 {where} 上的 {place.folder} 是一个文件，或路径里有一段是文件："
            "请改 config.toml 里这台主机的 folder"
        )
    return (
        f"主机 {where} 没有照办，也没有说原因（{error.reason}）。{_STANDS}"
        "多半是空间配额用完了，或文件夹的权限不对："
        f"请在主机商的管理面板里看看，{_AGAIN}"
    )
