"""An S3 store: types, charsets, cache times, and patience with a busy one."""

from __future__ import annotations

import sys

import pytest

from publisher.faults import PublishFailed

trees = sys.modules["publisher_tests_trees"]
send = trees.send


def test_d32_types_charsets_and_caching_are_told_to_the_store(stand_of, tree, book):
    """D32: pages are asked for anew, hashed files are kept for a year."""
    stand = stand_of("s3")
    send(stand.open(), tree, book)

    def told(path):
        head = stand.client.head_object(Bucket=stand.bucket, Key=f"site/{path}")
        return head["ContentType"], head["CacheControl"]

    for_ever = "public, max-age=31536000, immutable"
    assert told("index.html") == ("text/html; charset=utf-8", "no-cache")
    assert told("feeds/atom.xml") == ("application/xml; charset=utf-8", "no-cache")
    assert told("edition.json") == ("application/json; charset=utf-8", "no-cache")
    assert told(trees.style(1)) == ("text/css; charset=utf-8", for_ever)
    assert told("pictures/0123456789abcdef.webp") == ("image/webp", for_ever)


def test_d32_slow_down_is_met_with_patience(stand_of, tree, book, no_waiting):
    """D32: 503 SlowDown is tried again with a growing back-off, five times at most."""
    from botocore.awsrequest import AWSResponse

    stand = stand_of("s3")
    host = stand.open()
    refused = [0, 3]  # refused so far, to be refused

    class Raw:
        def stream(self, *_, **__):
            return iter([b"<Error><Code>SlowDown</Code></Error>"])

    def busy(request, **_):
        if request.method == "PUT" and refused[0] < refused[1]:
            refused[0] += 1
            return AWSResponse(request.url, 503, {}, Raw())
        return None

    host._client.meta.events.register("before-send.s3", busy)
    host.write("a.html", b"patience")
    waits = list(no_waiting)
    refused[:] = [0, 10**6]

    with pytest.raises(PublishFailed, match="SlowDown"):
        host.write("b.html", b"no use")

    assert b"patience" == host.read("a.html")
    assert 3 == len(waits)
    assert 5 == refused[0]
