"""Fifty chairs at once, two photos each: how long a step takes, and what is kept.

    python benchmarks/desk.py [--chairs 50] [--pause 3] [--kill]

``gonghui serve-desk`` runs as the office runs it, server and worker; the chairs are
threads of this process and walk the screens one by one, resting ``--pause`` seconds
at each as a fast typist would (0: none at all). ``--kill`` ends the server with
kill -9 in the middle and starts it again; chairs press the button once more, as the
form does by itself. In the end every receipt must be a story with its two photos.
"""

from __future__ import annotations

import argparse
import http.client
import io
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import psutil
from PIL import Image

if TYPE_CHECKING:
    from workflow.office import Office

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SETTINGS = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"

[crawl]
user_agent = "GonghuiBench/1.0 (+mailto:bench@example.org)"

[desk]
unit_daily = 200

[[calendar]]
year = 2026
holidays = []

[[sources]]
id = "jcbs"
name = "镇街基层报送"
tier = "zhen"
kind = "local"
"""
LAST = {"author": "李某文", "reviewer": "陈某平", "phone": "13800001111"}
LAST |= {"public": "yes", "promise": "yes", "go": "on"}
TRIES = 60


@dataclass
class Tally:
    """What the chairs saw: seconds of each step by its name, receipts, tries again."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, step: str, seconds: float) -> None:
        """Note how long a step took until its answer was there."""
        with self.lock:
            self.steps.setdefault(step, []).append(seconds)


