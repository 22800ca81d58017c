"""A store that speaks S3 (OSS, COS, MinIO): types, caching, patience."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from publisher.host import LOCK, Parcel, Remote, Told, is_control
from publisher.hosts.s3_faults import (
    GONE,
    LockTaken,
    NoConditions,
    code_of,
    told_faults,
)

TIMEOUT = 20.0
TRIES = 5  # with a back-off, which the client doubles by itself
_AT_ONCE = 8
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "woff2": "font/woff2",
}
# A file named for its content never changes; every other is asked for anew.
_FOR_EVER = re.compile(
    r"(?:assets/[^/]+\.[0-9a-f]{8,64}\.\w+|pictures/[0-9a-f]{8,64}\.\w+)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class S3Place:
    """Which bucket, by which door, with which key."""

    endpoint: str
    bucket: str
    folder: str
    key_id: str
    secret: str
    region: str = "us-east-1"
    path_style: bool = False
    timeout: float = TIMEOUT


class S3Host:
    """A folder in a bucket."""

    atomic = False

    def __init__(self, place: S3Place) -> None:
        self._place = place
        prefix = place.folder.strip("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self.risks: tuple[str, ...] = ()
        config = Config(
            signature_version="s3v4",
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            connect_timeout=place.timeout,
            read_timeout=place.timeout,
            max_pool_connections=_AT_ONCE,
            # Look-alikes do not know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if place.path_style else "virtual"},
        )
        with self._faults():
            self._client: Any = boto3.session.Session().client(
                "s3",
                endpoint_url=place.endpoint or None,
                region_name=place.region,
                aws_access_key_id=place.key_id,
                aws_secret_access_key=place.secret,
                config=config,
            )

    def listing(self) -> dict[str, Remote]:
        """Every file, with the hash that the store tells as the mark."""
        found: dict[str, Remote] = {}
        with self._faults():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._place.bucket, Prefix=self._prefix
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    path = str(one["Key"]).removeprefix(self._prefix)
                    # A console makes a folder by an empty file with a slash.
                    if path and not is_control(path) and not path.endswith("/"):
                        found[path] = Remote(int(one["Size"]), str(one["ETag"]))
        return found

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        with self._faults():
            try:
                answer = self._client.get_object(**self._at(path))
            except ClientError as error:
                if code_of(error) in GONE:
                    return None
                raise
            return bytes(answer["Body"].read())

    def begin(self) -> None:
        """Nothing to prepare: a store has no folders."""

    def send(self, batch: Sequence[Parcel], told: Told) -> None:
        """Put files in place, several at a time."""
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            jobs = {
                threads.submit(self._put, one.path, one.file.read_bytes()): one.path
                for one in batch
            }
            try:
                for job in as_completed(jobs):
                    job.result()
                    told(jobs[job])
            finally:  # one that failed ends all
                threads.shutdown(cancel_futures=True)

    def write(self, path: str, content: bytes) -> None:
        """Put one small file in place."""
        self._put(path, content)

    def _put(self, path: str, content: bytes, **conditions: str) -> None:
        # The hash travels along, so that the store refuses what was damaged.
        told = hashlib.md5(content, usedforsecurity=False).digest()
        with self._faults():
            self._client.put_object(
                **self._at(path),
                Body=content,
                ContentMD5=base64.b64encode(told).decode(),
                ContentType=content_type(path),
                CacheControl=cache_control(path),
                **conditions,
            )

    def delete(self, path: str) -> None:
        """Take a file away."""
        with self._faults():
            self._client.delete_object(**self._at(path))

    def commit(self, name: str) -> None:
        """Nothing more: each file stands in its place."""

    def forget_former(self) -> None:
        """Nothing lies beside."""

    def take_lock(self, note: bytes) -> bytes | None:
        """Take the lock: a file that the store makes only where there is none.

        A store that does not know the condition would let two in; reading the note
        back shows whose it is in the end.
        """
        held = self.read(LOCK)
        if held is not None:
            return held
        try:
            self._put(LOCK, note, IfNoneMatch="*")
        except LockTaken:
            return self.read(LOCK) or b""
        except NoConditions:
            self._put(LOCK, note)
        kept = self.read(LOCK)
        return None if kept == note else kept or b""

    def lock_note(self) -> bytes | None:
        """The note in the lock."""
        return self.read(LOCK)

    def lock_age(self) -> timedelta | None:
        """By the store's clock, which stands in the head of every answer."""
        with self._faults():
            try:
                told = self._client.head_object(**self._at(LOCK))
            except ClientError as error:
                if code_of(error) in GONE:
                    return None
                raise
        now = told["ResponseMetadata"]["HTTPHeaders"].get("date")
        return parsedate_to_datetime(now) - told["LastModified"] if now else None

    def renew_lock(self, note: bytes) -> None:
        """Write our note anew."""
        self._put(LOCK, note)

    def drop_lock(self) -> None:
        """Give the lock back."""
        self.delete(LOCK)

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _faults(self) -> AbstractContextManager[None]:
        return told_faults(self._place.bucket, self._place.endpoint)

    def _at(self, path: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": f"{self._prefix}{path}"}


def content_type(path: str) -> str:
    """The type that browsers are told, with its charset where it is text."""
    ending = path.rpartition(".")[2].lower()
    return _TYPES.get(ending, "application/octet-stream")


def cache_control(path: str) -> str:
    """How long browsers may keep a file without asking."""
    if _FOR_EVER.fullmatch(path):
        return "public, max-age=31536000, immutable"
    return "no-cache"
