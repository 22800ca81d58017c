"""What the forms of one edition cost, each and together; beside the bare engines.

    python benchmarks/forms.py [--entries 14 30] [--rounds 3]

An invented office (``filled_office``) issues and releases an edition of so many
entries, an ordinary day's and a full day's; four of ten are its own, three of ten have
a photo of 1600 x 1067. Each line is a process of its own that opens the office and
its store; then the time of making runs, by the door that the morning and the release
use (``workflow.forming``), with all children that it starts: wall and CPU seconds, the
best of the rounds. MB is the most that the process and its children held together
(PSS), beginning with what it holds before it makes anything (first line).

Beside it, in the same run: typst by itself in a fresh process with whole fonts, of the
very templates and values (a card's photo comes after typst); python-docx by itself with
the same paragraphs and pictures, as loaded. Feeds and data are those that show the
edition: feeds, calendar of deadlines, the edition as JSON, texts and briefing of both
trees. Compare ratios only.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from newsroom.edition import Edition, Entry
    from site_builder.given import Audience
    from workflow.office import Office

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

STORIES = 400
AS_OF = "2026-09-21T08:00"
PHOTO = (1600, 1067)
BASE_URL = 'base_url = "https://gonghui.example/"'
SET_BY_TYPST = ("pdf", "long", "cards")
FED = ("feeds/", "data/", "briefing/")
OF_TEN, OWN, PICTURED = 10, 4, 3  # of ten entries so many
BARE = """
import json, sys, typst
from pathlib import Path
told = json.loads(Path(sys.argv[1]).read_text("utf-8"))
template, root = Path(told["template"]), told["root"]
own = str(template.parent) == root
made = typst.compile(
    str(template) if own else template.read_bytes(), root=root,
    sys_inputs={"given": told["given"]}, format=told["form"], ppi=72.0,
    font_paths=typst.Fonts(include_embedded_fonts=False),
)
"""


@dataclass(frozen=True)
class Cost:
    """What making took: seconds, CPU seconds, most MB held, KB made."""

    wall: float
    cpu: float
    megabytes: float
    kilobytes: float = 0.0


def main() -> None:
    """Print a table for each edition."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[14, 30])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        _step(options.step[0], Path(options.step[1]), options.entries[0])
        return
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="gonghui-forms-") as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
        for entries in options.entries:
            place = Path(folder) / str(entries)
            place.mkdir()
            _measure(place, entries, options.rounds)


def _measure(folder: Path, entries: int, rounds: int) -> None:
    """One edition: fill the office, then a line for each form and its baseline."""
    for step in ("fill", "orders"):
        _run(step, folder, entries)
    print(
        f"{entries} entries{'':18}    wall s   CPU s     MB      KB   of the baseline"
    )

    def best(step: str) -> Cost:
        costs = [_cost(step, folder, entries) for _ in range(rounds)]
        return min(costs, key=lambda cost: cost.wall)

    _say("opened, nothing made", best("nothing"))
    for name in ("pdf", "docx", "wechat", "long", "cards", "text", "mail", "feeds"):
        cost = best(name)
        if name in SET_BY_TYPST:
            bare = _bare(folder / f"{name}.json", rounds)
            _say(name, cost, cost.wall / bare.wall)
            _say("  bare typst, a process", bare)
        elif name == "docx":
            plain = best("plain")
            _say(name, cost, cost.wall / plain.wall)
            _say("  bare python-docx", plain)
        else:
            _say(name, cost)
    _say("cards that are kept", best("kept"))
    _say("all together", best("all"))
    print(flush=True)


def _say(name: str, cost: Cost, ratio: float = 0.0) -> None:
    beside = f"{ratio:8.2f}" if ratio else ""
    print(
        f"{name:28} {cost.wall:8.2f} {cost.cpu:7.2f} {cost.megabytes:6.0f}"
        f" {cost.kilobytes:7.0f} {beside}",
        flush=True,
    )


def _command(step: str, folder: Path, entries: int) -> list[str]:
    told = ["--step", step, str(folder), "--entries", str(entries)]
    return [sys.executable, __file__, *told]


def _run(step: str, folder: Path, entries: int) -> None:
    subprocess.run(_command(step, folder, entries), check=True)


def _cost(step: str, folder: Path, entries: int) -> Cost:
    """What a step says of itself, and the most memory that was seen of it."""
    said, most, _ = _watched(_command(step, folder, entries))
    wall, cpu, size = map(float, said.split())
    return Cost(wall, cpu, most, size / 1000)


def _bare(order: Path, rounds: int) -> Cost:
    costs = []
    for _ in range(rounds):
        began = time.perf_counter()
        _, most, cpu = _watched([sys.executable, "-I", "-c", BARE, str(order)])
        costs.append(Cost(time.perf_counter() - began, cpu, most))
    return min(costs, key=lambda cost: cost.wall)


