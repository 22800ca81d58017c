"""Hosts of every kind, each with its real server on loopback."""

from __future__ import annotations

import datetime as dt
import importlib.util
import ipaddress
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from publisher.host import LOCK

HERE = Path(__file__).parent


def load(name: str):
    """A module of this folder; tests are no package."""
    full = f"publisher_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, HERE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


servers, trees = load("servers"), load("trees")


@dataclass
class Stand:
    """A host that can be opened anew, and the folder in which its files lie."""

    open: object
    seen: object
    port: int = 0
    age_lock: object = None

    def files(self) -> dict[str, bytes]:
        return self.seen()


def aging(root: Path):
    """Makes the lock on a host's disk older than it is, as its own clock tells."""

    def age(by: dt.timedelta) -> None:
        for path in [
            path for lock in root.rglob(LOCK) for path in (lock, *lock.rglob("*"))
        ]:
            told = path.stat().st_mtime - by.total_seconds()
            os.utime(path, (told, told))

    return age


@pytest.fixture(scope="session")
def server_key() -> asyncssh.SSHKey:
    return asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A self-made certificate of 127.0.0.1 with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)  # noqa: TID251 - a certificate is of its time
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=60))
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                    x509.DNSName("localhost"),
                ]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture(scope="session")
def moto_port():
    """An S3 server on loopback."""
    import logging

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = servers.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


def sftp_place(server, **other):
    from publisher.hosts.sftp import SftpPlace

    words = {
        "address": "127.0.0.1",
        "port": server.port,
        "folder": "/site",
        "user": servers.USER,
        "host_key": server.public,
        "password": servers.PASSWORD,
        "timeout": 10,
        **other,
    }
    return SftpPlace(**words)


def ftp_place(port: int, certificate: Path | None, **other):
    from publisher.hosts.ftp_line import FtpPlace

    words = {
        "address": "127.0.0.1",
        "port": port,
        "folder": "/site",
        "user": servers.USER,
        "password": servers.PASSWORD,
        "plain_reason": "" if certificate else "只在测试里用",
        "ca_file": certificate,
        "timeout": 10,
        **other,
    }
    return FtpPlace(**words)


def s3_place(port: int, bucket: str, **other):
    from publisher.hosts.s3 import S3Place

    words = {
        "endpoint": f"http://127.0.0.1:{port}",
        "bucket": bucket,
        "folder": "site",
        "key_id": "id",
        "secret": "made-up",
        "path_style": True,
        "timeout": 10,
        **other,
    }
    return S3Place(**words)


def make_stand(kind: str, request, tmp_path: Path, stack: ExitStack) -> Stand:
    """A host of this kind with its server."""
    root = tmp_path / "host"
    root.mkdir()
    seen = lambda: trees.contents(root / "site")  # noqa: E731 - one line a kind
    if kind == "s3":
        return _s3_stand(request, tmp_path)
    stand = _disk_stand(kind, request, root, stack, seen)
    stand.age_lock = aging(root)
    return stand


def _disk_stand(kind: str, request, root: Path, stack: ExitStack, seen) -> Stand:
    if kind == "folder":
        from publisher.hosts.folder import ReleaseFolder

        site = root / "site"
        return Stand(
            lambda: ReleaseFolder(site), lambda: trees.contents(site / "current")
        )
    if kind == "plain":
        from publisher.hosts.folder import PlainFolder

        return Stand(lambda: PlainFolder(root / "site"), seen)
    if kind == "sftp":
        from publisher.hosts.sftp import SftpHost

        key = request.getfixturevalue("server_key")
        server = stack.enter_context(servers.sftp_server(root, key))
        stand = Stand(lambda: SftpHost(sftp_place(server)), seen, server.port)
        stand.server = server
        return stand
    return _ftp_stand(kind, request, root, stack, seen)


def _ftp_stand(kind: str, request, root: Path, stack: ExitStack, seen) -> Stand:
    from publisher.hosts.ftp import FtpHost

    certificate = request.getfixturevalue("certificate") if kind == "ftps" else None
    words = {"certfile": str(certificate)} if certificate else {}
    if certificate:
        words |= {"tls_control_required": True, "tls_data_required": True}
    handler = type(
        "Door", (servers.TLS_FTPHandler if certificate else servers.FTPHandler,), words
    )
    port = stack.enter_context(servers.ftp_server(root, handler))
    return Stand(lambda: FtpHost(ftp_place(port, certificate)), seen, port)


def _s3_stand(request, tmp_path: Path) -> Stand:
    from publisher.hosts.s3 import S3Host

    port = request.getfixturevalue("moto_port")
    bucket = f"b{abs(hash(tmp_path))}"
    client = S3Host(s3_place(port, bucket))._client
    client.create_bucket(Bucket=bucket)

    def seen() -> dict[str, bytes]:
        rows = client.list_objects_v2(Bucket=bucket).get("Contents", ())
        keys = [row["Key"] for row in rows]
        return {
            key.removeprefix("site/"): client.get_object(Bucket=bucket, Key=key)[
                "Body"
            ].read()
            for key in keys
            if not key.startswith("site/.gonghui")
        }

    stand = Stand(lambda: S3Host(s3_place(port, bucket)), seen, port)

    def age(by: dt.timedelta) -> None:
        from moto.backends import get_backend

        stores = get_backend("s3").values()
        (held,) = [
            one["aws"].buckets[bucket] for one in stores if bucket in one["aws"].buckets
        ]
        held.keys[f"site/{LOCK}"].last_modified -= by

    stand.client, stand.bucket, stand.age_lock = client, bucket, age
    return stand


@pytest.fixture
def conftest_of_publisher():
    """The makers of places above, for tests that dial in their own way."""
    return sys.modules[__name__]


@pytest.fixture
def tree(tmp_path):
    """A public tree of eight stories."""
    return trees.make_tree(tmp_path / "output" / "public", range(1, 9))


@pytest.fixture
def book(tmp_path):
    """The folder in which this computer keeps what it knows of a host."""
    return tmp_path / "data" / "publish" / "main"


@pytest.fixture
def no_waiting(monkeypatch):
    """The S3 client's back-off without the waiting."""
    waited: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time.sleep", waited.append)
    return waited


KINDS = ("folder", "plain", "sftp", "ftps", "ftp", "s3")


@pytest.fixture(params=KINDS)
def stand(request, tmp_path):
    """A host of each kind."""
    with ExitStack() as stack:
        yield make_stand(request.param, request, tmp_path, stack)


@pytest.fixture
def stand_of(request, tmp_path):
    """A host of a kind that the test names."""
    with ExitStack() as stack:
        yield lambda kind: make_stand(kind, request, tmp_path, stack)
