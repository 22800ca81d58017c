"""The live site of a host, compared with what this computer knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.live import LiveReport, verify_site
from publisher.plan import sample
from publisher.publish import SAMPLE
from publisher.records import unpack_record
from workflow.publishing import logbook

if TYPE_CHECKING:
    from config import HostSettings
    from workflow.office import Office


def verify_host(office: Office, host: HostSettings) -> LiveReport:
    """Look at the address of a host as a reader would."""
    record = unpack_record(logbook(office, host).record())
    hashes = {path: owned.sha256 for path, owned in record.files.items()}
    current = [path for path, owned in record.files.items() if not owned.left]
    chosen = sample(record.release, current, SAMPLE)
    return verify_site(host.url, hashes, chosen, office.now)
