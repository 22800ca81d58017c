"""Which addresses we may visit: never this machine, its network or its cloud.

``ipaddress.is_global`` is no such guard: on Python 3.11 it lets 192.0.0.8, 224.0.0.1,
::127.0.0.1, 64:ff9b::7f00:1, 2002:7f00:1:: and others pass. So an explicit list stands
on top of it, and IPv6 is refused outside of 2000::/3. Names are checked when they are
dialled (crawler/resolver.py), addresses as text here.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.errors import NewsroomError
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from config import SourceSettings
    from crawler.job import LoopbackPermit

_SPECIAL = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # holds 100.100.100.200, the metadata address of Aliyun
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent, a public-looking address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries any IPv4 address
        "3fff::/20",
    )
)
_UNICAST = ipaddress.ip_network("2000::/3")
_UNSAFE = re.compile(r"[\x00- \\\x7f]")
_AUTHORITY = re.compile(r"(https?)://([^/?#]*)", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Refused(NewsroomError):  # noqa: N818 - the newsroom's word
    """A request that we do not make, and why.

    Attributes:
        fault: the class of the refusal.
        silent: it was already reported or is no loss; it is only counted.
        stops: the source must not be asked again in this run.
        retry_after: seconds until the server wants to see us again, if it said so.
    """

    def __init__(
        self,
        fault: FaultClass,
        sentence: str,
        *,
        silent: bool = False,
        stops: bool = False,
        retry_after: float | None = None,
    ) -> None:
        self.fault = fault
        self.silent = silent
        self.stops = stops
        self.retry_after = retry_after
        super().__init__(sentence)


class OffSite(Refused):
    """A link to a host that the source does not allow; counted, never followed."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        super().__init__(
            FaultClass.MOVED, f"{origin.key} 不是这个来源的网站", silent=True
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """The part of an address that says who is asked."""

    scheme: str
    host: str
    port: int

    @property
    def key(self) -> str:
        """The host, with its port where it is not the usual one."""
        usual = self.port == _DEFAULT_PORTS[self.scheme]
        return self.host if usual else f"{self.host}:{self.port}"


def read_origin(url: str) -> Origin:
    """Who is asked at this address, by one strict reading.

    Raises:
        Refused: another scheme than http(s), or an address that two programs could
            read in two ways (backslash, user name, full-width digits, short or
            hexadecimal numbers, trailing dot).
    """
    if _UNSAFE.search(url):
        raise _blocked(url, "含有空格、反斜杠或控制字符")
    match = _AUTHORITY.match(url)
    if not match:
        raise Refused(FaultClass.PROTOCOL, f"只读 http 和 https 网址：{url[:100]}")
    scheme, authority = match[1].lower(), match[2].lower()
    if "@" in authority or "%" in authority or not authority.isascii():
        raise _blocked(url, "网站名里有用户名、转义或全角字符")
    host, port = _host_and_port(url, scheme, authority)
    return Origin(scheme, host, port)


def address_fault(address: str) -> str | None:
    """Why this numeric address must not be dialled, None when it may."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "不是规范的 IP 地址"
    if ip.version == 6 and (ip not in _UNICAST or "%" in address):  # noqa: PLR2004 - IPv6
        return "是本机、内网或特殊用途的地址"
    inside = any(ip in net for net in _SPECIAL if net.version == ip.version)
    return "是本机、内网或特殊用途的地址" if inside or not ip.is_global else None


def dial_fault(address: str, permit: LoopbackPermit | None) -> str | None:
    """Why a connection to this address must not be opened, None when it may.

    With a permit the rule turns round: this machine and nothing else.
    """
    if permit is None:
        return address_fault(address)
    return None if _is_loopback(address) else "演示和测试只访问本机"


def allowed_hosts(source: SourceSettings) -> frozenset[str]:
    """The hosts that a source may visit: as named in its settings, or of its urls."""
    if source.hosts:
        return frozenset(host.lower() for host in source.hosts)
    return frozenset(read_origin(url).key for url in source.urls)


def check_url(url: str, hosts: frozenset[str], permit: LoopbackPermit | None) -> Origin:
    """Who is asked, if we may ask.

    Raises:
        Refused: the address is no address for us.
        OffSite: the host is not one of the source's.
    """
    origin = read_origin(url)
    is_permitted = permit is not None and origin.port in permit.ports
    if not is_permitted:
        _refuse_number(url, origin)
    if not is_same_site(origin.key, hosts):
        raise OffSite(origin)
    if permit and not is_permitted:
        raise _blocked(url, "演示和测试只访问指定的端口")
    return origin


def is_same_site(key: str, hosts: frozenset[str]) -> bool:
    """Whether a host is among these; a leading ``www.`` makes no difference."""
    bare = key.removeprefix("www.")
    return any(bare == host.removeprefix("www.") for host in hosts)


def _refuse_number(url: str, origin: Origin) -> None:
    number = origin.host.strip("[]")
    if ":" in number or _NUMERIC.fullmatch(number.rpartition(".")[2]):
        fault = address_fault(number)
        if fault:
            raise _blocked(url, fault)
    if number == "localhost" or number.endswith(".localhost"):
        raise _blocked(url, "是本机的名字")


def _host_and_port(url: str, scheme: str, authority: str) -> tuple[str, int]:
    host, colon, port = authority.rpartition(":")
    if not colon or authority.endswith("]"):
        host, port = authority, ""
    if port and not (port.isdigit() and 0 < int(port) < 65536):  # noqa: PLR2004 - ports
        raise _blocked(url, "端口不对")
    bracketed = host.startswith("[") and host.endswith("]")
    if not bracketed and not _NAME.fullmatch(host):
        raise _blocked(url, "网站名写法不规范")
    return host, int(port or _DEFAULT_PORTS[scheme])


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _blocked(url: str, reason: str) -> Refused:
    return Refused(
        FaultClass.BLOCKED_ADDRESS, f"网址不安全，没有访问（{reason}）：{url[:100]}"
    )


def host_of(url: str) -> str:
    """The host of an address that was accepted before, for messages and slots."""
    return urlsplit(url).hostname or ""
