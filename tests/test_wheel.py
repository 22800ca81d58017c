"""The wheel holds everything that the program needs, and runs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = sorted(
    p.parent.name
    for p in ROOT.glob("*/__init__.py")
    if p.parent.name not in {"tests", "benchmarks", "scripts"}
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run(
        [*command, str(folder)], cwd=ROOT, check=True, capture_output=True, timeout=300
    )
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_package_template_and_rule_file_is_in_the_wheel(unpacked) -> None:
    """Packages, their data, templates and the shipped rules all travel."""
    wanted = [
        path.relative_to(ROOT)
        for name in (*PACKAGES, "templates", "config")
        for path in sorted((ROOT / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not _is_new(path)
    ]
    modules = [path.relative_to(ROOT) for path in ROOT.glob("config*.py")]

    assert [] == [str(p) for p in (*wanted, *modules) if not (unpacked / p).is_file()]


def _is_new(path: Path) -> bool:
    """Editors' leavings are no part of the product."""
    return path.suffix in {".pyc", ".swp", ".orig"}


def test_the_wheel_runs(unpacked, tmp_path) -> None:
    """The command line answers from the wheel, far from the source tree."""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", "from workflow.cli import main; main(['--help'])"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert "工会之声" in ran.stdout.decode()
