"""Mails that came back: delivery status notifications, read by RFC 3464.

QQ mail, 163, Exchange and Postfix all answer with ``multipart/report``; its part
``message/delivery-status`` names each recipient with ``Action`` and ``Status``, and the
last part holds the head of the mail that came back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ADDRESS = re.compile(r"(?:[\w-]+;)?\s*<?([^\s<>;]+@[^\s<>;]+?)>?\s*$", re.ASCII)
_WHY = 160


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient who could not be reached.

    Attributes:
        address: the recipient, in small letters.
        status: the enhanced status code (RFC 3463), e.g. ``5.1.1``.
        why: what the other server said.
        message_id: of the mail that came back; empty where the report does not say.
    """

    address: str
    status: str
    why: str
    message_id: str

    @property
    def is_lasting(self) -> bool:
        """Whether another try is of no use (a code of class 5)."""
        return self.status.startswith("5")


def read_bounces(raw: bytes) -> tuple[Bounce, ...]:
    """The recipients that a mail reports as failed; none when it is no such report."""
    message = message_from_bytes(raw, policy=compat32)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return ()
    returned = _returned_id(message)
    fields = [
        part
        for report in message.walk()
        if report.get_content_type() == "message/delivery-status"
        for part in report.walk()
        if part is not report
    ]
    return tuple(filter(None, (_bounce(part, returned) for part in fields)))


def _bounce(fields: Message, returned: str) -> Bounce | None:
    if str(fields.get("Action", "")).strip().lower() != "failed":
        return None
    recipient = fields.get("Original-Recipient") or fields.get("Final-Recipient") or ""
    address = _ADDRESS.search(str(recipient))
    status = _STATUS.search(str(fields.get("Status", "")))
    if address is None or status is None:
        return None
    said = str(fields.get("Diagnostic-Code", ""))
    why = " ".join(said.partition(";")[2].split() or said.split())
    return Bounce(address[1].lower(), status[0], why[:_WHY], returned)


def _returned_id(message: Message) -> str:
    for head in _returned(message):
        found = str(head.get("Message-ID", "")).strip()
        if found:
            return found
    return ""


def _returned(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            yield from (one for one in part.walk() if one is not part)
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield message_from_bytes(content, policy=compat32)
