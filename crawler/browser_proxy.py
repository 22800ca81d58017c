"""The browser's only way out: a forward proxy of ours that asks the guard at each dial.

A browser resolves names and opens connections by itself, past the crawler's resolver.
So it is given this proxy and no resolver: each connection that a page wants, its
scripts and calls too, is dialled here, to an address that was checked, or not at all.
A refusal is a connection closed without an answer.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.guard import Refused, dial_fault, read_origin
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from crawler.guard import Origin
    from crawler.job import LoopbackPermit

DIAL_SECONDS = 10
IDLE_SECONDS = 30
MOST_BYTES = 64 * 1024 * 1024
_LONGEST_HEAD = 64 * 1024
_PIECE = 64 * 1024
_HOP_BY_HOP = (b"connection:", b"proxy-", b"keep-alive:", b"upgrade:")


@dataclass(frozen=True, slots=True)
class _Ask:
    """What the browser asked of the proxy."""

    origin: Origin
    is_tunnel: bool
    head: bytes
    body_length: int


class BrowserProxy:
    """A forward proxy on a loopback port for the browser of one visit.

    Attributes:
        faults: host to class of fault, for the hosts that could not be reached.
        refused: host to reason, for the hosts that must not be dialled.
    """

    def __init__(self, permit: LoopbackPermit | None) -> None:
        self._permit = permit
        self._server: asyncio.Server | None = None
        self._left = MOST_BYTES
        self.faults: dict[str, FaultClass] = {}
        self.refused: dict[str, str] = {}

    async def start(self) -> str:
        """Listen; the proxy's address."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD
        )
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        """Take no more connections."""
        if self._server:
            self._server.close()
            self._server = None

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, EOFError, asyncio.LimitOverrunError, TimeoutError):
            try:
                await self._answer(reader, writer)
            except Refused as error:
                self.faults.setdefault("", error.fault)
        writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        async with asyncio.timeout(IDLE_SECONDS):
            ask = read_ask(await reader.readuntil(b"\r\n\r\n"))
        there = await self._dial(ask.origin)
        if there is None:
            return
        reply, onward = there
        try:
            if ask.is_tunnel:
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
                await asyncio.gather(
                    self._relay(reader, onward), self._relay(reply, writer)
                )
                return
            onward.write(ask.head)
            onward.write(await reader.readexactly(ask.body_length))
            await onward.drain()
            await self._relay(reply, writer)
        finally:
            onward.close()

    async def _dial(
        self, origin: Origin
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection to the checked address of a host, None where there is none."""
        host = origin.host.strip("[]")
        address = await self._address_of(host, origin.port)
        if address is None:
            return None
        try:
            async with asyncio.timeout(DIAL_SECONDS):
                return await asyncio.open_connection(address, origin.port)
        except TimeoutError:
            self.faults[host] = FaultClass.TIMEOUT
        except OSError:
            self.faults[host] = FaultClass.DOWN
        return None

    async def _address_of(self, host: str, port: int) -> str | None:
        """The IPv4 address to dial; None, with a note why, when none may be."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(
                host, port, family=socket.AF_INET, type=socket.SOCK_STREAM
            )
        except OSError:
            self.faults[host] = FaultClass.DNS
            return None
        address = str(found[0][4][0])
        fault = dial_fault(address, self._permit)
        if fault is None and self._permit and port not in self._permit.ports:
            fault = "演示和测试只访问指定的端口"
        if fault:
            self.faults[host] = FaultClass.BLOCKED_ADDRESS
            self.refused[host] = f"{host} 指向 {address}，{fault}"
            return None
        return address

    async def _relay(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass on what comes until it ends, falls silent or is too much."""
        with suppress(OSError, TimeoutError):
            while self._left > 0:
                async with asyncio.timeout(IDLE_SECONDS):
                    data = await reader.read(_PIECE)
                if not data:
                    break
                self._left -= len(data)
                writer.write(data)
                await writer.drain()
        writer.close()


def read_ask(head: bytes) -> _Ask:
    """What a browser's request head asks of a proxy, ready to be passed on.

    One request a connection: what a browser sends after it is not passed on, so that
    nothing reaches a host other than the one that was checked.

    Raises:
        Refused: it is no request for a web address, or could be read in two ways.
    """
    first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    parts = first.split(b" ")
    if len(parts) != 3 or not first.isascii():  # noqa: PLR2004 - method, address, version
        raise Refused(FaultClass.PROTOCOL, "浏览器发来的请求看不懂，没有转发")
    method, address = parts[0], parts[1].decode("ascii")
    if method == b"CONNECT":
        return _Ask(read_origin(f"https://{address}"), True, b"", 0)
    origin = read_origin(address)
    if origin.scheme != "http":
        raise Refused(FaultClass.PROTOCOL, "https 网址须走加密通道，没有转发")
    rest = address.partition("://")[2]
    path = rest[len(rest.split("/", 1)[0].split("?", 1)[0]) :].encode()
    path = path if path.startswith(b"/") else b"/" + path
    kept = [one for one in lines if not one.lower().startswith(_HOP_BY_HOP)]
    return _Ask(
        origin,
        is_tunnel=False,
        head=b"\r\n".join(
            [b" ".join((method, path, b"HTTP/1.1")), *kept, b"Connection: close"]
        )
        + b"\r\n\r\n",
        body_length=_length_of(kept),
    )


def _length_of(lines: list[bytes]) -> int:
    named = [one.lower().split(b":", 1) for one in lines if b":" in one]
    lengths = [value.strip() for name, value in named if name == b"content-length"]
    if any(name == b"transfer-encoding" for name, _ in named) or len(lengths) > 1:
        raise Refused(FaultClass.PROTOCOL, "浏览器发来的请求没有写明长度，没有转发")
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0
