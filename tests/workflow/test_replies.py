"""Automatic answers to mails: what came in cannot steer where they go."""

from __future__ import annotations

from email import message_from_bytes

from submissions.incoming_mail import IncomingMail
from workflow.mail_door import reply_to


def test_a68_no_header_is_smuggled_into_a_reply():
    """A68: line ends in a subject or an id are spaces in the answer's own headers."""
    letter = IncomingMail(
        message_id="<1@example.org>\r\nBcc: all@example.org",
        sender="li@example.org",
        subject="送清凉\r\nBcc: all@example.org",
        text="",
        html="",
        attachments=(),
        raw=b"",
    )
    message = reply_to(letter, ["收到了"], sender="office@example.org")
    sent = message_from_bytes(message.as_bytes())

    assert "Bcc" not in sent
    assert "li@example.org" == sent["To"]
