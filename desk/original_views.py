"""The sealed originals of a submission, for the editor who must read one by hand.

They are handed out as files to save, never shown: nothing of them runs in the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.guards import signed_in
from desk.inbox_views import frame
from desk.opened import Open, find_story
from newsroom.errors import NotFound
from newsroom.roles import Act, Person

_CSP = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Original:
    """One sealed file: where it lies in its folder, what its sender called it."""

    path: str
    name: str
    kilobytes: int
    words: str = ""


@require_safe
@signed_in(Act.READ)
def originals(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """The list of what came, with why something was not read."""
    opened = find_story(person, number)
    page = frame(request, person) | {
        "submission": opened.review.submission,
        "files": list_originals(opened),
    }
    return render(request, "desk/originals.html", page)


@require_safe
@signed_in(Act.READ)
def original(
    request: HttpRequest,  # noqa: ARG001 - a view
    person: Person,
    number: str,
    name: str,
) -> HttpResponseBase:
    """One original as a file to save."""
    opened = find_story(person, number)
    folder = _folder(opened)
    file = (folder / name).resolve() if folder else None
    if folder is None or file is None or not file.is_relative_to(folder):
        raise NotFound("没有这份原件")
    if not file.is_file():
        raise NotFound("没有这份原件")
    known = {one.path: one.name for one in list_originals(opened)}
    response = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=known.get(name, file.name),
        content_type="application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = _CSP
    return response


def list_originals(opened: Open) -> tuple[Original, ...]:
    """The sealed files of a submission, by the names that their sender gave."""
    folder = _folder(opened)
    if folder is None:
        return ()
    jobs = opened.desk.store.jobs_of(opened.review.submission.key)
    known = {Path(job.file).name: job for job in jobs}
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        job = known.get(file.name)
        name = job.name if job and job.name else file.name
        words = job.words if job else ""
        path = file.relative_to(folder).as_posix()
        found.append(Original(path, name, file.stat().st_size // 1024 + 1, words))
    return tuple(found)


def _folder(opened: Open) -> Path | None:
    """Where the originals lie, None when they are gone or there were none."""
    sealed = opened.review.submission.original
    store = opened.desk.store.folder
    folder = (store / sealed).resolve()
    inside = folder.is_relative_to((store / "originals").resolve())
    return folder if sealed and inside and folder.is_dir() else None
