"""Reports of mails that came back, as servers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.bounces import read_bounces

HEAD = """From: Postmaster <postmaster@mx.example.cn>
To: news@example.cn
Subject: =?utf-8?b?6YCA5L+h?=
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

could not be delivered

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.cn

"""
RECIPIENT = """Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 Mailbox
 not found

"""
TAIL = """--b
Content-Type: {kind}

Message-ID: <20260921.abc@example.cn>
Subject: x

--b--
"""


def report(*recipients: tuple[str, str, str], kind: str = "text/rfc822-headers"):
    """A report of these recipients: address, action, status."""
    rows = "".join(
        RECIPIENT.format(to=to, action=action, status=status)
        for to, action, status in recipients
    )
    return (HEAD + rows + TAIL.format(kind=kind)).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_failed_recipient_is_named_with_the_mail_that_came_back(kind):
    """Address in small letters, status, the server's words, the number of the mail."""
    (bounce,) = read_bounces(report(("He@Example.cn", "failed", "5.1.1"), kind=kind))

    assert bounce.address == "he@example.cn"
    assert (bounce.status, bounce.is_lasting) == ("5.1.1", True)
    assert bounce.why == "550 Mailbox not found"
    assert bounce.message_id == "<20260921.abc@example.cn>"


def test_delays_are_no_failures_and_full_boxes_do_not_last():
    """Action delayed is left out; class 4 may succeed later."""
    found = read_bounces(
        report(
            ("a@example.cn", "delayed", "4.4.7"), ("b@example.cn", "failed", "4.2.2")
        )
    )

    assert [(one.address, one.is_lasting) for one in found] == [("b@example.cn", False)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: x\n\nhello",
        b"Content-Type: multipart/report\n\nno boundary",
        HEAD.encode(),
        report(("nobody", "failed", "5.1.1")),
        report(("a@example.cn", "failed", "none")),
    ],
)
def test_other_mails_are_no_reports(raw):
    """A story, a torn report, a recipient without address or status give nothing."""
    assert read_bounces(raw) == ()


@given(st.binary(max_size=600))
def test_any_bytes_are_read_without_a_fault(tail):
    """Whatever follows the head, the reader gives reports or none."""
    assert isinstance(read_bounces(HEAD.encode() + tail), tuple)
