"""Waitress around the desk: a few threads, bounded bodies, patient with slow lines."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask
from waitress.wasyncore import close_all

from desk.guards import CSP, LARGEST_BODY
from newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from workflow.office import Office

_FAULT = 500
_WORDS = {
    413: "发来的东西太大了：照片请分几次发，每张不超过 25 MB。您写的没有丢，请返回",
}
_FAILED = "编辑台出了问题，您写的没有丢：请返回，过一会儿再试；还不行请打电话告诉编辑"
_NOT_UNDERSTOOD = "没有收全，可能是信号断了：请返回再发一次，不会发重"
_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>没有收到</title>'
    '<link rel="stylesheet" href="/assets/site.css">'
    '<link rel="stylesheet" href="/assets/form.css">'
    '<body class="form-page"><main class="form-main"><h1>没有收到</h1>'
    '<p class="notice">{words}。</p></main></body></html>'
)
_REFUSAL_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
)
THREADS = 8
# A queue of a few is what fifty chairs make; it is no news for the office's console.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
# Neither is a page that was refused: whoever asked has read why, in our words.
logging.getLogger("django.request").setLevel(logging.ERROR)
CONNECTIONS = 300


class _KindRefusal(ErrorTask):  # type: ignore[misc]
    """What waitress refuses before any page sees it, in words a chair can use."""

    def execute(self) -> None:
        code = self.request.error.code
        words = _WORDS.get(code, _FAILED if code >= _FAULT else _NOT_UNDERSTOOD)
        body = _PAGE.format(words=words).encode()
        self.status = f"{code} {self.request.error.reason}"
        self.response_headers.extend(_REFUSAL_HEADERS)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A line to a browser."""

    error_task_class = _KindRefusal


def open_desk_server(
    application: Any,  # noqa: ANN401 - a WSGI application
    host: str,
    port: int,
    *,
    proxied: bool = False,
) -> Any:  # noqa: ANN401 - waitress has no types
    """A bound server; ``run`` serves until it is closed.

    A body is taken in whole by the main thread before a worker sees it, so slow
    senders hold no worker (reliability: A57). Headers of a proxy on this machine are
    believed only when the office has named its https address.

    Raises:
        NewsroomError: the port is taken.
    """
    proxy = (
        {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
        if proxied
        else {}
    )
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            max_request_body_size=LARGEST_BODY,
            channel_timeout=120,
            ident="",
            clear_untrusted_proxy_headers=True,
            **proxy,
        )
    except OSError as error:
        raise NewsroomError(
            f"端口 {port} 打不开（{error.strerror or error}）：可能已经开着一个，"
            "先关掉它，或用 --port 换一个"
        ) from error
    server.channel_class = _Channel
    return server


@contextmanager
def desk_in_thread(application: Any, **options: Any) -> Iterator[int]:  # noqa: ANN401 - as above
    """The desk on a free port of loopback beside its caller; gives the port.

    It is closed by the thread that serves, after the workers: a socket closed by
    another thread is still in the list that ``select`` is about to look at.
    """
    server = open_desk_server(application, "127.0.0.1", 0, **options)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: close_all(server._map))  # noqa: SLF001 - waitress has no other way
        thread.join(60)


def announce_desk(
    office: Office, host: str, port: int, out: Console, *, has_people: bool
) -> None:
    """Say where the desk is, and what to do first."""
    named = office.settings.desk.address
    address = named or f"http://{host}:{port}"
    out.print(f"编辑台：[bold]{address}/desk/[/]　（按 Ctrl-C 结束）")
    if not has_people:
        out.print("还没有账号：另开一个窗口运行 [bold]gonghui desk setup[/]")
    if not named and host != "127.0.0.1":
        out.print(
            "[yellow]注意：[/]现在是 http，同一网络里的人可能看到传输的内容，"
            "只在可信的办公室网络里用；对外开放要有域名和 https（见 docs/desk.md）"
        )
