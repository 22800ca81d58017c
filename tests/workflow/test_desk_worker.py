"""The desk's server and its worker as real processes, killed in the middle."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar

import psutil
import pytest
from PIL import Image

from newsroom.submission import SubmissionState
from story_store.job_results import JobState
from workflow.clock import now

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"),
]
# The worker stands back for everything else (nice 10), on a busy machine for long.
PATIENCE = 500


@contextmanager
def serving(office):
    """``gonghui serve-desk`` on a free port; ended with all its children."""
    port = _free_port()
    config = office.settings.file
    options = ["--config", str(config), "--port", str(port)]
    child = subprocess.Popen(
        [sys.executable, "-m", "workflow.cli", "serve-desk", *options],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(lambda: _answers(port), "the desk to answer")
        yield child, f"http://127.0.0.1:{port}"
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
            child.wait(PATIENCE)


def _free_port() -> int:
    import socket

    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def _answers(port: int) -> bool:
    with suppress(OSError):
        address = f"http://127.0.0.1:{port}/health"
        return urllib.request.urlopen(address, timeout=5).status == 200
    return False


def _wait(is_so, what: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail(f"waited in vain for {what}")


def _worker_of(server) -> psutil.Process | None:
    for child in psutil.Process(server.pid).children():
        with suppress(psutil.Error):
            if "workflow.desk_worker" in child.cmdline():
                return child
    return None


def photo(shade: int) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((2400, 1800), 60).convert("RGB")
    image.paste((shade, shade, shade), (0, 0, 99, 99))
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


PHOTOS = [photo(9), photo(99)]
FIELDS = {
    "when": "9月18日",
    "place": "安福寺食品工业园",
    "text": "安福寺镇总工会走进食品工业园，为一线职工送去清凉包1200份。",
    "kind": "NEWS",
    "author": "李某文",
    "reviewer": "陈某平",
    "phone": "13800001111",
    "public": "yes",
    "promise": "yes",
}


def send(base: str, token: str, title: str) -> str:
    """A story with two photos by plain HTTP; the number on its receipt."""
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(CookieJar())
    )
    here = f"{base}/s/{token}/whole"
    page = opener.open(here, timeout=PATIENCE).read().decode()
    token_field = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    text = f"{title}：{FIELDS['text']}"  # the same words again would be the same story
    fields = FIELDS | {"title": title, "text": text}
    fields["csrfmiddlewaretoken"] = token_field
    mark = uuid.uuid4().hex
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (mark.encode(), name.encode(), value.encode())
        for name, value in fields.items()
    ]
    for n, data in enumerate(PHOTOS):
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="photo"; '
            f'filename="{n}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        )
        parts += [head.encode(), data, b"\r\n"]
    request = urllib.request.Request(
        here,
        b"".join([*parts, f"--{mark}--\r\n".encode()]),
        {"Content-Type": f"multipart/form-data; boundary={mark}", "Origin": base},
    )
    answer = opener.open(request, timeout=PATIENCE)
    assert "/r/" in answer.url, answer.read().decode()
    return urllib.parse.unquote(answer.url.rsplit("/", 1)[1])


@pytest.fixture
def token(office) -> str:
    with office.store() as store:
        return store.add_link("afs", "李某文", at=now(), duty="工会主席")[1]


def _all_checked(office) -> bool:
    with office.store() as store:
        return all(
            s.state is not SubmissionState.SUBMITTED for s in store.submissions()
        )


def test_a_killed_worker_and_a_killed_server_lose_nothing(office, token):
    """D06: kill -9 of worker and server: every receipt is a story with its photos."""
    numbers = []
    with serving(office) as (server, base):
        _wait(lambda: _worker_of(server) is not None, "the worker")
        for n in range(4):
            numbers.append(send(base, token, f"第{n}篇清凉包送到车间"))
            worker = _worker_of(server)
            if n % 2 and worker is not None:
                os.kill(worker.pid, signal.SIGKILL)
        os.kill(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)
    with serving(office):
        _wait(lambda: _all_checked(office), "all photos to be worked off")
    with office.store() as store:
        kept = {s.number: s for s in store.submissions()}
        jobs = [job for s in kept.values() for job in store.jobs_of(s.key)]
        files = [store.picture_path(p.file) for s in kept.values() for p in s.photos]

    assert sorted(numbers) == sorted(kept)
    assert [2] * 4 == [len(kept[number].photos) for number in numbers]
    assert {JobState.DONE} == {job.state for job in jobs}
    assert all(file.is_file() for file in files)


def test_stopping_ends_the_worker_too(office, token):
    """D08: Ctrl-C ends the server and its worker; what waits is taken up next time."""
    with serving(office) as (server, base):
        _wait(lambda: _worker_of(server) is not None, "the worker")
        worker = _worker_of(server)
        number = send(base, token, "清凉包送到车间")
        server.send_signal(signal.SIGINT)
        code = server.wait(PATIENCE)
        _wait(lambda: not worker.is_running(), "the worker to end")
    with office.store() as store:
        kept = store.submission(number)

    assert code in {0, 130}
    assert 2 == len(kept.photos)
