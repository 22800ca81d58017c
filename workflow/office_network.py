"""This machine on the office network: its address there, and an address as a code."""

from __future__ import annotations

import io
import socket
from ipaddress import IPv4Address

import segno

from newsroom.errors import NewsroomError

# An address of the documentation block (RFC 5737): a datagram socket "connected" to
# it sends nothing, and tells which of our addresses faces the network.
_SOMEWHERE = ("192.0.2.1", 9)


def office_address() -> str:
    """This machine's address on the office network, e.g. ``192.168.1.23``.

    Raises:
        NewsroomError: it is on no network, or its address is open to the internet.
    """
    address = _facing_address()
    if address is None or address.is_loopback or address.is_unspecified:
        raise NewsroomError(
            "这台电脑没有连到办公室网络：请先连上网线或无线网，"
            "再运行 gonghui serve --lan"
        )
    if not address.is_private:
        raise NewsroomError(
            f"这台电脑的网络地址 {address} 是互联网上的公网地址，内部版不能放在上面。"
            "请换到办公室内网的电脑上运行"
        )
    return str(address)


def _facing_address() -> IPv4Address | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
        except OSError:
            return _address_without_gateway()
        return IPv4Address(probe.getsockname()[0])


def _address_without_gateway() -> IPv4Address | None:
    """The first private address of a card: an office network may have no way out."""
    import psutil

    for addresses in psutil.net_if_addrs().values():
        for entry in addresses:
            if entry.family == socket.AF_INET:
                address = IPv4Address(entry.address)
                if address.is_private and not (
                    address.is_loopback or address.is_link_local
                ):
                    return address
    return None


def terminal_code(text: str) -> str:
    """The QR code of a text as lines for a dark terminal."""
    lines = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(lines, compact=True)
    return lines.getvalue()
