"""A host of the settings, opened: the right kind, with its secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from config import HostSettings
from publisher.host import Host
from publisher.hosts.folder import open_folder
from publisher.hosts.login import read_secret

_SSH = 22
_FTP = 21
Resolve = Callable[[Path | str], Path]


def open_host(
    host: HostSettings, resolve: Resolve, environ: Mapping[str, str], work: Path
) -> Host:
    """The host that the settings describe; the caller closes it.

    Args:
        host: a section [[hosts]].
        resolve: makes a path of the settings whole.
        environ: where secrets are found by name.
        work: a folder for what the kind needs (git keeps its copy there).

    Raises:
        PublishFailed: it cannot be reached, or refuses the login.
    """
    if host.kind == "folder":
        folder = resolve(host.folder.replace("\\", "/"))
        return open_folder(folder, releases=host.releases)
    if host.kind == "s3":
        return _open_s3(host, environ)
    if host.kind in {"ftp", "ftps"}:
        return _open_ftp(host, resolve, environ)
    if host.kind == "sftp":
        return _open_sftp(host, resolve, environ)
    if host.kind == "rsync":
        return _open_rsync(host, resolve, work)
    return _open_git(host, work)


def _open_sftp(
    host: HostSettings, resolve: Resolve, environ: Mapping[str, str]
) -> Host:
    from publisher.hosts.sftp import SftpHost, SftpPlace

    return SftpHost(
        SftpPlace(
            address=host.address,
            port=host.port or _SSH,
            folder=host.folder,
            user=host.user,
            host_key=host.host_key,
            key_file=resolve(host.key_file) if host.key_file else None,
            password=_password(host, resolve, environ),
        )
    )


def _open_ftp(host: HostSettings, resolve: Resolve, environ: Mapping[str, str]) -> Host:
    from publisher.hosts.ftp import FtpHost
    from publisher.hosts.ftp_line import IMPLICIT, FtpPlace

    return FtpHost(
        FtpPlace(
            address=host.address,
            port=host.port or _FTP,
            folder=host.folder,
            user=host.user,
            password=_password(host, resolve, environ),
            plain_reason=host.plain_reason if host.kind == "ftp" else "",
            ca_file=resolve(host.ca_file) if host.ca_file else None,
            implicit=host.kind == "ftps" and host.port == IMPLICIT,
        )
    )


def _open_s3(host: HostSettings, environ: Mapping[str, str]) -> Host:
    from publisher.hosts.s3 import S3Host, S3Place

    return S3Host(
        S3Place(
            endpoint=host.address,
            bucket=host.bucket,
            folder=host.folder,
            key_id=read_secret(host.name, host.key_id_env, None, environ),
            secret=read_secret(host.name, host.secret_env, None, environ),
            region=host.region,
            path_style=host.path_style,
        )
    )


def _open_rsync(host: HostSettings, resolve: Resolve, work: Path) -> Host:
    from publisher.hosts.rsync import RsyncHost, RsyncPlace

    key = resolve(host.key_file) if host.key_file else None
    place = RsyncPlace(
        host.address, host.port or _SSH, host.folder, host.user, host.host_key, key
    )
    return RsyncHost(place, work)


def _open_git(host: HostSettings, work: Path) -> Host:
    from publisher.hosts.git import GitHost

    return GitHost(host.address, host.branch, host.folder, work / "git")


def _password(host: HostSettings, resolve: Resolve, environ: Mapping[str, str]) -> str:
    file = resolve(host.password_file) if host.password_file else None
    return read_secret(host.name, host.password_env, file, environ)
