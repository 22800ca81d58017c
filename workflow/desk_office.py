"""The desk made ready: Django's settings filled in, the workflow's acts handed over.

The desk may not import the workflow; it is given what only the workflow can do.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsroom.edition import Edition
from newsroom.source import SourceReport
from newsroom.submission import Door, Submission
from site_builder.given import Audience
from story_store.disk import write_whole
from submissions.pasted import PasteAnswer
from workflow.building import build_tree
from workflow.desk_pages import make_pages
from workflow.desk_work import settle, work_off
from workflow.issuing import plan_edition
from workflow.pasting import take_pasted
from workflow.releasing import release_edition
from workflow.run_lock import RunBusy, run_lock
from workflow.settings_watch import SettingsWatch

if TYPE_CHECKING:
    from desk.office import Acts, Desk
    from story_store.store import Store
    from workflow.office import Office

MODULE = "workflow.django_settings"
_KEY = "desk/secret.key"
_WAIT = 5  # seconds
_BUSY = (
    "前面的任务（例如早晨任务）还没有跑完，这一步现在办不了：等几分钟再点一次，"
    "排好的都在"
)


def use_django_settings() -> None:
    """Let Django read the desk's settings; before the store is first imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", MODULE)


def make_desk(
    office: Office,
    store: Store,
    *,
    now: Callable[[], datetime],
    hosts: Sequence[str],
    wake: Callable[[], None] | None = None,
) -> Desk:
    """The desk of an office over its open store, put in place for the views.

    ``hosts`` are the names under which it may be asked for; ``wake`` calls the worker
    to the jobs, without it they are worked off in the request that made them.
    """
    from desk.office import Desk, open_desk

    address = office.settings.desk.address
    _fill_settings(office, hosts, is_https=bool(address))
    watch = SettingsWatch(office.settings)

    def refresh() -> None:
        settings = watch.changed()
        if settings is not None:
            fresh = replace(office, settings=settings)
            make_desk(fresh, store, now=now, hosts=hosts, wake=wake)

    acts = make_acts(office, store, now=now, wake=wake)
    desk = Desk(
        settings=office.settings,
        store=store,
        now=now,
        acts=replace(acts, refresh=refresh),
        output=office.output,
        address=address,
    )
    open_desk(desk)
    return desk


def make_acts(
    office: Office,
    store: Store,
    *,
    now: Callable[[], datetime],
    wake: Callable[[], None] | None = None,
) -> Acts:
    """What only the workflow can do, as functions of the time."""
    from desk.office import Acts

    def check(submission: Submission, at: datetime) -> Submission:
        # what the worker has done since the form was read is put in first
        return settle(office, store, submission.key, now=lambda: at) or submission

    def plan(at: datetime) -> Edition:
        return plan_edition(replace(office, now=at), store, _reports(store))

    def issue(at: datetime) -> Edition:
        today = replace(office, now=at)
        with _at_the_trees(office, at):
            planned = plan_edition(today, store, _reports(store), edited=True)
            edition = store.issue(planned)
            build_tree(today, store, Audience.INTERNAL)
        return edition

    def release(day: date, edited_by: str, signed_by: str, at: datetime) -> Edition:
        today = replace(office, now=at)
        with _at_the_trees(office, at):
            edition, _ = release_edition(
                today, store, day, edited_by=edited_by, signed_by=signed_by
            )
        return edition

    def paste(
        text: str, unit: str, door: Door, by: str | None, at: datetime
    ) -> tuple[PasteAnswer, ...]:
        today = replace(office, now=at)
        return take_pasted(today, store, text, unit=unit, door=door, by=by)

    def work_here() -> None:
        work_off(office, store, now=now)

    return Acts(
        check=check,
        plan=plan,
        issue=issue,
        release=release,
        work=wake or work_here,
        refresh=lambda: None,
        paste=paste,
        pages=make_pages(office, store, plan, work=wake or work_here),
    )


@contextmanager
def _at_the_trees(office: Office, at: datetime) -> Iterator[None]:
    """Hold the run lock for an act of somebody who waits for the page.

    Raises:
        RunBusy: another run has it for longer than one waits for a page.
    """
    with ExitStack() as held:
        try:
            held.enter_context(run_lock(office.data, at, wait=_WAIT))
        except RunBusy as error:
            raise RunBusy(_BUSY) from error
        yield


def make_application() -> Any:  # noqa: ANN401 - a WSGI application
    """The WSGI application of the desk that was made last, with all of its pages.

    They are loaded here: what cannot be loaded must not wait for the first request.

    Raises:
        ModuleNotFoundError: a component is not installed, e.g. after an upgrade.
    """
    from django.core.wsgi import get_wsgi_application

    import workflow.django_urls  # noqa: F401 - loads every view
    from desk.office import the_desk

    serve = get_wsgi_application()

    def noted(
        environ: dict[str, Any],
        start: Any,  # noqa: ANN401 - WSGI's own
    ) -> Any:  # noqa: ANN401 - WSGI's own
        answer = serve(environ, start)
        if environ["REQUEST_METHOD"] == "POST":  # a small build may read the store
            the_desk().store.note_standing()
        return answer

    return noted


def _reports(store: Store) -> tuple[SourceReport, ...]:
    report = store.latest_report()
    return report.sources if report else ()


def _fill_settings(office: Office, hosts: Sequence[str], *, is_https: bool) -> None:
    from django.conf import settings

    known = [*hosts]
    host = urlsplit(office.settings.desk.address).hostname
    settings.ALLOWED_HOSTS = [*known, host] if host else known
    settings.SECRET_KEY = _secret_key(office)
    settings.CSRF_COOKIE_SECURE = is_https
    settings.CSRF_COOKIE_NAME = "__Host-csrf" if is_https else "csrftoken"
    settings.CSRF_TRUSTED_ORIGINS = [office.settings.desk.address] if is_https else []


def _secret_key(office: Office) -> str:
    """Made at the first start and kept; readable by this account alone."""
    file = office.data / _KEY
    if not file.is_file():
        write_whole(file, secrets.token_urlsafe(48).encode())
        file.chmod(0o600)
    return file.read_text(encoding="ascii")