class Chair(threading.Thread):
    """A correspondent who hands in one story with two photos."""

    def __init__(
        self, number: int, port: int, token: str, pause: float, tally: Tally
    ) -> None:
        super().__init__()
        self.number, self.port, self.token = number, port, token
        self.pause, self.tally = pause, tally
        self.chance = random.Random(number)
        self.line: http.client.HTTPConnection | None = None
        self.cookie = ""

    def run(self) -> None:
        """Walk the form from the link to the receipt."""
        base = f"/s/{self.token}"
        time.sleep(self.chance.uniform(0, self.pause))
        page = self.ask("open", "GET", f"{base}/")[1]
        form = self.post("start", f"{base}/new", page, {})[0]
        here = form.rpartition("/")[0]
        page = self.ask("topic page", "GET", form)[1]
        told = f"第{self.number}号清凉包送到车间\n{self.words()}"
        for step, values in (
            ("topic", {"topic": "free"}),
            ("when", {"when": "9月18日", "place": "食品工业园", "go": "on"}),
            ("said", {"said": told, "go": "on"}),
        ):
            self.post(step, f"{here}/{step}", page, values)
        for n in range(2):
            photo = photo_of(2 * self.number + n)
            self.post("photo", f"{here}/photos", page, {"go": "add"}, photo)
        page = self.ask("photos page", "GET", f"{here}/photos")[1]
        captions = {f"caption{n}": f"职工领取清凉包{n}" for n in range(2)}
        self.post("captions", f"{here}/photos", page, captions | {"go": "on"})
        page = self.ask("draft page", "GET", f"{here}/draft")[1]
        title, text = told.split("\n", 1)
        self.post(
            "draft", f"{here}/draft", page, {"title": title, "text": text, "go": "on"}
        )
        receipt = self.post("send", f"{here}/send", page, LAST)[0]
        with self.tally.lock:
            self.tally.receipts.append(urllib.parse.unquote(receipt.rsplit("/", 1)[1]))

    def words(self) -> str:
        """A text that no other chair sends."""
        return (
            f"安福寺镇总工会走进第{self.number}车间，"
            f"为一线职工送去清凉包{1200 + self.number}份，核对高温津贴23人次。"
        )

    def post(
        self,
        step: str,
        path: str,
        page: str,
        values: dict[str, str],
        photo: bytes | None = None,
    ) -> tuple[str, str]:
        """Send a form as the page's script does."""
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
        mark = uuid.uuid4().hex
        fields = values | {"csrfmiddlewaretoken": token[1] if token else ""}
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{value}\r\n".encode()
            for name, value in fields.items()
        ]
        if photo is not None:
            head = 'Content-Disposition: form-data; name="photo"; filename="a.jpg"'
            parts.append(f"--{mark}\r\n{head}\r\n\r\n".encode() + photo + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        kind = f"multipart/form-data; boundary={mark}"
        time.sleep(self.chance.uniform(0.5, 1.5) * self.pause)
        return self.ask(step, "POST", path, body, kind)

    def ask(
        self, step: str, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[str, str]:
        """Ask until there is an answer; where it leads to, and its text."""
        for _ in range(TRIES):
            started = time.perf_counter()
            try:
                answer, text = self.once(method, path, body, kind)
            except (OSError, http.client.HTTPException):
                self.line = None
                with self.tally.lock:
                    self.tally.again += 1
                time.sleep(1)
                continue
            self.tally.note(step, time.perf_counter() - started)
            if answer.status in {200, 302}:
                return answer.headers.get("Location", ""), text
            raise SystemExit(f"{method} {step}: {answer.status} {text[:300]}")
        raise SystemExit(f"{step}: no answer")

    def once(
        self, method: str, path: str, body: bytes, kind: str
    ) -> tuple[http.client.HTTPResponse, str]:
        """One request on the line that is kept open."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        if kind:
            headers["Content-Type"] = kind
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer, text


def photo_of(number: int) -> bytes:
    """A photo as the phone's browser sends it, 2048 pixels long, about 500 KB."""
    image = Image.effect_noise((512, 384), 50).resize((2048, 1536)).convert("RGB")
    image.paste((number % 250, number % 240, number % 230), (0, 0, 99, 99))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def make_office(folder: Path) -> Office:
    """An office that has its settings only."""
    from config import load_settings
    from workflow.clock import now
    from workflow.office import Office

    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
    return Office(load_settings(folder / "config.toml"), now())


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """``gonghui serve-desk``, once it answers."""
    options = ["--config", str(folder / "config.toml"), "--port", str(port)]
    child = subprocess.Popen(
        [sys.executable, "-m", "workflow.cli", "serve-desk", *options],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    while child.poll() is None:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health")
            line.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return child
    raise SystemExit("serve-desk did not start")


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def measure(folder: Path, chairs: int, pause: float, *, kill: bool) -> None:
    """Let the chairs in, print their times, and count what is kept."""
    from workflow.clock import now

    office = make_office(folder)
    units = [u.id for u in office.settings.rules.units.units if u.enabled]
    with office.store() as store:
        tokens = [
            store.add_link(units[n % len(units)], f"第{n}位主席", at=now())[1]
            for n in range(chairs)
        ]
    port = free_port()
    server = start(folder, port)
    tally, began = Tally(), time.perf_counter()
    crowd = [Chair(n, port, token, pause, tally) for n, token in enumerate(tokens)]
    for chair in crowd:
        chair.start()
    if kill:
        while len(tally.receipts) < chairs // 5 and any(c.is_alive() for c in crowd):
            time.sleep(0.05)
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        server = start(folder, port)
    for chair in crowd:
        chair.join()
    took = time.perf_counter() - began
    waiting = wait_for_worker(office)
    cpu = [sum(p.cpu_times()[:2]) for p in family(server.pid)]
    server.send_signal(signal.SIGINT)
    server.wait()
    tell(tally, took, waiting, cpu)
    judge(office, tally, chairs)


def family(pid: int) -> list[psutil.Process]:
    """The server and its worker."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def wait_for_worker(office: Office) -> float:
    """How many seconds after the last receipt all photos are ready."""
    began = time.perf_counter()
    with office.store() as store:
        while store.jobs_waiting():
            time.sleep(0.1)
    return time.perf_counter() - began


def tell(tally: Tally, took: float, waiting: float, cpu: list[float]) -> None:
    """Print a line a step, and one for all."""
    everything = [s for seconds in tally.steps.values() for s in seconds]
    for step, seconds in (*tally.steps.items(), ("all steps", everything)):
        p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
        print(
            f"{step:<12} {len(seconds):>5}  median {median(seconds) * 1000:>6.0f} ms"
            f"  p95 {p95 * 1000:>6.0f} ms  most {max(seconds) * 1000:>6.0f} ms"
        )
    print(
        f"{took:.1f} s until the last receipt, photos ready {waiting:.1f} s later, "
        f"{cpu[0]:.1f} CPU s of the server, {sum(cpu[1:]):.1f} of the worker, "
        f"{tally.again} tries again, load {os.getloadavg()[0]:.1f}"
    )


def judge(office: Office, tally: Tally, chairs: int) -> None:
    """Compare the receipts with what is kept; leave with 1 when one is lost."""
    with office.store() as store:
        kept = {one.number: one for one in store.submissions()}
        whole = [
            number
            for number in tally.receipts
            if number in kept
            and sum(store.picture_path(p.file).is_file() for p in kept[number].photos)
            == 2  # noqa: PLR2004 - two photos a chair
        ]
    print(
        f"receipts {len(tally.receipts)} of {chairs}, stories {len(kept)}, "
        f"with both photos {len(whole)}"
    )
    if not len(set(tally.receipts)) == len(kept) == len(whole) == chairs:
        raise SystemExit(1)


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chairs", type=int, default=50)
    parser.add_argument("--pause", type=float, default=3.0)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    from workflow.desk_office import use_django_settings

    use_django_settings()
    with tempfile.TemporaryDirectory(prefix="gonghui-bench-") as folder:
        measure(Path(folder), options.chairs, options.pause, kill=options.kill)


if __name__ == "__main__":
    main()