def _watched(command: list[str]) -> tuple[str, float, float]:
    """What a process wrote, the most MB of it and its children, its CPU seconds."""
    before = os.times()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        most = [0.0]
        watch = threading.Thread(target=_watch, args=(child.pid, most))
        watch.start()
        said, _ = child.communicate()
        watch.join()
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    after = os.times()
    used = after.children_user + after.children_system
    cpu = used - before.children_user - before.children_system
    return said.decode(), most[0], cpu


def _watch(pid: int, most: list[float]) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            held = 0
            for one in (process, *process.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    held += _held(one)
            most[0] = max(most[0], held / 2**20)
            time.sleep(0.02)


def _held(process: psutil.Process) -> int:
    """Its memory; pages that processes share are counted once, in parts, on Linux."""
    return getattr(process.memory_full_info(), "pss", process.memory_info().rss)


def _step(step: str, folder: Path, entries: int) -> None:
    """One process: fill the office, note what typst is given, or make and measure."""
    if step == "fill":
        _fill(folder, entries)
    elif step == "orders":
        _note_orders(folder)
    elif step == "plain":
        _timed(_plain_docx(folder))
    else:
        with _opened(folder) as (office, store):
            _timed(_maker(step, office, store))


def _timed(make: Callable[[], int]) -> None:
    """Print seconds, CPU seconds of this process and its children, and bytes made."""
    began, before = time.perf_counter(), os.times()
    size = make()
    wall, after = time.perf_counter() - began, os.times()
    print(wall, sum(after[:4]) - sum(before[:4]), size)


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Office, Any]]:
    from workflow import building, forming, morning  # noqa: F401 - as the morning has them
    from workflow.office import open_office

    office = open_office(folder / "config.toml", AS_OF)
    with office.store() as store:
        yield office, store


def _maker(step: str, office: Office, store: Any) -> Callable[[], int]:  # noqa: ANN401 - the store's class comes with Django
    if step == "nothing":
        return lambda: 0
    if step == "mail":
        return lambda: _mail(office, store)
    if step == "feeds":
        return lambda: _feeds(office, store)
    if step == "all":
        _forget_cards(office)
        return lambda: (
            _forms(office, store) + _mail(office, store) + _feeds(office, store)
        )
    if step == "cards":
        _forget_cards(office)
    return lambda: _forms(office, store, "cards" if step == "kept" else step)


def _forms(office: Office, store: Any, *only: str) -> int:  # noqa: ANN401 - see above
    from filled_office import LAST_DAY

    from workflow.forming import make_day_forms

    made = make_day_forms(office, store, LAST_DAY, only=only)
    if made.faults:
        raise SystemExit(str(made.faults))
    return sum(file.stat().st_size for some in made.files.values() for file in some)


def _mail(office: Office, store: Any) -> int:  # noqa: ANN401 - see above
    """The letter, and the message to one person."""
    from email.headerregistry import Address

    from filled_office import LAST_DAY

    from site_builder.forms.content import content_of
    from site_builder.forms.mail_letter import letter_of, message_of
    from site_builder.forms.preview import public_preview
    from workflow.forming import edition_of, form_given

    edition = edition_of(store, LAST_DAY)
    given = form_given(office, store, edition)
    content = content_of(*public_preview(given, edition))
    letter = letter_of(content, reply_to="news@gonghui.example")
    message = message_of(
        letter,
        sender=Address("枝江工会", addr_spec="news@gonghui.example"),
        recipient=Address(addr_spec="reader@gonghui.example"),
        message_id="<1@gonghui.example>",
        sent=edition.issued_at,
    )
    return len(message.as_bytes())


def _feeds(office: Office, store: Any) -> int:  # noqa: ANN401 - see above
    """Feeds, calendar, open data and briefings of both trees that show the day."""
    from site_builder.given import Audience

    return sum(_fed(office, store, audience) for audience in Audience)


def _fed(office: Office, store: Any, audience: Audience) -> int:  # noqa: ANN401 - see above
    from filled_office import LAST_DAY

    from site_builder.assets import read_assets
    from site_builder.ground import read_ground
    from site_builder.plan import plan
    from site_builder.planner import make_planner
    from site_builder.render import make_environment, render
    from site_builder.shown import show
    from workflow.building import site_given

    shown = show(site_given(office, store), audience)
    planner = make_planner(shown, read_assets(), read_ground(shown.given, audience))
    environment, size = make_environment(), 0
    for job in plan(planner):
        of_day = job.path.startswith("feeds/") or LAST_DAY.isoformat() in job.path
        if job.path.startswith(FED) and of_day:
            shown.stories.fetch(job.needs)
            size += len(render(job.make(planner, *job.about), environment))
    return size


