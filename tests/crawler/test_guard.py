"""F20, F23, F24: the addresses that are never visited."""

import pytest

from config import SourceSettings
from crawler.guard import (
    OffSite,
    Refused,
    address_fault,
    allowed_hosts,
    check_url,
    is_same_site,
    read_origin,
)
from crawler.job import LoopbackPermit

FORBIDDEN = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1
127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.8 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1
192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:93.184.216.34
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378::1
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1
fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
2130706433 0x7f000001 127.1 0177.0.0.1 127.0.0.01 １２７.0.0.1 example.com
""".split()  # noqa: SIM905 - a table

ALLOWED = ["93.184.216.34", "1.1.1.1", "119.36.1.1", "2400:3200::1", "240e:e9::1"]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_f23_special_addresses_are_not_dialled(address):
    """Private, special, mapped and oddly written addresses are refused."""
    assert address_fault(address) is not None


@pytest.mark.parametrize("address", ALLOWED)
def test_f23_public_addresses_are_dialled(address):
    """An ordinary public address is no fault."""
    assert address_fault(address) is None


TRICKS = [
    "http://127.0.0.1\\@www.example.com/",
    "http://www.example.com\\@127.0.0.1/",
    "http://user@www.example.com/",
    "http://www.example.com@127.0.0.1/",
    "http://１２７.０.０.１/",
    "http://www.example。com/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1%25eth0]/",
    "http://localhost/",
    "http://a.localhost:80/",
    "http://www.example.com./",
    "http://www.example.com:99999/",
    "http://www.example.com:x/",
    "http://www.example.com%2e/",
    "http://www.exa mple.com/",
    "http://www.example.com/a\nb",
    "http:///etc/passwd",
    "http://-/",
    "http://:80/",
]


@pytest.mark.parametrize("url", TRICKS)
def test_f24_tricks_are_refused(url):
    """An address that two programs read in two ways is not asked for."""
    hosts = frozenset({"www.example.com", "127.0.0.1", "-", "localhost"})
    with pytest.raises(Refused) as caught:
        check_url(url, hosts, None)

    assert caught.value.fault.value == "blocked_address" or url == "http://-/"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "ftp://a/", "data:,x", "//a/b", "/a", "", "httpx://a/"],
)
def test_f21_only_http_is_read(url):
    """Another scheme, or none, is refused."""
    with pytest.raises(Refused, match="只读 http"):
        read_origin(url)


def test_an_origin_has_its_port_only_where_it_is_unusual():
    """The key of a host leaves out 80 and 443."""
    keys = [
        read_origin(f"{u}/x").key
        for u in ("http://A.cn", "https://a.cn:443", "http://a.cn:8080")
    ]

    assert keys == ["a.cn", "a.cn", "a.cn:8080"]


def test_the_hosts_of_a_source_are_named_or_those_of_its_urls():
    """Settings that name no hosts allow those of the addresses."""
    plain = {"id": "ab", "name": "测试", "tier": "zj", "urls": ("http://www.a.cn/x",)}
    named = plain | {"hosts": ("www.a.cn", "b.cn")}

    assert allowed_hosts(SourceSettings(**plain)) == {"www.a.cn"}
    assert allowed_hosts(SourceSettings(**named)) == {"www.a.cn", "b.cn"}


def test_www_and_the_scheme_make_no_difference_a_sub_domain_does():
    """A site may move from http to https and drop its www."""
    hosts = frozenset({"www.a.cn"})
    check_url("https://a.cn/", hosts, None)
    with pytest.raises(OffSite):
        check_url("http://news.a.cn/", hosts, None)

    assert not is_same_site("a.cn.evil.cn", hosts)


def test_a_permit_opens_its_ports_only():
    """With a permit another port of this machine stays closed."""
    hosts = frozenset({"127.0.0.1:8001", "127.0.0.1:8002"})
    permit = LoopbackPermit(frozenset({8001}))
    check_url("http://127.0.0.1:8001/", hosts, permit)
    with pytest.raises(Refused):
        check_url("http://127.0.0.1:8002/", hosts, permit)
