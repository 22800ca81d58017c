"""The restore drill at full size: three years of an office, backed up and restored.

    python benchmarks/restore.py [--stories 5000] [--photos 10000] [--kilobytes 60]

Times the commands ``gonghui backup``, ``gonghui restore`` and ``gonghui build`` on the
restored folder (reliability: D34 wants all of it within ten minutes), and compares
every kept file and every row of the database.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from filled_office import (  # noqa: E402 - found by the line above
    fill,
    make_office,
)

AS_OF = ("--as-of", "2026-09-21T08:00")


def main() -> None:
    """Print a line for each command, and whether all came back."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--stories", type=int, default=5_000)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=60, help="a photo")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gonghui-bench-") as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        old.mkdir()
        config = make_office(old)
        fill(config, options.stories)
        _write_photos(old / "data" / "pictures", options.photos, options.kilobytes)
        file = Path(folder) / "backup.zip"
        seconds = _run("backup", str(file), "--config", str(config))
        print(f"  {file.stat().st_size / 1e6:.0f} MB")
        seconds += _run("restore", str(file), "--to", str(new))
        seconds += _run("build", "--config", str(new / "config.toml"), *AS_OF)
        print(f"together {seconds:.1f} s; all back: {_same(old, new)}")


def _write_photos(folder: Path, count: int, kilobytes: int) -> None:
    dice = random.Random(20260921)
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(count):
        data = dice.randbytes(kilobytes * 1024)
        (folder / f"{hashlib.sha256(data).hexdigest()}.jpg").write_bytes(data)


def _run(*arguments: str) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "workflow.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode not in {0, 30}:
        raise SystemExit(f"{arguments} ended with {done.returncode}")
    seconds = time.perf_counter() - began
    print(f"{arguments[0]:10} {seconds:7.1f} s", flush=True)
    return seconds


def _same(old: Path, new: Path) -> bool:
    """Whether every picture and every row of the old office is in the new one."""
    names = [p.relative_to(old) for p in (old / "data/pictures").iterdir()]
    files = all((old / n).read_bytes() == (new / n).read_bytes() for n in names)
    return files and _rows(old) == _rows(new)


def _rows(folder: Path) -> str:
    digest = hashlib.sha256()
    with closing(sqlite3.connect(folder / "data/store.sqlite3")) as connection:
        for line in connection.iterdump():
            digest.update(line.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