def _forget_cards(office: Office) -> None:
    for file in (office.data / "releases" / "cards").glob("*"):
        file.unlink()


def _note_orders(folder: Path) -> None:
    """Keep what each template is given, and make every form once."""
    from site_builder.forms import long_picture, pdf, share_cards

    modules = {"pdf": pdf, "long": long_picture, "cards": share_cards}
    for name, module in modules.items():
        noted = _noting(module.typeset, folder / f"{name}.json")
        module.typeset = noted  # type: ignore[attr-defined]
    with _opened(folder) as (office, store):
        _forms(office, store)


def _noting(typeset: Any, file: Path) -> Any:  # noqa: ANN401 - stands in for typeset
    from site_builder.assets import TEMPLATES

    def noted(template: str, values: Any, setter: Any, **more: Any) -> Any:  # noqa: ANN401 - see above
        place, pictures = TEMPLATES / "briefing", more.get("pictures")
        if pictures:  # they go when the form is set
            pictures = shutil.copytree(
                pictures, file.with_suffix(""), dirs_exist_ok=True
            )
        told = {
            "template": str(place / template),
            "root": str(pictures or place),
            "given": json.dumps(dict(values) | {"fonts": setter.shelf.chains()}),
            "form": more["form"],
        }
        file.write_text(json.dumps(told), encoding="utf-8")
        return typeset(template, values, setter, **more)

    return noted


def _plain_docx(folder: Path) -> Callable[[], int]:
    """python-docx with the paragraphs and pictures of our document, and no more."""
    import docx

    (made,) = (folder / "data" / "releases").glob("*/internal/*.docx")
    document = docx.Document(str(made))
    words = [paragraph.text for paragraph in document.paragraphs]
    pictures = [
        part.blob
        for part in document.part.package.iter_parts()
        if part.content_type == "image/jpeg"
    ]

    def make() -> int:
        plain, out = docx.Document(), io.BytesIO()
        for text in words:
            plain.add_paragraph(text)
        for picture in pictures:
            plain.add_picture(io.BytesIO(picture))
        plain.save(out)
        return len(out.getvalue())

    return make


def _fill(folder: Path, entries: int) -> None:
    """The office, and its last edition with so many entries, photos and both names."""
    from filled_office import LAST_DAY, fill, make_office

    from newsroom.edition import Release

    config = make_office(folder)
    words = config.read_text("utf-8").replace('base_url = ""', BASE_URL)
    config.write_text(words, encoding="utf-8")
    fill(config, STORIES)
    with _opened(folder) as (office, store):
        first = STORIES - entries
        photos = _photos(office.data / "pictures", PICTURED * entries // OF_TEN)
        stories = store.stories(ids=range(first + 1, STORIES + 1))
        edition = store.edition(LAST_DAY)
        for place, story in enumerate(stories):
            store.save_story(replace(story, own=place % OF_TEN < OWN), ())
        store.issue(_carrying(edition, list(stories), photos))
        signed = Release("李编辑", "王签发", office.now, "")
        store.release(LAST_DAY, signed)


def _carrying(edition: Edition, stories: list[Any], photos: list[str]) -> Edition:
    from filled_office import COLUMNS, entry_of

    entries: list[Entry] = []
    for place, story in enumerate(stories):
        entry = replace(entry_of(story), own=place % OF_TEN < OWN)
        if place % OF_TEN < PICTURED and photos:
            caption = "慰问小组走进车间"
            entry = replace(entry, picture=photos.pop(), picture_caption=caption)
        entries.append(entry)
    columns = tuple(
        (column, tuple(entries[at :: len(COLUMNS)]))
        for at, column in enumerate(COLUMNS)
    )
    return replace(edition, columns=columns)


def _photos(folder: Path, count: int) -> list[str]:
    """Files like photos in the store of pictures: soft shapes and some grain."""
    from PIL import Image

    dice, names = random.Random(20260921), []
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(count):
        shapes = Image.frombytes("RGB", (12, 8), dice.randbytes(12 * 8 * 3))
        grain = Image.frombytes("RGB", (400, 267), dice.randbytes(400 * 267 * 3))
        layers = [
            one.resize(PHOTO, Image.Resampling.BICUBIC) for one in (shapes, grain)
        ]
        out = io.BytesIO()
        Image.blend(*layers, 0.15).save(out, "JPEG", quality=85)
        name = f"{hashlib.sha256(out.getvalue()).hexdigest()}.jpg"
        (folder / name).write_bytes(out.getvalue())
        names.append(name)
    return names


if __name__ == "__main__":
    main()
