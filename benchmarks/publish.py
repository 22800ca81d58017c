"""What publishing costs: everything, nothing changed, one page changed; beside rsync.

    python benchmarks/publish.py [--files 50000]

Each step is a process of its own, start-up included, on a tree of small pages and a
local folder. ``rsync -a --delete`` of the same two folders is the baseline where it is
present. Compare ratios only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PUBLISH = ("-m", "workflow", "publish", "--config")
HOST = '\n[[hosts]]\nname = "ben"\nkind = "folder"\nfolder = "host"\n'


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=50_000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory(prefix="gonghui-bench-") as name:
        folder = Path(name)
        make_office(folder, count)
        ours = [sys.executable, *PUBLISH, str(folder / "config.toml")]
        measure("publish all", ours)
        measure("publish, nothing changed", ours)
        replace_front(folder, "new")
        measure("publish, one page changed", ours)
        if rsync := shutil.which("rsync"):
            source, target = f"{folder / 'output' / 'public'}/", str(folder / "other")
            copy = [rsync, "-a", "--delete", source, target]
            measure("rsync all", copy)
            measure("rsync, nothing changed", copy)


def make_office(folder: Path, count: int) -> None:
    """An office whose public tree has so many pages of 4 KB."""
    shutil.copytree(ROOT / "config", folder / "config")
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    (folder / "config.toml").write_text(text + HOST, encoding="utf-8")
    tree = folder / "output" / "public"
    for number in range(count):
        page = tree / "stories" / f"{2020 + number % 7}" / f"{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<!doctype html><p>{number}</p>" + "工会" * 680, "utf-8")
    replace_front(folder, "old")
    told = '{"audience": "public", "day": "2026-09-21"}'
    (tree / "edition.json").write_text(told, encoding="utf-8")


def replace_front(folder: Path, words: str) -> None:
    """A new front page, put in place as the builder does it."""
    new = folder / "output" / "next.html"
    new.write_text(f"<!doctype html><p>{words}</p>", encoding="utf-8")
    new.replace(folder / "output" / "public" / "index.html")


def measure(words: str, command: list[str]) -> None:
    """Run a command and print its wall and CPU seconds and most MB."""
    began, before = time.perf_counter(), os.times()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )
    wall, after = time.perf_counter() - began, os.times()
    used = after.children_user + after.children_system
    cpu = used - before.children_user - before.children_system
    print(f"{words:28} {wall:7.2f} s wall {cpu:7.2f} s CPU")
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
