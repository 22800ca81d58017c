"""Photos and files as they come in: sealed at once, worked off by the worker.

A request stores what came and answers; pixels and documents are opened elsewhere.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from desk.links import Sender
from desk.office import Desk
from desk.quota import refusal_of_file
from newsroom.errors import NewsroomError
from newsroom.submission import Photo
from newsroom.text import clean_text
from story_store.job_results import Job, JobKind, JobState, settled_photos
from story_store.jobs import job_key
from submissions.entries import TEXTS
from submissions.file_kinds import document_ending, picture_ending
from submissions.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENTS,
    MAX_PHOTO_BYTES,
    MAX_PHOTOS,
    MEGABYTE,
)
from submissions.pictures import PictureRefused
from submissions.zip_gate import DocumentRefused

LEAST_FREE = 1024 * MEGABYTE
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_PICTURE_CSP = "default-src 'none'; sandbox"
_SNIFFED = 4096


def take_photos(
    request: HttpRequest, sender: Sender, owner: str, have: tuple[Photo, ...]
) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    """The photos sent under ``photo``, sealed, and sentences of those not taken.

    A photo that is not made ready yet has the name of its job. ``owner`` is the key
    of the submission that they belong to, or will.

    Raises:
        NewsroomError: the disk is nearly full.
    """
    desk, files = sender.desk, request.FILES.getlist("photo")
    _check_room(desk, files)
    jobs: list[Job] = []
    faults: list[str] = []
    names = {photo.file for photo in have}
    there = {job.key for job in desk.store.jobs_of(owner) if _is_in(job, names)}
    for file in files:
        name = file_name(file)
        try:
            new = len({job.key for job in jobs} - there)
            is_full = len(have) + new >= MAX_PHOTOS
            if is_full and _key_of(file, owner) not in there:
                words = f"一篇最多 {MAX_PHOTOS} 张照片，这张没有收"
                raise PictureRefused(words)  # noqa: TRY301 - told as every refusal
            jobs.append(_seal_photo(file, name, sender, owner))
        except PictureRefused as error:
            faults.append(f"{name}：{error}")
    faults += [f"{job.name}：{job.words}" for job in _worked(desk, owner, jobs)]
    waiting = (Photo(job.key, 0, 0, original_name=job.name) for job in jobs)
    return settled_photos(waiting, desk.store.jobs_of(owner)), tuple(faults)


def photo_keys(desk: Desk, owner: str, photos: tuple[Photo, ...]) -> tuple[str, ...]:
    """The jobs that these photos came from, for a page that comes back with faults."""
    names = {photo.file for photo in photos}
    return tuple(j.key for j in desk.store.jobs_of(owner) if _is_in(j, names))


def photos_of(desk: Desk, owner: str, keys: Collection[str]) -> tuple[Photo, ...]:
    """The photos of these jobs of the owner, chosen before and not refused since."""
    jobs = desk.store.jobs_of(owner)
    chosen = (
        Photo(job.key, 0, 0, original_name=job.name)
        for job in jobs
        if job.key in keys and job.kind is JobKind.PHOTO
    )
    return settled_photos(chosen, jobs)


def take_files(request: HttpRequest, sender: Sender, owner: str) -> tuple[str, ...]:
    """The documents sent under ``file``, sealed; sentences of those not taken.

    Raises:
        NewsroomError: the disk is nearly full.
    """
    desk, files = sender.desk, request.FILES.getlist("file")
    _check_room(desk, files)
    jobs: list[Job] = []
    faults: list[str] = []
    have = {job.key for job in documents_of(desk, owner)}
    for file in files:
        name = file_name(file)
        try:
            job = _seal_document(file, name, sender, owner, have)
        except DocumentRefused as error:
            faults.append(f"{name}：{error}")
            continue
        jobs.append(job)
        have.add(job.key)
    faults += [f"{job.name}：{job.words}" for job in _worked(desk, owner, jobs)]
    return tuple(faults)


def documents_of(desk: Desk, owner: str) -> tuple[Job, ...]:
    """The documents of a draft or submission that were not refused."""
    return tuple(
        job
        for job in desk.store.jobs_of(owner)
        if job.kind is JobKind.DOCUMENT and job.state is not JobState.REFUSED
    )


def file_name(file: UploadedFile[bytes]) -> str:
    """The name of a file as words, never used as a name."""
    return clean_text(file.name or "")[-100:]


def _check_room(desk: Desk, files: list[UploadedFile[bytes]]) -> None:
    if files and shutil.disk_usage(desk.store.folder).free < LEAST_FREE:
        raise NewsroomError(
            "服务器快满了，照片和文件暂时收不了：请先发文字，或打电话告诉编辑"
        )


def _worked(desk: Desk, owner: str, jobs: list[Job]) -> tuple[Job, ...]:
    """Call the worker; those of the jobs that are refused already."""
    if not jobs:
        return ()
    desk.acts.work()
    keys = {job.key for job in jobs}
    return tuple(
        job
        for job in desk.store.jobs_of(owner)
        if job.key in keys and job.state is JobState.REFUSED
    )


def _seal_photo(
    file: UploadedFile[bytes], name: str, sender: Sender, owner: str
) -> Job:
    if (file.size or 0) > MAX_PHOTO_BYTES:
        raise PictureRefused(f"照片太大，请选小于 {MAX_PHOTO_BYTES // MEGABYTE} MB 的")
    data = file.read()
    ending = picture_ending(data[:_SNIFFED])
    refusal = _refusal(data, sender, owner)
    if refusal:
        raise PictureRefused(refusal)
    return _seal(data, f"photo.{ending}", JobKind.PHOTO, name, sender.desk, owner)


def _seal_document(
    file: UploadedFile[bytes], name: str, sender: Sender, owner: str, have: set[str]
) -> Job:
    if (file.size or 0) > MAX_DOCUMENT_BYTES:
        most = MAX_DOCUMENT_BYTES // MEGABYTE
        raise DocumentRefused(f"文件太大，请选小于 {most} MB 的，照片单独发")
    data = file.read()
    ending = document_ending(data[:_SNIFFED], is_text=_ending(name) in TEXTS)
    digest = hashlib.sha256(data).hexdigest()
    if len(have) >= MAX_DOCUMENTS and job_key(owner, digest) not in have:
        raise DocumentRefused(f"一篇最多 {MAX_DOCUMENTS} 个文件，这个没有收")
    refusal = _refusal(data, sender, owner)
    if refusal:
        raise DocumentRefused(refusal)
    return _seal(data, f"file.{ending}", JobKind.DOCUMENT, name, sender.desk, owner)


def _refusal(data: bytes, sender: Sender, owner: str) -> str:
    """Why a file is too much for today; one that came before costs nothing again."""
    digest = hashlib.sha256(data).hexdigest()
    if sender.desk.store.job(job_key(owner, digest)) is not None:
        return ""
    return refusal_of_file(sender, len(data))


def _seal(  # noqa: PLR0913, PLR0917 - what is sealed, and for whom
    data: bytes, kept_as: str, kind: JobKind, name: str, desk: Desk, owner: str
) -> Job:
    digest = hashlib.sha256(data).hexdigest()
    sealed = desk.store.keep_upload(owner, f"{digest[:16]}-{kept_as}", data)
    return desk.store.add_job(
        job_key(owner, digest),
        kind,
        owner=owner,
        file=sealed,
        name=name,
        at=desk.now(),
    )


def _is_in(job: Job, names: set[str]) -> bool:
    """Whether a photo of these names came from this job: sent again, it is no more."""
    return job.key in names or (job.photo is not None and job.photo.file in names)


def _key_of(file: UploadedFile[bytes], owner: str) -> str:
    """The job that a file has, or would have; the file can be read again."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return job_key(owner, digest)


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


def settled_of(desk: Desk, owner: str, photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
    """The photos as the worker has left them by now."""
    return settled_photos(photos, desk.store.jobs_of(owner))


def show_picture(desk: Desk, name: str) -> HttpResponse:
    """A kept picture as an answer that nothing can run in.

    Raises:
        NotFound: there is no such picture.
    """
    path = desk.store.picture_path(name)
    kind = _TYPES[path.suffix.lstrip(".")]
    response = HttpResponse(path.read_bytes(), content_type=kind)
    response.headers["Content-Security-Policy"] = _PICTURE_CSP
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
