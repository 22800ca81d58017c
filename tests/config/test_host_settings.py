"""What [[hosts]] may say: an address that is one, and a key that is one."""

from __future__ import annotations

import pytest

from config import SettingsFault, load_settings

KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIAAA"
HOST = """
[[hosts]]
name = "main"
kind = "sftp"
address = "{address}"
user = "gonghui"
password_env = "GONGHUI_FTP"
host_key = "{key}"
"""


@pytest.fixture
def load(office):
    """What loads the shipped settings with one more host."""

    def load(address="www.example.cn", key=f"ssh-ed25519 {KEY}"):
        file = office / "config.toml"
        text = file.read_text(encoding="utf-8")
        host = HOST.format(address=address, key=key)
        file.write_text(text + host, encoding="utf-8")
        return load_settings(file).hosts[-1]

    return load


@pytest.mark.parametrize(
    "key",
    [
        "ssh-ed25519 AAAA…",
        "ssh-ed25519 AAAAbroken",
        f"ssh-ed25519 {KEY[:-4]}A*AA",
        f"ssh-rsa {KEY}",
    ],
)
def test_a_key_that_is_none_is_told_before_anything_is_dialled(load, key):
    """Else the host would seem to show another key, as if somebody posed as it."""
    with pytest.raises(SettingsFault, match=r"host_key.*是主机的公钥"):
        load(key=key)


def test_a_key_may_bear_the_name_of_its_owner(load):
    """As ssh-keyscan and key files write it."""
    assert f"ssh-ed25519 {KEY}" == load(key=f"ssh-ed25519 {KEY} root@www").host_key


@pytest.mark.parametrize(
    "address", ["sftp://www.example.cn", "web@www.example.cn", "www.example.cn/htdocs"]
)
def test_an_address_is_a_name_alone(load, address):
    """Kind, user and folder have keys of their own."""
    with pytest.raises(SettingsFault, match=r"address 写的是.*只是主机名或 IP"):
        load(address=address)


def test_a_password_in_an_address_is_never_told(load):
    """It stands there without a scheme, too."""
    with pytest.raises(SettingsFault, match="address 里写了密码") as fault:
        load(address="web:geheim@www.example.cn")

    assert "geheim" not in str(fault.value)
