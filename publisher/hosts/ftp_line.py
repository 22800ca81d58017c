"""The line to an FTP server: encrypted from its first byte (990) or by AUTH TLS."""

from __future__ import annotations

import ftplib
import socket
import ssl
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from publisher.hosts.ftp_faults import no_ca_file, no_encryption
from publisher.hosts.ftp_lists import WIRE, wire

TIMEOUT = 20.0
WAITS = (1.0, 3.0)  # seconds before a host that hung up is dialled again
IMPLICIT = 990  # the port of FTPS that is encrypted from the first byte on
_QUIET = 30  # seconds; routers of homes and offices forget a line after some minutes
_PROBES = {"TCP_KEEPIDLE": _QUIET, "TCP_KEEPINTVL": _QUIET, "TCP_KEEPCNT": 4}
_GOING = "421"
_BROKEN = (EOFError, ConnectionError, TimeoutError, ssl.SSLEOFError)


@dataclass(frozen=True, slots=True)
class FtpPlace:
    """Where and as whom; not encrypted only with a reason of the settings."""

    address: str
    port: int
    folder: str
    user: str
    password: str
    plain_reason: str = ""
    ca_file: Path | None = None
    timeout: float = TIMEOUT
    implicit: bool = False


def dial(place: FtpPlace) -> ftplib.FTP:
    """A line over which somebody is logged in, for bytes as they are.

    A host that hangs up is asked again: for a while it may count a line of ours that
    dropped as open, and let no other in.

    Raises:
        PublishFailed: the server knows no encryption; the password was not sent.
        Exception: what ftplib raises.
    """
    for wait in WAITS:
        try:
            return _dial(place)
        except (ftplib.error_temp, EOFError, ConnectionResetError) as error:
            if not is_dropped(error):
                raise
            time.sleep(wait)
    return _dial(place)


def _dial(place: FtpPlace) -> ftplib.FTP:
    ftp = _made(place)
    with ExitStack() as undo:
        undo.callback(ftp.close)
        ftp.connect(place.address, place.port)
        _stay_awake(ftp.sock)
        if isinstance(ftp, ftplib.FTP_TLS) and not place.implicit:
            try:
                ftp.auth()
            except ftplib.error_perm as error:
                raise no_encryption(place) from error
        ftp.login(wire(place.user), wire(place.password))
        if isinstance(ftp, ftplib.FTP_TLS):
            ftp.prot_p()
        ftp.voidcmd("TYPE I")
        undo.pop_all()
    return ftp


def is_dropped(error: BaseException) -> bool:
    """Whether the line is gone, so that another one may go on."""
    if isinstance(error, ftplib.error_temp):
        return str(error).startswith(_GOING)
    return isinstance(error, _BROKEN)


def _made(place: FtpPlace) -> ftplib.FTP:
    if place.plain_reason:
        return ftplib.FTP(timeout=place.timeout, encoding=WIRE)  # noqa: S321 - the settings name the exception and its reason
    context = ssl.create_default_context()
    if place.ca_file:
        try:
            context = ssl.create_default_context(cafile=str(place.ca_file))
        except OSError as error:  # not there, or no certificate (SSLError)
            raise no_ca_file(place.ca_file) from error
    kind = _EncryptedAtOnce if place.implicit else _SharedSession
    return kind(context=context, timeout=place.timeout, encoding=WIRE)


def _stay_awake(sock: socket.socket | None) -> None:
    """Have the system ask now and then: the line of commands is silent for long.

    While a big file travels on a line of its own, a router may forget this one.
    """
    if sock is None:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _PROBES.items():
        with suppress(AttributeError, OSError):  # not every system knows each
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class _SharedSession(ftplib.FTP_TLS):
    """FTP over TLS whose data connections belong to the session of the control one.

    Common servers (vsftpd) refuse others.
    """

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        """A data connection, encrypted within the session of the control one."""
        connection, size = super(ftplib.FTP_TLS, self).ntransfercmd(cmd, rest)
        if getattr(self, "_prot_p", False) and isinstance(self.sock, ssl.SSLSocket):
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session
            )
        return connection, size


class _EncryptedAtOnce(_SharedSession):
    """FTPS of the old manner (implicit): nothing is ever said in the clear."""

    def connect(
        self,
        host: str = "",
        port: int = 0,
        timeout: float | None = None,
        source_address: tuple[str, int] | None = None,
    ) -> str:
        """Connect, encrypt, and read the greeting."""
        self.host, self.port = host or self.host, port or self.port
        wait = self.timeout if timeout is None else timeout
        raw = socket.create_connection((self.host, self.port), wait, source_address)
        self.af = raw.family
        with ExitStack() as undo:
            undo.callback(raw.close)
            self.sock = self.context.wrap_socket(raw, server_hostname=self.host)
            undo.pop_all()
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome
