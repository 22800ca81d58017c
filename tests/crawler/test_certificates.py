"""F17: certificates."""

import ipaddress
import os
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.launch import crawl
from crawler.nursery import Nursery
from crawler.run import trust_system_roots
from crawler.spool import read_spool
from tests.crawler import hostile
from tests.crawler.conftest import Crawled, small_site

LONG_AGO, LONG_AHEAD = (
    datetime(2001, 1, 1, tzinfo=UTC),
    datetime(2098, 1, 1, tzinfo=UTC),
)


def certificate(folder, name, *, address="127.0.0.1", until=LONG_AHEAD):
    """A key with its self-signed certificate, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(until)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address(address))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = signed.public_bytes(serialization.Encoding.PEM)
    path = folder / f"{name}.pem"
    path.write_bytes(pem + public)
    return path, public


@contextmanager
def tls_server(path, newest=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    if newest:
        context.set_ciphers("DEFAULT@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    with hostile.serving(small_site()) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def trusted(folder):
    """Certificates that the system trusts: a good one, and two that are not right."""
    made = {
        "good": certificate(folder, "good"),
        "elsewhere": certificate(folder, "elsewhere", address="10.0.0.1"),
        "expired": certificate(
            folder, "expired", until=datetime(2002, 1, 1, tzinfo=UTC)
        ),
    }
    (folder / "roots.pem").write_bytes(b"".join(public for _, public in made.values()))
    return {name: path for name, (path, _) in made.items()}


@pytest.fixture(scope="module")
def trusting(folder, trusted):
    """A nursery whose children trust those certificates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(folder / "roots.pem"))
        with Nursery() as running:
            yield running


@pytest.fixture
def read(make_job, trusting):
    def run(server, **source):
        url = f"https://127.0.0.1:{server.port}/list.html"
        job = make_job(url, ports={server.port}, source=source)
        crawl([job], nursery=trusting)
        return Crawled(list(read_spool(job.spool)), job.spool)

    return run


def test_a_good_certificate_is_trusted(read, trusted):
    """A site with a trusted certificate is read."""
    with tls_server(trusted["good"]) as server:
        crawled = read(server)

    assert len(crawled.pages()) == 3


@pytest.mark.parametrize("name", ["expired", "elsewhere"])
def test_f17_an_expired_or_foreign_certificate_is_refused(read, trusted, name):
    """Trusted roots do not help a certificate that has ended or is another host's."""
    with tls_server(trusted[name]) as server:
        crawled = read(server)

    assert crawled.faults == ["certificate"]


def test_f17_a_self_signed_certificate_is_refused(read, folder):
    """A certificate that nobody vouches for is refused."""
    with tls_server(certificate(folder, "self")[0]) as server:
        crawled = read(server)

    assert crawled.faults == ["certificate"]


def test_f17_an_exception_needs_a_reason(read, folder):
    """With a reason in the settings the certificate does not count."""
    with tls_server(certificate(folder, "excused")[0]) as server:
        crawled = read(server, insecure_reason="对方证书过期，已电话核实")

    assert len(crawled.pages()) == 3


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_f17_an_old_tls_is_refused(read, trusted):
    """A server that speaks nothing newer than TLS 1.1 is refused."""
    with tls_server(trusted["good"], newest=ssl.TLSVersion.TLSv1_1) as server:
        crawled = read(server)

    assert crawled.faults == ["certificate"]


def test_the_system_s_roots_become_a_file(tmp_path, monkeypatch, folder, trusted):
    """Where the system keeps its roots elsewhere, they are written out for OpenSSL."""
    _, public = certificate(folder, "root")
    der = ssl.PEM_cert_to_DER_cert(public.decode())
    monkeypatch.setattr(ssl.SSLContext, "get_ca_certs", lambda *_, **__: [der])
    monkeypatch.setenv("SSL_CERT_FILE", "")
    trust_system_roots(tmp_path)

    assert (tmp_path / "roots.pem").read_bytes() == public
    assert os.environ["SSL_CERT_FILE"] == str(tmp_path / "roots.pem")
