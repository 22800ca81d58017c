"""Stores that refuse, each for its own reason, or know less than the first one."""

from __future__ import annotations

import sys

import pytest

from publisher.faults import LoginRefused, PublishFailed

trees = sys.modules["publisher_tests_trees"]
send, contents = trees.send, trees.contents


def refuse(host, operation: str, code: str, times: int = 10**6):
    """Let the store answer an operation with an error, some times."""
    left = [times]

    def answer(http_response, parsed, **_):
        if left[0]:
            left[0] -= 1
            http_response.status_code = 400
            parsed.clear()
            parsed.update(
                {
                    "Error": {"Code": code, "Message": "x"},
                    "ResponseMetadata": {"HTTPStatusCode": 400},
                }
            )

    host._client.meta.events.register(f"after-call.s3.{operation}", answer)
    return host


@pytest.mark.parametrize(
    ("operation", "code", "kind", "words"),
    [
        ("GetObject", "RequestTimeTooSkewed", PublishFailed, "系统时间校准"),
        ("GetObject", "SignatureDoesNotMatch", LoginRefused, "不接受这把密钥"),
        ("GetObject", "PermanentRedirect", PublishFailed, "region"),
        ("GetObject", "UserDisable", PublishFailed, "欠费"),
        ("GetObject", "SecondLevelDomainForbidden", PublishFailed, "path_style"),
        ("PutObject", "QuotaExceeded", PublishFailed, "满了"),
        ("PutObject", "AccessDenied", LoginRefused, "不让写文件"),
        ("ListObjectsV2", "AccessDenied", LoginRefused, "不让列出文件"),
        ("DeleteObject", "AccessDenied", LoginRefused, "不让删除文件"),
    ],
)
def test_a_refusal_names_its_cure(stand_of, tree, book, operation, code, kind, words):
    """A wrong clock, an unpaid bill, a right that is lacking: each is said."""
    host = refuse(stand_of("s3").open(), operation, code)

    with pytest.raises(kind, match=words) as stopped:
        send(host, tree, book)

    assert code in str(stopped.value)


def test_a_store_without_conditions_is_locked_all_the_same(stand_of, tree, book):
    """Where "only if there is none" is unknown, the note is read back instead."""
    stand = stand_of("s3")

    send(refuse(stand.open(), "PutObject", "NotImplemented", 1), tree, book)

    assert contents(tree) == stand.files()


def test_the_folder_that_a_console_made_is_no_file_of_others(stand_of, tree, book):
    """An empty file named "site/" is how consoles make a folder."""
    stand = stand_of("s3")
    for key in ("site/", "site/stories/"):
        stand.client.put_object(Bucket=stand.bucket, Key=key, Body=b"")

    receipt = send(stand.open(), tree, book)

    assert () == receipt.unknown


def test_an_address_without_https_is_said(request):
    """A faulty setting is no broken line."""
    from publisher.hosts.s3 import S3Host

    conftest = request.getfixturevalue("conftest_of_publisher")
    place = conftest.s3_place(1, "bucket", endpoint="oss.example.cn")

    with pytest.raises(PublishFailed, match="address 要写完整"):
        S3Host(place)
